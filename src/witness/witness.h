/*
 * witness - texts of other desks' logs, read in the jail and handed to the store in parts.
 *
 * A request to cosign (C2SP tlog-witness, add-checkpoint) and a witness's answer
 * come from outside, by file or by post.  A child takes them apart; the store
 * puts the checkpoint together again from origin, size and head and looks at
 * the signatures itself.  A checkpoint with extension lines is refused: we do not
 * say things that we cannot read.
 */
#ifndef WITNESS_WITNESS_H
#define WITNESS_WITNESS_H

#include "base/arena.h"
#include "jail/jail.h"
#include "store/verbs.h"

/* ERR_FORMAT says what in the text is not of that form. */
enum err_code witness_read_request(struct jail *, struct arena *, struct str text, struct store_cosign_ask *ret, struct err *) MUST_USE;
/* Lines of signatures, as a witness answers. */
enum err_code witness_read_lines(struct jail *, struct arena *, struct str text, struct store_cosignatures *ret, struct err *) MUST_USE;

/* The jail's row. */
int witness_work(struct bytes ask, struct buf *answer);

#endif
