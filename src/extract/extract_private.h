/* extract_private - the message between the two halves of this room. */
#ifndef EXTRACT_PRIVATE_H
#define EXTRACT_PRIVATE_H

#include "document/read.h"
#include "extract/extract.h"

extern const struct wire_desc extract_ask_desc;

/* Both codings taken off the body; half of it when the rest is broken (see http/decode.h). */
enum err_code extract_unpack(const struct extract_ask *, struct buf *ret, struct err *) MUST_USE;

#endif
