/* One name for a page that is announced under several. */
#include <string.h>

#include "url/url.h"

/* Names that only say by which link somebody came; none of them ever chooses what a page shows. */
static bool
only_tracks(struct str parameter)
{
	static const char *const names[] = { "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid",
		"mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi" };
	struct str name = str_sub(parameter, 0, str_find_char(parameter, '='));

	if (str_starts_nocase(name, STR("utm_")))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static struct str
without_tracking(struct arena *a, struct str query)
{
	char      *out = arena_take(a, query.n + 1);
	struct str one;
	size_t     n = 0;

	while (str_cut(&query, '&', &one)) {
		if (one.n == 0 || only_tracks(one))
			continue;
		if (n > 0)
			out[n++] = '&';
		memcpy(out + n, one.p, one.n);
		n += one.n;
	}
	return (struct str){ out, n };
}

enum err_code
td_url_seen(struct arena *a, struct str in, struct str *ret, struct err *err)
{
	struct url url;

	if (td_url_parse(a, in, NULL, &url, err) != ERR_OK)
		return err->code;
	url.has_fragment = false;
	url.fragment = STR("");
	if (url.has_query)
		url.query = without_tracking(a, url.query);
	url.has_query = url.query.n > 0;
	if (str_eq(url.scheme, STR("http")) && url.port == URL_NO_PORT)
		url.scheme = STR("https");
	*ret = td_url_write(a, &url);
	return ERR_OK;
}
