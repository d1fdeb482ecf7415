#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "capture/capture_private.h"
#include "crypto/sha256.h"
#include "http/message.h"
#include "json/write.h"
#include "os/clock.h"
#include "text/utf8.h"
#include "url/url.h"
#include "warc/read.h"
#include "warc/wacz.h"

enum { REPLIES_N = 1000, REQUEST_B = 64 * 1024, EXIT_FULL = 3 };

/* One reply of a WARC file, as the child tells it. */
struct reply {
	bool         is_http;
	struct str   url, content_type, ip;
	struct str   record_id;         /* in the file it came from */
	struct str   truncated;         /* its WARC-Truncated: "length" */
	struct str   fault;             /* what the reader found in this record, "": nothing */
	int64_t      date_us, payload_at;
	struct bytes block;             /* without its chunks */
	int64_t      framed_b;          /* the body with its chunks; 0: it had none */
	struct bytes framed_sha256;
	struct str   concurrent_to;     /* only in the child: the request's id, where the reply names it */
	struct bytes request;           /* what was asked, if the file has it */
	bool         is_revisit;        /* a reply whose body is not in the file: `block` is its head */
	struct str   profile, refers_to_url, payload_digest;
	int64_t      refers_to_date_us;
};

/* A request of the file, until its reply is found. */
struct request {
	struct str   record_id, concurrent_to;
	struct bytes block;
};

struct answer {
	struct { struct reply *v; size_t n; } replies;
	int64_t records, left_out, faults;
};

static const struct wire_field reply_fields[] = {
	WIRE(struct reply, BOOL, is_http, 0),
	WIRE(struct reply, STR, url, LIMIT_URL_B),
	WIRE(struct reply, STR, content_type, 256),
	WIRE(struct reply, STR, ip, 64),
	WIRE(struct reply, STR, record_id, 256),
	WIRE(struct reply, STR, truncated, 64),
	WIRE(struct reply, STR, fault, 256),
	WIRE(struct reply, INSTANT, date_us, 0),
	WIRE(struct reply, I64, payload_at, 0),
	WIRE(struct reply, BYTES, block, LIMIT_ANSWER_B),
	WIRE(struct reply, I64, framed_b, 0),
	WIRE(struct reply, BYTES, framed_sha256, SHA256_B),
	WIRE(struct reply, BYTES, request, REQUEST_B),
	WIRE(struct reply, BOOL, is_revisit, 0),
	WIRE(struct reply, STR, profile, 256),
	WIRE(struct reply, STR, refers_to_url, LIMIT_URL_B),
	WIRE(struct reply, STR, payload_digest, 256),
	WIRE(struct reply, INSTANT, refers_to_date_us, 0),
};
static const struct wire_desc reply_desc = WIRE_DESC(struct reply, reply_fields);

static const struct wire_field answer_fields[] = {
	WIRE_LIST_OF(struct answer, replies, REPLIES_N, &reply_desc),
	WIRE(struct answer, I64, records, 0),
	WIRE(struct answer, I64, left_out, 0),
	WIRE(struct answer, I64, faults, 0),
};
static const struct wire_desc answer_desc = WIRE_DESC(struct answer, answer_fields);

static void
worker_full(void *arg)
{
	(void)arg;
	_exit(EXIT_FULL);
}

static struct str
text_field(struct arena *a, const struct warc_record *r, struct str name, size_t max)
{
	struct str s = td_warc_field(r, name);

	if (s.n > max || !td_utf8_is_valid(bytes_of(s)) || (s.n > 0 && memchr(s.p, '\0', s.n) != NULL))
		return STR("");
	return arena_copy(a, s);
}

/* ISO 28500:2017 section 5.15 has these and "unspecified"; any other word is a stranger's. */
static struct str
truncated_field(const struct warc_record *r)
{
	static const struct str known[] = { { "length", 6 }, { "time", 4 }, { "disconnect", 10 } };
	struct str              said = td_warc_field(r, STR("WARC-Truncated"));

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq_nocase(said, known[i]))
			return known[i];
	return said.n > 0 ? STR("unspecified") : STR("");
}

/*
 * Most crawlers keep a reply's chunks, some take them off and leave the header.
 * Chunks inside the text would be read as words, so they go, as in our own
 * captures; the hash of the body as it stood in the file is kept beside.
 */
static void
take_off_chunks(struct arena *a, struct reply *t)
{
	const size_t       at = (size_t)t->payload_at;
	const struct bytes head = { t->block.p, at }, body = { t->block.p + at, t->block.n - at };
	struct buf         plain = BUF_INIT(body.n), out = BUF_INIT(t->block.n + 2 * LIMIT_HEAD_B);
	struct http_chunks chunks = { 0 };
	struct http_head   fields;
	unsigned char     *hash;
	size_t             head_b = 0;
	struct err         err;

	if (td_http_head(a, head, &fields, &err) == ERR_OK &&
	    str_find_nocase(td_http_field(&fields, STR("Transfer-Encoding")), STR("chunked")) != STR_NONE &&
	    td_http_unchunk(&chunks, body, &plain, &err) == ERR_OK && chunks.is_done) {
		td_http_unchunked_head(&out, head, plain.n);
		head_b = out.n;
		buf_add_bytes(&out, buf_bytes(&plain));
	}
	if (chunks.is_done && head_b > 0 && !plain.failed && !out.failed) {
		t->payload_at = (int64_t)head_b;
		t->framed_b = (int64_t)body.n;
		hash = arena_take(a, SHA256_B);
		td_sha256(body, hash);
		t->framed_sha256 = (struct bytes){ hash, SHA256_B };
		t->block = bytes_of(arena_copy(a, buf_str(&out)));
	}
	buf_free(&plain);
	buf_free(&out);
}

/* Where the bytes stand that this reply did not bring. */
static bool
take_revisit(struct arena *a, const struct warc_record *r, struct reply *t)
{
	struct str profile = td_warc_field(r, STR("WARC-Profile"));

	/* Section 6.7: the names of WARC/1.0 and of its extensions, as this version has them. */
	if (str_find(profile, STR("identical-payload-digest")) != STR_NONE)
		t->profile = STR("http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
	else if (str_find(profile, STR("server-not-modified")) != STR_NONE)
		t->profile = STR("http://netpreserve.org/warc/1.1/revisit/server-not-modified");
	t->refers_to_url = text_field(a, r, STR("WARC-Refers-To-Target-URI"), LIMIT_URL_B);
	t->payload_digest = text_field(a, r, STR("WARC-Payload-Digest"), 256);
	(void)instant_parse_iso(td_warc_field(r, STR("WARC-Refers-To-Date")), &t->refers_to_date_us);
	return t->profile.n > 0 && r->is_http;
}

/* A whole response, resource or revisit with an address and a date. */
static bool
take_reply(struct arena *a, const struct warc_record *r, struct reply *ret)
{
	struct str  type = td_warc_field(r, STR("WARC-Type"));
	struct url  u;
	struct err  err;
	struct reply t = { .url = text_field(a, r, STR("WARC-Target-URI"), LIMIT_URL_B) };

	t.is_revisit = str_eq(type, STR("revisit"));
	if ((!str_eq(type, STR("response")) && !str_eq(type, STR("resource")) && !t.is_revisit) || r->is_cut)
		return false;
	/* Old wget writes <http://…>. */
	if (str_starts(t.url, STR("<")) && str_ends(t.url, STR(">")))
		t.url = str_sub(t.url, 1, t.url.n - 1);
	if (td_url_parse(a, t.url, NULL, &u, &err) != ERR_OK || !td_url_is_web(&u) ||
	    !instant_parse_iso(td_warc_field(r, STR("WARC-Date")), &t.date_us))
		return false;
	t.is_http = (str_eq(type, STR("response")) || t.is_revisit) && r->is_http;
	if (t.is_revisit && !take_revisit(a, r, &t))
		return false;
	t.concurrent_to = text_field(a, r, STR("WARC-Concurrent-To"), 256);
	t.content_type = text_field(a, r, STR("Content-Type"), 256);
	t.ip = text_field(a, r, STR("WARC-IP-Address"), 64);
	t.record_id = text_field(a, r, STR("WARC-Record-ID"), 256);
	t.truncated = truncated_field(r);
	t.payload_at = r->payload_at;
	t.block = bytes_of(arena_copy(a, bytes_as_str(r->block)));
	if (t.is_http && !t.is_revisit)
		take_off_chunks(a, &t);
	*ret = t;
	return true;
}

/* What was asked goes with what came: either names the other. */
static void
join_requests(struct answer *answer, const struct request *request, size_t n)
{
	for (size_t i = 0; i < answer->replies.n; i++) {
		struct reply *t = &answer->replies.v[i];

		for (size_t k = 0; k < n && t->request.n == 0; k++)
			if ((t->record_id.n > 0 && str_eq(request[k].concurrent_to, t->record_id)) ||
			    (t->concurrent_to.n > 0 && str_eq(request[k].record_id, t->concurrent_to)))
				t->request = request[k].block;
	}
}

/* The newest fault that the reader told, if it could still tell all. */
static const char *
newest_fault(const struct warc_reader *r)
{
	const char *what = "it is not as the standard wants it";

	for (size_t i = 0; i < r->findings_n && r->findings_n < WARC_FINDINGS_N; i++)
		if (r->finding[i].is_fault)
			what = r->finding[i].what;
	return what;
}

/* A record that is not what its own digest says must not leave here with a good one and no word. */
static struct str
fault_of(struct arena *a, const struct warc_reader *r, size_t faults_before, const struct reply *t)
{
	char text[256];

	if (r->faults_n > faults_before) {
		snprintf(text, sizeof(text), "the record came with a fault: %.180s", newest_fault(r));
	} else if (t->truncated.n > 0) {
		snprintf(text, sizeof(text), "cut by whoever took it (%" STR_FMT ")", STR_ARG(t->truncated));
	} else {
		return STR("");
	}
	return arena_copy(a, str_of(text));
}

void
capture_warc_warm_up(void)
{
	unsigned char hash[SHA256_B];

	td_sha256((struct bytes){ 0 }, hash);
}

/* What the child has room for. */
struct taking {
	struct arena   *a;
	struct answer   answer;
	struct request *requests;
	size_t          requests_n, left_b;
};

static void
take_request(struct taking *k, const struct warc_record *record)
{
	if (k->requests_n == REPLIES_N || record->block.n > REQUEST_B || record->block.n > k->left_b)
		return;
	k->left_b -= record->block.n;
	k->requests[k->requests_n++] = (struct request){ text_field(k->a, record, STR("WARC-Record-ID"), 256),
		text_field(k->a, record, STR("WARC-Concurrent-To"), 256), bytes_of(arena_copy(k->a, bytes_as_str(record->block))) };
}

static void
take_file(struct taking *k, struct bytes file)
{
	struct warc_reader *r = arena_new(k->a, struct warc_reader);
	struct warc_record  record;
	size_t              faults = 0;

	td_warc_open(r, file, LIMIT_BODY_B + MiB);
	while (td_warc_next(r, &record)) {
		struct reply *to = &k->answer.replies.v[k->answer.replies.n];
		size_t        need = record.block.n + 2 * LIMIT_URL_B;

		if (str_eq(td_warc_field(&record, STR("WARC-Type")), STR("request")))
			take_request(k, &record);
		else if (k->answer.replies.n == REPLIES_N || need > k->left_b)
			k->answer.left_out++;
		else if (take_reply(k->a, &record, to)) {
			to->fault = fault_of(k->a, r, faults, to);
			k->answer.replies.n++;
			k->left_b -= need;
		}
		faults = r->faults_n;
	}
	k->answer.records += (int64_t)r->records_n;
	k->answer.faults += (int64_t)r->faults_n;
	td_warc_close(r);
}

int
capture_warc_work(struct bytes ask, struct buf *out)
{
	struct arena  a;
	struct taking k = { .a = &a, .left_b = LIMIT_ANSWER_B - MiB };
	struct wacz   collection;
	struct bytes  file;

	arena_init(&a, 128 * MiB, worker_full, NULL);
	k.answer.replies.v = arena_array(&a, REPLIES_N + 1, struct reply);
	k.requests = arena_array(&a, REPLIES_N, struct request);
	if (td_wacz_open(&collection, ask)) {
		while (td_wacz_next(&collection, &file))
			take_file(&k, file);
		k.answer.left_out += (int64_t)collection.left_out_n;
	} else {
		take_file(&k, ask);
	}
	join_requests(&k.answer, k.requests, k.requests_n);
	td_wire_put(out, &answer_desc, &k.answer);
	arena_free(&a);
	return out->failed;
}

/* Where it comes from, and what its bytes do not say. */
static struct bytes
metadata(struct arena *a, struct str name, const struct reply *from)
{
	struct buf   out = BUF_INIT(MiB);
	struct json  j = { .out = &out };
	char         hex[SHA256_HEX_B];
	struct bytes b;

	td_json_object(&j);
	td_json_key(&j, "software"), td_json_str(&j, STR("Tidings/" TIDINGS_VERSION));
	td_json_key(&j, "file"), td_json_str(&j, name);
	td_json_key(&j, "record"), td_json_str(&j, from->record_id);
	td_json_key(&j, "framing"), td_json_str(&j, from->framed_b > 0 ? STR("chunked") : STR("plain"));
	if (from->framed_sha256.n == SHA256_B) {
		td_json_key(&j, "framed_bytes"), td_json_i64(&j, from->framed_b);
		td_json_key(&j, "framed_sha256"), td_json_str(&j, str_of(td_hex(from->framed_sha256.p, SHA256_B, hex)));
	}
	td_json_end(&j);
	b = bytes_of(arena_copy(a, buf_str(&out)));
	buf_free(&out);
	return b;
}

/* What the reply's own bytes say about it: its status, and the document if there is one. */
static enum err_code
read_head(struct arena *a, const struct reply *from, struct capture_taken *t, struct err *err)
{
	struct http_head head;
	const size_t     at = from->is_http ? (size_t)from->payload_at : 0;
	struct bytes     bytes = { from->block.p, at };

	if (from->payload_at < 0 || at > from->block.n)
		return err_set(err, ERR_FORMAT, "a record whose payload is not in it");
	if (from->is_http) {
		if (td_http_head(a, bytes, &head, err) != ERR_OK)
			return err->code;
		t->status = head.status;
		take_type(a, bytes, t);
	}
	if (from->is_revisit)
		return ERR_OK;
	t->document = (struct bytes){ from->block.p + at, from->block.n - at };
	t->kind = kind_of(a, t->document, t->url, &t->media_type, t->content_encoding, &t->said);
	return ERR_OK;
}

static struct store_record_new
reply_record(const struct reply *from, const struct id *uuid)
{
	return (struct store_record_new){ .type = from->is_revisit ? RECORD_REVISIT : from->is_http ? RECORD_RESPONSE : RECORD_RESOURCE,
		.uuid = *uuid, .target_url = from->url, .content_type = from->content_type, .ip = from->ip, .date_us = from->date_us,
		.truncated = from->truncated, .block = from->block,
		.payload_at = from->is_revisit ? -1 : from->is_http ? from->payload_at : 0, .profile = from->profile,
		.refers_to_url = from->refers_to_url, .refers_to_date_us = from->refers_to_date_us, .payload_digest = from->payload_digest };
}

static enum err_code
import_reply(const struct capture_room *room, struct arena *a, struct str name, const struct reply *from,
	struct capture_taken *ret, struct err *err)
{
	const struct id          uuid = os_random_uuid();
	struct store_record_new  record[3] = { reply_record(from, &uuid),
		{ .type = RECORD_METADATA, .uuid = os_random_uuid(), .concurrent_to = uuid, .target_url = from->url,
		  .content_type = STR("application/json"), .date_us = os_now_us(), .block = metadata(a, name, from), .payload_at = -1 },
		{ .type = RECORD_REQUEST, .uuid = os_random_uuid(), .concurrent_to = uuid, .target_url = from->url, .date_us = from->date_us,
		  .content_type = STR("application/http;msgtype=request"), .block = from->request, .payload_at = -1 },
	};
	struct store_capture_new c = { .how = HOW_IMPORTED, .why = name, .main = from->is_revisit ? -1 : 0,
		.records = { record, from->request.n > 0 ? 3 : 2 } };
	struct capture_taken     t = { .url = from->url, .final_url = from->url, .taken_us = from->date_us,
		.media_type = from->is_http ? STR("") : from->content_type, .fault = from->fault };

	if (read_head(a, from, &t, err) != ERR_OK)
		return err->code;
	if (from->is_revisit) {
		t.kind = DOCUMENT_OTHER;
		t.said = STR("the same bytes as were taken down before, by whoever made the file; they are not in this record");
	}
	if (commit(room, a, &c, &t, err) != ERR_OK)
		return err->code;
	*ret = t;
	return ERR_OK;
}

static enum err_code
import_all(const struct capture_room *room, struct arena *a, struct str name, const struct answer *answer,
	struct capture_list *list, struct err *err)
{
	for (size_t i = 0; i < answer->replies.n; i++) {
		enum err_code code = import_reply(room, a, name, &answer->replies.v[i], &list->v[list->n], err);

		if (code != ERR_OK && code != ERR_FORMAT)
			return code;
		list->n += code == ERR_OK;
	}
	return ERR_OK;
}

enum err_code
import_warc(const struct capture_room *room, struct arena *a, struct str name, struct bytes bytes, struct capture_list *ret,
	struct err *err)
{
	struct capture_list list = { 0 };
	struct answer       answer;
	struct buf          out = BUF_INIT(LIMIT_ANSWER_B);
	struct bytes        kept;
	char                said[256];
	enum err_code       code = jail_run(room->jail, JAIL_WARC, bytes, &out, err);

	kept = code == ERR_OK ? bytes_of(arena_copy(a, buf_str(&out))) : (struct bytes){ 0 };
	buf_free(&out);
	if (code != ERR_OK || td_wire_get(a, &answer_desc, kept, &answer, err) != ERR_OK)
		return err_in(err, "%" STR_FMT, STR_ARG(str_sub(name, 0, 200)));
	if (answer.replies.n == 0)
		return err_set(err, answer.records == 0 ? ERR_MISSING : ERR_FORMAT,
		    "%" STR_FMT ": no reply of a server can be read in this WARC file; nothing was taken", STR_ARG(str_sub(name, 0, 200)));
	list.v = arena_array(a, answer.replies.n, struct capture_taken);
	if (import_all(room, a, name, &answer, &list, err) != ERR_OK)
		return err->code;
	snprintf(said, sizeof(said), "%zu of %zu replies taken; %lld records left out as too many or too large; %lld fault%s in the file",
	    list.n, answer.replies.n, (long long)answer.left_out, (long long)answer.faults, answer.faults == 1 ? "" : "s");
	list.said = arena_copy(a, str_of(said));
	*ret = list;
	return ERR_OK;
}
