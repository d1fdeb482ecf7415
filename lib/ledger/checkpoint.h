/*
 * checkpoint - C2SP tlog-checkpoint: what the log was, in three lines that are signed.
 *
 *     desk-k3x9/log
 *     12
 *     <base64 of the tree's head>
 *
 * A proof (C2SP tlog-proof) puts one entry under a checkpoint, in one file that is
 * checked offline; its `extra` is the entry's statement, from which the entry follows:
 *
 *     c2sp.org/tlog-proof@v1
 *     extra BASE64
 *     index 7
 *     <base64 hash>            from the leaf's sibling up
 *
 *     <checkpoint with its signatures>
 */
#ifndef LEDGER_CHECKPOINT_H
#define LEDGER_CHECKPOINT_H

#include "ledger/merkle.h"
#include "ledger/note.h"

struct checkpoint {
	struct str         origin;
	uint64_t           size;
	struct merkle_hash head;
	struct str         text, signatures;     /* of the note */
};

void td_checkpoint_write(struct buf *out, struct str origin, uint64_t size, const struct merkle_hash *head);
/* ERR_FORMAT: not a note, or its text is no checkpoint.  Signatures are not looked at.  *ret points into `note`. */
enum err_code td_checkpoint_parse(struct str note, struct checkpoint *ret, struct err *) MUST_USE;

enum { PROOF_EXTRA_B = 64 * 1024, PROOF_TEXT_B = 2 * NOTE_TEXT_B + 64 * 64 };

struct ledger_proof {
	uint64_t           index;
	struct merkle_hash path[MERKLE_PROOF_N];
	size_t             path_n;
	struct buf         extra;               /* td_ledger_proof_free() */
	struct checkpoint  checkpoint;          /* points into the text it was read from */
};

void td_ledger_proof_write(struct buf *out, struct bytes extra, uint64_t index, const struct merkle_hash *path, size_t path_n,
	struct str checkpoint);
/* ERR_FORMAT says what is wrong; then there is nothing to free. */
enum err_code td_ledger_proof_parse(struct str text, struct ledger_proof *ret, struct err *) MUST_USE;
void td_ledger_proof_free(struct ledger_proof *);
/* Is `entry` where the proof says?  Whether its checkpoint is signed is for td_note_is_signed(). */
bool td_ledger_proof_holds(const struct ledger_proof *, struct bytes entry);

/* C2SP tlog-witness, add-checkpoint: "old N", the consistency proof, an empty line, the checkpoint. */
struct add_checkpoint {
	uint64_t           old;
	struct merkle_hash path[MERKLE_PROOF_N];
	size_t             path_n;
	struct checkpoint  checkpoint;          /* points into the text */
};

void td_add_checkpoint_write(struct buf *out, uint64_t old, const struct merkle_hash *path, size_t path_n, struct str checkpoint);
enum err_code td_add_checkpoint_parse(struct str text, struct add_checkpoint *ret, struct err *) MUST_USE;

/* Lines of base64 hashes, as in a proof and in add-checkpoint. */
void td_merkle_lines_write(struct buf *out, const struct merkle_hash *, size_t n);
/* Takes the lines up to the empty one off *rest, that one too; false: not of that form, or more than MERKLE_PROOF_N. */
bool td_merkle_lines_take(struct str *rest, struct merkle_hash ret[MERKLE_PROOF_N], size_t *ret_n);

#endif
