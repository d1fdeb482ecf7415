#include "desk/routes.h"

#include "desk/guard.h"

/* A role that is left out leaves "ROLE_" and does not compile. */
#define ROUTE(method, path, role, body, keeps, fn) \
	{ method, { path, sizeof(path) - 1 }, ROLE_##role | ROLE_OWNER, body, keeps, fn }

const struct route routes[] = {
	ROUTE(GET,  "/",           ALL,    0,               false, page_list),
	ROUTE(GET,  "/search",     ALL,    0,               false, page_search),
	ROUTE(GET,  "/item/*",     ALL,    0,               false, page_item),
	ROUTE(GET,  "/erase/*",    ALL,    0,               false, page_erase),
	ROUTE(POST, "/erase",      EDITOR, LIMIT_FORM_B,    true,  page_erase_do),
	ROUTE(GET,  "/add",        EDITOR, 0,               false, page_add),
	ROUTE(POST, "/add",        EDITOR, LIMIT_REQUEST_B, true,  page_add),
	ROUTE(GET,  "/job/*",      EDITOR, 0,               false, page_job),
	ROUTE(GET,  "/notes",      ALL,    0,               false, page_notes),
	ROUTE(GET,  "/note/new",   EDITOR, 0,               false, page_note_new),
	ROUTE(GET,  "/note/*",     EDITOR, 0,               false, page_note),
	ROUTE(POST, "/note",       EDITOR, LIMIT_FORM_B,    true,  page_note_save),
	ROUTE(GET,  "/inbox",      ALL,    0,               false, page_inbox),
	ROUTE(POST, "/inbox",      EDITOR, LIMIT_FORM_B,    false, page_decide),
	ROUTE(GET,  "/inbox/*",    ALL,    0,               false, page_announced),
	ROUTE(GET,  "/life/*",     ALL,    0,               false, page_life),
	ROUTE(GET,  "/news",       ALL,    0,               false, page_news),
	ROUTE(POST, "/news",       EDITOR, LIMIT_FORM_B,    false, page_news_read),
	ROUTE(GET,  "/sources",    ALL,    0,               false, page_sources),
	ROUTE(GET,  "/sources/add", EDITOR, 0,              false, page_source_add),
	ROUTE(POST, "/sources/add", EDITOR, LIMIT_REQUEST_B, true, page_source_add),
	ROUTE(GET,  "/sources/found/*", EDITOR, 0,          false, page_source_found),
	ROUTE(GET,  "/sources/start", EDITOR, 0,            false, page_source_start),
	ROUTE(POST, "/sources/take", EDITOR, LIMIT_FORM_B,  true,  page_source_take),
	ROUTE(GET,  "/sources.opml", ALL,  0,               false, page_source_export),
	ROUTE(GET,  "/source/*",   ALL,    0,               false, page_source),
	ROUTE(POST, "/source",     EDITOR, LIMIT_FORM_B,    true,  page_source_change),
	ROUTE(GET,  "/help",       ALL,    0,               false, page_help),
	ROUTE(POST, "/start",      EDITOR, LIMIT_FORM_B,    true,  page_start),
	ROUTE(GET,  "/desk.css",   ALL,    0,               false, page_css),
	ROUTE(GET,  "/icon.svg",   ALL,    0,               false, page_icon),
};
const size_t routes_n = sizeof(routes) / sizeof(*routes);

static bool
fits(struct str pattern, struct str path, struct str *ret_arg)
{
	struct str fixed = str_sub(pattern, 0, pattern.n - 1);
	struct str rest;

	*ret_arg = (struct str){ "", 0 };
	if (!str_ends(pattern, STR("*")))
		return str_eq(pattern, path);
	if (!str_starts(path, fixed))
		return false;
	rest = str_sub(path, fixed.n, path.n);
	*ret_arg = rest;
	return rest.n > 0 && str_find_char(rest, '/') == STR_NONE;
}

const struct route *
route_find(enum method method, struct str path, struct str *ret_arg, bool *ret_known)
{
	*ret_known = false;
	for (size_t i = 0; i < routes_n; i++) {
		if (!fits(routes[i].path, path, ret_arg))
			continue;
		if (routes[i].method == method)
			return &routes[i];
		*ret_known = true;
	}
	return NULL;
}

void
route_answer(const struct route *route, struct request *r, struct str content_type, struct bytes body,
	struct reply *reply)
{
	struct err err;

	if (td_form_parse_urlencoded(r->arena, r->query_text, &r->query, &err) != ERR_OK) {
		reply_problem(r, reply, 400, "desk.guard.form", &err);
		return;
	}
	if ((route->roles & r->site->roles) == 0) {
		reply_problem(r, reply, 403, "desk.guard.role", NULL);
		return;
	}
	if (route->method == POST) {
		if (td_form_parse(r->arena, content_type, body, &r->form, &err) != ERR_OK) {
			reply_problem(r, reply, err.code == ERR_LIMIT ? 413 : 400, "desk.guard.form", &err);
			return;
		}
		r->token_ok = guard_token_is(td_form_get(&r->form, "token"), str_of(r->site->token));
		if (!r->token_ok && !route->keeps_form) {
			reply_problem(r, reply, 403, "desk.guard.token", NULL);
			return;
		}
	}
	route->run(r, reply);
}
