/* Take a capture away for good: first what would go and what stays elsewhere, then a reason and a yes. */
#include "desk/routes.h"

#include "desk/view.h"

static void
add_copy(struct request *r, const struct store_copy *c)
{
	static const char *const sentences[COPY_KIND__COUNT] = { [COPY_EXPORT] = "desk.erase.export", [COPY_BACKUP] = "desk.erase.backup",
		[COPY_NOTE] = "desk.erase.note", [COPY_SITE] = "desk.erase.site", [COPY_CAPTURE] = "desk.erase.capture",
		[COPY_REVISIT] = "desk.erase.revisit",
		[COPY_PARTNER] = "desk.erase.partner", [COPY_TRASH] = "desk.erase.trash" };
	struct page_values *row = td_page_add(r->values, "copies");
	struct str          args[] = { c->kind == COPY_TRASH ? view_number(r, c->seq) : view_minute(r, c->time_us), c->where };

	td_page_str(row, "sentence", td_words_fill(r->arena, tr(r, sentences[c->kind]), args, 2));
	if (c->kind == COPY_NOTE)
		td_page_str(row, "note", view_id(r, ID_NOTE, &c->id));
	if (c->kind == COPY_CAPTURE || c->kind == COPY_REVISIT)
		td_page_str(row, "item", view_id(r, ID_CAPTURE, &c->id));
}

static void
add_erasure(struct request *r, const struct store_erasure *e)
{
	struct page_values *v = r->values;

	td_page_str(v, "id", view_id(r, ID_CAPTURE, &e->capture));
	td_page_str(v, "records", tr1(r, "desk.erase.records", view_number(r, e->records)));
	td_page_str(v, "bytes", tr(r, e->is_sealed ? "desk.erase.sealed" : "desk.erase.plain"));
	td_page_flag(v, "goes", e->entries > 0 || e->notes.n > 0);
	if (e->notes.n > 0)
		td_page_str(v, "notes_go", tr1(r, "desk.erase.notes", view_number(r, (int64_t)e->notes.n)));
	for (size_t i = 0; i < e->copies.n; i++)
		add_copy(r, &e->copies.v[i]);
	td_page_flag(v, "no_copies", e->copies.n == 0);
	td_page_flag(v, "is_due", e->is_due);
	if (e->erased_us == 0)
		return;
	td_page_str(v, "erased", tr1(r, "desk.erase.erased", view_minute(r, e->erased_us)));
	td_page_str(v, "erased_why", e->reason);
}

/* What would go; the form keeps what was typed. */
static void
show(struct request *r, struct reply *reply, struct str id, const char *error)
{
	struct store_name    name = { id, ID_CAPTURE };
	struct store_erasure e;
	struct err           err;

	if (store_erase_look(r->site->link, r->arena, &name, &e, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	add_erasure(r, &e);
	td_page_str(r->values, "reason", td_form_get(&r->form, "reason"));
	if (error != NULL) {
		td_page_str(r->values, "error", tr(r, error));
		reply->status = 422;
	}
	td_page_flag(r->values, "at_items", true);
	reply_page(r, reply, "erase.html", tr(r, "desk.erase.title"));
}

void
page_erase(struct request *r, struct reply *reply)
{
	show(r, reply, r->arg, NULL);
}

void
page_erase_do(struct request *r, struct reply *reply)
{
	struct str             id = td_form_get(&r->form, "id");
	struct store_name      name = { id, ID_CAPTURE };
	struct store_erase_ask ask = { .reason = str_trim(td_form_get(&r->form, "reason")) };
	struct store_found     found;
	struct store_erasure   e;
	struct err             err;

	if (!r->token_ok) {
		show(r, reply, id, "desk.guard.token");
	} else if (ask.reason.n == 0 || ask.reason.n > LIMIT_FIELD_B) {
		show(r, reply, id, "desk.erase.no_reason");
	} else if (!str_eq(td_form_get(&r->form, "sure"), STR("yes"))) {
		show(r, reply, id, "desk.erase.not_sure");
	} else if (store_find(r->site->link, r->arena, &name, &found, &err) != ERR_OK) {
		reply_error(r, reply, &err);
	} else {
		ask.capture = found.id;
		if (store_erase(r->site->link, r->arena, &ask, &e, &err) != ERR_OK && err.code != ERR_EXISTS)
			reply_error(r, reply, &err);
		else
			reply_see_other(r, reply, print(r->arena, "/erase/%s", view_id(r, ID_CAPTURE, &ask.capture).p));
	}
}
