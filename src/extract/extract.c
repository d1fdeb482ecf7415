#include "extract/extract.h"

#include <stdio.h>

#include "base/limits.h"
#include "document/kind.h"
#include "extract/extract_private.h"
#include "http/message.h"
#include "store/verbs.h"

/* What the child says of offsets is checked once more: they decide what a note may quote. */
static bool
are_blocks_sound(const struct article *a)
{
	int64_t end = 0;

	for (size_t i = 0; i < a->blocks.n; i++) {
		if (a->blocks.v[i].from < end || a->blocks.v[i].to < a->blocks.v[i].from || a->blocks.v[i].to > (int64_t)a->text.n || a->blocks.v[i].page < 0)
			return false;
		end = a->blocks.v[i].to;
	}
	return true;
}

/* Which kind of child: only a PDF needs another program. */
static enum jail_kind
child_for(const struct extract_ask *ask)
{
	enum document_kind kind = ask->content_encoding.n > 0 || ask->is_chunked ? td_document_of_label(ask->media_type) :
	    td_document_type(ask->body, ask->media_type, ask->file.n > 0 ? ask->file : ask->url).kind;

	return kind == DOCUMENT_PDF ? JAIL_PDF : JAIL_EXTRACT;
}

bool
extract_is_document(struct bytes b, struct str name)
{
	const bool is_packed = b.n > 2 && b.p[0] == 0x1f && b.p[1] == 0x8b;

	return b.n > 0 && (is_packed || td_document_is_read(td_document_type(b, STR(""), name).kind));
}

enum err_code
extract_document(struct jail *jail, struct arena *a, const struct extract_ask *ask, struct article *ret, struct err *err)
{
	struct buf     question = BUF_INIT(LIMIT_BODY_B + MiB), answer = BUF_INIT(LIMIT_ANSWER_B + MiB);
	struct article got;
	enum err_code  code;

	td_wire_put(&question, &extract_ask_desc, ask);
	if (question.failed)
		code = err_set(err, ERR_LIMIT, "a document of %zu bytes, more than the %zu MB limit; kept, not read", ask->body.n, LIMIT_BODY_B / MiB);
	else
		code = jail_run(jail, child_for(ask), buf_bytes(&question), &answer, err);
	buf_free(&question);
	if (code == ERR_OK) {
		struct str copy = arena_copy(a, buf_str(&answer));      /* the article points into it */

		code = td_wire_get(a, &article_desc, bytes_of(copy), &got, err);
		if (code == ERR_OK && !are_blocks_sound(&got))
			code = err_set(err, ERR_FORMAT, "the reader's answer contradicts itself; the page is kept, not read");
	}
	buf_free(&answer);
	if (code == ERR_OK)
		*ret = got;
	return code;
}

/* A response record is split into head and body; a resource record is all body. */
static enum err_code
question_of(struct arena *a, const struct store_capture *c, const struct store_record_bytes *r, struct extract_ask *ret, struct err *err)
{
	struct http_head head;
	struct http_type type;

	*ret = (struct extract_ask){ .file = c->why, .url = c->final_url, .media_type = c->media_type, .charset = STR(""),
		.content_encoding = STR(""), .body = r->block };
	if (r->record.type != RECORD_RESPONSE)
		return ERR_OK;
	if (td_http_head(a, r->block, &head, err) != ERR_OK)
		return err->code;
	type = td_http_type(a, td_http_field(&head, STR("content-type")));
	ret->media_type = type.essence;
	ret->charset = type.charset;
	ret->content_encoding = td_http_field(&head, STR("content-encoding"));
	if (ret->content_encoding.p == NULL)
		ret->content_encoding = STR("");
	ret->body = (struct bytes){ r->block.p + head.length_b, r->block.n - head.length_b };
	return ERR_OK;
}

/* An article that says why there is none. */
static struct article
unread(struct arena *a, const struct store_capture *c, const char *why)
{
	struct article article = { .url = c->final_url, .kind = ARTICLE_EMPTY };

	article.warnings.v = arena_new(a, struct str);
	article.warnings.v[0] = arena_copy(a, str_of(why));
	article.warnings.n = 1;
	return article;
}

enum err_code
extract_capture(struct store_link *link, struct jail *jail, struct arena *a, const struct id *capture, struct id *ret_id,
	struct article *ret, struct err *err)
{
	char                      shown[ID_WHOLE];
	struct store_name         name = { .id = str_of(id_show_whole(ID_CAPTURE, capture, shown)), .kind = ID_CAPTURE };
	struct store_article_new  made = { .capture = *capture, .extractor = STR(EXTRACT_VERSION) };
	struct store_article_done done;
	struct store_record_bytes record;
	struct store_capture      c;
	struct extract_ask        ask;
	enum err_code             code;

	if (store_capture_get(link, a, &name, &c, err) != ERR_OK)
		return err->code;
	if (c.main < 0)
		return err_set(err, ERR_MISSING, "%s: holds no document; there is nothing to read", shown);
	if (store_record_read(link, a, &(struct store_record_name){ .capture = *capture, .index = c.main }, &record, err) != ERR_OK)
		return err->code;
	code = question_of(a, &c, &record, &ask, err);
	if (code == ERR_OK)
		code = extract_document(jail, a, &ask, &made.article, err);
	if (code == ERR_IO || code == ERR_NOMEM)
		return code;            /* the machine's fault, not the page's: try again later */
	if (code != ERR_OK)
		made.article = unread(a, &c, err->text);
	made.article.file = STR("");
	if (store_article_commit(link, a, &made, &done, err) != ERR_OK)
		return err->code;
	*ret_id = done.id;
	*ret = made.article;
	return ERR_OK;
}

static void
markdown_block(struct buf *out, const struct block *b, struct str text)
{
	static const char hashes[] = "######";

	if (b->kind == BLOCK_HEADING)
		buf_addf(out, "%.*s ", (int)(b->level < 1 ? 1 : b->level > 6 ? 6 : b->level), hashes);
	else if (b->kind == BLOCK_ITEM)
		buf_addf(out, "%*s- ", (int)(b->level > 1 && b->level < 10 ? 2 * (b->level - 1) : 0), "");
	else if (b->kind == BLOCK_QUOTE)
		buf_add(out, STR("> "));
	buf_add(out, text);
	buf_add(out, b->kind == BLOCK_ITEM || b->kind == BLOCK_ROW ? STR("\n") : STR("\n\n"));
}

void
extract_print(struct buf *out, const struct article *a, enum extract_format format)
{
	switch (format) {
	case EXTRACT_JSON:
		td_wire_json(out, &article_desc, a);
		buf_add_char(out, '\n');
		break;
	case EXTRACT_TEXT:
		if (a->title.n > 0) {
			buf_add(out, a->title);
			buf_add(out, STR("\n\n"));
		}
		buf_add(out, a->text);
		buf_add_char(out, '\n');
		break;
	case EXTRACT_MARKDOWN:
		if (a->title.n > 0) {
			buf_add(out, STR("# "));
			buf_add(out, a->title);
			buf_add(out, STR("\n\n"));
		}
		for (size_t i = 0; i < a->blocks.n; i++)
			markdown_block(out, &a->blocks.v[i], str_sub(a->text, (size_t)a->blocks.v[i].from, (size_t)a->blocks.v[i].to));
		break;
	}
}

static const struct wire_field record_fields[] = {
	WIRE(struct extract_record, STR, id, LIMIT_FIELD_B),
	WIRE(struct extract_record, I64, offset, 0),
	WIRE(struct extract_record, INSTANT, taken_us, 0),
	WIRE(struct extract_record, ORDINAL, status, 0),
};
const struct wire_desc extract_record_desc = WIRE_DESC(struct extract_record, record_fields);

void
extract_print_record(struct buf *out, const struct article *a, const struct extract_record *r)
{
	td_wire_json(out, &article_desc, a);
	if (out->failed)
		return;
	out->n--;               /* its closing brace; an article is never an empty object */
	buf_add(out, STR(",\"warc\":"));
	td_wire_json(out, &extract_record_desc, r);
	buf_add(out, STR("}\n"));
}
