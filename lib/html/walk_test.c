#include "base/buf.h"
#include "html/tree.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct html_tree
parse(struct arena *a, struct str page)
{
	struct html_tree tree;

	arena_init(a, 256 * MiB, no_more, NULL);
	td_html_parse(a, page, NULL, &tree);
	return tree;
}

static void
text_is_folded_and_trimmed(void)
{
	struct arena     a;
	struct html_tree t = parse(&a, STR("<title> 북한 \n 인권\t</title><p>a <b>b</b>\nc"));

	CHECK_STR(STR("북한 인권"), td_html_text(&a, td_html_find(t.document, TAG_TITLE)));
	CHECK_STR(STR("a b c"), td_html_text(&a, td_html_find(t.document, TAG_P)));
	arena_free(&a);
}

static void
a_node_knows_where_it_began(void)
{
	struct arena     a;
	struct html_tree t = parse(&a, STR("<!doctype html><p>하나<p id=x class='Big two'>둘"));
	struct html_node *p = td_html_find(t.document, TAG_P);

	CHECK_INT(15, p->at);
	CHECK_INT(18, p->first->at);
	p = p->next;
	CHECK_STR(STR("x"), td_html_attr(p, STR("id")));
	CHECK(td_html_attr(p, STR("href")).p == NULL);
	CHECK(td_html_has_class(p, STR("big")) && td_html_has_class(p, STR("TWO")) && !td_html_has_class(p, STR("bi")));
	arena_free(&a);
}

static void
a_template_keeps_its_content_apart(void)
{
	struct arena      a;
	struct html_tree  t = parse(&a, STR("<template><p>in<template><i>deep</template></template><p>out"));
	struct html_node *n = td_html_find(t.document, TAG_TEMPLATE);

	CHECK(n->first == NULL && n->content != NULL && n->content->parent == n);
	CHECK_STR(STR("in"), td_html_text(&a, n->content));
	CHECK_STR(STR("out"), td_html_text(&a, td_html_find(t.document, TAG_P)));
	arena_free(&a);
}

static struct html_tree
parse_many(struct arena *a, struct buf *b, struct str front, struct str again, size_t n)
{
	buf_add(b, front);
	for (size_t i = 0; i < n; i++)
		buf_add(b, again);
	buf_add(b, STR("><p>end"));
	return parse(a, buf_str(b));
}

static void
hostile_pages_are_no_slower_than_others(void)
{
	static const struct { const char *front, *again; } pages[] = {
		{ "<p", " a1=b c2" }, { "", "<div>" }, { "", "<span>" },
		{ "", "<a><i><b>x<div>" }, { "", "<table>" }, { "<p ", "x=\">\" " },
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct buf   b = BUF_INIT(16 * MiB);
		struct arena a;

		parse_many(&a, &b, str_of(pages[i].front), str_of(pages[i].again), 50000);
		arena_free(&a);
		buf_free(&b);
	}
}

TESTS(
	TEST(text_is_folded_and_trimmed),
	TEST(a_node_knows_where_it_began),
	TEST(a_template_keeps_its_content_apart),
	TEST(hostile_pages_are_no_slower_than_others))
