#include "article/date_habit.h"
#include "tests/check.h"

static void
one_date_tells_when_a_number_is_no_month(void)
{
	static const struct { const char *written; int day_first, month_first; } cases[] = {
		{ "27/06/2018", 1, 0 }, { "06/27/2018", 0, 1 }, { "27-6-18", 1, 0 }, { "6/27/18 9:30", 0, 1 }, { "06/07/2018", 0, 0 }, { "06/06/2018", 0, 0 },
		{ "27.06.2018", 0, 0 }, { "2018/06/27", 0, 0 }, { "2018-06-27", 0, 0 }, { "27 June 2018", 0, 0 }, { "32/13/2018", 0, 0 }, { "27/06-2018", 0, 0 },
		{ "٢٧/٠٦/٢٠١٨", 1, 0 }, { "27/06/201", 0, 0 }, { "127/06/2018", 0, 0 }, { "27/06", 0, 0 }, { "", 0, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date_signs s = { 0 };

		td_date_sign(&s, str_of(cases[i].written), NULL);
		CHECK_INT(cases[i].day_first, s.day_first);
		CHECK_INT(cases[i].month_first, s.month_first);
	}
}

static void
the_same_day_said_otherwise_tells(void)
{
	struct civil      sixth_of_july = { .year = 2018, .month = 7, .day = 6, .precision = CIVIL_DAY, .zone_min = CIVIL_NO_ZONE },
	    seventh_of_june = { .year = 2018, .month = 6, .day = 7, .precision = CIVIL_MINUTE, .zone_min = 0 },
	    another = { .year = 2017, .month = 7, .day = 6, .precision = CIVIL_DAY, .zone_min = CIVIL_NO_ZONE };
	struct date_signs s = { 0 };

	td_date_sign(&s, STR("06/07/2018"), &another);
	CHECK_INT(DATE_ORDER_UNKNOWN, td_date_signs_order(&s));
	td_date_sign(&s, STR("06/07/2018"), &sixth_of_july);
	CHECK_INT(DATE_DAY_FIRST, td_date_signs_order(&s));
	td_date_sign(&s, STR("06/07/2018"), &seventh_of_june);
	CHECK_INT(DATE_ORDER_UNKNOWN, td_date_signs_order(&s));         /* a page against itself */
}

static void
a_habit_needs_two_pages_and_nine_of_ten(void)
{
	static const struct { int day, month, mixed, none; enum date_order order; } cases[] = {
		{ 0, 0, 0, 9, DATE_ORDER_UNKNOWN }, { 1, 0, 5, 5, DATE_ORDER_UNKNOWN }, { 2, 0, 0, 0, DATE_DAY_FIRST }, { 0, 2, 1, 0, DATE_MONTH_FIRST },
		{ 9, 1, 0, 0, DATE_DAY_FIRST }, { 8, 1, 0, 0, DATE_ORDER_UNKNOWN }, { 3, 30, 0, 0, DATE_MONTH_FIRST }, { 5, 5, 0, 0, DATE_ORDER_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date_habit h = { 0 };

		for (int k = 0; k < cases[i].day; k++)
			td_date_habit_add(&h, &(struct date_signs){ 2, 0 });
		for (int k = 0; k < cases[i].month; k++)
			td_date_habit_add(&h, &(struct date_signs){ 0, 1 });
		for (int k = 0; k < cases[i].mixed; k++)
			td_date_habit_add(&h, &(struct date_signs){ 1, 1 });
		for (int k = 0; k < cases[i].none; k++)
			td_date_habit_add(&h, &(struct date_signs){ 0, 0 });
		CHECK_INT(cases[i].order, td_date_habit_order(&h));
	}
}

static void
only_english_has_two_orders(void)
{
	static const struct { const char *language, *host; enum date_order order; } cases[] = {
		{ "ko", "", DATE_DAY_FIRST }, { "de-AT", "news.example", DATE_DAY_FIRST }, { "es-US", "", DATE_DAY_FIRST }, { "en-GB", "paper.example", DATE_DAY_FIRST },
		{ "en-US", "paper.example", DATE_ORDER_UNKNOWN }, { "en-US", "www.paper.co.uk", DATE_DAY_FIRST }, { "en", "paper.org.au", DATE_DAY_FIRST },
		{ "en", "agency.gov", DATE_MONTH_FIRST }, { "", "paper.ph", DATE_MONTH_FIRST }, { "", "", DATE_ORDER_UNKNOWN }, { "en-CA", "paper.ca", DATE_ORDER_UNKNOWN },
		{ "", "uk", DATE_ORDER_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(cases[i].order, td_date_order_of(str_of(cases[i].language), str_of(cases[i].host)));
}

TESTS(TEST(one_date_tells_when_a_number_is_no_month), TEST(the_same_day_said_otherwise_tells), TEST(a_habit_needs_two_pages_and_nine_of_ten),
	TEST(only_english_has_two_orders))
