/* Pages that are to be taken, and what became of those that were. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

#define LEASE_US      (600 * US_PER_S)          /* whoever begins a page has ended it by then, or died */
#define SAME_PAGE_US  (7 * 86400 * US_PER_S)    /* an address announced again after that is taken again */
#define FIRST_LOOK_US (3600 * US_PER_S)

/* ── items' pages ─────────────────────────────────────────────────────── */

static void
put_job(struct store *s, int64_t item, int64_t job)
{
	struct query q = db_query(&s->db, STMT_item_job_put);

	bind_i64(&q, item);
	bind_i64(&q, job);
	db_run(&q);
}

static void
add_job(struct store *s, int64_t item_seq, const struct id *item)
{
	struct query q = db_query(&s->db, STMT_job_add_item_page);
	struct id    id = os_random_id();
	char         shown[ID_WHOLE];

	bind_id(&q, &id);
	bind_cstr(&q, id_show_whole(ID_ITEM, item, shown));
	bind_i64(&q, os_now_us());
	put_job(s, item_seq, db_run_id(&q));
}

static void
put_captured(struct store *s, int stmt, int64_t item, int64_t capture)
{
	struct query q = db_query(&s->db, stmt);

	bind_i64(&q, item);
	bind_i64(&q, capture);
	if (stmt == STMT_item_captured_too)
		bind_i64(&q, SAME_PAGE_US);
	db_run(&q);
}

void
page_want(struct store *s, int64_t item_seq, const struct id *item, struct str page)
{
	struct query q = db_query(&s->db, STMT_item_page_known);
	int64_t      capture, job;

	bind_str(&q, page);
	bind_i64(&q, item_seq);
	bind_i64(&q, os_now_us() - SAME_PAGE_US);
	if (!db_row(&q)) {
		add_job(s, item_seq, item);
		return;
	}
	capture = col_i64(&q);
	job = col_i64(&q);
	if (capture != 0)
		put_captured(s, STMT_item_captured, item_seq, capture);
	else
		put_job(s, item_seq, job);
}

void
page_taken(struct store *s, const struct id *id, int64_t capture)
{
	int64_t      item = item_seq(s, id);
	struct query q;

	if (item == 0)
		return;         /* brought in after a crash into a desk that lost the item: the page is kept all the same */
	put_captured(s, STMT_item_captured, item, capture);
	put_captured(s, STMT_item_captured_too, item, capture);
	q = db_query(&s->db, STMT_item_job_done);
	bind_i64(&q, item);
	bind_i64(&q, capture);
	db_run(&q);
}

enum err_code
on_item_want(struct store *s, struct arena *a, const struct store_name *ask, struct store_none *ret, struct err *err)
{
	struct store_announced item = { 0 };

	(void)ret;
	if (on_item_get(s, a, ask, &item, err) != ERR_OK)
		return err->code;
	if (item.page == ITEM_NO_PAGE)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": this item names no page that could be taken", STR_ARG(ask->id));
	if (item.page == ITEM_LISTED || item.page == ITEM_FAILED)
		add_job(s, item_seq(s, &item.id), &item.id);
	return db_failed(&s->db, err);
}

/* ── whose turn it is ─────────────────────────────────────────────────── */

static void
list_due(struct store *s, struct arena *a, enum page_kind kind, const struct store_page_ask *ask, struct store_page_list *ret)
{
	struct query q = db_query(&s->db, kind == PAGE_ITEM ? STMT_page_due_items : STMT_page_due_looks);

	bind_i64(&q, ask->now_us);
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	for (int64_t n = 0; db_row(&q); n++) {
		struct store_page_line *line = &ret->pages.v[ret->pages.n];

		if (n == ask->limit) {
			ret->more = true;
			return;
		}
		*line = (struct store_page_line){ .kind = kind, .id = col_id(&q) };
		line->url = col_str(&q, a);
		ret->pages.n++;
	}
}

enum err_code
on_page_due(struct store *s, struct arena *a, const struct store_page_ask *ask, struct store_page_list *ret, struct err *err)
{
	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->offset < 0)
		return err_set(err, ERR_LIMIT, "1 to %d pages can be due at a time", LIMIT_PAGE_N);
	ret->pages.v = arena_array(a, 2 * (size_t)ask->limit + 1, struct store_page_line);
	list_due(s, a, PAGE_ITEM, ask, ret);
	list_due(s, a, PAGE_LOOK, ask, ret);
	return db_failed(&s->db, err);
}

static void
begin_item(struct store *s, struct arena *a, const struct store_page_name *ask, int64_t now_us, struct store_page *ret)
{
	struct query q = db_query(&s->db, STMT_page_begin_item);
	int64_t      job;

	bind_id(&q, &ask->id);
	bind_i64(&q, now_us);
	if (!db_row(&q))
		return;
	ret->id = col_id(&q);
	ret->job = col_id(&q);
	ret->source = col_id(&q);
	ret->url = col_str(&q, a);
	ret->source_title = col_str(&q, a);
	ret->robots_why = col_str(&q, a);
	ret->route = col_str(&q, a);
	ret->contact = col_str(&q, a);
	ret->attempts = col_i64(&q);
	job = col_i64(&q);
	if (ask->is_only_read)
		return;
	q = db_query(&s->db, STMT_job_lease);
	bind_i64(&q, job);
	bind_i64(&q, now_us + LEASE_US);
	db_run(&q);
}

/* Only those whose words still stand where the note took them from: a newer reader may have read the page anew. */
static void
load_published(struct store *s, struct arena *a, int64_t article, struct store_page *ret)
{
	struct query q = db_query(&s->db, STMT_page_published);

	ret->published.v = arena_array(a, LIMIT_LIST_N, struct store_span);
	bind_i64(&q, article);
	while (ret->published.n < LIMIT_LIST_N && db_row(&q)) {
		struct store_span span = { .from = col_i64(&q), .to = col_i64(&q) };
		struct str        shown = col_str(&q, a);
		size_t            at;

		if (!str_eq(str_sub(ret->text, (size_t)span.from, (size_t)span.to), shown)) {
			at = str_find(ret->text, shown);
			if (at == STR_NONE || shown.n == 0)
				continue;
			span = (struct store_span){ (int64_t)at, (int64_t)(at + shown.n) };
		}
		ret->published.v[ret->published.n++] = span;
	}
}

static void
load_source(struct store *s, struct arena *a, int64_t capture, struct store_page *ret)
{
	struct query q = db_query(&s->db, STMT_page_source);

	bind_i64(&q, capture);
	if (!db_row(&q))
		return;         /* added by a person: robots.txt is obeyed, nobody is named */
	ret->source = col_id(&q);
	ret->source_title = col_str(&q, a);
	ret->robots_why = col_str(&q, a);
	ret->route = col_str(&q, a);
	ret->contact = col_str(&q, a);
}

static void
begin_look(struct store *s, struct arena *a, const struct store_page_name *ask, int64_t now_us, struct store_page *ret)
{
	struct query q = db_query(&s->db, STMT_page_begin_look);
	int64_t      article, capture;

	bind_id(&q, &ask->id);
	bind_i64(&q, now_us);
	if (!db_row(&q))
		return;
	ret->id = col_id(&q);
	ret->capture = col_id(&q);
	ret->url = ret->final_url = col_str(&q, a);
	ret->extractor = col_str(&q, a);
	ret->text = col_str(&q, a);
	ret->taken_us = col_i64(&q);
	ret->etag = col_str(&q, a);
	ret->last_modified = col_str(&q, a);
	ret->life_route = col_str(&q, a);
	ret->memory = bytes_of(col_blob(&q, a));
	article = col_i64(&q);
	capture = col_i64(&q);
	load_published(s, a, article, ret);
	load_source(s, a, capture, ret);
	if (ask->is_only_read)
		return;
	q = db_query(&s->db, STMT_life_lease);
	bind_i64(&q, article);
	bind_i64(&q, now_us + LEASE_US);
	db_run(&q);
}

enum err_code
on_page_begin(struct store *s, struct arena *a, const struct store_page_name *ask, struct store_page *ret, struct err *err)
{
	int64_t now_us = os_now_us();

	ret->kind = ask->kind;
	if (ask->kind == PAGE_ITEM)
		begin_item(s, a, ask, now_us, ret);
	else
		begin_look(s, a, ask, now_us, ret);
	return db_failed(&s->db, err);
}

/* ── the life of a page ───────────────────────────────────────────────── */

static void
watch_page(struct store *s, int64_t article, bool is_published)
{
	struct query q = db_query(&s->db, STMT_life_wanted);

	bind_i64(&q, article);
	bind_i64(&q, is_published);
	if (!db_row(&q))
		return;
	q = db_query(&s->db, STMT_life_add);
	bind_i64(&q, article);
	bind_i64(&q, os_now_us() + FIRST_LOOK_US);
	db_run(&q);
}

void
page_watch(struct store *s, int64_t article)
{
	watch_page(s, article, false);
}

void
page_look_soon(struct store *s, int64_t article)
{
	struct query q;

	watch_page(s, article, true);
	q = db_query(&s->db, STMT_life_sooner);
	bind_i64(&q, article);
	bind_i64(&q, os_now_us() + FIRST_LOOK_US);
	db_run(&q);
}

static void
put_life(struct store *s, int64_t article, const struct store_life_new *n)
{
	struct query q = db_query(&s->db, STMT_life_put);

	bind_i64(&q, article);
	bind_i64(&q, n->next_us);
	bind_i64(&q, n->looked_us);
	bind_cstr(&q, page_state_name[n->state]);
	bind_str(&q, n->trouble);
	bind_str(&q, n->etag);
	bind_str(&q, n->last_modified);
	bind_blob(&q, n->memory.p, n->memory.n);
	bind_str(&q, n->route);
	db_run(&q);
}

static void
add_event(struct store *s, int64_t article, int64_t capture, const struct store_life_new *n)
{
	struct query q = db_query(&s->db, STMT_event_add);

	bind_i64(&q, article);
	bind_i64(&q, n->looked_us);
	bind_cstr(&q, page_what_name[n->what]);
	bind_str(&q, n->how);
	bind_i64(&q, n->status);
	bind_i64_or_null(&q, capture, 0);
	db_run(&q);
}

static int64_t
source_of(struct store *s, int64_t article)
{
	struct query q = db_query(&s->db, STMT_life_source);

	bind_i64(&q, article);
	return db_row(&q) ? col_i64(&q) : 0;
}

enum err_code
on_life_commit(struct store *s, struct arena *a, const struct store_life_new *ask, struct store_none *ret, struct err *err)
{
	int64_t article = article_seq(s, &ask->article), capture = id_is_none(&ask->capture) ? 0 : capture_seq(s, &ask->capture);
	char    shown[ID_SHOWN];

	(void)a, (void)ret;
	if (article == 0 || (capture == 0 && !id_is_none(&ask->capture)))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such %s; what was seen was not kept", article == 0 ?
		    id_show(ID_ARTICLE, &ask->article, shown) : id_show(ID_CAPTURE, &ask->capture, shown), article == 0 ? "article" : "capture");
	if (ask->what < -1 || ask->what >= PAGE_WHAT__COUNT || ask->news < -1 || ask->news >= NEWS_KIND__COUNT)
		return err_set(err, ERR_FORMAT, "%s: a look that found what nobody knows; not kept", id_show(ID_ARTICLE, &ask->article, shown));
	put_life(s, article, ask);
	if (ask->what >= 0)
		add_event(s, article, capture, ask);
	if (ask->news >= 0)
		news_add(s, source_of(s, article), &(struct store_news_new){ .kind = (enum news_kind)ask->news, .article = ask->article,
		    .facts = ask->facts });
	return db_failed(&s->db, err);
}

static void
load_events(struct store *s, struct arena *a, int64_t article, struct store_life *ret)
{
	struct query q = db_query(&s->db, STMT_life_events);

	ret->events.v = arena_array(a, LIMIT_PAGE_N, struct store_life_event);
	bind_i64(&q, article);
	bind_i64(&q, LIMIT_PAGE_N);
	while (ret->events.n < LIMIT_PAGE_N && db_row(&q)) {
		struct store_life_event *e = &ret->events.v[ret->events.n++];

		e->time_us = col_i64(&q);
		e->status = col_i64(&q);
		e->what = (enum page_what)col_enum(&q, page_what_name, PAGE_WHAT__COUNT);
		e->how = col_str(&q, a);
		e->capture = col_id(&q);
		e->article = col_id(&q);
	}
}

enum err_code
on_life_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_life *ret, struct err *err)
{
	struct query q;
	int64_t      article;

	if (find_one(s, ask, ID_ARTICLE, &ret->article, err) != ERR_OK)
		return err->code;
	article = article_seq(s, &ret->article);
	q = db_query(&s->db, STMT_life_load);
	bind_i64(&q, article);
	if (db_row(&q)) {
		ret->looked_us = col_i64(&q);
		ret->next_us = col_i64(&q);
		ret->state = (enum page_state)col_enum(&q, page_state_name, PAGE_STATE__COUNT);
		ret->trouble = col_str(&q, a);
	}
	load_events(s, a, article, ret);
	return db_failed(&s->db, err);
}
