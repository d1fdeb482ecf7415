#include "article/written_date.h"

#include "article/calendars.h"
#include "article/month_names.h"
#include "text/utf8.h"

enum { WORD_MAX_B = 60 };

struct cursor {
	struct str              s;
	size_t                  at;
	const struct date_ways *ways;
};

int
td_digit_at(struct str s, size_t at, size_t *ret_b)
{
	/* The zeroes of Arabic, Persian, Devanagari, Bengali, Gujarati, Tamil, Thai, Lao, Tibetan, Burmese, Khmer, fullwidth. */
	static const uint16_t zeroes[] = { 0x660, 0x6f0, 0x966, 0x9e6, 0xae6, 0xbe6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0xff10 };
	unsigned char         c = at < s.n ? (unsigned char)s.p[at] : 0;
	size_t                next = at;
	uint32_t              code;

	*ret_b = 1;
	if (c < 0x80)
		return c >= '0' && c <= '9' ? c - '0' : -1;
	if (c != 0xd9 && c != 0xdb && c != 0xe0 && c != 0xe1 && c != 0xef)
		return -1;
	code = td_utf8_next(s, &next);
	*ret_b = next - at;
	for (size_t i = 0; i < sizeof(zeroes) / sizeof(*zeroes); i++)
		if (code >= zeroes[i] && code < zeroes[i] + 10u)
			return (int)(code - zeroes[i]);
	return -1;
}

/* 1 to max digits, and no more of them behind. */
static bool
number(struct cursor *c, int max, int *ret, int *ret_digits)
{
	int    v = 0, n = 0, digit;
	size_t b;

	for (; n < max && (digit = td_digit_at(c->s, c->at, &b)) >= 0; n++, c->at += b)
		v = v * 10 + digit;
	*ret = v;
	*ret_digits = n;
	return n > 0 && td_digit_at(c->s, c->at, &b) < 0;
}

static void
skip_space(struct cursor *c)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf", "\xe3\x80\x80", "\xe2\x80\x8e", "\xe2\x80\x8f" };

	for (size_t i = 0; c->at < c->s.n;) {
		if (c->s.p[c->at] == ' ' || (c->s.p[c->at] >= '\t' && c->s.p[c->at] <= '\r'))
			c->at++, i = 0;
		else if (i < sizeof(wide) / sizeof(*wide) && str_starts(str_sub(c->s, c->at, c->s.n), str_of(wide[i])))
			c->at += strlen(wide[i]), i = 0;
		else if (++i > sizeof(wide) / sizeof(*wide))
			break;
	}
}

static bool
take(struct cursor *c, const char *what)
{
	if (!str_starts_nocase(str_sub(c->s, c->at, c->s.n), str_of(what)))
		return false;
	c->at += strlen(what);
	return true;
}

/* The first of the words, which end with NULL. */
static bool
take_any(struct cursor *c, const char *const *words)
{
	for (; *words != NULL; words++)
		if (take(c, *words))
			return true;
	return false;
}

static bool
finish(int y, int m, int d, struct civil *ret)
{
	struct civil c = { .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_DAY };

	if (y >= 2443 && y <= 2643)     /* of the Buddhist era: no other year is so late */
		y -= 543;
	if (y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	c.year = (int16_t)y, c.month = (int8_t)m, c.day = (int8_t)d;
	if (!civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}

/* A year of the Persian calendar where the page or the month's name is Persian. */
static bool
finish_in(const struct cursor *c, bool persian, int y, int m, int d, struct civil *ret)
{
	persian |= y >= 1300 && y < 1500 && (str_starts_nocase(c->ways->language, STR("fa")) || str_starts_nocase(c->ways->language, STR("ps")));
	if (persian && !td_persian_day(y, m, d, &y, &m, &d))
		return false;
	return finish(y, m, d, ret);
}

static const struct month_name *
month_name(struct cursor *c)
{
	const struct month_name *m = td_month_at(c->s, c->at, c->ways->language, &c->at);

	if (m != NULL)
		(void)take(c, ".");
	return m;
}

/* Four digits; two where the script or the dots around say that it is a year. */
static bool
year(struct cursor *c, bool two_will_do, int *ret)
{
	static const char *const fronts[] = { "del ", "de ", "năm ", "år ", "ж. ", "พ.ศ. ", "พ.ศ.", "ឆ្នាំ ", "ឆ្នាំ", "'", "\xe2\x80\x99", NULL };
	bool thai = false;
	int  n;

	skip_space(c);
	thai = c->at >= 3 && (memchr(c->s.p, '\xe0', c->at) != NULL);
	(void)take_any(c, fronts);
	if (!number(c, 4, ret, &n) || (n != 4 && !(n == 2 && two_will_do)))
		return false;
	if (n == 2)
		*ret += thai ? 2500 : *ret < 70 ? 2000 : 1900;
	return true;
}

/* A month before its day is a word before a number: most words are not, and need not be looked up. */
static bool
is_word_before_number(struct str s, size_t at)
{
	size_t end = at + WORD_MAX_B < s.n ? at + WORD_MAX_B : s.n, b;

	while (at < end && ((s.p[at] | 0x20) >= 'a' ? (s.p[at] | 0x20) <= 'z' : (unsigned char)s.p[at] >= 0x80 && td_digit_at(s, at, &b) < 0))
		at++;
	while (at < end && (s.p[at] == '.' || s.p[at] == ' ' || (s.p[at] >= '\t' && s.p[at] <= '\r')))
		at++;
	return at < s.n && td_digit_at(s, at, &b) >= 0;
}

/* "June 27th, 2018", "Hunyo 3, 2024" */
static bool
month_first(struct cursor c, struct civil *ret, size_t *ret_end)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
	const struct month_name *m = month_name(&c);
	int d, y, n;

	if (m == NULL)
		return false;
	skip_space(&c);
	if (!number(&c, 2, &d, &n))
		return false;
	(void)take_any(&c, ordinals);
	(void)(take(&c, ",") || take(&c, "."));
	if (!year(&c, false, &y) || !finish_in(&c, m->persian, y, m->month, d, ret))
		return false;
	*ret_end = c.at;
	return true;
}

/* "6" in "tháng 6", or a month's name. */
static bool
month_any(struct cursor *c, int *ret, bool *ret_persian)
{
	static const char *const numbered[] = { "tháng ", "thg ", "th.", NULL };
	const struct month_name *m;
	int                      n;

	*ret_persian = false;
	if (take_any(c, numbered))
		return number(c, 2, ret, &n);
	if ((m = month_name(c)) == NULL)
		return false;
	*ret = m->month;
	*ret_persian = m->persian;
	return true;
}

/* After "27": " juin 2018", ". Juni 2018", "th of June, 2018", " de junio de 2018", " มิ.ย. 61", "-Jun-18" */
static bool
day_first(struct cursor c, int d, struct civil *ret, size_t *ret_end)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", ".", "er", "º", "ª", "-го", "-", "/", NULL };
	static const char *const links[] = { "de ", "of ", "di ", "ta' ", "ta\xe2\x80\x99 ", "a ", "ខែ ", "ខែ", NULL };
	static const char *const ends[] = { ".", ",", "-", "/", "\xd8\x8c", NULL };
	bool persian, near;
	int  m, y;

	(void)take_any(&c, ordinals);
	skip_space(&c);
	(void)take_any(&c, links);
	near = c.at < c.s.n && (unsigned char)c.s.p[c.at] == 0xe0;
	if (!month_any(&c, &m, &persian))
		return false;
	near |= take_any(&c, ends) && c.at < c.s.n && c.s.p[c.at - 1] != ',';
	if (!year(&c, near, &y) || !finish_in(&c, persian, y, m, d, ret))
		return false;
	*ret_end = c.at;
	return true;
}

/* After "2024": ". június 3.", " m. birželio 3 d.", ". gada 3. jūnijs", " оны 6-р сарын 3", "ko ekainaren 3a", " жылғы 3 маусым" */
static bool
year_then_name(struct cursor c, int y, struct civil *ret, size_t *ret_end)
{
	static const char *const ends[] = { " m.", ". gada", " gada", ".", "ko", " жылғы", " жыл", " йил", "-йил", " yil", "-yil", " оны", ",", NULL };
	static const char *const days[] = { " d.", ".", NULL };
	int    d, m, n;
	bool   persian = false;
	size_t b;

	(void)take_any(&c, ends);
	skip_space(&c);
	if (td_digit_at(c.s, c.at, &b) >= 0) {
		if (!number(&c, 2, &d, &n))
			return false;
		if (take(&c, "-р сарын")) {
			m = d;
			skip_space(&c);
			if (!number(&c, 2, &d, &n))
				return false;
		} else {
			(void)(take(&c, ".") || take(&c, "-"));
			skip_space(&c);
			if (!month_any(&c, &m, &persian))
				return false;
		}
	} else {
		if (!month_any(&c, &m, &persian))
			return false;
		skip_space(&c);
		if (!number(&c, 2, &d, &n))
			return false;
		(void)take_any(&c, days);
	}
	if (!finish_in(&c, persian, y, m, d, ret))
		return false;
	*ret_end = c.at;
	return true;
}

/* After "2018": "년 6월 27일", "年6月27日" */
static bool
year_in_words(struct cursor c, int y, struct civil *ret, size_t *ret_end)
{
	static const char *const years[] = { "년", "年", NULL }, *const months[] = { "월", "月", NULL }, *const days[] = { "일", "日", NULL };
	int m, d, n;

	skip_space(&c);
	if (!take_any(&c, years))
		return false;
	skip_space(&c);
	if (!number(&c, 2, &m, &n) || (skip_space(&c), !take_any(&c, months)))
		return false;
	skip_space(&c);
	if (!number(&c, 2, &d, &n) || !finish(y, m, d, ret))
		return false;
	skip_space(&c);
	(void)take_any(&c, days);
	*ret_end = c.at;
	return true;
}

/* After "2018": "-06-27", ".06.27", " / 6 / 27" */
static bool
year_in_numbers(struct cursor c, int y, struct civil *ret, size_t *ret_end)
{
	char sep;
	int  m, d, n;

	skip_space(&c);
	sep = c.at < c.s.n ? c.s.p[c.at] : '\0';
	if (sep != '-' && sep != '/' && sep != '.')
		return false;
	c.at++;
	skip_space(&c);
	if (!number(&c, 2, &m, &n))
		return false;
	skip_space(&c);
	if (c.at >= c.s.n || c.s.p[c.at++] != sep)
		return false;
	skip_space(&c);
	if (!number(&c, 2, &d, &n) || !finish_in(&c, false, y, m, d, ret))
		return false;
	*ret_end = c.at;
	return true;
}

/* "2018-06-27T09:30:00Z": the whole of it, with second and zone.  The day is *ret's already, whatever its calendar. */
static void
exact(struct cursor c, size_t start, struct civil *ret, size_t *ret_end)
{
	size_t       at = *ret_end;
	struct civil whole;

	if (at - start != 10 || c.s.p[start + 4] != '-' || at >= c.s.n || (c.s.p[at] != 'T' && c.s.p[at] != ' '))
		return;
	for (at++; at < c.s.n && at - start < 40 && strchr("0123456789-+:.Z", c.s.p[at]) != NULL; at++)
		;
	for (; at - start > 10; at--)
		if (civil_parse_iso(str_sub(c.s, start, at), &whole)) {
			whole.year = ret->year, whole.month = ret->month, whole.day = ret->day;
			*ret = whole;
			*ret_end = at;
			break;
		}
}

static bool
year_first(struct cursor c, size_t start, int y, struct civil *ret, size_t *ret_end)
{
	if (year_in_words(c, y, ret, ret_end))
		return true;
	if (year_in_numbers(c, y, ret, ret_end)) {
		exact(c, start, ret, ret_end);
		return true;
	}
	return year_then_name(c, y, ret, ret_end);
}

/* After "06": "/27/2018", "-27-18", ".6.2018", ". 6. 18" */
static bool
numbers(struct cursor c, int first, struct civil *ret, size_t *ret_end, bool *ret_ambiguous)
{
	char sep;
	int  second, y, n, space;
	bool day_first;

	skip_space(&c);
	sep = c.at < c.s.n ? c.s.p[c.at] : '\0';
	if (sep != '/' && sep != '-' && sep != '.' && sep != '|')
		return false;
	c.at++;
	skip_space(&c);
	if (!number(&c, 2, &second, &n))
		return false;
	space = c.at < c.s.n && c.s.p[c.at] == ' ';
	skip_space(&c);
	if (c.at >= c.s.n || c.s.p[c.at] != sep)
		return false;
	c.at++;
	skip_space(&c);
	if (!number(&c, 4, &y, &n) || (n != 4 && (n != 2 || space || sep == '|')))
		return false;
	/* "1.2.34" may be the number of a version or a section; a day of the calendar has a month and a year that fit. */
	if (n == 2 && sep == '.' && (y < 10 || (c.at < c.s.n && c.s.p[c.at] == '.' && c.at + 1 < c.s.n && c.s.p[c.at + 1] != ' ')))
		return false;
	y += n == 2 ? (y < 70 ? 2000 : 1900) : 0;
	day_first = sep == '.' || first > 12 || (c.ways->order == DATE_DAY_FIRST && second <= 12);
	*ret_ambiguous = sep != '.' && first <= 12 && second <= 12 && first != second && c.ways->order == DATE_ORDER_UNKNOWN;
	if (!(day_first ? finish(y, second, first, ret) : finish(y, first, second, ret)))
		return false;
	*ret_end = c.at;
	return true;
}

/* "二〇二四年六月三日": a digit of Chinese, 10 for 十; -1: none. */
static int
han_digit(struct cursor *c)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "零", "○" };

	for (size_t i = 0; i < sizeof(digits) / sizeof(*digits); i++)
		if (take(c, digits[i]))
			return i > 10 ? 0 : (int)i;
	return -1;
}

/* "六", "十", "十二", "二十", "二十七" */
static bool
han_number(struct cursor *c, int *ret)
{
	int v = 0, digit, n = 0;

	while ((digit = han_digit(c)) >= 0 && n++ < 4)
		v = digit == 10 ? (v == 0 ? 10 : v * 10) : v == 10 || (v > 10 && v % 10 == 0) ? v + digit : v * 10 + digit;
	*ret = v;
	return n > 0;
}

static bool
han_date(struct cursor c, struct civil *ret, size_t *ret_end)
{
	int y = 0, m, d, digit;

	for (int i = 0; i < 4; i++) {
		if ((digit = han_digit(&c)) < 0 || digit > 9)
			return false;
		y = y * 10 + digit;
	}
	if (!take(&c, "年") || !han_number(&c, &m) || !take(&c, "月") || !han_number(&c, &d) || !take(&c, "日") || !finish(y, m, d, ret))
		return false;
	*ret_end = c.at;
	return true;
}

/* "令和6年6月3日", "民國113年", "주체113(2024)년", "단기 4357년"; "พ.ศ. 2567" is a year that day_first() reads. */
static bool
era_date(struct cursor c, struct civil *ret, size_t *ret_end)
{
	int    add, y, n, written;
	size_t name = td_era_at(str_sub(c.s, c.at, c.s.n), &add);

	if (name == 0 || add == ERA_THAI)
		return false;
	c.at += name;
	skip_space(&c);
	if (take(&c, "元"))
		y = 1;
	else if (!number(&c, 4, &y, &n))
		return false;
	if (take(&c, "(") && (!number(&c, 4, &written, &n) || !take(&c, ")")))
		return false;
	return year_in_words(c, y + add, ret, ret_end);
}

/* "ግንቦት 26 ቀን 2016 ዓ.ም.": months of this calendar have names of their own. */
static bool
ethiopian_date(struct cursor c, struct civil *ret, size_t *ret_end)
{
	static const char *const behind[] = { "ቀን", "፣", ",", NULL };
	int    month, d, y, n;
	size_t name = td_ethiopian_month_at(str_sub(c.s, c.at, c.s.n), &month);

	if (name == 0)
		return false;
	c.at += name;
	skip_space(&c);
	if (!number(&c, 2, &d, &n))
		return false;
	do
		skip_space(&c);
	while (take_any(&c, behind));
	if (!number(&c, 4, &y, &n) || n != 4 || !td_ethiopian_day(y, month, d, &y, &month, &d))
		return false;
	*ret_end = c.at;
	return finish(y, month, d, ret);
}

static bool
is_start_of_han_number(struct str s, size_t at)
{
	return str_starts(str_sub(s, at, s.n), STR("二")) || str_starts(str_sub(s, at, s.n), STR("一九"));
}

bool
td_day_at(struct str s, size_t at, const struct date_ways *ways, struct civil *ret, size_t *ret_end, bool *ret_ambiguous)
{
	static const struct date_ways nothing = { DATE_ORDER_UNKNOWN, { "", 0 } };
	struct cursor c = { s, at, ways != NULL ? ways : &nothing };
	size_t        b;
	int           v, n;

	*ret_ambiguous = false;
	if (td_digit_at(s, at, &b) < 0) {
		if (at < s.n && (unsigned char)s.p[at] >= 0xe0 && (era_date(c, ret, ret_end) || ethiopian_date(c, ret, ret_end) ||
		    (is_start_of_han_number(s, at) && han_date(c, ret, ret_end))))
			return true;
		return is_word_before_number(s, at) && month_first(c, ret, ret_end);
	}
	if (!number(&c, 4, &v, &n))
		return false;
	if (n == 4)
		return year_first(c, at, v, ret, ret_end);
	return n <= 2 && (numbers(c, v, ret, ret_end, ret_ambiguous) || day_first(c, v, ret, ret_end));
}

bool
td_written_at(struct str s, size_t at, const struct date_ways *ways, struct written_date *ret)
{
	struct written_date w = { .from = at };

	if (!td_day_at(s, at, ways, &w.when, &w.to, &w.is_ambiguous))
		return false;
	if (w.when.precision == CIVIL_DAY)
		w.to = td_time_after(s, w.to, &w.when);
	*ret = w;
	return true;
}

bool
td_written_find(struct str s, size_t at, const struct date_ways *ways, struct written_date *ret)
{
	bool   in_word = false;
	size_t b;

	for (; at < s.n; at++) {
		unsigned char c = (unsigned char)s.p[at];
		bool          word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

		/* A date never begins inside a word or a number; a letter of several bytes may begin a month. */
		if ((!in_word || (c & 0xc0) == 0xc0) && (word || c >= 0xc0) &&
		    (c < 0xc0 || at == 0 || td_digit_at(s, at, &b) < 0 || (unsigned char)s.p[at - 1] < 0x80 || td_digit_at(s, at - b, &b) < 0) &&
		    td_written_at(s, at, ways, ret))
			return true;
		in_word = word;
	}
	return false;
}
