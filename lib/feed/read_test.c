#include "feed/read.h"

#include "base/limits.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct arena arena;

static struct feed_doc
read_bytes(struct bytes body, const char *url, const char *content_type)
{
	struct feed_ask ask = { str_of(url), str_of(content_type), body };
	struct feed_doc doc = { 0 };
	struct err      err;

	arena_free(&arena);
	arena_init(&arena, 512 * MiB, no_more, NULL);
	CHECK_INT(ERR_OK, td_feed_read(&arena, &ask, &doc, &err));
	td_feed_make_plain(&arena, &doc);
	return doc;
}

static struct feed_doc
read_text(const char *text)
{
	return read_bytes(bytes_of(str_of(text)), "https://h.example/feed/", "");
}

static const struct feed_about *
about(const struct feed_doc *doc, size_t i)
{
	static const struct feed_about none;

	return i < doc->items.n ? &doc->items.v[i].about : &none;
}

static void
one_story_reads_the_same_in_every_dialect(void)
{
	static const struct { enum feed_kind kind; const char *text; } dialects[] = {
		{ FEED_RSS, "<rss version='2.0'><channel><title>Desk</title><item><title>서울의 한 기사</title><link>/1</link>"
		    "<guid isPermaLink='false'>n1</guid><pubDate>Wed, 27 Jun 2018 09:30:00 +0900</pubDate><description>Text</description></item></channel></rss>" },
		{ FEED_RDF, "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
		    "<channel><title>Desk</title></channel><item rdf:about='n1'><title>서울의 한 기사</title><link>https://h.example/1</link>"
		    "<dc:date>2018-06-27T00:30:00Z</dc:date><description>Text</description></item></rdf:RDF>" },
		{ FEED_ATOM, "<feed xmlns='http://www.w3.org/2005/Atom'><title>Desk</title><entry><title type='html'>서울의 &lt;b&gt;한&lt;/b&gt; 기사</title>"
		    "<link href='/1'/><id>n1</id><published>2018-06-27T00:30:00Z</published><summary>Text</summary></entry></feed>" },
		{ FEED_JSON, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Desk\",\"items\":[{\"id\":\"n1\",\"url\":\"/1\","
		    "\"title\":\"서울의 한 기사\",\"date_published\":\"2018-06-27T09:30:00+09:00\",\"summary\":\"Text\"}]}" },
	};

	for (size_t i = 0; i < sizeof(dialects) / sizeof(*dialects); i++) {
		struct feed_doc doc = read_text(dialects[i].text);

		CHECK_INT(dialects[i].kind, doc.kind);
		CHECK_STR(STR("Desk"), doc.about.title.plain);
		CHECK_INT(1, doc.items.n);
		CHECK_STR(STR("서울의 한 기사"), about(&doc, 0)->title.plain);
		CHECK_STR(STR("https://h.example/1"), about(&doc, 0)->link);
		CHECK_STR(STR("n1"), about(&doc, 0)->id);
		CHECK_INT(1530059400 * US_PER_S, about(&doc, 0)->published.us);
		CHECK_STR(STR("Text"), about(&doc, 0)->summary.plain);
	}
}

static void
sitemaps_announce_pages_too(void)
{
	struct feed_doc doc = read_text("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
	    "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://h.example/1</loc><lastmod>2018-06-28</lastmod>"
	    "<news:news><news:publication><news:name>시대일보</news:name><news:language>ko</news:language></news:publication>"
	    "<news:publication_date>2018-06-27T09:30:00+09:00</news:publication_date><news:title>북한 인권</news:title>"
	    "<news:keywords>인권, 북한</news:keywords></news:news></url><url><loc>https://h.example/2</loc></url></urlset>");

	CHECK_INT(FEED_SITEMAP, doc.kind);
	CHECK_INT(2, doc.items.n);
	CHECK_STR(STR("https://h.example/1"), about(&doc, 0)->link);
	CHECK_STR(STR("북한 인권"), about(&doc, 0)->title.plain);
	CHECK_STR(STR("ko"), about(&doc, 0)->language);
	CHECK_STR(STR("시대일보"), doc.items.v[0].source_title);
	CHECK_INT(1530059400 * US_PER_S, about(&doc, 0)->published.us);
	CHECK_INT(2, about(&doc, 0)->tags.n);
	doc = read_text("<sitemapindex><sitemap><loc>https://h.example/s1.xml</loc><lastmod>2018-06-27</lastmod></sitemap></sitemapindex>");
	CHECK_INT(FEED_SITEMAP_INDEX, doc.kind);
	CHECK_STR(STR("https://h.example/s1.xml"), about(&doc, 0)->link);
}

static void
a_body_that_was_cut_gives_its_whole_items(void)
{
	static const char text[] = "<rss><channel><title>T</title><item><guid>1</guid></item><item><guid>2</guid></item><item><title>Half of a ti";
	struct feed_doc   doc = read_text(text);

	CHECK(doc.is_cut);
	CHECK_INT(2, doc.items.n);
	CHECK_STR(STR("<item><guid>2</guid></item>"), str_sub(str_of(text), (size_t)doc.items.v[1].from, (size_t)doc.items.v[1].to + 7));
	for (size_t n = 0; n < sizeof(text); n++) {     /* wherever it was cut, never half an item */
		struct feed_ask ask = { STR(""), STR(""), { (const unsigned char *)text, n } };
		struct err      err;

		if (td_feed_read(&arena, &ask, &doc, &err) == ERR_OK)
			for (size_t i = 0; i < doc.items.n; i++)
				CHECK_STR(i == 0 ? STR("1") : STR("2"), about(&doc, i)->id);
	}
}

static void
what_was_never_closed_ends_where_the_next_begins(void)
{
	struct feed_doc doc = read_text("<rss><channel><item><title>One & two<guid>1</guid><description>a<br>b<p>c</description>"
	    "<item><title>Two</title><pubDate>bad</channel></rss>");

	CHECK(doc.is_broken && !doc.is_cut);
	CHECK_INT(2, doc.items.n);
	CHECK_STR(STR("One & two"), about(&doc, 0)->title.value);
	CHECK_STR(STR("1"), about(&doc, 0)->id);
	CHECK_STR(STR("a b c"), about(&doc, 0)->summary.plain);
	CHECK_STR(STR("Two"), about(&doc, 1)->title.value);
	CHECK_STR(STR("bad"), about(&doc, 1)->published.text);
	CHECK_INT(0, about(&doc, 1)->published.us);
}

static void
a_bomb_is_only_text(void)
{
	struct feed_doc doc = read_text("<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
	    "<rss><channel><title>&b;&c;</title></channel></rss>");

	CHECK_STR(STR("&b;&c;"), doc.about.title.value);
}

static void
relative_addresses_are_read_from_where_they_stand(void)
{
	struct feed_doc doc = read_text("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/a/'><entry xml:base='b/'><link href='c'/>"
	    "<content type='html'>&lt;a href='d?e=1&amp;amp;f'&gt;x&lt;/a&gt; &lt;img src=\"//i.example/j\"&gt; &lt;a href=\"#k\"&gt;</content>"
	    "<link rel='enclosure' href='../l.mp3' type='audio/mpeg' length='9'/></entry></feed>");

	CHECK_STR(STR("https://h.example/a/b/c"), about(&doc, 0)->link);
	CHECK_STR(STR("<a href='https://h.example/a/b/d?e=1&amp;f'>x</a> <img src=\"https://i.example/j\"> <a href=\"#k\">"),
	    about(&doc, 0)->content.value);
	CHECK_INT(1, doc.items.v[0].enclosures.n);
	CHECK_STR(STR("https://h.example/a/l.mp3"), doc.items.v[0].enclosures.v[0].url);
}

static void
korean_is_read_under_whatever_label(void)
{
	static const char declared[] = "<?xml version='1.0' encoding='euc-kr'?><rss><channel><title>\x8c" "c\xb9\xe6\xb0\xa2\xc7\xcf</title></channel></rss>";
	static const char wrong[] = "<?xml version='1.0' encoding='euc-kr'?><rss><channel><title>북한</title></channel></rss>";
	struct feed_doc   doc;

	doc = read_bytes(bytes_of(str_of(declared)), "", "text/xml");
	CHECK_STR(STR("똠방각하"), doc.about.title.value);
	CHECK_STR(STR("EUC-KR"), doc.charset);
	CHECK_STR(STR("declaration"), doc.charset_why);
	doc = read_bytes(bytes_of(str_of(declared)), "", "text/xml; charset=windows-949");
	CHECK_STR(STR("똠방각하"), doc.about.title.value);
	doc = read_bytes(bytes_of(str_of(wrong)), "", "text/xml; charset=euc-kr");
	CHECK_STR(STR("북한"), doc.about.title.value);
	doc = read_bytes((struct bytes){ (const unsigned char *)"<\0r\0s\0s\0>\0<\0t\0i\0t\0l\0e\0>\0\xd0\xc5", 26 }, "", "");
	CHECK_INT(FEED_RSS, doc.kind);
}

static void
what_a_source_asks_of_its_readers_is_kept(void)
{
	struct feed_doc doc = read_text("<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:a='http://www.w3.org/2005/Atom'><channel>"
	    "<ttl>90</ttl><sy:updateFrequency>2</sy:updateFrequency><sy:updatePeriod>hourly</sy:updatePeriod><skipHours><hour>0</hour><hour>23</hour>"
	    "</skipHours><skipDays><day>Sunday</day></skipDays><a:link rel='hub' href='https://hub.example/'/><a:link rel='self' href='/feed'/>"
	    "<link>https://h.example/</link></channel></rss>");

	CHECK_INT(90, doc.ttl_min);
	CHECK_INT(30, doc.every_min);
	CHECK_INT(1 | 1 << 23, doc.skip_hours);
	CHECK_INT(1, doc.skip_days);
	CHECK_STR(STR("https://hub.example/"), doc.hub);
	CHECK_STR(STR("https://h.example/feed"), doc.self);
	CHECK_STR(STR("https://h.example/"), doc.about.link);
}

static void
a_page_is_no_feed(void)
{
	static const char *const pages[] = { "", "<!DOCTYPE html><html><title>x</title></html>", "{\"a\":1}", "nothing", "[1]" };

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct feed_ask ask = { STR("https://h.example/"), STR("text/xml"), bytes_of(str_of(pages[i])) };
		struct feed_doc doc;
		struct err      err;

		CHECK_INT(ERR_FORMAT, td_feed_read(&arena, &ask, &doc, &err));
		CHECK(str_find(str_of(err.text), STR("https://h.example/")) == 0);
	}
}

static size_t
items_of(size_t n, bool *ret_over)
{
	struct buf      text = BUF_INIT(64 * MiB);
	struct feed_doc doc;

	buf_add(&text, STR("<rss><channel>"));
	for (size_t i = 0; i < n; i++)
		buf_add(&text, STR("<item/>"));
	buf_add(&text, STR("</channel></rss>"));
	doc = read_bytes(buf_bytes(&text), "", "");
	buf_free(&text);
	*ret_over = doc.is_over_limit;
	return doc.items.n;
}

static void
a_feed_without_an_end_is_read_to_the_limit(void)
{
	bool over;

	CHECK_INT(LIMIT_FEED_ITEMS_N, items_of(LIMIT_FEED_ITEMS_N, &over));
	CHECK(!over);
	CHECK_INT(LIMIT_FEED_ITEMS_N, items_of(LIMIT_FEED_ITEMS_N + 1, &over));
	CHECK(over);
}

static void
one_text_is_read_to_the_limit(void)
{
	for (size_t more = 0; more < 2; more++) {
		struct buf      text = BUF_INIT(8 * MiB);
		struct feed_doc doc;

		buf_add(&text, STR("<rss><channel><description>"));
		for (size_t i = 0; i < LIMIT_FEED_TEXT_B + more; i++)
			buf_add_char(&text, 'x');
		buf_add(&text, STR("</description><title>T</title></channel></rss>"));
		doc = read_bytes(buf_bytes(&text), "", "");
		CHECK_INT(LIMIT_FEED_TEXT_B, doc.about.summary.value.n);
		CHECK_STR(STR("T"), doc.about.title.value);
		buf_free(&text);
	}
}

static void
a_watch_is_given_the_newest_items_in_short_and_in_their_order(void)
{
	struct feed_doc doc = read_text("<rss version='2.0'><channel><title>Desk</title>"
	    "<item><guid>old</guid><title>A</title><pubDate>Mon, 25 Jun 2018 09:00:00 GMT</pubDate></item>"
	    "<item><guid>newest</guid><title>B</title><pubDate>Wed, 27 Jun 2018 09:00:00 GMT</pubDate><description>&lt;p&gt;서울의 기사</description></item>"
	    "<item><guid>undated</guid><title>C</title></item>"
	    "<item><guid>newer</guid><title>D</title><pubDate>Tue, 26 Jun 2018 09:00:00 GMT</pubDate></item></channel></rss>");

	td_feed_shorten(&arena, &doc, 2, 7);
	CHECK_INT(2, (int64_t)doc.items.n);
	CHECK_STR(STR("newest"), about(&doc, 0)->id);
	CHECK_STR(STR("newer"), about(&doc, 1)->id);
	CHECK_STR(STR("서울"), about(&doc, 0)->summary.plain);
	CHECK_STR(STR(""), about(&doc, 0)->summary.value);
	CHECK(doc.is_over_limit);
}

static void
done(void)
{
	arena_free(&arena);
}

TESTS(TEST(one_story_reads_the_same_in_every_dialect), TEST(sitemaps_announce_pages_too), TEST(a_body_that_was_cut_gives_its_whole_items),
	TEST(what_was_never_closed_ends_where_the_next_begins), TEST(a_bomb_is_only_text), TEST(relative_addresses_are_read_from_where_they_stand),
	TEST(korean_is_read_under_whatever_label), TEST(what_a_source_asks_of_its_readers_is_kept), TEST(a_page_is_no_feed),
	TEST(a_feed_without_an_end_is_read_to_the_limit), TEST(one_text_is_read_to_the_limit),
	TEST(a_watch_is_given_the_newest_items_in_short_and_in_their_order), TEST(done))
