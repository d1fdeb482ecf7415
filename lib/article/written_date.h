/*
 * written_date - the dates and times that people write, in some sixty languages (lib/article only).
 *
 * Read: 2018-06-27T09:30+09:00, 2018/6/27, 2018.06.27, 27.6.2018, 27.6.18, June 27th, 2018, 27 juin 2018, 27 июня 2018,
 * 2018년 6월 27일, 주체107(2018)년 6월 27일, 2018年6月27日, 令和6年6月3日, 民國113年6月3日, 3 มิถุนายน 2567, ۱۴ خرداد ۱۴۰۳, ngày 3
 * tháng 6 năm 2024, 2024. június 3., 2024 m. birželio 3 d.; digits of every script; then 14:20, 오후 3:21, 2:20 p.m., 14h20,
 * 下午3时20分 and a zone (KST, UTC+9, +0900).  Days of the lunar Hijri calendar are not read: they depend on who saw the moon.
 *
 * Whether 06/07/2018 is June or July no page can say: `order` is what the caller knows of its source.  Without it the month
 * stands first, as the genre writes, and is_ambiguous is set.
 */
#ifndef ARTICLE_WRITTEN_DATE_H
#define ARTICLE_WRITTEN_DATE_H

#include "base/civil.h"

enum date_order { DATE_ORDER_UNKNOWN, DATE_MONTH_FIRST, DATE_DAY_FIRST };

struct date_ways {
	enum date_order order;
	struct str      language;       /* of the page, "" unknown: Persian years, months that two languages call alike */
};

struct written_date {
	struct civil when;
	size_t       from, to;          /* bytes of the text */
	bool         is_ambiguous;      /* day and month could be exchanged */
};

/* The date, and its time if there is one, that begins at `at`. */
bool td_written_at(struct str, size_t at, const struct date_ways *, struct written_date *ret);
/* The first in s at or after `at`. */
bool td_written_find(struct str, size_t at, const struct date_ways *, struct written_date *ret);

/* The day alone that begins at `at`; ways: NULL: nothing is known. */
bool td_day_at(struct str, size_t at, const struct date_ways *, struct civil *ret, size_t *ret_end, bool *ret_ambiguous);

/* Hour and minute behind a date that ends at `at`: adds them to *c and returns where they end; `at`: there are none. */
size_t td_time_after(struct str, size_t at, struct civil *c);

/* A digit of any script at `at`: its value, and its length in bytes; -1: none. */
int td_digit_at(struct str, size_t at, size_t *ret_b);

#endif
