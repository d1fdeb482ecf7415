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
		{ "民国", 1911 }, { "주체", 1911 }, { "พ.ศ.", -543 }, { "พ.ศ. ", -543 },
	};
	size_t best = 0;

	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++)
		if (strlen(eras[i].name) > best && str_starts(s, str_of(eras[i].name)))
			best = strlen(eras[i].name), *ret_add = eras[i].add;
	return best;
}
