/*
 * Lines that run from right to left.  A PDF has its letters where they are
 * seen; a line of Arabic or Hebrew is the display order of Unicode's UAX #9,
 * and this is the way back: all is turned but what runs from left to right
 * (words of other scripts, numbers).  Exact for lines without embeddings.
 */
#include "pdf/pdf_private.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { OTHER, LEFT, RIGHT, NUMBER, SEPARATOR };

struct turn {
	uint32_t *c;
	char     *kind;         /* of each, as above */
	size_t    n;
};

static char
kind_of(uint32_t c)
{
	if (td_is_right_to_left(c))
		return RIGHT;
	if (td_is_digit(c))
		return NUMBER;
	if (td_is_left_to_right(c))
		return LEFT;
	return c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == 0x66b || c == 0x66c ? SEPARATOR : OTHER;
}

/* Where the run from left to right that begins at i ends: after its last letter or digit; brackets in it come in pairs. */
static size_t
run_end(const struct turn *t, size_t i, size_t n)
{
	size_t end = i + 1;
	bool   has_left = t->kind[i] == LEFT;
	int    open = 0;

	for (size_t k = i + 1; k < n && t->kind[k] != RIGHT; k++) {
		bool joins = has_left || k == end || (k == end + 1 && t->kind[end] == SEPARATOR && t->kind[k] == NUMBER);

		if (td_is_mark(t->c[k]) && k == end)
			end = k + 1;
		open += (t->c[k] == '(' || t->c[k] == '[') - (t->c[k] == ')' || t->c[k] == ']');
		if (open < 0)
			break;
		if (open == 0 && has_left && (t->c[k] == ')' || t->c[k] == ']'))
			end = k + 1;
		if ((t->kind[k] != LEFT && t->kind[k] != NUMBER) || open > 0)
			continue;
		if (!joins)
			break;
		has_left |= t->kind[k] == LEFT;
		end = k + 1;
	}
	return end;
}

static void
turn_brackets(uint32_t *c, size_t n)
{
	static const struct { uint32_t open, close; } pairs[] = { { '(', ')' }, { '[', ']' }, { 0xab, 0xbb } };

	for (size_t p = 0; p < sizeof(pairs) / sizeof(*pairs); p++) {
		size_t first = 0, last = n;

		while (first < n && c[first] != pairs[p].open && c[first] != pairs[p].close)
			first++;
		while (last > 0 && c[last - 1] != pairs[p].open && c[last - 1] != pairs[p].close)
			last--;
		/* Producers differ in whether a bracket's code is that of its shape; one that closes before any opens is. */
		if (first >= last || c[first] != pairs[p].close || c[last - 1] != pairs[p].open)
			continue;
		for (size_t i = first; i < last; i++)
			c[i] = c[i] == pairs[p].open ? pairs[p].close : c[i] == pairs[p].close ? pairs[p].open : c[i];
	}
}

/* [from, to) turned around into out, letters with their marks and runs from left to right kept. */
static void
turn(const struct turn *t, size_t from, size_t to, uint32_t *out)
{
	size_t at = to - from;

	for (size_t i = from; i < to;) {
		size_t end = i + 1;

		if (t->kind[i] == LEFT || t->kind[i] == NUMBER)
			end = run_end(t, i, to);
		while (end < to && td_is_mark(t->c[end]))
			end++;
		at -= end - i;
		memcpy(out + at, t->c + i, (end - i) * sizeof(*out));
		i = end;
	}
	turn_brackets(out, to - from);
}

/* In a line from left to right: from a right-to-left letter to the last one before a letter of the other kind. */
static size_t
right_run_end(const struct turn *t, size_t i)
{
	size_t end = i + 1;

	for (size_t k = i + 1; k < t->n && t->kind[k] != LEFT; k++)
		if (t->kind[k] == RIGHT || (k == end && td_is_mark(t->c[k])))
			end = k + 1;
	return end;
}

static void
turn_parts(const struct turn *t, uint32_t *out)
{
	for (size_t i = 0; i < t->n;) {
		size_t end = t->kind[i] == RIGHT ? right_run_end(t, i) : i + 1;

		if (t->kind[i] == RIGHT)
			turn(t, i, end, out + i);
		else
			out[i] = t->c[i];
		i = end;
	}
}

struct str
td_pdf_read_order(struct arena *a, struct str seen, bool *ret_is_rtl)
{
	size_t      n = td_utf8_count(seen), rights = 0, lefts = 0, at = 0, used = 0;
	struct turn t;
	uint32_t   *out;
	char       *p;

	*ret_is_rtl = false;
	for (size_t i = 0; i < seen.n;) {
		char kind = kind_of(td_utf8_next(seen, &i));

		rights += kind == RIGHT;
		lefts += kind == LEFT;
	}
	if (rights == 0)
		return seen;
	t = (struct turn){ arena_array(a, n, uint32_t), arena_take(a, n), n };
	out = arena_array(a, n, uint32_t);
	for (size_t i = 0; i < n; i++) {
		t.c[i] = td_utf8_next(seen, &at);
		t.kind[i] = kind_of(t.c[i]);
	}
	*ret_is_rtl = rights >= lefts;
	if (*ret_is_rtl)
		turn(&t, 0, n, out);
	else
		turn_parts(&t, out);
	p = arena_take(a, seen.n + 1);
	for (size_t i = 0; i < n; i++)
		used += td_utf8_put(out[i], p + used);
	return (struct str){ p, used };
}
