/* One source: how it is, what it announced, what there is to set, what was changed. */
#include "desk/routes.h"

#include "desk/source_view.h"
#include "desk/typed.h"
#include "desk/view.h"
#include "feed/links.h"
#include "os/clock.h"

enum { ITEMS_N = 8, NEWS_N = 5, NAME_B = 300, WORDS_B = 2000 };

/* ── the form ─────────────────────────────────────────────────────────── */

static void
add_intervals(struct request *r, int64_t chosen)
{
	static const int64_t usual[] = { 0, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 3 * 86400, 7 * 86400 };
	bool                 found = false;

	for (size_t i = 0; i <= sizeof(usual) / sizeof(*usual); i++) {
		int64_t             s = i < sizeof(usual) / sizeof(*usual) ? usual[i] : chosen;
		struct page_values *row;

		if (i == sizeof(usual) / sizeof(*usual) && found)
			break;
		row = td_page_add(r->values, "intervals");
		td_page_i64(row, "value", s);
		td_page_str(row, "label", s == 0 ? tr(r, "desk.source.every.auto") : tr1(r, "desk.source.every", view_span(r, s)));
		td_page_flag(row, "on", s == chosen);
		found |= s == chosen;
	}
}

static void
add_form(struct request *r, const struct store_source *s)
{
	struct page_values *v = r->values;

	td_page_str(v, "f_title", s->title);
	td_page_str(v, "f_url", s->url);
	td_page_str(v, "f_folder", s->folder);
	td_page_str(v, "f_language", s->language);
	td_page_str(v, "f_reliability", s->reliability);
	td_page_str(v, "f_robots_why", s->robots_why);
	td_page_str(v, "f_contact", s->contact);
	td_page_str(v, "f_route", s->route);
	td_page_str(v, "f_selector", s->selector);
	td_page_flag(v, "is_list", s->kind == SOURCE_PAGE);
	td_page_flag(v, "f_takes_pages", s->takes_pages);
	add_intervals(r, s->interval_s);
	view_countries(r, "countries", s->country);
}

static void
read_form(struct request *r, struct store_source *s)
{
	int64_t interval;

	s->title = typed_field(r, "title", NAME_B);
	s->url = typed_field(r, "url", LIMIT_URL_B);
	s->folder = typed_field(r, "folder", NAME_B);
	s->language = typed_field(r, "language", 60);
	s->country = typed_field(r, "country", 2);
	s->reliability = typed_field(r, "reliability", WORDS_B);
	s->robots_why = typed_field(r, "robots_why", WORDS_B);
	s->contact = typed_field(r, "contact", NAME_B);
	s->route = typed_field(r, "route", NAME_B);
	s->takes_pages = td_form_has(&r->form, "takes_pages");
	if (s->kind == SOURCE_PAGE)
		s->selector = typed_field(r, "selector", NAME_B);
	if (str_to_i64(td_form_get(&r->form, "every"), 0, INT32_MAX, &interval))
		s->interval_s = interval;
}

/* ── the page ─────────────────────────────────────────────────────────── */

static enum err_code
add_items(struct request *r, const struct store_source *s, struct err *err)
{
	struct store_announced_ask  ask = { .source = s->id, .state = -1, .limit = ITEMS_N };
	struct store_announced_list list;

	if (store_item_list(r->site->link, r->arena, &ask, &list, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < list.items.n; i++) {
		const struct store_announced *a = &list.items.v[i];
		struct page_values           *row = td_page_add(r->values, "items");

		td_page_str(row, "item", view_id(r, ID_ITEM, &a->id));
		td_page_str(row, "headline", a->title.n > 0 ? a->title : a->url.n > 0 ? a->url : tr(r, "desk.item.no_title"));
		td_page_str(row, "item_lang", a->title.n > 0 ? a->language : STR(""));
		view_near_time(r, row, "came", a->published_us > 0 ? a->published_us : a->seen_us, os_now_us());
	}
	td_page_flag(r->values, "has_items", list.items.n > 0);
	return ERR_OK;
}

static enum err_code
add_groups(struct request *r, struct err *err)
{
	struct store_group_list g;

	if (store_source_groups(r->site->link, r->arena, &(struct store_none){ 0 }, &g, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < g.groups.n; i++)
		if (g.groups.v[i].folder.n > 0)
			td_page_str(td_page_add(r->values, "folders"), "folder", g.groups.v[i].folder);
	return ERR_OK;
}

/* words: desk.source.field.* */
static enum err_code
add_history(struct request *r, const struct store_name *name, struct err *err)
{
	struct store_change_list list;

	if (store_source_history(r->site->link, r->arena, name, &list, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < list.changes.n; i++) {
		const struct store_change *c = &list.changes.v[i];
		struct page_values        *row = td_page_add(r->values, "changes");
		struct str                 field = tr(r, print(r->arena, "desk.source.field.%" STR_FMT, STR_ARG(str_sub(c->field, 0, 40))).p);

		view_time(r, row, "changed", c->time_us);
		td_page_str(row, "who", c->who);
		td_page_str(row, "field", field.n > 0 ? field : c->field);
		td_page_str(row, "before", c->before);
		td_page_str(row, "after", c->after);
	}
	td_page_flag(r->values, "has_changes", list.changes.n > 0);
	return ERR_OK;
}

static void
show(struct request *r, struct reply *reply, const struct store_source *is, const struct store_source *typed)
{
	struct store_name   name = { view_id(r, ID_SOURCE, &is->id), ID_SOURCE };
	struct page_values *v = r->values;
	struct err          err;

	source_view(r, v, is, os_now_us());
	add_form(r, typed);
	if (add_items(r, is, &err) != ERR_OK || add_groups(r, &err) != ERR_OK || add_history(r, &name, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	view_time(r, v, "added", is->added_us);
	td_page_url(v, "home_url", is->home_url.n > 0 ? is->home_url : is->url);
	td_page_str(v, "given", str_eq(is->given_url, is->url) ? STR("") : is->given_url);
	td_page_str(v, "reliability", is->reliability);
	td_page_str(v, "robots_why", is->robots_why);
	td_page_flag(v, "is_active", is->state == SOURCE_ACTIVE);
	td_page_flag(v, "is_paused", is->state == SOURCE_PAUSED);
	td_page_flag(v, "is_removed", is->state == SOURCE_REMOVED);
	td_page_flag(v, "at_sources", true);
	td_page_flag(v, "no_add", true);
	reply_page(r, reply, "source.html", source_name(is));
}

/* words: desk.source.done.* */
static void
add_done(struct request *r)
{
	static const char *const done[] = { "added", "saved", "paused", "resumed", "removed" };

	for (size_t i = 0; i < sizeof(done) / sizeof(*done); i++)
		if (td_form_has(&r->query, done[i]))
			td_page_str(r->values, "done", tr(r, print(r->arena, "desk.source.done.%s", done[i]).p));
}

void
page_source(struct request *r, struct reply *reply)
{
	struct store_name   name = { r->arg, ID_SOURCE };
	struct store_source s;
	struct err          err;

	if (store_source_get(r->site->link, r->arena, &name, &s, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	add_done(r);
	show(r, reply, &s, &s);
}

/* What was pressed; false: no button of ours. */
static bool
read_button(struct request *r, struct store_source *s, const char **ret_done)
{
	static const struct { const char *name, *done; enum source_state state; } buttons[] = {
		{ "pause", "paused", SOURCE_PAUSED }, { "resume", "resumed", SOURCE_ACTIVE }, { "remove", "removed", SOURCE_REMOVED } };
	struct str what = td_form_get(&r->form, "do");

	*ret_done = "saved";
	if (str_eq(what, STR("save")))
		read_form(r, s);
	for (size_t i = 0; i < sizeof(buttons) / sizeof(*buttons); i++)
		if (str_eq(what, str_of(buttons[i].name))) {
			s->state = buttons[i].state;
			*ret_done = buttons[i].done;
			return true;
		}
	return str_eq(what, STR("save"));
}

/* A fault that a person can mend at once; NULL: none.  What a way must be in full, the watch says. */
static const char *
fault_of(const struct store_source *s)
{
	if (s->route.n > 0 && !str_eq(s->route, STR("direct")) && !str_starts(s->route, STR("socks5h://")))
		return "desk.source.bad_route";
	for (size_t i = 0; i < s->contact.n; i++)
		if (s->contact.p[i] < ' ' || s->contact.p[i] > '~' || strchr("()\\", s->contact.p[i]) != NULL)
			return "desk.source.bad_contact";
	return NULL;
}

static void
show_error(struct request *r, struct reply *reply, const struct store_source *is, const struct store_source *typed, struct str error,
	bool is_english)
{
	td_page_str(r->values, "error", error);
	td_page_flag(r->values, "is_english", is_english);
	reply->status = 422;
	show(r, reply, is, typed);
}

void
page_source_change(struct request *r, struct reply *reply)
{
	struct store_name   name = { td_form_get(&r->form, "id"), ID_SOURCE };
	struct store_source is, s, saved;
	struct links_select select;
	const char         *done;
	struct str          url;
	struct err          err;

	if (store_source_get(r->site->link, r->arena, &name, &is, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	s = is;
	if (!read_button(r, &s, &done))
		reply_problem(r, reply, 400, "desk.guard.form", NULL);
	else if (!r->token_ok)
		show_error(r, reply, &is, &s, tr(r, "desk.guard.token"), false);
	else if (!typed_address(r, s.url, &url))
		show_error(r, reply, &is, &s, tr(r, "desk.add.no_address"), false);
	else if (fault_of(&s) != NULL)
		show_error(r, reply, &is, &s, tr(r, fault_of(&s)), false);
	else if (td_links_select(s.selector, &select, &err) != ERR_OK)
		show_error(r, reply, &is, &s, arena_copy(r->arena, str_of(err.text)), true);
	else if (s.url = url, store_source_save(r->site->link, r->arena, &s, &saved, &err) != ERR_OK)
		show_error(r, reply, &is, &s, arena_copy(r->arena, str_of(err.text)), true);
	else
		reply_see_other(r, reply, print(r->arena, "/source/%s?%s=1", view_id(r, ID_SOURCE, &saved.id).p, done));
}
