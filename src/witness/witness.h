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

#include <signal.h>

#include "base/arena.h"
#include "fetch/fetch.h"
#include "jail/jail.h"
#include "store/verbs.h"

/* ERR_FORMAT says what in the text is not of that form. */
enum err_code witness_read_request(struct jail *, struct arena *, struct str text, struct store_cosign_ask *ret, struct err *) MUST_USE;
/* Lines of signatures, as a witness answers. */
enum err_code witness_read_lines(struct jail *, struct arena *, struct str text, struct store_cosignatures *ret, struct err *) MUST_USE;

/* A number and no more, as a witness answers with 409. */
enum err_code witness_read_size(struct jail *, struct arena *, struct bytes text, int64_t *ret, struct err *) MUST_USE;

/* What another desk has seen (doc/formats/seen.md): its ask, or its answer. */
enum err_code witness_read_seen(struct jail *, struct arena *, struct str text, struct store_seen_message *ret, struct err *) MUST_USE;

/* ── over the network ─────────────────────────────────────────────────── */

struct witness_room {
	struct store_link *link;
	struct jail       *jail;
	struct fetch      *fetch;            /* of who asks; NULL for who answers */
};

/*
 * Ask this witness to sign our newest checkpoint, and keep what it signs.  ERR_NET: not reached, or an answer that will not do;
 * ERR_DENIED, ERR_MISSING: it does not know us; ERR_FORMAT: it says that our log was rewritten.
 */
enum err_code witness_ask(const struct witness_room *, struct arena *, const struct store_partner *, struct err *) MUST_USE;

/* Tell this partner what we have seen, and keep what it has too; the errors are those of witness_ask(). */
enum err_code witness_exchange(const struct witness_room *, struct arena *, const struct store_pair *, int64_t *ret_matches, struct err *) MUST_USE;

/* "127.0.0.1:8190"; port 0: any free one.  The caller closes *ret_fd. */
enum err_code witness_listen(struct str at, int *ret_fd, int *ret_port, struct err *) MUST_USE;
/*
 * Answer partners until *stop: add-checkpoint of C2SP tlog-witness, and the files of our own log as C2SP tlog-tiles has them.
 * fd is closed.  The process needs a link with the partner's role and a jail, and may be locked as a web process.
 */
enum err_code witness_serve(int fd, const struct witness_room *, const volatile sig_atomic_t *stop, struct err *) MUST_USE;

/* The jail's row. */
int witness_work(struct bytes ask, struct buf *answer);

#endif
