#include "base/id.h"

#include <ctype.h>

#define DIGITS 26       /* base 32 digits of 128 bits; the last holds three of them */

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
static const char letters[ID_KIND__COUNT] = {
	[ID_CAPTURE] = 'c', [ID_ARTICLE] = 'a', [ID_NOTE] = 'n', [ID_SOURCE] = 's', [ID_PERSON] = 'p', [ID_JOB] = 'j',
	[ID_ITEM] = 'i', [ID_NEWS] = 't',
};

char
id_letter(enum id_kind kind)
{
	return letters[kind];
}

bool
id_is_none(const struct id *id)
{
	static const struct id none;

	return id_eq(id, &none);
}

bool
id_eq(const struct id *a, const struct id *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

/* Five bits from bit `at` on; bits past the end are zero. */
static unsigned
digit_at(const struct id *id, unsigned at)
{
	unsigned two = (unsigned)id->b[at / 8] << 8;

	if (at / 8 + 1 < sizeof(id->b))
		two |= id->b[at / 8 + 1];
	return two >> (11 - at % 8) & 31;
}

static const char *
show(enum id_kind kind, const struct id *id, char *out, unsigned digits)
{
	char *p = out;

	if (letters[kind] != '\0') {
		*p++ = letters[kind];
		*p++ = '-';
	}
	for (unsigned i = 0; i < digits; i++)
		*p++ = alphabet[digit_at(id, i * 5)];
	*p = '\0';
	return out;
}

const char *
id_show(enum id_kind kind, const struct id *id, char out[ID_SHOWN])
{
	return show(kind, id, out, 10);
}

const char *
id_show_whole(enum id_kind kind, const struct id *id, char out[ID_WHOLE])
{
	return show(kind, id, out, DIGITS);
}

/* Set the five bits from bit `at` on; false when a bit past the end would be lost. */
static bool
put_digit(struct id *id, unsigned at, unsigned digit)
{
	unsigned two = digit << (11 - at % 8);

	id->b[at / 8] |= (unsigned char)(two >> 8);
	if (at / 8 + 1 < sizeof(id->b))
		id->b[at / 8 + 1] |= (unsigned char)two;
	else if ((two & 0xff) != 0)
		return false;
	return true;
}

static void
fill_ones(struct id *id, unsigned from)
{
	for (unsigned bit = from; bit < 8 * sizeof(id->b); bit++)
		id->b[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
}

static enum id_kind
kind_of(char letter)
{
	for (int k = ID_ANY + 1; k < ID_KIND__COUNT; k++)
		if (letters[k] == tolower((unsigned char)letter))
			return (enum id_kind)k;
	return ID_ANY;
}

bool
id_parse(struct str s, struct id_prefix *ret)
{
	struct id_prefix p = { .kind = ID_ANY };

	if (s.n > 2 && s.p[1] == '-') {
		if ((p.kind = kind_of(s.p[0])) == ID_ANY)
			return false;
		s = str_sub(s, 2, s.n);
	}
	if (s.n < 1 || s.n > DIGITS)
		return false;
	for (unsigned i = 0; i < s.n; i++) {
		const char *at = strchr(alphabet, tolower((unsigned char)s.p[i]));

		if (at == NULL || *at == '\0' || !put_digit(&p.from, i * 5, (unsigned)(at - alphabet)))
			return false;
	}
	p.to = p.from;
	fill_ones(&p.to, (unsigned)s.n * 5);
	*ret = p;
	return true;
}
