/* Sources before they are watched: what a job found, and those of it that a person takes. */
#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"

#define FINDS_N 20      /* that are held */

static int64_t
job_seq(struct store *s, const struct id *id)
{
	struct query q = db_query(&s->db, STMT_job_seq);

	bind_id(&q, id);
	return db_row(&q) ? col_i64(&q) : 0;
}

static void
add(struct store *s, int64_t job, int64_t n, const struct store_offer *o)
{
	struct query q = db_query(&s->db, STMT_offer_add);

	bind_i64(&q, job);
	bind_i64(&q, n);
	bind_cstr(&q, source_kind_name[o->kind]);
	bind_str(&q, o->url);
	bind_str(&q, o->given_url);
	bind_str(&q, o->home_url);
	bind_str(&q, o->title);
	bind_str(&q, o->folder);
	bind_str(&q, o->language);
	bind_str(&q, o->note);
	bind_i64(&q, o->items_n);
	bind_str(&q, o->samples);
	db_run(&q);
}

enum err_code
on_offer_put(struct store *s, struct arena *a, const struct store_offer_new *ask, struct store_none *ret, struct err *err)
{
	int64_t      job = job_seq(s, &ask->job);
	struct query q;
	char         shown[ID_SHOWN];

	(void)a, (void)ret;
	if (job == 0)
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such job; what was found is not kept", id_show(ID_JOB, &ask->job, shown));
	q = db_query(&s->db, STMT_offer_clear);
	bind_i64(&q, job);
	db_run(&q);
	for (size_t i = 0; i < ask->offers.n; i++)
		add(s, job, (int64_t)i, &ask->offers.v[i]);
	q = db_query(&s->db, STMT_offer_sweep);
	bind_i64(&q, FINDS_N);
	db_run(&q);
	return db_failed(&s->db, err);
}

enum err_code
on_offer_list(struct store *s, struct arena *a, const struct store_name *ask, struct store_offer_list *ret, struct err *err)
{
	struct query q;
	struct id    id;

	if (find_one(s, ask, ID_JOB, &id, err) != ERR_OK)
		return err->code;
	ret->offers.v = arena_array(a, LIMIT_OPML_N, struct store_offer);
	q = db_query(&s->db, STMT_offer_list);
	bind_i64(&q, job_seq(s, &id));
	while (db_row(&q)) {
		struct store_offer *o = &ret->offers.v[ret->offers.n++];

		o->kind = (enum source_kind)col_enum(&q, source_kind_name, SOURCE_KIND__COUNT);
		o->url = col_str(&q, a);
		o->given_url = col_str(&q, a);
		o->home_url = col_str(&q, a);
		o->title = col_str(&q, a);
		o->folder = col_str(&q, a);
		o->language = col_str(&q, a);
		o->note = col_str(&q, a);
		o->items_n = col_i64(&q);
		o->samples = col_str(&q, a);
	}
	return db_failed(&s->db, err);
}

enum err_code
on_source_take(struct store *s, struct arena *a, const struct store_source_new_list *ask, struct store_source_taken *ret,
	struct err *err)
{
	for (size_t i = 0; i < ask->sources.n; i++) {
		struct store_source one = ask->sources.v[i], saved = { 0 };
		struct err          why;

		one.id = (struct id){ { 0 } };
		if (on_source_save(s, a, &one, &saved, &why) == ERR_OK) {
			if (ret->added++ == 0)
				ret->first = saved.id;
		} else if (db_failed(&s->db, err) != ERR_OK) {
			return err->code;
		} else if (why.code == ERR_EXISTS) {
			ret->known++;
		} else if (ret->refused++ == 0) {
			ret->fault = arena_copy(a, str_of(why.text));
		}
	}
	return db_failed(&s->db, err);
}
