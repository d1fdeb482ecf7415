#include "pdf/pdf.h"

#include <stdio.h>

#include "pdf/pdf_private.h"
#include "text/charset.h"

enum { TITLE_AMONG_N = 12 };

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
	g->title = td_given_is_made_up(l.title) ? title_on_page(g) : l.title;
	g->why = td_given_is_made_up(l.title) ? "the largest heading of its first page" : "the PDF's own information";
	g->confidence = 60;
	td_given_people(a, g, l.author);
	g->published = date_of(a, l.created);
	g->modified = date_of(a, l.modified);
}
