#include "store/statements.h"
#include "store/verify_private.h"

#include "base/limits.h"
#include "os/file.h"
#include "store/log.h"

enum { TILES_A_STEP = 64, CHECKPOINTS_A_STEP = 500 };

static uint64_t
signed_size(struct verify *v)
{
	struct log_head head = { 0 };

	return log_newest(v->s, v->a, &head) ? head.size : 0;
}

/* A file of the ledger's, or a finding and false. */
static bool
read_file(struct verify *v, struct str path, size_t limit_b, struct buf *ret)
{
	struct err err;

	*ret = (struct buf)BUF_INIT(limit_b);
	if (os_read_file(os_join(v->a, v->s->dir, path), ret, &err) == ERR_OK)
		return true;
	verify_say(v, path, "cannot be read: %s", err.text);
	return false;
}

/* ── tiles ────────────────────────────────────────────────────────────── */

/* Hashes against rows: tile n of level 0 and its bundle. */
static void
check_leaves(struct verify *v, uint64_t n, unsigned width)
{
	struct str   tile_path = log_tile_path(v->a, 0, n, width), bundle_path = log_tile_path(v->a, TILE_ENTRIES, n, width);
	struct buf   tile, bundle;
	struct bytes rest, entry;
	struct query q = db_query(&v->s->db, STMT_log_rows);
	bool         has_tile = read_file(v, tile_path, TILE_B, &tile), has_bundle = read_file(v, bundle_path, 32 * MiB, &bundle);

	rest = buf_bytes(&bundle);
	bind_i64(&q, (int64_t)(n * TILE_N));
	bind_i64(&q, (int64_t)(n * TILE_N + width));
	if (has_tile && tile.n != width * MERKLE_B)
		verify_say(v, tile_path, "has %zu bytes, not %u", tile.n, width * MERKLE_B);
	for (unsigned i = 0; i < width && db_row(&q); i++) {
		struct str         row = col_str(&q, v->a);
		struct merkle_hash leaf;

		col_hash(&q, leaf.b);
		if (has_tile && tile.n == width * MERKLE_B && memcmp(tile.p + i * MERKLE_B, leaf.b, MERKLE_B) != 0)
			verify_say(v, tile_path, "the hash of entry %llu is not that of the ledger", (unsigned long long)(n * TILE_N + i));
		if (has_bundle && (!td_bundle_take(&rest, &entry) || !str_eq(bytes_as_str(entry), row))) {
			verify_say(v, bundle_path, "entry %llu is not that of the ledger", (unsigned long long)(n * TILE_N + i));
			has_bundle = false;
		}
	}
	if (has_bundle && rest.n > 0)
		verify_say(v, bundle_path, "%zu bytes behind the last entry", rest.n);
	buf_free(&tile);
	buf_free(&bundle);
}

/* Tile n of a higher level against the full tiles below, which were checked before. */
static void
check_heads(struct verify *v, int level, uint64_t n, unsigned width)
{
	struct str path = log_tile_path(v->a, level, n, width);
	struct buf tile, below;

	if (!read_file(v, path, TILE_B, &tile))
		return;
	if (tile.n != width * MERKLE_B)
		verify_say(v, path, "has %zu bytes, not %u", tile.n, width * MERKLE_B);
	for (unsigned i = 0; i < width && tile.n == width * MERKLE_B; i++) {
		struct merkle_hash head;

		if (!read_file(v, log_tile_path(v->a, level - 1, n * TILE_N + i, TILE_N), TILE_B, &below))
			continue;
		if (below.n == TILE_B) {
			td_tile_head((const struct merkle_hash *)(const void *)below.p, &head);
			if (memcmp(tile.p + i * MERKLE_B, head.b, MERKLE_B) != 0)
				verify_say(v, path, "hash %u is not the head of the tile below it", i);
		}
		buf_free(&below);
	}
	buf_free(&tile);
}

static void
check_tile(struct verify *v, int level, uint64_t n, unsigned width)
{
	if (level == 0)
		check_leaves(v, n, width);
	else
		check_heads(v, level, n, width);
}

/* The narrower forms of the last tile, which others may still ask for: each is the front of the newest. */
static void
check_partials(struct verify *v, int level, uint64_t n, unsigned width)
{
	struct os_names names = { 0 };
	struct str      newest = log_tile_path(v->a, level, n, width);
	struct err      err;
	size_t          end = newest.n;
	int64_t         w;

	while (end > 0 && newest.p[end - 1] != '/')
		end--;
	if (width == TILE_N || os_list_dir(v->a, os_join(v->a, v->s->dir, str_sub(newest, 0, end - 1)), &names, &err) != ERR_OK)
		return;
	for (size_t i = 0; i < names.n; i++)
		if (str_to_i64(names.v[i], 1, width - 1, &w))
			check_tile(v, level, n, (unsigned)w);
}

/* position: tiles of level 0, then all of level 1, and so on. */
bool
verify_tiles(struct verify *v, int64_t *position)
{
	uint64_t size = signed_size(v), skip = (uint64_t)*position;
	int      done = 0;

	v->found->doing = STR("ledger/tile");
	if (v->only != 0)
		return false;
	for (int level = 0; level < TILE_LEVELS_N; level++) {
		uint64_t count = td_tile_count(level, size);

		for (uint64_t n = skip < count ? skip : count; n < count && done < TILES_A_STEP; n++, done++) {
			check_tile(v, level, n, td_tile_width(level, n, size));
			check_partials(v, level, n, td_tile_width(level, n, size));
		}
		skip -= skip < count ? skip : count;
	}
	*position += done;
	return done > 0;
}

/* ── checkpoints ──────────────────────────────────────────────────────── */

enum { KEYS_MAX = 64 };

struct keys {
	struct note_key v[KEYS_MAX];
	int64_t         entry[KEYS_MAX];         /* that announced it; -1: the first */
	size_t          n;
};

static void
load_keys(struct verify *v, struct keys *k)
{
	struct query q = db_query(&v->s->db, STMT_log_key_rows);

	k->n = 0;
	while (k->n < KEYS_MAX && db_row(&q)) {
		struct str line = col_str(&q, v->a);

		(void)col_i64(&q);
		k->entry[k->n] = col_i64(&q);
		if (td_note_key_parse(line, &k->v[k->n]))
			k->n++;
		else
			verify_say(v, STR("tidings.db"), "a key of the log is none: %" STR_FMT, STR_ARG(str_sub(line, 0, 60)));
	}
}

/* By the key of its time: the checkpoint that covers a change of keys is the last that the old one signs. */
static bool
is_signed(const struct keys *k, const struct checkpoint *c)
{
	size_t i = k->n;

	while (i > 0 && k->entry[i - 1] >= 0 && (uint64_t)k->entry[i - 1] + 1 >= c->size)
		i--;
	return i > 0 && str_eq(c->origin, str_of(k->v[i - 1].name)) && td_note_is_signed(c->text, c->signatures, &k->v[i - 1], NULL);
}

/* What witnesses signed of it; a key that was not kept is not theirs. */
static void
check_cosignatures(struct verify *v, const struct log_head *h, struct str text)
{
	struct query q = db_query(&v->s->db, STMT_cosignature_of);

	bind_i64(&q, (int64_t)h->size);
	while (db_row(&q)) {
		struct str            name = col_str(&q, v->a), line, rest;
		int64_t               said_us = col_i64(&q), time_s = 0;
		struct query          partners = db_query(&v->s->db, STMT_partner_list);
		struct note_signature sig;
		struct note_key       k;
		bool                  good = false;

		rest = line = col_str(&q, v->a);
		while (!good && td_note_take(&rest, &sig) && db_row(&partners)) {
			good = td_note_key_parse(col_str(&partners, v->a), &k) && str_eq(str_of(k.name), name) && td_note_is_by(text, &sig, &k, &time_s);
			rest = line;
		}
		if (!good || time_s * US_PER_S != said_us)
			verify_say(v, verify_place(v, "cosignature of %" STR_FMT " over %llu entries", STR_ARG(name), (unsigned long long)h->size),
			    "is not that witness's, or not of that time");
	}
}

static void
check_checkpoint(struct verify *v, const struct keys *k, struct tile_reader *r, const struct log_head *h)
{
	struct str         where = verify_place(v, "checkpoint of %llu entries", (unsigned long long)h->size);
	struct checkpoint  c;
	struct merkle_hash head;
	struct err         err;

	if (td_checkpoint_parse(h->note, &c, &err) != ERR_OK) {
		verify_say(v, where, "%s", err.text);
		return;
	}
	check_cosignatures(v, h, c.text);
	if (!is_signed(k, &c))
		verify_say(v, where, "the key that this desk had then has not signed it");
	if (c.size != h->size || memcmp(c.head.b, h->head.b, MERKLE_B) != 0)
		verify_say(v, where, "what was signed is not what the desk's row says");
	if (!td_tile_tree_head(r, h->size, &head))
		verify_say(v, where, "its head cannot be made: a tile is missing");
	else if (memcmp(head.b, c.head.b, MERKLE_B) != 0)
		verify_say(v, where, "the ledger's entries do not have the head that was signed");
}

/* The files that others read say what the rows say. */
static void
check_published(struct verify *v, const struct log_head *newest)
{
	struct buf b;

	if (read_file(v, STR("ledger/checkpoint"), NOTE_TEXT_B, &b)) {
		if (!str_eq(buf_str(&b), log_published(v->s, v->a, newest)))
			verify_say(v, STR("ledger/checkpoint"), "is not the newest checkpoint that this desk signed");
		buf_free(&b);
	}
	if (read_file(v, STR("ledger/key"), NOTE_TEXT_B, &b)) {
		if (!str_eq(buf_str(&b), log_keys(v->s, v->a)))
			verify_say(v, STR("ledger/key"), "does not say the keys that this desk signed with");
		buf_free(&b);
	}
}

/* One entry under the newest checkpoint. */
static void
check_inclusion(struct verify *v, const struct keys *k, const struct log_head *newest)
{
	struct store_capture c;
	struct str           where;
	struct query         q;
	struct merkle_hash   leaf, path[MERKLE_PROOF_N];
	size_t               n;

	if (!capture_load(v->s, v->a, v->only, &c))
		return;
	where = verify_place(v, "ledger entry %lld", (long long)c.ledger_seq);
	if ((uint64_t)c.ledger_seq >= newest->size)
		return;                 /* since then; the next checkpoint covers it */
	check_checkpoint(v, k, log_reader(v->s, v->a, newest->size), newest);
	q = db_query(&v->s->db, STMT_log_rows);
	bind_i64(&q, c.ledger_seq);
	bind_i64(&q, c.ledger_seq + 1);
	if (!db_row(&q))
		return;
	(void)col_str(&q, v->a);
	col_hash(&q, leaf.b);
	if (!td_tile_inclusion(log_reader(v->s, v->a, newest->size), newest->size, (uint64_t)c.ledger_seq, path, &n))
		verify_say(v, where, "cannot be proved: a tile is missing");
	else if (!td_merkle_is_included(&leaf, (uint64_t)c.ledger_seq, newest->size, path, n, &newest->head))
		verify_say(v, where, "is not under the checkpoint of %llu entries", (unsigned long long)newest->size);
}

static bool
check_some(struct verify *v, const struct keys *k, uint64_t size, int64_t *position)
{
	struct query        q = db_query(&v->s->db, STMT_checkpoint_after);
	struct tile_reader *r = log_reader(v->s, v->a, size);
	bool                any = false;

	bind_i64(&q, *position);
	while (db_row(&q)) {
		struct log_head h = { .size = (uint64_t)col_i64(&q), .made_us = col_i64(&q) };

		col_hash(&q, h.head.b);
		h.note = col_str(&q, v->a);
		check_checkpoint(v, k, r, &h);
		*position = (int64_t)h.size;
		any = true;
	}
	return any;
}

bool
verify_checkpoints(struct verify *v, int64_t *position)
{
	struct log_head newest = { 0 };
	struct keys    *k = arena_take(v->a, sizeof(*k));

	v->found->doing = STR("ledger/checkpoint");
	if (!log_newest(v->s, v->a, &newest))
		return false;
	load_keys(v, k);
	if (v->only != 0) {
		if (*position == 0)
			check_inclusion(v, k, &newest);
		return (*position)++ == 0;
	}
	if (*position == 0)
		check_published(v, &newest);
	return check_some(v, k, newest.size, position);
}
