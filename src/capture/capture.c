#include "capture/capture.h"

#include <stdio.h>

#include "base/limits.h"
#include "capture/capture_private.h"
#include "http/message.h"
#include "os/clock.h"
#include "os/file.h"
#include "text/utf8.h"
#include "url/url.h"

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
	c->seals = room->seals;
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

struct str
page_isolation(const struct capture_room *room, struct arena *a, struct str url)
{
	struct url u;
	struct err err;

	return room->isolation.n > 0 ? room->isolation : td_url_parse(a, url, NULL, &u, &err) == ERR_OK ? u.host : STR("");
}

/* What is in the reply, beside its records; c->main is known. */
static struct capture_taken
describe(struct arena *a, const struct fetch_reply *r, bool has_document)
{
	const struct fetch_hop *last = &r->hops.v[r->hops.n - 1];
	struct capture_taken    t = { .url = r->hops.v[0].url, .final_url = last->url, .taken_us = r->hops.v[0].started_us,
		.status = last->status, .is_fetched = true, .fault = r->fault.n > 0 ? r->fault : last->fault };

	if (has_document) {
		take_type(a, last->head, &t);
		t.document = last->body;
		t.kind = kind_of(a, t.document, t.final_url, &t.media_type, t.content_encoding, &t.said);
	}
	return t;
}

enum err_code
capture_reply(const struct capture_room *room, struct arena *a, const struct capture_trigger *trigger, const struct fetch_reply *r,
	struct capture_taken *ret, struct err *err)
{
	struct store_capture_new c = { .how = HOW_FETCHED, .why = trigger->why, .main = -1, .item = trigger->item,
		.reads_later = trigger->reads_later };
	const struct way         way = { .why = trigger->why, .not_followed = r->fault, .robots = trigger->robots };
	struct capture_taken     t;

	c.records.v = arena_array(a, r->hops.n * RECORDS_A_HOP, struct store_record_new);
	for (size_t i = 0; i < r->hops.n; i++)
		c.main = add_hop(a, &way, i + 1 == r->hops.n, &r->hops.v[i], &c.records.n, c.records.v);
	/* A redirect is no document. */
	if (r->fault.n > 0)
		c.main = -1;
	t = describe(a, r, c.main >= 0);
	if (commit(room, a, &c, &t, err) != ERR_OK)
		return err->code;
	if (c.main >= 0)
		t.document_record = c.records.v[c.main].uuid;
	*ret = t;
	return ERR_OK;
}

enum err_code
capture_url(const struct capture_room *room, struct arena *a, struct str url, struct capture_taken *ret, struct err *err)
{
	const struct capture_trigger trigger = { .why = STR("asked for by a person"),
		.robots = STR("not consulted: asked for by a person") };
	struct fetch_reply           r;

	if (fetch_get(room->fetch, a, &(struct fetch_ask){ .url = url, .is_fresh = true, .route = room->route, .contact = room->contact,
	    .isolation = page_isolation(room, a, url) }, &r, err) != ERR_OK)
		return err->code;
	return capture_reply(room, a, &trigger, &r, ret, err);
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
	t.document_record = record.uuid;
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
