#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/statements.h"
#include "store/store_private.h"
#include "store/tombstone.h"

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "warc/gzip.h"

#define DUE_N     16                    /* tombstones of one segment that wait at a time */
#define HEADER_B  (64 * KiB)            /* a record's header; addresses are at most LIMIT_URL_B */

static enum err_code
io_failed(struct err *err, struct str path, const char *what)
{
	return err_set(err, ERR_IO, "%" STR_FMT ": %s: %s", STR_ARG(path), what, strerror(errno));
}

int
blob_file(struct store *s, const char *name, int flags)
{
	return open(desk_path(s, "captures", name).p, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory while opening");
	_exit(70);
}

/* The segment that was written last takes more, if it is what the database says. */
static void
resume(struct store *s)
{
	struct query q = db_query(&s->db, STMT_segment_open);
	struct arena a;
	struct str   name, day;

	if (!db_row(&q))
		return;
	arena_init(&a, MiB, full, NULL);
	name = col_str(&q, &a);
	day = col_str(&q, &a);
	snprintf(s->blobs.name, sizeof(s->blobs.name), "%" STR_FMT, STR_ARG(name));
	snprintf(s->blobs.day, sizeof(s->blobs.day), "%" STR_FMT, STR_ARG(day));
	s->blobs.committed = s->blobs.end = col_i64(&q);
	db_run(&q);
	arena_free(&a);
	s->blobs.fd = blob_file(s, s->blobs.name, O_RDWR | O_APPEND);
	/* A damaged segment gets no more: the next capture begins another. */
	if (s->blobs.fd >= 0 && lseek(s->blobs.fd, 0, SEEK_END) != s->blobs.committed)
		s->blobs.day[0] = '\0';
}

enum err_code
blob_open(struct store *s, struct err *err)
{
	s->blobs = (struct blobs){ .fd = -1 };
	if (s->read_only)
		return ERR_OK;
	resume(s);
	if (recover_captures(s, err) != ERR_OK)
		return err->code;
	blob_close(s);
	s->blobs = (struct blobs){ .fd = -1 };
	resume(s);
	return db_failed(&s->db, err);
}

void
blob_close(struct store *s)
{
	if (s->blobs.fd >= 0)
		close(s->blobs.fd);
	s->blobs.fd = -1;
}

/* ── writing ──────────────────────────────────────────────────────────── */

/* As it will be when an erasure that is under way has reached the disk. */
static enum err_code
hash_file(struct store *s, const char *name, int64_t size, unsigned char ret[32], struct err *err)
{
	struct tombstone due[DUE_N], t;
	size_t           n = 0;

	for (int64_t i = 0; tombstone_next_due(s, i, &t); i++)
		if (strcmp(t.at.segment, name) == 0 && n < DUE_N)
			due[n++] = t;
	if (n == DUE_N)
		return err_set(err, ERR_BUSY, "captures/%s: an erasure is not finished; it was not sealed", name);
	return tombstone_hash_segment(s, name, size, due, n, ret, err);
}

/* Nothing will be added to it any more; the ledger says what it is. */
enum err_code
blob_seal(struct store *s, struct err *err)
{
	char               hash[SHA256_HEX_B + 8], bytes[32];
	unsigned char      sha256[32];
	struct ledger_line lines[3];
	struct query       q;
	int64_t            seq;

	if (hash_file(s, s->blobs.name, s->blobs.committed, sha256, err) != ERR_OK)
		return err->code;
	memcpy(hash, "sha256:", 7);
	td_hex(sha256, 32, hash + 7);
	snprintf(bytes, sizeof(bytes), "%lld", (long long)s->blobs.committed);
	lines[0] = (struct ledger_line){ "subject", str_of(s->blobs.name) };
	lines[1] = (struct ledger_line){ "bytes", str_of(bytes) };
	lines[2] = (struct ledger_line){ "file", str_of(hash) };
	seq = ledger_add(s, LEDGER_SEAL, os_now_us(), lines, 3);
	q = db_query(&s->db, STMT_segment_seal);
	bind_cstr(&q, s->blobs.name);
	bind_blob(&q, sha256, 32);
	bind_i64(&q, seq);
	db_run(&q);
	memcpy(s->blobs.old, s->blobs.name, sizeof(s->blobs.old));
	return db_failed(&s->db, err);
}

/* The record as a gzip member; a sealed one once more, as the block of its outer record. */
static bool
pack(struct store *s, struct buf *record, const struct id *seals, struct blob_place *place, struct buf *ret, struct err *err)
{
	const enum gzip_effort effort = s->is_crowded ? GZIP_FAST : GZIP_SMALL;
	struct buf             inner = BUF_INIT(ret->limit), outer = BUF_INIT(ret->limit);
	bool                   good;

	if (record->failed || seals == NULL)
		return !record->failed && td_gzip_member(ret, buf_bytes(record), effort, err) == ERR_OK;
	os_random(place->key, sizeof(place->key));
	place->is_sealed = true;
	good = td_gzip_member(&inner, buf_bytes(record), effort, err) == ERR_OK;
	sealed_write(&outer, seals, buf_bytes(&inner), place->key);
	good = good && !outer.failed && td_gzip_member(ret, buf_bytes(&outer), GZIP_FAST, err) == ERR_OK;
	buf_free(&inner);
	buf_free(&outer);
	return good;
}

/* seals: the id of a record that is to be sealed, or NULL. */
static enum err_code
write_member(struct store *s, struct buf *record, const struct id *seals, struct blob_place *place, struct err *err)
{
	struct buf    member = BUF_INIT(record->n + record->n / 8 + HEADER_B);
	enum err_code code;

	if (!pack(s, record, seals, place, &member, err))
		code = err_set(err, ERR_LIMIT, "a record of %zu bytes could not be packed; the capture was not saved", record->n);
	else if ((code = os_append(s->blobs.fd, buf_bytes(&member), err)) != ERR_OK)
		err_in(err, "captures/%s (the capture was not saved)", s->blobs.name);
	if (code == ERR_OK) {
		memcpy(place->segment, s->blobs.name, sizeof(place->segment));
		place->offset = s->blobs.end;
		place->length = (int64_t)member.n;
		td_sha256(buf_bytes(&member), place->member_sha256);
		s->blobs.end += (int64_t)member.n;
		s->blobs.touched = true;
	}
	buf_free(&member);
	return code;
}

static void
add_info_row(struct store *s, const struct id *uuid, const struct blob_place *p, size_t record_n)
{
	struct query q = db_query(&s->db, STMT_record_add);

	bind_null(&q);
	bind_i64(&q, 0);
	bind_id(&q, uuid);
	bind_cstr(&q, "warcinfo");
	bind_cstr(&q, "");
	bind_cstr(&q, "application/warc-fields");
	bind_cstr(&q, p->segment);
	bind_i64(&q, p->offset);
	bind_i64(&q, p->length);
	bind_i64(&q, (int64_t)p->written.block_at);
	bind_i64(&q, (int64_t)(record_n - p->written.block_at) - 4);
	bind_i64(&q, -1);
	bind_blob(&q, p->written.record_sha256, 32);
	bind_blob(&q, p->written.payload_sha256, 32);
	bind_blob(&q, p->member_sha256, 32);
	bind_i64(&q, 0);
	db_run(&q);
}

void
blob_add_rows(struct store *s, const char day[9], const struct id *uuid, const struct blob_place *info, size_t record_n)
{
	struct query q = db_query(&s->db, STMT_segment_add);

	bind_cstr(&q, info->segment);
	bind_cstr(&q, day);
	bind_i64(&q, info->offset + info->length);
	db_run(&q);
	add_info_row(s, uuid, info, record_n);
}

static enum err_code
start_segment(struct store *s, const char day[9], struct err *err)
{
	struct query      q = db_query(&s->db, STMT_segment_count);
	int64_t           count = db_row(&q) ? col_i64(&q) : 0;
	struct id         uuid = os_random_uuid();
	struct blob_place place = { 0 };
	struct buf        record = BUF_INIT(HEADER_B);
	enum err_code     code;

	blob_close(s);
	snprintf(s->blobs.name, sizeof(s->blobs.name), "%s-%06d.warc.gz", day, (int)(count % 1000000) + 1);
	memcpy(s->blobs.day, day, 9);
	s->blobs.committed = s->blobs.end = 0;
	s->blobs.fd = blob_file(s, s->blobs.name, O_RDWR | O_CREAT | O_EXCL | O_APPEND);
	if (s->blobs.fd < 0)
		return io_failed(err, desk_path(s, "captures", s->blobs.name), "cannot be made; the capture was not saved");
	s->blobs.touched = s->blobs.is_new = true;
	if (os_sync_dir(desk_path(s, "captures", ""), err) != ERR_OK)
		return err->code;
	td_warc_info(&record, &uuid, os_now_us(), str_of(s->blobs.name), STR("Tidings/" TIDINGS_VERSION), &place.written);
	code = write_member(s, &record, NULL, &place, err);
	if (code == ERR_OK)
		blob_add_rows(s, day, &uuid, &place, record.n);
	buf_free(&record);
	return code;
}

enum err_code
blob_begin(struct store *s, struct err *err)
{
	struct civil now = civil_from_instant(os_now_us());
	char         day[9];

	snprintf(day, sizeof(day), "%04u%02u%02u", (unsigned)now.year % 10000, (unsigned)now.month % 100, (unsigned)now.day % 100);
	if (s->blobs.fd >= 0 && strcmp(day, s->blobs.day) == 0 && s->blobs.committed < (int64_t)LIMIT_SEGMENT_B)
		return ERR_OK;
	if (s->blobs.fd >= 0 && s->blobs.day[0] != '\0' && blob_seal(s, err) != ERR_OK) {
		if (db_failed(&s->db, err) != ERR_OK)
			return err->code;
		/* Damage to what is old must not stop what is new: it stays without a seal, and verify reports it. */
		os_log(LOG_LEVEL_ERROR, "store", "%s", err->text);
		*err = (struct err){ 0 };
	}
	return start_segment(s, day, err);
}

enum err_code
blob_append(struct store *s, const struct warc_header *header, struct bytes block, int64_t payload_at, bool seals,
	struct blob_place *ret, struct err *err)
{
	struct buf        record = BUF_INIT(block.n + HEADER_B);
	struct blob_place place = { 0 };
	enum err_code     code;

	td_warc_write(&record, header, block, payload_at, &place.written);
	code = write_member(s, &record, seals ? &header->uuid : NULL, &place, err);
	buf_free(&record);
	if (code == ERR_OK)
		*ret = place;
	return code;
}

enum err_code
blob_sync(struct store *s, struct err *err)
{
	struct query q = db_query(&s->db, STMT_segment_grow);

	bind_cstr(&q, s->blobs.name);
	bind_i64(&q, s->blobs.end);
	db_run(&q);
	return os_sync(s->blobs.fd, desk_path(s, "captures", s->blobs.name), err);
}

void
blob_settle(struct store *s)
{
	if (s->blobs.old[0] != '\0')
		(void)chmod(desk_path(s, "captures", s->blobs.old).p, 0444);    /* a courtesy; the ledger is the proof */
	s->blobs.old[0] = '\0';
	s->blobs.committed = s->blobs.end;
	s->blobs.touched = s->blobs.is_new = false;
}

void
blob_abandon(struct store *s)
{
	if (!s->blobs.touched && s->blobs.old[0] == '\0')
		return;
	if (s->blobs.touched && s->blobs.fd >= 0 && ftruncate(s->blobs.fd, s->blobs.is_new ? 0 : s->blobs.committed) != 0)
		os_log(LOG_LEVEL_WARN, "store", "segment=%s not cut back; the next start does it", s->blobs.name);
	/* Start over from what the database knows. */
	if (s->blobs.is_new)
		(void)unlink(desk_path(s, "captures", s->blobs.name).p);        /* empty, and no row names it */
	blob_close(s);
	s->blobs = (struct blobs){ .fd = -1 };
	resume(s);
}

/* ── reading ──────────────────────────────────────────────────────────── */

/* The bytes of the file, all of them. */
static enum err_code
read_packed(struct store *s, const struct blob_ref *r, struct buf *ret, struct err *err)
{
	char   *p = r->length > 0 ? buf_room(ret, (size_t)r->length) : NULL;
	int     fd = blob_file(s, r->segment, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return err_set(err, ERR_MISSING, "captures/%s: %s", r->segment, strerror(errno));
	n = p != NULL ? pread(fd, p, (size_t)r->length, r->offset) : -1;
	close(fd);
	ret->n = n > 0 ? (size_t)n : 0;
	return n == r->length ? ERR_OK :
	    err_set(err, ERR_FORMAT, "captures/%s: ends before offset %lld", r->segment, (long long)(r->offset + r->length));
}

static enum err_code
unpack(const struct blob_ref *r, struct bytes packed, struct buf *ret, struct err *err)
{
	size_t        used;
	enum err_code code = td_gunzip_member(ret, packed, ret->limit, &used, err);

	if (code == ERR_OK && used != packed.n)
		code = err_set(err, ERR_FORMAT, "captures/%s at %lld: the gzip member is %zu bytes, not %zu", r->segment,
		    (long long)r->offset, used, packed.n);
	return code;
}

/* What a sealed record's place in the file holds, as its own member. */
static enum err_code
open_sealed(const struct blob_ref *r, struct buf *packed, struct err *err)
{
	struct buf    outer = BUF_INIT(packed->n + HEADER_B);
	enum err_code code = unpack(r, buf_bytes(packed), &outer, err);

	buf_reset(packed);
	if (code == ERR_OK)
		code = sealed_read(buf_bytes(&outer), &r->uuid, r->key, packed, err);
	buf_free(&outer);
	return code;
}

enum err_code
blob_find(struct store *s, const struct id *uuid, struct blob_ref *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_record_place);

	bind_id(&q, uuid);
	*ret = (struct blob_ref){ .uuid = *uuid };
	if (!db_row(&q))
		return db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_MISSING, "a record that the index does not know");
	col_text(&q, ret->segment, sizeof(ret->segment));
	ret->offset = col_i64(&q);
	ret->length = col_i64(&q);
	ret->is_sealed = col_i64(&q) != 0;
	col_hash(&q, ret->key);
	return ERR_OK;
}

enum err_code
blob_read_member(struct store *s, const struct blob_ref *r, struct buf *ret, struct err *err)
{
	enum err_code code = read_packed(s, r, ret, err);

	return code == ERR_OK && r->is_sealed ? open_sealed(r, ret, err) : code;
}

enum err_code
blob_read(struct store *s, const struct blob_ref *r, struct buf *ret, unsigned char ret_sha256[32], struct err *err)
{
	struct buf    packed = BUF_INIT((size_t)r->length + HEADER_B);
	enum err_code code = read_packed(s, r, &packed, err);

	if (ret_sha256 != NULL)
		td_sha256(buf_bytes(&packed), ret_sha256);
	if (code == ERR_OK && r->is_sealed)
		code = open_sealed(r, &packed, err);
	if (code == ERR_OK)
		code = unpack(r, buf_bytes(&packed), ret, err);
	buf_free(&packed);
	return code;
}
