#include "feed/date.h"

#include "article/dates.h"

#define LONGEST 256
#define KOREA   540     /* minutes east */

struct when {
	int  year, month, day, hour, minute, second;
	int  zone_min;
	bool has_zone, has_time, is_pm, is_am, is_korean;
};

struct scan {
	struct str s;
	size_t     at;
};

static bool
is_digit(struct scan *c, size_t ahead)
{
	return c->at + ahead < c->s.n && c->s.p[c->at + ahead] >= '0' && c->s.p[c->at + ahead] <= '9';
}

static char
peek(struct scan *c)
{
	return c->at < c->s.n ? c->s.p[c->at] : '\0';
}

static size_t
digits(struct scan *c)
{
	size_t n = 0;

	while (is_digit(c, n))
		n++;
	return n;
}

/* At most n digits; more than nine are no number of a date. */
static int
number(struct scan *c, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n && i < 9 && is_digit(c, 0); i++)
		v = v * 10 + (c->s.p[c->at++] - '0');
	return v;
}

static bool
skip(struct scan *c, struct str what)
{
	if (!str_starts(str_sub(c->s, c->at, c->s.n), what))
		return false;
	c->at += what.n;
	return true;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static struct str
word(struct scan *c)
{
	size_t from = c->at;

	while (c->at < c->s.n && is_letter(c->s.p[c->at]))
		c->at++;
	return str_sub(c->s, from, c->at);
}

/* Beginnings of months' names: English, then what other languages' publishers put in the same place. */
static int
month_of(struct str w)
{
	static const struct { const char *name; int month; } names[] = {
		{ "jan", 1 }, { "feb", 2 }, { "mar", 3 }, { "apr", 4 }, { "may", 5 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 }, { "sep", 9 },
		{ "oct", 10 }, { "nov", 11 }, { "dec", 12 },
		{ "ene", 1 }, { "gen", 1 }, { "fév", 2 }, { "fev", 2 }, { "mär", 3 }, { "már", 3 }, { "mrt", 3 }, { "avr", 4 }, { "abr", 4 },
		{ "ápr", 4 }, { "mai", 5 }, { "mei", 5 }, { "mag", 5 }, { "máj", 5 }, { "juin", 6 }, { "jún", 6 }, { "giu", 6 },
		{ "juil", 7 }, { "júl", 7 }, { "lug", 7 }, { "aoû", 8 }, { "aou", 8 }, { "ago", 8 }, { "sze", 9 }, { "set", 9 }, { "okt", 10 },
		{ "ott", 10 }, { "out", 10 }, { "dez", 12 }, { "déc", 12 }, { "dic", 12 },
		{ "Ιαν", 1 }, { "Φεβ", 2 }, { "Μάρ", 3 }, { "Μαρ", 3 }, { "Μάώ", 3 }, { "Μαώ", 3 }, { "Απρ", 4 }, { "Μάι", 5 }, { "Μαϊ", 5 },
		{ "Μαι", 5 }, { "Ιούν", 6 }, { "Ιον", 6 }, { "Ιούλ", 7 }, { "Ιολ", 7 }, { "Αύγ", 8 }, { "Αυγ", 8 }, { "Σεπ", 9 },
		{ "Οκτ", 10 }, { "Νοέ", 11 }, { "Νοε", 11 }, { "Δεκ", 12 },
		{ "янв", 1 }, { "фев", 2 }, { "мар", 3 }, { "апр", 4 }, { "мая", 5 }, { "май", 5 }, { "июн", 6 }, { "июл", 7 }, { "авг", 8 },
		{ "сен", 9 }, { "окт", 10 }, { "ноя", 11 }, { "дек", 12 },
	};

	if (str_starts_nocase(w, STR("juil")))          /* before "jui" could be June's */
		return 7;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts_nocase(w, str_of(names[i].name)))
			return names[i].month;
	return 0;
}

/* RFC 822's names, and those that are in use without being in it. */
static bool
zone_of(struct str w, int *ret_min)
{
	static const struct { const char *name; int min; } names[] = {
		{ "z", 0 }, { "ut", 0 }, { "utc", 0 }, { "gmt", 0 }, { "wet", 0 }, { "west", 60 }, { "bst", 60 }, { "ist", 330 }, { "cet", 60 },
		{ "met", 60 }, { "mez", 60 }, { "cest", 120 }, { "mest", 120 }, { "mesz", 120 }, { "eet", 120 }, { "eest", 180 }, { "msk", 180 },
		{ "msd", 240 }, { "pkt", 300 }, { "ict", 420 }, { "wib", 420 }, { "hkt", 480 }, { "sgt", 480 }, { "myt", 480 }, { "awst", 480 },
		{ "kst", 540 }, { "jst", 540 }, { "acst", 570 }, { "aest", 600 }, { "aedt", 660 }, { "nzst", 720 }, { "nzdt", 780 },
		{ "ast", -240 }, { "adt", -180 }, { "est", -300 }, { "edt", -240 }, { "et", -300 }, { "cst", -360 }, { "cdt", -300 }, { "ct", -360 },
		{ "mst", -420 }, { "mdt", -360 }, { "mt", -420 }, { "pst", -480 }, { "pdt", -420 }, { "pt", -480 }, { "akst", -540 },
		{ "akdt", -480 }, { "hst", -600 }, { "brt", -180 }, { "art", -180 },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (str_eq_nocase(w, str_of(names[i].name))) {
			*ret_min = names[i].min;
			return true;
		}
	}
	return false;
}

/* +09:00, +0900, +09, -5:30; at the sign. */
static bool
read_offset(struct scan *c, struct when *w)
{
	bool   west = peek(c) == '-';
	size_t from = c->at++, n = digits(c);
	int    hours, minutes = 0;

	if (n == 0 || n > 4) {
		c->at = from;
		return false;
	}
	hours = number(c, n > 2 ? n - 2 : n);
	if (n > 2)
		minutes = number(c, 2);
	else if (peek(c) == ':' && is_digit(c, 1)) {
		c->at++;
		minutes = number(c, 2);
	}
	if (hours > 15 || minutes > 59)
		return true;                            /* read, and not believed */
	w->zone_min = (hours * 60 + minutes) * (west ? -1 : 1);
	w->has_zone = true;
	return true;
}

/* hh:mm, hh:mm:ss, hh:mm:ss.fff; at the first digit. */
static bool
read_time(struct scan *c, struct when *w)
{
	size_t n = digits(c), from = c->at;

	if (n == 0 || n > 2 || c->at + n >= c->s.n || c->s.p[c->at + n] != ':' || w->has_time)
		return false;
	w->hour = number(c, 2);
	c->at++;
	if (!is_digit(c, 0)) {
		c->at = from;
		return false;
	}
	w->minute = number(c, 2);
	if (peek(c) == ':' && is_digit(c, 1)) {
		c->at++;
		w->second = number(c, 2);
		if ((peek(c) == '.' || peek(c) == ',') && is_digit(c, 1)) {
			c->at++;
			c->at += digits(c);
		}
	}
	w->has_time = true;
	return true;
}

/* The ordinal day of a year as month and day. */
static void
set_ordinal(struct when *w, int ordinal)
{
	int64_t      day = civil_days(w->year, 1, 1) + ordinal - 1;
	struct civil c = civil_from_instant(day * 86400 * US_PER_S);

	w->month = ordinal >= 1 && c.year == w->year ? c.month : 0;
	w->day = c.day;
}

/* 2004-W05-3 */
static bool
read_week(struct scan *c, struct when *w)
{
	int          week, day = 1;
	struct civil d;

	if (peek(c) != 'W' || !is_digit(c, 1))
		return false;
	c->at++;
	week = number(c, 2);
	if (peek(c) == '-' && is_digit(c, 1))
		c->at++;
	if (is_digit(c, 0))
		day = number(c, 1);
	if (week < 1 || week > 53 || day < 1 || day > 7)
		return false;
	/* 4 January is in the first week; weeks begin on Monday. */
	d = civil_from_instant((civil_days(w->year, 1, 4) - (civil_weekday(w->year, 1, 4) + 6) % 7 + (week - 1) * 7 + day - 1) * 86400 * US_PER_S);
	w->year = d.year;
	w->month = d.month;
	w->day = d.day;
	return true;
}

/* hhmmss or hhmm, after the T of the basic format. */
static void
read_basic_time(struct scan *c, struct when *w)
{
	size_t n = digits(c);

	if (n != 4 && n != 6)
		return;
	w->hour = number(c, 2);
	w->minute = number(c, 2);
	w->second = n == 6 ? number(c, 2) : 0;
	w->has_time = true;
}

/* YYYY, YYYY-MM, YYYY-MM-DD, YYYY-DDD, YYYYMMDD and with a month's name in the middle; other signs for the hyphen. */
static bool
read_year_first(struct scan *c, struct when *w)
{
	size_t n = digits(c);

	if (n == 8) {
		w->year = number(c, 4);
		w->month = number(c, 2);
		w->day = number(c, 2);
		return true;
	}
	if (n != 4)
		return false;
	w->year = number(c, 4);
	w->month = w->day = 1;
	if (c->at == c->s.n || (peek(c) == 'W' && read_week(c, w)))
		return true;
	if (peek(c) != '-' && peek(c) != '/' && peek(c) != '.')
		return false;
	c->at++;
	if (digits(c) == 3)
		set_ordinal(w, number(c, 3));
	else if (peek(c) == 'W')
		return read_week(c, w);
	else if (is_digit(c, 0))
		w->month = number(c, 2);
	else
		w->month = month_of(word(c));
	if (peek(c) != '-' && peek(c) != '/' && peek(c) != '.')
		return w->month != 0;
	c->at++;
	w->day = number(c, 2);
	return w->month != 0 && w->day != 0;
}

/* 2004년 05월 28일 */
static bool
read_counted(struct scan *c, struct when *w)
{
	static const struct { const char *after; size_t field; bool korean; } counters[] = {
		{ "년", 0, true }, { "年", 0, false }, { "월", 1, true }, { "月", 1, false }, { "일", 2, true }, { "日", 2, false },
		{ "시", 3, true }, { "時", 3, false }, { "时", 3, false }, { "분", 4, true }, { "分", 4, false }, { "초", 5, true }, { "秒", 5, false },
	};
	size_t from = c->at;
	int    v = number(c, 4), *fields[] = { &w->year, &w->month, &w->day, &w->hour, &w->minute, &w->second };

	while (peek(c) == ' ')
		c->at++;
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
		if (skip(c, str_of(counters[i].after))) {
			*fields[counters[i].field] = v;
			w->is_korean |= counters[i].korean;
			w->has_time |= counters[i].field == 3;
			return true;
		}
	}
	c->at = from;
	return false;
}

/* A number of a date in words: a year when it looks like one, else the day, else a short year. */
static bool
read_plain_number(struct scan *c, struct when *w)
{
	size_t n = digits(c);
	int    v = number(c, n);

	if (n == 4 && w->year == 0)
		w->year = v;
	else if (n <= 2 && w->day == 0)
		w->day = v;
	else if (n <= 2 && w->year == 0)
		w->year = v + (v < 70 ? 2000 : 1900);
	else if (n == 3 && w->year == 0)                /* the clock of a programme that counts from 1900 */
		w->year = v + 1900;
	else
		return false;
	return true;
}

static bool
read_word(struct scan *c, struct when *w)
{
	struct str s = word(c);
	int        zone;

	if (str_eq_nocase(s, STR("pm")) || str_eq(s, STR("오후")) || str_eq(s, STR("下午")))
		w->is_pm = true;
	else if (str_eq_nocase(s, STR("am")) || str_eq(s, STR("오전")) || str_eq(s, STR("上午")))
		w->is_am = true;
	else if (w->has_time && zone_of(s, &zone)) {
		w->zone_min = zone;
		w->has_zone = true;
		if ((peek(c) == '+' || peek(c) == '-') && is_digit(c, 1))       /* GMT+9 */
			(void)read_offset(c, w);
	} else if (w->month == 0)
		w->month = month_of(s);
	w->is_korean |= str_eq(s, STR("오후")) || str_eq(s, STR("오전"));
	return true;                                    /* weekdays, "T", "at", "of": nothing */
}

static bool
read_one(struct scan *c, struct when *w)
{
	if (is_digit(c, 0)) {
		size_t n = digits(c);

		if (read_time(c, w) || (n <= 4 && read_counted(c, w)))
			return true;
		if (n >= 4 && w->year == 0 && w->day == 0) {
			size_t from = c->at;

			if (read_year_first(c, w))
				return true;
			*c = (struct scan){ c->s, from };
			w->year = w->month = w->day = 0;
		}
		return read_plain_number(c, w);
	}
	if ((peek(c) == '+' || peek(c) == '-') && w->has_time && is_digit(c, 1))
		return read_offset(c, w);
	if (peek(c) == 'T' && w->year != 0 && is_digit(c, 1) && w->month != 0 && !w->has_time) {
		c->at++;
		if (!read_time(c, w))
			read_basic_time(c, w);
		return true;
	}
	if (is_letter(peek(c)))
		return read_word(c, w);
	c->at++;
	return true;
}

static bool
instant_of(struct when *w, int64_t *ret_us)
{
	struct civil c;
	int          extra_s = 0;

	if (w->is_pm && w->hour < 12)
		w->hour += 12;
	if (w->is_am && w->hour == 12)
		w->hour = 0;
	if (w->hour == 24 && w->minute == 0 && w->second == 0) {
		w->hour = 0;
		extra_s = 86400;
	}
	if (w->second == 60) {                          /* a leap second */
		w->second = 59;
		extra_s = 1;
	}
	if (!w->has_zone && w->is_korean)
		w->zone_min = KOREA;
	if (w->month > 12 && w->day <= 12) {            /* written day first */
		int day = w->month;

		w->month = w->day;
		w->day = day;
	}
	if (w->year < 1 || w->year > 9999 || w->month < 1 || w->month > 12 || w->day < 1 || w->day > 31 || w->hour > 23 || w->minute > 59 ||
	    w->second > 59)
		return false;
	c = (struct civil){ .year = (int16_t)w->year, .month = (int8_t)w->month, .day = (int8_t)w->day, .hour = (int8_t)w->hour,
		.minute = (int8_t)w->minute, .second = (int8_t)w->second, .zone_min = (int16_t)w->zone_min, .precision = CIVIL_SECOND };
	if (!civil_is_valid(&c))
		return false;
	*ret_us = civil_to_instant(&c) + extra_s * US_PER_S;
	return true;
}

bool
td_feed_date(struct str s, int64_t *ret_us)
{
	struct when  w = { 0 };
	struct scan  c = { str_sub(str_trim(s), 0, LONGEST), 0 };
	struct civil civil;
	size_t       from, to;
	bool         is_read = c.s.n > 0;

	while (is_read && c.at < c.s.n)
		is_read = read_one(&c, &w);
	if (is_read && instant_of(&w, ret_us))
		return true;
	/* As people write dates: June 27th, 2018; 27.6.2018. */
	if (!td_date_find(c.s, &civil, &from, &to) || civil.precision < CIVIL_DAY)
		return false;
	*ret_us = civil_to_instant(&civil);
	return true;
}
