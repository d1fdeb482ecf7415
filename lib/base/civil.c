#include "base/civil.h"

#include <stdio.h>

static const int8_t month_days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool
is_time_valid(const struct civil *c)
{
	return c->hour >= 0 && c->hour < 24 && c->minute >= 0 && c->minute < 60 && c->second >= 0 && c->second <= 60 &&
	    (c->zone_min == CIVIL_NO_ZONE || (c->zone_min >= -15 * 60 && c->zone_min <= 15 * 60));
}

bool
civil_is_valid(const struct civil *c)
{
	if (c->precision <= CIVIL_NONE || c->precision >= CIVIL_PRECISION__COUNT || c->year < 1 || c->year > 9999)
		return false;
	if (c->precision >= CIVIL_MONTH && (c->month < 1 || c->month > 12))
		return false;
	if (c->precision >= CIVIL_DAY &&
	    (c->day < 1 || c->day > month_days[c->month - 1] + (c->month == 2 && is_leap(c->year))))
		return false;
	return c->precision < CIVIL_MINUTE || is_time_valid(c);
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil. */
int64_t
civil_days(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (int64_t)era * 146097 + doe - 719468;
}

int
civil_weekday(int year, int month, int day)
{
	int64_t d = (civil_days(year, month, day) + 4) % 7;     /* 1970-01-01 was a Thursday */

	return (int)(d < 0 ? d + 7 : d);
}

int64_t
civil_to_instant(const struct civil *c)
{
	int64_t days = civil_days(c->year, c->month > 0 ? c->month : 1, c->day > 0 ? c->day : 1);
	int64_t s = days * 86400;

	if (c->precision >= CIVIL_MINUTE)
		s += c->hour * 3600 + c->minute * 60 + c->second;
	if (c->precision >= CIVIL_MINUTE && c->zone_min != CIVIL_NO_ZONE)
		s -= c->zone_min * 60;
	return s * US_PER_S;
}

struct civil
civil_from_instant(int64_t us)
{
	int64_t s = us / US_PER_S - (us % US_PER_S < 0);
	int64_t days = s / 86400 - (s % 86400 < 0);
	int64_t rest = s - days * 86400;
	int64_t z = days + 719468;                              /* Hinnant's civil_from_days */
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){
		.year = (int16_t)(yoe + era * 400 + (month <= 2)), .month = (int8_t)month,
		.day = (int8_t)(doy - (153 * mp + 2) / 5 + 1),
		.hour = (int8_t)(rest / 3600), .minute = (int8_t)(rest / 60 % 60), .second = (int8_t)(rest % 60),
		.zone_min = 0, .precision = CIVIL_SECOND,
	};
}

static int
put_zone(const struct civil *c, char *out, size_t room)
{
	int away = c->zone_min < 0 ? -c->zone_min : c->zone_min;

	if (c->zone_min == CIVIL_NO_ZONE)
		return 0;
	if (c->zone_min == 0)
		return snprintf(out, room, "Z");
	return snprintf(out, room, "%c%02d:%02d", c->zone_min < 0 ? '-' : '+', away / 60 % 100, away % 60);
}

const char *
civil_iso(const struct civil *c, char out[CIVIL_SHOWN])
{
	int n = 0;

	out[0] = '\0';
	if (c->precision >= CIVIL_YEAR)
		n = snprintf(out, CIVIL_SHOWN, "%04d", c->year);
	if (c->precision >= CIVIL_MONTH)
		n += snprintf(out + n, CIVIL_SHOWN - (size_t)n, "-%02d", c->month);
	if (c->precision >= CIVIL_DAY)
		n += snprintf(out + n, CIVIL_SHOWN - (size_t)n, "-%02d", c->day);
	if (c->precision >= CIVIL_MINUTE)
		n += snprintf(out + n, CIVIL_SHOWN - (size_t)n, "T%02d:%02d", c->hour, c->minute);
	if (c->precision >= CIVIL_SECOND)
		n += snprintf(out + n, CIVIL_SHOWN - (size_t)n, ":%02d", c->second);
	if (c->precision >= CIVIL_MINUTE)
		put_zone(c, out + n, CIVIL_SHOWN - (size_t)n);
	return out;
}

const char *
instant_iso(int64_t us, char out[CIVIL_SHOWN])
{
	struct civil c = civil_from_instant(us);

	return civil_iso(&c, out);
}

const char *
instant_iso_us(int64_t us, char out[CIVIL_SHOWN])
{
	int64_t part = us % US_PER_S;
	size_t  n = strlen(instant_iso(us, out)) - 1;

	snprintf(out + n, CIVIL_SHOWN - n, ".%06dZ", (int)(part < 0 ? part + US_PER_S : part));
	return out;
}

const char *
instant_rfc822(int64_t us, char out[CIVIL_SHOWN])
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = civil_from_instant(us);

	snprintf(out, CIVIL_SHOWN, "%.3s, %02d %.3s %04d %02d:%02d:%02d +0000",
	    days + 3 * civil_weekday(c.year, c.month, c.day), c.day, months + 3 * (c.month - 1), c.year, c.hour, c.minute,
	    c.second);
	return out;
}

/* Exactly `digits` digits off the front. */
static bool
take_number(struct str *s, size_t digits, int *ret)
{
	int64_t v;

	if (s->n < digits || s->p[0] == '-' || !str_to_i64(str_sub(*s, 0, digits), 0, 9999, &v))
		return false;
	*s = str_sub(*s, digits, s->n);
	*ret = (int)v;
	return true;
}

static bool
take_char(struct str *s, const char *any_of)
{
	if (s->n == 0 || s->p[0] == '\0' || strchr(any_of, s->p[0]) == NULL)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool
take_zone(struct str *s, struct civil *c)
{
	bool minus = s->n > 0 && s->p[0] == '-';
	int  h, m = 0;

	if (s->n == 0)
		return true;
	if (take_char(s, "Zz")) {
		c->zone_min = 0;
		return true;
	}
	if (!take_char(s, "+-") || !take_number(s, 2, &h))
		return false;
	(void)take_char(s, ":");        /* +0900 and +09:00 alike */
	if (s->n > 0 && !take_number(s, 2, &m))
		return false;
	c->zone_min = (int16_t)((h * 60 + m) * (minus ? -1 : 1));
	return true;
}

static bool
take_time(struct str *s, struct civil *c)
{
	int h, m, sec;

	if (!take_number(s, 2, &h) || !take_char(s, ":") || !take_number(s, 2, &m))
		return false;
	c->hour = (int8_t)h, c->minute = (int8_t)m, c->precision = CIVIL_MINUTE;
	if (take_char(s, ":")) {
		if (!take_number(s, 2, &sec))
			return false;
		c->second = (int8_t)sec, c->precision = CIVIL_SECOND;
		if (take_char(s, ".,"))
			while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9')
				*s = str_sub(*s, 1, s->n);
	}
	(void)take_char(s, " ");        /* "09:30:00 +0900" */
	return take_zone(s, c);
}

bool
civil_parse_iso(struct str s, struct civil *ret)
{
	struct civil c = { .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_YEAR };
	int          y, m, d;

	s = str_trim(s);
	if (!take_number(&s, 4, &y))
		return false;
	c.year = (int16_t)y;
	if (take_char(&s, "-")) {
		if (!take_number(&s, 2, &m))
			return false;
		c.month = (int8_t)m, c.precision = CIVIL_MONTH;
		if (take_char(&s, "-")) {
			if (!take_number(&s, 2, &d))
				return false;
			c.day = (int8_t)d, c.precision = CIVIL_DAY;
			if (take_char(&s, "Tt ") && !take_time(&s, &c))
				return false;
		}
	}
	if (s.n > 0 || !civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}

/* ".272370": of a second, to the microsecond. */
static int64_t
fraction_us(struct str s)
{
	size_t  at = str_find_char(s, '.');
	int64_t us = 0, unit = US_PER_S / 10;

	if (at == STR_NONE)
		at = str_find_char(s, ',');
	for (size_t i = at == STR_NONE ? s.n : at + 1; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, unit /= 10)
		us += (s.p[i] - '0') * unit;
	return us;
}

bool
instant_parse_iso(struct str s, int64_t *ret_us)
{
	struct civil c;

	if (!civil_parse_iso(s, &c) || c.precision < CIVIL_MINUTE)
		return false;
	*ret_us = civil_to_instant(&c) + fraction_us(s);
	return true;
}
