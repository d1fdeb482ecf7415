#include "robots/robots.h"

#include <ftw.h>
#include <time.h>

#include "base/buf.h"
#include "base/limits.h"
#include "json/read.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static bool
is_allowed(const char *text, const char *agent, const char *url)
{
	struct arena  a;
	struct robots r;
	bool          allowed;

	arena_init(&a, 4 * MiB, no_more, NULL);
	td_robots_parse(&a, bytes_of(str_of(text)), str_of(agent), &r);
	allowed = td_robots_allow(&r, str_of(url));
	arena_free(&a);
	return allowed;
}

static void
the_longest_rule_of_the_groups_that_name_us_decides(void)
{
	static const char text[] = "\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUSER-AGENT: tidings/2 # us\nDisalow: /private\nAllow: /private/news$\n"
	    "User-agent: other\nuser-agent: Tidings\nDisallow: /*.pdf$\nDisallow: /김\nDisallow: /?s=\n";
	static const struct { const char *url; bool allowed; } cases[] = {
		{ "https://h.example/", true }, { "https://h.example", true }, { "https://h.example/private/x", false },
		{ "https://h.example/private/news", true }, { "https://h.example/private/news/1", false }, { "/a.pdf", false },
		{ "/a.pdf?x", true }, { "/%EA%B9%80/1", false }, { "https://h.example?s=x", false }, { "https://h.example/x#private", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(cases[i].allowed, is_allowed(text, "Tidings", cases[i].url));
	CHECK(!is_allowed(text, "Somebody", "/"));
	CHECK(is_allowed("<!doctype html><title>404</title>", "Tidings", "/"));
}

static void
what_else_a_site_says_is_read(void)
{
	static const char text[] = "Sitemap: https://h.example/news.xml\nUser-agent: *\nCrawl-delay: 2.5\nUser-agent: bad\nCrawl-delay: 99999999999999\n"
	    "sitemap:/second.xml\n";
	struct arena  a;
	struct robots r;

	arena_init(&a, 4 * MiB, no_more, NULL);
	td_robots_parse(&a, bytes_of(STR("User-agent: *\nCrawl-delay: 2.5\n\nDisallow: /x\nUser-agent: bad\nCrawl-delay: 999999999999999999999\n")),
	    STR("Tidings"), &r);
	CHECK_INT(2500, r.crawl_delay_ms);
	CHECK(!r.named);
	td_robots_parse(&a, bytes_of(str_of(text)), STR("bad"), &r);
	CHECK_INT(86400000, r.crawl_delay_ms);
	CHECK(r.named);
	CHECK_INT(2, r.sitemaps.n);
	CHECK_STR(STR("/second.xml"), r.sitemaps.v[1]);
	td_robots_parse(&a, bytes_of(STR("User-agent: *\nCrawl-delay: soon")), STR("Tidings"), &r);
	CHECK_INT(ROBOTS_NO_DELAY, r.crawl_delay_ms);
	arena_free(&a);
}

static void
no_answer_is_not_a_yes_before_30_days(void)
{
	CHECK_INT(ROBOTS_READ, td_robots_verdict(200, 0));
	CHECK_INT(ROBOTS_ALLOW_ALL, td_robots_verdict(404, 0));
	CHECK_INT(ROBOTS_ALLOW_ALL, td_robots_verdict(403, 0));
	CHECK_INT(ROBOTS_DENY_ALL, td_robots_verdict(429, 0));
	CHECK_INT(ROBOTS_DENY_ALL, td_robots_verdict(503, 86400));
	CHECK_INT(ROBOTS_DENY_ALL, td_robots_verdict(0, 30 * 86400 - 1));
	CHECK_INT(ROBOTS_ALLOW_ALL, td_robots_verdict(0, 30 * 86400));
}

static void
a_file_is_read_to_its_limit_and_no_byte_further(void)
{
	struct buf    b = BUF_INIT(2 * MiB);
	struct arena  a;
	struct robots r;

	arena_init(&a, 4 * MiB, no_more, NULL);
	buf_add(&b, STR("User-agent: *\n"));
	while (b.n < LIMIT_ROBOTS_B - 12)
		buf_add_char(&b, '#');
	buf_add(&b, STR("\nDisallow: /"));
	td_robots_parse(&a, (struct bytes){ (unsigned char *)b.p, LIMIT_ROBOTS_B }, STR("x"), &r);
	CHECK(!r.cut && !td_robots_allow(&r, STR("/a")));
	buf_add(&b, STR("public"));
	td_robots_parse(&a, buf_bytes(&b), STR("x"), &r);
	CHECK(r.cut && td_robots_allow(&r, STR("/a")));
	arena_free(&a);
	buf_free(&b);
}

/* A backtracking matcher needs longer than the sun lasts. */
static void
stars_cost_no_more_than_letters(void)
{
	struct buf pattern = BUF_INIT(MiB), url = BUF_INIT(MiB);

	buf_add(&pattern, STR("User-agent: *\nDisallow: /"));
	for (int i = 0; i < 2000; i++)
		buf_add(&pattern, STR("*a"));
	buf_add(&pattern, STR("b$\n"));
	buf_add_char(&pattern, '\0');
	buf_add_char(&url, '/');
	for (int i = 0; i < 4000; i++)
		buf_add_char(&url, 'a');
	buf_add_char(&url, '\0');
	CHECK(is_allowed(pattern.p, "x", url.p));
	buf_free(&pattern);
	buf_free(&url);
}

/* Google's own rows are the standard's authors' reading of it. */
static void
the_rows_of_the_standards_authors_are_met(void)
{
	struct buf  file = BUF_INIT(64 * MiB);
	const char *shared = getenv("SHARED_DATA");
	char        path[4096], block[65536];
	struct str  rest, line;
	int         rows = 0, bad = 0;
	size_t      n;
	FILE       *f;

	snprintf(path, sizeof(path), "%s/feeds/robots/robots.jsonl", shared != NULL ? shared : ".");
	if ((f = fopen(path, "rb")) == NULL)
		CHECK_SKIP("the suite of robots.txt rows is not on this machine");
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&file, (struct str){ block, n });
	fclose(f);
	rest = buf_str(&file);
	while (str_cut(&rest, '\n', &line)) {
		const struct json_node *row;
		struct arena            a;
		struct robots           r;

		arena_init(&a, 16 * MiB, no_more, NULL);
		row = td_json_read(&a, line)->first;
		if (row != NULL && str_eq(td_json_get(row, STR("suite"))->text, STR("google/robotstxt")) && td_json_get(row, STR("robots")) != NULL) {
			td_robots_parse(&a, bytes_of(td_json_get(row, STR("robots"))->text), td_json_get(row, STR("agent"))->text, &r);
			bad += td_robots_allow(&r, td_json_get(row, STR("url"))->text) !=
			    str_eq(td_json_get(row, STR("allowed"))->text, STR("true"));
			rows++;
		}
		arena_free(&a);
	}
	printf("# %d of %d rows\n", rows - bad, rows);
	CHECK_INT(0, bad);
	CHECK(rows > 100);
	buf_free(&file);
}

TESTS(TEST(the_longest_rule_of_the_groups_that_name_us_decides), TEST(what_else_a_site_says_is_read),
	TEST(no_answer_is_not_a_yes_before_30_days), TEST(a_file_is_read_to_its_limit_and_no_byte_further),
	TEST(stars_cost_no_more_than_letters), TEST(the_rows_of_the_standards_authors_are_met))
