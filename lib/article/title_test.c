#include "article/read.h"
#include "article/title.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
the_site_s_name_goes_by_evidence(void)
{
	static const struct { const char *page, *title, *site; } cases[] = {
		{ "<title>서울의 겨울은 길다 - 작은 신문</title>", "서울의 겨울은 길다", "작은 신문" },
		{ "<title>The Desk | A winter in Seoul</title><meta property=og:site_name content='The Desk'>", "A winter in Seoul", "The Desk" },
		{ "<title>War - what is it good for, asks a long headline of ours</title>",
		    "War - what is it good for, asks a long headline of ours", "" },
		{ "<title>A long winter in Seoul - Desk</title><h1>Desk</h1><h1>A long winter in Seoul</h1>", "A long winter in Seoul", "Desk" },
		{ "<script type=application/ld+json>{\"headline\":\"عنوان القصة\",\"publisher\":{\"name\":\"دار\"},}</script>", "عنوان القصة", "دار" },
		{ "<title>작은 신문 - 작은 신문 - 서울의 겨울은 길다</title><meta property=og:site_name content='작은 신문'>", "서울의 겨울은 길다", "작은 신문" },
		{ "<title>港の冬は長い_社会_小さな新聞</title><meta property=og:site_name content=小さな新聞><meta property=article:section content=社会>",
		    "港の冬は長い", "小さな新聞" },
		{ "<title>冬天的港口很长-小报网</title>", "冬天的港口很长", "小报网" },
		{ "<title>A winter in Seoul | Asia | paper.example</title><link rel=canonical href=https://www.paper.example/a>"
		  "<meta property=article:section content=Asia>", "A winter in Seoul", "paper.example" },
		{ "<h1 class=site-title><a href=/>The Desk</a></h1><h2><a href=/2024/harbour>The harbour</a></h2><title>The harbour « The Desk</title>"
		  "<meta property=og:title content='The harbour'>", "The harbour", "The Desk" },
		{ "<h1><span class=kicker>Seoul</span><span>Eleven boats stayed</span></h1>", "Eleven boats stayed", "" },
		{ "<h1><b>Nach dem Frost</b> <i>Elf Boote blieben</i></h1><meta property=og:title content='Elf Boote blieben'>", "Elf Boote blieben", "" },
		{ "<h1><style>.x{color:red}</style>Eleven boats stayed<span class=date>3 June</span></h1>", "Eleven boats stayed", "" },
		{ "<h1>Sport</h1><meta property=og:title content='Eleven boats stayed in the harbour'>", "Eleven boats stayed in the harbour", "" },
		/* What the page's own data calls it, not the kicker that <title> has too. */
		{ "<title>Open Gate - Eleven boats stayed</title><h1><span>Open Gate</span> <span>Eleven boats stayed</span></h1>"
		  "<meta property=og:title content='Eleven boats stayed'>", "Eleven boats stayed", "" },
		/* A half that og:title or the heading has too is no site's name. */
		{ "<title>Eleven boats stayed in the ice - a long winter</title><meta property=og:title content='Eleven boats stayed in the ice - a long winter '>"
		  "<h1>Eleven boats stayed in the ice - a long winter</h1>", "Eleven boats stayed in the ice - a long winter", "" },
		{ "<title>Notes: Eleven boats stayed - A long winter</title><meta property=og:title content='Eleven boats stayed - A long winter'>",
		  "Eleven boats stayed - A long winter", "" },
		/* The only heading of the first order, in the trail at the top. */
		{ "<title>Harbour: eleven boats stayed</title><nav><ol class=breadcrumb><li><h1>Harbour: eleven boats stayed</h1></ol></nav>"
		  "<meta property=og:title content='No way out of the ice'><h2 class=headline>No way out of the ice</h2>", "Harbour: eleven boats stayed", "" },
		{ "<title>Fields - Example Validation</title><h1>Fields <a>¶</a></h1>", "Fields", "" },
		{ "<p>nothing", "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena      a;
		struct html_tree  tree;
		struct page_head  head;
		struct page_title t;

		arena_init(&a, 16 * MiB, no_more, NULL);
		td_html_parse(&a, str_of(cases[i].page), NULL, &tree);
		td_article_head(&a, &tree, STR(""), &head);
		td_article_title(&a, &head, &t);
		CHECK_STR(str_of(cases[i].title), t.title);
		CHECK_STR(str_of(cases[i].site), t.site);
		arena_free(&a);
	}
}

/* trafilatura #75, #174: a page without date, people or headline is read all the same. */
static void
r0075_a_page_that_says_little_is_not_dropped(void)
{
	struct article_ask ask = { .media_type = STR("text/html"), .body = bytes_of(str_of("<p>Eleven boats stayed in the harbour that winter, "
		"the harbour office said, and nobody knew when the ice would go.</p>")) };
	struct arena       a;
	struct article     r;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_article_read(&a, &ask, &r);
	CHECK(str_starts(r.text, STR("Eleven boats")));
	CHECK_INT(0, r.byline.n);
	CHECK_INT(CIVIL_NONE, r.published.precision);
	CHECK_STR(STR(""), r.title);
	arena_free(&a);
}

TESTS(TEST(the_site_s_name_goes_by_evidence), TEST(r0075_a_page_that_says_little_is_not_dropped))
