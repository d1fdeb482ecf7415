/* The list of sources, by group. */
#include "desk/routes.h"

#include "desk/source_view.h"
#include "desk/view.h"
#include "feed/opml.h"
#include "os/clock.h"

#define ROWS_N 50

/* A group of a query or a form: "=NAME", and "=" is those without one; "" is all. */
static void
read_filter(const struct request *r, struct store_source_find *ask)
{
	struct str show = td_form_get(&r->query, "show"), group = td_form_get(&r->query, "group");

	ask->in_trouble = str_eq(show, STR("trouble"));
	ask->removed = str_eq(show, STR("removed"));
	ask->in_folder = str_starts(group, STR("="));
	ask->folder = ask->in_folder ? str_sub(group, 1, group.n) : STR("");
	(void)str_to_i64(td_form_get(&r->query, "from"), 0, 1000000, &ask->offset);    /* nonsense: from the start */
}

static void
add_groups(struct request *r, const struct store_group_list *g, const struct store_source_find *ask)
{
	int64_t all = 0, troubled = 0;

	for (size_t i = 0; i < g->groups.n; i++) {
		const struct store_group *one = &g->groups.v[i];
		struct page_values       *row = td_page_add(r->values, "groups");

		td_page_str(row, "group", print(r->arena, "=%" STR_FMT, STR_ARG(str_sub(one->folder, 0, 900))));
		td_page_str(row, "group_name", one->folder.n > 0 ? one->folder : tr(r, "desk.source.no_group"));
		td_page_str(row, "group_n", view_number(r, one->sources));
		td_page_flag(row, "on", ask->in_folder && str_eq(ask->folder, one->folder));
		all += one->sources;
		troubled += one->troubled;
	}
	td_page_flag(r->values, "has_groups", g->groups.n > 1);
	td_page_str(r->values, "all_n", view_number(r, all));
	if (troubled > 0)
		td_page_str(r->values, "troubled_n", view_number(r, troubled));
	if (g->removed > 0)
		td_page_str(r->values, "removed_n", view_number(r, g->removed));
	td_page_flag(r->values, "show_all", !ask->in_trouble && !ask->removed && !ask->in_folder);
	td_page_flag(r->values, "show_trouble", ask->in_trouble);
	td_page_flag(r->values, "show_removed", ask->removed);
	td_page_flag(r->values, "is_empty", all == 0 && g->removed == 0);
}

static void
add_rows(struct request *r, const struct store_source_list *list)
{
	struct page_values *section = NULL;
	int64_t             now = os_now_us();

	for (size_t i = 0; i < list->sources.n; i++) {
		const struct store_source *s = &list->sources.v[i];

		if (section == NULL || !str_eq(s->folder, list->sources.v[i - 1].folder)) {
			section = td_page_add(r->values, "sections");
			td_page_str(section, "folder", s->folder.n > 0 ? s->folder : tr(r, "desk.source.no_group"));
			td_page_i64(section, "section_i", (int64_t)i);
		}
		source_view(r, td_page_add(section, "sources"), s, now);
	}
}

/* What the last change did, told by the address that led here. */
static void
add_taken(struct request *r)
{
	int64_t added = -1, known = 0;

	(void)str_to_i64(td_form_get(&r->query, "added"), 0, 1000000, &added);
	(void)str_to_i64(td_form_get(&r->query, "known"), 0, 1000000, &known);
	if (added >= 0)
		td_page_str(r->values, "taken", tr1(r, added == 1 ? "desk.source.added.one" : "desk.source.added.many", view_number(r, added)));
	if (known > 0)
		td_page_str(r->values, "known", tr1(r, "desk.source.known", view_number(r, known)));
}

static void
add_paging(struct request *r, const struct store_source_find *ask, const struct store_source_list *list)
{
	td_page_flag(r->values, "has_newer", ask->offset > 0);
	td_page_i64(r->values, "newer", ask->offset > ROWS_N ? ask->offset - ROWS_N : 0);
	td_page_flag(r->values, "has_older", list->more);
	td_page_i64(r->values, "older", ask->offset + ROWS_N);
	td_page_flag(r->values, "has_paging", ask->offset > 0 || list->more);
	td_page_str(r->values, "show", td_form_get(&r->query, "show"));
	td_page_str(r->values, "in_group", td_form_get(&r->query, "group"));
}

void
page_sources(struct request *r, struct reply *reply)
{
	struct store_source_find ask = { .limit = ROWS_N };
	struct store_source_list list;
	struct store_group_list  groups;
	struct err               err;

	read_filter(r, &ask);
	if (store_source_page(r->site->link, r->arena, &ask, &list, &err) != ERR_OK ||
	    store_source_groups(r->site->link, r->arena, &(struct store_none){ 0 }, &groups, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	add_groups(r, &groups, &ask);
	add_rows(r, &list);
	add_taken(r);
	add_paging(r, &ask, &list);
	source_round(r, &groups);
	td_page_flag(r->values, "at_sources", true);
	td_page_flag(r->values, "no_add", true);
	reply_page(r, reply, "sources.html", tr(r, "desk.nav.sources"));
}

/* The whole list as other readers take it. */
void
page_source_export(struct request *r, struct reply *reply)
{
	struct store_source_find ask = { .limit = LIMIT_PAGE_N };
	struct store_source_list got = { .more = true };
	struct opml              list = { .title = r->status.name };
	struct err               err;

	list.feeds.v = arena_array(r->arena, LIMIT_OPML_N, struct opml_feed);
	for (; got.more; ask.offset += LIMIT_PAGE_N) {
		if (store_source_page(r->site->link, r->arena, &ask, &got, &err) != ERR_OK) {
			reply_error(r, reply, &err);
			return;
		}
		for (size_t i = 0; i < got.sources.n && list.feeds.n < LIMIT_OPML_N; i++) {
			const struct store_source *s = &got.sources.v[i];

			list.feeds.v[list.feeds.n++] = (struct opml_feed){ .url = s->url, .title = s->title, .site = s->home_url, .group = s->folder,
				.language = s->language, .note = s->reliability };
		}
	}
	reply->status = 200;
	reply->type = "text/x-opml; charset=utf-8";
	reply->file_name = "tidings.opml";
	buf_reset(&reply->body);
	td_opml_write(&list, &reply->body);
}
