/*
 * closing - the last record of every capture: what the desk's row of it says.
 *
 * A metadata record of type application/warc-fields.  With it a capture is
 * whole in its segment: after a crash recovery finds it there and brings it
 * in, and who has lost the database can make the row again.
 *
 *     tidings-capture: 1
 *     subject: c-<26 characters>
 *     url: https://example.org/story           (and the other lines of its statement, ledger/entry.h,
 *                                               with % CR LF as %25 %0D %0A)
 *     record: response urn:uuid:… sha256:<64 hex>
 *     payload: 213                             (of each record in turn: where its payload begins, -1: none)
 *     story: 1                                 (there is something to extract)
 *     item: i-<26 characters>                  (whose page it is; only where there is one)
 */
#ifndef STORE_CLOSING_H
#define STORE_CLOSING_H

#include "store/store_private.h"

/* The block.  places: of c's records, which are on the disk already. */
struct bytes closing_write(struct arena *, const struct id *, const struct store_capture_new *c, const struct blob_place *places);

/* Is it one?  A look at the first line only. */
bool         closing_is(struct bytes block);

/* A value as it was before %, CR and LF in it were written %25, %0D, %0A. */
struct str   closing_value(struct arena *, struct str);

struct closing {
	struct id                id;
	struct store_capture_new capture;       /* of its records only payload_at is set */
	unsigned char          (*sha256)[32];   /* of each record */
};

/* ERR_FORMAT: not a whole one, or not of ours. */
enum err_code closing_read(struct arena *, struct bytes block, struct closing *ret, struct err *) MUST_USE;

#endif
