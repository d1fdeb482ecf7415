#include "desk/ask.h"

#include "base/limits.h"
#include "desk/typed.h"
#include "desk/view.h"

static void
show_form(const struct ask_form *form, struct request *r, struct reply *reply, const char *error, const char *file_error)
{
	if (error != NULL)
		td_page_str(r->values, "url_error", tr(r, error));
	if (file_error != NULL)
		td_page_str(r->values, "file_error", tr(r, file_error));
	if (error != NULL || file_error != NULL)
		reply->status = 422;
	td_page_str(r->values, "url", td_form_get(&r->form, "url"));
	td_page_flag(r->values, form->at, true);
	if (form->no_add != NULL)
		td_page_flag(r->values, form->no_add, true);
	reply_page(r, reply, form->page, tr(r, form->title));
}

static void
add_job(struct request *r, struct reply *reply, const struct store_job_new *ask)
{
	struct store_job job;
	struct err       err;

	if (store_job_add(r->site->link, r->arena, ask, &job, &err) != ERR_OK)
		reply_error(r, reply, &err);
	else
		reply_see_other(r, reply, print(r->arena, "/job/%s", view_id(r, ID_JOB, &job.id).p));
}

/* What is wrong with the file that came along, or NULL. */
static const char *
fault_of(struct bytes file)
{
	return file.n > LIMIT_BODY_B ? "desk.add.file_large" : file.n == 0 ? "desk.add.file_empty" : NULL;
}

static struct str
cut_name(struct str name)
{
	return str_sub(name, 0, td_utf8_floor(name, name.n < LIMIT_FIELD_B ? name.n : LIMIT_FIELD_B));
}

void
ask_worker(const struct ask_form *form, struct request *r, struct reply *reply)
{
	const struct form_field *file = td_form_file(&r->form, "file");
	struct str               typed = str_trim(td_form_get(&r->form, "url"));
	struct store_job_new     ask = { .kind = file != NULL ? form->file : form->url };

	if (!r->is_post)
		show_form(form, r, reply, NULL, NULL);
	else if (!r->token_ok)
		show_form(form, r, reply, "desk.guard.token", NULL);
	else if (file != NULL && fault_of(file->file) != NULL)
		show_form(form, r, reply, NULL, fault_of(file->file));
	else if (file == NULL && typed.n == 0)
		show_form(form, r, reply, form->nothing, NULL);
	else if (file == NULL && !typed_address(r, typed, &ask.subject))
		show_form(form, r, reply, "desk.add.no_address", NULL);
	else {
		if (file != NULL) {
			ask.subject = cut_name(file->file_name);
			ask.blob = file->file;
		}
		add_job(r, reply, &ask);
	}
}
