#include "article/health.h"

#include "tests/check.h"

#define DAY_US (INT64_C(86400) * 1000000)

static struct health_page page[400];

/* n pages of which every `each`-th lacks a date (0: none), the others have everything; returns the new number of pages. */
static size_t
add(size_t at, size_t n, size_t each)
{
	for (size_t i = at; i < at + n; i++) {
		page[i] = (struct health_page){ .taken_us = (int64_t)i * DAY_US, .letters = 2000 + (int64_t)(i * 7919 % 1000),
			.has = { true, true, true, true } };
		page[i].has[HEALTH_DATE] = each == 0 || i % each != 0;
	}
	return at + n;
}

static void
a_redesign_is_told_with_the_day_it_began(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];
	size_t              n = add(add(0, 90, 45), 15, 1);

	page[97].has[HEALTH_DATE] = true;
	CHECK_INT(1, td_health(page, n, f));
	CHECK_INT(HEALTH_DATE, f[0].question);
	CHECK_INT(90 * DAY_US, f[0].since_us);
	CHECK_INT(14, f[0].lack);
	CHECK_INT(15, f[0].of);
	CHECK_INT(2, f[0].lacked);
	CHECK_INT(90, f[0].of_before);
}

static void
small_numbers_are_no_alarm(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];

	CHECK_INT(0, td_health(page, add(add(0, 90, 0), 4, 1), f));     /* four pages may be four opinions */
	CHECK_INT(0, td_health(page, add(add(0, 4, 0), 40, 1), f));     /* nobody knows what was usual */
	CHECK_INT(0, td_health(page, add(add(0, 10, 0), 5, 1), f));     /* one in three thousand, asked four times */
	CHECK_INT(1, td_health(page, add(add(0, 20, 0), 5, 1), f));
	CHECK_INT(0, td_health(page, 0, f));
}

static void
a_site_that_never_had_it_or_has_it_again_is_no_alarm(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];

	CHECK_INT(0, td_health(page, add(0, 200, 1), f));
	CHECK_INT(0, td_health(page, add(add(0, 100, 2), 40, 2), f));
	CHECK_INT(0, td_health(page, add(add(add(0, 90, 0), 20, 1), 4, 0), f));
}

static void
a_text_that_shrank_is_told(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];
	size_t              n = add(0, 120, 0);

	for (size_t i = 100; i < n; i++)
		page[i].letters = 300;
	CHECK_INT(1, td_health(page, n, f));
	CHECK_INT(HEALTH_TEXT, f[0].question);
	CHECK_INT(20, f[0].lack);
	CHECK_INT(0, f[0].lacked);
	CHECK_INT(100 * DAY_US, f[0].since_us);
}

/* One host in a hundred thousand may be told of wrongly; here are five thousand, of a fixed chance, with dates on 60 to 95 of 100 pages. */
static void
chance_alone_is_hardly_ever_told(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];
	uint64_t            seed = 1;
	size_t              told = 0;

	for (int host = 0; host < 5000; host++) {
		add(0, 100, 0);
		for (size_t i = 0; i < 100; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			page[i].has[HEALTH_DATE] = (seed >> 33) % 100 < (uint64_t)(60 + host % 36);
		}
		told += td_health(page, 100, f);
	}
	CHECK(told <= 2);
}

static void
only_the_last_two_hundred_pages_count(void)
{
	struct health_fault f[HEALTH_QUESTION__COUNT];
	size_t              n = add(add(add(0, 150, 1), 200, 0), 20, 1);

	CHECK_INT(1, td_health(page, n, f));
	CHECK_INT(180, f[0].of_before);
	CHECK_INT(0, f[0].lacked);
}

TESTS(
	TEST(a_redesign_is_told_with_the_day_it_began),
	TEST(small_numbers_are_no_alarm),
	TEST(a_site_that_never_had_it_or_has_it_again_is_no_alarm),
	TEST(a_text_that_shrank_is_told),
	TEST(chance_alone_is_hardly_ever_told),
	TEST(only_the_last_two_hundred_pages_count))
