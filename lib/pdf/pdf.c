#include "pdf/pdf.h"

#include <stdio.h>

#include "pdf/pdf_private.h"
#include "text/charset.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { TITLE_AMONG_N = 12, NAME_B = 80 };

/* Poppler writes "2018-06-27T09:30:00+09", PDF's own form is "D:20180627093000+09'00'". */
static struct civil
date_of(struct arena *a, struct str s)
{
	struct civil c = { 0 };
	char         whole[64];

	if (s.n >= 22 && (s.p[s.n - 3] == '+' || s.p[s.n - 3] == '-') && s.n < 40) {
		snprintf(whole, sizeof(whole), "%" STR_FMT ":00", STR_ARG(s));
		s = arena_copy(a, str_of(whole));
	}
	if (!civil_parse_iso(s, &c) || c.year < 1980)
		return (struct civil){ 0 };
	return c;
}

/* Titles that a program made out of a file's name say nothing. */
static bool
is_made_up(struct str title)
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

/* The largest heading near the front. */
static struct str
title_on_page(const struct article_given *g)
{
	struct str best = STR("");
	int64_t    level = 7;

	for (size_t i = 0; i < g->parts.n && i < TITLE_AMONG_N; i++)
		if (g->parts.v[i].kind == BLOCK_HEADING && g->parts.v[i].page == 1 && g->parts.v[i].level < level) {
			best = g->parts.v[i].text;
			level = g->parts.v[i].level;
		}
	return best;
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

static void
take_names(struct arena *a, struct str authors, struct article_given *g)
{
	struct str name;
	char       sep = str_find_char(authors, ';') != STR_NONE ? ';' : ',';

	g->byline.v = arena_array(a, 16, struct str);
	while (g->byline.n < 16 && str_cut(&authors, sep, &name))
		if (is_person(str_trim(name)))
			g->byline.v[g->byline.n++] = str_trim(name);
}

static size_t
count_empty(const struct pdf_layout *l)
{
	size_t  written = 0;
	int32_t last = 0;

	for (size_t i = 0; i < l->lines_n; i++) {
		written += l->lines[i].page != last;
		last = l->lines[i].page;
	}
	return l->pages_n - written;
}

void
td_pdf_read(struct arena *a, struct bytes layout, struct article_given *g, struct pdf_facts *ret)
{
	struct charset    charset;
	struct pdf_layout l;

	td_pdf_scan(a, td_charset_decode(a, layout, STR("utf-8"), &charset), &l);
	*ret = (struct pdf_facts){ .pages_n = l.pages_n, .empty_n = count_empty(&l), .is_whole = l.is_whole };
	ret->edges_n = td_pdf_mark_edges(&l);
	td_pdf_paragraphs(&l, g);
	g->title = is_made_up(l.title) ? title_on_page(g) : l.title;
	g->why = is_made_up(l.title) ? "the largest heading of its first page" : "the PDF's own information";
	g->confidence = 60;
	take_names(a, l.author, g);
	g->published = date_of(a, l.created);
	g->modified = date_of(a, l.modified);
}
