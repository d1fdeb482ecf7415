/* utf8 - the encoding that everything inside is in (RFC 3629: no surrogates, no overlongs, at most U+10FFFF). */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

bool     td_utf8_is_valid(struct bytes);

/* Length of the longest valid prefix. */
size_t   td_utf8_valid_prefix(struct bytes);

/* How many bytes one U+FFFD stands for where a valid prefix ended: a maximal subpart (Unicode 3.9), 1 to 3.  b.n > 0. */
size_t   td_utf8_bad_length(struct bytes);

/* The code point at *at, which moves past it.  s must be valid and *at < s.n. */
uint32_t td_utf8_next(struct str s, size_t *at);

/* Writes 1 to 4 bytes, returns how many; anything that is not a scalar value becomes U+FFFD. */
size_t   td_utf8_put(uint32_t code_point, char out[4]);
void     td_utf8_add(struct buf *, uint32_t code_point);

/* The last place <= at that does not cut a character. */
size_t   td_utf8_floor(struct str s, size_t at);

size_t   td_utf8_count(struct str s);   /* code points */

#endif
