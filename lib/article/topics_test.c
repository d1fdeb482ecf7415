#include "article/picture.h"
#include "article/topics.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
head_of(struct arena *a, const char *page, struct html_tree *tree, struct page_head *head)
{
	arena_init(a, 16 * MiB, no_more, NULL);
	td_html_parse(a, str_of(page), NULL, tree);
	td_article_head(a, tree, STR(""), head);
}

static void
section_and_tags_are_the_page_s_own_words(void)
{
	static const struct { const char *page, *section, *first, *last; size_t n; } cases[] = {
		{ "<meta property=article:section content=Asien><meta property=article:tag content=Nordkorea><meta property=article:tag content=Flucht>", "Asien", "Nordkorea", "Flucht", 2 },
		{ "<script type=application/ld+json>{\"articleSection\":[\"북한\",\"정치\"],\"keywords\":[\"평양\",\"평양\",\"인권\"]}</script>", "북한", "평양", "인권", 2 },
		{ "<script type=application/ld+json>{\"keywords\":\"كوريا الشمالية، حقوق\",}</script>", "", "كوريا الشمالية", "حقوق", 2 },
		{ "<meta name=news_keywords content='#Seoul; Peace talks'><meta name=keywords content='a,b,c'>", "", "Seoul", "Peace talks", 2 },
		{ "<meta property=article:section content='https://desk.example/asia'>", "", "", "", 0 },
		{ "<p>nothing", "", "", "", 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena       a;
		struct html_tree   tree;
		struct page_head   head;
		struct page_topics t;

		head_of(&a, cases[i].page, &tree, &head);
		td_article_topics(&a, &head, &t);
		CHECK_STR(str_of(cases[i].section), t.section);
		CHECK_INT(cases[i].n, t.tags.n);
		CHECK_STR(str_of(cases[i].first), t.tags.n > 0 ? t.tags.v[0] : STR(""));
		CHECK_STR(str_of(cases[i].last), t.tags.n > 0 ? t.tags.v[t.tags.n - 1] : STR(""));
		arena_free(&a);
	}
}

static void
a_picture_has_its_own_caption_and_its_taker(void)
{
	static const struct { const char *page, *url, *caption, *credit; } cases[] = {
		{ "<meta property=og:image content='https://desk.example/a/seoul-1.jpg'><figure><img src=/x/other.jpg><figcaption>Other</figcaption></figure>"
		  "<figure><img src='/b/seoul-1.jpg?w=9'><figcaption>Seoul in winter (Photo: Ana Ruiz)</figcaption></figure>",
		    "https://desk.example/a/seoul-1.jpg", "Seoul in winter", "Ana Ruiz" },
		{ "<figure><img src=/p/1.jpg><figcaption>서울의 겨울 /사진=작은신문</figcaption></figure>", "/p/1.jpg", "서울의 겨울", "작은신문" },
		{ "<figure><img src=/p/1.jpg><figcaption>Ein Winter<span class=credit>Foto: Kim Min-ji</span></figcaption></figure>", "/p/1.jpg", "Ein Winter", "Kim Min-ji" },
		{ "<script type=application/ld+json>{\"headline\":\"x\",\"image\":{\"url\":[\"https://d.example/i.png\"],\"creditText\":\"سارة خليل\"}}</script>",
		    "https://d.example/i.png", "", "سارة خليل" },
		{ "<script type=application/ld+json>{\"publisher\":{\"image\":\"https://d.example/logo.png\"}}</script>", "", "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena        a;
		struct html_tree    tree;
		struct page_head    head;
		struct page_picture p;

		head_of(&a, cases[i].page, &tree, &head);
		td_article_picture(&a, &head, td_html_find(tree.document, TAG_BODY), &p);
		CHECK_STR(str_of(cases[i].url), p.url);
		CHECK_STR(str_of(cases[i].caption), p.caption);
		CHECK_STR(str_of(cases[i].credit), p.credit);
		arena_free(&a);
	}
}

TESTS(TEST(section_and_tags_are_the_page_s_own_words), TEST(a_picture_has_its_own_caption_and_its_taker))
