#include "store/statements.h"
#include "store/closing.h"
#include "store/handlers.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "crypto/sign.h"
#include "os/clock.h"

#define STATED_N 128            /* more records than that are stated by their closing record alone */
#define REVISIT_FROM_B 512      /* below that a reference is no shorter than the bytes */

/* ── writing ──────────────────────────────────────────────────────────── */

static enum err_code
check_new(struct store *s, struct arena *a, const struct store_capture_new *c, struct err *err)
{
	if (c->url.n == 0 && c->why.n == 0)
		return err_set(err, ERR_FORMAT, "a capture without an address or a file's name; not saved");
	if (c->records.n == 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": a capture without a record; not saved", STR_ARG(c->url));
	if (c->main < -1 || c->main >= (int64_t)c->records.n)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": the main record %lld is not among its %zu records; not saved",
		    STR_ARG(c->url), (long long)c->main, c->records.n);
	if (!id_is_none(&c->part_of) && capture_seq(s, &c->part_of) == 0)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": the capture that this is a part of is not here; not saved", STR_ARG(c->url));
	if (!id_is_none(&c->part_of) && capture_check(s, a, &c->part_of, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < c->records.n; i++) {
		const struct store_record_new *r = &c->records.v[i];

		if (id_is_none(&r->uuid))
			return err_set(err, ERR_FORMAT, "%" STR_FMT ": record %zu has no id; not saved", STR_ARG(c->url), i);
		if (r->payload_at < -1 || r->payload_at > (int64_t)r->block.n)
			return err_set(err, ERR_FORMAT, "%" STR_FMT ": record %zu: its payload begins behind its end; not saved",
			    STR_ARG(c->url), i);
	}
	return ERR_OK;
}

static enum err_code
append_record(struct store *s, const struct store_record_new *r, bool seals, struct blob_place *place, struct err *err)
{
	const struct warc_header header = {
		.type = str_of(record_type_name[r->type]), .uuid = r->uuid, .concurrent_to = r->concurrent_to, .refers_to = r->refers_to,
		.target_url = r->target_url, .content_type = r->content_type, .ip = r->ip, .protocol = r->protocol,
		.tls = r->tls, .truncated = r->truncated, .date_us = r->date_us, .profile = r->profile,
		.refers_to_url = r->refers_to_url, .refers_to_date_us = r->refers_to_date_us, .payload_digest = r->payload_digest,
	};

	return blob_append(s, &header, r->block, r->payload_at, seals, place, err);
}

/* A file of a page that the desk holds already is not kept again: its head, and where the bytes stand. */
static enum err_code
append_revisit(struct store *s, struct store_record_new *r, struct str url, int64_t date_us, struct blob_place *place, struct err *err)
{
	struct warc_header header = {
		.type = str_of(record_type_name[RECORD_REVISIT]), .uuid = r->uuid, .target_url = r->target_url,
		.content_type = r->content_type, .ip = r->ip, .protocol = r->protocol, .tls = r->tls, .date_us = r->date_us,
		.profile = STR("http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
		.refers_to_url = url, .refers_to_date_us = date_us,
	};
	unsigned char      sha256[32];
	const struct bytes payload = { r->block.p + r->payload_at, r->block.n - (size_t)r->payload_at };

	td_sha256(payload, sha256);
	header.original_payload_sha256 = sha256;
	r->type = RECORD_REVISIT;
	r->block.n = (size_t)r->payload_at;
	r->payload_at = -1;
	return blob_append(s, &header, r->block, -1, false, place, err);
}

/* As it is, or as a revisit of what is here. */
static enum err_code
append_part(struct store *s, struct arena *a, struct store_record_new *r, struct blob_place *place, struct err *err)
{
	unsigned char sha256[32];
	struct query  q;
	struct str    url;
	int64_t       date_us;

	if (r->type != RECORD_RESPONSE || r->payload_at <= 0 || r->block.n - (size_t)r->payload_at < REVISIT_FROM_B || r->truncated.n > 0)
		return append_record(s, r, false, place, err);
	td_sha256((struct bytes){ r->block.p + r->payload_at, r->block.n - (size_t)r->payload_at }, sha256);
	q = db_query(&s->db, STMT_record_same_payload);
	bind_blob(&q, sha256, sizeof(sha256));
	if (!db_row(&q))
		return append_record(s, r, false, place, err);
	url = col_str(&q, a);
	date_us = col_i64(&q);
	return append_revisit(s, r, url, date_us, place, err);
}

static void
add_record_row(struct store *s, int64_t capture, int64_t n, const struct store_record_new *r, const struct blob_place *p)
{
	static const unsigned char none[32];
	struct query               q = db_query(&s->db, STMT_record_add);
	int64_t                    seq;

	bind_i64(&q, capture);
	bind_i64(&q, n);
	bind_id(&q, &r->uuid);
	bind_cstr(&q, record_type_name[r->type]);
	bind_str(&q, r->target_url);
	bind_str(&q, r->content_type);
	bind_cstr(&q, p->segment);
	bind_i64(&q, p->offset);
	bind_i64(&q, p->length);
	bind_i64(&q, (int64_t)p->written.block_at);
	bind_i64(&q, (int64_t)r->block.n);
	bind_i64(&q, r->payload_at);
	bind_blob(&q, p->written.record_sha256, 32);
	bind_blob(&q, r->payload_at >= 0 ? p->written.payload_sha256 : none, 32);
	bind_blob(&q, p->member_sha256, 32);
	bind_i64(&q, r->date_us);
	seq = db_run_id(&q);
	if (!p->is_sealed)
		return;
	q = db_query(&s->db, STMT_record_key_add);
	bind_i64(&q, seq);
	bind_blob(&q, p->key, sizeof(p->key));
	db_run(&q);
}

/* "response urn:uuid:… sha256:…": what verify looks for in the statement. */
static struct str
record_line(struct arena *a, enum record_type type, const struct id *uuid, const unsigned char sha256[32])
{
	char  *line = arena_take(a, 160);
	char   urn[WARC_URN], hex[SHA256_HEX_B];
	int    n = snprintf(line, 160, "%s %s sha256:%s", record_type_name[type], td_warc_urn(uuid, urn), td_hex(sha256, 32, hex));

	return (struct str){ line, (size_t)n };
}

/* All that the row says, so that no column of it can be edited unseen; whose part it is, if it is one; then the records. */
size_t
capture_lines(struct arena *a, const struct store_capture *c, struct ledger_line **ret)
{
	char  taken[CIVIL_SHOWN];
	char *id = arena_take(a, ID_WHOLE);
	const struct ledger_line row[] = {
		{ "subject", str_of(id_show_whole(ID_CAPTURE, &c->id, id)) }, { "url", c->url }, { "final", c->final_url },
		{ "how", str_of(capture_how_name[c->how]) }, { "by", c->by }, { "why", c->why },
		{ "taken", arena_copy(a, str_of(instant_iso_us(c->taken_us, taken))) }, { "status", ledger_number(a, c->status) },
		{ "type", c->media_type }, { "fault", c->fault }, { "main", ledger_number(a, c->main) },
	};
	size_t              n = sizeof(row) / sizeof(*row);
	struct ledger_line *lines = arena_array(a, c->records.n + n + 1, struct ledger_line);
	char               *part = arena_take(a, ID_WHOLE);

	memcpy(lines, row, sizeof(row));
	if (!id_is_none(&c->part_of))
		lines[n++] = (struct ledger_line){ "part", str_of(id_show_whole(ID_CAPTURE, &c->part_of, part)) };
	for (size_t i = 0; i < c->records.n; i++)
		lines[n + i] = (struct ledger_line){ "record",
			record_line(a, c->records.v[i].type, &c->records.v[i].uuid, c->records.v[i].sha256) };
	*ret = lines;
	return c->records.n + n;
}

/* The closing record names all others with their hashes, so it can stand for many. */
size_t
capture_statement(struct arena *a, const struct store_capture *c, struct ledger_line **ret)
{
	struct ledger_line *lines;
	size_t              n = capture_lines(a, c, &lines), row_n = n - c->records.n;

	if (c->records.n > STATED_N) {
		lines[row_n] = (struct ledger_line){ "records", ledger_number(a, (int64_t)c->records.n) };
		lines[row_n + 1] = lines[n - 1];
		n = row_n + 2;
	}
	*ret = lines;
	return n;
}

struct store_capture
capture_as_row(struct arena *a, const struct id *id, const struct store_capture_new *ask, const struct blob_place *places)
{
	struct store_capture c = { .id = *id, .url = ask->url, .final_url = ask->final_url, .how = ask->how, .by = ask->by, .why = ask->why,
		.taken_us = ask->taken_us, .status = ask->status, .media_type = ask->media_type, .fault = ask->fault, .main = ask->main,
		.part_of = ask->part_of };

	c.records.v = arena_array(a, ask->records.n, struct store_record);
	c.records.n = ask->records.n;
	for (size_t i = 0; i < c.records.n; i++) {
		c.records.v[i].type = ask->records.v[i].type;
		c.records.v[i].uuid = ask->records.v[i].uuid;
		memcpy(c.records.v[i].sha256, places[i].written.record_sha256, 32);
	}
	return c;
}

static int64_t
add_to_ledger(struct store *s, struct arena *a, const struct id *id, const struct store_capture_new *ask,
	const struct blob_place *places)
{
	struct store_capture c = capture_as_row(a, id, ask, places);
	struct ledger_line  *lines;
	size_t               n = capture_statement(a, &c, &lines);

	/* Now, with the records on the disk.  When they were taken is what their makers say, and stands in them. */
	return ledger_add(s, LEDGER_CAPTURE, os_now_us(), lines, n);
}

static int64_t
add_capture_row(struct store *s, const struct id *id, const struct store_capture_new *c, int64_t ledger)
{
	int64_t      part_of = id_is_none(&c->part_of) ? 0 : capture_seq(s, &c->part_of);
	struct query q = db_query(&s->db, STMT_capture_add);

	bind_id(&q, id);
	bind_str(&q, c->url);
	bind_str(&q, c->final_url);
	bind_cstr(&q, capture_how_name[c->how]);
	bind_str(&q, c->by);
	bind_str(&q, c->why);
	bind_i64(&q, c->taken_us);
	bind_i64(&q, c->status);
	bind_str(&q, c->media_type);
	bind_str(&q, c->fault);
	bind_i64(&q, c->main);
	bind_i64(&q, ledger);
	bind_i64_or_null(&q, part_of, 0);
	return db_run_id(&q);
}

int64_t
capture_insert(struct store *s, struct arena *a, const struct id *id, const struct store_capture_new *c,
	const struct blob_place *places)
{
	int64_t ledger = add_to_ledger(s, a, id, c, places), seq = add_capture_row(s, id, c, ledger);

	for (size_t i = 0; i < c->records.n; i++)
		add_record_row(s, seq, (int64_t)i, &c->records.v[i], &places[i]);
	if (c->has_story)
		job_add_extract(s, id, c->reads_later);
	if (!id_is_none(&c->item))
		page_taken(s, &c->item, seq);
	return ledger;
}

/* The record that makes a capture whole in its segment. */
static enum err_code
append_closing(struct store *s, struct arena *a, const struct id *id, struct store_capture_new *c, struct blob_place *places,
	struct err *err)
{
	struct store_record_new *r = &c->records.v[c->records.n];
	const int64_t            main = c->main >= 0 ? c->main : 0;

	*r = (struct store_record_new){ .type = RECORD_METADATA, .uuid = os_random_uuid(), .concurrent_to = c->records.v[main].uuid,
		.content_type = STR("application/warc-fields"), .date_us = os_now_us(),
		.block = closing_write(a, id, c, places), .payload_at = -1 };
	return append_record(s, r, c->seals, &places[c->records.n++], err);
}

static bool
is_sealed(struct store *s, int64_t capture)
{
	struct query q = db_query(&s->db, STMT_capture_is_sealed);

	bind_i64(&q, capture);
	return db_row(&q);
}

/*
 * The records are on the disk before the transaction that names them ends
 * (store.c syncs them once for all that commit together): when it has ended
 * there is nothing left that could be missing.
 */
enum err_code
on_capture_commit(struct store *s, struct arena *a, const struct store_capture_new *ask, struct store_capture_done *ret,
	struct err *err)
{
	struct store_capture_new c = *ask;
	struct blob_place       *places = arena_array(a, ask->records.n + 1, struct blob_place);
	struct id                id = os_random_id();

	if (check_new(s, a, ask, err) != ERR_OK || blob_begin(s, err) != ERR_OK)
		return err->code;
	c.seals = ask->seals || s->conf.seals || (!id_is_none(&c.part_of) && is_sealed(s, capture_seq(s, &c.part_of)));
	c.taken_us = ask->taken_us != 0 ? ask->taken_us : os_now_us();
	c.records.v = arena_array(a, ask->records.n + 1, struct store_record_new);
	memcpy(c.records.v, ask->records.v, ask->records.n * sizeof(*ask->records.v));
	for (size_t i = 0; i < ask->records.n; i++)
		/* What is sealed is kept whole: a reference to another's bytes would end with them. */
		if ((id_is_none(&c.part_of) || c.seals ? append_record(s, &c.records.v[i], c.seals, &places[i], err) :
		    append_part(s, a, &c.records.v[i], &places[i], err)) != ERR_OK)
			return err->code;
	if (append_closing(s, a, &id, &c, places, err) != ERR_OK)
		return err->code;
	*ret = (struct store_capture_done){ id, capture_insert(s, a, &id, &c, places) };
	td_wipe(places, (ask->records.n + 1) * sizeof(*places));
	return db_failed(&s->db, err);
}

/* ── reading ──────────────────────────────────────────────────────────── */

int64_t
capture_seq(struct store *s, const struct id *id)
{
	struct query q = db_query(&s->db, STMT_capture_seq);

	bind_id(&q, id);
	return db_row(&q) ? col_i64(&q) : 0;
}

static void
load_records(struct store *s, struct arena *a, int64_t seq, struct store_capture *c)
{
	struct query q = db_query(&s->db, STMT_capture_record_count);
	size_t       n;

	bind_i64(&q, seq);
	n = db_row(&q) ? (size_t)col_i64(&q) : 0;
	c->records.v = arena_array(a, n > 0 ? n : 1, struct store_record);
	c->records.n = 0;
	q = db_query(&s->db, STMT_capture_records);
	bind_i64(&q, seq);
	while (c->records.n < n && db_row(&q)) {
		struct store_record *r = &c->records.v[c->records.n++];

		r->uuid = col_id(&q);
		r->type = (enum record_type)col_enum(&q, record_type_name, RECORD_TYPE__COUNT);
		r->target_url = col_str(&q, a);
		r->content_type = col_str(&q, a);
		r->segment = col_str(&q, a);
		r->offset = col_i64(&q);
		r->length = col_i64(&q);
		r->block_b = col_i64(&q);
		r->payload_at = col_i64(&q);
		col_hash(&q, r->sha256);
		col_hash(&q, r->payload_sha256);
	}
}

/* "reason …" of an erasure's lines, as it was given. */
static struct str
reason_of(struct arena *a, struct str lines)
{
	struct str line;

	while (str_take_line(&lines, &line))
		if (str_starts(line, STR("reason ")))
			return closing_value(a, str_sub(line, 7, line.n));
	return STR("");
}

enum err_code
capture_check(struct store *s, struct arena *a, const struct id *id, struct err *err)
{
	struct store_capture c;
	char                 shown[ID_SHOWN], when[CIVIL_SHOWN];

	if (!capture_load(s, a, capture_seq(s, id), &c) || c.erased_us == 0)
		return db_failed(&s->db, err);
	return err_set(err, ERR_MISSING, "%s: was erased on %.10s: %" STR_FMT, id_show(ID_CAPTURE, id, shown),
	    instant_iso(c.erased_us, when), STR_ARG(str_sub(c.erased_why, 0, 200)));
}

bool
capture_load(struct store *s, struct arena *a, int64_t seq, struct store_capture *ret)
{
	struct query q = db_query(&s->db, STMT_capture_load);

	bind_i64(&q, seq);
	if (!db_row(&q))
		return false;
	*ret = (struct store_capture){ 0 };
	ret->id = col_id(&q);
	ret->article = col_id(&q);
	ret->part_of = col_id(&q);
	ret->parts = col_id(&q);
	ret->url = col_str(&q, a);
	ret->final_url = col_str(&q, a);
	ret->by = col_str(&q, a);
	ret->why = col_str(&q, a);
	ret->media_type = col_str(&q, a);
	ret->fault = col_str(&q, a);
	ret->how = (enum capture_how)col_enum(&q, capture_how_name, HOW__COUNT);
	ret->taken_us = col_i64(&q);
	ret->held_us = col_i64(&q);
	ret->status = col_i64(&q);
	ret->main = col_i64(&q);
	ret->ledger_seq = col_i64(&q);
	ret->is_sealed = col_i64(&q) != 0;
	ret->erased_us = col_i64(&q);
	ret->erased_why = reason_of(a, col_str(&q, a));
	load_records(s, a, seq, ret);
	return true;
}

struct str
capture_document_hash(struct store *s, struct arena *a, int64_t seq)
{
	struct query  q = db_query(&s->db, STMT_capture_document);
	char         *out = arena_take(a, SHA256_HEX_B + 8);
	unsigned char hash[32];

	bind_i64(&q, seq);
	if (!db_row(&q))
		return STR("");
	col_hash(&q, hash);
	memcpy(out, "sha256:", 7);
	td_hex(hash, 32, out + 7);
	return str_of(out);
}

enum err_code
on_capture_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_capture *ret, struct err *err)
{
	struct id id;

	if (find_one(s, ask, ID_CAPTURE, &id, err) != ERR_OK)
		return err->code;
	(void)capture_load(s, a, capture_seq(s, &id), ret);     /* found just now; a failure is in the db */
	return db_failed(&s->db, err);
}
