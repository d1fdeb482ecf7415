/* What an erasure would take away, and which copies are out of its reach. */
#include "store/erase_private.h"

#include "base/limits.h"
#include "os/file.h"
#include "store/handlers.h"
#include "store/statements.h"

enum { COPIES_N = 500 };

const char *const copy_kind_name[COPY_KIND__COUNT] = { [COPY_EXPORT] = "export", [COPY_BACKUP] = "backup", [COPY_NOTE] = "note",
	[COPY_SITE] = "site", [COPY_CAPTURE] = "capture",
	[COPY_REVISIT] = "revisit", [COPY_PARTNER] = "partner", [COPY_TRASH] = "trash" };

static struct query
asked(struct store *s, int stmt, int64_t key)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, key);
	return q;
}

static size_t
count(struct store *s, int stmt, int64_t key)
{
	struct query q = asked(s, stmt, key);
	size_t       n = 0;

	while (db_row(&q))
		n++;
	return n;
}

/* ── what goes ────────────────────────────────────────────────────────── */

static void
add_captures(struct store *s, struct arena *a, struct erase_plan *p)
{
	struct query q;

	p->captures.v = arena_array(a, count(s, STMT_erase_captures, p->root) + 1, struct erase_capture);
	q = asked(s, STMT_erase_captures, p->root);
	while (db_row(&q)) {
		struct erase_capture *c = &p->captures.v[p->captures.n++];

		c->seq = col_i64(&q);
		c->id = col_id(&q);
		c->is_sealed = col_i64(&q) != 0;
		c->records = col_i64(&q);
		c->is_gone = col_i64(&q) != 0;
		if (c->seq != p->root)
			continue;
		p->id = c->id;
		p->url = col_str(&q, a);
		p->final_url = col_str(&q, a);
		p->held_us = col_i64(&q);
	}
}

static void
add_notes(struct store *s, struct arena *a, struct erase_plan *p)
{
	struct query q;

	p->notes.v = arena_array(a, count(s, STMT_erase_notes, p->root) + 1, struct erase_note);
	q = asked(s, STMT_erase_notes, p->root);
	while (db_row(&q)) {
		struct erase_note *n = &p->notes.v[p->notes.n++];

		n->seq = col_i64(&q);
		n->id = col_id(&q);
		n->stays = col_i64(&q) != 0;
		n->heading = col_str(&q, a);
		n->published_us = col_i64(&q);
	}
}

/* ret: NULL to count only. */
static size_t
entries_of(struct store *s, const struct erase_plan *p, int64_t *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < p->captures.n + p->notes.n; i++) {
		bool         is_note = i >= p->captures.n;
		int64_t      seq = is_note ? p->notes.v[i - p->captures.n].seq : p->captures.v[i].seq;
		struct query q;

		if (is_note && p->notes.v[i - p->captures.n].stays)
			continue;
		q = asked(s, is_note ? STMT_erase_entries_of_note : STMT_erase_entry_of_capture, seq);
		while (db_row(&q)) {
			if (ret != NULL)
				ret[n] = col_i64(&q);
			n++;
		}
	}
	return n;
}

enum err_code
erase_plan_make(struct store *s, struct arena *a, const struct id *capture, struct erase_plan *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_erase_root);
	char         shown[ID_SHOWN];

	*ret = (struct erase_plan){ 0 };
	bind_id(&q, capture);
	if (!db_row(&q))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such capture; nothing was erased", id_show(ID_CAPTURE, capture, shown));
	ret->root = col_i64(&q);
	q = asked(s, STMT_erase_article, ret->root);
	ret->article = db_row(&q) ? col_i64(&q) : 0;
	add_captures(s, a, ret);
	add_notes(s, a, ret);
	ret->entries.n = entries_of(s, ret, NULL);
	ret->entries.v = arena_array(a, ret->entries.n + 1, int64_t);
	(void)entries_of(s, ret, ret->entries.v);
	return db_failed(&s->db, err);
}

/* ── what stays ───────────────────────────────────────────────────────── */

static struct store_copy *
add_copy(struct store_erasure *e, enum copy_kind kind)
{
	/* A list that is full says so by its length; the newest would add nothing. */
	struct store_copy *c = &e->copies.v[e->copies.n < COPIES_N ? e->copies.n++ : COPIES_N - 1];

	*c = (struct store_copy){ .kind = kind };
	return c;
}

/* "form wacz" of an export's lines. */
static struct str
form_of(struct str lines)
{
	struct str line;

	while (str_take_line(&lines, &line))
		if (str_starts(line, STR("form ")))
			return str_sub(line, 5, line.n);
	return STR("");
}

static void
add_exports(struct store *s, struct arena *a, const struct erase_plan *p, struct store_erasure *e)
{
	for (size_t i = 0; i < p->captures.n; i++) {
		struct query q = db_query(&s->db, STMT_erase_exports);
		char         shown[ID_WHOLE];

		bind_cstr(&q, id_show_whole(ID_CAPTURE, &p->captures.v[i].id, shown));
		bind_i64(&q, COPIES_N);
		while (db_row(&q)) {
			struct store_copy *c = add_copy(e, COPY_EXPORT);

			c->seq = col_i64(&q);
			c->time_us = col_i64(&q);
			c->where = form_of(col_str(&q, a));
		}
	}
}

static void
add_backups(struct store *s, struct arena *a, const struct erase_plan *p, struct store_erasure *e)
{
	struct query q = asked(s, STMT_erase_backups, p->held_us);

	bind_i64(&q, COPIES_N);
	while (db_row(&q)) {
		struct store_copy *c = add_copy(e, COPY_BACKUP);

		c->time_us = col_i64(&q);
		c->where = col_str(&q, a);
	}
}

/* Public notes, and the newest site that was built since one of them is. */
static void
add_published(struct store *s, struct arena *a, const struct erase_plan *p, struct store_erasure *e)
{
	int64_t since_us = INT64_MAX;

	for (size_t i = 0; i < p->notes.n; i++) {
		const struct erase_note *n = &p->notes.v[i];

		if (n->published_us > 0 && n->published_us < since_us)
			since_us = n->published_us;
		if (n->stays)
			*add_copy(e, COPY_NOTE) = (struct store_copy){ COPY_NOTE, n->published_us, 0, n->id, n->heading };
	}
	if (since_us < INT64_MAX) {
		struct query q = asked(s, STMT_erase_sites, since_us);

		if (db_row(&q)) {
			struct store_copy *c = add_copy(e, COPY_SITE);

			c->time_us = col_i64(&q);
			c->where = col_str(&q, a);
		}
	}
}

static void
add_others(struct store *s, const struct erase_plan *p, struct store_erasure *e)
{
	struct query q = asked(s, STMT_erase_others, p->root);

	bind_str(&q, p->url);
	bind_i64(&q, COPIES_N);
	while (db_row(&q)) {
		struct store_copy *c = add_copy(e, COPY_CAPTURE);

		c->id = col_id(&q);
		c->time_us = col_i64(&q);
	}
}

/* Those that lose what they lean on. */
static void
add_revisits(struct store *s, const struct erase_plan *p, struct store_erasure *e)
{
	struct query q = asked(s, STMT_erase_revisits, p->root);

	bind_i64(&q, COPIES_N);
	while (db_row(&q)) {
		struct store_copy *c = add_copy(e, COPY_REVISIT);

		c->id = col_id(&q);
		c->time_us = col_i64(&q);
	}
}

static void
add_partners(struct store *s, struct arena *a, const struct erase_plan *p, struct store_erasure *e)
{
	struct query q = asked(s, STMT_erase_partners, p->root);

	while (db_row(&q)) {
		struct store_copy *c = add_copy(e, COPY_PARTNER);

		c->time_us = col_i64(&q);
		c->where = col_str(&q, a);
	}
}

static void
add_trash(struct store *s, struct arena *a, struct store_erasure *e)
{
	struct os_names names = { 0 };
	struct err      err;

	if (os_list_dir(a, desk_path(s, "trash", ""), &names, &err) == ERR_OK && names.n > 0)
		add_copy(e, COPY_TRASH)->seq = (int64_t)names.n;
}

void
erase_tell(struct store *s, struct arena *a, const struct erase_plan *p, struct store_erasure *ret)
{
	struct store_capture c = { 0 };
	struct query         q;

	*ret = (struct store_erasure){ .capture = p->id, .captures = (int64_t)p->captures.n, .entries = (int64_t)p->entries.n, .ledger_seq = -1 };
	ret->notes.v = arena_array(a, p->notes.n + 1, struct store_erased_note);
	ret->copies.v = arena_array(a, COPIES_N, struct store_copy);
	ret->is_sealed = true;
	for (size_t i = 0; i < p->captures.n; i++) {
		ret->records += p->captures.v[i].records;
		ret->is_sealed &= p->captures.v[i].is_sealed;
	}
	for (size_t i = 0; i < p->notes.n; i++)
		if (!p->notes.v[i].stays)
			ret->notes.v[ret->notes.n++].id = p->notes.v[i].id;
	add_exports(s, a, p, ret);
	add_backups(s, a, p, ret);
	add_published(s, a, p, ret);
	add_others(s, p, ret);
	add_revisits(s, p, ret);
	add_partners(s, a, p, ret);
	add_trash(s, a, ret);
	if (capture_load(s, a, p->root, &c) && c.erased_us != 0) {
		ret->erased_us = c.erased_us;
		ret->reason = c.erased_why;
	}
	q = db_query(&s->db, STMT_erase_is_due);
	ret->is_due = db_row(&q);
}

enum err_code
on_erase_look(struct store *s, struct arena *a, const struct store_name *ask, struct store_erasure *ret, struct err *err)
{
	struct erase_plan p;
	struct id         id;

	if (find_one(s, ask, ID_CAPTURE, &id, err) != ERR_OK || erase_plan_make(s, a, &id, &p, err) != ERR_OK)
		return err->code;
	erase_tell(s, a, &p, ret);
	return db_failed(&s->db, err);
}
