/* Whatever the text: a feed has the tags it has with plain words, and no character that XML forbids. */
#include <stdlib.h>

#include "base/arena.h"
#include "feed/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
tags(struct buf *b, struct str text, void (*write)(const struct feed *, struct buf *))
{
	struct feed_entry e = { .id = text, .url = text, .title = text, .language = text, .summary = text, .content = { text },
		.topic = text };
	struct feed       f = { .id = text, .title = text, .subtitle = text, .language = text, .author = text, .url = text,
		.self = text, .entries = &e, .n = 1 };
	size_t            n = 0;

	write(&f, b);
	for (size_t i = 0; i < b->n; i++) {
		n += b->p[i] == '<' || b->p[i] == '>' || b->p[i] == '"';
		if ((unsigned char)b->p[i] < ' ' && strchr("\t\n\r", b->p[i]) == NULL)
			abort();
	}
	buf_reset(b);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf b = BUF_INIT(64 * MiB);
	struct str text = { (const char *)data, size };

	if (size == 0)
		return 0;
	if (tags(&b, text, td_feed_write_rss) != tags(&b, STR("x"), td_feed_write_rss) ||
	    tags(&b, text, td_feed_write_atom) != tags(&b, STR("x"), td_feed_write_atom))
		abort();
	buf_free(&b);
	return 0;
}
