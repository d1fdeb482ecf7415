/* One answer of a source, in one transaction. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

#define DOUBLES_N 500   /* a list as long as real ones is looked through for an item that stands in it twice; the commit passes over the rest */

static bool
is_known(struct store *s, int64_t source, struct str key)
{
	struct query q = db_query(&s->db, STMT_item_known);

	bind_i64(&q, source);
	bind_str(&q, key);
	return db_row(&q);
}

static bool
stands_before(const struct store_item_keys *ask, size_t i)
{
	for (size_t k = 0; k < i && i < DOUBLES_N; k++)
		if (str_eq(ask->keys.v[k].key, ask->keys.v[i].key))
			return true;
	return false;
}

enum err_code
on_item_unknown(struct store *s, struct arena *a, const struct store_item_keys *ask, struct store_item_places *ret, struct err *err)
{
	int64_t source = source_seq(s, &ask->source);

	ret->places.v = arena_array(a, ask->keys.n + 1, struct store_item_place);
	for (size_t i = 0; i < ask->keys.n; i++)
		if (!is_known(s, source, ask->keys.v[i].key) && !stands_before(ask, i))
			ret->places.v[ret->places.n++].at = (int64_t)i;
	return db_failed(&s->db, err);
}

static void
add_item(struct store *s, int64_t source, const struct store_item_new *n)
{
	struct query q = db_query(&s->db, STMT_item_add);
	struct id    id = os_random_id();
	int64_t      seq;

	bind_id(&q, &id);
	bind_i64(&q, source);
	bind_str(&q, n->key);
	bind_str(&q, n->url);
	bind_str(&q, n->page);
	bind_str(&q, n->title);
	bind_str(&q, n->author);
	bind_str(&q, n->summary);
	bind_i64(&q, n->published_us);
	bind_i64(&q, os_now_us());
	seq = db_run_id(&q);
	q = db_query(&s->db, STMT_item_open_add);
	bind_i64(&q, seq);
	db_run(&q);
	if (n->is_wanted && n->url.n > 0)
		page_want(s, seq, &id, n->page);
}

static void
learn(struct store *s, int64_t source, int stmt, struct str value)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, source);
	bind_str(&q, value);
	db_run(&q);
}

/* To where it moved for good; told once, and not when another source stands there. */
static void
move(struct store *s, struct arena *a, int64_t source, struct str url)
{
	int64_t    before = db_changes(&s->db);
	struct buf facts = BUF_INIT(LIMIT_NOTE_B);

	learn(s, source, STMT_source_learn_url, url);
	buf_addf(&facts, "to=%" STR_FMT, STR_ARG(url));
	if (db_changes(&s->db) > before)
		news_add(s, source, &(struct store_news_new){ .kind = NEWS_MOVED, .facts = arena_copy(a, buf_str(&facts)) });
	buf_free(&facts);
}

static enum err_code
check(struct store *s, const struct store_poll *ask, int64_t *ret_source, struct err *err)
{
	char shown[ID_SHOWN];

	*ret_source = source_seq(s, &ask->source);
	if (*ret_source == 0)
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such source; its answer was not kept", id_show(ID_SOURCE, &ask->source, shown));
	for (size_t i = 0; i < ask->items.n; i++)
		if (ask->items.v[i].key.n == 0)
			return err_set(err, ERR_FORMAT, "%s: item %zu has nothing to know it by; the answer was not kept",
			    id_show(ID_SOURCE, &ask->source, shown), i + 1);
	return ERR_OK;
}

/* A source that was paused or removed while it was asked stays so: its answer is kept, and it is not due again. */
static void
put_health(struct store *s, struct arena *a, int64_t seq, const struct store_source_health *health)
{
	struct store_source_health h = *health;
	struct store_source        now = { 0 };

	if (source_load(s, a, seq, &now) && now.state != SOURCE_ACTIVE)
		h.next_us = INT64_MAX;
	source_put_health(s, seq, &h);
}

enum err_code
on_poll_commit(struct store *s, struct arena *a, const struct store_poll *ask, struct store_poll_done *ret, struct err *err)
{
	int64_t source;

	if (check(s, ask, &source, err) != ERR_OK)
		return err->code;
	put_health(s, a, source, &ask->health);
	if (ask->learned_url.n > 0)
		move(s, a, source, ask->learned_url);
	if (ask->learned_title.n > 0)
		learn(s, source, STMT_source_learn_title, ask->learned_title);
	for (size_t i = 0; i < ask->items.n; i++)
		if (!is_known(s, source, ask->items.v[i].key)) {
			add_item(s, source, &ask->items.v[i]);
			ret->fresh++;
		}
	for (size_t i = 0; i < ask->news.n; i++)
		news_add(s, source, &ask->news.v[i]);
	return db_failed(&s->db, err);
}
