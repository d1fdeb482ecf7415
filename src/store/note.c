#include "store/statements.h"
#include "store/handlers.h"
#include "store/note_private.h"

#include <stdio.h>

#include "base/limits.h"
#include "os/clock.h"

/* What the note was before this save; seq 0: it is new. */
struct before {
	int64_t          seq, version, created_us, published_us, article;
	enum note_status status;
	enum sensitivity sensitivity;
	struct str       slug;
};

/* ── the rules ────────────────────────────────────────────────────────── */

static enum err_code
check_act(const struct store_note *n, const struct before *was, struct err *err)
{
	bool was_public = was->published_us != 0;

	if (was->seq != 0 && was->status == NOTE_WITHDRAWN)
		return err_set(err, ERR_DENIED, "this note was withdrawn; what is withdrawn stays so, begin a new one");
	if ((n->act == ACT_WITHDRAW) != (n->status == NOTE_WITHDRAWN))
		return err_set(err, ERR_FORMAT, "a note is withdrawn by the act \"withdraw\", and by no other; not saved");
	if (n->act == ACT_WITHDRAW && !was_public)
		return err_set(err, ERR_DENIED, "only a published note can be withdrawn; not saved");
	if ((n->act == ACT_CREATE) != (was->seq == 0))
		return err_set(err, ERR_FORMAT, was->seq == 0 ? "a new note begins with the act \"create\"; not saved" :
		    "this note exists already: edit, correct, update or withdraw it; not saved");
	if ((n->act == ACT_CORRECT || n->act == ACT_UPDATE) && !was_public)
		return err_set(err, ERR_DENIED, "this note was never published: edit it; a correction is for what people have read");
	if ((n->act == ACT_CORRECT || n->act == ACT_WITHDRAW) && n->why.n == 0)
		return err_set(err, ERR_FORMAT, "a %s needs a reason, which is printed; not saved",
		    n->act == ACT_CORRECT ? "correction" : "withdrawal");
	if (n->act == ACT_EDIT && was_public && n->status == NOTE_PUBLISHED)
		return err_set(err, ERR_DENIED, "this note is published: correct or update it, so that its readers see that; not saved");
	return ERR_OK;
}

static enum err_code
check_contents(const struct store_note *n, struct err *err)
{
	if (n->status == NOTE_PUBLISHED && n->sensitivity == SENSITIVITY_PROTECTED)
		return err_set(err, ERR_DENIED, "this note is protected, so it is not published; not saved");
	if (n->status == NOTE_PUBLISHED && n->heading.n == 0)
		return err_set(err, ERR_FORMAT, "a published note needs a heading; not saved");
	if (n->status == NOTE_PUBLISHED && n->text.n == 0 && n->excerpts.n == 0)
		return err_set(err, ERR_FORMAT, "a published note needs a text or an excerpt; not saved");
	if (n->excerpts.n > 0 && id_is_none(&n->article))
		return err_set(err, ERR_FORMAT, "an excerpt, but no article that it is from; not saved");
	for (size_t i = 0; i < n->contacts.n; i++)
		if (n->contacts.v[i].name.n == 0 && n->contacts.v[i].email.n == 0)
			return err_set(err, ERR_FORMAT, "contact %zu has neither a name nor an address; not saved", i + 1);
	return ERR_OK;
}

/* Who saves a note as ready or published has read it: that is the review. */
static enum sensitivity
reviewed(const struct store_note *n)
{
	if (n->sensitivity == SENSITIVITY_UNREVIEWED && (n->status == NOTE_READY || n->status == NOTE_PUBLISHED))
		return SENSITIVITY_PUBLIC;
	return n->sensitivity;
}

static enum err_code
load_before(struct store *s, struct arena *a, const struct id *id, struct before *ret, struct err *err)
{
	struct query q;
	char         shown[ID_SHOWN];

	*ret = (struct before){ .slug = STR("") };
	if (id_is_none(id))
		return ERR_OK;
	q = db_query(&s->db, STMT_note_seq);
	bind_id(&q, id);
	if (!db_row(&q))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such note; not saved", id_show(ID_NOTE, id, shown));
	ret->seq = col_i64(&q);
	ret->version = col_i64(&q);
	ret->status = (enum note_status)col_enum(&q, note_status_name, NOTE_STATUS__COUNT);
	ret->sensitivity = (enum sensitivity)col_enum(&q, sensitivity_name, SENSITIVITY__COUNT);
	ret->slug = col_str(&q, a);
	ret->created_us = col_i64(&q);
	ret->published_us = col_i64(&q);
	ret->article = col_i64(&q);
	return ERR_OK;
}

/* The version before this one quotes the same words: they stay good when the page itself was erased since. */
static bool
stood_before(struct store *s, const struct before *was, const struct excerpt *e)
{
	struct query q = db_query(&s->db, STMT_excerpt_of);

	bind_i64(&q, was->seq);
	bind_i64(&q, was->version);
	bind_i64(&q, e->from);
	bind_i64(&q, e->to);
	bind_str(&q, e->text);
	return e->text.n > 0 && db_row(&q);
}

/* The article a note is about is chosen once. */
static enum err_code
fit_article(struct store *s, struct arena *a, struct store_note *n, const struct before *was, int64_t *ret, struct err *err)
{
	struct excerpt *fitted = arena_array(a, n->excerpts.n, struct excerpt);
	char            shown[ID_SHOWN];
	struct str      text;

	*ret = id_is_none(&n->article) ? 0 : article_seq(s, &n->article);
	if (*ret == 0 && !id_is_none(&n->article))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such article; the note was not saved", id_show(ID_ARTICLE, &n->article, shown));
	if (was->seq != 0 && was->article != *ret)
		return err_set(err, ERR_FORMAT, "a note stays with its article; begin a new note for another one; not saved");
	if (*ret != 0 && was->seq == 0 && article_check(s, a, *ret, err) != ERR_OK)
		return err->code;
	text = n->excerpts.n > 0 ? article_text(s, a, *ret) : STR("");
	for (size_t i = 0; i < n->excerpts.n; i++) {
		fitted[i] = n->excerpts.v[i];
		if (!stood_before(s, was, &fitted[i]) && excerpt_fit(text, &fitted[i], err) != ERR_OK)
			return err->code;
	}
	n->excerpts.v = fitted;
	return ERR_OK;
}

/* ── writing ──────────────────────────────────────────────────────────── */

static int64_t
person_of(struct store *s, struct arena *a, const struct store_contact *c)
{
	struct query q = db_query(&s->db, STMT_person_by_name);
	struct id    id;
	struct str   role, phone;
	int64_t      seq;

	bind_str(&q, c->name);
	bind_str(&q, c->email);
	if (!db_row(&q)) {
		id = os_random_id();
		q = db_query(&s->db, STMT_person_add);
		bind_id(&q, &id);
		bind_str(&q, c->name);
		bind_str(&q, c->email);
		bind_str(&q, c->role);
		bind_str(&q, c->phone);
		return db_run_id(&q);
	}
	seq = col_i64(&q);
	(void)col_id(&q);
	role = col_str(&q, a);
	phone = col_str(&q, a);
	if (str_eq(role, c->role) && str_eq(phone, c->phone))
		return seq;
	q = db_query(&s->db, STMT_person_change);
	bind_i64(&q, seq);
	bind_str(&q, c->role);
	bind_str(&q, c->phone);
	db_run(&q);
	return seq;
}

static void
add_parts(struct store *s, struct arena *a, int64_t seq, const struct store_note *n)
{
	for (size_t i = 0; i < n->excerpts.n; i++) {
		struct query q = db_query(&s->db, STMT_excerpt_add);

		bind_i64(&q, seq);
		bind_i64(&q, n->version);
		bind_i64(&q, (int64_t)i);
		bind_i64(&q, n->excerpts.v[i].from);
		bind_i64(&q, n->excerpts.v[i].to);
		bind_str(&q, n->excerpts.v[i].text);
		db_run(&q);
	}
	for (size_t i = 0; i < n->contacts.n; i++) {
		const struct store_contact *c = &n->contacts.v[i];
		int64_t                     person = person_of(s, a, c);
		struct query                q = db_query(&s->db, STMT_note_contact_add);

		bind_i64(&q, seq);
		bind_i64(&q, n->version);
		bind_i64(&q, (int64_t)i);
		bind_i64(&q, person);
		bind_str(&q, c->name);
		bind_str(&q, c->role);
		bind_str(&q, c->email);
		bind_str(&q, c->phone);
		bind_str(&q, c->about);
		db_run(&q);
	}
}

static void
add_version(struct store *s, int64_t seq, const struct store_note *n)
{
	struct query q = db_query(&s->db, STMT_note_version_add);
	char         date[CIVIL_SHOWN];
	const struct str texts[] = { n->heading, n->text, n->language, n->country, n->carrier, n->origin, n->publisher,
		n->dateline.date.precision != CIVIL_NONE ? str_of(civil_iso(&n->dateline.date, date)) : STR(""),
		n->dateline.place, n->dateline.country, n->dateline.source, n->dateline.text, n->full_story, n->why };

	bind_i64(&q, seq);
	bind_i64(&q, n->version);
	bind_cstr(&q, note_act_name[n->act]);
	bind_cstr(&q, note_status_name[n->status]);
	bind_cstr(&q, sensitivity_name[n->sensitivity]);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		bind_str(&q, texts[i]);
	bind_i64(&q, n->saved_us);
	bind_str(&q, n->who);
	bind_i64_or_null(&q, n->ledger_seq, -1);
	db_run(&q);
}

static int64_t
put_note(struct store *s, const struct store_note *n, const struct before *was, int64_t article)
{
	struct query q = db_query(&s->db, was->seq == 0 ? STMT_note_add : STMT_note_change);

	if (was->seq == 0) {
		bind_id(&q, &n->id);
		bind_i64_or_null(&q, article, 0);
		bind_str(&q, n->slug);
	} else {
		bind_i64(&q, was->seq);
		bind_str(&q, n->slug);
		bind_i64(&q, n->version);
	}
	bind_cstr(&q, note_status_name[n->status]);
	bind_cstr(&q, sensitivity_name[n->sensitivity]);
	bind_str(&q, n->country);
	if (was->seq == 0)
		bind_i64(&q, n->created_us);
	bind_i64(&q, n->published_us);
	return was->seq == 0 ? db_run_id(&q) : (db_run(&q), was->seq);
}

enum err_code
on_note_save(struct store *s, struct arena *a, const struct store_note_new *ask, struct store_note_done *ret, struct err *err)
{
	struct store_note n = ask->note;
	struct before     was;
	int64_t           article, seq;

	if (load_before(s, a, &n.id, &was, err) != ERR_OK || check_act(&n, &was, err) != ERR_OK ||
	    check_contents(&n, err) != ERR_OK || fit_article(s, a, &n, &was, &article, err) != ERR_OK)
		return err->code;
	if (was.seq == 0)
		n.id = os_random_id();
	n.version = was.version + 1;
	n.sensitivity = reviewed(&n);
	n.saved_us = os_now_us();
	n.created_us = was.seq != 0 ? was.created_us : n.saved_us;
	n.published_us = was.published_us == 0 && n.status == NOTE_PUBLISHED ? n.saved_us : was.published_us;
	n.slug = was.published_us == 0 && n.status == NOTE_PUBLISHED ? note_slug(a, n.heading, &n.id) : was.slug;
	n.ledger_seq = -1;
	if (n.who.n > 0)
		snprintf(s->db.who, sizeof(s->db.who), "%" STR_FMT, STR_ARG(n.who));
	if (n.status == NOTE_PUBLISHED || n.status == NOTE_WITHDRAWN) {
		struct ledger_line *lines;
		size_t              lines_n = note_statement(a, &n, &lines);

		n.ledger_seq = ledger_add(s, LEDGER_NOTE, n.saved_us, lines, lines_n);
	}
	seq = put_note(s, &n, &was, article);
	add_version(s, seq, &n);
	add_parts(s, a, seq, &n);
	if (n.status == NOTE_PUBLISHED && article != 0)
		page_look_soon(s, article);
	*ret = (struct store_note_done){ n.id, n.version, n.ledger_seq, n.slug };
	return db_failed(&s->db, err);
}

enum err_code
on_release_commit(struct store *s, struct arena *a, const struct store_release_new *ask, struct store_none *ret,
	struct err *err)
{
	struct query q = db_query(&s->db, STMT_release_add);

	(void)a, (void)ret;
	bind_i64(&q, os_now_us());
	bind_str(&q, ask->to);
	bind_i64(&q, ask->files);
	bind_blob(&q, ask->manifest_sha256, 32);
	db_run(&q);
	return db_failed(&s->db, err);
}
