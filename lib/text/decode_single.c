/* Encodings of one byte a character (section 9), and what is as simple: sections 14.1 and 14.5. */
#include "text/decode_private.h"

void
td_decode_single(struct decoding *d)
{
	while (decode_ascii(d)) {
		do {
			uint32_t c = d->index[*d->p++ & 0x7f];

			if (c != 0)
				decode_put(d, c);
			else
				decode_error(d);
		} while (d->p < d->soft && *d->p >= 0x80);
	}
}

void
td_decode_user_defined(struct decoding *d)
{
	while (decode_ascii(d))
		decode_put(d, 0xf700u + *d->p++);
}

/* One error for everything: the encodings behind it hide markup from whoever checks it. */
void
td_decode_replacement(struct decoding *d)
{
	decode_error(d);
	d->p = d->end;
}

static uint32_t
unit_at(const struct decoding *d, const unsigned char *p)
{
	return d->big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* Section 14.4: a surrogate without its other half is an error; what stands there is read again. */
void
td_decode_utf16(struct decoding *d)
{
	while (d->p < d->soft) {
		uint32_t c, next;

		if (d->end - d->p < 2) {
			decode_error(d);
			d->p = d->end;
			return;
		}
		c = unit_at(d, d->p);
		d->p += 2;
		if ((c & 0xf800) != 0xd800) {
			decode_put(d, c);
			continue;
		}
		next = d->end - d->p >= 2 ? unit_at(d, d->p) : 0;
		if ((c & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00) {
			decode_put_any(d, 0x10000 + ((c & 0x3ff) << 10) + (next & 0x3ff));
			d->p += 2;
		} else {
			decode_error(d);
			if ((c & 0xfc00) == 0xd800 && d->end - d->p == 1)
				d->p = d->end;              /* the end takes lead surrogate and odd byte as one */
		}
	}
}
