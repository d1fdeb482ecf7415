#include "url/url_private.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/idna.h"
#include "text/utf8.h"

static const char forbidden_host[] = "\t\n\r #/:<>?@[\\]^|";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "percent-decode" */
static struct str
decode(struct arena *a, struct str s)
{
	char  *to = arena_take(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n && s.p[i] == '%' ? hex_value(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;

		to[n++] = low >= 0 ? (char)(high << 4 | low) : s.p[i];
		i += low >= 0 ? 2 : 0;
	}
	return (struct str){ to, n };
}

/* One number of an IPv4 address: decimal, 0x…, 0…; "" is no number.  Values stop growing past 2^32. */
static bool
ipv4_number(struct str s, uint64_t *ret)
{
	uint64_t v = 0;
	int      base = 10;

	if (s.n == 0)
		return false;
	if (str_starts_nocase(s, STR("0x"))) {
		base = 16;
		s = str_sub(s, 2, s.n);
	} else if (s.n > 1 && s.p[0] == '0') {
		base = 8;
		s = str_sub(s, 1, s.n);
	}
	for (size_t i = 0; i < s.n; i++) {
		int digit = hex_value(s.p[i]);

		if (digit < 0 || digit >= base)
			return false;
		v = v > UINT32_MAX ? v : v * (uint64_t)base + (uint64_t)digit;
	}
	*ret = v;
	return true;
}

static struct str
without_last_dot(struct str s)
{
	return str_ends(s, STR(".")) ? str_sub(s, 0, s.n - 1) : s;
}

/* "ends in a number checker" */
static bool
ends_in_number(struct str s)
{
	uint64_t v;
	bool     digits = true;

	s = without_last_dot(s);
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '.') {
			s = str_sub(s, i, s.n);
			break;
		}
	for (size_t i = 0; i < s.n; i++)
		digits &= is_digit(s.p[i]);
	return s.n > 0 && (digits || ipv4_number(s, &v));
}

/* "IPv4 parser" and its serialiser */
static bool
ipv4(struct arena *a, struct str s, struct str *ret)
{
	uint64_t   numbers[4], all = 0;
	struct str part;
	size_t     n = 0;
	char       shown[16];

	s = without_last_dot(s);
	while (str_cut(&s, '.', &part))
		if (n == 4 || !ipv4_number(part, &numbers[n++]))
			return false;
	for (size_t i = 0; i + 1 < n; i++) {
		if (numbers[i] > 255)
			return false;
		all |= numbers[i] << (8 * (3 - i));
	}
	if (n == 0 || numbers[n - 1] >= UINT64_C(1) << (8 * (5 - n)))
		return false;
	all |= numbers[n - 1];
	snprintf(shown, sizeof(shown), "%u.%u.%u.%u", (unsigned)(all >> 24) & 255, (unsigned)(all >> 16) & 255,
	    (unsigned)(all >> 8) & 255, (unsigned)all & 255);
	*ret = arena_copy(a, str_of(shown));
	return true;
}

/* The dotted end of an IPv6 address, into two pieces. */
static bool
ipv6_dotted(struct str s, uint16_t piece[2])
{
	struct str part;
	int64_t    v;
	int        n = 0;

	piece[0] = piece[1] = 0;
	while (str_cut(&s, '.', &part)) {
		if (n == 4 || part.n == 0 || part.n > 3 || (part.n > 1 && part.p[0] == '0') || !is_digit(part.p[0]) ||
		    !str_to_i64(part, 0, 255, &v))
			return false;
		piece[n / 2] = (uint16_t)(piece[n / 2] << 8 | v);
		n++;
	}
	return n == 4;
}

/* The pieces up to the end or a "::"; the place of that is *ret_gap. */
static bool
ipv6_pieces(struct str s, uint16_t piece[8], int *ret_n, int *ret_gap)
{
	size_t i = 0;

	*ret_n = 0;
	*ret_gap = -1;
	if (str_starts(s, STR(":"))) {
		if (!str_starts(s, STR("::")))
			return false;
		i = 2;
		*ret_gap = 0;
	}
	while (i < s.n) {
		size_t   from = i;
		unsigned v = 0;

		if (*ret_n == 8)
			return false;
		if (s.p[i] == ':') {
			if (*ret_gap >= 0)
				return false;
			i++;
			*ret_gap = *ret_n;
			continue;
		}
		for (; i < s.n && i - from < 4 && hex_value(s.p[i]) >= 0; i++)
			v = v << 4 | (unsigned)hex_value(s.p[i]);
		if (i < s.n && s.p[i] == '.') {
			if (*ret_n > 6 || !ipv6_dotted(str_sub(s, from, s.n), &piece[*ret_n]))
				return false;
			*ret_n += 2;
			return true;
		}
		if (i == from || (i < s.n && s.p[i] != ':') || (i < s.n && i + 1 == s.n))
			return false;
		piece[(*ret_n)++] = (uint16_t)v;
		i += i < s.n;
	}
	return true;
}

/* "IPv6 parser" */
static bool
ipv6_parse(struct str s, uint16_t piece[8])
{
	int n, gap;

	memset(piece, 0, 8 * sizeof(*piece));
	if (!ipv6_pieces(s, piece, &n, &gap))
		return false;
	if (gap < 0)
		return n == 8;
	if (n == 8)
		return false;
	memmove(&piece[8 - (n - gap)], &piece[gap], (size_t)(n - gap) * sizeof(*piece));
	memset(&piece[gap], 0, (size_t)(8 - n) * sizeof(*piece));
	return true;
}

/* The longest run of two or more zeros, the first of equals; -1: none. */
static int
longest_zeros(const uint16_t piece[8], int *ret_n)
{
	int at = -1, n = 1;

	for (int i = 0, run; i < 8; i += run + 1) {
		for (run = 0; i + run < 8 && piece[i + run] == 0; run++)
			;
		if (run > n) {
			at = i;
			n = run;
		}
	}
	*ret_n = n;
	return at;
}

/* "IPv6 serializer", in brackets */
static struct str
ipv6_write(struct arena *a, const uint16_t piece[8])
{
	char shown[48] = "[";
	int  n = 1, zeros, gap = longest_zeros(piece, &zeros);

	for (int i = 0; i < 8; i++) {
		if (i == gap) {
			n += snprintf(shown + n, sizeof(shown) - (size_t)n, "%s", i == 0 ? "::" : ":");
			i += zeros - 1;
			continue;
		}
		n += snprintf(shown + n, sizeof(shown) - (size_t)n, "%x%s", piece[i], i < 7 ? ":" : "");
	}
	snprintf(shown + n, sizeof(shown) - (size_t)n, "]");
	return arena_copy(a, str_of(shown));
}

static bool
has_forbidden(struct str s, bool is_domain)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\0' || strchr(forbidden_host, c) != NULL || (is_domain && (c <= 0x1f || c == '%' || c == 0x7f)))
			return true;
	}
	return false;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* "domain to ASCII", not strict: plain ASCII is only lowered, even where it claims to be punycode and is not. */
static bool
domain_to_ascii(struct arena *a, struct str domain, struct str *ret)
{
	struct buf ascii = BUF_INIT(16 * domain.n + 128);
	char      *to = arena_take(a, domain.n + 1);
	bool       ok;

	if (is_ascii(domain)) {
		for (size_t i = 0; i < domain.n; i++)
			to[i] = (char)(domain.p[i] >= 'A' && domain.p[i] <= 'Z' ? domain.p[i] | 0x20 : domain.p[i]);
		*ret = (struct str){ to, domain.n };
		return true;
	}
	ok = td_idna_to_ascii(domain, &ascii) && !ascii.failed;
	if (ok)
		*ret = buf_keep(&ascii, a);
	buf_free(&ascii);
	return ok;
}

bool
url_host(struct arena *a, struct str s, bool is_opaque, struct str *ret)
{
	uint16_t    piece[8];
	struct text out = { 0 };
	struct str  domain;

	if (str_starts(s, STR("["))) {
		if (!str_ends(s, STR("]")) || !ipv6_parse(str_sub(s, 1, s.n - 1), piece))
			return false;
		*ret = ipv6_write(a, piece);
		return true;
	}
	if (is_opaque) {
		if (has_forbidden(s, false))
			return false;
		out.p = arena_take(a, 3 * s.n + 1);
		url_encode(&out, s, ENCODE_C0);
		*ret = (struct str){ out.p, out.n };
		return true;
	}
	domain = url_to_utf8(a, bytes_of(decode(a, s)));
	if (!domain_to_ascii(a, domain, &domain) || domain.n == 0 || has_forbidden(domain, true))
		return false;
	if (ends_in_number(domain))
		return ipv4(a, domain, ret);
	*ret = domain;
	return true;
}
