#include "desk/routes.h"

#include "desk/typed.h"
#include "desk/view.h"

static void
show_form(struct request *r, struct reply *reply, const char *error, const char *file_error)
{
	if (error != NULL)
		td_page_str(r->values, "url_error", tr(r, error));
	if (file_error != NULL)
		td_page_str(r->values, "file_error", tr(r, file_error));
	td_page_str(r->values, "url", td_form_get(&r->form, "url"));
	td_page_flag(r->values, "at_add", true);
	if (error != NULL || file_error != NULL)
		reply->status = 422;
	reply_page(r, reply, "add.html", tr(r, "desk.add.title"));
}

static void
take_job(struct request *r, struct reply *reply, const struct store_job_new *ask)
{
	struct store_job job;
	struct err       err;

	if (store_job_add(r->site->link, r->arena, ask, &job, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	reply_see_other(r, reply, print(r->arena, "/job/%s", view_id(r, ID_JOB, &job.id).p));
}

void
page_add(struct request *r, struct reply *reply)
{
	const struct form_field *file = td_form_file(&r->form, "file");
	struct str               typed = str_trim(td_form_get(&r->form, "url"));
	struct store_job_new     ask = { .kind = JOB_ADD_URL };

	if (!r->is_post)
		show_form(r, reply, NULL, NULL);
	else if (!r->token_ok)
		show_form(r, reply, "desk.guard.token", NULL);
	else if (file != NULL && file->file.n > LIMIT_BODY_B)
		show_form(r, reply, NULL, "desk.add.file_large");
	else if (file != NULL && file->file.n == 0)
		show_form(r, reply, NULL, "desk.add.file_empty");
	else if (file != NULL) {
		ask = (struct store_job_new){ .kind = JOB_ADD_FILE, .subject = str_sub(file->file_name, 0,
		    td_utf8_floor(file->file_name, LIMIT_FIELD_B < file->file_name.n ? LIMIT_FIELD_B : file->file_name.n)),
		    .blob = file->file };
		take_job(r, reply, &ask);
	} else if (typed.n == 0)
		show_form(r, reply, "desk.add.nothing", NULL);
	else if (!typed_address(r, typed, &ask.subject))
		show_form(r, reply, "desk.add.no_address", NULL);
	else
		take_job(r, reply, &ask);
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
