/* decode between its files: what a decoder works with. */
#ifndef TEXT_DECODE_PRIVATE_H
#define TEXT_DECODE_PRIVATE_H

#include "text/index.h"
#include "text/utf8.h"

/*
 * A decoder is called again and again.  It reads characters that begin before `soft` (it may read on to `end` for their
 * last bytes) and moves p past them; at out there is room for 3 * (soft - p) + DECODE_SPARE bytes.
 */
struct decoding {
	const unsigned char *p, *soft, *end;
	unsigned char       *out;
	const uint16_t      *index;         /* of a single-byte encoding */
	size_t               errors;
	/* ISO-2022-JP (section 12.2.1) alone keeps something between calls. */
	uint8_t              state;
	bool                 output;
	bool                 big_endian;    /* UTF-16 */
};

enum { DECODE_SPARE = 16 };

void td_decode_single(struct decoding *);
void td_decode_gb18030(struct decoding *);
void td_decode_big5(struct decoding *);
void td_decode_euc_kr(struct decoding *);
void td_decode_euc_jp(struct decoding *);
void td_decode_shift_jis(struct decoding *);
void td_decode_iso_2022_jp(struct decoding *);
void td_decode_utf16(struct decoding *);
void td_decode_user_defined(struct decoding *);
void td_decode_replacement(struct decoding *);

/* Copies bytes as long as they are ASCII; true when something else comes before `soft`. */
static inline bool
decode_ascii(struct decoding *d)
{
	while (d->soft - d->p >= 16) {
		uint64_t eight[2];

		memcpy(eight, d->p, 16);
		if (((eight[0] | eight[1]) & UINT64_C(0x8080808080808080)) != 0)
			break;
		memcpy(d->out, eight, 16);
		d->p += 16;
		d->out += 16;
	}
	while (d->p < d->soft && *d->p < 0x80)
		*d->out++ = *d->p++;
	return d->p < d->soft;
}

/* A code point of the basic plane that is no surrogate. */
static inline void
decode_put(struct decoding *d, uint32_t c)
{
	if (c < 0x80) {
		*d->out++ = (unsigned char)c;
	} else if (c < 0x800) {
		*d->out++ = (unsigned char)(0xc0 | c >> 6);
		*d->out++ = (unsigned char)(0x80 | (c & 0x3f));
	} else {
		*d->out++ = (unsigned char)(0xe0 | c >> 12);
		*d->out++ = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		*d->out++ = (unsigned char)(0x80 | (c & 0x3f));
	}
}

static inline void
decode_put_any(struct decoding *d, uint32_t c)
{
	d->out += td_utf8_put(c, (char *)d->out);
}

static inline void
decode_error(struct decoding *d)
{
	decode_put(d, UTF8_REPLACEMENT);
	d->errors++;
}

/* A pair of lead and trail: its character, or an error that gives an ASCII trail back.  c 0: there is none. */
static inline void
decode_pair(struct decoding *d, uint32_t c)
{
	if (c != 0) {
		decode_put(d, c);
		d->p += 2;
		return;
	}
	decode_error(d);
	d->p += d->p + 1 < d->end && d->p[1] >= 0x80 ? 2 : 1;
}

#endif
