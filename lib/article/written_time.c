/* The time of day that follows a date, and its zone. */
#include "article/written_date.h"

enum { JOIN_B = 40 };

static size_t
any_of(struct str s, size_t at, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_starts_nocase(str_sub(s, at, s.n), str_of(*words)))
			return strlen(*words);
	return 0;
}

/* White space, commas, dashes, and "(수)", "(月)", "(Wed)" or "水曜日" between a date and its time. */
static size_t
skip_between(struct str s, size_t at)
{
	static const char *const marks[] = { " ", "\t", "\n", "\r", ",", ".", "-", "|", "\xc2\xa0", "\xc2\xb7", "\xe2\x80\x93", "\xe2\x80\x94",
		"\xe2\x80\xa2", "\xd8\x8c", "\xe3\x80\x80", "\xe2\x80\x8f", "\xe2\x80\x8e", "г.", "р.", NULL };
	static const char *const days[] = { "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "月曜日", "火曜日", "水曜日", "木曜日",
		"金曜日", "土曜日", "日曜日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天", NULL };
	size_t from = at, n;

	while (at < s.n && at - from < JOIN_B) {
		if ((n = any_of(s, at, marks)) > 0 || (n = any_of(s, at, days)) > 0) {
			at += n;
		} else if (s.p[at] == '(' || str_starts(str_sub(s, at, s.n), STR("（"))) {
			struct str rest = str_sub(s, at, at + 24);
			size_t     wide = str_find(rest, STR("）")), shut = str_find_char(rest, ')');

			if (wide == STR_NONE && shut == STR_NONE)
				break;
			at += wide != STR_NONE ? wide + 3 : shut + 1;
		} else {
			break;
		}
	}
	return at;
}

/* "at", "um", "à" …: the words of many languages that stand before a time. */
static size_t
skip_word(struct str s, size_t at)
{
	static const char *const words[] = { "at ", "um ", "à ", "a las ", "alle ore ", "alle ", "ore ", "às ", "as ", "kl. ", "kl.", "kl ", "klo ",
		"klokken ", "o godz. ", "godz. ", "o ", "u ", "ob ", "la ora ", "ora ", "в ", "о ", "об ", "у ", "saat ", "pukul ", "jam ", "lúc ",
		"kell ", "plkst. ", "στις ", "ώρα ", "الساعة ", "ساعت ", "בשעה ", "เวลา ", "का समय ", "T", "o'clock ", "om ", "uur ", "alle h ", NULL };

	return at + any_of(s, at, words);
}

/* 0: no half of the day is said, 1: the first, 2: the second. */
static int
half_before(struct str s, size_t *at)
{
	static const char *const first[] = { "오전", "午前", "上午", "凌晨", "早上", "새벽", "AM ", "SA ", NULL };
	static const char *const second[] = { "오후", "午後", "下午", "晚上", "저녁", "밤", "PM ", "CH ", NULL };
	size_t n = any_of(s, *at, first), half = n > 0 ? 1 : 0;

	if (n == 0 && (n = any_of(s, *at, second)) > 0)
		half = 2;
	*at += n;
	while (*at < s.n && s.p[*at] == ' ' && half > 0)
		++*at;
	return (int)half;
}

static int
half_after(struct str s, size_t *at)
{
	static const char *const first[] = { "a.m.", "a. m.", "am", "π.μ.", "пре подне", "ص", "ق.ظ", "pagi", "n.u.", NULL };
	static const char *const second[] = { "p.m.", "p. m.", "pm", "μ.μ.", "م", "ب.ظ", "petang", "malam", "sore", "n.h.", NULL };
	size_t k = *at, n;

	while (k < s.n && (s.p[k] == ' ' || str_starts(str_sub(s, k, s.n), STR("\xc2\xa0"))))
		k += s.p[k] == ' ' ? 1 : 2;
	if ((n = any_of(s, k, first)) > 0)
		return *at = k + n, 1;
	if ((n = any_of(s, k, second)) > 0)
		return *at = k + n, 2;
	return 0;
}

/* One or two digits. */
static bool
two(struct str s, size_t *at, int *ret)
{
	size_t b, k = *at;
	int    digit, n = 0;

	for (*ret = 0; n < 3 && (digit = td_digit_at(s, k, &b)) >= 0; n++, k += b)
		*ret = *ret * 10 + digit;
	if (n == 0 || n > 2)
		return false;
	*at = k;
	return true;
}

/* "+09:00", "UTC+9", "KST", "(GMT)": into *ret; names that mean two zones (IST, CST, BST) are not read. */
static size_t
zone_at(struct str s, size_t at, int16_t *ret)
{
	static const struct { const char *name; int16_t min; } zones[] = {
		{ "KST", 540 }, { "JST", 540 }, { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 }, { "EST", -300 }, { "EDT", -240 }, { "CDT", -300 },
		{ "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 }, { "CET", 60 }, { "CEST", 120 }, { "MEZ", 60 }, { "MESZ", 120 },
		{ "EET", 120 }, { "EEST", 180 }, { "MSK", 180 }, { "HKT", 480 }, { "SGT", 480 }, { "WIB", 420 }, { "ICT", 420 }, { "PKT", 300 },
		{ "AEST", 600 }, { "AEDT", 660 }, { "NZST", 720 }, { "NZDT", 780 }, { "(한국시간)", 540 },
	};
	size_t k = at, best = 0;
	int    h, m = 0, sign;

	while (k < s.n && (s.p[k] == ' ' || s.p[k] == '('))
		k++;
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		size_t n = strlen(zones[i].name);
		char   behind = k + n < s.n ? s.p[k + n] : ' ';

		if (n > best && str_starts(str_sub(s, k, s.n), str_of(zones[i].name)) && !((behind | 0x20) >= 'a' && (behind | 0x20) <= 'z'))
			best = n, *ret = zones[i].min;
	}
	k += best;
	if (k >= s.n || (s.p[k] != '+' && s.p[k] != '-') || (best > 0 && *ret != 0))
		return best > 0 ? k : at;
	sign = s.p[k++] == '-' ? -1 : 1;
	if (!two(s, &k, &h)) {
		size_t b;       /* "+0900" */

		h = 0;
		for (int i = 0; i < 4; i++, k += b) {
			int digit = td_digit_at(s, k, &b);

			if (digit < 0)
				return best > 0 ? k : at;
			h = h * 10 + digit;
		}
		m = h % 100, h /= 100;
	} else if (k < s.n && s.p[k] == ':') {
		k++;
		if (!two(s, &k, &m))
			return at;
	}
	if (h > 14 || m > 59)
		return at;
	*ret = (int16_t)(sign * (h * 60 + m));
	return k;
}

static bool
hour_and_minute(struct str s, size_t *at, int *h, int *m, int *sec)
{
	static const char *const hours[] = { ":", "h", "시 ", "시", "時", "时", "點", "点", ".", NULL };
	static const char *const minutes[] = { "분", "分", NULL };
	size_t n;
	bool   dotted;

	*sec = -1;
	if (!two(s, at, h) || *h > 24 || (n = any_of(s, *at, hours)) == 0)
		return false;
	dotted = s.p[*at] == '.';
	*at += n;
	if (!two(s, at, m) || *m > 59)
		return false;
	/* "14.20" is a time only where no third number follows. */
	if (dotted && *at < s.n && s.p[*at] == '.' && *at + 1 < s.n && td_digit_at(s, *at + 1, &n) >= 0)
		return false;
	*at += any_of(s, *at, minutes);
	if (*at < s.n && s.p[*at] == ':') {
		size_t k = *at + 1;

		if (two(s, &k, sec) && *sec <= 60)
			*at = k;
		else
			*sec = -1;
	}
	return true;
}

size_t
td_time_after(struct str s, size_t at, struct civil *c)
{
	size_t k = skip_between(s, at), from = k;
	int    h, m, sec, half;

	k = skip_word(s, k);
	half = half_before(s, &k);
	if (!hour_and_minute(s, &k, &h, &m, &sec))
		return at;
	/* "27.6.2018 3.4 million": a full stop between hour and minute wants a word before it. */
	if (half == 0)
		half = half_after(s, &k);
	if (half == 2 && h < 12)
		h += 12;
	else if (half == 1 && h == 12)
		h = 0;
	if (h > 23 || (k > from && memchr(s.p + from, ':', k - from) == NULL && half == 0 && s.p[from] >= '0' && s.p[from] <= '9' &&
	    memchr(s.p + from, '.', k - from) != NULL && !str_starts(str_sub(s, k, s.n), STR(" Uhr"))))
		return at;
	c->hour = (int8_t)h, c->minute = (int8_t)m;
	c->second = (int8_t)(sec >= 0 && sec < 60 ? sec : 0);
	c->precision = sec >= 0 ? CIVIL_SECOND : CIVIL_MINUTE;
	return zone_at(s, k, &c->zone_min);
}
