/* Sources as the desk's pages show them: by group, by trouble, and what was changed about one. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

enum err_code
on_source_page(struct store *s, struct arena *a, const struct store_source_find *ask, struct store_source_list *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_source_page);

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->offset < 0)
		return err_set(err, ERR_LIMIT, "a page of a list has 1 to %d rows", LIMIT_PAGE_N);
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	bind_i64(&q, ask->in_folder);
	bind_str(&q, ask->folder);
	bind_i64(&q, ask->in_trouble);
	bind_i64(&q, ask->removed);
	ret->sources.n = source_load_all(s, a, &q, (size_t)ask->limit, &ret->sources.v, &ret->more);
	return db_failed(&s->db, err);
}

enum err_code
on_source_groups(struct store *s, struct arena *a, const struct store_none *ask, struct store_group_list *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_group_list);

	(void)ask;
	ret->groups.v = arena_array(a, LIMIT_PAGE_N, struct store_group);
	bind_i64(&q, LIMIT_PAGE_N);
	while (db_row(&q)) {
		struct store_group *g = &ret->groups.v[ret->groups.n++];

		g->folder = col_str(&q, a);
		g->sources = col_i64(&q);
		g->paused = col_i64(&q);
		g->troubled = col_i64(&q);
	}
	q = db_query(&s->db, STMT_round);
	bind_i64(&q, os_now_us());
	if (db_row(&q)) {
		ret->waiting = col_i64(&q);
		ret->checked = col_i64(&q);
		ret->removed = col_i64(&q);
	}
	return db_failed(&s->db, err);
}

enum err_code
on_source_history(struct store *s, struct arena *a, const struct store_name *ask, struct store_change_list *ret, struct err *err)
{
	struct query q;
	struct id    id;

	if (find_one(s, ask, ID_SOURCE, &id, err) != ERR_OK)
		return err->code;
	ret->changes.v = arena_array(a, LIMIT_PAGE_N, struct store_change);
	q = db_query(&s->db, STMT_source_history);
	bind_i64(&q, source_seq(s, &id));
	bind_i64(&q, LIMIT_PAGE_N);
	while (db_row(&q)) {
		struct store_change *c = &ret->changes.v[ret->changes.n++];

		c->time_us = col_i64(&q);
		c->who = col_str(&q, a);
		c->field = col_str(&q, a);
		c->before = col_str(&q, a);
		c->after = col_str(&q, a);
	}
	return db_failed(&s->db, err);
}
