/* One item as its source announced it, and its page once there is one. */
#include "desk/routes.h"

#include "desk/inbox_view.h"
#include "desk/view.h"
#include "os/clock.h"

/* words: desk.inbox.is.* */
static void
add_state(struct request *r, struct page_values *v, enum item_state state)
{
	static const char *const signs[ITEM_STATE__COUNT] = { [ITEM_OPEN] = "○", [ITEM_SEEN] = "◌", [ITEM_KEPT] = "●",
		[ITEM_DISMISSED] = "✕" };

	td_page_str(v, "state", tr(r, print(r->arena, "desk.inbox.is.%s", item_state_name[state]).p));
	td_page_str(v, "sign", str_of(signs[state]));
	td_page_str(v, "state_class", str_of(item_state_name[state]));
	td_page_flag(v, "is_open", state == ITEM_OPEN || state == ITEM_SEEN);
}

void
inbox_item(struct request *r, struct page_values *v, const struct store_announced *a)
{
	char whole[ID_WHOLE];

	td_page_str(v, "item", view_id(r, ID_ITEM, &a->id));
	td_page_str(v, "whole", arena_copy(r->arena, str_of(id_show_whole(ID_ITEM, &a->id, whole))));
	td_page_str(v, "headline", a->title.n > 0 ? a->title : a->url.n > 0 ? a->url : tr(r, "desk.item.no_title"));
	td_page_flag(v, "no_title", a->title.n == 0);
	td_page_str(v, "item_lang", a->language);
	td_page_str(v, "source", view_id(r, ID_SOURCE, &a->source));
	td_page_str(v, "source_name", a->source_title.n > 0 ? a->source_title : tr(r, "desk.source.untitled"));
	td_page_str(v, "author", a->author);
	if (a->published_us > 0)
		view_near_time(r, v, "published", a->published_us, os_now_us());
	view_near_time(r, v, "came", a->seen_us, os_now_us());
	td_page_flag(v, "has_page", !id_is_none(&a->capture));
	add_state(r, v, a->state);
}

/* words: desk.inbox.did.* */
void
inbox_decided(struct request *r)
{
	struct str             did = td_form_get(&r->query, "did");
	struct store_name      name = { td_form_get(&r->query, "item"), ID_ITEM };
	struct store_announced item;
	struct err             err;
	char                   whole[ID_WHOLE];

	for (int s = 0; s < ITEM_STATE__COUNT; s++) {
		if (!str_eq(did, str_of(item_state_name[s])))
			continue;
		td_page_str(r->values, "did", tr(r, print(r->arena, "desk.inbox.did.%s", item_state_name[s]).p));
		if (name.id.n == 0 || store_item_get(r->site->link, r->arena, &name, &item, &err) != ERR_OK)
			break;
		td_page_str(r->values, "did_item", item.title.n > 0 ? item.title : item.url);
		td_page_str(r->values, "did_lang", item.language);
		if (s != ITEM_OPEN)
			td_page_str(r->values, "undo", arena_copy(r->arena, str_of(id_show_whole(ID_ITEM, &item.id, whole))));
	}
}

/* The summary is plain text; its lines are its paragraphs. */
static void
add_summary(struct request *r, struct str s)
{
	struct str line;

	while (str_cut(&s, '\n', &line))
		if (str_trim(line).n > 0)
			td_page_str(td_page_add(r->values, "blocks"), "p", str_trim(line));
}

/* The text of the page as it was captured; false: it has none. */
static bool
add_text(struct request *r, const struct store_announced *a)
{
	struct store_name         name = { view_id(r, ID_ARTICLE, &a->article), ID_ARTICLE };
	struct store_article_view view;
	struct err                err;

	if (id_is_none(&a->article) || store_article_get(r->site->link, r->arena, &name, &view, &err) != ERR_OK ||
	    view.article.text.n == 0)
		return false;
	td_page_str(r->values, "item_lang", view.article.language.n > 0 ? view.article.language : a->language);
	view_blocks(r, r->values, &view.article);
	return true;
}

void
page_announced(struct request *r, struct reply *reply)
{
	struct store_name      name = { r->arg, ID_ITEM };
	struct page_values    *v = r->values;
	struct store_announced a;
	struct err             err;

	if (store_item_get(r->site->link, r->arena, &name, &a, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	inbox_item(r, v, &a);
	inbox_decided(r);
	td_page_str(v, "here", name.id);
	td_page_str(v, "address", a.url);
	td_page_url(v, "address_url", a.url);
	td_page_flag(v, "is_text", add_text(r, &a));
	if (id_is_none(&a.article))
		add_summary(r, a.summary);
	td_page_flag(v, "no_text", id_is_none(&a.article) && str_trim(a.summary).n == 0);
	if (!id_is_none(&a.capture))
		td_page_str(v, "page", !id_is_none(&a.article) ? view_id(r, ID_ARTICLE, &a.article) : view_id(r, ID_CAPTURE, &a.capture));
	td_page_flag(v, "is_seen", a.state == ITEM_SEEN);
	td_page_flag(v, "is_waiting", a.page == ITEM_WAITING);
	td_page_str(v, "trouble", id_is_none(&a.capture) ? a.trouble : STR(""));
	if (a.status >= 400)
		td_page_str(v, "page_status", tr1(r, "desk.list.http", print(r->arena, "%lld", (long long)a.status)));
	td_page_flag(v, "at_inbox", true);
	td_page_flag(v, "no_add", true);
	reply_page(r, reply, "announced.html", a.title.n > 0 ? a.title : tr(r, "desk.item.no_title"));
}
