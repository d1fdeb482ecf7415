#include "store/statements.h"
#include "store/handlers.h"
#include "store/note_private.h"
#include "store/verify_private.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/file.h"

#define STEP_B   (8 * MiB)
#define GENTLE_B MiB            /* about ten milliseconds */

/* In the order in which they are done; `position` counts within one. */
enum step { STEP_RECORDS, STEP_FILES, STEP_LEDGER, STEP_TILES, STEP_CHECKPOINTS, STEP_ROWS, STEP__COUNT };

void
verify_say(struct verify *v, struct str where, const char *fmt, ...)
{
	char    what[LIMIT_FIELD_B];
	va_list ap;

	if (v->found->findings.v == NULL)
		v->found->findings.v = arena_array(v->a, LIMIT_FINDINGS_N, struct store_finding);
	if (v->found->findings.n == LIMIT_FINDINGS_N)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	v->found->findings.v[v->found->findings.n++] = (struct store_finding){ where, arena_copy(v->a, str_of(what)) };
}

struct str
verify_place(struct verify *v, const char *fmt, ...)
{
	char    where[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(where, sizeof(where), fmt, ap);
	va_end(ap);
	return arena_copy(v->a, str_of(where));
}

/* ── the records, from the bytes up ───────────────────────────────────── */

struct row {
	int64_t       seq, capture, n, offset, length, block_at, block_b, payload_at;
	struct id     uuid, capture_id;
	struct str    type, segment, before_segment;
	unsigned char sha256[32], payload_sha256[32], member_sha256[32];
	int64_t       before_end;
	struct blob_ref place;
	bool          is_shut;           /* its key was destroyed */
	struct verify_index index;
};

static void
load_row(struct verify *v, struct query *q, struct row *r)
{
	r->seq = col_i64(q);
	r->capture = col_i64(q);
	r->n = col_i64(q);
	r->uuid = col_id(q);
	r->type = col_str(q, v->a);
	r->segment = col_str(q, v->a);
	r->offset = r->place.offset = col_i64(q);
	r->length = r->place.length = col_i64(q);
	r->block_at = col_i64(q);
	r->block_b = col_i64(q);
	r->payload_at = col_i64(q);
	col_hash(q, r->sha256);
	col_hash(q, r->payload_sha256);
	col_hash(q, r->member_sha256);
	r->capture_id = col_id(q);
	r->before_segment = col_str(q, v->a);
	r->before_end = col_i64(q);
	r->place.uuid = r->uuid;
	snprintf(r->place.segment, sizeof(r->place.segment), "%" STR_FMT, STR_ARG(r->segment));
	r->place.is_sealed = col_i64(q) != 0;
	col_hash(q, r->place.key);
	r->is_shut = col_i64(q) != 0;
	r->index.type = r->type;
	r->index.target_url = col_str(q, v->a);
	r->index.content_type = col_str(q, v->a);
	r->index.date_us = col_i64(q);
	r->index.is_main = col_i64(q) != 0;
	r->index.status = col_i64(q);
	r->index.final_url = col_str(q, v->a);
}

static struct str
where_of(struct verify *v, const struct row *r)
{
	char urn[WARC_URN], id[ID_SHOWN];

	return verify_place(v, "captures/%" STR_FMT " at %lld, record <%s> (%s)", STR_ARG(r->segment), (long long)r->offset,
	    td_warc_urn(&r->uuid, urn), r->capture != 0 ? id_show(ID_CAPTURE, &r->capture_id, id) : "warcinfo");
}

static bool
is_hash(struct bytes b, const unsigned char want[32])
{
	unsigned char got[32];

	td_sha256(b, got);
	return memcmp(got, want, 32) == 0;
}

/* "WARC-Block-Digest: sha256:…" and the like, as the record says it itself. */
static bool
says_digest(struct str header, const char *name, struct bytes part)
{
	char          line[160], hex[SHA256_HEX_B];
	unsigned char hash[32];

	td_sha256(part, hash);
	snprintf(line, sizeof(line), "\r\n%s: sha256:%s\r\n", name, td_hex(hash, 32, hex));
	return str_find_nocase(header, str_of(line)) != STR_NONE;
}

/* Without a payload there is no hash of one. */
static bool
has_stray_hash(const struct row *r)
{
	static const unsigned char none[32];

	return r->payload_at < 0 && memcmp(r->payload_sha256, none, sizeof(none)) != 0;
}

static void
check_whole(struct verify *v, const struct row *r, struct bytes whole)
{
	struct str   header = { (const char *)whole.p, (size_t)r->block_at };
	struct bytes block = { whole.p + r->block_at, (size_t)r->block_b }, payload;
	char         line[128], urn[WARC_URN];

	if (!is_hash((struct bytes){ whole.p, whole.n - 4 }, r->sha256))
		verify_say(v, where_of(v, r), "the record is not the one that was captured: its SHA-256 differs from the index and the ledger");
	if (!says_digest(header, "WARC-Block-Digest", block))
		verify_say(v, where_of(v, r), "block changed: it does not have the WARC-Block-Digest that the record gives");
	if (r->payload_at >= 0) {
		payload = (struct bytes){ block.p + r->payload_at, block.n - (size_t)r->payload_at };
		if (!is_hash(payload, r->payload_sha256))
			verify_say(v, where_of(v, r), "payload changed: its SHA-256 differs from the index");
		if (str_find_nocase(header, STR("\r\nWARC-Payload-Digest:")) != STR_NONE &&
		    !says_digest(header, "WARC-Payload-Digest", payload))
			verify_say(v, where_of(v, r), "payload changed: it does not have the WARC-Payload-Digest that the record gives");
	}
	if (has_stray_hash(r) && r->capture != 0)
		verify_say(v, where_of(v, r), "the index has the hash of a payload, and the record has none");
	verify_header(v, where_of(v, r), &r->index, header, bytes_as_str(block));
	snprintf(line, sizeof(line), "<%s>", td_warc_urn(&r->uuid, urn));
	if (str_find_nocase(header, str_of(line)) == STR_NONE)
		verify_say(v, where_of(v, r), "the record in this place has another WARC-Record-ID");
}

static void
check_record(struct verify *v, const struct row *r)
{
	struct buf    whole = BUF_INIT(LIMIT_MESSAGE_B);
	unsigned char hash[32] = { 0 };
	struct err    err;
	enum err_code code = blob_read(v->s, &r->place, &whole, hash, &err);

	if (code != ERR_OK)
		verify_say(v, where_of(v, r), "cannot be read: %s", err.text);
	else if (r->block_at < 0 || r->block_b < 0 || r->payload_at < -1 || r->payload_at > r->block_b)
		verify_say(v, where_of(v, r), "the index says that its block or payload begins where none can");
	else if ((int64_t)whole.n != r->block_at + r->block_b + 4)
		verify_say(v, where_of(v, r), "the record has %zu bytes, not %lld", whole.n, (long long)(r->block_at + r->block_b + 4));
	else
		check_whole(v, r, buf_bytes(&whole));
	if (code == ERR_OK && memcmp(hash, r->member_sha256, 32) != 0)
		verify_say(v, where_of(v, r), "bytes of the file changed here, in how the record is packed");
	buf_free(&whole);
}

static bool
step_records(struct verify *v, int64_t *position)
{
	struct query q = db_query(&v->s->db, STMT_verify_records);
	struct row   r;
	int64_t      bytes = 0;
	bool         any = false;

	bind_i64(&q, *position);
	bind_i64_or_null(&q, v->only, 0);
	while (bytes < (int64_t)(v->is_gentle ? GENTLE_B : STEP_B) && db_row(&q)) {
		int64_t expected;

		load_row(v, &q, &r);
		expected = str_eq(r.segment, r.before_segment) ? r.before_end : 0;
		if (v->only == 0 && r.offset != expected)
			verify_say(v, where_of(v, &r), "a gap: the record before it ends at %lld", (long long)expected);
		if (r.is_shut)
			verify_shut(v, where_of(v, &r), &r.place, r.member_sha256);
		else
			check_record(v, &r);
		*position = r.seq;
		bytes += r.length;
		v->found->records++;
		v->found->doing = verify_place(v, "captures/%" STR_FMT, STR_ARG(r.segment));
		any = true;
	}
	if (v->is_gentle)
		return any;             /* nobody watches a bar */
	q = db_query(&v->s->db, STMT_verify_bytes_before);
	bind_i64(&q, *position);
	v->found->done_b = db_row(&q) ? col_i64(&q) : 0;
	return any;
}

/* ── the files as wholes ──────────────────────────────────────────────── */

static bool
hash_of_file(struct verify *v, struct str name, int64_t size, unsigned char ret[32])
{
	static unsigned char step[256 * KiB];
	char                 path[PATH_MAX];
	struct sha256       *h = td_sha256_create();
	int                  fd;
	int64_t              at = 0;
	ssize_t              n = 0;

	snprintf(path, sizeof(path), "%" STR_FMT "/captures/%" STR_FMT, STR_ARG(v->s->dir), STR_ARG(name));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	while (fd >= 0 && h != NULL && (n = pread(fd, step, sizeof(step), at)) > 0) {
		td_sha256_add(h, (struct bytes){ step, (size_t)n });
		at += n;
	}
	if (h != NULL)
		td_sha256_end(h, ret);
	td_sha256_destroy(h);
	if (fd >= 0)
		close(fd);
	return fd >= 0 && n == 0 && at == size;
}

static bool
step_files(struct verify *v, int64_t *position)
{
	struct query  q = db_query(&v->s->db, STMT_verify_segment_after);
	struct str    name, where;
	struct stat   st;
	int64_t       bytes, sealed, known;
	bool          is_odd;
	unsigned char want[32], got[32];
	char          path[PATH_MAX];

	bind_i64(&q, *position);
	if (v->only != 0 || !db_row(&q))
		return false;
	name = col_str(&q, v->a);
	bytes = col_i64(&q);
	sealed = col_i64(&q);
	col_hash(&q, want);
	known = col_i64(&q);
	is_odd = col_i64(&q) == 0;
	where = v->found->doing = verify_place(v, "captures/%" STR_FMT, STR_ARG(name));
	snprintf(path, sizeof(path), "%" STR_FMT "/%" STR_FMT, STR_ARG(v->s->dir), STR_ARG(where));
	if (stat(path, &st) != 0)
		verify_say(v, where, "the file is missing");
	else if (st.st_size < bytes)
		verify_say(v, where, "the file has %lld bytes, %lld were written: its end is missing", (long long)st.st_size, (long long)bytes);
	else if (st.st_size > bytes)
		verify_say(v, where, "the file has %lld bytes more than were written; no record of ours stands there", (long long)(st.st_size - bytes));
	else if (sealed && (!hash_of_file(v, name, bytes, got) || memcmp(got, want, 32) != 0))
		verify_say(v, where, "the file is not the one that was sealed: its SHA-256 differs from the ledger's");
	if (known != bytes)
		verify_say(v, where, "the index knows records up to byte %lld of %lld", (long long)known, (long long)bytes);
	if (is_odd)
		verify_say(v, where, "its row in the index contradicts itself: the day is not that of its name, or it is half sealed");
	++*position;
	return true;
}

/* ── the ledger ───────────────────────────────────────────────────────── */

enum { SALT_LINE_B = 5 + 32 + 1 };     /* "salt ", 16 bytes in hex, LF */

/* The whole statement again, from what the desk holds now; only its salt can be taken from nowhere else. */
static bool
is_stated(struct str statement, enum ledger_kind kind, int64_t time_us, struct str lines)
{
	static const unsigned char no_salt[16];
	struct buf                 again = BUF_INIT(LIMIT_MESSAGE_B);
	bool                       same;

	td_ledger_statement(&again, kind, time_us, NULL, 0, no_salt);
	again.n -= again.failed ? 0 : SALT_LINE_B;
	buf_add(&again, lines);
	buf_add(&again, STR("salt "));
	same = !again.failed && again.n + 32 + 1 == statement.n && memcmp(again.p, statement.p, again.n) == 0;
	buf_free(&again);
	return same;
}

static struct str
written(struct verify *v, const struct ledger_line *lines, size_t n)
{
	struct buf b = BUF_INIT(LIMIT_MESSAGE_B);
	struct str s;

	td_ledger_lines(&b, lines, n);
	s = arena_copy(v->a, buf_str(&b));
	buf_free(&b);
	return s;
}

struct str
verify_act(struct verify *v, int64_t seq)
{
	struct query q = db_query(&v->s->db, STMT_act_of);

	bind_i64(&q, seq);
	return db_row(&q) ? col_str(&q, v->a) : STR("");
}

static size_t
note_lines(struct verify *v, int64_t seq, struct ledger_line **ret)
{
	struct query      q = db_query(&v->s->db, STMT_verify_note_of);
	struct store_note note;
	int64_t           article, note_seq, version;

	bind_i64(&q, seq);
	if (!db_row(&q))
		return 0;
	note_seq = col_i64(&q);
	version = col_i64(&q);
	return note_load(v->s, v->a, note_seq, version, &note, &article) ? note_statement(v->a, &note, ret) : 0;
}

static size_t
seal_lines(struct verify *v, int64_t seq, struct ledger_line **ret)
{
	struct query        q = db_query(&v->s->db, STMT_verify_segment_of);
	struct ledger_line *lines = arena_array(v->a, 3, struct ledger_line);
	char                hex[SHA256_HEX_B];
	unsigned char       sha256[32];

	bind_i64(&q, seq);
	if (!db_row(&q))
		return 0;
	lines[0] = (struct ledger_line){ "subject", col_str(&q, v->a) };
	lines[1] = (struct ledger_line){ "bytes", verify_place(v, "%lld", (long long)col_i64(&q)) };
	col_hash(&q, sha256);
	lines[2] = (struct ledger_line){ "file", verify_place(v, "sha256:%s", td_hex(sha256, 32, hex)) };
	*ret = lines;
	return 3;
}

static void
check_statement(struct verify *v, int64_t seq, int64_t capture, int64_t time_us, struct str kind, struct str statement)
{
	struct str           where = verify_place(v, "ledger entry %lld", (long long)seq), said;
	struct ledger_line  *lines = NULL;
	struct store_capture c;
	enum ledger_kind     k = LEDGER_CAPTURE;
	size_t               n = 0;

	while (k < LEDGER_KIND__COUNT && !str_eq(kind, str_of(ledger_kind_name[k])))
		k++;
	if (k == LEDGER_CAPTURE && capture != 0 && capture_load(v->s, v->a, capture, &c))
		n = capture_statement(v->a, &c, &lines);
	else if (k == LEDGER_NOTE)
		n = note_lines(v, seq, &lines);
	else if (k == LEDGER_SEAL)
		n = seal_lines(v, seq, &lines);
	else if (k == LEDGER_TOMBSTONE)
		n = verify_tombstone_lines(v, seq, &lines);
	said = k > LEDGER_SEAL && k != LEDGER_TOMBSTONE ? verify_act(v, seq) : written(v, lines, n);
	if (said.n == 0)
		verify_say(v, where, "nothing at this desk is what it speaks of");
	else if (!is_stated(statement, k, time_us, said))
		verify_say(v, where, "its statement (%" STR_FMT ": %" STR_FMT ") does not agree with what the desk holds", STR_ARG(kind),
		    STR_ARG(str_sub(said, sizeof("subject ") - 1, str_find_char(said, '\n'))));
}

static bool
step_ledger(struct verify *v, int64_t *position)
{
	struct query q = db_query(&v->s->db, STMT_verify_ledger);
	bool         any = false;

	bind_i64(&q, *position);
	bind_i64_or_null(&q, v->only, 0);
	while (db_row(&q)) {
		int64_t       seq = col_i64(&q), time_us = col_i64(&q), capture, erasure;
		struct str    kind = col_str(&q, v->a), entry = col_str(&q, v->a), statement = col_str(&q, v->a);
		unsigned char leaf[32], want[32];
		struct err    err;

		col_hash(&q, want);
		capture = col_i64(&q);
		erasure = col_i64(&q);
		if (v->only == 0 && seq != *position)
			verify_say(v, verify_place(v, "ledger entry %lld", (long long)*position), "missing; the next one is %lld", (long long)seq);
		td_ledger_leaf(bytes_of(entry), leaf);
		if (memcmp(leaf, want, 32) != 0)
			verify_say(v, verify_place(v, "ledger entry %lld", (long long)seq), "entry changed: it does not have its leaf hash");
		if (erasure >= 0 && statement.n == 0) {
			verify_erased(v, seq, erasure, capture);
		} else {
			if (td_ledger_check(bytes_of(entry), bytes_of(statement), &err) != ERR_OK)
				verify_say(v, verify_place(v, "ledger entry %lld", (long long)seq), "%s", err.text);
			check_statement(v, seq, capture, time_us, kind, statement);
		}
		*position = seq + 1;
		v->found->entries++;
		any = true;
	}
	v->found->doing = STR("ledger");
	return any;
}

/* The ledger entry that the statement finds, if any. */
static void
say_entry(struct verify *v, enum stmt stmt, const char *what)
{
	struct query q = db_query(&v->s->db, stmt);

	if (db_row(&q))
		verify_say(v, verify_place(v, "ledger entry %lld", (long long)col_i64(&q)), "%s", what);
	db_run(&q);
}

/* Rows that no other step comes by, or that it would take for nothing. */
static void
check_odd_rows(struct verify *v)
{
	struct query q = db_query(&v->s->db, STMT_verify_lost_segment);
	struct str   name = db_row(&q) ? col_str(&q, v->a) : STR("");

	if (name.n > 0)
		verify_say(v, verify_place(v, "captures/%" STR_FMT, STR_ARG(name)), "records stand in it, and the index has no such file");
	db_run(&q);
	q = db_query(&v->s->db, STMT_verify_odd_place);
	if (db_row(&q)) {
		struct id id = col_id(&q);
		char      shown[ID_SHOWN];

		verify_say(v, verify_place(v, "index (capture: %s)", id_show(ID_CAPTURE, &id, shown)), "its records are not counted from 0 without a hole");
	}
	db_run(&q);
	q = db_query(&v->s->db, STMT_verify_odd_key);
	if (db_row(&q) && col_i64(&q) > 0)
		verify_say(v, STR("ledger/key"), "a key of the log names an entry that announced no key");
	say_entry(v, STMT_verify_odd_how, "its capture came in a way that there is not");
	say_entry(v, STMT_verify_odd_date, "the date of its note's dateline is none");
}

static bool
step_rows(struct verify *v, int64_t *position)
{
	struct query q;
	struct str   complaint;
	int64_t      n;

	v->found->doing = STR("tidings.db");
	if (v->only != 0 || *position > 0)
		return false;
	q = db_query(&v->s->db, STMT_verify_unstated);
	if (db_row(&q) && (n = col_i64(&q)) > 0)
		verify_say(v, STR("tidings.db"), "%lld published versions of notes are not in the ledger", (long long)n);
	check_odd_rows(v);
	verify_acts(v);
	complaint = v->is_gentle ? STR("") : db_complaint(&v->s->db, v->a);
	if (complaint.n > 0)
		verify_say(v, STR("tidings.db"), "%" STR_FMT, STR_ARG(complaint));
	*position = 1;
	return true;
}

enum err_code
on_verify_step(struct store *s, struct arena *a, const struct store_verify_ask *ask, struct store_verify_found *ret,
	struct err *err)
{
	static bool (*const steps[STEP__COUNT])(struct verify *, int64_t *) = { step_records, step_files, step_ledger,
		verify_tiles, verify_checkpoints, step_rows };
	struct verify v = { s, a, ret, 0, ask->is_gentle };
	struct query  q;
	char          shown[ID_SHOWN];

	if (ask->step < 0 || ask->step >= STEP__COUNT || ask->position < 0)
		return err_set(err, ERR_FORMAT, "verify has no step %lld", (long long)ask->step);
	if (!id_is_none(&ask->only) && (v.only = capture_seq(s, &ask->only)) == 0)
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such capture", id_show(ID_CAPTURE, &ask->only, shown));
	q = db_query(&s->db, STMT_segment_count);
	if (db_row(&q)) {
		(void)col_i64(&q);
		ret->total_b = col_i64(&q);
	}
	ret->done_b = ret->total_b;
	ret->step = ask->step;
	ret->position = ask->position;
	if (!steps[ask->step](&v, &ret->position)) {
		ret->step++;
		ret->position = 0;
	}
	ret->done = ret->step == STEP__COUNT;
	return db_failed(&s->db, err);
}
