/*
 * Whatever the bytes: what is printed, parsed again, holds only elements of the list, no attribute but a link's, and
 * no address but http, https and mailto.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "html/safe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static bool
on_the_list(const struct html_node *n)
{
	static const char *const names[] = { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre",
		"code", "em", "strong", "b", "i", "a", "br", "sup", "sub", "table", "caption", "thead", "tbody", "tfoot", "tr",
		"th", "td", "figure", "figcaption", "html", "head", "body" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (n->ns == NS_HTML && str_eq(n->name, str_of(names[i])))
			return true;
	return false;
}

static void
check_attr(const struct html_attr *a)
{
	if (str_eq(a->name, STR("rel")))
		return;
	MUST(str_eq(a->name, STR("href")));
	MUST(str_starts_nocase(a->value, STR("http://")) || str_starts_nocase(a->value, STR("https://")) ||
	    str_starts_nocase(a->value, STR("mailto:")));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf       out = BUF_INIT(16 * MiB);
	struct arena     a;
	struct html_tree tree;
	struct html      safe;

	if (size > 64 * KiB)
		return 0;
	arena_init(&a, 1024 * MiB, full, NULL);
	td_html_parse(&a, (struct str){ (const char *)data, size }, NULL, &tree);
	safe = td_html_safe(tree.document, &out);
	td_html_parse(&a, safe.s, NULL, &tree);
	for (const struct html_node *n = tree.document; n != NULL; n = td_html_next(n, tree.document)) {
		MUST(n->kind != HTML_COMMENT && n->kind != HTML_DOCTYPE);
		MUST(n->kind != HTML_ELEMENT || on_the_list(n));
		MUST(n->attrs_n == 0 || n->tag == TAG_A);
		for (size_t i = 0; i < n->attrs_n; i++)
			check_attr(&n->attrs[i]);
	}
	buf_free(&out);
	arena_free(&a);
	return 0;
}
