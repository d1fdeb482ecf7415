#include "text/utf8.h"

/*
 * Length of the well-formed sequence at p (Unicode 15, table 3-7), or 0.
 */
static size_t
sequence(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t        n;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (left < n || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
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
		if ((n = sequence(b.p + at, b.n - at)) == 0)
			break;
		at += n;
	}
	return at;
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
