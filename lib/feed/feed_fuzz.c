/*
 * Whatever the bytes: every item lies inside of the body, after the one before;
 * every string is UTF-8 without NUL; the model passes its own message's check;
 * and nothing of what may be shown is markup but the short list's.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "feed/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_places(const struct feed_doc *doc, int64_t size)
{
	int64_t end = 0;

	for (size_t i = 0; i < doc->items.n && doc->kind != FEED_JSON; i++) {
		if (doc->items.v[i].from < end || doc->items.v[i].to < doc->items.v[i].from || doc->items.v[i].to > size)
			abort();
		end = doc->items.v[i].to;
	}
}

static void
check_message(struct arena *a, const struct feed_doc *doc)
{
	struct buf      out = BUF_INIT(LIMIT_ANSWER_B);
	struct feed_doc again;
	struct err      err;

	td_wire_put(&out, &feed_doc_desc, doc);
	if (out.failed || td_wire_get(a, &feed_doc_desc, buf_bytes(&out), &again, &err) != ERR_OK || again.items.n != doc->items.n)
		abort();
	buf_free(&out);
}

static void
check_safe(struct arena *a, const struct feed_doc *doc)
{
	for (size_t i = 0; i < doc->items.n && i < 3; i++) {
		struct buf  out = BUF_INIT(LIMIT_PAGE_B);
		struct html h = td_feed_safe(a, &doc->items.v[i].about.summary, &out);

		if (!out.failed && (str_find_nocase(h.s, STR("<script")) != STR_NONE || str_find_nocase(h.s, STR("<img")) != STR_NONE))
			abort();
		buf_free(&out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct feed_ask ask = { .url = STR("https://h.example/feed"), .content_type = STR("text/xml"), .body = { data, size } };
	struct feed_doc doc;
	struct arena    a;
	struct err      err;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, no_more, NULL);
	if (td_feed_read(&a, &ask, &doc, &err) == ERR_OK) {
		check_places(&doc, 3 * (int64_t)size + 16);     /* of the decoded body: a byte may become three */
		td_feed_make_plain(&a, &doc);
		check_message(&a, &doc);
		check_safe(&a, &doc);
	}
	arena_free(&a);
	return 0;
}
