#include "article/calendars.h"

#include "base/civil.h"

/* Days of the Persian calendar by its 33-year cycle of leap years, exact from 1300 to 1500 (1921 to 2121). */
static bool
is_persian_leap(int year)
{
	int of_cycle = year % 33;

	return of_cycle == 1 || of_cycle == 5 || of_cycle == 9 || of_cycle == 13 || of_cycle == 17 || of_cycle == 22 || of_cycle == 26 ||
	    of_cycle == 30;
}

bool
td_persian_day(int year, int month, int day, int *ret_year, int *ret_month, int *ret_day)
{
	int64_t      days = civil_days(1921, 3, 21);    /* 1 Farvardin 1300 */
	struct civil c;
	int          longest = month <= 6 ? 31 : month <= 11 || is_persian_leap(year) ? 30 : 29;

	if (year < 1300 || year > 1500 || month < 1 || month > 12 || day < 1 || day > longest)
		return false;
	for (int y = 1300; y < year; y++)
		days += is_persian_leap(y) ? 366 : 365;
	days += (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
	c = civil_from_instant(days * 86400 * US_PER_S);
	*ret_year = c.year, *ret_month = c.month, *ret_day = c.day;
	return true;
}

size_t
td_era_at(struct str s, int *ret_add)
{
	static const struct { const char *name; int add; } eras[] = {
		{ "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 }, { "大正", 1911 }, { "中華民國", 1911 }, { "中华民国", 1911 }, { "民國", 1911 },
		{ "民国", 1911 }, { "주체", 1911 }, { "단기", -2333 }, { "พ.ศ.", ERA_THAI }, { "พ.ศ. ", ERA_THAI },
	};
	size_t best = 0;

	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++)
		if (strlen(eras[i].name) > best && str_starts(s, str_of(eras[i].name)))
			best = strlen(eras[i].name), *ret_add = eras[i].add;
	return best;
}

/* Thirteen months: twelve of thirty days, and what is left of the year. */
static const struct { const char *name; int month; } ethiopian[] = {
	{ "መስከረም", 1 }, { "ጥቅምት", 2 }, { "ኅዳር", 3 }, { "ህዳር", 3 }, { "ታኅሣሥ", 4 }, { "ታኅሳስ", 4 }, { "ታህሳስ", 4 }, { "ጥር", 5 }, { "የካቲት", 6 },
	{ "መጋቢት", 7 }, { "ሚያዝያ", 8 }, { "ሚያዚያ", 8 }, { "ግንቦት", 9 }, { "ሰኔ", 10 }, { "ሐምሌ", 11 }, { "ሀምሌ", 11 }, { "ነሐሴ", 12 }, { "ነሀሴ", 12 },
	{ "ጳጉሜን", 13 }, { "ጳጉሜ", 13 },
};

size_t
td_ethiopian_month_at(struct str s, int *ret_month)
{
	for (size_t i = 0; i < sizeof(ethiopian) / sizeof(*ethiopian); i++)
		if (str_starts(s, str_of(ethiopian[i].name))) {
			*ret_month = ethiopian[i].month;
			return strlen(ethiopian[i].name);
		}
	return 0;
}

bool
td_ethiopian_day(int year, int month, int day, int *ret_year, int *ret_month, int *ret_day)
{
	int64_t      days = civil_days(1899, 9, 11);    /* 1 Meskerem 1892 */
	struct civil c;
	int          longest = month <= 12 ? 30 : year % 4 == 3 ? 6 : 5;

	if (year < 1892 || year > 2092 || month < 1 || month > 13 || day < 1 || day > longest)
		return false;
	for (int y = 1892; y < year; y++)
		days += y % 4 == 3 ? 366 : 365;
	days += (month - 1) * 30 + day - 1;
	c = civil_from_instant(days * 86400 * US_PER_S);
	*ret_year = c.year, *ret_month = c.month, *ret_day = c.day;
	return true;
}
