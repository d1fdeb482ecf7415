#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "os/clock.h"

/* A source that is not active is never due. */
#define NEVER_US INT64_MAX

int64_t
source_seq(struct store *s, const struct id *id)
{
	struct query q = db_query(&s->db, STMT_source_seq);

	bind_id(&q, id);
	return db_row(&q) ? col_i64(&q) : 0;
}

static void
load_health(struct query *q, struct arena *a, struct store_source_health *h)
{
	h->next_us = col_i64(q);
	h->asked_us = col_i64(q);
	h->answered_us = col_i64(q);
	h->newest_us = col_i64(q);
	h->etag = col_str(q, a);
	h->last_modified = col_str(q, a);
	h->route = col_str(q, a);
	h->valid_url = col_str(q, a);
	col_hash(q, h->body_sha256);
	h->trouble = col_str(q, a);
	h->is_silent = col_i64(q) != 0;
	h->plan = bytes_of(col_str(q, a));
	if (h->next_us == NEVER_US)
		h->next_us = 0;
}

bool
source_load(struct store *s, struct arena *a, int64_t seq, struct store_source *ret)
{
	struct query q = db_query(&s->db, STMT_source_load);

	bind_i64(&q, seq);
	if (!db_row(&q))
		return false;
	ret->id = col_id(&q);
	ret->kind = (enum source_kind)col_enum(&q, source_kind_name, SOURCE_KIND__COUNT);
	ret->state = (enum source_state)col_enum(&q, source_state_name, SOURCE_STATE__COUNT);
	ret->url = col_str(&q, a);
	ret->given_url = col_str(&q, a);
	ret->home_url = col_str(&q, a);
	ret->title = col_str(&q, a);
	ret->folder = col_str(&q, a);
	ret->language = col_str(&q, a);
	ret->country = col_str(&q, a);
	ret->reliability = col_str(&q, a);
	ret->sensitivity = col_enum(&q, sensitivity_name, SENSITIVITY__COUNT);
	ret->interval_s = col_i64(&q);
	ret->route = col_str(&q, a);
	ret->selector = col_str(&q, a);
	ret->robots_why = col_str(&q, a);
	ret->contact = col_str(&q, a);
	ret->takes_pages = col_i64(&q) != 0;
	ret->added_us = col_i64(&q);
	load_health(&q, a, &ret->health);
	ret->items = col_i64(&q);
	return true;
}

void
source_put_health(struct store *s, int64_t seq, const struct store_source_health *h)
{
	struct query q = db_query(&s->db, STMT_health_put);

	bind_i64(&q, seq);
	bind_i64(&q, h->next_us);
	bind_i64(&q, h->asked_us);
	bind_i64(&q, h->answered_us);
	bind_i64(&q, h->newest_us);
	bind_str(&q, h->etag);
	bind_str(&q, h->last_modified);
	bind_str(&q, h->route);
	bind_str(&q, h->valid_url);
	bind_blob(&q, h->body_sha256, sizeof(h->body_sha256));
	bind_str(&q, h->trouble);
	bind_i64(&q, h->is_silent);
	bind_blob(&q, h->plan.p, h->plan.n);
	db_run(&q);
}

/* ── saving ───────────────────────────────────────────────────────────── */

static enum err_code
check(struct store *s, const struct store_source *n, struct err *err)
{
	struct query q;
	struct id    other = { 0 };
	char         shown[ID_SHOWN];

	if (n->url.n == 0 || n->given_url.n == 0)
		return err_set(err, ERR_FORMAT, "a source needs an address; not saved");
	if (n->sensitivity < 0 || n->sensitivity >= SENSITIVITY__COUNT)
		return err_set(err, ERR_FORMAT, "a source is unreviewed, public or protected; not saved");
	if (n->interval_s < 0 || (n->interval_s > 0 && n->interval_s < LIMIT_INTERVAL_MIN_S) || n->interval_s > LIMIT_INTERVAL_MAX_S)
		return err_set(err, ERR_LIMIT, "a source is asked every %d minutes to every %d days, not every %lld seconds; not saved",
		    LIMIT_INTERVAL_MIN_S / 60, LIMIT_INTERVAL_MAX_S / 86400, (long long)n->interval_s);
	if (n->state == SOURCE_REMOVED)
		return ERR_OK;
	q = db_query(&s->db, STMT_source_by_url);
	bind_str(&q, n->url);
	if (db_row(&q))
		other = col_id(&q);
	if (!id_is_none(&other) && !id_eq(&other, &n->id))
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": this desk watches it already, as %s; not saved", STR_ARG(n->url),
		    id_show(ID_SOURCE, &other, shown));
	return db_failed(&s->db, err);
}

static void
bind_source(struct query *q, const struct store_source *n)
{
	bind_cstr(q, source_kind_name[n->kind]);
	bind_cstr(q, source_state_name[n->state]);
	bind_str(q, n->url);
	bind_str(q, n->given_url);
	bind_str(q, n->home_url);
	bind_str(q, n->title);
	bind_str(q, n->folder);
	bind_str(q, n->language);
	bind_str(q, n->country);
	bind_str(q, n->reliability);
	bind_cstr(q, sensitivity_name[n->sensitivity]);
	bind_i64(q, n->interval_s);
	bind_str(q, n->route);
	bind_str(q, n->selector);
	bind_str(q, n->robots_why);
	bind_str(q, n->contact);
	bind_i64(q, n->takes_pages);
}

/* A new source is due at once. */
static int64_t
add(struct store *s, const struct store_source *n)
{
	struct query q = db_query(&s->db, STMT_source_add);
	struct id    id = os_random_id();
	int64_t      seq, now = os_now_us();

	bind_id(&q, &id);
	bind_source(&q, n);
	bind_i64(&q, now);
	seq = db_run_id(&q);
	source_put_health(s, seq, &(struct store_source_health){ .next_us = n->state == SOURCE_ACTIVE ? now : NEVER_US });
	return seq;
}

/* What is not active is not due; what becomes active again, or is asked at another address, is due now. */
static void
change(struct store *s, int64_t seq, const struct store_source *was, const struct store_source *n)
{
	struct query q = db_query(&s->db, STMT_source_change);
	bool         is_other = !str_eq(was->url, n->url) || was->kind != n->kind;

	bind_i64(&q, seq);
	bind_source(&q, n);
	db_run(&q);
	if (is_other) {
		source_put_health(s, seq, &(struct store_source_health){ .next_us = n->state == SOURCE_ACTIVE ? os_now_us() : NEVER_US });
	} else if (n->state != was->state || n->interval_s != was->interval_s) {
		q = db_query(&s->db, STMT_health_next);
		bind_i64(&q, seq);
		bind_i64(&q, n->state == SOURCE_ACTIVE ? os_now_us() : NEVER_US);
		db_run(&q);
	}
}

enum err_code
on_source_save(struct store *s, struct arena *a, const struct store_source *ask, struct store_source *ret, struct err *err)
{
	int64_t             seq = id_is_none(&ask->id) ? 0 : source_seq(s, &ask->id);
	struct store_source was = { 0 };
	char                shown[ID_SHOWN];

	if (!id_is_none(&ask->id) && (seq == 0 || !source_load(s, a, seq, &was)))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such source; not saved", id_show(ID_SOURCE, &ask->id, shown));
	if (check(s, ask, err) != ERR_OK)
		return err->code;
	if (seq == 0)
		seq = add(s, ask);
	else
		change(s, seq, &was, ask);
	(void)source_load(s, a, seq, ret);
	return db_failed(&s->db, err);
}

/* ── reading ──────────────────────────────────────────────────────────── */

enum err_code
on_source_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_source *ret, struct err *err)
{
	struct id id;

	if (find_one(s, ask, ID_SOURCE, &id, err) != ERR_OK)
		return err->code;
	(void)source_load(s, a, source_seq(s, &id), ret);
	return db_failed(&s->db, err);
}

/* The sources of a statement whose rows are their seq; one row too many says that there is more. */
size_t
source_load_all(struct store *s, struct arena *a, struct query *q, size_t limit, struct store_source **ret, bool *ret_more)
{
	int64_t *seqs = arena_array(a, limit + 1, int64_t);
	size_t   n = 0;

	while (n <= limit && db_row(q))
		seqs[n++] = col_i64(q);
	*ret_more = n > limit;
	n = n > limit ? limit : n;
	*ret = arena_array(a, n + 1, struct store_source);
	for (size_t i = 0; i < n; i++)
		(void)source_load(s, a, seqs[i], &(*ret)[i]);
	return n;
}

enum err_code
on_source_list(struct store *s, struct arena *a, const struct store_source_ask *ask, struct store_source_list *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_source_list);
	size_t       limit;

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N || ask->offset < 0)
		return err_set(err, ERR_LIMIT, "a page of a list has 1 to %d rows", LIMIT_PAGE_N);
	limit = (size_t)ask->limit;
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	bind_i64(&q, ask->with_removed);
	ret->sources.n = source_load_all(s, a, &q, limit, &ret->sources.v, &ret->more);
	return db_failed(&s->db, err);
}

enum err_code
on_source_due(struct store *s, struct arena *a, const struct store_due_ask *ask, struct store_due *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_source_due);
	bool         more;

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N)
		return err_set(err, ERR_LIMIT, "1 to %d sources can be due at a time", LIMIT_PAGE_N);
	bind_i64(&q, ask->now_us);
	bind_i64(&q, ask->limit + 1);
	ret->sources.n = source_load_all(s, a, &q, (size_t)ask->limit, &ret->sources.v, &more);
	q = db_query(&s->db, STMT_source_next);
	bind_i64(&q, ask->now_us);
	if (more)
		ret->next_us = ask->now_us;
	else if (db_row(&q))
		ret->next_us = col_i64(&q);
	if (ret->next_us == NEVER_US)
		ret->next_us = 0;
	return db_failed(&s->db, err);
}
