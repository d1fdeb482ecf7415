/* Dates as mail and feeds write them: RFC 5322 section 3.3 and its obsolete forms of section 4.3. */
#include "base/civil.h"

static const char months[12][4] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

static const struct { const char *name; int16_t minutes; } zones[] = {
	{ "UT", 0 }, { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 }, { "EST", -300 }, { "EDT", -240 }, { "CST", -360 }, { "CDT", -300 },
	{ "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 }, { "KST", 540 }, { "JST", 540 },
};

/* The next run of letters or digits; what stands between is skipped, and so are comments in brackets. */
static struct str
token(struct str *s)
{
	size_t n = 0;
	int    depth = 0;
	struct str t;

	while (s->n > 0 && (depth > 0 || strchr(" \t\r\n,(-", s->p[0]) != NULL)) {
		depth += s->p[0] == '(' ? 1 : s->p[0] == ')' && depth > 0 ? -1 : 0;
		*s = str_sub(*s, 1, s->n);
	}
	while (n < s->n && strchr(" \t\r\n,(-", s->p[n]) == NULL)
		n++;
	t = str_sub(*s, 0, n);
	*s = str_sub(*s, n, s->n);
	return t;
}

static int
month_of(struct str s)
{
	for (int m = 0; m < 12; m++)
		if (s.n >= 3 && str_eq_nocase(str_sub(s, 0, 3), str_of(months[m])))
			return m + 1;
	return 0;
}

static bool
number(struct str s, int64_t max, int64_t *ret)
{
	return s.n > 0 && s.n <= 4 && str_to_i64(s, 0, max, ret);
}

static int16_t
zone_of(struct str s)
{
	int64_t n;
	bool    west = s.n > 0 && s.p[0] == '-';

	if (s.n == 5 && (west || s.p[0] == '+') && str_to_i64(str_sub(s, 1, 5), 0, 9959, &n) && n % 100 < 60 && n / 100 <= 14)
		return (int16_t)((west ? -1 : 1) * (n / 100 * 60 + n % 100));
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (str_eq_nocase(s, str_of(zones[i].name)))
			return zones[i].minutes;
	return CIVIL_NO_ZONE;
}

/* "09:30" or "09:30:15". */
static bool
clock_of(struct str s, struct civil *c)
{
	struct str h, m, sec = STR("0");
	int64_t    n;

	if (!str_cut(&s, ':', &h) || !str_cut(&s, ':', &m))
		return false;
	if (s.p != NULL)
		sec = s;
	if (!number(h, 23, &n))
		return false;
	c->hour = (int8_t)n;
	if (!number(m, 59, &n))
		return false;
	c->minute = (int8_t)n;
	if (!number(sec, 60, &n))
		return false;
	c->second = (int8_t)(n > 59 ? 59 : n);
	return true;
}

/* The zone keeps its sign, which token() would skip as a hyphen. */
static struct str
last_token(struct str s)
{
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (strchr(" \t\r\n(", s.p[i]) != NULL)
			return str_sub(s, 0, i);
	return s;
}

bool
civil_parse_rfc822(struct str s, struct civil *ret)
{
	struct civil c = { .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_DAY };
	struct str   t = token(&s);
	int64_t      day, year;

	if (t.n > 0 && !(t.p[0] >= '0' && t.p[0] <= '9'))       /* the day's name */
		t = token(&s);
	if (!number(t, 31, &day) || (c.month = (int8_t)month_of(token(&s))) == 0)
		return false;
	t = token(&s);
	if (!number(t, 9999, &year))
		return false;
	c.day = (int8_t)day;
	c.year = (int16_t)(t.n == 2 ? year + (year < 50 ? 2000 : 1900) : t.n == 3 ? year + 1900 : year);
	if (clock_of(token(&s), &c)) {
		c.precision = CIVIL_SECOND;
		c.zone_min = zone_of(last_token(s));
	}
	if (!civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}
