#include "store/statements.h"
#include "store/handlers.h"
#include "store/note_private.h"

#include "base/limits.h"

static void
load_parts(struct store *s, struct arena *a, int64_t seq, struct store_note *n)
{
	struct query q = db_query(&s->db, STMT_note_excerpts);

	n->excerpts.v = arena_array(a, LIMIT_LIST_N, struct excerpt);
	bind_i64(&q, seq);
	bind_i64(&q, n->version);
	while (n->excerpts.n < LIMIT_LIST_N && db_row(&q)) {
		struct excerpt *e = &n->excerpts.v[n->excerpts.n++];

		e->from = col_i64(&q);
		e->to = col_i64(&q);
		e->text = col_str(&q, a);
	}
	n->contacts.v = arena_array(a, LIMIT_LIST_N, struct store_contact);
	q = db_query(&s->db, STMT_note_contacts);
	bind_i64(&q, seq);
	bind_i64(&q, n->version);
	while (n->contacts.n < LIMIT_LIST_N && db_row(&q)) {
		struct store_contact *c = &n->contacts.v[n->contacts.n++];

		c->person = col_id(&q);
		c->name = col_str(&q, a);
		c->role = col_str(&q, a);
		c->email = col_str(&q, a);
		c->phone = col_str(&q, a);
		c->about = col_str(&q, a);
	}
}

bool
note_load(struct store *s, struct arena *a, int64_t seq, int64_t version, struct store_note *ret, int64_t *ret_article)
{
	struct query      q = db_query(&s->db, STMT_note_load);
	struct store_note n = { 0 };

	bind_i64(&q, seq);
	bind_i64_or_null(&q, version, 0);
	if (!db_row(&q))
		return false;
	n.id = col_id(&q);
	n.article = col_id(&q);
	n.version = col_i64(&q);
	n.act = (enum note_act)col_enum(&q, note_act_name, NOTE_ACT__COUNT);
	n.status = (enum note_status)col_enum(&q, note_status_name, NOTE_STATUS__COUNT);
	n.sensitivity = (enum sensitivity)col_enum(&q, sensitivity_name, SENSITIVITY__COUNT);
	n.slug = col_str(&q, a);
	n.heading = col_str(&q, a);
	n.text = col_str(&q, a);
	n.language = col_str(&q, a);
	n.country = col_str(&q, a);
	n.carrier = col_str(&q, a);
	n.origin = col_str(&q, a);
	n.publisher = col_str(&q, a);
	n.dateline.date = col_civil(&q);
	n.dateline.place = col_str(&q, a);
	n.dateline.country = col_str(&q, a);
	n.dateline.source = col_str(&q, a);
	n.dateline.text = col_str(&q, a);
	n.full_story = col_str(&q, a);
	n.why = col_str(&q, a);
	n.created_us = col_i64(&q);
	n.saved_us = col_i64(&q);
	n.published_us = col_i64(&q);
	n.who = col_str(&q, a);
	n.ledger_seq = col_i64(&q);
	*ret_article = col_i64(&q);
	load_parts(s, a, seq, &n);
	*ret = n;
	return true;
}

/* Whose story it is, and the capture that proves it. */
static void
load_article(struct store *s, struct arena *a, int64_t article, struct store_note *n)
{
	struct query q = db_query(&s->db, STMT_note_article);
	int64_t      capture;

	bind_i64(&q, article);
	if (!db_row(&q))
		return;
	n->article_title = col_str(&q, a);
	n->article_url = col_str(&q, a);
	n->capture = col_id(&q);
	n->capture_us = col_i64(&q);
	n->capture_how = (enum capture_how)col_enum(&q, capture_how_name, HOW__COUNT);
	capture = col_i64(&q);
	n->their_note = col_str(&q, a);
	n->their_note_by = col_str(&q, a);
	n->capture_hash = capture_document_hash(s, a, capture);
}

static void
load_history(struct store *s, struct arena *a, int64_t seq, struct store_note *n)
{
	struct query q = db_query(&s->db, STMT_note_history);

	n->history.v = arena_array(a, LIMIT_VERSIONS_N, struct store_note_line);
	bind_i64(&q, seq);
	while (n->history.n < LIMIT_VERSIONS_N && db_row(&q)) {
		struct store_note_line *l = &n->history.v[n->history.n++];

		l->version = col_i64(&q);
		l->saved_us = col_i64(&q);
		l->act = (enum note_act)col_enum(&q, note_act_name, NOTE_ACT__COUNT);
		l->status = (enum note_status)col_enum(&q, note_status_name, NOTE_STATUS__COUNT);
		l->who = col_str(&q, a);
		l->why = col_str(&q, a);
	}
}

static bool
load_whole(struct store *s, struct arena *a, int64_t seq, struct store_note *ret)
{
	int64_t article;

	if (!note_load(s, a, seq, 0, ret, &article))
		return false;
	if (article != 0)
		load_article(s, a, article, ret);
	return true;
}

enum err_code
on_note_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_note *ret, struct err *err)
{
	struct query q;
	struct id    id;
	int64_t      seq;

	if (find_one(s, ask, ID_NOTE, &id, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_note_seq);
	bind_id(&q, &id);
	seq = db_row(&q) ? col_i64(&q) : 0;
	if (load_whole(s, a, seq, ret))
		load_history(s, a, seq, ret);
	return db_failed(&s->db, err);
}

enum err_code
on_note_list(struct store *s, struct arena *a, const struct store_list_ask *ask, struct store_note_list *ret, struct err *err)
{
	static const int stmts[2][2] = { { STMT_note_list_any, STMT_note_list_country },
		{ STMT_note_list_status, STMT_note_list_both } };
	bool         by_status = ask->status >= 0, by_country = ask->country.n > 0;
	int64_t      seqs[LIMIT_PAGE_N];
	size_t       n = 0;
	struct query q;

	if (ask->offset < 0 || ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->status >= NOTE_STATUS__COUNT)
		return err_set(err, ERR_LIMIT, "a page of %lld notes from %lld on, status %lld: there is no such page",
		    (long long)ask->limit, (long long)ask->offset, (long long)ask->status);
	q = db_query(&s->db, stmts[by_status][by_country]);
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	if (by_status)
		bind_cstr(&q, note_status_name[ask->status]);
	if (by_country)
		bind_str(&q, ask->country);
	while (db_row(&q)) {
		if (n == (size_t)ask->limit) {
			ret->more = true;
			break;
		}
		seqs[n++] = col_i64(&q);
	}
	ret->notes.v = arena_array(a, n, struct store_note);
	for (size_t i = 0; i < n; i++)
		ret->notes.n += load_whole(s, a, seqs[i], &ret->notes.v[ret->notes.n]);
	return db_failed(&s->db, err);
}
