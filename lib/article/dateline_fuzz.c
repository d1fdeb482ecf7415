/*
 * Whatever the line: a dateline is a front part of it that cuts no character,
 * its pieces lie inside that part, and one that is refused leaves nothing behind.
 */
#include <stdlib.h>

#include "article/parts.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
lies_in(struct str piece, struct str whole)
{
	return piece.n == 0 || (piece.p >= whole.p && piece.p + piece.n <= whole.p + whole.n && td_utf8_is_valid(bytes_of(piece)));
}

static void
check(struct str s, size_t n, const struct dateline *d)
{
	struct str front = str_sub(s, 0, n);

	if (n == 0)
		return;
	if (n > s.n || td_utf8_floor(s, n) != n || !lies_in(d->place, front) || !lies_in(d->source, front) || !lies_in(d->text, front))
		abort();
	if (d->date.precision != CIVIL_NONE && !civil_is_valid(&d->date))
		abort();
	if (d->country.n != 0 && d->country.n != 2)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str      s = { (const char *)data, td_utf8_valid_prefix((struct bytes){ data, size }) };
	struct dateline genre = { 0 }, wire = { 0 };

	check(s, td_dateline_genre(s, &genre), &genre);
	check(s, td_dateline_wire(s, &wire), &wire);
	return 0;
}
