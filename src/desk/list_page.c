#include "desk/routes.h"

#include "desk/view.h"

#define ROWS_N 30

static int64_t
offset_of(const struct request *r)
{
	int64_t from = 0;

	(void)str_to_i64(td_form_get(&r->query, "from"), 0, 1000000000, &from);   /* nonsense: from the start */
	return from;
}

/* A hit stands between \1 and \2 in a snippet. */
static void
add_snippet(struct page_values *row, struct str s)
{
	while (s.n > 0) {
		size_t              from = str_find_char(s, '\1');
		struct page_values *part;
		size_t              to;

		from = from == STR_NONE ? s.n : from;
		if (from > 0) {
			part = td_page_add(row, "snippet");
			td_page_str(part, "plain", str_sub(s, 0, from));
		}
		if (from == s.n)
			return;
		s = str_sub(s, from + 1, s.n);
		to = str_find_char(s, '\2');
		to = to == STR_NONE ? s.n : to;
		part = td_page_add(row, "snippet");
		td_page_str(part, "hit", str_sub(s, 0, to));
		s = str_sub(s, to + 1, s.n);
	}
}

/* What an editor should know before opening it: it is no story, or the capture is not whole. */
static void
add_warning(struct request *r, struct page_values *row, const struct store_item *item)
{
	static const char *const kinds[ARTICLE_KIND__COUNT] = { [ARTICLE_INDEX] = "desk.kind.index",
		[ARTICLE_NEEDS_BROWSER] = "desk.kind.browser", [ARTICLE_WALL] = "desk.kind.wall",
		[ARTICLE_EMPTY] = "desk.kind.empty", [ARTICLE_FORUM] = "desk.kind.forum", [ARTICLE_PRODUCT] = "desk.kind.product" };

	if (item->fault.n > 0)
		td_page_str(row, "warning", tr(r, "desk.list.fault"));
	else if (item->status >= 400)
		td_page_str(row, "warning", tr1(r, "desk.list.http", print(r->arena, "%lld", (long long)item->status)));
	else if (item->kind != ARTICLE_STORY && kinds[item->kind] != NULL)
		td_page_str(row, "warning", tr(r, kinds[item->kind]));
}

static void
add_item(struct request *r, const struct store_item *item)
{
	struct page_values *row = td_page_add(r->values, "items");
	bool                has_article = !id_is_none(&item->article);
	enum id_kind        kind = has_article ? ID_ARTICLE : ID_CAPTURE;
	struct str          carrier = item->carrier.n > 0 ? item->carrier : item->publisher;

	td_page_str(row, "id", view_id(r, kind, has_article ? &item->article : &item->capture));
	td_page_str(row, "headline", item->title.n > 0 ? item->title : item->url.n > 0 ? item->url : tr(r, "desk.erase.gone"));
	td_page_flag(row, "no_title", item->title.n == 0);
	td_page_str(row, "item_lang", item->title.n > 0 ? item->language : STR(""));
	td_page_str(row, "carrier", carrier);
	td_page_str(row, "country", view_country(r, item->country));
	td_page_str(row, "published", view_civil(r, &item->published));
	view_time(r, row, "taken", item->taken_us);
	if (item->words > 0)
		td_page_str(row, "words", tr1(r, "desk.list.words", view_number(r, item->words)));
	if (item->how != HOW_FETCHED)
		td_page_str(row, "how", tr(r, item->how == HOW_SUPPLIED ? "desk.how.supplied.short" : "desk.how.imported.short"));
	view_note_state(r, row, item->note_status);
	if (!id_is_none(&item->note))
		td_page_str(row, "note", view_id(r, ID_NOTE, &item->note));
	add_warning(r, row, item);
	add_snippet(row, item->snippet);
}

static void
add_paging(struct request *r, int64_t from, const struct store_item_list *list)
{
	td_page_flag(r->values, "has_newer", from > 0);
	td_page_i64(r->values, "newer", from > ROWS_N ? from - ROWS_N : 0);
	td_page_flag(r->values, "has_older", list->more);
	td_page_i64(r->values, "older", from + ROWS_N);
	td_page_flag(r->values, "has_paging", from > 0 || list->more);
	if (list->items.n > 0 && (from > 0 || list->more)) {
		struct str args[] = { view_number(r, from + 1), view_number(r, from + (int64_t)list->items.n),
		    list->total >= 0 ? view_number(r, list->total) : STR("") };

		td_page_str(r->values, "range", td_words_fill(r->arena,
		    tr(r, list->total >= 0 ? "desk.list.range_of" : "desk.list.range"), args, 3));
	}
}

/* "example.org: since 3 June 2026, 14 of 15 pages have no date; before, 2 of 90." */
static void
add_host_fault(struct request *r, const struct store_host_fault *f)
{
	static const char *const sentences[HEALTH_QUESTION__COUNT] = { [HEALTH_TITLE] = "desk.health.title", [HEALTH_DATE] = "desk.health.date",
		[HEALTH_BYLINE] = "desk.health.byline", [HEALTH_TEXT] = "desk.health.text" };
	const struct civil since = civil_from_instant(f->since_us);
	const struct civil day = { .year = since.year, .month = since.month, .day = since.day, .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_DAY };
	struct str         args[] = { f->host, view_civil(r, &day), view_number(r, f->lack), view_number(r, f->of), view_number(r, f->lacked),
		view_number(r, f->of_before) };

	td_page_str(td_page_add(r->values, "health"), "sentence", td_words_fill(r->arena, tr(r, sentences[f->question]), args, 6));
}

static enum err_code
add_health(struct request *r, struct err *err)
{
	struct store_health health;

	if (store_health(r->site->link, r->arena, &(struct store_none){ 0 }, &health, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < health.hosts.n; i++)
		add_host_fault(r, &health.hosts.v[i]);
	td_page_flag(r->values, "has_health", health.hosts.n > 0);
	return ERR_OK;
}

void
page_list(struct request *r, struct reply *reply)
{
	struct store_list_ask  ask = { .offset = offset_of(r), .limit = ROWS_N, .status = -1 };
	struct store_item_list list;
	struct err             err;

	if (store_list(r->site->link, r->arena, &ask, &list, &err) != ERR_OK || (ask.offset == 0 && add_health(r, &err) != ERR_OK)) {
		reply_error(r, reply, &err);
		return;
	}
	for (size_t i = 0; i < list.items.n; i++)
		add_item(r, &list.items.v[i]);
	td_page_flag(r->values, "is_empty", list.items.n == 0 && ask.offset == 0);
	td_page_flag(r->values, "at_items", true);
	add_paging(r, ask.offset, &list);
	reply_page(r, reply, "list.html", tr(r, "desk.nav.items"));
}

void
page_search(struct request *r, struct reply *reply)
{
	struct store_search_ask ask = { .query = str_trim(td_form_get(&r->query, "q")), .offset = offset_of(r),
		.limit = ROWS_N };
	struct store_item_list  list = { 0 };
	struct err              err;

	td_page_str(r->values, "q", ask.query);
	td_page_flag(r->values, "at_search", true);
	if (ask.query.n > LIMIT_QUERY_B)
		td_page_str(r->values, "query_error", tr(r, "desk.search.too_long"));
	else if (ask.query.n > 0 && store_search(r->site->link, r->arena, &ask, &list, &err) != ERR_OK)
		td_page_str(r->values, "query_error", arena_copy(r->arena, str_of(err.text)));
	else if (ask.query.n > 0) {
		for (size_t i = 0; i < list.items.n; i++)
			add_item(r, &list.items.v[i]);
		td_page_flag(r->values, "no_hits", list.items.n == 0);
		if (list.total >= 0 && list.items.n > 0)
			td_page_str(r->values, "found", tr1(r, "desk.search.found", view_number(r, list.total)));
		add_paging(r, ask.offset, &list);
	}
	reply_page(r, reply, "search.html", tr(r, "desk.search.title"));
}
