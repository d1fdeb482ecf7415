#include "export/export.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/write.h"
#include "ledger/note.h"
#include "wacz/cdxj.h"
#include "warc/gzip.h"
#include "warc/write.h"

#define WARC_NAME "data.warc.gz"

struct gather {
	struct store_link     *link;
	struct arena          *a;
	struct export_package *p;
	struct buf             warc, pages;
	int64_t                size;         /* of the checkpoint that all is proved under; 0: the newest */
	struct store_token_page tokens;      /* over it */
	struct str            *lines;        /* of the index */
	size_t                 lines_n;
};

void
export_add(struct export_package *p, struct str path, struct bytes bytes)
{
	if (p->n < EXPORT_FILES_N)
		p->v[p->n++] = (struct export_file){ path, bytes };
}

/* The buf's bytes become the arena's; it is empty then. */
static struct bytes
moved(struct arena *a, struct buf *b)
{
	struct bytes bytes = buf_bytes(b);

	if (b->p != NULL)
		arena_adopt(a, b->p, b->cap);
	*b = (struct buf)BUF_INIT(b->limit);
	return bytes;
}

/* ── records ──────────────────────────────────────────────────────────── */

/* A named field of the record's own header. */
static struct str
field_of(struct str header, const char *name)
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
	struct str rest = field_of(head, "Content-Type"), type = STR("");

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

static void
add_index(struct gather *g, const struct store_record *r, const struct store_record_member *m, struct str header, struct str block)
{
	struct cdxj_entry e = { .url = field_of(header, "WARC-Target-URI"), .filename = STR(WARC_NAME), .offset = (int64_t)g->warc.n,
		.length = (int64_t)m->member.n };
	struct str        head = r->payload_at > 0 ? str_sub(block, 0, (size_t)r->payload_at) : STR("");
	struct buf        line = BUF_INIT(MiB);

	if (r->type != RECORD_RESPONSE && r->type != RECORD_REVISIT && r->type != RECORD_RESOURCE)
		return;
	if (!instant_parse_iso(field_of(header, "WARC-Date"), &e.date_us))
		return;
	e.mime = r->type == RECORD_REVISIT ? STR("warc/revisit") : head.n > 0 ? type_of(head) : type_of(header);
	e.status = status_of(head.n > 0 ? head : block);
	memcpy(e.payload_sha256, r->payload_sha256, 32);
	memcpy(e.member_sha256, m->sha256, 32);
	td_cdxj_write(g->a, &line, &e);
	buf_add_char(&line, '\n');
	if (g->lines_n < EXPORT_FILES_N && !line.failed)
		g->lines[g->lines_n++] = arena_copy(g->a, buf_str(&line));
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

static void
add_page(struct gather *g, const struct store_capture *c, struct str url, struct str date, struct str title)
{
	struct json j = { .out = &g->pages };
	char        id[ID_WHOLE];

	td_json_object(&j);
	td_json_key(&j, "id"), td_json_str(&j, str_of(id_show_whole(ID_CAPTURE, &c->id, id)));
	td_json_key(&j, "url"), td_json_str(&j, url);
	td_json_key(&j, "ts"), td_json_str(&j, date);
	td_json_key(&j, "title"), td_json_str(&j, title);
	td_json_end(&j);
	buf_add_char(&g->pages, '\n');
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

static enum err_code
add_record(struct gather *g, struct arena *a, const struct store_capture *c, int64_t index, struct str title, struct err *err)
{
	const struct store_record *r = &c->records.v[index];
	struct store_record_member m;
	struct buf                 whole = BUF_INIT(LIMIT_MESSAGE_B);
	size_t                     used, end;
	struct str                 header;

	if (store_record_member(g->link, a, &(struct store_record_name){ c->id, index }, &m, err) != ERR_OK ||
	    td_gunzip_member(&whole, m.member, whole.limit, &used, err) != ERR_OK) {
		buf_free(&whole);
		return err->code;
	}
	end = str_find(buf_str(&whole), STR("\r\n\r\n"));
	header = str_sub(buf_str(&whole), 0, end == STR_NONE ? 0 : end + 2);
	if (index == (c->main >= 0 ? c->main : 0))
		add_page(g, c, field_of(header, "WARC-Target-URI"), short_date(a, field_of(header, "WARC-Date")), title);
	add_index(g, r, &m, header, str_sub(buf_str(&whole), header.n + 2, whole.n));
	keep_ours(g, r, header, str_sub(buf_str(&whole), header.n + 2, whole.n));
	buf_add_bytes(&g->warc, m.member);
	buf_free(&whole);
	return ERR_OK;
}

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

/* When the newest of them was held; nothing in a package is newer. */
static enum err_code
find_held(struct gather *g, const struct id *captures, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct store_capture c;
		char                 shown[ID_WHOLE];
		struct store_name    name = { str_of(id_show_whole(ID_CAPTURE, &captures[i], shown)), ID_CAPTURE };

		if (store_capture_get(g->link, g->a, &name, &c, err) != ERR_OK)
			return err->code;
		g->p->held_us = c.held_us > g->p->held_us ? c.held_us : g->p->held_us;
		g->size = c.ledger_seq + 1 > g->size ? c.ledger_seq + 1 : g->size;
	}
	if (store_token_list(g->link, g->a, &(struct store_token_ask){ .size = g->size }, &g->tokens, err) != ERR_OK)
		return err->code;
	g->size = g->tokens.tokens.n > 0 ? g->tokens.tokens.v[0].size : 0;
	return ERR_OK;
}

static enum err_code
add_capture(struct gather *g, const struct id *id, struct err *err)
{
	struct store_capture  *c = &g->p->captures[g->p->captures_n];
	char                   shown[ID_WHOLE];
	struct store_name      name = { str_of(id_show_whole(ID_CAPTURE, id, shown)), ID_CAPTURE };
	struct store_prove_ask ask = { .capture = *id, .size = g->size };
	struct store_proof    *proof = &g->p->proofs[g->p->captures_n];
	struct arena           a;
	struct str             title;

	if (store_capture_get(g->link, g->a, &name, c, err) != ERR_OK || store_ledger_prove(g->link, g->a, &ask, proof, err) != ERR_OK)
		return err->code;
	title = title_of(g, c);
	for (size_t i = 0; i < c->records.n; i++) {
		arena_init(&a, 3 * LIMIT_MESSAGE_B, g->a->full, g->a->full_arg);
		(void)add_record(g, &a, c, (int64_t)i, title, err);
		arena_free(&a);
		if (err->code != ERR_OK)
			return err->code;
	}
	buf_add(&g->p->ours, proof->statement);
	if (g->p->captures_n++ == 0) {
		g->p->main_url = c->final_url.n > 0 ? c->final_url : c->url;
		g->p->main_us = c->taken_us;
		g->p->title = title;
	}
	return ERR_OK;
}

/* ── the package ──────────────────────────────────────────────────────── */

/* The record that a WARC file begins with; its id follows from what is in the file. */
static enum err_code
begin_warc(struct gather *g, const struct id *captures, size_t n, int64_t date_us, struct err *err)
{
	struct warc_written written;
	struct buf          record = BUF_INIT(64 * KiB);
	unsigned char       sum[SHA256_B];
	struct id           uuid;
	enum err_code       code;

	td_sha256((struct bytes){ captures->b, n * sizeof(*captures) }, sum);
	memcpy(uuid.b, sum, sizeof(uuid.b));
	uuid.b[6] = (unsigned char)((uuid.b[6] & 0x0f) | 0x80);        /* RFC 9562 section 5.8: version 8 */
	uuid.b[8] = (unsigned char)((uuid.b[8] & 0x3f) | 0x80);
	td_warc_info(&record, &uuid, date_us, STR(WARC_NAME), STR("Tidings/" TIDINGS_VERSION), &written);
	code = td_gzip_member(&g->warc, buf_bytes(&record), GZIP_SMALL, err);
	buf_free(&record);
	return code;
}

static int
compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void
add_index_file(struct gather *g)
{
	struct buf all = BUF_INIT(LIMIT_EXPORT_B);

	qsort(g->lines, g->lines_n, sizeof(*g->lines), compare);
	for (size_t i = 0; i < g->lines_n; i++)
		buf_add(&all, g->lines[i]);
	export_add(g->p, STR("indexes/index.cdxj"), moved(g->a, &all));
}

static struct str
last_line(struct str keys)
{
	struct str line, last = STR("");

	while (str_take_line(&keys, &line))
		last = line;
	return last;
}

/* The lines of witnesses under the checkpoint; the store keeps those alone that it found good. */
static void
add_witnesses(struct gather *g)
{
	struct str            text, rest;
	struct note_signature sig;
	struct err            err;

	if (td_note_split(g->p->checkpoint, &text, &rest, &err) != ERR_OK)
		return;
	while (rest.n > 0 && td_note_take(&rest, &sig)) {
		uint64_t time_s = 0;

		for (size_t i = 4; i < 12; i++)
			time_s = time_s << 8 | sig.bytes[i];
		if (sig.n == NOTE_SIGNATURE_B)
			g->p->times[g->p->times_n++] = (struct export_time){ sig.name, (int64_t)time_s * US_PER_S, false };
	}
}

/* What others said about it: the first word is the best, so the oldest checkpoint that covers all and has some. */
static void
add_tokens(struct gather *g)
{
	struct export_package *p = g->p;

	p->times = arena_array(g->a, g->tokens.tokens.n + NOTE_LINES_N, struct export_time);
	for (size_t i = 0; i < g->tokens.tokens.n; i++) {
		const struct store_token *t = &g->tokens.tokens.v[i];
		char                      path[64];

		snprintf(path, sizeof(path), "evidence/tokens/%zu.tsr", i + 1);
		export_add(p, arena_copy(g->a, str_of(path)), t->token);
		p->times[p->times_n++] = (struct export_time){ t->who, t->time_us, true };
	}
	add_witnesses(g);
	if (g->tokens.tokens.n > 0) {
		export_add(p, STR("evidence/signed-checkpoint"), bytes_of(g->tokens.tokens.v[0].note));
		p->token_file = STR("tokens/1.tsr");
	}
}

/* The proofs are under it: the text behind their empty line. */
static struct str
checkpoint_of(struct str proof)
{
	size_t at = str_find(proof, STR("\n\n"));

	return at == STR_NONE ? STR("") : str_sub(proof, at + 2, proof.n);
}

static void
add_evidence(struct gather *g, const struct store_checkpoint *c)
{
	for (size_t i = 0; i < g->p->captures_n; i++) {
		char path[64], id[ID_WHOLE];

		snprintf(path, sizeof(path), "evidence/%s.tlog-proof", id_show_whole(ID_CAPTURE, &g->p->captures[i].id, id));
		export_add(g->p, arena_copy(g->a, str_of(path)), bytes_of(g->p->proofs[i].proof));
	}
	g->p->checkpoint = checkpoint_of(g->p->proofs[0].proof);
	g->p->key = last_line(c->keys);
	export_add(g->p, STR("evidence/checkpoint"), bytes_of(g->p->checkpoint));
	export_add(g->p, STR("evidence/key"), bytes_of(c->keys));
	add_tokens(g);
}

static struct bytes
manifest_of(struct arena *a, const struct export_package *p)
{
	struct buf    b = BUF_INIT(MiB);
	unsigned char sum[SHA256_B];
	char          hex[SHA256_HEX_B];

	for (size_t i = 0; i < p->n; i++) {
		td_sha256(p->v[i].bytes, sum);
		buf_addf(&b, "%s  %" STR_FMT "\n", td_hex(sum, SHA256_B, hex), STR_ARG(p->v[i].path));
	}
	return moved(a, &b);
}

static enum err_code
sign(struct gather *g, struct err *err)
{
	struct store_sign_ask   ask = { .manifest = manifest_of(g->a, g->p), .package_hash = STR("") };
	struct store_signatures made;
	struct buf              comment = BUF_INIT(KiB);
	struct str              rest = g->p->checkpoint, origin = STR("");
	char                    when[CIVIL_SHOWN];

	(void)str_take_line(&rest, &origin);
	buf_addf(&comment, "%" STR_FMT ", captures held by %s", STR_ARG(origin), instant_iso(g->p->held_us, when));
	ask.comment = arena_copy(g->a, buf_str(&comment));
	buf_free(&comment);
	if (store_export_sign(g->link, g->a, &ask, &made, err) != ERR_OK)
		return err->code;
	export_add(g->p, STR("evidence/MANIFEST"), ask.manifest);
	export_add(g->p, STR("evidence/MANIFEST.minisig"), bytes_of(made.minisign));
	export_add(g->p, STR("evidence/minisign.pub"), bytes_of(made.minisign_key));
	g->p->minisign_key = str_trim(made.minisign_key);
	return ERR_OK;
}

/* The sheets are in the manifest, so the key that they print is asked for first. */
static enum err_code
add_sheets(struct gather *g, struct err *err)
{
	struct store_signatures made;
	struct store_sign_ask   ask = { .manifest = bytes_of(STR("")), .comment = STR("no file"), .package_hash = STR("") };

	if (store_export_sign(g->link, g->a, &ask, &made, err) != ERR_OK)
		return err->code;
	g->p->minisign_key = str_trim(made.minisign_key);
	for (int lang = 0; lang < WORDS_LANG__COUNT; lang++) {
		struct buf b = BUF_INIT(LIMIT_PAGE_B);
		char       path[64];

		if (export_sheet(g->a, g->p, (enum words_lang)lang, &b, err) != ERR_OK)
			return err->code;
		snprintf(path, sizeof(path), "evidence/sheet.%" STR_FMT ".html", STR_ARG(td_words_tag((enum words_lang)lang)));
		export_add(g->p, arena_copy(g->a, str_of(path)), moved(g->a, &b));
	}
	return ERR_OK;
}

static enum err_code
fill(struct gather *g, const struct id *captures, size_t n, struct err *err)
{
	struct store_desk_status status;
	struct store_checkpoint  c;
	struct store_none        none = { 0 };

	*err = (struct err){ 0 };
	if (store_status(g->link, g->a, &none, &status, err) != ERR_OK || store_ledger_checkpoint(g->link, g->a, &none, &c, err) != ERR_OK ||
	    find_held(g, captures, n, err) != ERR_OK || begin_warc(g, captures, n, g->p->held_us, err) != ERR_OK)
		return err->code;
	g->p->desk = status.name;
	buf_add(&g->pages, STR("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n"));
	for (size_t i = 0; i < n; i++)
		if (add_capture(g, &captures[i], err) != ERR_OK)
			return err->code;
	if (g->warc.failed || g->pages.failed || g->p->ours.failed)
		return err_set(err, ERR_LIMIT, "the export is larger than %d MB; nothing was written, export fewer captures at once",
		    (int)(LIMIT_EXPORT_B / MiB));
	export_add(g->p, STR("archive/" WARC_NAME), moved(g->a, &g->warc));
	add_index_file(g);
	export_add(g->p, STR("pages/pages.jsonl"), moved(g->a, &g->pages));
	add_evidence(g, &c);
	return add_sheets(g, err) == ERR_OK ? sign(g, err) : err->code;
}

enum err_code
export_gather(struct store_link *link, struct arena *a, const struct id *captures, size_t n, struct export_package *ret,
	struct err *err)
{
	struct gather g = { .link = link, .a = a, .p = ret, .warc = BUF_INIT(LIMIT_EXPORT_B), .pages = BUF_INIT(64 * MiB) };

	if (n > EXPORT_CAPTURES_N)
		return err_set(err, ERR_LIMIT, "more than %d captures; nothing was written, export fewer at once", EXPORT_CAPTURES_N);
	*ret = (struct export_package){ .ours = BUF_INIT(LIMIT_EXPORT_B) };
	ret->v = arena_array(a, EXPORT_FILES_N, struct export_file);
	ret->captures = arena_array(a, n, struct store_capture);
	ret->proofs = arena_array(a, n, struct store_proof);
	g.lines = arena_array(a, EXPORT_FILES_N, struct str);
	(void)fill(&g, captures, n, err);
	buf_free(&g.warc);
	buf_free(&g.pages);
	if (err->code != ERR_OK)
		export_free(ret);
	return err->code;
}

void
export_free(struct export_package *p)
{
	buf_free(&p->ours);
}
