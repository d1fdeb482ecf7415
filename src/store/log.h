/*
 * log - the ledger's rows as a log that others can follow: tiles and signed checkpoints in ledger/.
 *
 *     ledger/checkpoint                 the newest, with the cosignatures that came
 *     ledger/key                        the public keys of this log, a line each
 *     ledger/tile/0/…, tile/entries/…   C2SP tlog-tiles
 *
 * The rows are what counts; every file here follows from them and is made again
 * when a crash or a hand took it.  A checkpoint covers all that is committed; it
 * is made when LIMIT_OPEN_ENTRIES_N entries or LIMIT_OPEN_ENTRIES_S seconds wait
 * for one, when it is asked for, and when the desk is closed.  Partial tiles stay
 * until the full one is there.
 */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include "ledger/checkpoint.h"
#include "ledger/tile.h"
#include "store/store_private.h"

struct log_head {
	uint64_t           size;
	int64_t            made_us;
	struct merkle_hash head;
	struct str         note;         /* text and the desk's signature */
};

/* false: there is none, or the db failed. */
bool                log_newest(struct store *, struct arena *, struct log_head *ret);
/* The one of this size. */
bool                log_at(struct store *, struct arena *, uint64_t size, struct log_head *ret);
/* Reads ledger/tile/…; as long as the store. */
struct tile_reader *log_reader(struct store *, struct arena *, uint64_t size);
/* The path below the desk. */
struct str          log_tile_path(struct arena *, int level, uint64_t n, unsigned width);
/* The public keys of this log, a line each, the newest last. */
struct str          log_keys(struct store *, struct arena *);
/* A change of keys: which one counts after a commit, a roll-back or a crash (key_change.c). */
void                key_settle(struct store *);
/* What the old key signs of it. */
void                key_change_text(struct buf *out, struct str before, struct str after);
/* ledger/checkpoint as it should be. */
struct str          log_published(struct store *, struct arena *, const struct log_head *);

/*
 * Within a transaction: a checkpoint over all entries, the newest when it covers
 * them already.  ERR_MISSING: no entries, or no key; ERR_IO.
 */
enum err_code       log_checkpoint(struct store *, struct arena *, struct log_head *ret, struct err *) MUST_USE;

#endif
