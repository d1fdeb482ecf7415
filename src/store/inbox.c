/* The items that sources announced, as people at the desk go through them. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

/* ── reading ──────────────────────────────────────────────────────────── */

static enum item_page
page_of(const struct store_announced *i, struct str job_state)
{
	if (!id_is_none(&i->capture))
		return ITEM_TAKEN;
	if (job_state.n == 0)
		return i->url.n == 0 ? ITEM_NO_PAGE : ITEM_LISTED;
	return str_eq(job_state, STR("failed")) ? ITEM_FAILED : ITEM_WAITING;
}

static bool
load_announced(struct store *s, struct arena *a, int64_t seq, struct store_announced *ret)
{
	struct query q = db_query(&s->db, STMT_announced_load);

	bind_i64(&q, seq);
	if (!db_row(&q))
		return false;
	ret->id = col_id(&q);
	ret->source = col_id(&q);
	ret->capture = col_id(&q);
	ret->article = col_id(&q);
	ret->url = col_str(&q, a);
	ret->title = col_str(&q, a);
	ret->author = col_str(&q, a);
	ret->summary = col_str(&q, a);
	ret->source_title = col_str(&q, a);
	ret->language = col_str(&q, a);
	ret->published_us = col_i64(&q);
	ret->seen_us = col_i64(&q);
	ret->place = col_i64(&q);
	ret->state = (enum item_state)col_enum(&q, item_state_name, ITEM_STATE__COUNT);
	ret->page = page_of(ret, col_str(&q, a));
	ret->trouble = col_str(&q, a);
	ret->status = col_i64(&q);
	return true;
}

int64_t
item_seq(struct store *s, const struct id *id)
{
	struct query q = db_query(&s->db, STMT_item_seq);

	bind_id(&q, id);
	return db_row(&q) ? col_i64(&q) : 0;
}

enum err_code
on_item_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_announced *ret, struct err *err)
{
	struct id id;

	if (find_one(s, ask, ID_ITEM, &id, err) != ERR_OK)
		return err->code;
	(void)load_announced(s, a, item_seq(s, &id), ret);
	return db_failed(&s->db, err);
}

/* The walk that gives the places of such items, newest first. */
static struct query
walk(struct store *s, const struct store_announced_ask *ask)
{
	enum { ALL, SOURCE, FOLDER, WHOSE__N };
	static const int stmts[3][WHOSE__N] = {
		{ STMT_every_all, STMT_every_source, STMT_every_folder }, { STMT_open_all, STMT_open_source, STMT_open_folder },
		{ STMT_decided_all, STMT_decided_source, STMT_decided_folder },
	};
	const int    which = ask->state < 0 ? 0 : ask->state == ITEM_OPEN ? 1 : 2;
	const int    whose = !id_is_none(&ask->source) ? SOURCE : ask->in_folder ? FOLDER : ALL;
	struct query q = db_query(&s->db, stmts[which][whose]);

	bind_i64(&q, ask->before > 0 ? ask->before : INT64_MAX);
	bind_i64(&q, ask->limit + 1);
	if (which == 2)
		bind_cstr(&q, item_state_name[ask->state]);
	if (whose == SOURCE)
		bind_id(&q, &ask->source);
	if (whose == FOLDER)
		bind_str(&q, ask->folder);
	return q;
}

enum err_code
on_item_list(struct store *s, struct arena *a, const struct store_announced_ask *ask, struct store_announced_list *ret,
	struct err *err)
{
	int64_t      seqs[LIMIT_PAGE_N];
	struct query q;
	size_t       n = 0;

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->state < -1 || ask->state >= ITEM_STATE__COUNT)
		return err_set(err, ERR_LIMIT, "a page of items has 1 to %d rows of one state; nothing was read", LIMIT_PAGE_N);
	q = walk(s, ask);
	while (!ret->more && db_row(&q)) {
		ret->more = n == (size_t)ask->limit;
		if (!ret->more)
			seqs[n++] = col_i64(&q);
	}
	ret->items.v = arena_array(a, n + 1, struct store_announced);
	for (size_t i = 0; i < n; i++)
		ret->items.n += load_announced(s, a, seqs[i], &ret->items.v[ret->items.n]);
	return db_failed(&s->db, err);
}

/* ── deciding ─────────────────────────────────────────────────────────── */

static void
run(struct store *s, int stmt, int64_t seq)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, seq);
	db_run(&q);
}

enum err_code
on_item_mark(struct store *s, struct arena *a, const struct store_mark *ask, struct store_marked *ret, struct err *err)
{
	char shown[ID_SHOWN];

	(void)a;
	for (size_t i = 0; i < ask->items.n; i++) {
		const struct id *id = &ask->items.v[i].id;
		int64_t          seq = item_seq(s, id), before = db_changes(&s->db);
		struct query     q = db_query(&s->db, STMT_item_decide);

		if (seq == 0)
			return db_failed(&s->db, err) != ERR_OK ? err->code :
			    err_set(err, ERR_MISSING, "%s: there is no such item; nothing was changed", id_show(ID_ITEM, id, shown));
		bind_i64(&q, seq);
		bind_cstr(&q, item_state_name[ask->state]);
		bind_i64(&q, os_now_us());
		db_run(&q);
		ret->items += db_changes(&s->db) > before;
		run(s, ask->state == ITEM_OPEN ? STMT_item_open_add : STMT_item_open_end, seq);
	}
	return db_failed(&s->db, err);
}
