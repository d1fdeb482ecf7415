#include "article/main.h"
#include "tests/check.h"
#include "text/utf8.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct main_text
read_page(struct arena *a, const char *page)
{
	struct html_tree tree;
	struct main_text m;

	arena_init(a, 64 * MiB, no_more, NULL);
	td_html_parse(a, str_of(page), NULL, &tree);
	td_article_main(a, &tree, td_html_find(tree.document, TAG_H1), 0, &m);
	return m;
}

static const char story[] =
	"<body><nav><a href=/>Home</a> and the way to all our other pages, of which there are many</nav>"
	"<div class=story><h2>서울의 겨울</h2><p>The office was closed in the spring, said the people who had worked there, "
	"and nobody answers.</p><ul><li>첫째 항목, 둘째 문장이 있다<li>the second item of the list, with words</ul>"
	"<blockquote>“We were not asked,” said one of them, who left.</blockquote>"
	"<table><tr><td>one<td>two</table></div><footer>All rights reserved, by everybody, for ever</footer>";

static void
furniture_is_left_out_and_order_is_kept(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, story);

	CHECK_STR(STR("서울의 겨울\n\nThe office was closed in the spring, said the people who had worked there, and nobody answers.\n\n"
	    "첫째 항목, 둘째 문장이 있다\n\nthe second item of the list, with words\n\n“We were not asked,” said one of them, who left."
	    "\n\none\ttwo"), m.text);
	CHECK_INT(6, m.blocks_n);
	CHECK_INT(BLOCK_HEADING, m.blocks[0].kind);
	CHECK_INT(2, m.blocks[0].level);
	CHECK_INT(BLOCK_ITEM, m.blocks[2].kind);
	CHECK_INT(BLOCK_QUOTE, m.blocks[4].kind);
	CHECK_INT(BLOCK_ROW, m.blocks[5].kind);
	arena_free(&a);
}

static void
blocks_cover_the_text(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, story);

	for (size_t i = 0; i < m.blocks_n; i++) {
		CHECK_INT(i == 0 ? 0 : m.blocks[i - 1].to + 2, m.blocks[i].from);
		CHECK_INT(m.blocks[i].from, td_utf8_floor(m.text, (size_t)m.blocks[i].from));
	}
	CHECK_INT(m.text.n, m.blocks[m.blocks_n - 1].to);
	arena_free(&a);
}

static void
furniture_that_holds_the_page_is_none(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, "<body class=has-sidebar><div id=comments-wrap><p>본문은 여기에 있다, 다른 곳에는 없다.</p></div>");

	CHECK_STR(STR("본문은 여기에 있다, 다른 곳에는 없다."), m.text);
	arena_free(&a);
}

static void
a_short_story_is_still_a_story(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, "<p>짧다.");

	CHECK_STR(STR("짧다."), m.text);
	arena_free(&a);
}

static void
what_cannot_be_seen_is_not_said(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, "<p>Seen<script>var a = 'no'</script> and read.<p hidden>no<p style='display:none'>no");

	CHECK_STR(STR("Seen and read."), m.text);
	arena_free(&a);
	m = read_page(&a, "");
	CHECK_INT(0, m.text.n);
	arena_free(&a);
}

static void
a_second_break_ends_a_paragraph(void)
{
	struct arena     a;
	struct main_text m = read_page(&a, "<div>one<br>line<br><br>another&nbsp;one</div>");

	CHECK_STR(STR("one line\n\nanother one"), m.text);
	arena_free(&a);
}

TESTS(
	TEST(furniture_is_left_out_and_order_is_kept),
	TEST(blocks_cover_the_text),
	TEST(furniture_that_holds_the_page_is_none),
	TEST(a_short_story_is_still_a_story),
	TEST(what_cannot_be_seen_is_not_said),
	TEST(a_second_break_ends_a_paragraph))
