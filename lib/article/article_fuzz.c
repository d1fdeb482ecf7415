/*
 * Whatever the page: the article is valid UTF-8, its blocks lie in order inside
 * its text, cut no character, and cover all of it but line feeds; none is empty
 * or begins with white space; and it survives the wire.
 */
#include <stdlib.h>

#include "article/read.h"
#include "base/limits.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_blocks(const struct article *a)
{
	int64_t last = 0;

	for (size_t i = 0; i < a->blocks.n; i++) {
		const struct block *b = &a->blocks.v[i];

		if (b->from < last || b->to <= b->from || (size_t)b->to > a->text.n ||
		    td_utf8_floor(a->text, (size_t)b->from) != (size_t)b->from || td_utf8_floor(a->text, (size_t)b->to) != (size_t)b->to)
			abort();
		for (int64_t k = last; k < b->from; k++)
			if (a->text.p[k] != '\n')
				abort();
		if (a->text.p[b->from] == ' ' || a->text.p[b->from] == '\n' || a->text.p[b->from] == '\t')
			abort();
		last = b->to;
	}
	if ((size_t)last != a->text.n)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = { "text/html", "text/plain", "" };
	struct article_ask       ask = { .url = STR("https://example.org/2018/06/27/a"), .body = { data, size } };
	struct arena             a;
	struct article           article, again;
	struct buf               wire = BUF_INIT(64 * MiB);
	struct err               err;

	arena_init(&a, 512 * MiB, no_more, NULL);
	ask.media_type = str_of(types[size % 3]);
	td_article_read(&a, &ask, &article);
	if (!td_utf8_is_valid(bytes_of(article.text)) || !td_utf8_is_valid(bytes_of(article.title)))
		abort();
	check_blocks(&article);
	td_wire_put(&wire, &article_desc, &article);
	if (wire.failed || td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) != ERR_OK)
		abort();
	buf_free(&wire);
	arena_free(&a);
	return 0;
}
