#include "ledger/tile.h"

#include <assert.h>
#include <stdio.h>

/* ── names and widths ─────────────────────────────────────────────────── */

const char *
td_tile_path(char out[TILE_PATH_B], int level, uint64_t n, unsigned width)
{
	uint64_t divisor = 1;
	int      at = level == TILE_ENTRIES ? snprintf(out, TILE_PATH_B, "tile/entries/") :
	    snprintf(out, TILE_PATH_B, "tile/%d/", level);

	while (n / divisor >= 1000)
		divisor *= 1000;
	for (; divisor > 1; divisor /= 1000)
		at += snprintf(out + at, TILE_PATH_B - (size_t)at, "x%03u/", (unsigned)(n / divisor % 1000));
	at += snprintf(out + at, TILE_PATH_B - (size_t)at, "%03u", (unsigned)(n % 1000));
	if (width < TILE_N)
		snprintf(out + at, TILE_PATH_B - (size_t)at, ".p/%u", width);
	return out;
}

static bool
take_number(struct str *s, size_t digits, int64_t *ret)
{
	if (s->n < digits || !str_to_i64(str_sub(*s, 0, digits), 0, INT64_MAX, ret))
		return false;
	*s = str_sub(*s, digits, s->n);
	return true;
}

bool
td_tile_path_is(struct str path)
{
	struct str rest = path, head = STR("tile/entries/");
	int64_t    level = TILE_ENTRIES, n = 0, part = 0, width = TILE_N;
	char       plain[TILE_PATH_B];
	int        groups = 0;

	if (str_starts(rest, head))
		rest = str_sub(rest, head.n, rest.n);
	else if (!str_starts(rest, STR("tile/")) || (rest = str_sub(rest, 5, rest.n), !take_number(&rest, 1, &level)) ||
	    level >= TILE_LEVELS_N || !str_starts(rest, STR("/")))
		return false;
	else
		rest = str_sub(rest, 1, rest.n);
	for (; str_starts(rest, STR("x")) && groups < 5; groups++, n = (n + part) * 1000)
		if ((rest = str_sub(rest, 1, rest.n), !take_number(&rest, 3, &part)) || !str_starts(rest, STR("/")))
			return false;
		else
			rest = str_sub(rest, 1, rest.n);
	if (!take_number(&rest, 3, &part))
		return false;
	if (str_starts(rest, STR(".p/")) && !str_to_i64(str_sub(rest, 3, rest.n), 1, TILE_N - 1, &width))
		return false;
	/* What is left over, or was spelled in another way, shows here. */
	return str_eq(str_of(td_tile_path(plain, (int)level, (uint64_t)(n + part), (unsigned)width)), path);
}

/* Hashes of that level in a tree of that size. */
static uint64_t
hashes(int level, uint64_t size)
{
	return level > 0 ? size >> 8 * level : size;
}

unsigned
td_tile_width(int level, uint64_t n, uint64_t size)
{
	uint64_t all = hashes(level, size);

	return all <= n * TILE_N ? 0 : all - n * TILE_N >= TILE_N ? TILE_N : (unsigned)(all - n * TILE_N);
}

uint64_t
td_tile_count(int level, uint64_t size)
{
	return (hashes(level, size) + TILE_N - 1) / TILE_N;
}

void
td_tile_head(const struct merkle_hash hash[TILE_N], struct merkle_hash *ret)
{
	td_merkle_head_of(hash, TILE_N, ret);
}

void
td_bundle_add(struct buf *out, struct bytes entry)
{
	out->failed |= entry.n > 0xffff;
	buf_add_char(out, (char)(entry.n >> 8));
	buf_add_char(out, (char)(entry.n & 0xff));
	buf_add_bytes(out, entry);
}

bool
td_bundle_take(struct bytes *rest, struct bytes *ret_entry)
{
	size_t n = rest->n >= 2 ? (size_t)rest->p[0] << 8 | rest->p[1] : 0;

	if (rest->n < 2 || rest->n - 2 < n)
		return false;
	*ret_entry = (struct bytes){ rest->p + 2, n };
	*rest = (struct bytes){ rest->p + 2 + n, rest->n - 2 - n };
	return true;
}

/* ── heads of parts of the tree ───────────────────────────────────────── */

static const struct merkle_hash *
tile(struct tile_reader *r, int level, uint64_t n)
{
	unsigned width = td_tile_width(level, n, r->size);

	assert(level < TILE_LEVELS_N && width > 0);
	if (r->cache[level].width == width && r->cache[level].n == n)
		return r->cache[level].hash;
	r->cache[level].width = 0;
	if (!r->read(r->arg, level, n, width, r->cache[level].hash))
		return NULL;
	r->cache[level].n = n;
	r->cache[level].width = width;
	return r->cache[level].hash;
}

/* Of the 2^height leaves from index * 2^height on. */
static bool
node(struct tile_reader *r, int height, uint64_t index, struct merkle_hash *ret)
{
	uint64_t                  first = index << height % 8;
	const struct merkle_hash *hash = tile(r, height / 8, first / TILE_N);

	if (hash == NULL)
		return false;
	td_merkle_head_of(hash + first % TILE_N, (size_t)1 << height % 8, ret);
	return true;
}

/* The largest power of two smaller than n, n > 1. */
static int
split_height(uint64_t n)
{
	return 63 - __builtin_clzll(n - 1);
}

/* Of the n leaves from `from` on, as RFC 6962 splits them: complete subtrees on the left, and a rest. */
static bool
range(struct tile_reader *r, uint64_t from, uint64_t n, struct merkle_hash *ret)
{
	struct merkle_hash part[64];
	int                count = 0;

	for (uint64_t at = from, left = n; left > 0;) {
		int height = left == 1 ? 0 : (left & (left - 1)) == 0 ? 63 - __builtin_clzll(left) : split_height(left);

		if (!node(r, height, at >> height, &part[count++]))
			return false;
		at += UINT64_C(1) << height;
		left -= UINT64_C(1) << height;
	}
	*ret = part[--count];
	while (count > 0)
		td_merkle_node(&part[--count], ret, ret);
	return true;
}

bool
td_tile_tree_head(struct tile_reader *r, uint64_t n, struct merkle_hash *ret)
{
	if (n > 0)
		return range(r, 0, n, ret);
	td_merkle_head_of(NULL, 0, ret);
	return true;
}

/* RFC 6962 section 2.1.1, from the root down; written from the leaf up. */
bool
td_tile_inclusion(struct tile_reader *r, uint64_t n, uint64_t index, struct merkle_hash proof[MERKLE_PROOF_N], size_t *ret_n)
{
	uint64_t from = 0;
	size_t   made = 0;

	assert(index < n && n <= r->size);
	while (n > 1) {
		uint64_t k = UINT64_C(1) << split_height(n);
		bool     is_left = index - from < k;

		if (!range(r, is_left ? from + k : from, is_left ? n - k : k, &proof[made++]))
			return false;
		from += is_left ? 0 : k;
		n = is_left ? k : n - k;
	}
	td_merkle_reverse(proof, made);
	*ret_n = made;
	return true;
}

/* RFC 6962 section 2.1.2. */
bool
td_tile_consistency(struct tile_reader *r, uint64_t n, uint64_t older, struct merkle_hash proof[MERKLE_PROOF_N],
	size_t *ret_n)
{
	uint64_t from = 0;
	size_t   made = 0;

	assert(older > 0 && older <= n && n <= r->size);
	while (from + n > older) {
		uint64_t k = UINT64_C(1) << split_height(n);
		bool     is_left = older - from <= k;

		if (!range(r, is_left ? from + k : from, is_left ? n - k : k, &proof[made++]))
			return false;
		from += is_left ? 0 : k;
		n = is_left ? k : n - k;
	}
	/* The older tree is a subtree that the checker knows already, unless we went right. */
	if (from > 0 && !range(r, from, n, &proof[made++]))
		return false;
	td_merkle_reverse(proof, made);
	*ret_n = made;
	return true;
}
