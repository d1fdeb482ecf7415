/*
 * Whatever a page says in JSON-LD: each key and text is valid UTF-8 and lies in the arena (read to the last byte, under
 * AddressSanitizer); there are no more nodes than bytes, none too deep, and the memory is linear; what the readers make of it
 * is an article that survives the wire, without NUL.  An odd first byte: the script does not say what it is.
 */
#include <stdlib.h>

#include "article/head.h"
#include "article/read.h"
#include "base/limits.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_nodes(const struct json_node *ld, size_t size)
{
	size_t n = 0, bytes = 0;

	for (const struct json_node *v = ld; v != NULL; v = td_json_next(v, ld), n++) {
		size_t depth = 0;

		for (const struct json_node *up = v->parent; up != NULL; up = up->parent)
			depth++;
		MUST(depth <= JSON_DEPTH_MAX + 1);
		MUST(td_utf8_is_valid(bytes_of(v->key)) && td_utf8_is_valid(bytes_of(v->text)));
		MUST(v->text.n == 0 || v->first == NULL);
		bytes += v->key.n + v->text.n;
	}
	/* A NUL of the page is U+FFFD in the tree. */
	MUST(n <= size + 1 && bytes <= 3 * size);
}

static void
check_head(struct str page)
{
	struct arena     a;
	struct html_tree tree;
	struct page_head head;
	size_t           before;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_html_parse(&a, arena_copy(&a, page), NULL, &tree);
	before = a.used;
	td_article_head(&a, &tree, STR("https://example.org/a"), &head);
	MUST(head.ld != NULL);
	MUST(a.used - before <= 64 * KiB + 512 * page.n);
	check_nodes(head.ld, page.n);
	arena_free(&a);
}

static void
check_article(struct str page)
{
	struct article_ask ask = { .url = STR("https://example.org/a"), .media_type = STR("text/html"), .charset = STR("utf-8"), .body = bytes_of(page) };
	struct article     article, again;
	struct buf         wire = BUF_INIT(LIMIT_ANSWER_B);
	struct arena       a;
	struct err         err;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, no_more, NULL);
	td_article_read(&a, &ask, &article);
	MUST(td_utf8_is_valid(bytes_of(article.title)) && str_find_char(article.title, '\0') == STR_NONE);
	for (size_t i = 0; i < article.byline.n; i++)
		MUST(article.byline.v[i].n > 0 && td_utf8_is_valid(bytes_of(article.byline.v[i])));
	td_wire_put(&wire, &article_desc, &article);
	MUST(!wire.failed && td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) == ERR_OK);
	buf_free(&wire);
	arena_free(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf page = BUF_INIT(MiB);

	if (size == 0)
		return 0;
	buf_add(&page, data[0] & 1 ? STR("<script>{\"@context\":\"https://schema.org\",") : STR("<script type=application/ld+json>"));
	buf_add(&page, (struct str){ (const char *)data + 1, td_utf8_valid_prefix((struct bytes){ data + 1, size - 1 }) });
	buf_add(&page, STR("</script><p>Eleven boats stayed in the harbour."));
	if (!page.failed) {
		check_head(buf_str(&page));
		check_article(buf_str(&page));
	}
	buf_free(&page);
	return 0;
}
