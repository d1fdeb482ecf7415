#include "feed/links.h"

#include <stdlib.h>

#include "tests/check.h"

static const char page[] = "<!doctype html><title>보도자료</title><nav><a href=/about>All about this fine ministry</a></nav>"
	"<div id=news class='box wide'><ul><li class=new><a class=title href=/press/2#top>북한 인권 보고서를 발표하였습니다</a></li>"
	"<li><a href='https://other.example/1'>Somebody else's story about the island</a> <a href=/press/2>again</a></li>"
	"<li><a href='/press/1?a=1'>The centre is closed, says the ministry</a><a href='javascript:go()'>The centre is closed, by script</a></li></ul></div>"
	"<p class=more><a href=/press?page=2>More</a><a href=list>This very page, once more, in words</a></p><footer><a href=/imprint>Who is responsible for all of this</a></footer>";

static struct arena arena;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct feed_doc
links(const char *selector)
{
	struct links_select select;
	struct html_tree    tree;
	struct feed_doc     doc = { 0 };
	struct err          err;

	arena_free(&arena);
	arena_init(&arena, 64 * MiB, no_more, NULL);
	td_html_parse(&arena, str_of(page), NULL, &tree);
	CHECK_INT(ERR_OK, td_links_select(str_of(selector), &select, &err));
	td_links_read(&arena, &tree, STR("https://h.example/list"), &select, &doc);
	return doc;
}

static void
a_page_s_links_are_items_each_address_once(void)
{
	struct feed_doc doc = links("#news a");

	CHECK_STR(STR("보도자료"), doc.about.title.plain);
	CHECK_INT(3, doc.items.n);
	CHECK_STR(STR("https://h.example/press/2"), doc.items.v[0].about.link);
	CHECK_STR(STR("북한 인권 보고서를 발표하였습니다"), doc.items.v[0].about.title.plain);
	CHECK_STR(STR("https://other.example/1"), doc.items.v[1].about.link);
	CHECK_STR(STR("https://h.example/press/1?a=1"), doc.items.v[2].about.link);
}

static void
without_a_selector_headlines_of_the_site_itself_count(void)
{
	struct feed_doc doc = links("");

	CHECK_INT(2, doc.items.n);
	CHECK_STR(STR("https://h.example/press/2"), doc.items.v[0].about.link);
	CHECK_STR(STR("https://h.example/press/1?a=1"), doc.items.v[1].about.link);
}

static void
a_selector_is_names_classes_ids_insides_and_ors(void)
{
	CHECK_INT(1, links("li.new a.title").items.n);
	CHECK_INT(1, links("LI.new").items.n);
	CHECK_INT(3, links("div#news.box.wide").items.n);
	CHECK_INT(4, links("#news, .more").items.n);
	CHECK_INT(2, links("nav a, footer a").items.n);
	CHECK_INT(0, links("#none a").items.n);
	CHECK_INT(0, links("li ul a").items.n);
}

static void
what_is_no_selector_is_refused_in_words(void)
{
	static const char *const bad[] = { "a[href]", "a > b", "a:first-child", ".", "#", "a,,b", "a..b", "#a#b", "a,", "*", "a b c d e f g h i" };
	struct links_select      select;
	struct err               err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_INT(ERR_FORMAT, td_links_select(str_of(bad[i]), &select, &err));
	CHECK(str_find(str_of(err.text), STR("no selector of ours")) != STR_NONE);
	arena_free(&arena);
}

TESTS(TEST(a_page_s_links_are_items_each_address_once), TEST(without_a_selector_headlines_of_the_site_itself_count),
	TEST(a_selector_is_names_classes_ids_insides_and_ors), TEST(what_is_no_selector_is_refused_in_words))
