/* EUC-JP, ISO-2022-JP and Shift_JIS: section 12. */
#include "text/decode_private.h"

static bool
is_euc(unsigned char b)
{
	return b >= 0xa1 && b <= 0xfe;
}

/* p: 0x8f.  JIS X 0212 takes two bytes more; a third that does not fit goes with the error unless it is ASCII. */
static void
jis0212(struct decoding *d)
{
	const unsigned char *p = d->p;
	size_t   left = (size_t)(d->end - p);
	uint32_t pointer, c = 0;

	if (left < 2 || !is_euc(p[1])) {
		decode_pair(d, 0);
		return;
	}
	if (left >= 3 && is_euc(p[2]) && (pointer = (p[1] - 0xa1u) * 94 + (p[2] - 0xa1u)) < INDEX_JIS0212_N)
		c = td_index_jis0212[pointer];
	if (c != 0)
		decode_put(d, c);
	else
		decode_error(d);
	d->p += left < 3 || p[2] < 0x80 ? 2 : 3;
}

void
td_decode_euc_jp(struct decoding *d)
{
	while (decode_ascii(d)) {
		unsigned char lead = d->p[0], trail = d->p + 1 < d->end ? d->p[1] : 0;
		uint32_t pointer, c = 0;

		if (lead == 0x8f) {
			jis0212(d);
		} else if (lead == 0x8e) {
			decode_pair(d, trail >= 0xa1 && trail <= 0xdf ? 0xff61u - 0xa1 + trail : 0);
		} else if (!is_euc(lead)) {
			decode_error(d);
			d->p++;
		} else {
			if (is_euc(trail) && (pointer = (lead - 0xa1u) * 94 + (trail - 0xa1u)) < INDEX_JIS0208_N)
				c = td_index_jis0208[pointer];
			decode_pair(d, c);
		}
	}
}

static uint32_t
shift_jis_code(unsigned char lead, unsigned char trail)
{
	uint32_t pointer;

	if (trail < 0x40 || trail == 0x7f || trail > 0xfc)
		return 0;
	pointer = (lead - (lead < 0xa0 ? 0x81u : 0xc1u)) * 188 + trail - (trail < 0x7f ? 0x40 : 0x41);
	if (pointer >= 8836 && pointer <= 10715)
		return 0xe000 - 8836 + pointer;
	return pointer < INDEX_JIS0208_N ? td_index_jis0208[pointer] : 0;
}

void
td_decode_shift_jis(struct decoding *d)
{
	while (decode_ascii(d)) {
		unsigned char lead = d->p[0];

		if (lead >= 0xa1 && lead <= 0xdf)
			decode_put(d, 0xff61u - 0xa1 + lead), d->p++;
		else if (lead == 0x80)
			decode_put(d, 0x80), d->p++;
		else if (lead == 0xa0 || lead > 0xfc)
			decode_error(d), d->p++;
		else
			decode_pair(d, d->p + 1 < d->end ? shift_jis_code(lead, d->p[1]) : 0);
	}
}

/* Section 12.2.1.  The state between characters says which set is spoken; lead, trail and escape are read at once. */
enum { SET_ASCII, SET_ROMAN, SET_KATAKANA, SET_PAIRS, SET_NONE };

static uint8_t
set_of(const struct decoding *d)
{
	const unsigned char *p = d->p;

	if (d->end - p < 3)
		return SET_NONE;
	if (p[1] == '(')
		return p[2] == 'B' ? SET_ASCII : p[2] == 'J' ? SET_ROMAN : p[2] == 'I' ? SET_KATAKANA : SET_NONE;
	return p[1] == '$' && (p[2] == '@' || p[2] == 'B') ? SET_PAIRS : SET_NONE;
}

/* p: ESC.  Two escapes with nothing between them are an error: they hide what stands around them. */
static void
escape(struct decoding *d)
{
	uint8_t set = set_of(d);

	if (set == SET_NONE) {
		d->output = false;
		decode_error(d);
		d->p++;
		return;
	}
	d->state = set;
	if (d->output)
		decode_error(d);
	d->output = true;
	d->p += 3;
}

static uint32_t
one_byte(uint8_t set, unsigned char b)
{
	if (set == SET_KATAKANA)
		return b >= 0x21 && b <= 0x5f ? 0xff61u - 0x21 + b : UTF8_REPLACEMENT;
	if (b >= 0x80 || b == 0x0e || b == 0x0f)
		return UTF8_REPLACEMENT;
	if (set == SET_ROMAN && (b == 0x5c || b == 0x7e))
		return b == 0x5c ? 0xa5 : 0x203e;
	return b;
}

/* p: not ESC.  An ESC in place of the second byte is one error and an escape. */
static void
pair(struct decoding *d)
{
	const unsigned char *p = d->p;
	uint32_t c;

	d->output = false;
	if (p[0] < 0x21 || p[0] > 0x7e || d->end - p < 2) {
		decode_error(d);
		d->p++;
		return;
	}
	if (p[1] == 0x1b) {
		decode_error(d);
		d->p++;
		return;
	}
	c = p[1] >= 0x21 && p[1] <= 0x7e ? td_index_jis0208[(p[0] - 0x21u) * 94 + (p[1] - 0x21u)] : 0;
	if (c != 0)
		decode_put(d, c);
	else
		decode_error(d);
	d->p += 2;
}

void
td_decode_iso_2022_jp(struct decoding *d)
{
	while (d->p < d->soft) {
		uint32_t c;

		if (*d->p == 0x1b) {
			escape(d);
		} else if (d->state == SET_PAIRS) {
			pair(d);
		} else {
			d->output = false;
			c = one_byte(d->state, *d->p++);
			if (c == UTF8_REPLACEMENT)
				decode_error(d);
			else
				decode_put(d, c);
		}
	}
}
