/*
 * tile - C2SP tlog-tiles: the tree as files of at most 256 hashes.
 *
 * Level 0 holds leaf hashes, level L the heads of full tiles of level L - 1;
 * an entry bundle holds the entries of one tile of level 0, each behind its
 * length in two bytes.  Heads and proofs are made from the few tiles they need:
 * three reads for a million entries.
 *
 *     struct tile_reader r = { .size = 70000, .read = read_tile, .arg = desk };
 *     if (td_tile_inclusion(&r, 70000, 7, proof, &n)) ...
 *
 * A reader belongs to one thread; its cache is one tile a level.
 */
#ifndef LEDGER_TILE_H
#define LEDGER_TILE_H

#include "base/buf.h"
#include "ledger/merkle.h"

enum { TILE_N = 256, TILE_LEVELS_N = 8, TILE_B = TILE_N * MERKLE_B, TILE_PATH_B = 64, TILE_ENTRIES = -1 };

/* "tile/0/x001/234/067.p/12"; level TILE_ENTRIES: "tile/entries/..."; width 1 to 256. */
const char *td_tile_path(char out[TILE_PATH_B], int level, uint64_t n, unsigned width);
/* Is it the path of some tile or bundle, in that spelling and no other? */
bool        td_tile_path_is(struct str);
/* How many hashes the tile has in a tree of that size: 0 to 256. */
unsigned    td_tile_width(int level, uint64_t n, uint64_t size);
/* How many tiles, the partial one counted, a level has. */
uint64_t    td_tile_count(int level, uint64_t size);
/* Of a full tile. */
void        td_tile_head(const struct merkle_hash hash[TILE_N], struct merkle_hash *ret);

/* One entry more in a bundle; out->failed when it is longer than 65,535 bytes. */
void        td_bundle_add(struct buf *out, struct bytes entry);
/* The next entry off the front; false at the end, and then rest->n > 0 says that the bundle is broken. */
bool        td_bundle_take(struct bytes *rest, struct bytes *ret_entry);

struct tile_reader {
	uint64_t size;               /* of the tree whose tiles there are */
	bool   (*read)(void *arg, int level, uint64_t n, unsigned width, struct merkle_hash ret[TILE_N]);
	void    *arg;
	struct {
		uint64_t           n;
		unsigned           width;     /* 0: nothing here */
		struct merkle_hash hash[TILE_N];
	} cache[TILE_LEVELS_N];
};

/* All three: n <= r->size.  false: a tile could not be read. */
bool td_tile_tree_head(struct tile_reader *, uint64_t n, struct merkle_hash *ret);
bool td_tile_inclusion(struct tile_reader *, uint64_t n, uint64_t index, struct merkle_hash proof[MERKLE_PROOF_N],
	size_t *ret_n);
bool td_tile_consistency(struct tile_reader *, uint64_t n, uint64_t older, struct merkle_hash proof[MERKLE_PROOF_N],
	size_t *ret_n);

#endif
