#include "text/forms.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/utf8.h"

bool
td_is_letter(uint32_t c)
{
	return u_isalpha((UChar32)c);
}

bool
td_is_digit(uint32_t c)
{
	return u_isdigit((UChar32)c);
}

bool
td_is_lower(uint32_t c)
{
	return u_islower((UChar32)c);
}

bool
td_is_mark(uint32_t c)
{
	int8_t type = u_charType((UChar32)c);

	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

bool
td_is_right_to_left(uint32_t c)
{
	UCharDirection d = u_charDirection((UChar32)c);

	return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC;
}

bool
td_is_left_to_right(uint32_t c)
{
	return u_charDirection((UChar32)c) == U_LEFT_TO_RIGHT;
}

bool
td_is_hangul(uint32_t c)
{
	return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3130 && c <= 0x318f);
}

bool
td_is_unspaced(uint32_t c)
{
	return (c >= 0x3001 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x4dbf) ||
	    (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff01 && c <= 0xff60) ||
	    (c >= 0x20000 && c <= 0x3ffff) || (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
	    (c >= 0x1780 && c <= 0x17ff);
}

static bool
is_form(uint32_t c)
{
	return (c >= 0xfb00 && c <= 0xfdfb && c != 0xfd3e && c != 0xfd3f) || (c >= 0xfe70 && c <= 0xfefc);
}

static void
add_plain(struct buf *out, uint32_t c)
{
	UErrorCode  e = U_ZERO_ERROR;
	const UChar form = (UChar)c;            /* all of them are of the first plane, and so is what they stand for */
	UChar       plain[32];
	int32_t     n = unorm2_normalize(unorm2_getNFKCInstance(&e), &form, 1, plain, 32, &e);

	if (U_FAILURE(e))
		td_utf8_add(out, c);
	for (int32_t i = 0; U_SUCCESS(e) && i < n; i++)
		td_utf8_add(out, plain[i]);
}

struct str
td_plain_forms(struct arena *a, struct str s)
{
	struct buf out = BUF_INIT(18 * s.n + 16);
	bool       found = false;

	for (size_t at = 0; at < s.n && !found;)
		found = is_form(td_utf8_next(s, &at));
	if (!found)
		return s;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_utf8_next(s, &at);

		if (is_form(c))
			add_plain(&out, c);
		else
			td_utf8_add(&out, c);
	}
	return buf_keep(&out, a);
}

void
td_forms_warm_up(void)
{
	UErrorCode e = U_ZERO_ERROR;

	(void)unorm2_getNFKCInstance(&e);
	(void)u_charDirection(0x5d0);
}
