#include "article/dates.h"
#include "tests/check.h"

static void
dates_are_read_as_people_write_them(void)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "06/27/2018", "2018-06-27" }, { "3/16/2016 Washington", "2016-03-16" }, { "10/31/16", "2016-10-31" },
		{ "07-10-2015", "2015-07-10" }, { "27/06/2018", "2018-06-27" }, { "(21.04.2017)", "2017-04-21" },
		{ "2018년 6월 27일 수요일", "2018-06-27" }, { "입력 2018.06.27 09:30", "2018-06-27T09:30" }, { "2018. 6. 27.", "2018-06-27" },
		{ "2018年6月27日", "2018-06-27" }, { "Friday, April 4th, 2014", "2014-04-04" }, { "27 июня 2018", "2018-06-27" },
		{ "am 27. März 2018", "2018-03-27" }, { "27 de junio de 2018", "2018-06-27" }, { "le 1er août 2018", "2018-08-01" },
		{ "x 2018-06-27T09:30:00+09:00 y", "2018-06-27T09:30:00+09:00" }, { "2018-06-27Tx", "2018-06-27" },
		{ "26 | 01 | 2022", "2022-01-26" }, { "1 | 2 | 22", "none" }, { "30/02/2018", "none" }, { "1.2.3", "none" }, { "12018-06-27", "none" }, { "2018", "none" }, { "", "none" },
		{ "Mayor 27, 2018", "none" }, { "٢٧ June\xc2\xa0""27, 2018", "2018-06-27" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char         shown[CIVIL_SHOWN];
		struct civil c;
		size_t       from, to;

		CHECK_STR(str_of(cases[i].want), td_date_find(str_of(cases[i].text), &c, &from, &to) ? str_of(civil_iso(&c, shown)) :
		    STR("none"));
	}
}

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

struct page_case {
	const char     *page, *published, *modified;
	const char     *language;
	enum date_order order;
};

static void
check_pages(const struct page_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena      a;
		struct html_tree  tree;
		struct page_head  head;
		struct sight      sight;
		struct page_dates d;
		char              one[CIVIL_SHOWN], two[CIVIL_SHOWN];

		arena_init(&a, 16 * MiB, no_more, NULL);
		td_html_parse(&a, str_of(cases[i].page), NULL, &tree);
		td_article_head(&a, &tree, STR(""), &head);
		td_sight(&tree, td_html_find(tree.document, TAG_H1), td_html_find(tree.document, TAG_ARTICLE), &sight);
		td_article_dates(&a, &tree, &head, &sight, &(struct dates_ask){ cases[i].order, str_of(cases[i].language != NULL ? cases[i].language : "") }, &d);
		CHECK_STR(str_of(cases[i].published), d.published.when.precision == CIVIL_NONE ? STR("") : str_of(civil_iso(&d.published.when, one)));
		CHECK_STR(str_of(cases[i].modified), d.modified.when.precision == CIVIL_NONE ? STR("") : str_of(civil_iso(&d.modified.when, two)));
		arena_free(&a);
	}
}

#define CHECK_PAGES(cases) check_pages(cases, sizeof(cases) / sizeof(*(cases)))
#define STORY "<article><p>Eleven boats stayed in the harbour.</p></article>"

/* htmldate #119, paperboy #36: the day of the last change is not the day of publishing. */
static void
r0119_published_and_modified_are_told_apart(void)
{
	static const struct page_case cases[] = {
		{ "<script type=application/ld+json>{\"dateModified\":\"2024-06-05\",\"datePublished\":\"2024-06-03\",}</script>", "2024-06-03", "2024-06-05" },
		{ "<meta property=article:modified_time content=2024-06-05><h1>Harbour</h1><p>3 June 2024</p>" STORY, "2024-06-03", "2024-06-05" },
		{ "<h1>항구</h1><p>입력 2024.06.03 14:20 | 수정 2024.06.05 09:00</p>" STORY, "2024-06-03T14:20", "2024-06-05T09:00" },
		{ "<h1>Hafen</h1><p>Veröffentlicht: 3. Juni 2024</p><p>Aktualisiert: 5. Juni 2024</p>" STORY, "2024-06-03", "2024-06-05" },
		{ "<h1>Порт</h1><p>Обновлено 5 июня 2024</p>" STORY, "", "2024-06-05" },
		{ "<h1>港</h1><p>公開日：2024年6月3日</p><p>最終更新：2024年6月5日</p>" STORY, "2024-06-03", "2024-06-05" },
		{ "<h1>الميناء</h1><p>نُشر في ٣ يونيو ٢٠٢٤</p><p>آخر تحديث: ٥ يونيو ٢٠٢٤</p>" STORY, "2024-06-03", "2024-06-05" },
		{ "<h1>Harbour</h1><p>Updated 5 June 2024</p>" STORY, "", "2024-06-05" },
	};

	CHECK_PAGES(cases);
}

static void
the_dates_of_other_stories_and_of_comments_are_theirs(void)
{
	static const struct page_case cases[] = {
		{ "<h1>Harbour</h1><p class=date>3 June 2024</p>" STORY "<div class=related><time datetime=2019-01-01>1 January 2019</time></div>", "2024-06-03", "" },
		{ "<div class=related><time datetime=2019-01-01>old</time></div><h1>Harbour</h1><p class=date>3 June 2024</p>" STORY, "2024-06-03", "" },
		{ "<script type=application/ld+json>{\"comment\":{\"datePublished\":\"2024-06-09\"},\"@type\":\"Article\",\"datePublished\":\"2024-06-03\"}</script>", "2024-06-03", "" },
	};

	CHECK_PAGES(cases);
}

static void
an_instant_in_utc_is_said_in_the_page_s_own_time(void)
{
	static const struct page_case cases[] = {
		{ "<meta property=article:published_time content=2024-06-03T23:20:00Z><h1>항구</h1><p>입력 2024.06.04 08:20</p>" STORY, "2024-06-04T08:20:00+09:00", "" },
		{ "<link rel=canonical href=https://desk.example/2024/06/03/harbour><meta property=article:published_time content=2024-06-04T02:20:00Z>", "2024-06-03", "" },
		{ "<link rel=canonical href=https://desk.example/2024/05/03/harbour><meta property=article:published_time content=2024-06-04T02:20:00Z>",
		    "2024-06-04T02:20:00Z", "" },
	};

	CHECK_PAGES(cases);
}

#define LINE  "<p>Eleven boats stayed in the harbour.</p>"
#define EIGHT LINE LINE LINE LINE LINE LINE LINE LINE
#define LONG  "<article>" EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "</article>"
/* Far from the headline a date counts when it stands alone, and only where the page has no better. */
static void
a_date_alone_is_the_last_resort(void)
{
	static const struct page_case cases[] = {
		{ "<h1>Harbour</h1>" LONG "<p>Saved and kept here for whoever wants to read it again some day, 3 June 2024, and no other day but that one and no more</p>", "", "" },
		{ "<h1>Harbour</h1>" LONG "<p>3 June 2024</p>", "2024-06-03", "" },
		{ "<h1>Harbour</h1>" LONG "<p class=submitted>Gespeichert von ana am 3. Juni 2024 - 14:20</p>", "2024-06-03T14:20", "" },
		{ "<h1>Harbour</h1>" LONG "<nav><p>3 June 2024</p></nav><script>var x = {\"publishedDate\":\"2024-06-01\"}</script>", "2024-06-01", "" },
	};

	CHECK_PAGES(cases);
}

/* "{&quot;" and a script that does not say what it is. */
static void
json_ld_is_read_when_it_is_broken(void)
{
	static const struct page_case cases[] = {
		{ "<script type='application/ld+json; charset=utf-8'>/* ours */ {\"datePublished\": \"2024-06-03\"", "2024-06-03", "" },
		{ "<script>{\"@context\":\"https://schema.org\",\"datePublished\":\"2024-06-03\"}</script>", "2024-06-03", "" },
		{ "<script type=application/ld+json>{&quot;@type&quot;:&quot;Article&quot;,&quot;datePublished&quot;:&quot;2024-06-03&quot;}</script>", "2024-06-03", "" },
		{ "<script>var x = {\"publishedDate\":\"2024-06-03T14:20:00Z\"}</script>", "2024-06-03T14:20:00Z", "" },
	};

	CHECK_PAGES(cases);
}

/* 06/07 is June or July: by the source, by the page's other dates, by its language and country; else the genre's way. */
static void
day_and_month_are_told_apart_by_evidence(void)
{
	static const struct page_case cases[] = {
		{ "<h1>Harbour</h1><p class=date>06/07/2018</p>" STORY, "2018-06-07", "", "en", DATE_ORDER_UNKNOWN },
		{ "<h1>Harbour</h1><p class=date>06/07/2018</p>" STORY, "2018-07-06", "", "en", DATE_DAY_FIRST },
		{ "<h1>Port</h1><p class=date>06/07/2018</p>" STORY, "2018-07-06", "", "fr", DATE_ORDER_UNKNOWN },
		{ "<h1>Port</h1><p class=date>06/07/2018</p>" STORY, "2018-06-07", "", "fr", DATE_MONTH_FIRST },
		{ "<h1>Harbour</h1><p class=date>06/07/2018</p>" STORY "<p class=date>27/06/2018</p>", "2018-07-06", "", "en", DATE_ORDER_UNKNOWN },
		{ "<h1>Port</h1><p class=date>06/07/2018</p>" STORY "<p class=date>06/27/2018</p>", "2018-06-07", "", "fr", DATE_ORDER_UNKNOWN },
		{ "<h1>Harbour</h1><p class=date>06/07/2018</p>" STORY "<p class=date>06/27/2018</p><p class=date>27/06/2018</p>", "2018-06-07", "", "en", DATE_ORDER_UNKNOWN },
		{ "<meta property=article:published_time content=2018-07-06T09:00:00+09:00><h1>Harbour</h1><p class=date>06/07/2018</p><p>Updated 08/07/2018</p>" STORY,
		    "2018-07-06T09:00:00+09:00", "2018-07-08", "en", DATE_ORDER_UNKNOWN },
		{ "<link rel=canonical href=https://desk.example.uk/harbour><h1>Harbour</h1><p class=date>06/07/2018</p>" STORY, "2018-07-06", "", "en-US", DATE_ORDER_UNKNOWN },
	};

	CHECK_PAGES(cases);
}

TESTS(TEST(dates_are_read_as_people_write_them), TEST(r0119_published_and_modified_are_told_apart),
	TEST(the_dates_of_other_stories_and_of_comments_are_theirs), TEST(an_instant_in_utc_is_said_in_the_page_s_own_time),
	TEST(json_ld_is_read_when_it_is_broken), TEST(a_date_alone_is_the_last_resort), TEST(day_and_month_are_told_apart_by_evidence))
