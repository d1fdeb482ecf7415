/* What the watch tells of the sources and of pages that were taken; in sentences. */
#include "desk/routes.h"

#include "desk/source_view.h"
#include "desk/typed.h"
#include "desk/view.h"
#include "os/clock.h"
#include "schedule/schedule.h"

enum { ROWS_N = 40 };

/* The value of a line NAME=VALUE; "" when there is none. */
static struct str
fact(struct str facts, const char *name)
{
	struct str line, key;

	while (str_cut(&facts, '\n', &line))
		if (str_cut(&line, '=', &key) && str_eq(key, str_of(name)))
			return line;
	return (struct str){ "", 0 };
}

static int64_t
number(struct str facts, const char *name)
{
	int64_t n = 0;

	(void)str_to_i64(fact(facts, name), 0, INT64_MAX, &n);
	return n;
}

/* words: desk.source.is.* */
static struct str
trouble(struct request *r, struct str facts)
{
	struct str name = fact(facts, "trouble");

	return name.n > 0 && name.n < 32 ? tr(r, print(r->arena, "desk.source.is.%" STR_FMT, STR_ARG(name)).p) : STR("");
}

/* {1} how long, {2} what is usual, {3} from, {4} to, {5} which trouble, {6} an address. */
static struct str
sentence(struct request *r, const struct store_news *n)
{
	static const char *const words[NEWS_KIND__COUNT] = { [NEWS_SILENT] = "desk.news.silent", [NEWS_FAILING] = "desk.news.failing",
		[NEWS_GONE] = "desk.news.gone", [NEWS_BACK] = "desk.news.back", [NEWS_MOVED] = "desk.news.moved", [NEWS_GAP] = "desk.news.gap",
		[NEWS_WALL] = "desk.news.wall", [NEWS_CERTIFICATE] = "desk.news.certificate", [NEWS_EDITED] = "desk.news.edited",
		[NEWS_TAKEDOWN_SUSPECTED] = "desk.news.suspected", [NEWS_TAKEDOWN] = "desk.news.takedown",
		[NEWS_RESTORED] = "desk.news.restored" };
	int64_t    from = number(n->facts, "from_us"), to = number(n->facts, "to_us");
	struct str args[] = { view_span(r, number(n->facts, "lasted_s")), view_span(r, number(n->facts, "usual_s")),
		from > 0 ? view_minute(r, from) : STR("–"), to > 0 ? view_minute(r, to) : STR("–"), trouble(r, n->facts),
		fact(n->facts, "to") };

	return td_words_fill(r->arena, tr(r, words[n->kind]), args, sizeof(args) / sizeof(*args));
}

void
news_view(struct request *r, struct page_values *list, const struct store_news *n)
{
	struct page_values *row = td_page_add(list, "news");
	char                whole[ID_WHOLE];

	td_page_str(row, "tiding", arena_copy(r->arena, str_of(id_show_whole(ID_NEWS, &n->id, whole))));
	td_page_str(row, "sentence", sentence(r, n));
	if (!id_is_none(&n->article)) {
		td_page_str(row, "of_article", view_id(r, ID_ARTICLE, &n->article));
		td_page_str(row, "of_name", n->article_title.n > 0 ? n->article_title : tr(r, "desk.item.no_title"));
	} else if (!id_is_none(&n->source)) {
		td_page_str(row, "of_source", view_id(r, ID_SOURCE, &n->source));
		td_page_str(row, "of_name", n->source_title.n > 0 ? n->source_title : tr(r, "desk.source.untitled"));
	}
	td_page_flag(row, "of_page", n->kind >= NEWS_EDITED && !id_is_none(&n->article));
	td_page_str(row, "was", fact(n->facts, "before"));
	td_page_str(row, "now", fact(n->facts, "after"));
	view_near_time(r, row, "told", n->time_us, os_now_us());
	td_page_flag(row, "unread", n->read_us == 0);
	td_page_flag(row, "is_good", n->kind == NEWS_BACK || n->kind == NEWS_RESTORED);
}

void
page_news(struct request *r, struct reply *reply)
{
	struct store_news_ask  ask = { .only_unread = !str_eq(td_form_get(&r->query, "show"), STR("all")), .limit = ROWS_N };
	struct store_news_list list;
	struct err             err;

	(void)str_to_i64(td_form_get(&r->query, "from"), 0, 1000000, &ask.offset);     /* nonsense: from the newest */
	if (store_news_list(r->site->link, r->arena, &ask, &list, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	for (size_t i = 0; i < list.news.n; i++)
		news_view(r, r->values, &list.news.v[i]);
	td_page_flag(r->values, "is_empty", list.news.n == 0);
	td_page_flag(r->values, "show_all", !ask.only_unread);
	td_page_str(r->values, "show", ask.only_unread ? STR("") : STR("all"));
	td_page_flag(r->values, "can_read_all", ask.only_unread && list.news.n > 0);
	td_page_flag(r->values, "has_newer", ask.offset > 0);
	td_page_i64(r->values, "newer", ask.offset > ROWS_N ? ask.offset - ROWS_N : 0);
	td_page_flag(r->values, "has_older", list.more);
	td_page_i64(r->values, "older", ask.offset + ROWS_N);
	td_page_str(r->values, "to", STR("news"));
	td_page_flag(r->values, "at_inbox", true);
	td_page_flag(r->values, "no_add", true);
	reply_page(r, reply, "news.html", tr(r, "desk.news.title"));
}

/* One that was read, or all. */
void
page_news_read(struct request *r, struct reply *reply)
{
	struct str             read = td_form_get(&r->form, "read");
	struct store_news_seen ask = { 0 };
	struct store_none      none;
	struct id_prefix       p;
	struct err             err;

	if (!td_form_has(&r->form, "read_all")) {
		if (!id_parse(read, &p) || p.kind != ID_NEWS || !id_eq(&p.from, &p.to)) {
			reply_problem(r, reply, 400, "desk.guard.form", NULL);
			return;
		}
		ask.id = p.from;
	}
	if (store_news_read(r->site->link, r->arena, &ask, &none, &err) != ERR_OK)
		reply_error(r, reply, &err);
	else
		reply_see_other(r, reply, str_eq(td_form_get(&r->form, "to"), STR("news")) ? STR("/news") : STR("/inbox"));
}
