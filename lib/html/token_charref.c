#include "html/token_private.h"
#include "text/utf8.h"

/* What 0x80 to 0x9F mean in windows-1252; 0: themselves (numeric character reference end state, 13.2.5.80). */
static const uint16_t windows_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178
};

static int
digit(char c, int base)
{
	int v = byte_is(c, BYTE_DIGIT) ? c - '0' : byte_is(c, BYTE_ALPHA) ? (c | 0x20) - 'a' + 10 : 99;

	return v < base ? v : -1;
}

/* Numeric character reference states (13.2.5.75 to 80), at "&#". */
static size_t
numeric(const char *p, const char *limit, struct str *ret, char small[8])
{
	const char *q = p + 2, *first;
	int         base = q < limit && (*q | 0x20) == 'x' ? 16 : 10;
	uint32_t    code = 0;

	q += base == 16;
	for (first = q; q < limit && digit(*q, base) >= 0; q++)
		if (code < 0x110000)
			code = code * (uint32_t)base + (uint32_t)digit(*q, base);
	if (q == first)
		return 0;
	q += q < limit && *q == ';';
	if (code >= 0x80 && code < 0xA0 && windows_1252[code - 0x80] != 0)
		code = windows_1252[code - 0x80];
	/* Too large, a surrogate: td_utf8_put() makes it U+FFFD. */
	*ret = (struct str){ small, td_utf8_put(code != 0 ? code : UTF8_REPLACEMENT, small) };
	return (size_t)(q - p);
}

/* The first name in [from, to) whose byte i is at least c. */
static size_t
lower_bound(size_t from, size_t to, size_t i, unsigned char c)
{
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if ((unsigned char)td_charrefs[mid].name[i] < c)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The longest name that p begins with, or NULL.  All names in [from, to) share the first i bytes with p. */
static const struct charref *
longest(const char *p, const char *limit)
{
	const struct charref *best = NULL;
	size_t                from = td_charref_from[(unsigned char)*p & 0x7f], to = td_charref_from[((unsigned char)*p & 0x7f) + 1];

	/* No name is one byte long. */
	for (size_t i = 1; from < to && p + i < limit && p[i] > 0; i++) {
		from = lower_bound(from, to, i, (unsigned char)p[i]);
		to = lower_bound(from, to, i, (unsigned char)p[i] + 1);
		if (from == to)
			break;
		if (td_charrefs[from].name_n == i + 1)
			best = &td_charrefs[from];
	}
	return best;
}

/* Named character reference state (13.2.5.73). */
static size_t
named(const char *p, const char *limit, bool in_attribute, struct str *ret)
{
	const struct charref *ref = longest(p + 1, limit);
	size_t                n = ref != NULL ? 1u + ref->name_n : 0;

	if (ref == NULL)
		return 0;
	/* "For historical reasons": ?a=1&copy=2 in an address stays as it is. */
	if (in_attribute && p[n - 1] != ';' && p + n < limit && (p[n] == '=' || byte_is(p[n], BYTE_ALPHA | BYTE_DIGIT)))
		return 0;
	*ret = (struct str){ ref->value, strlen(ref->value) };
	return n;
}

size_t
td_token_charref(const char *p, const char *limit, bool in_attribute, struct str *ret, char small[8])
{
	if (p + 1 < limit && p[1] == '#')
		return numeric(p, limit, ret, small);
	if (p + 1 < limit && byte_is(p[1], BYTE_ALPHA))
		return named(p, limit, in_attribute, ret);
	return 0;
}
