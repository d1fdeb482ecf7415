#include "html/charref.h"

#include "html/token_private.h"

size_t
td_html_charref(struct str s, size_t at, struct str *ret, char small[8])
{
	const char *p = s.p + at;
	size_t      n = td_token_charref(p, s.p + s.n, false, ret, small);

	return n > 0 && p[1] != '#' && p[n - 1] != ';' ? 0 : n;
}
