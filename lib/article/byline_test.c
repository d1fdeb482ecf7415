#include "article/byline.h"
#include "article/title.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* The names, with "; " between them. */
static struct str
bylines_of(struct arena *a, const char *page)
{
	struct html_tree   tree;
	struct page_head   head;
	struct page_title  title;
	struct page_byline b;
	struct sight       sight;
	char              *p = arena_take(a, 4096);
	size_t             n = 0;

	td_html_parse(a, str_of(page), NULL, &tree);
	td_article_head(a, &tree, STR(""), &head);
	td_article_title(a, &head, &title);
	td_sight(&tree, title.headline, NULL, &sight);
	td_article_byline(a, &tree, &head, &sight, &b);
	for (size_t i = 0; i < b.names.n; i++)
		n += (size_t)snprintf(p + n, 4096 - n, "%s%.*s", i > 0 ? "; " : "", (int)b.names.v[i].n, b.names.v[i].p);
	return (struct str){ p, n };
}

static void
check_all(const char *const (*cases)[2], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a;

		arena_init(&a, 16 * MiB, no_more, NULL);
		CHECK_STR(str_of(cases[i][1]), bylines_of(&a, cases[i][0]));
		arena_free(&a);
	}
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(*(cases)))
#define SITE "<meta property=og:site_name content='The Desk'>"

static void
people_only(void)
{
	static const char *const cases[][2] = {
		{ "<meta name=author content='By Kim Min-ji and Ana Ruiz'>", "Kim Min-ji; Ana Ruiz" },
		{ "<meta name=author content='편집국'><span class=byline>박서연 기자 a@example.org</span>", "박서연" },
		{ "<meta name=author content='https://example.org/kim'>", "" },
		{ SITE "<meta name=author content='The Desk'>", "" },
		{ "<meta property=og:site_name content='Web page of Ana Ruiz'><meta name=author content='Ana Ruiz'>", "Ana Ruiz" },
		{ "<meta property=og:site_name content='Daily Herald Online'><meta name=author content='Daily Herald'>", "" },
		{ "<h1>A winter in Seoul</h1><p>05.02.2020 <span>-&nbsp;Redaktion: Ana Ruiz (Seoul)</span></p>", "Ana Ruiz" },
		{ "<p>By the numbers: eleven people left</p>", "" },
		{ "<span class='byline author'>Posted by <a rel=author>Ana Ruiz</a> on June 3</span>", "Ana Ruiz" },
		{ "<h1>A winter in Seoul</h1><p class=byline>Staff Writer</p>", "" },
		{ "<h1>A winter in Seoul</h1><p class=byline>Reuters</p>", "" },
		{ "<h1>A winter in Seoul</h1><p class=byline>Ana Ruiz, Reuters</p>", "Ana Ruiz" },
		{ "<h1>A winter in Seoul</h1><p class=byline>Ana Ruiz, MD</p>", "Ana Ruiz" },
		{ "<h1>A winter in Seoul</h1><p class=byline>By <b>Ana Ruiz</b><a>Follow</a></p>", "Ana Ruiz" },
	};

	CHECK_ALL(cases);
}

static void
those_who_comment_did_not_write(void)
{
	static const char *const cases[][2] = {
		{ "<h1>A winter in Seoul</h1><p>Von Min-ji Kim (Seoul)</p><p>text</p><div class=comments><span class=author>Somebody Else</span></div>", "Min-ji Kim" },
		{ "<script type=application/ld+json>{\"primaryImageOfPage\":{\"@type\":\"ImageObject\",\"author\":\"Somebody Else\"},\"author\":{\"name\":\"Ana Ruiz\"}}"
		  "</script>", "Ana Ruiz" },
		{ "<script type=application/ld+json>{\"comment\":[{\"author\":{\"name\":\"Somebody Else\"}}],\"author\":{\"name\":\"Ana Ruiz\"}}</script>", "Ana Ruiz" },
	};

	CHECK_ALL(cases);
}

/* trafilatura #362: no additionalName, no givenName, no type: the name is there all the same. */
static void
r0362_json_ld_names_an_author_in_every_shape(void)
{
#define LD(text) "<script type=application/ld+json>" text "</script>"
	static const char *const cases[][2] = {
		{ LD("{\"author\":\"Ana Ruiz\"}"), "Ana Ruiz" },
		{ LD("{\"author\":{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"}}"), "Ana Ruiz" },
		{ LD("{\"author\":{\"name\":[\"Ana Ruiz\",\"Kim Min-ji\"]}}"), "Ana Ruiz; Kim Min-ji" },
		{ LD("{\"author\":[{\"@type\":\"Person\",\"name\":\"سارة خليل\"},\"Staff\"]}"), "سارة خليل" },
		{ LD("{\"author\":{\"@type\":\"Organization\",\"name\":\"The Other Desk\"}}"), "" },
		{ LD("{\"author\":{\"@type\":\"Person\",\"givenName\":\"Ana\",\"familyName\":\"Ruiz\"}}"), "Ana Ruiz" },
		{ LD("{\"@graph\":[{\"author\":{\"@id\":\"#p\"}},{\"@id\":\"#p\",\"name\":\"박서연\"}]}"), "박서연" },
		{ LD("{\"creator\":[\"Ana Ruiz\"],}"), "Ana Ruiz" },
		{ LD("{\"author\":{\"name\":\"Ana\"}}") "<h1>A winter in Seoul</h1><p class=byline>By Ana Ruiz</p>", "Ana Ruiz" },
	};

	CHECK_ALL(cases);
}

static void
a_byline_is_known_in_many_languages(void)
{
#define UNDER(line) "<h1>제목 ‑ a headline of ours</h1><div>" line "</div><p>text</p>"
	static const char *const cases[][2] = {
		{ UNDER("Von Jana Weiß und Kim Min-ji"), "Jana Weiß; Kim Min-ji" }, { UNDER("Par Zoé Martin"), "Zoé Martin" },
		{ UNDER("Por Ana Ruiz y Luis Gómez"), "Ana Ruiz; Luis Gómez" }, { UNDER("Автор: Анна Иванова"), "Анна Иванова" },
		{ UNDER("글 박서연"), "" }, { UNDER("글: 박서연"), "박서연" }, { UNDER("박서연 기자 = 서울"), "박서연" }, { UNDER("박서연 특파원"), "" },
		{ UNDER("작성자: 김민지"), "김민지" }, { UNDER("作者：张伟"), "张伟" }, { UNDER("文：山田花子"), "山田花子" }, { UNDER("記者：陳大文"), "陳大文" },
		{ UNDER("بقلم: سارة خليل"), "سارة خليل" }, { UNDER("نویسنده: مریم احمدی"), "مریم احمدی" }, { UNDER("מאת: דנה לוי"), "דנה לוי" },
		{ UNDER("Autor: Ewa Nowak"), "Ewa Nowak" }, { UNDER("Írta: Kovács Anna"), "Kovács Anna" }, { UNDER("Yazan: Ayşe Demir"), "Ayşe Demir" },
		{ UNDER("Tác giả: Nguyễn Thị Lan"), "Nguyễn Thị Lan" }, { UNDER("Penulis: Siti Rahma"), "Siti Rahma" },
		{ UNDER("โดย: สมหญิง ใจดี"), "สมหญิง ใจดี" }, { UNDER("लेखक: आशा शर्मा"), "आशा शर्मा" }, { UNDER("Συντάκτης: Μαρία Παππά"), "Μαρία Παππά" },
		{ UNDER("<b>Written by</b> <i>Ana Ruiz</i>"), "Ana Ruiz" }, { UNDER("11.12.2019 - Ana Ruiz"), "Ana Ruiz" },
	};

	CHECK_ALL(cases);
}

static void
words_say_who_wrote_and_what(void)
{
	static const char *const cases[][2] = {
		{ UNDER("Text und Interview: Ana Ruiz"), "Ana Ruiz" }, { UNDER("<em>Ein Interview von <strong>Ana Ruiz</strong> mit <strong>Kim Min-ji</strong></em>"), "Ana Ruiz" },
		{ UNDER("Fotos und Text von Jana Weiß"), "Jana Weiß" }, { UNDER("An analysis by Ana Ruiz"), "Ana Ruiz" },
		{ UNDER("Door Jan de Vries"), "Jan de Vries" }, { UNDER("Di Anna Rossi"), "Anna Rossi" }, { UNDER("Του Νίκου Παππά"), "Νίκου Παππά" },
		{ UNDER("Di notte sul porto"), "" }, { UNDER("Foto: Ana Ruiz"), "" }, { UNDER("<span>| By </span><span>Ana Ruiz</span>"), "Ana Ruiz" },
		{ UNDER("<b>Author(s)</b><ul><li><a href='/library/?_author=a'>Ana Ruiz</a></li><li><a href='/library/?_author=k'>Kim Min-ji</a></li></ul>"),
		    "Ana Ruiz; Kim Min-ji" },
		{ UNDER("Foto: Kim Min-ji<br>Text: Jana Weiß"), "" }, { UNDER("Foto: Kim Min-ji<br>Autorin: Jana Weiß"), "Jana Weiß" },
	};

	CHECK_ALL(cases);
}

/* Who they are, whom they work for, who else: none of that is a name. */
static void
what_stands_beside_a_name_is_none(void)
{
	static const char *const cases[][2] = {
		{ UNDER("Autorin: Ana Ruiz, Projektleiterin der Stiftung in Seoul"), "Ana Ruiz" }, { UNDER("By Ana Ruiz, director of Open Gate"), "Ana Ruiz" },
		{ UNDER("Autor: Ana Ruiz/EFE"), "Ana Ruiz" }, { UNDER("<span class=author>Open Gate Editorial Team</span>"), "" },
		{ UNDER("<span class=author>Redaktion Seoul heute</span>"), "" }, { UNDER("<span class=author>By Ana Ruiz and Kim Min-ji - Open Gate team</span>"), "Ana Ruiz; Kim Min-ji" },
		{ UNDER("By Ana (Anita) Ruiz"), "Ana (Anita) Ruiz" }, { UNDER("Von Busan nach Seoul mit dem Zug"), "" }, { UNDER("<p class=byline>More by Ana Ruiz</p>"), "Ana Ruiz" },
		{ "<meta name=author content='Ana O&amp;#039;Hara'>", "Ana O'Hara" },
	};

	CHECK_ALL(cases);
}

/* The page's data and what it prints are weighed against each other. */
static void
data_may_know_less_than_the_page(void)
{
	static const char *const cases[][2] = {
		{ LD("{\"author\":{\"name\":\"ana.ruiz\"}}") UNDER("By Ana Ruiz"), "Ana Ruiz" }, { LD("{\"author\":{\"name\":\"ana.ruiz\"}}") UNDER("In Seoul"), "ana.ruiz" },
		{ LD("{\"author\":{\"name\":\"Ana Ruiz\"},\"creator\":[\"Ana Ruiz\",\"Kim Min-ji\"]}"), "Ana Ruiz; Kim Min-ji" },
		{ LD("{\"author\":{\"name\":\"Ana Ruiz\"},\"creator\":[\"Lee Jun\",\"Kim Min-ji\"]}"), "Ana Ruiz" },
		{ LD("{\"author\":{\"@type\":\"Organization\",\"name\":\"Open Gate\"}}") UNDER("<a href=/author/1>Winter Coats</a>") "<p>far</p>", "Winter Coats" },
		{ LD("{\"author\":{\"@type\":\"Organization\",\"name\":\"Open Gate\"}}") UNDER("Von Ana Ruiz"), "Ana Ruiz" },
		{ LD("{\"author\":{\"name\":\"Lee Jun\"}}") "<meta name=parsely-author content='Ana Ruiz'>" UNDER("By Ana Ruiz"), "Ana Ruiz" },
		{ LD("{\"author\":{\"name\":\"Lee Jun\"}}") "<meta name=parsely-author content='Ana Ruiz'>" UNDER("By Lee Jun"), "Lee Jun" },
		{ LD("{\"author\":{\"name\":\"Lee Jun\"}}") UNDER("By Ana Ruiz"), "Lee Jun" },
	};

	CHECK_ALL(cases);
}

TESTS(TEST(words_say_who_wrote_and_what), TEST(what_stands_beside_a_name_is_none), TEST(data_may_know_less_than_the_page), TEST(people_only), TEST(those_who_comment_did_not_write), TEST(r0362_json_ld_names_an_author_in_every_shape),
	TEST(a_byline_is_known_in_many_languages))
