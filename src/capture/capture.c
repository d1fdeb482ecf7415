#include "capture/capture.h"

#include <stdio.h>

#include "base/limits.h"
#include "capture/capture_private.h"
#include "crypto/sha256.h"
#include "http/message.h"
#include "json/write.h"
#include "os/clock.h"
#include "os/file.h"
#include "text/utf8.h"
#include "url/url.h"

enum { RECORDS_A_HOP = 3 };

void
take_type(struct arena *a, struct bytes bytes, struct capture_taken *t)
{
	struct http_head head;
	struct err       err;
	struct http_type type;

	if (td_http_head(a, bytes, &head, &err) != ERR_OK)
		return;
	type = td_http_type(a, td_http_field(&head, STR("Content-Type")));
	/* What is not UTF-8 in a head is no name of a type, a charset or a coding. */
	t->media_type = td_utf8_is_valid(bytes_of(type.essence)) ? str_sub(type.essence, 0, 200) : STR("");
	t->charset = td_utf8_is_valid(bytes_of(type.charset)) ? str_sub(type.charset, 0, 100) : STR("");
	t->content_encoding = td_http_field(&head, STR("Content-Encoding"));
	if (!td_utf8_is_valid(bytes_of(t->content_encoding)) || t->content_encoding.n > 200)
		t->content_encoding = STR("");
}

enum err_code
commit(const struct capture_room *room, struct arena *a, struct store_capture_new *c, struct capture_taken *t, struct err *err)
{
	struct store_capture_done done;

	c->url = t->url.n > 0 ? t->url : c->why;        /* a file without an address goes by its name */
	c->final_url = t->final_url;
	c->by = room->by;
	c->taken_us = t->taken_us;
	c->status = t->status;
	c->media_type = t->media_type;
	c->fault = t->fault;
	c->has_story = td_document_is_read(t->kind) && t->status < 400;
	if (store_capture_commit(room->link, a, c, &done, err) != ERR_OK)
		return err->code;
	t->id = done.id;
	t->ledger_seq = done.ledger_seq;
	return ERR_OK;
}

static void
put_str(struct json *j, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	td_json_key(j, name);
	td_json_str(j, td_utf8_is_valid(bytes_of(value)) ? value : STR("not UTF-8"));
}

static void
put_i64(struct json *j, const char *name, int64_t value)
{
	td_json_key(j, name);
	td_json_i64(j, value);
}

/* How this hop was had: all that the bytes themselves do not say. */
static struct bytes
metadata(struct arena *a, const struct fetch_reply *r, const struct fetch_hop *hop)
{
	struct buf   out = BUF_INIT(4 * MiB);
	struct json  j = { .out = &out };
	char         shown[CIVIL_SHOWN], hex[SHA256_HEX_B];
	struct bytes b;

	td_json_object(&j);
	put_str(&j, "software", STR("Tidings/" TIDINGS_VERSION));
	put_str(&j, "started", str_of(instant_iso_us(hop->started_us, shown)));
	put_str(&j, "ended", str_of(instant_iso_us(hop->ended_us, shown)));
	put_i64(&j, "resolved_us", hop->resolved_us);
	put_i64(&j, "connected_us", hop->connected_us);
	put_i64(&j, "secured_us", hop->secured_us);
	put_i64(&j, "first_byte_us", hop->first_byte_us);
	put_str(&j, "dns", hop->addresses);
	put_str(&j, "peer", hop->peer);
	put_i64(&j, "peer_port", hop->peer_port);
	put_str(&j, "tls_version", hop->tls.version);
	put_str(&j, "tls_cipher", hop->tls.cipher);
	put_str(&j, "tls_chain", hop->tls.chain_pem);
	put_str(&j, "framing", hop->is_chunked ? STR("chunked") : STR("plain"));
	if (!hop->is_refused) {
		put_i64(&j, "framed_bytes", hop->framed_b);
		put_str(&j, "framed_sha256", str_of(td_hex(hop->framed_sha256, SHA256_B, hex)));
	}
	put_str(&j, "truncated", str_of(fetch_cut_name[hop->cut]));
	put_str(&j, "fault", hop->fault);
	if (hop == &r->hops.v[r->hops.n - 1])
		put_str(&j, "not_followed", r->fault);
	put_str(&j, "robots", STR("not consulted: asked for by a person"));
	td_json_end(&j);
	b = bytes_of(arena_copy(a, buf_str(&out)));
	buf_free(&out);
	return b;
}

/* Head and body as one block; chunks are gone, and the head says that they were. */
static struct bytes
response_block(struct arena *a, const struct fetch_hop *hop, int64_t *ret_payload_at)
{
	struct buf head = BUF_INIT(2 * LIMIT_HEAD_B);
	char      *all;
	size_t     n;

	if (hop->is_chunked)
		td_http_unchunked_head(&head, hop->head, hop->body.n);
	else
		buf_add_bytes(&head, hop->head);
	n = head.n;
	all = arena_take(a, n + hop->body.n + 1);
	memcpy(all, head.p, n);
	if (hop->body.n > 0)
		memcpy(all + n, hop->body.p, hop->body.n);
	buf_free(&head);
	*ret_payload_at = (int64_t)n;
	return (struct bytes){ (const unsigned char *)all, n + hop->body.n };
}

/*
 * A body that is not as long as its head says (cut, or of a 304) is no whole message: without "msgtype=response" readers
 * take it for what it is.  The head itself stays as it came.
 */
static struct str
response_type(struct arena *a, const struct fetch_hop *hop)
{
	struct http_head head;
	struct err       err;
	struct str       said;
	int64_t          length;

	if (hop->is_refused)
		return STR("application/octet-stream");
	if (hop->is_chunked || td_http_head(a, hop->head, &head, &err) != ERR_OK)
		return STR("application/http;msgtype=response");
	said = td_http_field(&head, STR("Content-Length"));
	if (said.p != NULL && (!str_to_i64(said, 0, INT64_MAX, &length) || (size_t)length != hop->body.n))
		return STR("application/http");
	return STR("application/http;msgtype=response");
}

/* Request, response (or the bytes that are none), metadata.  Returns the index of the response. */
static int64_t
add_hop(struct arena *a, const struct fetch_reply *r, const struct fetch_hop *hop, struct store_capture_new *c)
{
	const struct store_record_new common = { .target_url = hop->url, .date_us = hop->started_us, .ip = hop->peer,
		.protocol = STR("http/1.1"), .tls = hop->tls.cipher, .payload_at = -1 };
	struct store_record_new *v = &c->records.v[c->records.n];
	struct id                response = os_random_uuid();

	for (size_t i = 0; i < RECORDS_A_HOP; i++) {
		v[i] = common;
		v[i].uuid = i == 1 ? response : os_random_uuid();
		if (i != 1)
			v[i].concurrent_to = response;
	}
	v[0].type = RECORD_REQUEST;
	v[0].content_type = STR("application/http;msgtype=request");
	v[0].block = hop->request;
	v[1].type = hop->is_refused ? RECORD_METADATA : RECORD_RESPONSE;
	v[1].content_type = response_type(a, hop);
	v[1].truncated = str_of(fetch_cut_name[hop->cut]);
	v[1].block = hop->is_refused ? hop->body : response_block(a, hop, &v[1].payload_at);
	v[2].type = RECORD_METADATA;
	v[2].content_type = STR("application/json");
	v[2].ip = v[2].protocol = v[2].tls = STR("");
	v[2].block = metadata(a, r, hop);
	c->records.n += RECORDS_A_HOP;
	return hop->is_refused ? -1 : (int64_t)(v - c->records.v) + 1;
}

enum err_code
capture_url(const struct capture_room *room, struct arena *a, struct str url, struct capture_taken *ret, struct err *err)
{
	struct capture_taken     t = { 0 };
	struct store_capture_new c = { .how = HOW_FETCHED, .why = STR("asked for by a person"), .main = -1 };
	struct fetch_reply       r;
	const struct fetch_hop  *last;

	if (fetch_get(room->fetch, a, &(struct fetch_ask){ .url = url, .is_fresh = true }, &r, err) != ERR_OK)
		return err->code;
	last = &r.hops.v[r.hops.n - 1];
	c.records.v = arena_array(a, r.hops.n * RECORDS_A_HOP, struct store_record_new);
	for (size_t i = 0; i < r.hops.n; i++)
		c.main = add_hop(a, &r, &r.hops.v[i], &c);
	/* A redirect is no document. */
	if (r.fault.n > 0)
		c.main = -1;
	t.url = r.hops.v[0].url;
	t.final_url = last->url;
	t.taken_us = r.hops.v[0].started_us;
	t.status = last->status;
	t.fault = r.fault.n > 0 ? r.fault : last->fault;
	if (c.main >= 0) {
		take_type(a, last->head, &t);
		t.document = last->body;
		t.kind = kind_of(a, t.document, t.final_url, &t.media_type, t.content_encoding, &t.said);
	}
	if (commit(room, a, &c, &t, err) != ERR_OK)
		return err->code;
	*ret = t;
	return ERR_OK;
}

static struct str
uuid_urn(struct arena *a, const struct id *id)
{
	static const char dashes[16] = { [4] = 1, [6] = 1, [8] = 1, [10] = 1 };
	char              text[64] = "urn:uuid:";
	size_t            n = 9;

	for (size_t i = 0; i < 16; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%02x", dashes[i] ? "-" : "", id->b[i]);
	return arena_copy(a, str_of(text));
}

/* One file, as it is, under the address that the editor gave or a name made up for it. */
static enum err_code
keep_file(const struct capture_room *room, struct arena *a, struct str name, struct bytes bytes, struct str url,
	struct capture_taken *ret, struct err *err)
{
	struct store_record_new  record = { .type = RECORD_RESOURCE, .uuid = os_random_uuid(), .date_us = os_now_us(),
		.block = bytes, .payload_at = 0 };
	struct store_capture_new c = { .how = HOW_SUPPLIED, .why = name, .main = 0, .records = { &record, 1 } };
	struct capture_taken     t = { .taken_us = record.date_us, .document = bytes };

	if (url.n > 0 && td_url_canonical(a, url, &t.url, err) != ERR_OK)
		return err->code;
	t.final_url = t.url;
	t.kind = kind_of(a, bytes, name, &t.media_type, STR(""), &t.said);
	record.target_url = url.n > 0 ? t.url : uuid_urn(a, &record.uuid);
	record.content_type = t.media_type.n > 0 ? t.media_type : STR("application/octet-stream");
	if (commit(room, a, &c, &t, err) != ERR_OK)
		return err->code;
	*ret = t;
	return ERR_OK;
}

enum err_code
capture_file(const struct capture_room *room, struct arena *a, struct str name, struct bytes bytes, struct str url,
	struct capture_list *ret, struct err *err)
{
	struct capture_list list = { .n = 1 };
	struct str          shown = str_sub(name, 0, 200);

	if (bytes.n == 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": an empty file; nothing was taken", STR_ARG(shown));
	if (bytes.n > LIMIT_BODY_B)
		return err_set(err, ERR_LIMIT, "%" STR_FMT ": %zu bytes, more than the %zu that we take", STR_ARG(shown), bytes.n,
		    (size_t)LIMIT_BODY_B);
	if (kind_is_warc(bytes)) {
		enum err_code code = import_warc(room, a, name, bytes, ret, err);

		/* gzip of something else is a file like any other. */
		if (code != ERR_MISSING || str_starts(bytes_as_str(bytes), STR("WARC/")))
			return code;
	}
	list.v = arena_new(a, struct capture_taken);
	if (keep_file(room, a, name, bytes, url, list.v, err) != ERR_OK)
		return err->code;
	*ret = list;
	return ERR_OK;
}

enum err_code
capture_path(const struct capture_room *room, struct arena *a, struct str path, struct str url, struct capture_list *ret,
	struct err *err)
{
	struct buf    file = BUF_INIT(LIMIT_BODY_B);
	struct str    name = path;
	enum err_code code = os_read_file(path, &file, err);
	struct bytes  bytes;

	for (size_t at; (at = str_find_char(name, '/')) != STR_NONE;)
		name = str_sub(name, at + 1, name.n);
	if (!td_utf8_is_valid(bytes_of(name)) || name.n > LIMIT_FIELD_B)
		name = STR("a file whose name is not UTF-8");
	bytes = code == ERR_OK ? bytes_of(arena_copy(a, buf_str(&file))) : (struct bytes){ 0 };
	buf_free(&file);
	return code == ERR_OK ? capture_file(room, a, name, bytes, url, ret, err) : code;
}
