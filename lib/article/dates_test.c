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
		{ "30/02/2018", "none" }, { "1.2.3", "none" }, { "12018-06-27", "none" }, { "2018", "none" }, { "", "none" },
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

TESTS(TEST(dates_are_read_as_people_write_them))
