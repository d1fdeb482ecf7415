/*
 * Columns.  pdftotext orders blocks well when a page is drawn column by column
 * and badly when paragraphs of two columns end at the same height.  Where a
 * gutter runs down a page between two bodies of text, the left one is read
 * before the right one (Arabic: after), between lines that cross the gutter.
 */
#include "pdf/pdf_private.h"

#include <stdlib.h>

enum { BINS = 300, SIDE_LINES_N = 4, GUTTER_BINS = 3, FULL_PERCENT = 60, DEPTH_N = 3, ROW_PARTS_N = 16 };

struct order {
	struct pdf_line line;
	int64_t         key;
	size_t          at;
};

struct region {
	struct pdf_line *lines;
	size_t           n;
	int32_t          x0, x1;
};

static int32_t
bin_width(const struct region *r)
{
	int32_t w = (r->x1 - r->x0) / BINS;

	return w > 0 ? w : 1;
}

static int32_t
bin_of(const struct region *r, int32_t x)
{
	int32_t b = (x - r->x0) / bin_width(r);

	return b < 0 ? 0 : b >= BINS ? BINS - 1 : b;
}

/* How many lines lie over each part of the width. */
static void
cover(const struct region *r, int32_t count[BINS])
{
	int32_t change[BINS + 1] = { 0 };

	for (size_t i = 0; i < r->n; i++) {
		change[bin_of(r, r->lines[i].x0)]++;
		change[bin_of(r, r->lines[i].x1) + 1]--;
	}
	for (int32_t b = 0, now = 0; b < BINS; b++)
		count[b] = now += change[b];
}

/* The widest strip that the fewest lines cross, in the middle part of the width; its middle, 0: none. */
static int32_t
find_gutter(const struct region *r)
{
	int32_t count[BINS], least = INT32_MAX, best = 0, best_n = 0;

	cover(r, count);
	for (int32_t b = BINS / 5; b < BINS * 4 / 5; b++)
		least = count[b] < least ? count[b] : least;
	for (int32_t b = BINS / 5, n = 0; b < BINS * 4 / 5; b++) {
		n = count[b] == least ? n + 1 : 0;
		if (n > best_n) {
			best_n = n;
			best = b - n / 2;
		}
	}
	return best_n >= GUTTER_BINS && (size_t)least * 10 <= r->n * 3 ? r->x0 + best * bin_width(r) : 0;
}

/* Prose fills its column; labels beside values do not. */
static bool
is_prose(const struct region *r, int32_t from, int32_t to, int32_t *ret_y0, int32_t *ret_y1)
{
	size_t n = 0, full = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct pdf_line *l = &r->lines[i];

		if (l->x0 < from || l->x1 > to)
			continue;
		*ret_y0 = n == 0 || l->y0 < *ret_y0 ? l->y0 : *ret_y0;
		*ret_y1 = n == 0 || l->y1 > *ret_y1 ? l->y1 : *ret_y1;
		n++;
		full += INT64_C(100) * (l->x1 - l->x0) >= (int64_t)FULL_PERCENT * (to - from);
	}
	return n >= SIDE_LINES_N && full * 2 >= n;
}

static int
by_height(const void *a, const void *b)
{
	int32_t v = *(const int32_t *)a, w = *(const int32_t *)b;

	return (v > w) - (v < w);
}

static int
by_key(const void *a, const void *b)
{
	const struct order *v = a, *w = b;

	if (v->key != w->key)
		return v->key < w->key ? -1 : 1;
	return (v->at > w->at) - (v->at < w->at);
}

static size_t
count_below(const int32_t *sorted, size_t n, int32_t y)
{
	size_t lo = 0;

	while (lo < n) {
		size_t mid = lo + (n - lo) / 2;

		if (sorted[mid] < y) {
			lo = mid + 1;
		} else {
			n = mid;
		}
	}
	return lo;
}

/* Lines that cross the gutter divide the region from top to bottom; between two of them stand the columns. */
static void
sort_by_columns(struct arena *a, const struct region *r, int32_t gutter, bool rtl)
{
	struct order *order = arena_array(a, r->n, struct order);
	int32_t      *crossing = arena_array(a, r->n, int32_t);
	size_t        crossing_n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->lines[i].x0 < gutter && r->lines[i].x1 > gutter)
			crossing[crossing_n++] = r->lines[i].y0;
	qsort(crossing, crossing_n, sizeof(*crossing), by_height);
	for (size_t i = 0; i < r->n; i++) {
		const struct pdf_line *l = &r->lines[i];
		bool                   crosses = l->x0 < gutter && l->x1 > gutter;
		int64_t                zone = (int64_t)count_below(crossing, crossing_n, crosses ? l->y0 + 1 : l->y0);

		order[i] = (struct order){ *l, 4 * zone + (crosses ? 0 : (l->x1 <= gutter) != rtl ? 1 : 2), i };
	}
	qsort(order, r->n, sizeof(*order), by_key);
	for (size_t i = 0; i < r->n; i++)
		r->lines[i] = order[i].line;
}

static void
sort_region(struct arena *a, struct pdf_line *lines, size_t n, int depth)
{
	struct region r = { lines, n, INT32_MAX, INT32_MIN };
	int32_t       gutter, top[2], end[2];
	size_t        rights = 0;

	for (size_t i = 0; i < n; i++) {
		r.x0 = lines[i].x0 < r.x0 ? lines[i].x0 : r.x0;
		r.x1 = lines[i].x1 > r.x1 ? lines[i].x1 : r.x1;
		rights += lines[i].is_rtl;
	}
	if (n < (size_t)2 * SIDE_LINES_N || depth == DEPTH_N || (gutter = find_gutter(&r)) == 0 ||
	    !is_prose(&r, r.x0, gutter, &top[0], &end[0]) || !is_prose(&r, gutter, r.x1, &top[1], &end[1]))
		return;
	if (end[0] <= top[1] || end[1] <= top[0])       /* one above the other, not side by side */
		return;
	sort_by_columns(a, &r, gutter, 2 * rights > n);
	for (size_t i = 0, to; i < n; i = to) {         /* a half may have columns again */
		bool left = lines[i].x1 <= gutter, right = lines[i].x0 >= gutter;

		for (to = i + 1; to < n && (lines[to].x1 <= gutter) == left && (lines[to].x0 >= gutter) == right; to++)
			;
		if (left || right)
			sort_region(a, lines + i, to - i, depth + 1);
	}
}

/* A number and its title, a label and its value: two lines of two blocks at one height are one line. */
static bool
is_one_row(const struct pdf_line *a, const struct pdf_line *b)
{
	int32_t top = a->y0 > b->y0 ? a->y0 : b->y0, end = a->y1 < b->y1 ? a->y1 : b->y1;
	int32_t least = a->height < b->height ? a->height : b->height, most = a->height > b->height ? a->height : b->height;
	bool    follows = a->is_rtl && b->is_rtl ? b->x1 <= a->x0 : b->x0 >= a->x1;

	return a->page == b->page && a->block != b->block && follows && (end - top) * INT64_C(10) >= least * INT64_C(7) &&
	    least * INT64_C(10) >= most * INT64_C(7);
}

static struct str
joined(struct arena *a, struct str s, struct str t)
{
	char *p = arena_take(a, s.n + t.n + 1);

	memcpy(p, s.p, s.n);
	p[s.n] = ' ';
	memcpy(p + s.n + 1, t.p, t.n);
	return (struct str){ p, s.n + 1 + t.n };
}

static void
join_rows(struct pdf_layout *l)
{
	size_t n = 0, parts = 0;

	for (size_t i = 0; i < l->lines_n; i++) {
		struct pdf_line *last = n > 0 ? &l->lines[n - 1] : NULL, *line = &l->lines[i];

		if (last == NULL || parts == ROW_PARTS_N || !is_one_row(last, line)) {
			l->lines[n++] = *line;
			parts = 1;
			continue;
		}
		last->text = joined(l->arena, last->text, line->text);
		last->x0 = line->x0 < last->x0 ? line->x0 : last->x0;
		last->x1 = line->x1 > last->x1 ? line->x1 : last->x1;
		last->block = line->block;      /* what comes next is below the second */
		parts++;
	}
	l->lines_n = n;
}

void
td_pdf_sort_columns(struct pdf_layout *l)
{
	for (size_t i = 0, to; i < l->lines_n; i = to) {
		for (to = i + 1; to < l->lines_n && l->lines[to].page == l->lines[i].page; to++)
			;
		sort_region(l->arena, l->lines + i, to - i, 0);
	}
	join_rows(l);
}
