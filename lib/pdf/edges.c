/* Running heads and page numbers: what stands at the edge of a page and comes again on others. */
#include "pdf/pdf_private.h"

#include <stdlib.h>

#include "text/forms.h"
#include "text/utf8.h"

enum { EDGE_PERCENT = 12, REPEATS_N = 3 };

struct edge {
	uint64_t key;
	size_t   line;
	bool     is_number;     /* "12", "- 12 -", "12 / 40", "Page 12" */
};

static bool
is_at_edge(const struct pdf_layout *l, const struct pdf_line *line)
{
	int64_t height = l->pages[line->page - 1].height, band = height * EDGE_PERCENT / 100;

	return line->y1 < band || line->y0 > height - band;
}

static uint64_t
mix(uint64_t h, uint32_t c)
{
	return (h ^ c) * UINT64_C(0x100000001b3);
}

/* Numbers count as one number, spaces not at all: "Report 2018 · 3" and "Report 2018 · 4" are the same head. */
static struct edge
edge_of(const struct pdf_layout *l, size_t i)
{
	const struct pdf_line *line = &l->lines[i];
	struct edge            e = { .key = UINT64_C(0xcbf29ce484222325), .line = i };
	size_t                 numbers = 0, letters = 0;
	bool                   in_number = false;

	for (size_t at = 0; at < line->text.n;) {
		uint32_t c = td_utf8_next(line->text, &at);
		bool     is_digit = td_is_digit(c);

		letters += td_is_letter(c);
		numbers += is_digit && !in_number;
		if (c != ' ' && (!is_digit || !in_number))
			e.key = mix(e.key, is_digit ? '#' : c);
		in_number = is_digit;
	}
	e.key = mix(mix(e.key, (uint32_t)(line->height / 1000)), line->y0 > l->pages[line->page - 1].height / 2);
	e.is_number = (numbers == 1 || numbers == 2) && letters <= 6 && line->text.n <= 24;
	/* Rows of numbers are a table that reaches the edge. */
	if (letters == 0 && !e.is_number)
		e.key = mix(e.key, (uint32_t)i);
	return e;
}

static int
by_key(const void *a, const void *b)
{
	const struct edge *e = a, *f = b;

	if (e->key != f->key)
		return e->key < f->key ? -1 : 1;
	return (e->line > f->line) - (e->line < f->line);
}

/* "1" at the edge of page 1. */
static bool
is_own_number(const struct pdf_line *line)
{
	struct str s = line->text;
	int64_t    n;

	while (s.n > 0 && strchr("- ", s.p[0]) != NULL)
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && strchr("- ", s.p[s.n - 1]) != NULL)
		s.n--;
	return str_to_i64(s, 0, 100000, &n) && n == line->page;
}

/* One group of equal lines: furniture when it is on enough pages. */
static size_t
judge(struct pdf_layout *l, const struct edge *e, size_t n)
{
	size_t pages = 0, marked = 0;
	int32_t last = 0;

	for (size_t i = 0; i < n; i++) {
		pages += l->lines[e[i].line].page != last;
		last = l->lines[e[i].line].page;
	}
	for (size_t i = 0; i < n; i++) {
		bool repeats = pages >= REPEATS_N || (pages == 2 && (l->pages_n == 2 || e[i].is_number));

		if (repeats || (e[i].is_number && is_own_number(&l->lines[e[i].line]))) {
			l->lines[e[i].line].is_edge = true;
			marked++;
		}
	}
	return marked;
}

size_t
td_pdf_mark_edges(struct pdf_layout *l)
{
	struct edge *edges = arena_array(l->arena, l->lines_n + 1, struct edge);
	size_t       n = 0, marked = 0;

	for (size_t i = 0; i < l->lines_n; i++)
		if (is_at_edge(l, &l->lines[i]))
			edges[n++] = edge_of(l, i);
	if (n > 0)
		qsort(edges, n, sizeof(*edges), by_key);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && edges[end].key == edges[i].key; end++)
			;
		marked += judge(l, edges + i, end - i);
	}
	return marked;
}
