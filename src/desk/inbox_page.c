/* What the sources announced: newest first, day by day, to be decided about. */
#include "desk/routes.h"

#include "desk/inbox_view.h"
#include "desk/source_view.h"
#include "desk/typed.h"
#include "desk/view.h"
#include "os/clock.h"

enum { ROWS_N = 30, NEWS_N = 4, SUMMARY_B = 240 };

/* words: desk.inbox.none.* */
static const struct { const char *value, *words, *none; int64_t state; } shows[] = {
	{ "new", "desk.inbox.show.new", "desk.inbox.none.new", ITEM_OPEN },
	{ "all", "desk.inbox.show.all", "desk.inbox.none.all", -1 },
	{ "kept", "desk.inbox.show.kept", "desk.inbox.none.kept", ITEM_KEPT },
	{ "seen", "desk.inbox.show.seen", "desk.inbox.none.seen", ITEM_SEEN },
	{ "dismissed", "desk.inbox.show.dismissed", "desk.inbox.none.dismissed", ITEM_DISMISSED },
};
#define SHOWS_N (sizeof(shows) / sizeof(*shows))

/* ── which ────────────────────────────────────────────────────────────── */

static size_t
show_of(const struct request *r)
{
	struct str show = td_form_get(&r->query, "show");
	size_t     i = 0;

	while (i < SHOWS_N && !str_eq(show, str_of(shows[i].value)))
		i++;
	return i < SHOWS_N ? i : 0;
}

/* A source by its id, or a group: "=NAME", and "=" is those without one. */
static enum err_code
read_filter(struct request *r, struct store_announced_ask *ask, struct err *err)
{
	struct store_name   name = { td_form_get(&r->query, "source"), ID_SOURCE };
	struct str          group = td_form_get(&r->query, "group");
	struct store_source s;

	*ask = (struct store_announced_ask){ .state = shows[show_of(r)].state, .limit = ROWS_N };
	(void)str_to_i64(td_form_get(&r->query, "before"), 0, INT64_MAX, &ask->before);        /* nonsense: the newest */
	ask->in_folder = str_starts(group, STR("="));
	ask->folder = ask->in_folder ? str_sub(group, 1, group.n) : STR("");
	if (name.id.n == 0)
		return ERR_OK;
	if (store_source_get(r->site->link, r->arena, &name, &s, err) != ERR_OK)
		return err->code;
	ask->source = s.id;
	td_page_str(r->values, "only_source", name.id);
	td_page_str(r->values, "only_source_name", source_name(&s));
	td_page_str(r->values, "only_source_lang", s.title.n > 0 ? s.language : STR(""));
	return ERR_OK;
}

struct str
inbox_query(struct request *r)
{
	static const char *const kept[] = { "show=", "group=", "source=", "before=" };
	struct str               rest = r->query_text, pair;
	struct buf               b = BUF_INIT(LIMIT_URL_B);
	struct str               out;

	while (str_cut(&rest, '&', &pair))
		for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
			if (str_starts(pair, str_of(kept[i]))) {
				buf_add(&b, b.n > 0 ? STR("&") : STR(""));
				buf_add(&b, pair);
			}
	out = b.failed ? STR("") : arena_copy(r->arena, buf_str(&b));
	buf_free(&b);
	return out;
}

static void
add_shows(struct request *r)
{
	for (size_t i = 0; i < SHOWS_N; i++) {
		struct page_values *row = td_page_add(r->values, "shows");

		td_page_str(row, "value", str_of(shows[i].value));
		td_page_str(row, "label", tr(r, shows[i].words));
		td_page_flag(row, "on", i == show_of(r));
		if (i == 0 && r->status.items_open > 0)
			td_page_str(row, "count", r->status.items_open < 1000 ? view_number(r, r->status.items_open) : STR("999+"));
	}
	td_page_str(r->values, "show", str_of(shows[show_of(r)].value));
}

static enum err_code
add_groups(struct request *r, const struct store_announced_ask *ask, struct err *err)
{
	struct store_group_list g;

	if (store_source_groups(r->site->link, r->arena, &(struct store_none){ 0 }, &g, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < g.groups.n; i++) {
		struct page_values *row = td_page_add(r->values, "groups");

		td_page_str(row, "value", print(r->arena, "=%" STR_FMT, STR_ARG(str_sub(g.groups.v[i].folder, 0, 900))));
		td_page_str(row, "label", g.groups.v[i].folder.n > 0 ? g.groups.v[i].folder : tr(r, "desk.source.no_group"));
		td_page_flag(row, "on", ask->in_folder && str_eq(ask->folder, g.groups.v[i].folder));
	}
	td_page_flag(r->values, "has_groups", g.groups.n > 1);
	td_page_flag(r->values, "no_sources", g.groups.n == 0 && g.removed == 0);
	td_page_str(r->values, "in_group", ask->in_folder ? td_form_get(&r->query, "group") : STR(""));
	source_round(r, &g);
	return ERR_OK;
}

/* ── the rows ─────────────────────────────────────────────────────────── */

/* The front of the summary, at a word's end. */
static struct str
front(struct request *r, struct str s)
{
	size_t n = td_utf8_floor(s, s.n < SUMMARY_B ? s.n : SUMMARY_B);

	if (n == s.n)
		return s;
	for (size_t back = n; back > SUMMARY_B / 2; back--)
		if (s.p[back] == ' ') {
			n = back;
			break;
		}
	return print(r->arena, "%" STR_FMT " …", STR_ARG(str_sub(s, 0, n)));
}

static void
add_rows(struct request *r, const struct store_announced_list *list)
{
	int64_t             now = os_now_us();
	struct page_values *day = NULL;
	struct str          name = { "", 0 };

	for (size_t i = 0; i < list->items.n; i++) {
		const struct store_announced *a = &list->items.v[i];
		struct str                    today = view_day(r, a->seen_us, now);
		struct page_values           *row;

		if (day == NULL || !str_eq(today, name)) {
			day = td_page_add(r->values, "days");
			td_page_str(day, "day", today);
			td_page_i64(day, "day_i", (int64_t)i);
			name = today;
		}
		row = td_page_add(day, "items");
		inbox_item(r, row, a);
		td_page_str(row, "summary", front(r, a->summary));
	}
	td_page_flag(r->values, "has_rows", list->items.n > 0);
	if (list->more)
		td_page_i64(r->values, "older", list->items.v[list->items.n - 1].place);
}

static enum err_code
add_news(struct request *r, struct err *err)
{
	struct store_news_ask  ask = { .only_unread = true, .limit = NEWS_N };
	struct store_news_list list;

	if (store_news_list(r->site->link, r->arena, &ask, &list, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < list.news.n; i++)
		news_view(r, r->values, &list.news.v[i]);
	td_page_flag(r->values, "has_news", list.news.n > 0);
	if (list.more)
		td_page_str(r->values, "news_n", r->status.news_unread < 100 ? view_number(r, r->status.news_unread) : STR("99+"));
	return ERR_OK;
}

void
page_inbox(struct request *r, struct reply *reply)
{
	struct store_announced_ask  ask;
	struct store_announced_list list;
	struct err                  err;

	if (read_filter(r, &ask, &err) != ERR_OK || store_item_list(r->site->link, r->arena, &ask, &list, &err) != ERR_OK ||
	    add_groups(r, &ask, &err) != ERR_OK || (ask.before == 0 && add_news(r, &err) != ERR_OK)) {
		reply_error(r, reply, &err);
		return;
	}
	add_shows(r);
	add_rows(r, &list);
	inbox_decided(r);
	td_page_str(r->values, "back", inbox_query(r));
	td_page_flag(r->values, "can_see_all", ask.state == ITEM_OPEN && list.items.n > 0);
	td_page_str(r->values, "see_all", tr1(r, list.items.n == 1 ? "desk.inbox.see.one" : "desk.inbox.see.many",
	    view_number(r, (int64_t)list.items.n)));
	td_page_str(r->values, "none", tr(r, shows[show_of(r)].none));
	td_page_flag(r->values, "is_later", ask.before > 0);
	td_page_flag(r->values, "at_inbox", true);
	td_page_flag(r->values, "no_add", true);
	reply_page(r, reply, "inbox.html", tr(r, "desk.nav.inbox"));
}

/* ── deciding ─────────────────────────────────────────────────────────── */

/* An item's whole id, as our own forms hold it. */
static bool
whole_id(struct str typed, struct id *ret)
{
	struct id_prefix p;

	if (!id_parse(typed, &p) || p.kind != ID_ITEM || !id_eq(&p.from, &p.to))
		return false;
	*ret = p.from;
	return true;
}

/* What was pressed, and for which items; false: no button of ours. */
static bool
read_decision(struct request *r, struct store_mark *ret)
{
	static const struct { const char *name; enum item_state state; } buttons[] = { { "keep", ITEM_KEPT }, { "dismiss", ITEM_DISMISSED },
		{ "see", ITEM_SEEN }, { "open", ITEM_OPEN } };
	struct str one;

	ret->items.v = arena_array(r->arena, LIMIT_PAGE_N, struct store_item_id);
	for (size_t i = 0; i < sizeof(buttons) / sizeof(*buttons); i++) {
		one = td_form_get(&r->form, buttons[i].name);
		if (one.n == 0 || !whole_id(one, &ret->items.v[0].id))
			continue;
		ret->state = buttons[i].state;
		ret->items.n = 1;
		return true;
	}
	ret->state = ITEM_SEEN;
	for (size_t i = 0; ret->items.n < LIMIT_PAGE_N && (one = td_form_get_nth(&r->form, "shown", i)).n > 0; i++)
		ret->items.n += whole_id(one, &ret->items.v[ret->items.n].id);
	return td_form_has(&r->form, "see_all") && ret->items.n > 0;
}

/* Where the desk goes on: to the next undecided item behind the one that was open, or to the list that was. */
static struct str
next_place(struct request *r, const struct store_mark *done)
{
	struct store_name           name = { td_form_get(&r->form, "here"), ID_ITEM };
	struct store_announced      here;
	struct store_announced_list list;
	struct err                  err;

	if (name.id.n > 0 && done->state != ITEM_OPEN && store_item_get(r->site->link, r->arena, &name, &here, &err) == ERR_OK) {
		struct store_announced_ask ask = { .state = ITEM_OPEN, .before = here.place, .limit = 1 };

		if (store_item_list(r->site->link, r->arena, &ask, &list, &err) == ERR_OK && list.items.n > 0)
			return print(r->arena, "/inbox/%s?", view_id(r, ID_ITEM, &list.items.v[0].id).p);
		return STR("/inbox?");
	}
	if (name.id.n > 0)
		return print(r->arena, "/inbox/%s?", view_id(r, ID_ITEM, &done->items.v[0].id).p);
	name.id = typed_back(r, "/inbox", td_form_get(&r->form, "back"));
	return print(r->arena, "%" STR_FMT "%s", STR_ARG(str_sub(name.id, 0, 900)), str_find_char(name.id, '?') == STR_NONE ? "?" : "&");
}

/* A kept item's page is asked for, in the turn of its site; one that has no address stays what its source said. */
static void
want_pages(struct request *r, const struct store_mark *done)
{
	struct store_none none;
	struct err        err;

	for (size_t i = 0; done->state == ITEM_KEPT && i < done->items.n; i++) {
		struct store_name name = { view_id(r, ID_ITEM, &done->items.v[i].id), ID_ITEM };

		if (store_item_want(r->site->link, r->arena, &name, &none, &err) != ERR_OK)
			continue;       /* its own page says what came of it */
	}
}

void
page_decide(struct request *r, struct reply *reply)
{
	struct store_mark   ask = { 0 };
	struct store_marked done;
	struct str          to;
	struct err          err;

	if (!read_decision(r, &ask)) {
		reply_problem(r, reply, 400, "desk.guard.form", NULL);
		return;
	}
	if (store_item_mark(r->site->link, r->arena, &ask, &done, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	want_pages(r, &ask);
	to = next_place(r, &ask);
	reply_see_other(r, reply, print(r->arena, "%" STR_FMT "did=%s&n=%zu%s%s", STR_ARG(to), item_state_name[ask.state], ask.items.n,
	    ask.items.n == 1 ? "&item=" : "", ask.items.n == 1 ? view_id(r, ID_ITEM, &ask.items.v[0].id).p : ""));
}
