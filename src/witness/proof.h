/*
 * proof - a log's proof, from wherever it comes, checked in the jail.
 *
 * A child takes the file apart, follows the path from the entry to the head and
 * looks at the signatures with the keys that the person trusts.  What comes out
 * are numbers, names and the statement; nothing of it has been believed before.
 *
 *     struct witness_proof p;
 *     if (witness_check_proof(jail, &arena, text, keys, &p, err) == ERR_OK)
 *             ... p.signers ...
 */
#ifndef WITNESS_PROOF_H
#define WITNESS_PROOF_H

#include "base/arena.h"
#include "base/err.h"
#include "jail/jail.h"
#include "wire/wire.h"

#define WITNESS_PROOF_B (256 * KiB)     /* of the file: a statement of 64 KiB in base64, a path, a checkpoint */

struct witness_signer {
	struct str name;
	bool       is_cosignature;
	int64_t    time_s;                      /* of a cosignature; else 0 */
};

struct witness_proof {
	int64_t      index, size;               /* of the entry; of the log under the checkpoint */
	struct str   origin;                    /* whose log */
	struct bytes statement;                 /* what the entry says, or the entry itself when that was erased */
	struct { struct witness_signer *v; size_t n; } signers;     /* whose key was given and who signed; only those */
	int64_t      witnesses;                 /* keys of witnesses that were given */
	bool         is_signed;                 /* the log itself is one of them */
};

/*
 * text: the proof's file, at most WITNESS_PROOF_B; keys: one a line, at most NOTE_TEXT_B.  ERR_FORMAT: it is none, or it
 * does not hold, with a sentence; that nobody has signed is not an error.  *ret lives in the arena.
 */
enum err_code witness_check_proof(struct jail *, struct arena *, struct bytes text, struct bytes keys, struct witness_proof *ret,
	struct err *) MUST_USE;

/* The jail's row. */
int witness_proof_work(struct bytes ask, struct buf *answer);

#endif
