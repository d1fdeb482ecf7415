#include "read/read.h"

#include "base/limits.h"
#include "tests/check.h"

static const struct jail_row rows[JAIL_KIND__COUNT] = {
	[JAIL_FEED] = { "the feed", NULL, read_feed_work },
	[JAIL_ROBOTS] = { "the robots.txt", NULL, read_robots_work },
};

static struct jail *jail;
static struct arena arena;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct read_found
found_in(const char *text)
{
	struct feed_ask   ask = { STR("https://h.example/"), STR("text/html; charset=utf-8"), bytes_of(str_of(text)) };
	struct read_found found = { 0 };
	struct err        err;

	CHECK_INT(ERR_OK, read_find(jail, &arena, &ask, STR(""), &found, &err));
	return found;
}

static void
the_walls_stand(void)
{
	struct err err;

	arena_init(&arena, 256 * MiB, no_more, NULL);
	CHECK_INT(ERR_OK, jail_start(rows, &jail, &err));
}

static void
whatever_names_a_feed_is_found_out_by_a_locked_child(void)
{
	struct read_found found = found_in("<rss><channel><title>북한 &amp;amp; 인권</title><item><guid>1</guid></item></channel></rss>");

	CHECK_INT(READ_A_FEED, found.kind);
	CHECK_STR(STR("북한 & 인권"), found.doc.about.title.plain);
	CHECK_INT(1, found.doc.items.n);
	found = found_in("<!doctype html><link rel=alternate type=application/atom+xml href=/a title=모두><html><item>x</item>");
	CHECK_INT(READ_A_PAGE, found.kind);
	CHECK_INT(1, found.feeds.n);
	CHECK_STR(STR("https://h.example/a"), found.feeds.v[0].url);
	found = found_in("<opml><body><outline text='x' xmlUrl='https://h.example/f'/></body></opml>");
	CHECK_INT(READ_A_LIST, found.kind);
	CHECK_STR(STR("https://h.example/f"), found.list.feeds.v[0].url);
	found = found_in("nothing of the kind");
	CHECK_INT(READ_NOTHING, found.kind);
	CHECK(str_find(found.fault, STR("neither a feed nor a sitemap")) != STR_NONE);
}

static void
a_page_where_a_feed_was_is_said_to_be_none(void)
{
	struct feed_ask ask = { STR("https://h.example/feed"), STR(""), bytes_of(STR("<html><title>We are being rebuilt</title>")) };
	struct feed_doc doc;
	struct err      err;

	CHECK_INT(ERR_FORMAT, read_feed(jail, &arena, &ask, STR(""), &doc, &err));
	CHECK_STR(STR("https://h.example/feed: neither a feed nor a sitemap; nothing taken from it"), str_of(err.text));
}

static void
a_robots_txt_says_the_same_through_the_wall(void)
{
	static const char text[] = "User-agent: *\nDisallow: /\xb1\xe8\nCrawl-delay: 2\nSitemap: /\xb1.xml\n";
	struct robots     r;
	struct err        err;

	CHECK_INT(ERR_OK, read_robots(jail, &arena, bytes_of(str_of(text)), STR(""), STR("Tidings"), &r, &err));
	CHECK(!td_robots_allow(&r, STR("https://h.example/%B1%E8")));
	CHECK(td_robots_allow(&r, STR("https://h.example/")));
	CHECK_INT(2000, r.crawl_delay_ms);
	CHECK_STR(STR("/\xb1.xml"), r.sitemaps.v[0]);
}

static void
the_walls_fall(void)
{
	jail_stop(jail);
	arena_free(&arena);
}

TESTS(TEST(the_walls_stand), TEST(whatever_names_a_feed_is_found_out_by_a_locked_child), TEST(a_page_where_a_feed_was_is_said_to_be_none),
	TEST(a_robots_txt_says_the_same_through_the_wall), TEST(the_walls_fall))
