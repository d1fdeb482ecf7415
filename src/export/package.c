/* The files of an export: records, index, pages, proofs, tokens, sheets, and the signed list of them all. */
#include "export/gather.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "ledger/note.h"
#include "warc/gzip.h"
#include "warc/write.h"

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

/* The record that a WARC file begins with; its id follows from what is in the file. */
static enum err_code
begin_warc(struct gather *g, struct str name, struct buf *out, struct err *err)
{
	struct warc_written written;
	struct buf          record = BUF_INIT(64 * KiB);
	struct sha256      *h = td_sha256_create();
	unsigned char       sum[SHA256_B] = { 0 };
	struct id           uuid;
	enum err_code       code;

	for (size_t i = 0; i < g->p->captures_n && h != NULL; i++)
		td_sha256_add(h, (struct bytes){ g->p->captures[i].taken.id.b, sizeof(g->p->captures[i].taken.id.b) });
	if (h != NULL) {
		td_sha256_add(h, bytes_of(name));
		td_sha256_end(h, sum);
	}
	td_sha256_destroy(h);
	memcpy(uuid.b, sum, sizeof(uuid.b));
	uuid.b[6] = (unsigned char)((uuid.b[6] & 0x0f) | 0x80);        /* RFC 9562 section 5.8: version 8 */
	uuid.b[8] = (unsigned char)((uuid.b[8] & 0x3f) | 0x80);
	td_warc_info(&record, &uuid, g->p->held_us, name, STR("Tidings/" TIDINGS_VERSION), &written);
	code = td_gzip_member(out, buf_bytes(&record), GZIP_SMALL, err);
	buf_free(&record);
	return code;
}

static void
add_index_file(struct gather *g)
{
	struct buf all = BUF_INIT(LIMIT_EXPORT_B);

	for (size_t i = 0; i < g->lines.n; i++)
		buf_add(&all, g->lines.v[i]);
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

/* The proofs are under it: the text behind their empty line. */
static struct str
checkpoint_of(struct str proof)
{
	size_t at = str_find(proof, STR("\n\n"));

	return at == STR_NONE ? STR("") : str_sub(proof, at + 2, proof.n);
}

static enum err_code
add_evidence(struct gather *g, const struct store_checkpoint *c, struct err *err)
{
	struct store_size_ask ask = { 0 };
	struct str            rest, line;
	struct err            ignored;

	for (size_t i = 0; i < g->p->captures_n; i++) {
		char path[64], id[ID_WHOLE];

		snprintf(path, sizeof(path), "evidence/%s.tlog-proof", id_show_whole(ID_CAPTURE, &g->p->captures[i].taken.id, id));
		export_add(g->p, arena_copy(g->a, str_of(path)), bytes_of(g->p->captures[i].proof.proof));
	}
	g->p->checkpoint = checkpoint_of(g->p->captures[0].proof.proof);
	rest = g->p->checkpoint;
	g->p->key = last_line(c->keys);
	export_add(g->p, STR("evidence/checkpoint"), bytes_of(g->p->checkpoint));
	export_add(g->p, STR("evidence/key"), bytes_of(c->keys));
	if (gather_vouchers(g, err) != ERR_OK)
		return err->code;
	(void)str_cut(&rest, '\n', &line);
	/* What cannot be had is not claimed: without it the sheet names only who signed. */
	if (str_cut(&rest, '\n', &line) && str_to_i64(line, 1, INT64_MAX, &ask.size) &&
	    store_ledger_standing(g->link, g->a, &ask, &g->p->standing, &ignored) != ERR_OK)
		g->p->standing = (struct store_standing){ 0 };
	return ERR_OK;
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
	size_t                   begun;

	*err = (struct err){ 0 };
	if (store_status(g->link, g->a, &none, &status, err) != ERR_OK || store_ledger_checkpoint(g->link, g->a, &none, &c, err) != ERR_OK ||
	    gather_captures(g, captures, n, err) != ERR_OK || begin_warc(g, STR(WARC_NAME), &g->warc, err) != ERR_OK ||
	    begin_warc(g, STR(UNCHANGED_NAME), &g->unchanged, err) != ERR_OK)
		return err->code;
	begun = g->unchanged.n;
	if (gather_records(g, err) != ERR_OK)
		return err->code;
	g->p->desk = status.name;
	if (g->warc.failed || g->unchanged.failed || g->pages.failed || g->p->ours.failed)
		return err_set(err, ERR_LIMIT, "the export is larger than %d MB; nothing was written, export fewer captures at once",
		    (int)(LIMIT_EXPORT_B / MiB));
	export_add(g->p, STR("archive/" WARC_NAME), moved(g->a, &g->warc));
	if (g->unchanged.n > begun)
		export_add(g->p, STR("archive/" UNCHANGED_NAME), moved(g->a, &g->unchanged));
	add_index_file(g);
	export_add(g->p, STR("pages/pages.jsonl"), moved(g->a, &g->pages));
	return add_evidence(g, &c, err) == ERR_OK && add_sheets(g, err) == ERR_OK ? sign(g, err) : err->code;
}

enum err_code
export_gather(struct store_link *link, struct arena *a, const struct id *captures, size_t n, struct export_package *ret,
	struct err *err)
{
	struct gather g = { .link = link, .a = a, .p = ret, .warc = BUF_INIT(LIMIT_EXPORT_B), .unchanged = BUF_INIT(LIMIT_EXPORT_B),
		.pages = BUF_INIT(64 * MiB) };

	if (n > EXPORT_CAPTURES_N)
		return err_set(err, ERR_LIMIT, "more than %d captures; nothing was written, export fewer at once", EXPORT_CAPTURES_N);
	*ret = (struct export_package){ .ours = BUF_INIT(LIMIT_EXPORT_B) };
	ret->v = arena_array(a, EXPORT_FILES_N, struct export_file);
	ret->captures = arena_array(a, 2 * n, struct export_capture);
	(void)fill(&g, captures, n, err);
	buf_free(&g.warc);
	buf_free(&g.unchanged);
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
