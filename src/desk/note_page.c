#include "desk/routes.h"

#include "desk/note_form.h"
#include "desk/view.h"

static enum err_code
take_article(struct request *r, struct note_form *f, struct str id, struct err *err)
{
	struct store_name name = { id, ID_ARTICLE };

	if (store_article_get(r->site->link, r->arena, &name, &f->view, err) != ERR_OK)
		return err->code;
	f->has_article = true;
	return ERR_OK;
}

static enum err_code
take_note(struct request *r, struct note_form *f, struct str id, struct err *err)
{
	struct store_name name = { id, ID_NOTE };

	if (store_note_get(r->site->link, r->arena, &name, &f->note, err) != ERR_OK)
		return err->code;
	if (id_is_none(&f->note.article))
		return ERR_OK;
	return take_article(r, f, view_id(r, ID_ARTICLE, &f->note.article), err);
}

static void
show(struct request *r, struct reply *reply, const struct note_form *f)
{
	td_page_flag(r->values, "at_notes", true);
	note_form_show(r, f);
	reply_page(r, reply, "note.html", tr(r, f->note.version > 0 ? "desk.note.edit_title" : "desk.note.new_title"));
}

void
page_note_new(struct request *r, struct reply *reply)
{
	struct note_form f = { 0 };
	struct str       article = td_form_get(&r->query, "article");
	struct err       err;

	if (article.n > 0 && take_article(r, &f, article, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	note_form_begin(r, &f);
	show(r, reply, &f);
}

static void
show_history(struct request *r, const struct store_note *n)
{
	for (size_t i = n->history.n; i > 0; i--) {
		const struct store_note_line *line = &n->history.v[i - 1];
		struct page_values           *row = td_page_add(r->values, "history");

		td_page_i64(row, "line_version", line->version);
		view_time(r, row, "saved", line->saved_us);
		view_note_state(r, row, line->status);
		td_page_str(row, "line_act", tr(r, print(r->arena, "desk.act.%s", note_act_name[line->act]).p));
		td_page_str(row, "who", line->who);
		td_page_str(row, "line_why", line->why);
	}
}

void
page_note(struct request *r, struct reply *reply)
{
	struct note_form f = { 0 };
	struct err       err;

	if (take_note(r, &f, r->arg, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	note_form_open(r, &f);
	if (td_form_has(&r->query, "saved"))
		td_page_str(r->values, "saved", tr(r, f.note.status == NOTE_PUBLISHED ? "desk.note.saved_public" :
		    "desk.note.saved"));
	note_form_preview(r, &f);
	show_history(r, &f.note);
	f.note.act = ACT_EDIT;
	f.note.why = (struct str){ "", 0 };
	show(r, reply, &f);
}

/* Somebody saved it while this form was open: nothing is overwritten unseen, nothing typed is lost. */
static void
check_version(struct request *r, struct note_form *f)
{
	int64_t opened = 0;

	if (!str_to_i64(td_form_get(&r->form, "version"), 0, INT64_MAX, &opened) || opened >= f->note.version)
		return;
	td_page_str(r->values, "form_error", tr(r, "desk.note.saved_meanwhile"));
	f->errors++;
}

static enum err_code
save(struct request *r, struct reply *reply, struct note_form *f, struct err *err)
{
	struct store_note_new  ask = { f->note };
	struct store_note_done done;

	if (store_note_save(r->site->link, r->arena, &ask, &done, err) != ERR_OK)
		return err->code;
	reply_see_other(r, reply, print(r->arena, "/note/%s?saved=1", view_id(r, ID_NOTE, &done.id).p));
	return ERR_OK;
}

void
page_note_save(struct request *r, struct reply *reply)
{
	struct note_form f = { 0 };
	struct str       id = td_form_get(&r->form, "id"), article = td_form_get(&r->form, "article");
	struct err       err;

	if ((id.n > 0 && take_note(r, &f, id, &err) != ERR_OK) ||
	    (id.n == 0 && article.n > 0 && take_article(r, &f, article, &err) != ERR_OK)) {
		reply_error(r, reply, &err);
		return;
	}
	if (id.n == 0)
		note_form_begin(r, &f);
	check_version(r, &f);
	note_form_read(r, &f);
	if (!r->token_ok) {
		td_page_str(r->values, "form_error", tr(r, "desk.guard.token"));
		f.errors++;
	}
	if (str_eq(td_form_get(&r->form, "do"), STR("preview")))
		note_form_preview(r, &f);
	else if (f.errors == 0) {
		if (save(r, reply, &f, &err) == ERR_OK)
			return;
		td_page_str(r->values, "form_error", arena_copy(r->arena, str_of(err.text)));
		f.errors++;
	}
	reply->status = f.errors > 0 ? 422 : 200;
	show(r, reply, &f);
}

static void
add_note(struct request *r, const struct store_note *n)
{
	struct page_values *row = td_page_add(r->values, "notes");

	td_page_str(row, "note", view_id(r, ID_NOTE, &n->id));
	td_page_str(row, "heading", n->heading.n > 0 ? n->heading : tr(r, "desk.note.untitled"));
	td_page_str(row, "note_lang", n->language);
	td_page_str(row, "country", view_country(r, n->country));
	view_time(r, row, "saved", n->saved_us);
	view_note_state(r, row, n->status);
	td_page_flag(row, "unreviewed", n->sensitivity == SENSITIVITY_UNREVIEWED);
}

void
page_notes(struct request *r, struct reply *reply)
{
	struct str             wanted = td_form_get(&r->query, "status");
	struct store_list_ask  ask = { .limit = LIMIT_PAGE_N, .status = -1 };
	struct store_note_list list;
	struct err             err;

	for (int s = 0; s < NOTE_STATUS__COUNT; s++)
		if (str_eq(wanted, str_of(note_status_name[s])))
			ask.status = s;
	if (store_note_list(r->site->link, r->arena, &ask, &list, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	for (int s = -1; s < NOTE_STATUS__COUNT; s++) {
		struct page_values *row = td_page_add(r->values, "filters");

		if (s >= 0)
			view_note_state(r, row, s);
		else
			td_page_str(row, "state", tr(r, "desk.notes.all"));
		td_page_str(row, "value", s >= 0 ? str_of(note_status_name[s]) : STR(""));
		td_page_flag(row, "on", s == ask.status);
	}
	for (size_t i = 0; i < list.notes.n; i++)
		add_note(r, &list.notes.v[i]);
	td_page_flag(r->values, "at_notes", true);
	td_page_flag(r->values, "is_empty", list.notes.n == 0);
	td_page_str(r->values, "published", view_number(r, r->status.notes_published));
	td_page_str(r->values, "dir", r->status.dir);
	reply_page(r, reply, "notes.html", tr(r, "desk.nav.notes"));
}
