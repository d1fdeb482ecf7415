/* Whatever pdftotext may write: valid UTF-8 parts in page order, no more text than came in, and an article that survives the wire. */
#include "pdf/pdf.h"

#include <stdlib.h>

#include "base/limits.h"
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
	struct article_given g = { 0 };
	struct pdf_facts     facts;
	struct article       article, again;
	struct buf           wire = BUF_INIT(64 * MiB);
	struct arena         a;
	struct err           err;
	size_t               text = 0;

	arena_init(&a, 512 * MiB, no_more, NULL);
	td_pdf_read(&a, (struct bytes){ data, size }, &g, &facts);
	for (size_t i = 0; i < g.parts.n; i++) {
		if (!td_utf8_is_valid(bytes_of(g.parts.v[i].text)) || g.parts.v[i].page < 1 || (size_t)g.parts.v[i].page > facts.pages_n)
			abort();
		text += g.parts.v[i].text.n;
	}
	/* A word has a tag, which is longer than what it may grow by (a ligature of eighteen letters; U+FFFD for a byte). */
	if (text > 18 * size + 64 || facts.empty_n > facts.pages_n)
		abort();
	td_article_of_given(&a, &g, &article);
	for (size_t i = 0; i < article.blocks.n; i++)
		if (article.blocks.v[i].to <= article.blocks.v[i].from || (size_t)article.blocks.v[i].to > article.text.n)
			abort();
	td_wire_put(&wire, &article_desc, &article);
	if (wire.failed || td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) != ERR_OK)
		abort();
	buf_free(&wire);
	arena_free(&a);
	return 0;
}
