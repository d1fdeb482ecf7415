/* Whatever is written: parts are valid UTF-8, in an article whose blocks lie in order inside its text and that survives the wire. */
#include <stdlib.h>

#include "base/limits.h"
#include "markdown/document.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article_given g = { 0 }, plain = { 0 };
	struct article       article, again;
	struct buf           wire = BUF_INIT(64 * MiB);
	struct arena         a;
	struct err           err;
	int64_t              last = 0;

	if (!td_utf8_is_valid((struct bytes){ data, size }) || (size > 0 && memchr(data, '\0', size) != NULL))
		return 0;
	arena_init(&a, 512 * MiB, no_more, NULL);
	td_given_plain(&a, &plain, (struct str){ (const char *)data, size });
	if (!td_markdown_document(&a, &g, (struct str){ (const char *)data, size }))
		g = plain;
	for (size_t i = 0; i < g.parts.n; i++)
		if (g.parts.v[i].text.n == 0 || !td_utf8_is_valid(bytes_of(g.parts.v[i].text)))
			abort();
	td_article_of_given(&a, &g, &article);
	for (size_t i = 0; i < article.blocks.n; i++) {
		if (article.blocks.v[i].from < last || (size_t)article.blocks.v[i].to > article.text.n)
			abort();
		last = article.blocks.v[i].to;
	}
	td_wire_put(&wire, &article_desc, &article);
	if (wire.failed || td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) != ERR_OK)
		abort();
	buf_free(&wire);
	arena_free(&a);
	return 0;
}
