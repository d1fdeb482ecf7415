/* The records of an export: byte for byte as they stand, each once, and every one that another refers to. */
#include "export/gather.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/write.h"
#include "wacz/cdxj.h"
#include "warc/gzip.h"

/* ── which captures ───────────────────────────────────────────────────── */

static bool
has_capture(const struct gather *g, const struct id *id)
{
	for (size_t i = 0; i < g->p->captures_n; i++)
		if (id_eq(&g->p->captures[i].taken.id, id))
			return true;
	return false;
}

static enum err_code
add_one(struct gather *g, const struct id *id, struct err *err)
{
	struct export_capture *c = &g->p->captures[g->p->captures_n];
	char                   shown[ID_WHOLE];
	struct store_name      name = { str_of(id_show_whole(ID_CAPTURE, id, shown)), ID_CAPTURE };

	if (has_capture(g, id))
		return ERR_OK;
	*c = (struct export_capture){ 0 };
	if (store_capture_get(g->link, g->a, &name, &c->taken, err) != ERR_OK)
		return err->code;
	c->is_part = !id_is_none(&c->taken.part_of);
	g->p->held_us = c->taken.held_us > g->p->held_us ? c->taken.held_us : g->p->held_us;
	g->size = c->taken.ledger_seq + 1 > g->size ? c->taken.ledger_seq + 1 : g->size;
	g->p->captures_n++;
	return id_is_none(&c->taken.parts) ? ERR_OK : add_one(g, &c->taken.parts, err);
}

/* The oldest with tokens that covers all; else the newest that witnesses signed, if it does; else the newest. */
static enum err_code
choose_checkpoint(struct gather *g, struct err *err)
{
	struct store_standing standing;

	if (store_token_list(g->link, g->a, &(struct store_token_ask){ .size = g->size }, &g->tokens, err) != ERR_OK ||
	    store_ledger_standing(g->link, g->a, &(struct store_size_ask){ 0 }, &standing, err) != ERR_OK)
		return err->code;
	g->size = g->tokens.tokens.n > 0 ? g->tokens.tokens.v[0].size : standing.witnessed_size >= g->size ? standing.witnessed_size : 0;
	return ERR_OK;
}

enum err_code
gather_captures(struct gather *g, const struct id *captures, size_t n, struct err *err)
{
	size_t records = 0;

	for (size_t i = 0; i < n; i++)
		if (add_one(g, &captures[i], err) != ERR_OK)
			return err->code;
	for (size_t i = 0; i < g->p->captures_n; i++)
		records += g->p->captures[i].taken.records.n;
	/* Each may be a revisit of one that is not among them. */
	g->lines.v = arena_array(g->a, 2 * records, struct str);
	g->held.v = arena_array(g->a, 2 * records, struct held);
	g->wanted.v = arena_array(g->a, records, struct wanted);
	return choose_checkpoint(g, err);
}

/* ── one record ───────────────────────────────────────────────────────── */

struct str
gather_field(struct str header, const char *name)
{
	char       line[64];
	size_t     at, n = (size_t)snprintf(line, sizeof(line), "\r\n%s: ", name);
	struct str rest;

	if ((at = str_find_nocase(header, (struct str){ line, n })) == STR_NONE)
		return STR("");
	rest = str_sub(header, at + n, header.n);
	return str_sub(rest, 0, str_find_char(rest, '\r'));
}

/* The media type of a header or a head, without its parameters. */
static struct str
type_of(struct str head)
{
	struct str rest = gather_field(head, "Content-Type"), type = STR("");

	(void)str_cut(&rest, ';', &type);
	return str_trim(type);
}

/* "HTTP/1.1 404 Not Found" */
static int64_t
status_of(struct str head)
{
	int64_t status;

	return str_starts(head, STR("HTTP/1.")) && str_to_i64(str_sub(head, 9, 12), 100, 999, &status) ? status : 0;
}

static bool
is_indexed(enum record_type type)
{
	return type == RECORD_RESPONSE || type == RECORD_REVISIT || type == RECORD_RESOURCE;
}

/* Of the payload: a revisit's is that of the bytes it stands for, in its maker's words. */
static struct str
digest_of(struct arena *a, const struct store_record *r, struct str header)
{
	char hex[SHA256_HEX_B], text[SHA256_HEX_B + 8];

	if (r->type == RECORD_REVISIT)
		return arena_copy(a, gather_field(header, "WARC-Payload-Digest"));
	if (r->payload_at < 0)
		return STR("");
	snprintf(text, sizeof(text), "sha256:%s", td_hex(r->payload_sha256, SHA256_B, hex));
	return arena_copy(a, str_of(text));
}

/* A 304: evidence that a file was as it had been, and no answer to anybody who asks for it. */
static bool
is_unchanged(enum record_type type, struct str header)
{
	return type == RECORD_REVISIT && str_ends(gather_field(header, "WARC-Profile"), STR("/server-not-modified"));
}

static void
add_index(struct gather *g, const struct store_record *r, const struct store_record_member *m, struct str header, struct str block)
{
	struct cdxj_entry e = { .url = gather_field(header, "WARC-Target-URI"), .filename = STR(WARC_NAME), .offset = (int64_t)g->warc.n,
		.length = (int64_t)m->member.n, .digest = g->held.v[g->held.n - 1].digest };
	struct str        head = r->payload_at > 0 ? str_sub(block, 0, (size_t)r->payload_at) : STR("");
	struct buf        line = BUF_INIT(MiB);

	if (!is_indexed(r->type) || is_unchanged(r->type, header) || !instant_parse_iso(gather_field(header, "WARC-Date"), &e.date_us))
		return;
	e.mime = r->type == RECORD_REVISIT ? STR("warc/revisit") : head.n > 0 ? type_of(head) : type_of(header);
	e.status = status_of(head.n > 0 ? head : block);
	memcpy(e.member_sha256, m->sha256, 32);
	td_cdxj_write(g->a, &line, &e);
	buf_add_char(&line, '\n');
	if (!line.failed)
		g->lines.v[g->lines.n++] = arena_copy(g->a, buf_str(&line));
	buf_free(&line);
}

/* Headers are ours, and so are the blocks that no server sent. */
static void
keep_ours(struct gather *g, const struct store_record *r, struct str header, struct str block)
{
	buf_add(&g->p->ours, header);
	if (r->type == RECORD_REQUEST || r->type == RECORD_METADATA)
		buf_add(&g->p->ours, block);
}

/* A revisit is replayed with the reply that it names by address and date. */
static void
want_original(struct gather *g, struct str header)
{
	struct wanted *w = &g->wanted.v[g->wanted.n];

	w->digest = g->held.v[g->held.n - 1].digest;
	w->url = arena_copy(g->a, gather_field(header, "WARC-Refers-To-Target-URI"));
	w->date_us = 0;
	(void)instant_parse_iso(gather_field(header, "WARC-Refers-To-Date"), &w->date_us);      /* 0 finds none */
	g->wanted.n++;
}

static bool
holds(const struct gather *g, const struct id *uuid)
{
	for (size_t i = 0; i < g->held.n; i++)
		if (id_eq(&g->held.v[i].uuid, uuid))
			return true;
	return false;
}

/* Its bytes as they stand, unpacked for a look into the arena a. */
static enum err_code
read_member(struct gather *g, struct arena *a, const struct store_record_name *name, struct store_record_member *m, struct str *ret_header,
	struct str *ret_block, struct err *err)
{
	struct buf whole = BUF_INIT(LIMIT_MESSAGE_B);
	size_t     used, end;

	if (store_record_member(g->link, a, name, m, err) != ERR_OK ||
	    td_gunzip_member(&whole, m->member, whole.limit, &used, err) != ERR_OK) {
		buf_free(&whole);
		return err->code;
	}
	arena_adopt(a, whole.p, whole.cap);
	end = str_find(buf_str(&whole), STR("\r\n\r\n"));
	*ret_header = str_sub(buf_str(&whole), 0, end == STR_NONE ? 0 : end + 2);
	*ret_block = str_sub(buf_str(&whole), ret_header->n + 2, whole.n);
	return ERR_OK;
}

static enum err_code
add_record(struct gather *g, struct arena *a, const struct store_record_name *name, const struct store_record *r, struct str *ret_header,
	struct str *ret_block, struct err *err)
{
	struct store_record_member m;

	if (read_member(g, a, name, &m, ret_header, ret_block, err) != ERR_OK)
		return err->code;
	g->held.v[g->held.n++] = (struct held){ r->uuid, digest_of(g->a, r, *ret_header) };
	add_index(g, r, &m, *ret_header, *ret_block);
	keep_ours(g, r, *ret_header, *ret_block);
	if (r->type == RECORD_REVISIT)
		want_original(g, *ret_header);
	buf_add_bytes(is_unchanged(r->type, *ret_header) ? &g->unchanged : &g->warc, m.member);
	return ERR_OK;
}

/* ── one capture ──────────────────────────────────────────────────────── */

/* What the page calls itself, once it was read. */
static struct str
title_of(struct gather *g, const struct store_capture *c)
{
	struct store_article_view v;
	struct store_name         name = { .kind = ID_ARTICLE };
	char                      id[ID_WHOLE];
	struct err                err;

	if (id_is_none(&c->article))
		return STR("");
	name.id = str_of(id_show_whole(ID_ARTICLE, &c->article, id));
	return store_article_get(g->link, g->a, &name, &v, &err) == ERR_OK ? v.article.title : STR("");
}

/* A header's date to the second, as the pages' list and the index have it. */
static struct str
short_date(struct arena *a, struct str date)
{
	int64_t us = 0;
	char    shown[CIVIL_SHOWN];

	(void)instant_parse_iso(date, &us);     /* of our own writing; 1970 says that it is not */
	return arena_copy(a, str_of(instant_iso(us, shown)));
}

static void
add_page(struct gather *g, const struct store_capture *c, struct str header)
{
	struct json j = { .out = &g->pages };
	struct str  title = title_of(g, c);
	char        id[ID_WHOLE];

	td_json_object(&j);
	td_json_key(&j, "id"), td_json_str(&j, str_of(id_show_whole(ID_CAPTURE, &c->id, id)));
	td_json_key(&j, "url"), td_json_str(&j, gather_field(header, "WARC-Target-URI"));
	td_json_key(&j, "ts"), td_json_str(&j, short_date(g->a, gather_field(header, "WARC-Date")));
	td_json_key(&j, "title"), td_json_str(&j, title);
	td_json_end(&j);
	buf_add_char(&g->pages, '\n');
	if (g->p->main_url.n > 0)
		return;
	g->p->main_url = c->final_url.n > 0 ? c->final_url : c->url;
	g->p->main_us = c->taken_us;
	g->p->title = title;
}

static enum err_code
add_capture(struct gather *g, struct export_capture *c, struct err *err)
{
	struct store_prove_ask ask = { .capture = c->taken.id, .size = g->size };
	const size_t           page = c->taken.main >= 0 ? (size_t)c->taken.main : 0;

	if (store_ledger_prove(g->link, g->a, &ask, &c->proof, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < c->taken.records.n; i++) {
		struct arena               a;
		struct str                 header, block;
		const struct store_record *r = &c->taken.records.v[i];

		if (holds(g, &r->uuid))
			continue;
		arena_init(&a, 3 * LIMIT_MESSAGE_B, g->a->full, g->a->full_arg);
		if (add_record(g, &a, &(struct store_record_name){ c->taken.id, (int64_t)i }, r, &header, &block, err) == ERR_OK) {
			if (c->is_part && r->type == RECORD_METADATA && str_starts(block, STR("{\"page\"")))
				gather_parts(g, block, c);
			if (!c->is_part && i == page)
				add_page(g, &c->taken, header);
		}
		arena_free(&a);
		if (err->code != ERR_OK)
			return err->code;
	}
	buf_add(&g->p->ours, c->proof.statement);
	return ERR_OK;
}

/* The reply that a revisit stands for, out of another capture; its proof is the revisit, which says its digest. */
static enum err_code
add_original(struct gather *g, const struct wanted *w, struct err *err)
{
	const struct store_record_ask ask = { w->digest, w->url, w->date_us };
	struct store_record_found     found;
	struct arena                  a;
	struct str                    header, block;

	if (store_record_find(g->link, g->a, &ask, &found, err) != ERR_OK)
		return err->code;
	if (id_is_none(&found.capture) || holds(g, &found.record.uuid))
		return ERR_OK;
	arena_init(&a, 3 * LIMIT_MESSAGE_B, g->a->full, g->a->full_arg);
	(void)add_record(g, &a, &(struct store_record_name){ found.capture, found.index }, &found.record, &header, &block, err);
	arena_free(&a);
	return err->code;
}

static int
compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

enum err_code
gather_records(struct gather *g, struct err *err)
{
	*err = (struct err){ 0 };
	buf_add(&g->pages, STR("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n"));
	for (size_t i = 0; i < g->p->captures_n; i++)
		if (add_capture(g, &g->p->captures[i], err) != ERR_OK)
			return err->code;
	for (size_t i = 0; i < g->wanted.n; i++)
		if (add_original(g, &g->wanted.v[i], err) != ERR_OK)
			return err->code;
	qsort(g->lines.v, g->lines.n, sizeof(*g->lines.v), compare);
	return ERR_OK;
}
