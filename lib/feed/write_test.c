#include "feed/write.h"

#include "base/arena.h"
#include "base/civil.h"
#include "tests/check.h"

#define LIT(s) { s, sizeof(s) - 1 }

static const struct feed_entry entries[] = {
	{ .id = LIT("urn:uuid:00000000-0000-4000-8000-000000000002"), .url = LIT("https://desk.example/notes/b.html?a&b"),
	  .title = LIT("서울 <예산> & \x01" "삭감\xef\xbf\xbf"), .language = LIT("ko"), .summary = LIT("요약"),
	  .content = { LIT("<p>요약 &amp; 더</p>") }, .topic = LIT("North Korea"),
	  .published_us = 1530082800 * US_PER_S, .updated_us = 1530169200 * US_PER_S },
	{ .id = LIT("urn:uuid:00000000-0000-4000-8000-000000000001"), .title = LIT("Older"), .summary = LIT("Short"),
	  .published_us = 1530000000 * US_PER_S, .updated_us = 1530000000 * US_PER_S },
};

static const struct feed full = { .id = LIT("urn:uuid:00000000-0000-4000-8000-000000000000"), .title = LIT("Example Desk"),
	.subtitle = LIT("Since 1995"), .language = LIT("en"), .url = LIT("https://desk.example/"),
	.self = LIT("https://desk.example/atom.xml"), .entries = entries, .n = 2 };

static void
an_atom_feed_has_all_that_the_standard_demands(void)
{
	struct buf b = BUF_INIT(MiB);

	td_feed_write_atom(&full, &b);
	CHECK_STR(STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
	    "<title>Example Desk</title>\n<subtitle>Since 1995</subtitle>\n"
	    "<id>urn:uuid:00000000-0000-4000-8000-000000000000</id>\n<updated>2018-06-28T07:00:00Z</updated>\n"
	    "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://desk.example/atom.xml\"/>\n"
	    "<link rel=\"alternate\" type=\"text/html\" href=\"https://desk.example/\"/>\n"
	    "<author><name>Example Desk</name></author>\n"
	    "<entry xml:lang=\"ko\">\n<title>서울 &lt;예산&gt; &amp; 삭감</title>\n"
	    "<id>urn:uuid:00000000-0000-4000-8000-000000000002</id>\n"
	    "<link rel=\"alternate\" type=\"text/html\" href=\"https://desk.example/notes/b.html?a&amp;b\"/>\n"
	    "<published>2018-06-27T07:00:00Z</published>\n<updated>2018-06-28T07:00:00Z</updated>\n"
	    "<category term=\"North Korea\"/>\n<summary>요약</summary>\n"
	    "<content type=\"html\">&lt;p&gt;요약 &amp;amp; 더&lt;/p&gt;</content>\n</entry>\n"
	    "<entry>\n<title>Older</title>\n<id>urn:uuid:00000000-0000-4000-8000-000000000001</id>\n"
	    "<published>2018-06-26T08:00:00Z</published>\n<updated>2018-06-26T08:00:00Z</updated>\n"
	    "<summary>Short</summary>\n</entry>\n</feed>\n"), buf_str(&b));
	buf_free(&b);
}

static void
an_rss_item_keeps_its_id_and_language(void)
{
	struct buf b = BUF_INIT(MiB);

	td_feed_write_rss(&full, &b);
	CHECK(str_find(buf_str(&b), STR("<item>\n<title>서울 &lt;예산&gt; &amp; 삭감</title>\n"
	    "<link>https://desk.example/notes/b.html?a&amp;b</link>\n"
	    "<guid isPermaLink=\"false\">urn:uuid:00000000-0000-4000-8000-000000000002</guid>\n"
	    "<pubDate>Wed, 27 Jun 2018 07:00:00 +0000</pubDate>\n<category>North Korea</category>\n"
	    "<dc:language>ko</dc:language>\n<description>&lt;p&gt;")) != STR_NONE);
	buf_free(&b);
}

static void
without_an_address_no_dead_link_is_written(void)
{
	struct feed f = { .id = STR("urn:uuid:0"), .title = STR("Desk") };
	struct buf  b = BUF_INIT(MiB);

	td_feed_write_rss(&f, &b);
	CHECK(str_find(buf_str(&b), STR("<link>urn:uuid:0</link>\n<description>Desk</description>\n</channel>")) != STR_NONE);
	buf_free(&b);
}

static void
a_sitemap_lists_addresses_with_dates(void)
{
	struct feed_place places[] = { { STR("https://desk.example/"), 0 }, { STR("https://desk.example/a?b&c"), US_PER_S } };
	struct buf        b = BUF_INIT(MiB);

	td_feed_write_sitemap(places, 2, &b);
	CHECK_STR(STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
	    "<url>\n<loc>https://desk.example/</loc>\n</url>\n"
	    "<url>\n<loc>https://desk.example/a?b&amp;c</loc>\n<lastmod>1970-01-01T00:00:01Z</lastmod>\n</url>\n</urlset>\n"),
	    buf_str(&b));
	buf_free(&b);
}

TESTS(
	TEST(an_atom_feed_has_all_that_the_standard_demands),
	TEST(an_rss_item_keeps_its_id_and_language),
	TEST(without_an_address_no_dead_link_is_written),
	TEST(a_sitemap_lists_addresses_with_dates))
