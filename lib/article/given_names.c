/* What a file says of itself is often what a program said for it. */
#include "article/given.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { NAME_B = 80, PEOPLE_N = 16 };

/* Titles that a program made out of a file's name say nothing. */
bool
td_given_is_made_up(struct str title)
{
	static const char *const ends[] = { ".doc", ".docx", ".hwp", ".hwpx", ".indd", ".qxd", ".pdf", ".ppt", ".pptx", ".xls", ".xlsx", ".odt",
		".rtf", ".txt" };
	static const char *const starts[] = { "microsoft word", "microsoft powerpoint", "untitled", "slide 1", "document1",
		"\xec\xa0\x9c\xeb\xaa\xa9 \xec\x97\x86\xec\x9d\x8c" /* 제목 없음 */ };
	size_t letters = 0;

	title = str_trim(title);
	for (size_t at = 0; at < title.n;)
		letters += td_is_letter(td_utf8_next(title, &at));
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (title.n > strlen(ends[i]) && str_eq_nocase(str_sub(title, title.n - strlen(ends[i]), title.n), str_of(ends[i])))
			return true;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_starts_nocase(title, str_of(starts[i])))
			return true;
	return letters < 2;
}

static bool
is_person(struct str s)
{
	static const char *const nobody[] = { "user", "admin", "administrator", "owner", "unknown", "author", "windows user", "pc", "home" };
	size_t words = 1;

	for (size_t i = 0; i < s.n; i++)
		words += s.p[i] == ' ';
	for (size_t i = 0; i < sizeof(nobody) / sizeof(*nobody); i++)
		if (str_eq_nocase(s, str_of(nobody[i])))
			return false;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_utf8_next(s, &at);

		if (td_is_digit(c) || c == '@' || c == '/' || c == '\\' || c == '_')
			return false;
	}
	return s.n >= 3 && s.n <= NAME_B && words <= 5;
}

void
td_given_people(struct arena *a, struct article_given *g, struct str authors)
{
	struct str name;
	char       sep = str_find_char(authors, ';') != STR_NONE ? ';' : ',';

	g->byline.v = arena_array(a, PEOPLE_N, struct str);
	while (g->byline.n < PEOPLE_N && str_cut(&authors, sep, &name))
		if (is_person(str_trim(name)))
			g->byline.v[g->byline.n++] = str_trim(name);
}
