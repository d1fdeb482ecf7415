#include "base/str.h"

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool
str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && str_starts_nocase(a, b);
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int    d = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return d != 0 ? d : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || (s.p[0] == prefix.p[0] && memcmp(s.p, prefix.p, prefix.n) == 0));
}

bool
str_starts_nocase(struct str s, struct str prefix)
{
	if (s.n < prefix.n)
		return false;
	for (size_t i = 0; i < prefix.n; i++)
		if (lower(s.p[i]) != lower(prefix.p[i]))
			return false;
	return true;
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

size_t
str_find(struct str s, struct str what)
{
	const char *at = what.n == 0 ? s.p : s.n == 0 ? NULL : memmem(s.p, s.n, what.p, what.n);

	return at != NULL ? (size_t)(at - s.p) : what.n == 0 ? 0 : STR_NONE;
}

size_t
str_find_nocase(struct str s, struct str what)
{
	const unsigned char first = what.n > 0 ? lower(what.p[0]) : 0;

	if (what.n == 0)
		return 0;
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (lower(s.p[i]) == first && str_starts_nocase((struct str){ s.p + i, s.n - i }, what))
			return i;
	return STR_NONE;
}

size_t
str_find_char(struct str s, char c)
{
	const char *at = s.n > 0 ? memchr(s.p, c, s.n) : NULL;

	return at != NULL ? (size_t)(at - s.p) : STR_NONE;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_cut(struct str *rest, char sep, struct str *ret_head)
{
	size_t at;

	if (rest->p == NULL)
		return false;
	at = str_find_char(*rest, sep);
	if (at == STR_NONE) {
		*ret_head = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	*ret_head = str_sub(*rest, 0, at);
	*rest = str_sub(*rest, at + 1, rest->n);
	return true;
}

bool
str_to_i64(struct str s, int64_t min, int64_t max, int64_t *ret)
{
	bool    minus = s.n > 0 && s.p[0] == '-';
	int64_t v = 0;

	if (s.n == (size_t)minus)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		int digit = s.p[i] - '0';

		if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, digit, &v))        /* counted downwards: INT64_MIN fits */
			return false;
	}
	if (!minus && (v == INT64_MIN || (v = -v) < 0))
		return false;
	if (v < min || v > max)
		return false;
	*ret = v;
	return true;
}

bool
str_take_line(struct str *rest, struct str *ret_line)
{
	size_t end = str_find_char(*rest, '\n');

	if (end == STR_NONE)
		return false;
	*ret_line = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + 1, rest->n);
	return true;
}
