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

TESTS(TEST(the_site_s_name_goes_by_evidence))
