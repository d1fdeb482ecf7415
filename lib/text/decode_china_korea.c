/* GBK and gb18030 (section 10), Big5 (section 11), EUC-KR, which is windows-949 (section 13). */
#include "text/decode_private.h"

/* Section 5, "index gb18030 ranges code point"; 0: none. */
static uint32_t
range_code(uint32_t pointer)
{
	const struct index_range *r = td_index_gb18030_ranges;
	size_t low = 0, high = INDEX_RANGES_N;

	if ((pointer > 39419 && pointer < 189000) || pointer > 1237575)
		return 0;
	if (pointer >= 189000)
		return 0x10000 + pointer - 189000;
	if (pointer == 7457)
		return 0xe7c7;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (r[middle].pointer <= pointer)
			low = middle;
		else
			high = middle;
	}
	return r[low].code + (pointer - r[low].pointer);
}

static bool
is_digit(unsigned char b)
{
	return b >= 0x30 && b <= 0x39;
}

static bool
is_gb_lead(unsigned char b)
{
	return b >= 0x81 && b <= 0xfe;
}

/* p: lead and digit.  When the other two do not follow, the lead alone is the error; at the end, all of them. */
static void
four_bytes(struct decoding *d)
{
	const unsigned char *p = d->p;
	size_t   left = (size_t)(d->end - p);
	uint32_t c;

	if (left < 4 && (left < 3 || is_gb_lead(p[2]))) {
		decode_error(d);
		d->p = d->end;
		return;
	}
	if (!is_gb_lead(p[2]) || !is_digit(p[3])) {
		decode_error(d);
		d->p++;
		return;
	}
	c = range_code(((p[0] - 0x81u) * 10 * 126 + (p[1] - 0x30u) * 126 + (p[2] - 0x81u)) * 10 + (p[3] - 0x30u));
	if (c != 0)
		decode_put_any(d, c);
	else
		decode_error(d);
	d->p += 4;
}

void
td_decode_gb18030(struct decoding *d)
{
	while (decode_ascii(d)) {
		unsigned char lead = d->p[0], trail = d->p + 1 < d->end ? d->p[1] : 0;

		if (lead == 0x80 || lead == 0xff) {
			if (lead == 0x80)
				decode_put(d, 0x20ac);
			else
				decode_error(d);
			d->p++;
		} else if (is_digit(trail)) {
			four_bytes(d);
		} else {
			bool in = trail >= 0x40 && trail != 0x7f && trail != 0xff;

			decode_pair(d, in ? td_index_gb18030[(lead - 0x81u) * 190 + trail - (trail < 0x7f ? 0x40 : 0x41)] : 0);
		}
	}
}

/* Four pairs stand for a letter and its accent. */
static bool
big5_two(struct decoding *d, uint32_t pointer)
{
	if (pointer != 1133 && pointer != 1135 && pointer != 1164 && pointer != 1166)
		return false;
	decode_put(d, pointer < 1164 ? 0xca : 0xea);
	decode_put(d, pointer == 1133 || pointer == 1164 ? 0x304 : 0x30c);
	d->p += 2;
	return true;
}

void
td_decode_big5(struct decoding *d)
{
	while (decode_ascii(d)) {
		unsigned char lead = d->p[0], trail = d->p + 1 < d->end ? d->p[1] : 0;
		uint32_t pointer, c = 0;

		if (lead == 0x80 || lead == 0xff) {
			decode_error(d);
			d->p++;
			continue;
		}
		if ((trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe)) {
			pointer = (lead - 0x81u) * 157 + trail - (trail < 0x7f ? 0x40 : 0x62);
			if (big5_two(d, pointer))
				continue;
			if (pointer < INDEX_BIG5_N && (c = td_index_big5[pointer]) != 0 &&
			    (td_index_big5_plane2[pointer / 8] >> pointer % 8 & 1) != 0) {
				decode_put_any(d, 0x20000 + c);
				d->p += 2;
				continue;
			}
		}
		decode_pair(d, c);
	}
}

void
td_decode_euc_kr(struct decoding *d)
{
	while (decode_ascii(d)) {
		unsigned char lead = d->p[0], trail = d->p + 1 < d->end ? d->p[1] : 0;
		uint32_t pointer, c = 0;

		if (lead == 0x80 || lead == 0xff) {
			decode_error(d);
			d->p++;
			continue;
		}
		if (trail >= 0x41 && trail <= 0xfe && (pointer = (lead - 0x81u) * 190 + (trail - 0x41u)) < INDEX_EUC_KR_N)
			c = td_index_euc_kr[pointer];
		decode_pair(d, c);
	}
}
