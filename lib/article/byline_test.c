#include "article/byline.h"
#include "article/title.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
people_only(void)
{
	static const struct { const char *page, *first; size_t n; } cases[] = {
		{ "<meta name=author content='By Kim Min-ji and Ana Ruiz'>", "Kim Min-ji", 2 },
		{ "<meta name=author content='편집국'><span class=byline>박서연 기자 a@example.org</span>", "박서연", 1 },
		{ "<script type=application/ld+json>{\"author\":[{\"@type\":\"Person\",\"name\":\"سارة خليل\"},\"Staff\"]}</script>", "سارة خليل", 1 },
		{ "<script type=application/ld+json>{\"author\":{\"@type\":\"Organization\",\"name\":\"The Desk\"}}</script>", "", 0 },
		{ "<meta name=author content='https://example.org/kim'>", "", 0 },
		{ "<meta name=author content='The Desk'>", "", 0 },
		{ "<span class='byline author'>Posted by <a rel=author>Ana Ruiz</a> on June 3</span>", "Ana Ruiz", 1 },
		{ "<div class=comment><span class=author>Somebody Else</span></div><p>Von Min-ji Kim (Seoul)</p><p>By the numbers", "Min-ji Kim", 1 },
		{ "<p>By the numbers: eleven people left</p>", "", 0 },
		{ "<script type=application/ld+json>{\"@graph\":[{\"author\":{\"@id\":\"#p\"}},{\"@id\":\"#p\",\"name\":\"박서연\"}]}</script>", "박서연", 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena       a;
		struct html_tree   tree;
		struct page_head   head;
		struct page_byline b;

		arena_init(&a, 16 * MiB, no_more, NULL);
		td_html_parse(&a, str_of(cases[i].page), NULL, &tree);
		td_article_head(&a, &tree, &head);
		td_article_byline(&a, &tree, &head, STR("The Desk"), &b);
		CHECK_INT(cases[i].n, b.names.n);
		CHECK_STR(str_of(cases[i].first), b.names.n > 0 ? b.names.v[0] : STR(""));
		arena_free(&a);
	}
}

TESTS(TEST(people_only))
