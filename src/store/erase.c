/*
 * Take a capture away for good.
 *
 * One transaction blanks all rows that say what it was, destroys the keys of
 * sealed records, puts tombstones' rows in the place of plain ones, writes the
 * ledger's entry, and notes that the disk is due.  After it has committed,
 * erase_finish() overwrites the bytes and writes the database anew; a crash in
 * between leaves the note, and the next start goes on.  So after recovery an
 * erasure has happened whole or not at all.
 */
#include "store/erase_private.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "os/log.h"
#include "store/handlers.h"
#include "store/statements.h"
#include "store/tombstone.h"

/* ── rows ─────────────────────────────────────────────────────────────── */

static void
blank(struct store *s, int stmt, int64_t key)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, key);
	db_run(&q);
}

static void
blank_article(struct store *s, struct arena *a, int64_t article)
{
	article_forget(s, a, article);
	blank(s, STMT_erase_text, article);
	blank(s, STMT_erase_reading, article);
	blank(s, STMT_erase_life, article);
	blank(s, STMT_erase_fields, article);
	blank(s, STMT_erase_fields_changes, article);
	blank(s, STMT_erase_news, article);
	blank(s, STMT_erase_news_changes, article);
}

static void
blank_note(struct store *s, int64_t note)
{
	blank(s, STMT_erase_note_versions, note);
	blank(s, STMT_erase_excerpts, note);
	blank(s, STMT_erase_contacts, note);
	blank(s, STMT_erase_note, note);
	blank(s, STMT_erase_note_changes, note);
}

/* Work that waits, work that was done, and what feeds announced: all that names the address. */
static void
blank_traces(struct store *s, const struct erase_plan *p)
{
	static const int stmts[] = { STMT_erase_jobs, STMT_erase_items };
	static const int wholes[] = { STMT_erase_jobs_changes, STMT_erase_offers, STMT_erase_host_fault, STMT_erase_index };
	char             shown[ID_WHOLE];
	struct query     q;

	for (size_t i = 0; i < sizeof(stmts) / sizeof(*stmts); i++) {
		q = db_query(&s->db, stmts[i]);
		bind_str(&q, p->url);
		bind_str(&q, p->final_url);
		bind_i64(&q, p->root);
		if (stmts[i] == STMT_erase_jobs)
			bind_cstr(&q, id_show_whole(ID_CAPTURE, &p->id, shown));
		db_run(&q);
	}
	for (size_t i = 0; i < sizeof(wholes) / sizeof(*wholes); i++) {
		q = db_query(&s->db, wholes[i]);
		db_run(&q);
	}
}

/* ── the ledger ───────────────────────────────────────────────────────── */

static struct str
whole_id(struct arena *a, enum id_kind kind, const struct id *id)
{
	char *out = arena_take(a, ID_WHOLE);

	return str_of(id_show_whole(kind, id, out));
}

static int64_t
add_entry(struct store *s, struct arena *a, const struct erase_plan *p, const struct store_erase_ask *ask, struct str who)
{
	struct ledger_line *lines = arena_array(a, 5 + p->captures.n + p->notes.n + p->entries.n, struct ledger_line);
	size_t              n = 0;

	lines[n++] = (struct ledger_line){ "subject", whole_id(a, ID_CAPTURE, &p->id) };
	lines[n++] = (struct ledger_line){ "reason", ask->reason };
	lines[n++] = (struct ledger_line){ "by", who };
	for (size_t i = 0; i < p->captures.n; i++)
		if (p->captures.v[i].seq != p->root && !p->captures.v[i].is_gone)
			lines[n++] = (struct ledger_line){ "part", whole_id(a, ID_CAPTURE, &p->captures.v[i].id) };
	for (size_t i = 0; i < p->notes.n; i++)
		if (!p->notes.v[i].stays)
			lines[n++] = (struct ledger_line){ "note", whole_id(a, ID_NOTE, &p->notes.v[i].id) };
	for (size_t i = 0; i < p->entries.n; i++)
		lines[n++] = (struct ledger_line){ "entry", ledger_number(a, p->entries.v[i]) };
	return ledger_act(s, LEDGER_ERASURE, lines, n);
}

static void
destroy_statements(struct store *s, const struct erase_plan *p, int64_t erasure)
{
	for (size_t i = 0; i < p->entries.n; i++) {
		struct query q = db_query(&s->db, STMT_erase_mark);

		bind_i64(&q, p->entries.v[i]);
		bind_i64(&q, erasure);
		db_run(&q);
		blank(s, STMT_erase_statement, p->entries.v[i]);
	}
}

static struct str
hash_shown(struct arena *a, const char *before, const unsigned char sha256[32])
{
	char hex[SHA256_HEX_B], shown[160];

	snprintf(shown, sizeof(shown), "%ssha256:%s", before, td_hex(sha256, 32, hex));
	return arena_copy(a, str_of(shown));
}

size_t
tombstone_lines(struct arena *a, const struct tombstone_row *t, struct ledger_line **ret)
{
	struct ledger_line *lines = arena_array(a, 6, struct ledger_line);
	char                record[WARC_URN + 1];
	size_t              n = 0;

	td_warc_urn(&t->at.uuid, record);
	record[strlen(record) + 1] = '\0';
	record[strlen(record)] = ' ';
	lines[n++] = (struct ledger_line){ "subject", arena_copy(a, str_of(t->at.segment)) };
	lines[n++] = (struct ledger_line){ "offset", ledger_number(a, t->at.offset) };
	lines[n++] = (struct ledger_line){ "bytes", ledger_number(a, t->at.length) };
	lines[n++] = (struct ledger_line){ "record", hash_shown(a, record, t->sha256) };
	lines[n++] = (struct ledger_line){ "erasure", ledger_number(a, t->erasure) };
	if (t->is_full)
		lines[n++] = (struct ledger_line){ "file", hash_shown(a, "", t->file_sha256) };
	*ret = lines;
	return n;
}

/* ── records in clear ─────────────────────────────────────────────────── */

struct covered {
	struct tombstone  stone;
	struct blob_place place;
	size_t            block_b;
	int64_t           capture, first;        /* seq of the capture, of its first record */
};

/* One capture's records stand together: they were appended as one. */
static enum err_code
cover(struct store *s, struct arena *a, const struct erase_capture *c, int64_t erasure, struct covered *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_erase_extent);
	struct buf  *member;
	struct str   segment, last;
	int64_t      end, sum;
	char         shown[ID_SHOWN];

	bind_i64(&q, c->seq);
	if (!db_row(&q))
		return db_failed(&s->db, err);
	*ret = (struct covered){ .capture = c->seq, .first = col_i64(&q) };
	segment = col_str(&q, a);
	last = col_str(&q, a);
	ret->stone = (struct tombstone){ .at.offset = col_i64(&q), .at.uuid = os_random_uuid(), .time_us = os_now_us(), .erasure = erasure };
	end = col_i64(&q);
	sum = col_i64(&q);
	snprintf(ret->stone.at.segment, sizeof(ret->stone.at.segment), "%" STR_FMT, STR_ARG(segment));
	ret->stone.at.length = sum;
	member = buf_in(a, (size_t)sum + KiB);
	if (!str_eq(segment, last) || end - ret->stone.at.offset != sum || !tombstone_make(&ret->stone, member, &ret->place, &ret->block_b))
		return err_set(err, ERR_FORMAT, "%s: its records do not stand together in one file; nothing was erased, run verify",
		    id_show(ID_CAPTURE, &c->id, shown));
	buf_free(member);
	return ERR_OK;
}

static int64_t
add_tombstone_entry(struct store *s, struct arena *a, const struct covered *c, const unsigned char *file_sha256)
{
	struct tombstone_row row = { .at = c->stone.at, .erasure = c->stone.erasure, .is_full = file_sha256 != NULL };
	struct ledger_line  *lines;
	size_t               n;

	memcpy(row.sha256, c->place.written.record_sha256, 32);
	if (file_sha256 != NULL)
		memcpy(row.file_sha256, file_sha256, 32);
	n = tombstone_lines(a, &row, &lines);
	return ledger_add(s, LEDGER_TOMBSTONE, c->stone.time_us, lines, n);
}

/* The rows of the records that are covered, and the one that takes their place. */
static void
put_rows(struct store *s, struct arena *a, const struct covered *c, const unsigned char *file_sha256)
{
	const struct blob_place *p = &c->place;
	int64_t                  entry = add_tombstone_entry(s, a, c, file_sha256);
	struct query             q;

	blank(s, STMT_erase_records, c->capture);
	q = db_query(&s->db, STMT_erase_record_put);
	bind_i64(&q, c->first);
	bind_i64(&q, c->capture);
	bind_id(&q, &c->stone.at.uuid);
	bind_cstr(&q, p->segment);
	bind_i64(&q, p->offset);
	bind_i64(&q, p->length);
	bind_i64(&q, (int64_t)p->written.block_at);
	bind_i64(&q, (int64_t)c->block_b);
	bind_blob(&q, p->written.record_sha256, 32);
	bind_blob(&q, p->member_sha256, 32);
	bind_i64(&q, c->stone.time_us);
	db_run(&q);
	q = db_query(&s->db, STMT_erase_tombstone_put);
	bind_i64(&q, entry);
	bind_i64(&q, c->first);
	bind_i64(&q, c->stone.erasure);
	if (file_sha256 == NULL)
		bind_null(&q);
	else
		bind_blob(&q, file_sha256, 32);
	db_run(&q);
}

/* The hash that a full segment has when all of these are in place; *ret_full: it is one. */
static enum err_code
hash_covered(struct store *s, struct arena *a, const struct covered *all, size_t n, size_t i, unsigned char ret[32], bool *ret_full,
	struct err *err)
{
	struct tombstone *stones = arena_array(a, n, struct tombstone);
	struct query      q = db_query(&s->db, STMT_erase_segment);
	size_t            k = 0;
	int64_t           bytes;

	bind_cstr(&q, all[i].stone.at.segment);
	*ret_full = false;
	if (!db_row(&q))
		return db_failed(&s->db, err);
	bytes = col_i64(&q);
	if (!(*ret_full = col_i64(&q) != 0))
		return ERR_OK;
	for (size_t j = 0; j < n; j++)
		if (strcmp(all[j].stone.at.segment, all[i].stone.at.segment) == 0)
			stones[k++] = all[j].stone;
	return tombstone_hash_segment(s, all[i].stone.at.segment, bytes, stones, k, ret, err);
}

static enum err_code
cover_plain(struct store *s, struct arena *a, const struct erase_plan *p, int64_t erasure, struct err *err)
{
	struct covered *all = arena_array(a, p->captures.n + 1, struct covered);
	size_t          n = 0;
	unsigned char   sha256[32];
	bool            is_full;

	for (size_t i = 0; i < p->captures.n; i++)
		if (!p->captures.v[i].is_sealed && !p->captures.v[i].is_gone && p->captures.v[i].records > 0 &&
		    cover(s, a, &p->captures.v[i], erasure, &all[n++], err) != ERR_OK)
			return err->code;
	for (size_t i = 0; i < n; i++) {
		if (hash_covered(s, a, all, n, i, sha256, &is_full, err) != ERR_OK)
			return err->code;
		put_rows(s, a, &all[i], is_full ? sha256 : NULL);
	}
	return db_failed(&s->db, err);
}

/* ── all of it ────────────────────────────────────────────────────────── */

static enum err_code
check(struct store *s, const struct erase_plan *p, const struct store_erase_ask *ask, struct err *err)
{
	struct query q = db_query(&s->db, STMT_erase_is_due);
	char         shown[ID_SHOWN];
	bool         goes = p->entries.n > 0;

	for (size_t i = 0; i < p->notes.n; i++)
		goes |= !p->notes.v[i].stays;
	id_show(ID_CAPTURE, &p->id, shown);
	if (str_trim(ask->reason).n == 0 || ask->reason.n > LIMIT_FIELD_B)
		return err_set(err, ERR_FORMAT, "%s: say why, in at most %d bytes; nothing was erased", shown, LIMIT_FIELD_B);
	if (!goes)
		return err_set(err, ERR_EXISTS, "%s: is erased already", shown);
	if (db_row(&q))
		return err_set(err, ERR_BUSY, "%s: an earlier erasure is not finished on the disk (see the log); nothing was erased", shown);
	return db_failed(&s->db, err);
}

enum err_code
on_erase(struct store *s, struct arena *a, const struct store_erase_ask *ask, struct store_erasure *ret, struct err *err)
{
	struct erase_plan p;
	int64_t           erasure;

	if (erase_plan_make(s, a, &ask->capture, &p, err) != ERR_OK || check(s, &p, ask, err) != ERR_OK)
		return err->code;
	erase_tell(s, a, &p, ret);
	s->db.is_erasing = true;
	erasure = add_entry(s, a, &p, ask, ask->who.n > 0 ? ask->who : str_of(s->db.who));
	destroy_statements(s, &p, erasure);
	if (cover_plain(s, a, &p, erasure, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < p.captures.n; i++) {
		if (p.captures.v[i].is_sealed) {
			blank(s, STMT_erase_keys, p.captures.v[i].seq);
			blank(s, STMT_erase_sealed_records, p.captures.v[i].seq);
		}
		blank(s, STMT_erase_capture, p.captures.v[i].seq);
	}
	if (p.article != 0)
		blank_article(s, a, p.article);
	for (size_t i = 0; i < p.notes.n; i++)
		if (!p.notes.v[i].stays)
			blank_note(s, p.notes.v[i].seq);
	blank_traces(s, &p);
	blank(s, STMT_erase_due_add, erasure);
	s->db.is_erasing = false;
	s->erasure_is_due = true;
	ret->ledger_seq = erasure;
	ret->erased_us = os_now_us();
	ret->reason = arena_copy(a, ask->reason);
	return db_failed(&s->db, err);
}

/* ── the disk ─────────────────────────────────────────────────────────── */

static enum err_code
finish(struct store *s, struct err *err)
{
	struct tombstone t;
	struct query     q;
	char             path[PATH_MAX];

	s->db.err = (struct err){ 0 };
	for (int64_t n = 0; tombstone_next_due(s, n, &t); n++)
		if (tombstone_put(s, &t, err) != ERR_OK)
			return err->code;
	if (db_failed(&s->db, err) != ERR_OK)
		return err->code;
	snprintf(path, sizeof(path), "%s", desk_path(s, "tidings.db", "").p);
	if (db_purge(&s->db, str_of(path), err) != ERR_OK)
		return err->code;
	db_begin(&s->db);
	q = db_query(&s->db, STMT_erase_due_done);
	db_run(&q);
	return db_end(&s->db, true, err);
}

void
erase_finish(struct store *s)
{
	struct query q;
	struct err   err;
	bool         is_due;

	if (s->read_only)
		return;
	s->db.err = (struct err){ 0 };
	q = db_query(&s->db, STMT_erase_is_due);
	is_due = db_row(&q);
	db_run(&q);
	if (is_due && finish(s, &err) != ERR_OK)
		os_log(LOG_LEVEL_ERROR, "store", "an erasure is not finished: %s; the next start tries again", err.text);
	s->db.err = (struct err){ 0 };
}
