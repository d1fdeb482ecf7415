/*
 * After a crash: what stands in captures/ behind the last committed byte.
 *
 * Whole captures (all records and the closing one, every hash right) are
 * brought in as if the commit had happened; whatever else is there goes to
 * trash/ and is cut off.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "store/closing.h"
#include "store/statements.h"
#include "store/store_private.h"
#include "warc/gzip.h"
#include "warc/read.h"

#define TAIL_B   (4 * LIMIT_MESSAGE_B)          /* more than a crash can leave of one group */
#define MEMORY_B (2 * TAIL_B)
#define MEMBER_B (LIMIT_BODY_B + MiB)

static enum err_code
io_failed(struct err *err, struct str path, const char *what)
{
	return err_set(err, ERR_IO, "%" STR_FMT ": %s: %s", STR_ARG(path), what, strerror(errno));
}

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory while opening");
	_exit(70);
}


/* What was written and never acknowledged goes to trash/ before it is cut off: it may be all of a capture. */
static enum err_code
save_tail(struct store *s, int fd, const char *name, int64_t from, int64_t to, struct err *err)
{
	char          tail[128];
	unsigned char step[4096];
	int           out;

	snprintf(tail, sizeof(tail), "%s.from-%lld-%lld", name, (long long)from, (long long)os_now_us());
	out = open(desk_path(s, "trash", tail).p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return io_failed(err, desk_path(s, "trash", tail), "cannot be made");
	while (from < to) {
		ssize_t n = pread(fd, step, sizeof(step), from);

		if (n <= 0 || write(out, step, (size_t)n) != n) {
			close(out);
			return io_failed(err, desk_path(s, "trash", tail), "cannot be written");
		}
		from += n;
	}
	if (fsync(out) != 0 || close(out) != 0)
		return io_failed(err, desk_path(s, "trash", tail), "cannot be written");
	return ERR_OK;
}

/* One record of the tail, and where it stands. */
struct found {
	struct store_record_new record;         /* without its block */
	struct blob_place       place;
	size_t                  record_b;       /* uncompressed, with its end */
};

struct tail {
	struct store *s;
	struct arena  a;
	struct bytes  bytes;
	const char   *name;                     /* of the segment */
	int64_t       from;                     /* offset of bytes in it */
	size_t        at;                       /* where the next member begins */
	struct found *found;                    /* since the last whole capture */
	size_t        found_n;
};

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* <urn:uuid:…>, as we write it. */
static bool
take_uuid(struct str s, struct id *ret)
{
	size_t n = 0;

	if (!str_starts(s, STR("<urn:uuid:")) || s.n != WARC_URN - 1 + 2)
		return false;
	for (size_t i = 10; i < s.n - 1; i++) {
		int v = hex_digit(s.p[i]);

		if (s.p[i] == '-')
			continue;
		if (v < 0 || n == 32)
			return false;
		ret->b[n / 2] = (unsigned char)(n % 2 == 0 ? v << 4 : ret->b[n / 2] | v);
		n++;
	}
	return n == 32;
}

static int
type_of(struct str s)
{
	for (int i = 0; i < RECORD_TYPE__COUNT; i++)
		if (str_eq(s, str_of(record_type_name[i])))
			return i;
	return -1;
}

static bool
note_record(struct tail *t, const struct warc_record *record, struct bytes whole, struct found *f)
{
	int type = type_of(td_warc_field(record, STR("WARC-Type")));

	if (!take_uuid(td_warc_field(record, STR("WARC-Record-ID")), &f->record.uuid))
		return false;
	f->record.type = type < 0 ? RECORD_METADATA : (enum record_type)type;
	f->record.target_url = arena_copy(&t->a, td_warc_field(record, STR("WARC-Target-URI")));
	(void)instant_parse_iso(td_warc_field(record, STR("WARC-Date")), &f->record.date_us);
	f->record.content_type = arena_copy(&t->a, td_warc_field(record, STR("Content-Type")));
	f->record.block = bytes_of(arena_copy(&t->a, bytes_as_str(record->block)));
	f->place.written.block_at = (size_t)(record->block.p - whole.p);
	td_sha256((struct bytes){ whole.p, whole.n - 4 }, f->place.written.record_sha256);
	f->record_b = whole.n;
	return true;
}

/* The member at t->at; false: there is no whole one of ours. */
static bool
next_record(struct tail *t, struct found *f)
{
	struct bytes        rest = { t->bytes.p + t->at, t->bytes.n - t->at };
	struct warc_reader *r = arena_new(&t->a, struct warc_reader);
	struct buf          whole = BUF_INIT(MEMBER_B);
	struct warc_record  record;
	struct err          err;
	size_t              used = 0;
	bool                ok = rest.n > 0 && td_gunzip_member(&whole, rest, MEMBER_B, &used, &err) == ERR_OK && whole.n > 4;

	*f = (struct found){ 0 };
	if (ok) {
		td_warc_open(r, buf_bytes(&whole), MEMBER_B);
		ok = td_warc_next(r, &record) && !record.is_cut && note_record(t, &record, buf_bytes(&whole), f);
		td_warc_close(r);
	}
	if (ok) {
		snprintf(f->place.segment, sizeof(f->place.segment), "%s", t->name);
		f->place.offset = t->from + (int64_t)t->at;
		f->place.length = (int64_t)used;
		td_sha256((struct bytes){ rest.p, used }, f->place.member_sha256);
		t->at += used;
	}
	buf_free(&whole);
	return ok;
}

/* The records before the closing one are those that it names, in that order, with those hashes? */
static bool
fits(const struct tail *t, const struct closing *c)
{
	if (t->found_n != c->capture.records.n)
		return false;
	for (size_t i = 0; i < t->found_n; i++)
		if (memcmp(t->found[i].place.written.record_sha256, c->sha256[i], 32) != 0 ||
		    c->capture.records.v[i].payload_at > (int64_t)t->found[i].record.block.n)
			return false;
	return true;
}

/* All rows of it, as the commit would have made them. */
static bool
bring_in(struct tail *t, const struct found *last)
{
	const size_t       n = t->found_n + 1;
	struct blob_place *places = arena_array(&t->a, n, struct blob_place);
	struct closing     c;
	struct err         err;
	char               shown[ID_SHOWN];

	if (closing_read(&t->a, last->record.block, &c, &err) != ERR_OK || !fits(t, &c))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct found      *f = i < t->found_n ? &t->found[i] : last;
		struct store_record_new *r = &c.capture.records.v[i];
		int64_t                  payload_at = i < t->found_n ? r->payload_at : -1;

		*r = f->record;
		r->payload_at = payload_at;
		places[i] = f->place;
		if (payload_at >= 0)
			td_sha256((struct bytes){ r->block.p + payload_at, r->block.n - (size_t)payload_at },
			    places[i].written.payload_sha256);
	}
	c.capture.records.n = n;
	(void)capture_insert(t->s, &t->a, &c.id, &c.capture, places);
	os_log(LOG_LEVEL_WARN, "store", "capture=%s was whole on the disk and is brought in", id_show(ID_CAPTURE, &c.id, shown));
	return t->s->db.err.code == ERR_OK;
}

/* How far whole captures go; their rows are made on the way. */
static int64_t
adopt(struct tail *t)
{
	int64_t      good = (int64_t)t->at;
	struct found f;

	t->found = arena_array(&t->a, LIMIT_RECORDS_N, struct found);
	while (t->found_n < LIMIT_RECORDS_N && next_record(t, &f)) {
		if (f.record.type == RECORD_METADATA && closing_is(f.record.block)) {
			if (!bring_in(t, &f))
				break;
			good = (int64_t)t->at;
			t->found_n = 0;
		} else {
			t->found[t->found_n++] = f;
		}
	}
	return t->from + good;
}

/* What is behind `from`, in memory; false: nothing, or it cannot be read. */
static bool
load_tail(struct tail *t, int fd, int64_t from, int64_t size)
{
	char  *p;
	size_t n = size - from < (int64_t)TAIL_B ? (size_t)(size - from) : TAIL_B;

	t->from = from;
	p = arena_take(&t->a, n + 1);
	t->bytes = (struct bytes){ (unsigned char *)p, n };
	return n > 0 && pread(fd, p, n, from) == (ssize_t)n;
}

/*
 * Bring in what is whole behind `from`, in one transaction.  The bytes reach
 * the disk first: after a kill they may be in the kernel's memory only.
 * *ret_end: what belongs to the desk now ends there.
 */
static enum err_code
adopt_tail(struct store *s, int fd, const char *name, int64_t from, int64_t size, bool is_new, int64_t *ret_end, struct err *err)
{
	struct tail   t = { .s = s, .name = name };
	struct found  info;
	enum err_code code = ERR_OK;
	struct query  q;
	char          day[9];

	*ret_end = from;
	arena_init(&t.a, MEMORY_B, full, NULL);
	snprintf(day, sizeof(day), "%.8s", name);
	if (load_tail(&t, fd, from, size) && fdatasync(fd) == 0) {
		db_begin(&s->db);
		db_set_who(&s->db, STR("owner"));
		if (is_new && next_record(&t, &info)) {
			/* The one before it was to be sealed in the same transaction. */
			if (s->blobs.name[0] != '\0' && blob_seal(s, err) != ERR_OK)
				os_log(LOG_LEVEL_ERROR, "store", "%s", err->text);
			blob_add_rows(s, day, &info.record.uuid, &info.place, info.record_b);
		}
		if (!is_new || t.at > 0)
			*ret_end = adopt(&t);
		q = db_query(&s->db, STMT_segment_grow);
		bind_cstr(&q, name);
		bind_i64(&q, *ret_end);
		db_run(&q);
		/* A segment without a capture was for one that did not come. */
		code = db_end(&s->db, is_new ? *ret_end > info.place.length : *ret_end > from, err);
		if (code != ERR_OK || (is_new && *ret_end <= info.place.length))
			*ret_end = from;
	}
	arena_free(&t.a);
	return code;
}

/* The segment that was written last: whole captures come in, the rest is cut.  A file that is shorter is not touched. */
static enum err_code
recover_open(struct store *s, struct err *err)
{
	const char   *name = s->blobs.name;
	int64_t       committed = s->blobs.committed;
	int           fd = blob_file(s, name, O_RDWR);
	struct stat   st;
	enum err_code code = ERR_OK;

	if (fd < 0 || fstat(fd, &st) != 0) {
		os_log(LOG_LEVEL_ERROR, "store", "segment=%s missing; run verify", name);
		if (fd >= 0)
			close(fd);
		return ERR_OK;
	}
	if (st.st_size < committed)
		os_log(LOG_LEVEL_ERROR, "store", "segment=%s short_by=%lld; run verify", name, (long long)(committed - st.st_size));
	if (st.st_size > committed)
		code = adopt_tail(s, fd, name, committed, st.st_size, false, &committed, err);
	if (code == ERR_OK && st.st_size > committed) {
		os_log(LOG_LEVEL_WARN, "store", "segment=%s cut_back_to=%lld was=%lld; the rest is no whole capture, see trash/",
		    name, (long long)committed, (long long)st.st_size);
		code = save_tail(s, fd, name, committed, st.st_size, err);
		if (code == ERR_OK && (ftruncate(fd, committed) != 0 || fsync(fd) != 0))
			code = io_failed(err, desk_path(s, "captures", name), "cannot be cut back");
	}
	close(fd);
	return code;
}

static enum err_code
to_trash(struct store *s, const char *name, struct err *err)
{
	char from[PATH_MAX], to[NAME_MAX + 1];

	snprintf(from, sizeof(from), "%s", desk_path(s, "captures", name).p);
	snprintf(to, sizeof(to), "%.200s.%lld", name, (long long)os_now_us());
	if (rename(from, desk_path(s, "trash", to).p) != 0)
		return io_failed(err, str_of(from), "cannot be moved to trash/");
	os_log(LOG_LEVEL_WARN, "store", "segment=%s moved to trash/: there is no whole capture in it", name);
	return ERR_OK;
}

/* A segment's file that no row knows: begun in the transaction that never was. */
static enum err_code
recover_stranger(struct store *s, const char *name, struct err *err)
{
	int           fd = blob_file(s, name, O_RDWR);
	struct stat   st;
	int64_t       end = 0;
	enum err_code code = ERR_OK;

	if (fd >= 0 && fstat(fd, &st) == 0 && strlen(name) < SEGMENT_NAME)
		code = adopt_tail(s, fd, name, 0, st.st_size, true, &end, err);
	if (code == ERR_OK && end > 0 && st.st_size > end) {
		code = save_tail(s, fd, name, end, st.st_size, err);
		if (code == ERR_OK && (ftruncate(fd, end) != 0 || fsync(fd) != 0))
			code = io_failed(err, desk_path(s, "captures", name), "cannot be cut back");
	}
	if (fd >= 0)
		close(fd);
	return code == ERR_OK && end == 0 ? to_trash(s, name, err) : code;
}

enum err_code
recover_captures(struct store *s, struct err *err)
{
	struct os_names names;
	struct arena    a;
	enum err_code   code = s->blobs.name[0] != '\0' ? recover_open(s, err) : ERR_OK;

	arena_init(&a, 64 * MiB, full, NULL);
	if (code == ERR_OK)
		code = os_list_dir(&a, desk_path(s, "captures", ""), &names, err);
	for (size_t i = 0; code == ERR_OK && i < names.n; i++) {
		struct query q = db_query(&s->db, STMT_segment_find);
		char         name[NAME_MAX + 1];
		bool         known;

		bind_str(&q, names.v[i]);
		known = db_row(&q);
		db_run(&q);
		snprintf(name, sizeof(name), "%" STR_FMT, STR_ARG(names.v[i]));
		if (!known && str_ends(names.v[i], STR(".warc.gz")))
			code = recover_stranger(s, name, err);
	}
	arena_free(&a);
	return code;
}
