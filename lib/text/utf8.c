#include "text/utf8.h"

/*
 * How many bytes at p belong together, up to n of the lead (Unicode 15, table 3-7; the maximal subpart of section 3.9), and
 * in *ret_n how many there should be; 0 there: p is no lead.
 */
static size_t
part(const unsigned char *p, size_t left, size_t *ret_n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t        n, i;

	*ret_n = 0;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return *ret_n = p[0] < 0x80, 1;
	*ret_n = n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (left < 2 || p[1] < low || p[1] > high)
		return 1;
	for (i = 2; i < n && i < left && (p[i] & 0xc0) == 0x80; i++)
		;
	return i;
}

/* Length of the well-formed sequence at p, or 0. */
static size_t
sequence(const unsigned char *p, size_t left)
{
	size_t n, have;

	if (p[0] < 0x80)
		return 1;
	/* Most of what is not ASCII has three bytes and no special rule. */
	if (left >= 3 && p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
		return 3;
	have = part(p, left, &n);
	return have == n ? n : 0;
}

size_t
td_utf8_valid_prefix(struct bytes b)
{
	size_t at = 0, n;

	while (at < b.n) {
		uint64_t eight;

		if (b.n - at >= 8) {
			memcpy(&eight, b.p + at, 8);
			if ((eight & UINT64_C(0x8080808080808080)) == 0) {
				at += 8;
				continue;
			}
		}
		do {
			if ((n = sequence(b.p + at, b.n - at)) == 0)
				return at;
			at += n;
		} while (at < b.n && b.p[at] >= 0x80);
	}
	return at;
}

size_t
td_utf8_bad_length(struct bytes b)
{
	size_t n;

	return part(b.p, b.n, &n);
}

bool
td_utf8_is_valid(struct bytes b)
{
	return td_utf8_valid_prefix(b) == b.n;
}

uint32_t
td_utf8_next(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;

	if (p[0] < 0x80)
		return *at += 1, p[0];
	if (p[0] < 0xe0)
		return *at += 2, (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	if (p[0] < 0xf0)
		return *at += 3, (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	*at += 4;
	return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

size_t
td_utf8_put(uint32_t c, char out[4])
{
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = UTF8_REPLACEMENT;
	if (c < 0x80)
		return out[0] = (char)c, 1;
	if (c < 0x800)
		return out[0] = (char)(0xc0 | c >> 6), out[1] = (char)(0x80 | (c & 0x3f)), 2;
	out[0] = (char)(0xe0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 0x3f)), out[2] = (char)(0x80 | (c & 0x3f));
	if (c < 0x10000)
		return 3;
	out[0] = (char)(0xf0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f)), out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void
td_utf8_add(struct buf *b, uint32_t c)
{
	char out[4];

	buf_add(b, (struct str){ out, td_utf8_put(c, out) });
}

size_t
td_utf8_floor(struct str s, size_t at)
{
	at = at > s.n ? s.n : at;
	while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
		at--;
	return at;
}

size_t
td_utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}
