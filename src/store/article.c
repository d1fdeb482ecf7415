#include "store/statements.h"
#include "store/handlers.h"

#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "os/clock.h"

#define MORE_B (256 * KiB)

/* The fields that are one value, by the names that article.why gives reasons for. */
static const struct {
	const char *name;
	size_t      offset;
	bool        is_date;
} scalars[] = {
#define TEXT(name, member) { name, offsetof(struct article, member), false }
#define DATE(name, member) { name, offsetof(struct article, member), true }
	TEXT("file", file), TEXT("url", url), TEXT("canonical_url", canonical_url), TEXT("title", title),
	DATE("published", published), DATE("modified", modified), DATE("dateline.date", dateline.date),
	TEXT("dateline.place", dateline.place), TEXT("dateline.country", dateline.country),
	TEXT("dateline.source", dateline.source), TEXT("dateline.text", dateline.text), TEXT("subject", subject),
	TEXT("publisher", publisher), TEXT("carrier", carrier), TEXT("origin", origin), TEXT("language", language),
	TEXT("published_text", published_text), TEXT("modified_text", modified_text), TEXT("section", section), TEXT("image", image),
	TEXT("image_caption", image_caption), TEXT("image_credit", image_credit),
	TEXT("note", note), TEXT("note_by", note_by), TEXT("contact.text", contact.text),
	TEXT("contact.email", contact.email), TEXT("contact.phone", contact.phone), TEXT("full_story", full_story),
	TEXT("full_story_mark", full_story_mark),
#undef TEXT
#undef DATE
};
#define SCALARS_N (sizeof(scalars) / sizeof(*scalars))

/* ── writing ──────────────────────────────────────────────────────────── */

static const struct reason *
reason_for(const struct article *a, const char *name)
{
	for (size_t i = 0; i < a->why.n; i++)
		if (str_eq(a->why.v[i].field, str_of(name)))
			return &a->why.v[i];
	return NULL;
}

static void
add_field(struct store *s, int64_t seq, const char *name, size_t n, struct str value, const struct reason *why)
{
	struct query q = db_query(&s->db, STMT_field_add);

	bind_i64(&q, seq);
	bind_cstr(&q, name);
	bind_i64(&q, (int64_t)n);
	bind_str(&q, value);
	bind_str(&q, why != NULL ? why->why : STR(""));
	bind_i64(&q, why != NULL ? why->confidence : 0);
	db_run(&q);
}

/* Reasons may be given for what is no scalar (byline, text): they stand beside an empty value. */
static void
add_reasons(struct store *s, int64_t seq, const struct article *a)
{
	for (size_t i = 0; i < a->why.n; i++) {
		struct query q = db_query(&s->db, STMT_field_add);

		bind_i64(&q, seq);
		bind_str(&q, a->why.v[i].field);
		bind_i64(&q, 0);
		bind_str(&q, STR(""));
		bind_str(&q, a->why.v[i].why);
		bind_i64(&q, a->why.v[i].confidence);
		db_run(&q);
	}
}

static void
add_fields(struct store *s, int64_t seq, const struct article *a)
{
	add_reasons(s, seq, a);
	for (size_t i = 0; i < SCALARS_N; i++) {
		const void *at = (const char *)a + scalars[i].offset;
		char        shown[CIVIL_SHOWN];
		struct str  value = scalars[i].is_date ? str_of(civil_iso(at, shown)) : *(const struct str *)at;

		if (scalars[i].is_date && ((const struct civil *)at)->precision == CIVIL_NONE)
			value.n = 0;
		if (value.n > 0)
			add_field(s, seq, scalars[i].name, 0, value, reason_for(a, scalars[i].name));
	}
	for (size_t i = 0; i < a->byline.n; i++)
		add_field(s, seq, "byline", i, a->byline.v[i], i == 0 ? reason_for(a, "byline") : NULL);
	for (size_t i = 0; i < a->tags.n; i++)
		add_field(s, seq, "tags", i, a->tags.v[i], i == 0 ? reason_for(a, "tags") : NULL);
	for (size_t i = 0; i < a->warnings.n; i++)
		add_field(s, seq, "warnings", i, a->warnings.v[i], NULL);
	for (size_t i = 0; i < a->contact.people.n; i++) {
		add_field(s, seq, "contact.people.name", i, a->contact.people.v[i].name, NULL);
		add_field(s, seq, "contact.people.role", i, a->contact.people.v[i].role, NULL);
	}
}

static void
add_blocks(struct store *s, int64_t seq, const struct article *a)
{
	for (size_t i = 0; i < a->blocks.n; i++) {
		const struct block *b = &a->blocks.v[i];
		struct query        q = db_query(&s->db, STMT_block_add);

		bind_i64(&q, seq);
		bind_i64(&q, (int64_t)i);
		bind_cstr(&q, block_kind_name[b->kind]);
		bind_i64(&q, b->level);
		bind_i64(&q, b->from);
		bind_i64(&q, b->to);
		bind_i64(&q, b->page);
		db_run(&q);
	}
	for (size_t i = 0; i < a->links.n; i++) {
		struct query q = db_query(&s->db, STMT_link_add);

		bind_i64(&q, seq);
		bind_i64(&q, (int64_t)i);
		bind_str(&q, a->links.v[i].url);
		bind_str(&q, a->links.v[i].text);
		bind_cstr(&q, link_kind_name[a->links.v[i].kind]);
		db_run(&q);
	}
}

/* What a search should find beside title and text. */
static void
put_more(const struct article *a, struct buf *out)
{
	const struct str parts[] = { a->note, a->note_by, a->publisher, a->carrier, a->origin, a->dateline.text,
		a->contact.text };

	for (size_t i = 0; i < a->byline.n; i++) {
		buf_add(out, a->byline.v[i]);
		buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		buf_add(out, parts[i]);
		buf_add_char(out, '\n');
	}
}

static int64_t
count_words(struct str text)
{
	int64_t n = 0;
	bool    in_word = false;

	for (size_t i = 0; i < text.n; i++) {
		bool space = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t';

		n += !space && !in_word;
		in_word = !space;
	}
	return n;
}

static void
unindex(struct store *s, struct arena *a, int64_t seq)
{
	struct query q = db_query(&s->db, STMT_article_indexed);
	struct str   title, text, more;

	bind_i64(&q, seq);
	if (!db_row(&q))
		return;
	title = col_str(&q, a);
	text = col_str(&q, a);
	more = col_str(&q, a);
	q = db_query(&s->db, STMT_article_unindex);
	bind_i64(&q, seq);
	bind_str(&q, title);
	bind_str(&q, text);
	bind_str(&q, more);
	db_run(&q);
}

static void
put_text(struct store *s, int64_t seq, const struct store_article_new *ask, struct str more)
{
	const struct article *a = &ask->article;
	struct query          q = db_query(&s->db, STMT_article_text_put);

	bind_i64(&q, seq);
	bind_str(&q, ask->extractor);
	bind_cstr(&q, article_kind_name[a->kind]);
	bind_str(&q, a->title);
	bind_str(&q, a->text);
	bind_str(&q, more);
	bind_i64(&q, count_words(a->text));
	bind_str(&q, a->subject);
	db_run(&q);
	q = db_query(&s->db, STMT_article_index);
	bind_i64(&q, seq);
	bind_str(&q, a->title);
	bind_str(&q, a->text);
	bind_str(&q, more);
	db_run(&q);
}

static void
clear(struct store *s, int stmt, int64_t seq)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, seq);
	db_run(&q);
}

void
article_forget(struct store *s, struct arena *a, int64_t seq)
{
	unindex(s, a, seq);
	clear(s, STMT_field_clear, seq);
	clear(s, STMT_block_clear, seq);
	clear(s, STMT_link_clear, seq);
}

static enum err_code
check_blocks(const struct article *a, struct err *err)
{
	int64_t at = 0;

	for (size_t i = 0; i < a->blocks.n; i++) {
		const struct block *b = &a->blocks.v[i];

		if (b->from < at || b->to < b->from || b->to > (int64_t)a->text.n)
			return err_set(err, ERR_FORMAT, "an article whose block %zu lies outside its text; not saved", i);
		at = b->to;
	}
	return ERR_OK;
}

/* A capture has one article for ever; a newer extractor replaces what it says, never what persons put there. */
enum err_code
on_article_commit(struct store *s, struct arena *a, const struct store_article_new *ask, struct store_article_done *ret,
	struct err *err)
{
	struct buf   more = BUF_INIT(MORE_B);
	struct query q;
	int64_t      capture = capture_seq(s, &ask->capture), seq;
	struct id    id;
	char         shown[ID_SHOWN];

	if (capture == 0)
		return db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_MISSING,
		    "%s: there is no such capture; the article was not saved", id_show(ID_CAPTURE, &ask->capture, shown));
	if (capture_check(s, a, &ask->capture, err) != ERR_OK || check_blocks(&ask->article, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_article_of_capture);
	bind_i64(&q, capture);
	if (db_row(&q)) {
		seq = col_i64(&q);
		id = col_id(&q);
		article_forget(s, a, seq);
	} else {
		id = os_random_id();
		q = db_query(&s->db, STMT_article_add);
		bind_id(&q, &id);
		bind_i64(&q, capture);
		seq = db_run_id(&q);
	}
	put_more(&ask->article, &more);
	put_text(s, seq, ask, buf_str(&more));
	buf_free(&more);
	add_fields(s, seq, &ask->article);
	add_blocks(s, seq, &ask->article);
	health_note(s, a, seq);
	page_watch(s, seq);
	job_end_extract(s, &ask->capture, &id);
	*ret = (struct store_article_done){ id };
	return db_failed(&s->db, err);
}

/* ── reading ──────────────────────────────────────────────────────────── */

int64_t
article_seq(struct store *s, const struct id *id)
{
	struct query q = db_query(&s->db, STMT_article_seq);

	bind_id(&q, id);
	return db_row(&q) ? col_i64(&q) : 0;
}

struct str
article_text(struct store *s, struct arena *a, int64_t seq)
{
	struct query q = db_query(&s->db, STMT_article_only_text);

	bind_i64(&q, seq);
	return db_row(&q) ? col_str(&q, a) : STR("");
}

static void
add_to_list(struct arena *a, struct str_list *list, struct str value)
{
	if (list->v == NULL)
		list->v = arena_array(a, LIMIT_LIST_N, struct str);
	if (list->n < LIMIT_LIST_N)
		list->v[list->n++] = value;
}

static void
set_person(struct arena *a, struct contact *c, int64_t n, struct str value, bool is_role)
{
	if (c->people.v == NULL)
		c->people.v = arena_array(a, LIMIT_LIST_N, struct contact_person);
	if (n < 0 || n >= LIMIT_LIST_N)
		return;
	if ((size_t)n >= c->people.n)
		c->people.n = (size_t)n + 1;
	*(is_role ? &c->people.v[n].role : &c->people.v[n].name) = value;
}

static void
set_field(struct arena *a, struct article *article, const struct store_field *f, int64_t n)
{
	if (f->value.n == 0)
		return;
	for (size_t i = 0; i < SCALARS_N; i++) {
		void *at = (char *)article + scalars[i].offset;

		if (!str_eq(f->name, str_of(scalars[i].name)))
			continue;
		if (!scalars[i].is_date)
			*(struct str *)at = f->value;
		else
			(void)civil_parse_iso(f->value, at);    /* what we wrote; a person's is checked when it is saved */
		return;
	}
	if (str_eq(f->name, STR("byline")))
		add_to_list(a, &article->byline, f->value);
	else if (str_eq(f->name, STR("tags")))
		add_to_list(a, &article->tags, f->value);
	else if (str_eq(f->name, STR("warnings")))
		add_to_list(a, &article->warnings, f->value);
	else if (str_starts(f->name, STR("contact.people.")))
		set_person(a, &article->contact, n, f->value, str_ends(f->name, STR("role")));
}

static void
load_fields(struct store *s, struct arena *a, int64_t seq, struct store_article_view *v)
{
	struct query q = db_query(&s->db, STMT_article_fields);

	v->fields.v = arena_array(a, LIMIT_FIELDS_N, struct store_field);
	v->article.why.v = arena_array(a, LIMIT_LIST_N, struct reason);
	bind_i64(&q, seq);
	while (v->fields.n < LIMIT_FIELDS_N && db_row(&q)) {
		struct store_field *f = &v->fields.v[v->fields.n++];
		struct reason      *why = &v->article.why.v[v->article.why.n];
		int64_t             n, confidence;

		f->name = col_str(&q, a);
		n = col_i64(&q);
		f->value = col_str(&q, a);
		f->why = col_str(&q, a);
		confidence = col_i64(&q);
		f->by_person = col_i64(&q) != 0;
		set_field(a, &v->article, f, n);
		if (f->why.n == 0 || v->article.why.n == LIMIT_LIST_N)
			continue;
		*why = (struct reason){ f->name, f->why, confidence };
		v->article.why.n++;
	}
}

static void
load_blocks(struct store *s, struct arena *a, int64_t seq, struct article *article)
{
	struct query q = db_query(&s->db, STMT_article_blocks_count);
	size_t       max;

	bind_i64(&q, seq);
	max = db_row(&q) ? (size_t)col_i64(&q) : 0;
	article->blocks.v = arena_array(a, max, struct block);
	q = db_query(&s->db, STMT_article_blocks);
	bind_i64(&q, seq);
	while (article->blocks.n < max && db_row(&q)) {
		struct block *b = &article->blocks.v[article->blocks.n++];

		b->kind = (enum block_kind)col_enum(&q, block_kind_name, BLOCK_KIND__COUNT);
		b->level = col_i64(&q);
		b->from = col_i64(&q);
		b->to = col_i64(&q);
		b->page = col_i64(&q);
	}
	article->links.v = arena_array(a, LIMIT_LINKS_N, struct article_link);
	q = db_query(&s->db, STMT_article_links);
	bind_i64(&q, seq);
	while (article->links.n < LIMIT_LINKS_N && db_row(&q)) {
		struct article_link *l = &article->links.v[article->links.n++];

		l->url = col_str(&q, a);
		l->text = col_str(&q, a);
		l->kind = (enum link_kind)col_enum(&q, link_kind_name, LINK_KIND__COUNT);
	}
}

enum err_code
article_check(struct store *s, struct arena *a, int64_t article, struct err *err)
{
	struct query q = db_query(&s->db, STMT_article_capture);
	struct id    id;

	bind_i64(&q, article);
	if (!db_row(&q))
		return db_failed(&s->db, err);
	id = col_id(&q);
	return capture_check(s, a, &id, err);
}

/* What the newest extractor read, and where it read it; of an erased capture nothing is left to read. */
static enum err_code
load_view(struct store *s, struct arena *a, int64_t seq, struct store_article_view *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_article_load);
	int64_t      capture;
	char         shown[ID_SHOWN];
	bool         is_read;

	bind_i64(&q, seq);
	if (!db_row(&q))
		return db_failed(&s->db, err);
	capture = col_i64(&q);
	is_read = col_i64(&q) != 0;
	ret->extractor = col_str(&q, a);
	ret->article.kind = (enum article_kind)col_enum(&q, article_kind_name, ARTICLE_KIND__COUNT);
	ret->article.text = col_str(&q, a);
	(void)capture_load(s, a, capture, &ret->taken);         /* its foreign key says it is there */
	ret->capture = ret->taken.id;
	if (!is_read && ret->taken.erased_us == 0 && db_failed(&s->db, err) == ERR_OK)
		return err_set(err, ERR_MISSING, "%s: its text must first be extracted again", id_show(ID_ARTICLE, &ret->id, shown));
	return db_failed(&s->db, err);
}

enum err_code
on_article_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_article_view *ret,
	struct err *err)
{
	struct query q;
	int64_t      seq;

	if (find_one(s, ask, ID_ARTICLE, &ret->id, err) != ERR_OK)
		return err->code;
	seq = article_seq(s, &ret->id);
	if (load_view(s, a, seq, ret, err) != ERR_OK)
		return err->code;
	load_fields(s, a, seq, ret);
	load_blocks(s, a, seq, &ret->article);
	ret->notes.v = arena_array(a, LIMIT_LIST_N, struct id_ref);
	q = db_query(&s->db, STMT_article_notes);
	bind_i64(&q, seq);
	while (ret->notes.n < LIMIT_LIST_N && db_row(&q))
		ret->notes.v[ret->notes.n++].id = col_id(&q);
	return db_failed(&s->db, err);
}
