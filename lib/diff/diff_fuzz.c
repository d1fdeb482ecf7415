/*
 * Two texts, cut at the first zero byte: the changes are in order and inside,
 * and with each put in the place of what it changed, the earlier text has the
 * later one's words.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "diff/diff.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_changes(const struct diff *d, struct str before, struct str after)
{
	size_t b = 0, a = 0;

	for (size_t i = 0; i < d->changes.n; i++) {
		const struct diff_change *c = &d->changes.v[i];

		if (c->before_from < b || c->before_to < c->before_from || c->before_to > before.n || c->after_from < a ||
		    c->after_to < c->after_from || c->after_to > after.n || (c->before_from == c->before_to && c->after_from == c->after_to))
			abort();
		b = c->before_to;
		a = c->after_to;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *zero = size > 0 ? memchr(data, 0, size) : NULL;
	struct bytes   one = { data, zero != NULL ? (size_t)(zero - data) : size };
	struct bytes   two = { zero != NULL ? zero + 1 : data, zero != NULL ? size - one.n - 1 : size };
	struct buf     patched = BUF_INIT(64 * MiB);
	struct str     before = bytes_as_str(one), after = bytes_as_str(two);
	struct diff    d, again;
	struct arena   a;
	size_t         at = 0;

	if (!td_utf8_is_valid(one) || !td_utf8_is_valid(two))
		return 0;
	arena_init(&a, 512 * MiB, no_more, NULL);
	td_diff(&a, before, after, &d);
	check_changes(&d, before, after);
	for (size_t i = 0; i < d.changes.n; i++) {
		const struct diff_change *c = &d.changes.v[i];

		buf_add(&patched, str_sub(before, at, c->before_from));
		buf_add_char(&patched, ' ');
		buf_add(&patched, str_sub(after, c->after_from, c->after_to));
		buf_add_char(&patched, ' ');
		at = c->before_to;
	}
	buf_add(&patched, str_sub(before, at, before.n));
	td_diff(&a, buf_str(&patched), after, &again);
	if (again.changes.n != 0)
		abort();
	buf_free(&patched);
	arena_free(&a);
	return 0;
}
