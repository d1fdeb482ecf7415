#include "text/language.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define TAG_B  40       /* of a tag that is looked up; the longest in use has 11 bytes */
#define NAME_N 100

static bool
locale_of(struct str tag, char ret[TAG_B])
{
	UErrorCode code = U_ZERO_ERROR;
	char       text[TAG_B];

	if (tag.n == 0 || tag.n >= sizeof(text))
		return false;
	memcpy(text, tag.p, tag.n);
	text[tag.n] = '\0';
	return uloc_forLanguageTag(text, ret, TAG_B, NULL, &code) > 0 && code == U_ZERO_ERROR;
}

struct str
td_language_name(struct arena *a, struct str tag, struct str in)
{
	UErrorCode code = U_ZERO_ERROR;
	char       locale[TAG_B], names[TAG_B], utf8[3 * NAME_N];
	UChar      utf16[NAME_N];
	int32_t    n;

	if (!locale_of(tag, locale) || !locale_of(in, names))
		return tag;
	n = uloc_getDisplayName(locale, names, utf16, NAME_N, &code);
	u_strToUTF8(utf8, sizeof(utf8), &n, utf16, n, &code);
	return U_SUCCESS(code) && code != U_USING_DEFAULT_WARNING && n > 0 ? arena_copy(a, (struct str){ utf8, (size_t)n }) : tag;
}
