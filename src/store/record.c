/* Single records: their bytes, and which one holds what another refers to. */
#include "store/statements.h"
#include "store/handlers.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"

enum err_code
on_record_read(struct store *s, struct arena *a, const struct store_record_name *ask, struct store_record_bytes *ret,
	struct err *err)
{
	struct store_capture c;
	struct blob_ref      place;
	struct buf           whole = BUF_INIT(LIMIT_MESSAGE_B);
	int64_t              seq = capture_seq(s, &ask->capture);
	char                 shown[ID_SHOWN];
	size_t               block_at;

	if (capture_check(s, a, &ask->capture, err) != ERR_OK)
		return err->code;
	if (seq == 0 || !capture_load(s, a, seq, &c) || ask->index < 0 || ask->index >= (int64_t)c.records.n)
		return db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_MISSING,
		    "%s has no record %lld", id_show(ID_CAPTURE, &ask->capture, shown), (long long)ask->index);
	ret->record = c.records.v[ask->index];
	if (blob_find(s, &ret->record.uuid, &place, err) != ERR_OK || blob_read(s, &place, &whole, NULL, err) != ERR_OK) {
		buf_free(&whole);
		return err->code;
	}
	/* Header, block, two CRLF. */
	block_at = whole.n - (size_t)ret->record.block_b - 4;
	if (whole.n < (size_t)ret->record.block_b + 4) {
		buf_free(&whole);
		return err_set(err, ERR_FORMAT, "captures/%" STR_FMT " at %lld: the record is shorter than it was; run verify",
		    STR_ARG(ret->record.segment), (long long)ret->record.offset);
	}
	ret->block = bytes_of(arena_copy(a, (struct str){ whole.p + block_at, (size_t)ret->record.block_b }));
	buf_free(&whole);
	return ERR_OK;
}

enum err_code
on_record_member(struct store *s, struct arena *a, const struct store_record_name *ask, struct store_record_member *ret,
	struct err *err)
{
	struct store_capture c;
	struct store_record  r;
	int64_t              seq = capture_seq(s, &ask->capture);
	char                 shown[ID_SHOWN];
	struct blob_ref      place;
	struct buf          *member = buf_in(a, LIMIT_MESSAGE_B);

	if (capture_check(s, a, &ask->capture, err) != ERR_OK)
		return err->code;
	if (seq == 0 || !capture_load(s, a, seq, &c) || ask->index < 0 || ask->index >= (int64_t)c.records.n)
		return db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_MISSING,
		    "%s has no record %lld", id_show(ID_CAPTURE, &ask->capture, shown), (long long)ask->index);
	r = c.records.v[ask->index];
	if (r.length < 0 || r.length > (int64_t)(LIMIT_MESSAGE_B - KiB))
		return err_set(err, ERR_LIMIT, "%s: record %lld is longer than a message may be", id_show(ID_CAPTURE, &ask->capture, shown),
		    (long long)ask->index);
	if (blob_find(s, &r.uuid, &place, err) != ERR_OK || blob_read_member(s, &place, member, err) != ERR_OK)
		return err->code;
	ret->member = buf_bytes(member);
	td_sha256(ret->member, ret->sha256);
	return ERR_OK;
}

/* "sha256:<64 hex>" */
static bool
take_digest(struct str s, unsigned char ret[32])
{
	static const char digits[] = "0123456789abcdef";
	const char       *high, *low;

	if (s.n != 7 + 64 || !str_starts(s, STR("sha256:")))
		return false;
	for (size_t i = 0; i < 32; i++) {
		high = memchr(digits, s.p[7 + 2 * i], 16);
		low = memchr(digits, s.p[8 + 2 * i], 16);
		if (high == NULL || low == NULL)
			return false;
		ret[i] = (unsigned char)((high - digits) << 4 | (low - digits));
	}
	return true;
}

/* The capture's seq, or 0; its place in it. */
static int64_t
one_row(struct query *q, struct store_record_found *ret)
{
	int64_t seq = db_row(q) ? col_i64(q) : 0;

	if (seq != 0) {
		ret->index = col_i64(q);
		ret->date_us = col_i64(q);
	}
	db_run(q);
	return seq;
}

static int64_t
find_record(struct store *s, const struct store_record_ask *ask, struct store_record_found *ret)
{
	unsigned char sha256[32] = { 0 };
	bool          has_digest = take_digest(ask->digest, sha256);
	struct query  q = db_query(&s->db, ask->date_us != 0 ? STMT_record_of_address : STMT_record_newest);
	int64_t       seq = 0;

	if (ask->url.n > 0 && (ask->date_us != 0 || ask->digest.n == 0)) {
		bind_str(&q, ask->url);
		if (ask->date_us != 0) {
			bind_i64(&q, ask->date_us);
			bind_blob(&q, sha256, sizeof(sha256));
		}
		seq = one_row(&q, ret);
	}
	if (seq == 0 && has_digest) {
		q = db_query(&s->db, STMT_record_of_payload);
		bind_blob(&q, sha256, sizeof(sha256));
		seq = one_row(&q, ret);
	}
	return seq;
}

enum err_code
on_record_find(struct store *s, struct arena *a, const struct store_record_ask *ask, struct store_record_found *ret, struct err *err)
{
	int64_t              seq = find_record(s, ask, ret);
	struct store_capture c;

	if (seq != 0 && capture_load(s, a, seq, &c) && ret->index >= 0 && ret->index < (int64_t)c.records.n) {
		ret->capture = c.id;
		ret->record = c.records.v[ret->index];
	}
	return db_failed(&s->db, err);
}
