/* What the watch tells the desk. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

void
news_add(struct store *s, int64_t source, const struct store_news_new *n)
{
	int64_t      article = id_is_none(&n->article) ? 0 : article_seq(s, &n->article);
	struct query q = db_query(&s->db, STMT_news_add);
	struct id    id = os_random_id();

	bind_id(&q, &id);
	bind_i64(&q, os_now_us());
	bind_cstr(&q, news_kind_name[n->kind]);
	bind_i64_or_null(&q, source, 0);
	bind_i64_or_null(&q, article, 0);
	bind_str(&q, n->facts);
	db_run(&q);
}

static void
load(struct query *q, struct arena *a, struct store_news *ret)
{
	ret->id = col_id(q);
	ret->source = col_id(q);
	ret->article = col_id(q);
	ret->time_us = col_i64(q);
	ret->read_us = col_i64(q);
	ret->kind = (enum news_kind)col_enum(q, news_kind_name, NEWS_KIND__COUNT);
	ret->facts = col_str(q, a);
	ret->source_title = col_str(q, a);
	ret->article_title = col_str(q, a);
}

enum err_code
on_news_list(struct store *s, struct arena *a, const struct store_news_ask *ask, struct store_news_list *ret, struct err *err)
{
	struct query q = db_query(&s->db, ask->only_unread ? STMT_news_unread : STMT_news_all);

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->offset < 0)
		return err_set(err, ERR_LIMIT, "a page of a list has 1 to %d rows", LIMIT_PAGE_N);
	ret->news.v = arena_array(a, (size_t)ask->limit, struct store_news);
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	while (db_row(&q)) {
		ret->more = ret->news.n == (size_t)ask->limit;
		if (!ret->more)
			load(&q, a, &ret->news.v[ret->news.n++]);
	}
	return db_failed(&s->db, err);
}

enum err_code
on_news_read(struct store *s, struct arena *a, const struct store_news_seen *ask, struct store_none *ret, struct err *err)
{
	bool         is_one = !id_is_none(&ask->id);
	struct query q = db_query(&s->db, is_one ? STMT_news_read_one : STMT_news_read_all);

	(void)a, (void)ret;
	if (is_one)
		bind_id(&q, &ask->id);
	bind_i64(&q, os_now_us());
	db_run(&q);
	return db_failed(&s->db, err);
}
