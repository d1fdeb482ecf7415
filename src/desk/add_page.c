#include "desk/routes.h"

#include "desk/ask.h"
#include "desk/view.h"

void
page_add(struct request *r, struct reply *reply)
{
	static const struct ask_form form = { "add.html", "desk.add.title", "at_add", NULL, "desk.add.nothing", JOB_ADD_URL, JOB_ADD_FILE };

	ask_worker(&form, r, reply);
}

/* A short wait is kinder than a Reload button: most pages are there within a second. */
void
page_job(struct request *r, struct reply *reply)
{
	struct store_name name = { r->arg, ID_JOB };
	struct store_job  job;
	struct err        err;
	bool              is_file;

	if (store_job_get(r->site->link, r->arena, &name, &job, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	if (job.state == JOB_DONE && (job.kind == JOB_FIND_SOURCE || job.kind == JOB_READ_LIST)) {
		reply_see_other(r, reply, print(r->arena, "/sources/found/%s", view_id(r, ID_JOB, &job.id).p));
		return;
	}
	if (job.state == JOB_DONE && !id_is_none(&job.result)) {
		struct store_name  result = { view_id(r, ID_ANY, &job.result), ID_ANY };
		struct store_found found;

		if (store_find(r->site->link, r->arena, &result, &found, &err) == ERR_OK) {
			reply_see_other(r, reply, print(r->arena, "/item/%s", view_id(r, found.kind, &found.id).p));
			return;
		}
	}
	is_file = job.kind == JOB_ADD_FILE;
	td_page_flag(r->values, "is_source", job.kind == JOB_FIND_SOURCE || job.kind == JOB_READ_LIST);
	reply->wait = job.state == JOB_OPEN || job.state == JOB_LEASED;
	td_page_flag(r->values, "at_add", true);
	td_page_str(r->values, "id", view_id(r, ID_JOB, &job.id));
	td_page_str(r->values, "subject", job.subject);
	td_page_flag(r->values, "is_working", reply->wait);
	td_page_flag(r->values, "is_done", job.state == JOB_DONE);
	td_page_flag(r->values, "is_failed", job.state == JOB_FAILED);
	td_page_flag(r->values, "is_file", is_file);
	td_page_str(r->values, "last_err", job.last_err);
	reply_page(r, reply, "job.html", tr(r, reply->wait ? job.kind == JOB_FIND_SOURCE ? "desk.job.looking" :
	    is_file || job.kind == JOB_READ_LIST ? "desk.job.reading" : "desk.job.fetching" : job.state == JOB_FAILED ? "desk.job.failed" : "desk.job.done"));
}
