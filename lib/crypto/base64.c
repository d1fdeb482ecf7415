#include "crypto/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
td_base64_write(struct buf *out, struct bytes in)
{
	for (size_t i = 0; i < in.n; i += 3) {
		size_t   n = in.n - i < 3 ? in.n - i : 3;
		unsigned v = (unsigned)in.p[i] << 16 | (n > 1 ? (unsigned)in.p[i + 1] << 8 : 0) | (n > 2 ? in.p[i + 2] : 0);

		buf_add_char(out, letters[v >> 18]);
		buf_add_char(out, letters[v >> 12 & 63]);
		buf_add_char(out, n > 1 ? letters[v >> 6 & 63] : '=');
		buf_add_char(out, n > 2 ? letters[v & 63] : '=');
	}
}

static int
value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* One group of four; how many bytes it holds, or -1. */
static int
take_group(const char *p, bool is_last, unsigned char out[3])
{
	int      n = is_last && p[3] == '=' ? p[2] == '=' ? 1 : 2 : 3;
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		int bits = i <= n ? value_of(p[i]) : 0;

		if (bits < 0)
			return -1;
		v = v << 6 | (unsigned)bits;
	}
	/* Bits that no byte takes are zero: one value, one spelling. */
	if ((n == 1 && (v & 0xffff) != 0) || (n == 2 && (v & 0xff) != 0))
		return -1;
	out[0] = (unsigned char)(v >> 16);
	out[1] = (unsigned char)(v >> 8);
	out[2] = (unsigned char)v;
	return n;
}

bool
td_base64_read(struct str s, unsigned char *out, size_t size, size_t *ret_n)
{
	size_t n = 0;

	if (s.n % 4 != 0)
		return false;
	for (size_t i = 0; i < s.n; i += 4) {
		unsigned char three[3];
		int           got = take_group(s.p + i, i + 4 == s.n, three);

		if (got < 0 || n + (size_t)got > size)
			return false;
		memcpy(out + n, three, (size_t)got);
		n += (size_t)got;
	}
	*ret_n = n;
	return true;
}
