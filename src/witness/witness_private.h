/* What the files of this room share. */
#ifndef WITNESS_WITNESS_PRIVATE_H
#define WITNESS_WITNESS_PRIVATE_H

#include "ledger/checkpoint.h"
#include "witness/witness.h"

enum { PARTNER_TEXT_B = 1024 * 1024 };        /* what a partner may send at a time */

enum err_code witness_post(const struct witness_room *, struct arena *, struct str url, const char *path, struct str text,
	int64_t *ret_status, struct bytes *ret_body, struct err *) MUST_USE;

/* In the child: a list of what another desk has seen, taken apart. */
enum err_code seen_take_text(struct arena *, struct str text, struct store_seen_message *ret, struct err *) MUST_USE;

#endif
