#include "desk/routes.h"

#include <stdio.h>

#include "desk/view.h"

void
page_help(struct request *r, struct reply *reply)
{
	td_page_flag(r->values, "at_help", true);
	td_page_str(r->values, "dir", r->status.dir);
	reply_page(r, reply, "help.html", tr(r, "desk.help.title"));
}

/* A sample desk cannot make a folder from here; it asks whoever started it, by ending with the wish. */
void
page_start(struct request *r, struct reply *reply)
{
	struct str name = str_trim(td_form_get(&r->form, "name")), tagline = str_trim(td_form_get(&r->form, "tagline"));
	const char *error = NULL;

	if (!r->status.is_sample || !r->site->may_start) {
		reply_problem(r, reply, 403, "desk.start.not_here", NULL);
		return;
	}
	if (!r->token_ok)
		error = "desk.guard.token";
	else if (name.n == 0)
		error = "desk.start.no_name";
	else if (name.n > 200 || tagline.n > 300)
		error = "desk.start.too_long";
	if (error != NULL) {
		td_page_str(r->values, "start_error", tr(r, error));
		td_page_str(r->values, "start_name", name);
		td_page_str(r->values, "start_tagline", tagline);
		reply->status = 422;
		page_list(r, reply);
		return;
	}
	snprintf(r->site->start_name, sizeof(r->site->start_name), "%" STR_FMT, STR_ARG(name));
	snprintf(r->site->start_tagline, sizeof(r->site->start_tagline), "%" STR_FMT, STR_ARG(tagline));
	td_page_str(r->values, "name", name);
	reply->ends_loop = true;
	reply_page(r, reply, "starting.html", tr(r, "desk.start.title"));
}

void
page_css(struct request *r, struct reply *reply)
{
	reply->status = 200;
	reply->type = "text/css; charset=utf-8";
	reply->cacheable = str_starts(r->query_text, STR("v="));
	buf_reset(&reply->body);
	buf_add(&reply->body, r->site->css);
}

void
page_icon(struct request *r, struct reply *reply)
{
	reply->status = 200;
	reply->type = "image/svg+xml";
	buf_reset(&reply->body);
	buf_add(&reply->body, r->site->icon);
}
