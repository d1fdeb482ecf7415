#include "article/date_habit.h"

enum { PAGES_MIN = 2, OF_TEN = 9 };

struct digits {
	int first, second, year;
};

static bool
number(struct str s, size_t *at, int max, int *ret, int *ret_n)
{
	size_t b;
	int    v = 0, n = 0, d;

	while (n < max && (d = td_digit_at(s, *at, &b)) >= 0)
		v = v * 10 + d, n++, *at += b;
	*ret = v;
	*ret_n = n;
	return n > 0 && td_digit_at(s, *at, &b) < 0;
}

/* "27/06/2018", "6-27-18"; with '.' the day is always first, and a year in front leaves no doubt. */
static bool
take_apart(struct str s, struct digits *ret)
{
	struct digits d;
	size_t        at = 0;
	char          sep;
	int           n;

	s = str_trim(s);
	if (!number(s, &at, 2, &d.first, &n) || at >= s.n || ((sep = s.p[at]) != '/' && sep != '-'))
		return false;
	at++;
	if (!number(s, &at, 2, &d.second, &n) || at >= s.n || s.p[at] != sep)
		return false;
	at++;
	if (!number(s, &at, 4, &d.year, &n) || (n != 2 && n != 4))
		return false;
	d.year += n == 2 ? 2000 : 0;
	*ret = d;
	return d.first > 0 && d.second > 0 && d.first <= 31 && d.second <= 31;
}

static bool
is_day(const struct civil *c, int year, int month, int day)
{
	return c->precision >= CIVIL_DAY && c->year == year && c->month == month && c->day == day;
}

void
td_date_sign(struct date_signs *s, struct str written, const struct civil *known)
{
	struct digits d;

	if (!take_apart(written, &d) || d.first == d.second)
		return;
	if (d.first > 12 || d.second > 12) {
		s->day_first += d.first > 12 && d.second <= 12;
		s->month_first += d.second > 12 && d.first <= 12;
	} else if (known != NULL) {
		s->day_first += is_day(known, d.year, d.second, d.first);
		s->month_first += is_day(known, d.year, d.first, d.second);
	}
}

enum date_order
td_date_signs_order(const struct date_signs *s)
{
	if (s->day_first > 0 && s->month_first > 0)
		return DATE_ORDER_UNKNOWN;
	return s->day_first > 0 ? DATE_DAY_FIRST : s->month_first > 0 ? DATE_MONTH_FIRST : DATE_ORDER_UNKNOWN;
}

void
td_date_habit_add(struct date_habit *h, const struct date_signs *s)
{
	enum date_order order = td_date_signs_order(s);

	h->day_first += order == DATE_DAY_FIRST;
	h->month_first += order == DATE_MONTH_FIRST;
}

enum date_order
td_date_habit_order(const struct date_habit *h)
{
	int64_t pages = h->day_first + h->month_first;

	if (pages < PAGES_MIN)
		return DATE_ORDER_UNKNOWN;
	if (h->day_first * 10 >= pages * OF_TEN)
		return DATE_DAY_FIRST;
	return h->month_first * 10 >= pages * OF_TEN ? DATE_MONTH_FIRST : DATE_ORDER_UNKNOWN;
}

static bool
is_one_of(const char *list, struct str word)
{
	for (struct str rest = str_of(list), one; str_cut(&rest, ' ', &one);)
		if (word.n > 0 && str_eq_nocase(one, word))
			return true;
	return false;
}

static struct str
after_last(struct str s, char c)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != c)
		at--;
	return at > 0 ? str_sub(s, at, s.n) : STR("");
}

enum date_order
td_date_order_of(struct str language, struct str host)
{
	/* CLDR's short dates.  Canada writes both. */
	static const char *const day = "uk au nz ie in za ke ng gh tz ug zm zw sg my hk pk bd lk mt cy jm tt eu et rw bw na mw sl gm lr",
	    *const month = "us ph fm gu pr mh pw gov mil edu", *const regions = "GB AU NZ IE IN ZA KE NG GH TZ UG ZM ZW SG MY HK PK BD LK MT CY JM TT 150 001";
	struct str region = after_last(language, '-'), end = after_last(host, '.');

	if (language.n > 0 && !str_starts_nocase(language, STR("en")) && !str_starts_nocase(language, STR("fil")) &&
	    !str_starts_nocase(language, STR("tl")))
		return DATE_DAY_FIRST;
	if (is_one_of(day, end))
		return DATE_DAY_FIRST;
	if (is_one_of(month, end))
		return DATE_MONTH_FIRST;
	return is_one_of(regions, region) ? DATE_DAY_FIRST : DATE_ORDER_UNKNOWN;
}
