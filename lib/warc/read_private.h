/* What the reader asks of a record besides its frame. */
#ifndef WARC_READ_PRIVATE_H
#define WARC_READ_PRIVATE_H

#include "warc/read.h"

/* Lines of `name: value` up to the empty one; the offset behind it, or 0: no end, no colon, or too many. */
size_t warc_take_fields(struct bytes, size_t at, struct warc_field *, size_t *ret_n);
void   warc_find_fault(struct warc_reader *, const char *what);
void   warc_find_note(struct warc_reader *, const char *what);
/* A note about what these judges refuse. */
void   warc_find_refused(struct warc_reader *, unsigned judges, const char *what);

/* The fields section 5 asks for, and the digests.  Sets payload_at and is_http. */
void   warc_check(struct warc_reader *, struct warc_record *);

#endif
