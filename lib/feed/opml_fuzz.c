/*
 * Whatever the list: what was read and written once (without what XML forbids)
 * is the same list ever after: the same feeds, each once, with their titles and
 * groups.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "feed/opml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct opml
written_and_read(struct arena *a, const struct opml *list)
{
	struct buf  out = BUF_INIT(64 * MiB);
	struct opml again;
	struct err  err;

	td_opml_write(list, &out);
	if (out.failed || td_opml_read(a, bytes_of(arena_copy(a, buf_str(&out))), &again, &err) != ERR_OK)
		abort();
	buf_free(&out);
	return again;
}

static void
check_same(const struct opml *one, const struct opml *other)
{
	if (one->feeds.n != other->feeds.n || !str_eq(one->title, other->title))
		abort();
	for (size_t i = 0; i < one->feeds.n; i++) {
		const struct opml_feed *a = &one->feeds.v[i], *b = &other->feeds.v[i];

		if (!str_eq(a->url, b->url) || !str_eq(a->title, b->title) || !str_eq(a->group, b->group) || !str_eq(a->site, b->site))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opml  list, again, third;
	struct arena a;
	struct err   err;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, no_more, NULL);
	if (td_opml_read(&a, (struct bytes){ data, size }, &list, &err) == ERR_OK && list.feeds.n > 0 && list.feeds.n <= 1000) {
		again = written_and_read(&a, &list);
		again = written_and_read(&a, &again);
		third = written_and_read(&a, &again);
		check_same(&again, &third);
	}
	arena_free(&a);
	return 0;
}
