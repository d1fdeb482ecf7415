#include "store/statements.h"
#include "store/tombstone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/file.h"
#include "os/log.h"
#include "warc/gzip.h"

#define LINE_B   64                     /* of filling, with its end */
#define STEP_B   (256 * KiB)
#define TRIES_N  4                      /* stored blocks more than are needed */

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory at an erasure; ended, the next start goes on with it");
	_exit(70);
}

/* What it says, and filling up to block_n bytes. */
static void
put_block(struct buf *out, const struct tombstone *t, size_t block_n)
{
	char   shown[CIVIL_SHOWN];
	size_t from = out->n;

	buf_addf(out, "tidings-tombstone/1\r\nThe records that stood here were erased on %s.\r\n"
	    "Entry %lld of this desk's ledger says so.\r\n", instant_iso_us(t->time_us, shown), (long long)t->erasure);
	while (!out->failed && out->n - from < block_n)
		buf_add_char(out, (out->n - from) % LINE_B == LINE_B - 2 ? '\r' : (out->n - from) % LINE_B == LINE_B - 1 ? '\n' : '.');
}

/* The record with a block of this length; false: what it has to say is longer. */
static bool
make_record(const struct tombstone *t, size_t block_n, struct buf *out, struct warc_written *ret)
{
	const struct warc_header h = { .type = STR("metadata"), .uuid = t->at.uuid, .date_us = t->time_us,
		.content_type = STR("text/plain") };
	struct buf               block = BUF_INIT(block_n + KiB);
	bool                     fits;

	put_block(&block, t, block_n);
	fits = !block.failed && block.n == block_n;
	if (fits)
		td_warc_write(out, &h, buf_bytes(&block), -1, ret);
	buf_free(&block);
	return fits && !out->failed;
}

/* The record of `want` bytes.  Its header block's length depends on the digits of its block's, which depends on the former. */
static bool
fit_record(const struct tombstone *t, size_t want, struct buf *out, struct warc_written *ret)
{
	size_t head = 280;

	for (int i = 0; i < 4 && want > head + 4; i++) {
		buf_reset(out);
		if (!make_record(t, want - head - 4, out, ret))
			return false;
		if (ret->block_at == head)
			return true;
		head = ret->block_at;
	}
	return false;
}

/* Some lengths cannot be had with one number of stored blocks; then with an empty one more. */
bool
tombstone_make(const struct tombstone *t, struct buf *ret, struct blob_place *ret_place, size_t *ret_block_b)
{
	const size_t length = (size_t)t->at.length, least = length / 65540 + 1;
	struct buf   record = BUF_INIT(length + KiB);
	bool         good = false;

	*ret_place = (struct blob_place){ 0 };
	for (size_t blocks = least; !good && blocks < least + TRIES_N && length > 18 + 5 * blocks; blocks++)
		good = fit_record(t, length - 18 - 5 * blocks, &record, &ret_place->written) &&
		    td_gzip_stored(ret, buf_bytes(&record), blocks);
	*ret_block_b = record.n - ret_place->written.block_at - 4;
	buf_free(&record);
	if (!good)
		return false;
	memcpy(ret_place->segment, t->at.segment, sizeof(ret_place->segment));
	ret_place->offset = t->at.offset;
	ret_place->length = t->at.length;
	td_sha256(buf_bytes(ret), ret_place->member_sha256);
	return true;
}

bool
tombstone_next_due(struct store *s, int64_t n, struct tombstone *ret)
{
	struct query q = db_query(&s->db, STMT_tombstone_due);

	bind_i64(&q, n);
	if (!db_row(&q))
		return false;
	*ret = (struct tombstone){ 0 };
	col_text(&q, ret->at.segment, sizeof(ret->at.segment));
	ret->at.offset = col_i64(&q);
	ret->at.length = col_i64(&q);
	ret->at.uuid = col_id(&q);
	ret->time_us = col_i64(&q);
	ret->erasure = col_i64(&q);
	db_run(&q);
	return true;
}

static enum err_code
write_over(struct store *s, const struct tombstone *t, struct bytes member, struct err *err)
{
	const int   fd = blob_file(s, t->at.segment, O_WRONLY);
	struct stat st;
	size_t      done = 0;

	if (fd < 0)
		return err_set(err, ERR_IO, "captures/%s: cannot be written: %s", t->at.segment, strerror(errno));
	/* Not past what is there: bytes that are missing are not made up. */
	if (fstat(fd, &st) != 0 || st.st_size < t->at.offset + t->at.length)
		err_set(err, ERR_FORMAT, "captures/%s: ends before the records that are to be erased; run verify", t->at.segment);
	while (err->code == ERR_OK && done < member.n) {
		ssize_t n = pwrite(fd, member.p + done, member.n - done, t->at.offset + (int64_t)done);

		if (n <= 0)
			err_set(err, ERR_IO, "captures/%s: cannot be written: %s", t->at.segment, strerror(errno));
		else
			done += (size_t)n;
	}
	if (err->code == ERR_OK && os_sync(fd, desk_path(s, "captures", t->at.segment), err) != ERR_OK)
		err_in(err, "captures/%s", t->at.segment);
	close(fd);
	return err->code;
}

enum err_code
tombstone_put(struct store *s, const struct tombstone *t, struct err *err)
{
	struct buf        member = BUF_INIT((size_t)t->at.length + KiB);
	struct blob_place place;
	struct stat       st = { 0 };
	char              path[PATH_MAX];
	size_t            block_b;

	*err = (struct err){ 0 };
	snprintf(path, sizeof(path), "%s", desk_path(s, "captures", t->at.segment).p);
	if (!tombstone_make(t, &member, &place, &block_b)) {
		err_set(err, ERR_LIMIT, "captures/%s: %lld bytes are too few to say that something was erased", t->at.segment,
		    (long long)t->at.length);
	} else if (stat(path, &st) != 0 || chmod(path, 0600) != 0) {
		err_set(err, ERR_IO, "captures/%s: %s", t->at.segment, strerror(errno));
	} else {
		(void)write_over(s, t, buf_bytes(&member), err);
		(void)chmod(path, st.st_mode & 0777);           /* a courtesy; the ledger is the proof */
	}
	buf_free(&member);
	return err->code;
}

/* ── what the file is with them ───────────────────────────────────────── */

/* The part of the member that lies in step[0 .. n), which begins at `from` in the file. */
static void
overlay(unsigned char *step, int64_t from, int64_t n, const struct tombstone *t, struct bytes member)
{
	int64_t begin = t->at.offset > from ? t->at.offset : from;
	int64_t end = t->at.offset + t->at.length < from + n ? t->at.offset + t->at.length : from + n;

	if (begin < end)
		memcpy(step + (begin - from), member.p + (begin - t->at.offset), (size_t)(end - begin));
}

enum err_code
tombstone_hash_segment(struct store *s, const char *segment, int64_t bytes, const struct tombstone *t, size_t n, unsigned char ret[32],
	struct err *err)
{
	static unsigned char step[STEP_B];
	struct arena         a;
	struct bytes        *member;
	struct sha256       *h = td_sha256_create();
	const int            fd = blob_file(s, segment, O_RDONLY);
	int64_t              at = 0;
	ssize_t              got = 1;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, full, NULL);
	member = arena_array(&a, n, struct bytes);
	for (size_t i = 0; i < n; i++) {
		struct buf       *b = buf_in(&a, (size_t)t[i].at.length + KiB);
		struct blob_place place;
		size_t            block_b;

		if (tombstone_make(&t[i], b, &place, &block_b))
			member[i] = buf_bytes(b);
	}
	while (fd >= 0 && h != NULL && at < bytes && got > 0) {
		got = pread(fd, step, bytes - at < (int64_t)STEP_B ? (size_t)(bytes - at) : STEP_B, at);
		for (size_t i = 0; i < n && got > 0; i++)
			if (member[i].n > 0)
				overlay(step, at, got, &t[i], member[i]);
		if (got > 0)
			td_sha256_add(h, (struct bytes){ step, (size_t)got });
		at += got > 0 ? got : 0;
	}
	if (h != NULL)
		td_sha256_end(h, ret);
	td_sha256_destroy(h);
	if (fd >= 0)
		close(fd);
	arena_free(&a);
	return at == bytes ? ERR_OK : err_set(err, ERR_IO, "captures/%s: cannot be read whole; run verify", segment);
}
