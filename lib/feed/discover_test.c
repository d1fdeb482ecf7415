#include "feed/discover.h"

#include "base/limits.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
a_sites_feeds_are_found_in_its_head_first(void)
{
	static const char page[] = "<!doctype html><base href='/ko/'><link rel=stylesheet href=a.css><link rel='alternate' hreflang='en' href='/en/'>"
	    "<body><a href='https://h.example/feeds/courts.rss'>법원</a><link rel='ALTERNATE nofollow' type='application/rss+xml; charset=utf-8' "
	    "title='모든 기사' href='feed'><link rel=feed href='https://h.example/atom'><a href='feed'>again</a><a href='/news?x=rss'>news</a>"
	    "<a href='javascript:rss'>RSS</a><a href='/export'> RSS </a>";
	struct found_feed_list found;
	struct html_tree       tree;
	struct arena           a;

	arena_init(&a, 16 * MiB, no_more, NULL);
	td_html_parse(&a, str_of(page), NULL, &tree);
	td_feed_discover(&a, &tree, STR("https://h.example/index.html"), &found);
	CHECK_INT(4, found.n);
	CHECK_STR(STR("https://h.example/ko/feed"), found.v[0].url);
	CHECK_STR(STR("모든 기사"), found.v[0].title);
	CHECK(found.v[0].is_declared);
	CHECK_STR(STR("https://h.example/atom"), found.v[1].url);
	CHECK_STR(STR("https://h.example/feeds/courts.rss"), found.v[2].url);
	CHECK(!found.v[2].is_declared);
	CHECK_STR(STR("https://h.example/export"), found.v[3].url);
	arena_free(&a);
}

static void
no_more_feeds_than_the_limit_are_found(void)
{
	struct buf             page = BUF_INIT(4 * MiB);
	struct found_feed_list found;
	struct html_tree       tree;
	struct arena           a;

	arena_init(&a, 64 * MiB, no_more, NULL);
	for (int i = 0; i <= LIMIT_LIST_N; i++)
		buf_addf(&page, "<a href='/%d.rss'>x</a>", i);
	td_html_parse(&a, buf_str(&page), NULL, &tree);
	td_feed_discover(&a, &tree, STR("https://h.example/"), &found);
	CHECK_INT(LIMIT_LIST_N, found.n);
	buf_free(&page);
	arena_free(&a);
}

TESTS(TEST(a_sites_feeds_are_found_in_its_head_first), TEST(no_more_feeds_than_the_limit_are_found))
