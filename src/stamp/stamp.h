/*
 * stamp - others say when: RFC 3161 tokens over a checkpoint, one from each time authority.
 *
 * What is open is a fact: an authority of tidings.conf that has no token for the
 * checkpoint.  So a machine without a network loses nothing; the next call asks
 * again.  An authority learns one hash.  Its answer is read in the jail, which says
 * whether it is for this checkpoint, signed, and leads to the roots.
 */
#ifndef STAMP_STAMP_H
#define STAMP_STAMP_H

#include "base/arena.h"
#include "crypto/tsp.h"
#include "fetch/fetch.h"
#include "jail/jail.h"
#include "store/verbs.h"

struct stamp {
	struct store_link *link;
	struct jail       *jail;
	struct fetch      *fetch;            /* the desk's route */
	struct str         roots;            /* PEM */
};

/* Ask one authority about the checkpoint and keep its token.  ERR_NET: not reached or refused; ERR_FORMAT: an answer that will not do. */
enum err_code stamp_ask(struct stamp *, struct arena *, const struct store_checkpoint *, struct str authority,
	struct tsp_token *ret, struct err *) MUST_USE;
/*
 * Ask one authority about a list of tokens whose certificates end soon (store_renewal_due()), so that it carries them on; kept
 * only if its own certificate lasts until beyond_us.  The errors are those of stamp_ask().
 */
enum err_code stamp_renew(struct stamp *, struct arena *, struct str list, int64_t beyond_us, struct str authority, struct tsp_token *ret,
	struct err *) MUST_USE;
/* A kept token again, as of its own time, against what it is over. */
enum err_code stamp_check(struct jail *, struct arena *, const struct store_token *, struct str roots, struct tsp_token *ret,
	struct err *) MUST_USE;

/* The jail's row. */
int stamp_work(struct bytes ask, struct buf *answer);

#endif
