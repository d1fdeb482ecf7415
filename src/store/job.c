#include "store/statements.h"
#include "store/handlers.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"

#define LEASE_MAX_S     (24 * 3600)
#define EXTRACT_AFTER_S 60      /* by then whoever captured the page has read it, or died */

/* A dropped file's bytes wait in spool/ under the job's id. */
static enum err_code
spool(struct store *s, const char *name, struct bytes blob, struct err *err)
{
	return os_replace_file(desk_path(s, "spool", name), bytes_as_str(blob), err);
}

static enum err_code
load_spool(struct store *s, struct arena *a, struct str name, struct bytes *ret, struct err *err)
{
	struct buf    b = BUF_INIT(LIMIT_BODY_B);
	char          file[ID_WHOLE];
	enum err_code code;

	if (name.n == 0)
		return ERR_OK;
	snprintf(file, sizeof(file), "%" STR_FMT, STR_ARG(name));
	code = os_read_file(desk_path(s, "spool", file), &b, err);
	if (code == ERR_OK)
		*ret = bytes_of(arena_copy(a, buf_str(&b)));
	buf_free(&b);
	return code;
}

enum err_code
on_job_add(struct store *s, struct arena *a, const struct store_job_new *ask, struct store_job *ret, struct err *err)
{
	struct id    id = os_random_id();
	char         shown[ID_WHOLE];
	struct query q;

	(void)a;
	id_show_whole(ID_JOB, &id, shown);
	/* On disk before the row: a file that no row names is swept up at the next start. */
	if (ask->blob.n > 0 && spool(s, shown, ask->blob, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_job_add);
	bind_id(&q, &id);
	bind_cstr(&q, job_kind_name[ask->kind]);
	bind_str(&q, ask->subject);
	bind_cstr(&q, ask->blob.n > 0 ? shown : "");
	db_run(&q);
	*ret = (struct store_job){ .id = id, .kind = ask->kind, .state = JOB_OPEN, .subject = ask->subject };
	return db_failed(&s->db, err);
}

void
job_add_extract(struct store *s, const struct id *capture, bool at_once)
{
	struct query q = db_query(&s->db, STMT_job_add_extract);
	struct id    id = os_random_id();
	char         shown[ID_WHOLE];

	bind_id(&q, &id);
	bind_cstr(&q, id_show_whole(ID_CAPTURE, capture, shown));
	bind_i64(&q, at_once ? 0 : os_now_us() + EXTRACT_AFTER_S * US_PER_S);
	db_run(&q);
}

void
job_end_extract(struct store *s, const struct id *capture, const struct id *article)
{
	struct query q = db_query(&s->db, STMT_job_end_extract);
	char         shown[ID_WHOLE];

	bind_cstr(&q, id_show_whole(ID_CAPTURE, capture, shown));
	bind_id(&q, article);
	db_run(&q);
}

enum err_code
on_job_get(struct store *s, struct arena *a, const struct store_name *ask, struct store_job *ret, struct err *err)
{
	struct query q;

	if (find_one(s, ask, ID_JOB, &ret->id, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_job_load);
	bind_id(&q, &ret->id);
	if (db_row(&q)) {
		ret->kind = (enum job_kind)col_enum(&q, job_kind_name, JOB_KIND__COUNT);
		ret->state = (enum job_state)col_enum(&q, job_state_name, JOB_STATE__COUNT);
		ret->subject = col_str(&q, a);
		ret->last_err = col_str(&q, a);
		ret->attempts = col_i64(&q);
		ret->result = col_id(&q);
	}
	return db_failed(&s->db, err);
}

enum err_code
on_job_lease(struct store *s, struct arena *a, const struct store_job_lease_ask *ask, struct store_job *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_job_next);
	int64_t      now = os_now_us(), seq;
	struct str   file;

	if (ask->lease_s < 1 || ask->lease_s > LEASE_MAX_S)
		return err_set(err, ERR_LIMIT, "a lease of %lld seconds: 1 to %d are possible", (long long)ask->lease_s, LEASE_MAX_S);
	bind_i64(&q, now);
	bind_i64(&q, ask->kinds);
	if (!db_row(&q))
		return db_failed(&s->db, err);
	seq = col_i64(&q);
	ret->id = col_id(&q);
	ret->kind = (enum job_kind)col_enum(&q, job_kind_name, JOB_KIND__COUNT);
	ret->subject = col_str(&q, a);
	file = col_str(&q, a);
	ret->attempts = col_i64(&q) + 1;
	ret->state = JOB_LEASED;
	q = db_query(&s->db, STMT_job_lease);
	bind_i64(&q, seq);
	bind_i64(&q, now + ask->lease_s * US_PER_S);
	db_run(&q);
	return load_spool(s, a, file, &ret->blob, err) == ERR_OK ? db_failed(&s->db, err) : err->code;
}

enum err_code
on_job_end(struct store *s, struct arena *a, const struct store_job_end_ask *ask, struct store_none *ret, struct err *err)
{
	struct query   q = db_query(&s->db, STMT_job_find);
	enum job_state state = ask->fault.n == 0 ? JOB_DONE : ask->retry_s > 0 ? JOB_OPEN : JOB_FAILED;
	int64_t        seq;
	bool           has_file;
	char           shown[ID_SHOWN];

	(void)ret;
	bind_id(&q, &ask->id);
	if (!db_row(&q))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "%s: there is no such job", id_show(ID_JOB, &ask->id, shown));
	seq = col_i64(&q);
	if (col_enum(&q, job_state_name, JOB_STATE__COUNT) >= JOB_DONE)
		return err_set(err, ERR_EXISTS, "%s: this job has ended already", id_show(ID_JOB, &ask->id, shown));
	has_file = col_str(&q, a).n > 0;
	if (ask->retry_s < 0 || ask->retry_s > INT32_MAX)
		return err_set(err, ERR_LIMIT, "a job cannot wait %lld seconds", (long long)ask->retry_s);
	q = db_query(&s->db, STMT_job_end);
	bind_i64(&q, seq);
	bind_cstr(&q, job_state_name[state]);
	bind_str(&q, ask->fault);
	if (id_is_none(&ask->result))
		bind_null(&q);
	else
		bind_id(&q, &ask->result);
	bind_i64(&q, state == JOB_OPEN ? os_now_us() + ask->retry_s * US_PER_S : 0);
	db_run(&q);
	s->spool_is_stale |= state != JOB_OPEN && has_file;
	return db_failed(&s->db, err);
}

/* Files in spool/ that no waiting job names: of jobs that ended, or never began. */
void
job_sweep(struct store *s, struct arena *a)
{
	struct query    q = db_query(&s->db, STMT_job_spooled);
	struct str      wanted[256];
	size_t          n = 0;
	struct os_names names;
	struct err      err;

	while (db_row(&q)) {
		if (n == sizeof(wanted) / sizeof(*wanted))
			return;         /* much is waiting: sweep another time */
		wanted[n++] = col_str(&q, a);
	}
	if (s->db.err.code != ERR_OK || os_list_dir(a, desk_path(s, "spool", ""), &names, &err) != ERR_OK)
		return;
	for (size_t i = 0; i < names.n; i++) {
		bool keep = false;
		char file[NAME_MAX + 1];

		for (size_t k = 0; k < n; k++)
			keep |= str_eq(names.v[i], wanted[k]);
		snprintf(file, sizeof(file), "%" STR_FMT, STR_ARG(names.v[i]));
		if (!keep && str_starts(names.v[i], STR("j-")))
			(void)unlink(desk_path(s, "spool", file).p);     /* the next start tries again */
	}
}
