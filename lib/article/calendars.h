/* calendars - years and days of other calendars in the Gregorian one (lib/article only). */
#ifndef ARTICLE_CALENDARS_H
#define ARTICLE_CALENDARS_H

#include "base/str.h"

/* Solar Hijri (Iran, Afghanistan), years 1300 to 1500; false: no such day. */
bool td_persian_day(int year, int month, int day, int *ret_year, int *ret_month, int *ret_day);

/* Ethiopian, years 1892 to 2092, months 1 to 13; false: no such day. */
bool td_ethiopian_day(int year, int month, int day, int *ret_year, int *ret_month, int *ret_day);

/* The name of a month of that calendar, in Amharic, at the front of s: its length, 0: none. */
size_t td_ethiopian_month_at(struct str, int *ret_month);

enum { ERA_THAI = -543 };

/* An era's name at the front of s ("令和", "民國", "주체", "단기", "พ.ศ."): its length, 0: none.  A year of the era plus *ret_add is ours. */
size_t td_era_at(struct str, int *ret_add);

#endif
