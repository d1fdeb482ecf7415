/*
 * gumbo_compare - our tree and gumbo's of one page, each written down in one form, and whether they are the same.
 */
#ifndef HTML_GUMBO_COMPARE_H
#define HTML_GUMBO_COMPARE_H

#include <gumbo.h>
#include <stdlib.h>

#include "base/buf.h"
#include "html/tree.h"

#define DEEP 200

static struct arena arena;

static void
arena_full(void *arg)
{
	(void)arg;
	abort();
}

/* A text beside a text is one: gumbo breaks them where it turned from one mode to another. */
static void
show_text(struct buf *b, struct str text)
{
	if (b->n > 1 && b->p[b->n - 1] == '\n' && b->p[b->n - 2] == '\1')
		b->n -= 2;
	else
		buf_add(b, STR("\""));
	for (struct str line; str_cut(&text, '\n', &line);) {
		buf_add(b, line);
		if (text.p != NULL)
			buf_add_char(b, '~');
	}
	buf_add(b, STR("\1\n"));
}

/* gumbo keeps foreign names as written, and some attributes of foreign elements differ: names of HTML elements only. */
static void
show_gumbo(struct buf *b, const GumboNode *n, int depth)
{
	const GumboVector *children = &n->v.element.children;

	if (depth > DEEP)
		return;
	switch (n->type) {
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
	case GUMBO_NODE_CDATA:
		show_text(b, str_of(n->v.text.text));
		return;
	case GUMBO_NODE_COMMENT:
		buf_add(b, STR("!"));
		buf_add(b, str_of(n->v.text.text));
		buf_add(b, STR("\n"));
		return;
	case GUMBO_NODE_DOCUMENT:
		children = &n->v.document.children;
		break;
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		if (n->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) {
			buf_add(b, STR("<foreign>\n"));
			return;
		}
		buf_addf(b, "%d<", depth);
		buf_add(b, n->v.element.tag == GUMBO_TAG_UNKNOWN ? STR("?") :
		    str_of(gumbo_normalized_tagname(n->v.element.tag)));
		buf_addf(b, " %u>\n", n->v.element.attributes.length);
		for (unsigned i = 0; i < n->v.element.attributes.length; i++) {
			const GumboAttribute *a = n->v.element.attributes.data[i];

			buf_add(b, str_of(a->name));
			buf_add(b, STR("="));
			buf_add(b, str_of(a->value));
			buf_add(b, STR("\n"));
		}
		break;
	}
	for (unsigned i = 0; i < children->length; i++)
		show_gumbo(b, children->data[i], depth + 1);
}

static void
show_ours(struct buf *b, const struct html_node *n, int depth)
{
	if (depth > DEEP)
		return;
	if (n->kind == HTML_TEXT) {
		show_text(b, n->text);
	} else if (n->kind == HTML_COMMENT) {
		buf_add(b, STR("!"));
		buf_add(b, n->text);
		buf_add(b, STR("\n"));
	} else if (n->kind == HTML_ELEMENT && n->ns != NS_HTML) {
		buf_add(b, STR("<foreign>\n"));
		return;
	} else if (n->kind == HTML_ELEMENT) {
		GumboTag tag = gumbo_tagn_enum(n->name.p, (unsigned)n->name.n);

		buf_addf(b, "%d<", depth);
		buf_add(b, tag == GUMBO_TAG_UNKNOWN ? STR("?") : n->name);
		buf_addf(b, " %u>\n", (unsigned)n->attrs_n);
		for (size_t i = 0; i < n->attrs_n; i++) {
			buf_add(b, n->attrs[i].name);
			buf_add(b, STR("="));
			buf_add(b, n->attrs[i].value);
			buf_add(b, STR("\n"));
		}
	}
	for (const struct html_node *c = n->content != NULL ? n->content->first : n->first; c != NULL; c = c->next)
		show_ours(b, c, depth + 1);
}

static bool
agree(struct str page, struct buf *ours, struct buf *gumbos)
{
	GumboOptions     o = kGumboDefaultOptions;
	struct html_tree tree;
	GumboOutput     *g;

	arena_init(&arena, 1024 * MiB, arena_full, NULL);
	td_html_parse(&arena, page, NULL, &tree);
	show_ours(ours, tree.document, 0);
	arena_free(&arena);
	o.max_errors = 0;
	g = gumbo_parse_with_options(&o, page.p, page.n);
	show_gumbo(gumbos, g->document, 0);
	gumbo_destroy_output(&o, g);
	return str_eq(buf_str(ours), buf_str(gumbos));
}

#endif
