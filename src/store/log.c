#include "store/statements.h"
#include "store/log.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "store/keys.h"

#define BUNDLE_B (TILE_N * (64 * KiB + 2))
#define WORK_B   (64 * MiB)

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory at a checkpoint; ended, what was acknowledged is on disk");
	_exit(70);
}

/* ── reading ──────────────────────────────────────────────────────────── */

static bool
load_head(struct query *q, struct arena *a, struct log_head *ret)
{
	if (!db_row(q))
		return false;
	ret->size = (uint64_t)col_i64(q);
	ret->made_us = col_i64(q);
	col_hash(q, ret->head.b);
	ret->note = col_str(q, a);
	return true;
}

bool
log_newest(struct store *s, struct arena *a, struct log_head *ret)
{
	struct query q = db_query(&s->db, STMT_checkpoint_newest);

	return load_head(&q, a, ret);
}

bool
log_at(struct store *s, struct arena *a, uint64_t size, struct log_head *ret)
{
	struct query q = db_query(&s->db, STMT_checkpoint_at);

	bind_i64(&q, (int64_t)size);
	return load_head(&q, a, ret);
}

static uint64_t
log_size(struct store *s)
{
	struct query q = db_query(&s->db, STMT_log_size);

	return db_row(&q) ? (uint64_t)col_i64(&q) : 0;
}

struct str
log_tile_path(struct arena *a, int level, uint64_t n, unsigned width)
{
	char path[TILE_PATH_B];

	return os_join(a, STR("ledger"), str_of(td_tile_path(path, level, n, width)));
}

static bool
read_tile(void *arg, int level, uint64_t n, unsigned width, struct merkle_hash ret[TILE_N])
{
	struct store *s = arg;
	char          name[TILE_PATH_B];
	struct buf    b = BUF_INIT(TILE_B);
	struct err    err;
	bool          good;

	good = os_read_file(desk_path(s, "ledger", td_tile_path(name, level, n, width)), &b, &err) == ERR_OK &&
	    b.n == width * MERKLE_B;
	if (good)
		memcpy(ret, b.p, b.n);
	buf_free(&b);
	return good;
}

struct tile_reader *
log_reader(struct store *s, struct arena *a, uint64_t size)
{
	struct tile_reader *r = arena_take(a, sizeof(*r));

	*r = (struct tile_reader){ .size = size, .read = read_tile, .arg = s };
	return r;
}

/* ── tiles ────────────────────────────────────────────────────────────── */

static struct str
folder_of(struct arena *a, struct str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return arena_copy(a, str_sub(path, 0, n > 0 ? n - 1 : 0));
}

/* A file below the desk, and the folders it needs. */
static enum err_code
put_file(struct store *s, struct arena *a, struct str path, struct str contents, struct err *err)
{
	struct str whole = os_join(a, s->dir, path);

	if (os_make_dirs(folder_of(a, whole), err) != ERR_OK)
		return err->code;
	return os_replace_file(whole, contents, err);
}

/* Tile n of level 0 and its bundle, from the rows.  The bundle first: where there is a tile there is one, whenever the power went. */
static enum err_code
write_leaves(struct store *s, struct arena *a, uint64_t n, uint64_t size, struct err *err)
{
	unsigned           width = td_tile_width(0, n, size), got = 0;
	struct merkle_hash hash[TILE_N];
	struct buf         bundle = BUF_INIT(BUNDLE_B);
	struct query       q = db_query(&s->db, STMT_log_rows);

	bind_i64(&q, (int64_t)(n * TILE_N));
	bind_i64(&q, (int64_t)(n * TILE_N + width));
	while (got < width && db_row(&q)) {
		td_bundle_add(&bundle, bytes_of(col_str(&q, a)));
		col_hash(&q, hash[got++].b);
	}
	if (bundle.failed || got < width)
		(void)(db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_FORMAT,
		    "ledger entry %llu is missing; no checkpoint was made, run verify", (unsigned long long)(n * TILE_N + got)));
	else if (put_file(s, a, log_tile_path(a, TILE_ENTRIES, n, width), buf_str(&bundle), err) == ERR_OK)
		(void)put_file(s, a, log_tile_path(a, 0, n, width), (struct str){ (char *)hash, width * MERKLE_B }, err);
	buf_free(&bundle);
	return err->code;
}

/* Tile n of a higher level: what stood in it before, and the heads of the full tiles that came. */
static enum err_code
write_heads(struct store *s, struct arena *a, int level, uint64_t n, uint64_t from, uint64_t size, struct err *err)
{
	unsigned           was = td_tile_width(level, n, from), width = td_tile_width(level, n, size);
	struct merkle_hash hash[TILE_N], below[TILE_N];
	bool               good = was == 0 || read_tile(s, level, n, was, hash);

	for (unsigned i = was; good && i < width; i++) {
		good = read_tile(s, level - 1, n * TILE_N + i, TILE_N, below);
		if (good)
			td_tile_head(below, &hash[i]);
	}
	if (!good)
		return err_set(err, ERR_MISSING, "a tile of level %d is missing", was > 0 ? level : level - 1);
	return put_file(s, a, log_tile_path(a, level, n, width), (struct str){ (char *)hash, width * MERKLE_B }, err);
}

/* All tiles that a tree of `size` has and one of `from` had not. */
static enum err_code
write_tiles(struct store *s, struct arena *a, uint64_t from, uint64_t size, struct err *err)
{
	*err = (struct err){ 0 };
	for (uint64_t n = from / TILE_N; n < td_tile_count(0, size) && err->code == ERR_OK; n++)
		if (td_tile_width(0, n, from) < td_tile_width(0, n, size))
			(void)write_leaves(s, a, n, size, err);
	for (int level = 1; level < TILE_LEVELS_N && err->code == ERR_OK; level++)
		for (uint64_t n = (from >> 8 * level) / TILE_N; n < td_tile_count(level, size) && err->code == ERR_OK; n++)
			if (td_tile_width(level, n, from) < td_tile_width(level, n, size))
				(void)write_heads(s, a, level, n, from, size, err);
	return err->code;
}

/* Partial tiles of tiles that are full now are of no use any more; a crash that leaves some costs only room. */
static void
remove_partials(struct store *s, struct arena *a, uint64_t from, uint64_t size)
{
	struct err err;

	for (int level = TILE_ENTRIES; level < TILE_LEVELS_N; level++) {
		uint64_t n = (level > 0 ? from >> 8 * level : from) / TILE_N;
		char     name[TILE_PATH_B], folder[TILE_PATH_B + 2];

		if (td_tile_width(level, n, from) == 0 || td_tile_width(level, n, from) == TILE_N ||
		    td_tile_width(level, n, size) != TILE_N)
			continue;
		snprintf(folder, sizeof(folder), "%s.p", td_tile_path(name, level, n, TILE_N));
		if (os_remove_tree(arena_copy(a, desk_path(s, "ledger", folder)), &err) != ERR_OK)
			os_log(LOG_LEVEL_WARN, "store", "ledger: %s", err.text);
	}
}

/* ── checkpoints ──────────────────────────────────────────────────────── */

/* The key, and that it is the one which this log's followers know. */
static enum err_code
find_signer(struct store *s, struct arena *a, int64_t now_us, struct note_signer *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_log_key_newest);
	struct str   known = db_row(&q) ? col_str(&q, a) : STR("");
	struct buf   ours = BUF_INIT(4 * NOTE_NAME_B);
	bool         same;

	if (db_failed(&s->db, err) != ERR_OK)
		return err->code;
	if (known.n == 0 && !os_exists(desk_path(s, "keys", "ledger.key")) &&
	    keys_make_log(s->dir, s->conf.name, err) != ERR_OK)
		return err->code;
	if (keys_read_log(s->dir, ret, err) != ERR_OK)
		return err->code;
	td_note_key_write(&ret->key, &ours);
	same = str_eq(known, buf_str(&ours));
	if (known.n == 0) {
		q = db_query(&s->db, STMT_log_key_add);
		bind_str(&q, buf_str(&ours));
		bind_i64(&q, now_us);
		bind_null(&q);
		db_run(&q);
	}
	buf_free(&ours);
	return known.n == 0 || same ? db_failed(&s->db, err) : err_set(err, ERR_DENIED,
	    "keys/ledger.key: not the key that signed this log until now; no checkpoint was made");
}

/* The tiles up to `size`, and the head that they have; from nothing when what was there is not what was signed. */
static enum err_code
extend(struct store *s, struct arena *a, const struct log_head *before, uint64_t size, struct merkle_hash *ret, struct err *err)
{
	struct tile_reader *r = log_reader(s, a, before->size);
	struct merkle_hash  was;
	bool good = td_tile_tree_head(r, before->size, &was) && (before->size == 0 || memcmp(&was, &before->head, MERKLE_B) == 0);

	if (!good)
		os_log(LOG_LEVEL_WARN, "store", "ledger/tile is not what was signed; made again from the database");
	if ((!good || write_tiles(s, a, before->size, size, err) != ERR_OK) && write_tiles(s, a, 0, size, err) != ERR_OK)
		return err->code;
	r = log_reader(s, a, size);
	if (!td_tile_tree_head(r, size, ret))
		return err_set(err, ERR_IO, "ledger/tile: cannot be read back; no checkpoint was made");
	/* The rows themselves were changed: no signature of ours goes under that. */
	if (before->size > 0 && (!td_tile_tree_head(r, before->size, &was) || memcmp(&was, &before->head, MERKLE_B) != 0))
		return err_set(err, ERR_FORMAT, "the ledger does not go on from its checkpoint of %llu entries; none was made, run verify",
		    (unsigned long long)before->size);
	return ERR_OK;
}

static void
add_row(struct store *s, const struct log_head *h)
{
	struct query q = db_query(&s->db, STMT_checkpoint_add);

	bind_i64(&q, (int64_t)h->size);
	bind_i64(&q, h->made_us);
	bind_blob(&q, h->head.b, MERKLE_B);
	bind_str(&q, h->note);
	db_run(&q);
}

enum err_code
log_checkpoint(struct store *s, struct arena *a, struct log_head *ret, struct err *err)
{
	struct log_head    before = { 0 }, now = { .size = log_size(s), .made_us = os_now_us() };
	struct note_signer signer;
	struct buf         note = BUF_INIT(KiB), line = BUF_INIT(KiB);

	if (log_newest(s, a, &before) && before.size >= now.size) {
		*ret = before;
		return db_failed(&s->db, err);
	}
	if (db_failed(&s->db, err) != ERR_OK)
		return err->code;
	if (now.size == 0)
		return err_set(err, ERR_MISSING, "the ledger has no entries yet; there is nothing to sign");
	if (find_signer(s, a, now.made_us, &signer, err) == ERR_OK && extend(s, a, &before, now.size, &now.head, err) == ERR_OK) {
		td_checkpoint_write(&note, str_of(signer.key.name), now.size, &now.head);
		td_note_sign(&line, buf_str(&note), &signer, 0);
		buf_add_char(&note, '\n');
		buf_add(&note, buf_str(&line));
		now.note = arena_copy(a, buf_str(&note));
		add_row(s, &now);
		s->log_waiting = 0;
		s->log_published = false;
		remove_partials(s, a, before.size, now.size);
		*ret = now;
		err->code = db_failed(&s->db, err);
	}
	td_wipe(&signer, sizeof(signer));
	buf_free(&note);
	buf_free(&line);
	return err->code;
}

/* ── files that follow ────────────────────────────────────────────────── */

struct str
log_published(struct store *s, struct arena *a, const struct log_head *head)
{
	struct query q = db_query(&s->db, STMT_cosignature_of);
	struct buf   b = BUF_INIT(NOTE_TEXT_B);
	struct str   all;

	bind_i64(&q, (int64_t)head->size);
	buf_add(&b, head->note);
	while (db_row(&q)) {
		(void)col_str(&q, a), (void)col_i64(&q);
		buf_add(&b, col_str(&q, a));
	}
	all = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return all;
}

struct str
log_keys(struct store *s, struct arena *a)
{
	struct query q = db_query(&s->db, STMT_log_key_list);
	struct buf   b = BUF_INIT(64 * KiB);
	struct str   all;

	while (db_row(&q)) {
		buf_add(&b, col_str(&q, a));
		buf_add_char(&b, '\n');
	}
	all = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return all;
}

/* Is it one of the lines of witnesses under this checkpoint? */
static bool
is_cosignature(struct store *s, struct arena *a, uint64_t size, struct str line)
{
	struct query q = db_query(&s->db, STMT_cosignature_of);
	bool         found = false;

	bind_i64(&q, (int64_t)size);
	while (!found && db_row(&q)) {
		(void)col_str(&q, a), (void)col_i64(&q);
		found = str_eq(str_trim(col_str(&q, a)), line);
	}
	db_run(&q);
	return found;
}

/* Was this in ledger/checkpoint once: a checkpoint that we signed, with lines that came since or not? */
static bool
was_checkpoint(struct store *s, struct arena *a, struct str text)
{
	struct checkpoint c;
	struct log_head   head;
	struct str        line;
	struct err        err;

	if (td_checkpoint_parse(text, &c, &err) != ERR_OK || !log_at(s, a, c.size, &head) || !str_starts(text, head.note))
		return false;
	for (text = str_sub(text, head.note.n, text.n); str_take_line(&text, &line);)
		if (!is_cosignature(s, a, head.size, line))
			return false;
	return true;
}

static bool
was_keys(struct store *s, struct arena *a, struct str text)
{
	return str_starts(log_keys(s, a), text);
}

/*
 * A small file below ledger/, unless it is so already.  What we wrote before is brought up to date; something else, when the desk
 * was opened, is left for verify to name until the next checkpoint.
 */
static void
keep_file(struct store *s, struct arena *a, const char *name, struct str contents, bool is_opening,
	bool (*is_ours)(struct store *, struct arena *, struct str))
{
	struct buf b = BUF_INIT(NOTE_TEXT_B);
	struct err err;
	struct str path = arena_copy(a, desk_path(s, "ledger", name));
	bool       is_there = os_read_file(path, &b, &err) == ERR_OK;

	if (is_there && is_opening && !is_ours(s, a, buf_str(&b)))
		os_log(LOG_LEVEL_WARN, "store", "ledger/%s is not what this desk wrote there; run verify", name);
	else if ((!is_there || !str_eq(buf_str(&b), contents)) && os_replace_file(path, contents, &err) != ERR_OK)
		os_log(LOG_LEVEL_WARN, "store", "%s; the next start does it", err.text);
	buf_free(&b);
}

static void
publish(struct store *s, bool is_opening)
{
	struct arena    a;
	struct log_head head;

	arena_init(&a, WORK_B, full, NULL);
	if (log_newest(s, &a, &head)) {
		keep_file(s, &a, "checkpoint", log_published(s, &a, &head), is_opening, was_checkpoint);
		keep_file(s, &a, "key", log_keys(s, &a), is_opening, was_keys);
	}
	s->log_published = true;
	arena_free(&a);
}

void
log_open(struct store *s)
{
	struct arena    a;
	struct log_head head = { 0 };

	if (s->read_only)
		return;
	arena_init(&a, WORK_B, full, NULL);
	key_settle(s);
	(void)log_newest(s, &a, &head);
	s->log_waiting = (int64_t)(log_size(s) - head.size);
	s->log_since_us = os_now_us();
	arena_free(&a);
	publish(s, true);
}

static void
checkpoint_now(struct store *s)
{
	struct arena    a;
	struct log_head head;
	struct err      err = { 0 };
	bool            is_made;

	arena_init(&a, WORK_B, full, NULL);
	db_begin(&s->db);
	db_set_who(&s->db, STR("store"));
	is_made = log_checkpoint(s, &a, &head, &err) == ERR_OK;
	/* A roll-back repeats the sentence that is in err already. */
	if (db_end(&s->db, is_made, &err) != ERR_OK || !is_made)
		os_log(LOG_LEVEL_WARN, "store", "%s", err.text);
	s->log_waiting = 0;             /* after a failure too: the next entry tries again */
	arena_free(&a);
}

static bool
is_due(const struct store *s)
{
	int64_t waited_us = os_now_us() - s->log_since_us;

	return s->log_waiting >= LIMIT_OPEN_CROWD_N || waited_us > LIMIT_OPEN_ENTRIES_S * US_PER_S ||
	    (s->log_waiting >= LIMIT_OPEN_ENTRIES_N && waited_us > LIMIT_OPEN_CROWD_US);
}

void
log_tend(struct store *s, bool is_closing)
{
	if (s->read_only || s->db.is_uncertain)
		return;
	if (s->log_waiting > 0 && (is_closing || is_due(s)))
		checkpoint_now(s);
	if (!s->log_published && !s->db.is_uncertain)
		publish(s, false);
}
