#include "diff/life.h"

#include "base/civil.h"
#include "tests/check.h"

static const char text[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks. "
	"Families of the workers were told by telephone, and nobody had been asked before. A spokesman would not say how many people are to go. "
	"The centre was opened in 1998.";
static const char advertisement[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks. "
	"Buy one umbrella, get another one. Families of the workers were told by telephone, and nobody had been asked before. A spokesman would not say "
	"how many people are to go. The centre was opened in 1998.";
static const char edited[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks. "
	"Families of the workers had been consulted, and nobody had been asked before. A spokesman would not say how many people are to go. "
	"The centre was opened in 1998.";

#define URL   STR("https://h.example/news/2018/1.html")
#define DAY_S 86400

static struct arena       arena;
static struct life_memory memory;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct life_answer
page(int64_t at_s, const char *now)
{
	return (struct life_answer){ .at_us = at_s * US_PER_S, .status = 200, .url = URL, .is_readable = true, .text = str_of(now) };
}

static struct life_answer
status(int64_t at_s, int code)
{
	return (struct life_answer){ .at_us = at_s * US_PER_S, .status = code, .url = URL };
}

static struct life_verdict
next(struct life_answer now)
{
	static const struct life_span published[] = { { 104, 155 } };  /* "Families of the workers were told by telephone" */
	struct life_taken             taken = { .url = URL, .text = str_of(text), .published = { published, 1 } };
	struct life_verdict           v;

	arena_free(&arena);
	arena_init(&arena, 64 * MiB, no_more, NULL);
	td_life_next(&arena, &taken, &memory, &now, &v);
	return v;
}

static void
begin(void)
{
	memory = (struct life_memory){ 0 };
}

static void
an_edit_rings_when_it_touches_what_was_published(void)
{
	struct life_verdict v;

	begin();
	CHECK_INT(LIFE_SAME, next(page(3600, text)).news);
	CHECK_INT(LIFE_CHANGED_ELSEWHERE, next(page(7200, advertisement)).news);
	v = next(page(9000, edited));
	CHECK_INT(LIFE_SILENT_EDIT, v.news);
	CHECK_INT(1, v.diff.changes.n);
	CHECK_STR(STR("were told by telephone"), str_sub(str_of(text), v.diff.changes.v[0].before_from, v.diff.changes.v[0].before_to));
}

static void
an_edit_that_lasts_rings_once_and_so_do_the_next_one_and_the_old_words(void)
{
	static const char again[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks. "
	    "Families of the workers had been asked twice, and nobody had been asked before. A spokesman would not say how many people are to go. "
	    "The centre was opened in 1998.";

	begin();
	CHECK_INT(LIFE_SILENT_EDIT, next(page(3600, edited)).news);
	CHECK_INT(LIFE_NOTHING, next(page(7200, edited)).news);
	CHECK_INT(LIFE_NOTHING, next(page(10800, edited)).news);
	CHECK_INT(LIFE_SILENT_EDIT, next(page(14400, again)).news);
	CHECK_INT(LIFE_SUSPECTED, next(status(18000, 404)).news);
	CHECK_INT(LIFE_BACK, next(page(21600, again)).news);
	CHECK_INT(LIFE_BACK, next(page(25200, text)).news);
	CHECK_INT(LIFE_SAME, next(page(28800, text)).news);
}

static void
what_changed_elsewhere_is_listed_once(void)
{
	begin();
	CHECK_INT(LIFE_CHANGED_ELSEWHERE, next(page(3600, advertisement)).news);
	CHECK_INT(LIFE_NOTHING, next(page(7200, advertisement)).news);
	CHECK_INT(LIFE_SAME, next(page(10800, text)).news);
	CHECK_INT(LIFE_CHANGED_ELSEWHERE, next(page(14400, advertisement)).news);
}

static void
a_page_that_is_missing_is_suspected_and_then_confirmed(void)
{
	begin();
	CHECK_INT(LIFE_SUSPECTED, next(status(0, 404)).news);
	CHECK_INT(DAY_S, next(status(DAY_S, 404)).again_s);
	CHECK_INT(LIFE_NOTHING, next(status(2 * DAY_S, 404)).news);
	CHECK_INT(LIFE_CONFIRMED, next(status(3 * DAY_S, 404)).news);
	CHECK_INT(LIFE_NOTHING, next(status(4 * DAY_S, 404)).news);
	CHECK_INT(LIFE_BACK, next(page(5 * DAY_S, text)).news);
	begin();
	CHECK_INT(LIFE_SUSPECTED, next(status(0, 451)).news);
	CHECK_INT(LIFE_CONFIRMED, next(status(DAY_S, 451)).news);
}

static void
a_page_can_be_gone_under_a_good_status(void)
{
	static const char   other[] = "Sorry, this article could not be found. Try our search, or one of these stories that others liked to read: "
	    "umbrellas for every weather, seven soups, what your cat would tell you, and a quiz about capitals of small islands.";
	struct life_answer  front = page(0, text);
	struct life_verdict v;

	front.url = STR("https://h.example/ko/");
	begin();
	v = next(front);
	CHECK(v.news == LIFE_SUSPECTED && v.gone == LIFE_TO_FRONT_PAGE);
	begin();
	v = next(page(0, "Page not found"));
	CHECK(v.news == LIFE_SUSPECTED && v.gone == LIFE_EMPTIED);
	begin();
	v = next(page(0, other));
	CHECK(v.news == LIFE_SUSPECTED && v.gone == LIFE_REPLACED);
	CHECK_INT(LIFE_BACK, next(page(3600, text)).news);
}

/* What a wall, a broken line or a tired server says is not what the page says. */
static void
an_answer_that_is_not_the_pages_says_nothing(void)
{
	static const int   codes[] = { 0, 301, 401, 403, 429, 500, 502, 503, 504 };
	struct life_answer cut = page(0, "The ministry said"), wall = page(0, "Checking your browser"), image = page(0, "");

	begin();
	cut.is_partial = true;
	wall.is_blocked = true;
	image.is_readable = false;
	for (int i = 0; i < 10; i++) {
		CHECK_INT(LIFE_UNKNOWN, next(cut).news);
		CHECK_INT(LIFE_UNKNOWN, next(wall).news);
		CHECK_INT(LIFE_UNKNOWN, next(image).news);
	}
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		CHECK_INT(LIFE_UNKNOWN, next(status((int64_t)i * DAY_S, codes[i])).news);
	wall.status = 404;
	CHECK_INT(LIFE_UNKNOWN, next(wall).news);
	CHECK_INT(0, memory.gone);
}

static void
a_text_whose_end_is_missing_is_no_edit_before_it_lasts(void)
{
	static const char   teaser[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks.";
	struct life_verdict v;

	begin();
	v = next(page(0, teaser));
	CHECK(v.news == LIFE_NOTHING && v.gone == LIFE_SHORTENED);
	CHECK_INT(LIFE_SAME, next(page(DAY_S, text)).news);
	for (int64_t day = 2; day < 5; day++)
		CHECK_INT(LIFE_NOTHING, next(page(day * DAY_S, teaser)).news);
	CHECK_INT(LIFE_CONFIRMED, next(page(5 * DAY_S, teaser)).news);
}

static void
a_line_that_stands_where_the_end_is_missing_is_no_edit_either(void)
{
	static const char teaser[] = "The ministry said on Monday that it would close the centre. The decision comes after two years of talks. Read on.";

	begin();
	CHECK_INT(LIFE_NOTHING, next(page(0, teaser)).news);
	CHECK_INT(LIFE_SAME, next(page(DAY_S, text)).news);
}

static void
a_missing_end_is_no_edit_when_something_that_nobody_quoted_changed_too(void)
{
	static const char other[] = "The ministry said on Tuesday that it would close the centre. The decision comes after two years of talks. Read on.";

	begin();
	CHECK_INT(LIFE_NOTHING, next(page(0, other)).news);
	CHECK_INT(LIFE_SHORTENED, memory.gone);
	CHECK_INT(LIFE_SAME, next(page(DAY_S, text)).news);
}

static void
an_old_page_is_looked_at_rarely(void)
{
	begin();
	CHECK_INT(3600, next(page(60, text)).again_s);
	CHECK_INT(2 * DAY_S, next(page(10 * DAY_S, text)).again_s);
	CHECK_INT(30 * DAY_S, next(page(1000 * DAY_S, text)).again_s);
	arena_free(&arena);
}

TESTS(TEST(an_edit_rings_when_it_touches_what_was_published), TEST(an_edit_that_lasts_rings_once_and_so_do_the_next_one_and_the_old_words),
	TEST(what_changed_elsewhere_is_listed_once), TEST(a_page_that_is_missing_is_suspected_and_then_confirmed),
	TEST(a_page_can_be_gone_under_a_good_status), TEST(an_answer_that_is_not_the_pages_says_nothing),
	TEST(a_text_whose_end_is_missing_is_no_edit_before_it_lasts),
	TEST(a_line_that_stands_where_the_end_is_missing_is_no_edit_either), TEST(a_missing_end_is_no_edit_when_something_that_nobody_quoted_changed_too), TEST(an_old_page_is_looked_at_rarely))
