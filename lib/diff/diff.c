#include "diff/diff.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/utf8.h"

enum {
	EDITS_N = 200,          /* Myers' D between two anchors */
	BUDGET_N = 40000000,    /* steps of his for one pair of texts */
	ISLAND_N = 3            /* fewer equal words between two changes are part of the change */
};

struct word {
	const char *p;
	uint32_t    n, from, id;
};

struct words {
	struct word *v;
	size_t       n;
};

struct differ {
	struct arena *arena;
	struct words  a, b;
	bool         *same_a;           /* [i]: a.v[i] is in both ... */
	uint32_t     *partner;          /* ... and is b.v[partner[i]] */
	int32_t      *trace;            /* Myers' V of each step: (EDITS_N + 1) squared */
	long          budget;
};

static bool
is_space(uint32_t c)
{
	return c <= ' ' || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0x85;
}

/* Letters of scripts with spaces; Hangul has them. */
static bool
joins(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	if (c < 0xc0)
		return c == 0xaa || c == 0xb5 || c == 0xba;
	if (c >= 0x0e00 && c < 0x0f00)                  /* Thai, Lao */
		return false;
	if (c >= 0x1000 && c < 0x10a0)                  /* Myanmar */
		return false;
	if (c >= 0x1780 && c < 0x1800)                  /* Khmer */
		return false;
	return c < 0x2000 || (c >= 0xac00 && c < 0xd7b0) || (c >= 0x2c00 && c < 0x2e00) || (c >= 0xa4d0 && c < 0xac00);
}

/* The next word at or after *at; false at the end. */
static bool
next_word(struct str s, size_t *at, size_t *ret_from)
{
	uint32_t c = 0;

	do {
		if (*at == s.n)
			return false;
		*ret_from = *at;
		c = td_utf8_next(s, at);
	} while (is_space(c));
	while (joins(c) && *at < s.n) {
		size_t before = *at;

		if (!joins(td_utf8_next(s, at))) {
			*at = before;
			break;
		}
	}
	return true;
}

static struct words
words_of(struct arena *a, struct str s)
{
	struct words words = { 0 };
	size_t       n = 0, from;

	for (size_t at = 0; n < LIMIT_DIFF_WORDS_N && next_word(s, &at, &from);)
		n++;
	words.v = arena_array(a, n + 1, struct word);
	for (size_t at = 0; words.n < n && next_word(s, &at, &from);)
		words.v[words.n++] = (struct word){ s.p + from, (uint32_t)(at - from), (uint32_t)from, 0 };
	if (n == LIMIT_DIFF_WORDS_N)
		words.v[n - 1].n = (uint32_t)(s.n - words.v[n - 1].from);       /* the last is all the rest */
	return words;
}

static int
by_bytes(const void *one, const void *other)
{
	const struct word *a = *(struct word *const *)one, *b = *(struct word *const *)other;

	return str_cmp((struct str){ a->p, a->n }, (struct str){ b->p, b->n });
}

/* The same number for the same word; returns how many there are.  Sorted, not hashed: nobody can choose words that collide. */
static uint32_t
number_words(struct differ *d)
{
	size_t        n = d->a.n + d->b.n;
	struct word **sorted = arena_array(d->arena, n + 1, struct word *);
	uint32_t      id = 0;

	for (size_t i = 0; i < d->a.n; i++)
		sorted[i] = &d->a.v[i];
	for (size_t i = 0; i < d->b.n; i++)
		sorted[d->a.n + i] = &d->b.v[i];
	qsort(sorted, n, sizeof(*sorted), by_bytes);
	for (size_t i = 0; i < n; i++) {
		id += i > 0 && by_bytes(&sorted[i - 1], &sorted[i]) != 0;
		sorted[i]->id = id;
	}
	return id + 1;
}

static void
pair(struct differ *d, size_t i, size_t k)
{
	d->same_a[i] = true;
	d->partner[i] = (uint32_t)k;
}

/* Step s of Myers' has diagonals -s to s; all steps lie one after the other. */
static int32_t *
step(struct differ *d, int s)
{
	return d->trace + (size_t)s * (size_t)s + s;
}

static bool
goes_down(const int32_t *before, int s, int k)
{
	return k == -s || (k != s && before[k - 1] < before[k + 1]);
}

static void
retrace(struct differ *d, size_t a0, size_t b0, int s, int x, int y)
{
	for (; s >= 0; s--) {
		int            k = x - y, from_k = k, x0 = 0, y0 = 0, snake = 0;
		const int32_t *before = s > 0 ? step(d, s - 1) : NULL;

		if (before != NULL) {
			bool down = goes_down(before, s, k);

			from_k = down ? k + 1 : k - 1;
			x0 = before[from_k];
			y0 = x0 - from_k;
			snake = down ? x0 : x0 + 1;
		}
		for (; x > snake; x--, y--)
			pair(d, a0 + (size_t)x - 1, b0 + (size_t)y - 1);
		x = x0;
		y = y0;
	}
}

/* Myers, "An O(ND) difference algorithm", section 4, the greedy one; a region that needs more edits is left as changed. */
static void
compare(struct differ *d, size_t a0, size_t a1, size_t b0, size_t b1)
{
	int n = (int)(a1 - a0), m = (int)(b1 - b0);

	for (int s = 0; s <= EDITS_N && n > 0 && m > 0 && d->budget > 0; s++) {
		int32_t       *v = step(d, s);
		const int32_t *before = s > 0 ? step(d, s - 1) : NULL;

		for (int k = -s; k <= s; k += 2) {
			int x = before == NULL ? 0 : goes_down(before, s, k) ? before[k + 1] : before[k - 1] + 1, y = x - k;

			for (; x < n && y < m && y >= 0 && d->a.v[a0 + (size_t)x].id == d->b.v[b0 + (size_t)y].id; x++, y++)
				d->budget--;
			v[k] = x;
			d->budget--;
			if (x == n && y == m) {
				retrace(d, a0, b0, s, n, m);
				return;
			}
		}
	}
}

/* One stretch between two anchors: what is equal at its ends needs no search. */
static void
compare_stretch(struct differ *d, size_t a0, size_t a1, size_t b0, size_t b1)
{
	for (; a0 < a1 && b0 < b1 && d->a.v[a0].id == d->b.v[b0].id; a0++, b0++)
		pair(d, a0, b0);
	for (; a0 < a1 && b0 < b1 && d->a.v[a1 - 1].id == d->b.v[b1 - 1].id; a1--, b1--)
		pair(d, a1 - 1, b1 - 1);
	compare(d, a0, a1, b0, b1);
}

/* Words that are once in each text, in the order of a; where[i] is the place in b. */
static size_t
unique_in_both(struct differ *d, uint32_t ids, uint32_t *ret_a, uint32_t *ret_b)
{
	uint32_t *times = arena_array(d->arena, 2 * (size_t)ids, uint32_t), *place = arena_array(d->arena, ids, uint32_t);
	size_t    n = 0;

	for (size_t i = 0; i < d->a.n; i++)
		times[2 * d->a.v[i].id]++;
	for (size_t k = 0; k < d->b.n; k++) {
		times[2 * d->b.v[k].id + 1]++;
		place[d->b.v[k].id] = (uint32_t)k;
	}
	for (size_t i = 0; i < d->a.n; i++) {
		uint32_t id = d->a.v[i].id;

		if (times[2 * id] == 1 && times[2 * id + 1] == 1) {
			ret_a[n] = (uint32_t)i;
			ret_b[n++] = place[id];
		}
	}
	return n;
}

/* The longest run of them that is in order in b too (patience sorting); *ret holds their numbers, first to last. */
static size_t
in_order(struct arena *a, const uint32_t *b, size_t n, uint32_t *ret)
{
	uint32_t *top = arena_array(a, n + 1, uint32_t), *under = arena_array(a, n + 1, uint32_t);
	size_t    piles = 0;

	for (size_t i = 0; i < n; i++) {
		size_t from = 0, to = piles;

		while (from < to) {
			size_t mid = from + (to - from) / 2;

			if (b[top[mid]] < b[i])
				from = mid + 1;
			else
				to = mid;
		}
		under[i] = from > 0 ? top[from - 1] : UINT32_MAX;
		top[from] = (uint32_t)i;
		piles += from == piles;
	}
	for (size_t i = piles, at = piles > 0 ? top[piles - 1] : 0; i-- > 0; at = under[at])
		ret[i] = (uint32_t)at;
	return piles;
}

static void
find_same(struct differ *d)
{
	uint32_t  ids = number_words(d);
	size_t    room = (d->a.n < d->b.n ? d->a.n : d->b.n) + 1, a0 = 0, b0 = 0, n;
	uint32_t *a = arena_array(d->arena, room, uint32_t), *b = arena_array(d->arena, room, uint32_t);
	uint32_t *anchors = arena_array(d->arena, room, uint32_t);

	n = in_order(d->arena, b, unique_in_both(d, ids, a, b), anchors);
	for (size_t i = 0; i < n; i++) {
		compare_stretch(d, a0, a[anchors[i]], b0, b[anchors[i]]);
		pair(d, a[anchors[i]], b[anchors[i]]);
		a0 = a[anchors[i]] + 1;
		b0 = b[anchors[i]] + 1;
	}
	compare_stretch(d, a0, d->a.n, b0, d->b.n);
}

/* Where words [from, to) stand; where none do, the end of the word before. */
static void
place_of(const struct words *w, size_t from, size_t to, size_t *ret_from, size_t *ret_to)
{
	if (from < to) {
		*ret_from = w->v[from].from;
		*ret_to = w->v[to - 1].from + w->v[to - 1].n;
	} else {
		*ret_from = *ret_to = from > 0 ? w->v[from - 1].from + w->v[from - 1].n : 0;
	}
}

static void
add_change(struct differ *d, struct diff *ret, size_t a0, size_t a1, size_t b0, size_t b1)
{
	struct diff_change *c = &ret->changes.v[ret->changes.n++];

	place_of(&d->a, a0, a1, &c->before_from, &c->before_to);
	place_of(&d->b, b0, b1, &c->after_from, &c->after_to);
}

/* From pairs to changes: a run of equal words that is too short to be seen as such is changed too. */
static void
list_changes(struct differ *d, struct diff *ret)
{
	size_t a0 = 0, b0 = 0, i = 0, k = 0;    /* a change is open from (a0, b0) to (i, k), unless it is empty */

	while (i < d->a.n || k < d->b.n) {
		size_t run = 0;

		while (i + run < d->a.n && d->same_a[i + run] && d->partner[i + run] == k + run)
			run++;
		if (run >= ISLAND_N || (run > 0 && (i + run == d->a.n || (a0 == i && b0 == k)))) {
			if (a0 < i || b0 < k)
				add_change(d, ret, a0, i, b0, k);
			ret->same_n += run;
			a0 = i += run;
			b0 = k += run;
		} else if (run > 0) {
			i += run;
			k += run;
		} else if (i < d->a.n && !d->same_a[i]) {
			i++;
		} else {
			k++;
		}
	}
	if (a0 < i || b0 < k)
		add_change(d, ret, a0, i, b0, k);
}

void
td_diff(struct arena *a, struct str before, struct str after, struct diff *ret)
{
	struct differ d = { .arena = a, .a = words_of(a, before), .b = words_of(a, after), .budget = BUDGET_N };

	*ret = (struct diff){ .before_n = d.a.n, .after_n = d.b.n };
	d.same_a = arena_array(a, d.a.n + 1, bool);
	d.partner = arena_array(a, d.a.n + 1, uint32_t);
	d.trace = arena_array(a, (EDITS_N + 1) * (EDITS_N + 1) + 1, int32_t);
	ret->changes.v = arena_array(a, (d.a.n < d.b.n ? d.a.n : d.b.n) + 2, struct diff_change);
	find_same(&d);
	list_changes(&d, ret);
}

bool
td_diff_touches(const struct diff *d, size_t from, size_t to)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct diff_change *c = &d->changes.v[i];

		if (c->before_from == c->before_to ? c->before_from > from && c->before_from < to : c->before_from < to && c->before_to > from)
			return true;
	}
	return false;
}
