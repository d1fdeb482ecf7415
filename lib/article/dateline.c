/* Datelines: the genre's "06/27/2018 North Korea (Channel News Asia) –" and the agencies' "SEOUL, June 27 (Reuters) -". */
#include "article/dates.h"
#include "article/parts.h"

enum { PLACE_B = 80, SOURCE_B = 120, WIRE_B = 160 };

/* White space of the genre: blanks and no-break spaces. */
static size_t
blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n) {
		if (s.p[n] == ' ' || s.p[n] == '\t' || s.p[n] == '\n')
			n++;
		else if (str_starts(str_sub(s, n, s.n), STR("\xc2\xa0")))
			n += 2;
		else
			break;
	}
	return n;
}

static struct str
trim(struct str s)
{
	s = str_trim(str_sub(s, blanks(s), s.n));
	while (s.n >= 2 && str_ends(s, STR("\xc2\xa0")))
		s = str_trim(str_sub(s, 0, s.n - 2));
	return s;
}

/* "–", "—", "-", "--", ":" or "="; its length with the blanks before and after. */
static size_t
dash(struct str s)
{
	static const char *const marks[] = { "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95", "--", "-", ":", "=" };
	size_t n = blanks(s);

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (str_starts(str_sub(s, n, s.n), str_of(marks[i]))) {
			n += strlen(marks[i]);
			return n + blanks(str_sub(s, n, s.n));
		}
	}
	return 0;
}

size_t
td_date_read(struct str s, struct civil *ret)
{
	static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	size_t from = 0, end;

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		if (str_starts_nocase(s, str_of(days[i])))
			from = strlen(days[i]);
	while (from > 0 && from < s.n && (s.p[from] == ',' || s.p[from] == ' '))
		from++;
	return td_date_at(s, from, ret, &end) ? end : 0;
}

size_t
td_dateline_genre(struct str s, struct dateline *ret)
{
	struct dateline d = { 0 };
	size_t at = blanks(s), n = td_date_read(str_sub(s, at, s.n), &d.date), open, shut, mark;

	if (n == 0)
		return 0;
	at += n;
	if ((n = blanks(str_sub(s, at, s.n))) == 0)
		return 0;
	at += n;
	open = str_find_char(str_sub(s, at, at + PLACE_B), '(');
	if (open == STR_NONE || (shut = str_find_char(str_sub(s, at + open, at + open + SOURCE_B), ')')) == STR_NONE)
		return 0;
	d.place = trim(str_sub(s, at, at + open));
	d.source = trim(str_sub(s, at + open + 1, at + open + shut));
	if (d.place.n == 0 || d.source.n == 0 || str_find_char(d.place, '\n') != STR_NONE)
		return 0;
	at += open + shut + 1;
	mark = dash(str_sub(s, at, s.n));
	if (mark == 0)
		mark = blanks(str_sub(s, at, s.n));
	d.text = trim(str_sub(s, blanks(s), at + mark));
	d.country = td_place_country(d.place);
	*ret = d;
	return at + mark;
}

/* (서울=연합뉴스) 김견본 기자 = */
static size_t
korean(struct str s, struct dateline *ret)
{
	size_t equals, shut;
	struct dateline d = { 0 };
	struct str inside;

	if (s.n == 0 || s.p[0] != '(' || (shut = str_find_char(str_sub(s, 0, WIRE_B), ')')) == STR_NONE)
		return 0;
	inside = str_sub(s, 1, shut);
	if ((equals = str_find_char(inside, '=')) == STR_NONE)
		return 0;
	d.place = trim(str_sub(inside, 0, equals));
	d.source = trim(str_sub(inside, equals + 1, inside.n));
	if (d.place.n == 0 || d.source.n == 0)
		return 0;
	d.text = str_sub(s, 0, shut + 1);
	d.country = td_place_country(d.place);
	*ret = d;
	return shut + 1;
}

static size_t
capital_letters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && s.p[i] != ',' && s.p[i] != '('; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return 0;
		n += (s.p[i] >= 'A' && s.p[i] <= 'Z') || (unsigned char)s.p[i] >= 0xc3;
	}
	return n;
}

/* The date inside "SEOUL, June 27, 2018 (": anything before the bracket that reads as one. */
static struct str
take_date(struct str place, struct civil *ret)
{
	for (size_t i = 0; i < place.n; i++) {
		if (i > 0 && place.p[i - 1] != ' ')
			continue;
		if (td_date_read(str_sub(place, i, place.n), ret) > 0)
			return trim(str_sub(place, 0, i));
	}
	return place;
}

/* "SEOUL, June 27" is a place and a day without a year; the day is left to the page's date. */
static struct str
drop_yearless_date(struct str place)
{
	size_t comma = place.n;

	while (comma > 0 && place.p[comma - 1] != ',')
		comma--;
	if (comma == 0 || place.p[place.n - 1] < '0' || place.p[place.n - 1] > '9')
		return place;
	return trim(str_sub(place, 0, comma - 1));
}

static struct str
drop_comma(struct str s)
{
	s = trim(s);
	return s.n > 0 && s.p[s.n - 1] == ',' ? trim(str_sub(s, 0, s.n - 1)) : s;
}

size_t
td_dateline_wire(struct str s, struct dateline *ret)
{
	struct dateline d = { 0 };
	struct str      front = str_sub(s, 0, WIRE_B);
	size_t          open, shut, mark, n = korean(s, ret);

	if (n > 0)
		return n;
	if ((open = str_find_char(front, '(')) == STR_NONE || open < 3 || (shut = str_find_char(front, ')')) == STR_NONE || shut < open)
		return 0;
	d.source = trim(str_sub(front, open + 1, shut));
	d.place = take_date(str_sub(front, 0, open), &d.date);
	d.place = drop_comma(drop_yearless_date(drop_comma(d.place)));
	mark = dash(str_sub(s, shut + 1, s.n));
	if (mark == 0 || d.source.n == 0 || d.place.n < 3 || capital_letters(d.place) < 3 || str_find_char(d.place, '.') == 0)
		return 0;
	d.text = trim(str_sub(s, 0, shut + 1 + mark));
	d.country = td_place_country(d.place);
	*ret = d;
	return shut + 1 + mark;
}
