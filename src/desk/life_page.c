/* What became of a page after it was captured: what each look found, and the words that changed. */
#include "desk/routes.h"

#include "desk/view.h"
#include "diff/diff.h"

enum { SHOWN_N = 60, BESIDE_B = 90 };

/* Text beside a change, cut at a character's end, without the line it does not share. */
static struct str
beside(struct str text, size_t from, size_t to)
{
	return str_sub(text, td_utf8_floor(text, from), td_utf8_floor(text, to));
}

static void
add_change(struct request *r, const struct diff_change *c, struct str before, struct str after)
{
	struct page_values *row = td_page_add(r->values, "changes");
	size_t              from = c->before_from > BESIDE_B ? c->before_from - BESIDE_B : 0;
	size_t              to = c->before_to + BESIDE_B < before.n ? c->before_to + BESIDE_B : before.n;

	td_page_str(row, "lead", beside(before, from, c->before_from));
	td_page_str(row, "was", str_sub(before, c->before_from, c->before_to));
	td_page_str(row, "now", str_sub(after, c->after_from, c->after_to));
	td_page_str(row, "rest", beside(before, c->before_to, to));
}

/* The words that differ between the page as it was captured and as a later look found it. */
static enum err_code
add_diff(struct request *r, const struct store_article_view *was, const struct id *later, struct err *err)
{
	struct store_name         name = { view_id(r, ID_ARTICLE, later), ID_ARTICLE };
	struct store_article_view now;
	struct diff               d;

	if (store_article_get(r->site->link, r->arena, &name, &now, err) != ERR_OK)
		return err->code;
	td_diff(r->arena, was->article.text, now.article.text, &d);
	for (size_t i = 0; i < d.changes.n && i < SHOWN_N; i++)
		add_change(r, &d.changes.v[i], was->article.text, now.article.text);
	td_page_flag(r->values, "has_changes", d.changes.n > 0);
	td_page_flag(r->values, "is_same", d.changes.n == 0);
	if (d.changes.n > SHOWN_N)
		td_page_str(r->values, "more", tr1(r, "desk.life.more", view_number(r, (int64_t)d.changes.n - SHOWN_N)));
	td_page_str(r->values, "later", name.id);
	return ERR_OK;
}

/* words: desk.life.what.* */
static void
add_event(struct request *r, const struct store_life_event *e)
{
	struct page_values *row = td_page_add(r->values, "events");
	struct str          how = e->how.n > 0 && e->how.n < 32 ? tr(r, print(r->arena, "desk.life.how.%" STR_FMT, STR_ARG(e->how)).p) : STR("");

	view_time(r, row, "seen", e->time_us);
	td_page_str(row, "what", tr(r, print(r->arena, "desk.life.what.%s", page_what_name[e->what]).p));
	td_page_flag(row, "is_good", e->what == WHAT_BACK);
	td_page_str(row, "how", how);
	if (e->status >= 300)
		td_page_str(row, "http", tr1(r, "desk.list.http", print(r->arena, "%lld", (long long)e->status)));
	if (!id_is_none(&e->article))
		td_page_str(row, "copy", view_id(r, ID_ARTICLE, &e->article));
	else if (!id_is_none(&e->capture))
		td_page_str(row, "copy", view_id(r, ID_CAPTURE, &e->capture));
}

/* words: desk.life.how.* */
void
page_life(struct request *r, struct reply *reply)
{
	struct store_name         name = { r->arg, ID_ARTICLE };
	struct store_article_view was;
	struct store_life         life;
	const struct id          *later = NULL;
	struct err                err;

	if (store_article_get(r->site->link, r->arena, &name, &was, &err) != ERR_OK ||
	    store_life_get(r->site->link, r->arena, &name, &life, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	for (size_t i = 0; i < life.events.n; i++) {
		add_event(r, &life.events.v[i]);
		if (later == NULL && !id_is_none(&life.events.v[i].article))
			later = &life.events.v[i].article;
	}
	if (later != NULL && add_diff(r, &was, later, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	td_page_str(r->values, "id", view_id(r, ID_ARTICLE, &was.id));
	td_page_str(r->values, "headline", was.article.title.n > 0 ? was.article.title : tr(r, "desk.item.no_title"));
	td_page_str(r->values, "item_lang", was.article.language);
	view_time(r, r->values, "taken", was.taken.held_us);
	if (life.looked_us > 0)
		view_time(r, r->values, "looked", life.looked_us);
	if (life.next_us > 0)
		view_time(r, r->values, "next", life.next_us);
	td_page_str(r->values, "trouble", life.trouble);
	td_page_flag(r->values, "has_events", life.events.n > 0);
	td_page_flag(r->values, "at_items", true);
	td_page_flag(r->values, "no_add", true);
	reply_page(r, reply, "life.html", tr(r, "desk.life.title"));
}
