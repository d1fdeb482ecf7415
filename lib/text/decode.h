/*
 * decode - bytes of a named encoding as UTF-8: the decoders of the WHATWG Encoding Standard, sections 8 to 14.
 *
 * Exactly the standard's, errors too: a sequence that means nothing is one
 * U+FFFD, and an ASCII byte that was taken for its second half is put back, so
 * that a broken character never swallows a '<'.  No byte order mark is looked
 * for (td_charset_decode() does); U+0000 stays.  Linear; at most three bytes
 * out for each byte in, and three more.
 *
 *     size_t replaced = 0;
 *     struct str s = td_decode(&arena, body, "EUC-KR", &replaced);
 */
#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "base/arena.h"

/*
 * name: as the standard spells it (section 4.2); one that is not there is read as UTF-8.  The result lives in the arena, or is
 * `in` itself when that is valid UTF-8 and was to be.  *replaced grows by the errors.
 */
struct str td_decode(struct arena *, struct bytes in, const char *name, size_t *replaced);

#endif
