/*
 * tombstone - what is put where the records of an erased capture stood.
 *
 * One WARC record in one gzip member, exactly as long as what it covers, so that
 * every other record keeps its place.  It follows from four values, so that
 * an erasure which a crash interrupted writes the same bytes again.
 */
#ifndef STORE_TOMBSTONE_H
#define STORE_TOMBSTONE_H

#include "store/store_private.h"

struct tombstone {
	struct blob_ref at;              /* where; uuid: its own */
	int64_t         time_us;
	int64_t         erasure;         /* the ledger's entry that says what was erased */
};

/* Append the member and say what is in it.  false: it cannot be that short (some 400 bytes). */
bool          tombstone_make(const struct tombstone *, struct buf *ret, struct blob_place *ret_place, size_t *ret_block_b) MUST_USE;
/* The n-th of those that are committed and not on the disk yet; false: there are no more. */
bool          tombstone_next_due(struct store *, int64_t n, struct tombstone *ret);
/* Over what stands there, and on the disk when it returns ERR_OK. */
enum err_code tombstone_put(struct store *, const struct tombstone *, struct err *) MUST_USE;
/* SHA-256 of a segment's first `bytes` bytes with these in place, whether they are already or not. */
enum err_code tombstone_hash_segment(struct store *, const char *segment, int64_t bytes, const struct tombstone *, size_t n,
	unsigned char ret[32], struct err *) MUST_USE;

#endif
