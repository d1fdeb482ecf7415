/*
 * merkle - RFC 6962 section 2.1: the tree over the ledger's leaf hashes.
 *
 * The head grows one leaf at a time from at most 64 hashes.  Proofs are made
 * from all leaf hashes, 32 bytes each, and checked from nothing but the proof.
 *
 *     struct merkle m = { 0 };
 *     td_merkle_add(&m, leaf);
 *     td_merkle_head(&m, head);
 */
#ifndef LEDGER_MERKLE_H
#define LEDGER_MERKLE_H

#include "base/str.h"

enum { MERKLE_B = 32, MERKLE_PROOF_N = 64 };

struct merkle_hash {
	unsigned char b[MERKLE_B];
};

struct merkle {                   /* zeroed: the empty tree */
	uint64_t           n;     /* leaves */
	struct merkle_hash peak[64];    /* roots of the complete subtrees, largest first: one for each bit of n */
};

void   td_merkle_add(struct merkle *, const struct merkle_hash *leaf);
void   td_merkle_head(const struct merkle *, struct merkle_hash *ret);      /* of no leaves: SHA-256 of nothing */

/* SHA-256(0x01 || left || right); ret may be one of the two. */
void   td_merkle_node(const struct merkle_hash *left, const struct merkle_hash *right, struct merkle_hash *ret);
void   td_merkle_head_of(const struct merkle_hash *leaf, size_t n, struct merkle_hash *ret);

/* A proof is made from the root down and written from the leaf up. */
void   td_merkle_reverse(struct merkle_hash *, size_t n);
/* Both return how many hashes the proof has.  index < n; 0 < older <= n. */
size_t td_merkle_inclusion(const struct merkle_hash *leaf, size_t n, size_t index,
	struct merkle_hash proof[MERKLE_PROOF_N]);
size_t td_merkle_consistency(const struct merkle_hash *leaf, size_t n, size_t older,
	struct merkle_hash proof[MERKLE_PROOF_N]);

/* Is `leaf` number `index` of the tree of `n` leaves with that head? */
bool   td_merkle_is_included(const struct merkle_hash *leaf, uint64_t index, uint64_t n,
	const struct merkle_hash *proof, size_t proof_n, const struct merkle_hash *head);
/* Does the tree of `n` leaves begin with that of `older`?  An empty older tree proves nothing: false. */
bool   td_merkle_is_consistent(uint64_t older, const struct merkle_hash *older_head, uint64_t n,
	const struct merkle_hash *head, const struct merkle_hash *proof, size_t proof_n);

#endif
