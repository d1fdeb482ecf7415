#include "desk/routes.h"

#include "desk/view.h"

#define HEX_N 64

struct fact {
	const char *label, *field;      /* a sentence's id; the field's name in article.why */
	struct str  value;
};

static struct str
why_of(const struct store_article_view *view, const char *field)
{
	for (size_t i = 0; i < view->fields.n; i++)
		if (view->fields.v[i].by_person && str_eq(view->fields.v[i].name, str_of(field)))
			return view->fields.v[i].why;
	for (size_t i = 0; i < view->article.why.n; i++)
		if (str_eq(view->article.why.v[i].field, str_of(field)))
			return view->article.why.v[i].why;
	return (struct str){ "", 0 };
}

/* A list has at most LIMIT_LIST_N names; what does not fit one field is left out. */
static struct str
names(struct request *r, const struct str_list *list)
{
	struct buf b = BUF_INIT(LIMIT_FIELD_B);
	struct str out;

	for (size_t i = 0; i < list->n; i++) {
		buf_add(&b, i > 0 ? STR(", ") : STR(""));
		buf_add(&b, list->v[i]);
	}
	out = arena_copy(r->arena, buf_str(&b));
	buf_free(&b);
	return out;
}

/* What the page says about itself, each with the reason why we think so. */
static void
add_facts(struct request *r, const struct store_article_view *view)
{
	const struct article *a = &view->article;
	const struct fact     facts[] = {
		{ "desk.field.publisher", "publisher", a->publisher },
		{ "desk.field.carrier", "carrier", a->carrier },
		{ "desk.field.origin", "origin", a->origin },
		{ "desk.field.byline", "byline", names(r, &a->byline) },
		{ "desk.field.published", "published", view_civil(r, &a->published) },
		{ "desk.field.modified", "modified", view_civil(r, &a->modified) },
		{ "desk.field.dateline", "dateline", a->dateline.text },
		{ "desk.field.place", "dateline.place", a->dateline.place },
		{ "desk.field.country", "subject", view_country(r, a->subject) },
		{ "desk.field.language", "language", view_language(r, a->language) },
		{ "desk.field.section", "section", a->section },
		{ "desk.field.tags", "tags", names(r, &a->tags) },
		{ "desk.field.image", "image", a->image },
		{ "desk.field.image_credit", "image_credit", a->image_credit },
		{ "desk.field.contact", "contact", a->contact.text },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		struct page_values *row;

		if (facts[i].value.n == 0)
			continue;
		row = td_page_add(r->values, "facts");
		td_page_str(row, "label", tr(r, facts[i].label));
		td_page_str(row, "value", facts[i].value);
		td_page_str(row, "why", why_of(view, facts[i].field));
	}
	for (size_t i = 0; i < a->warnings.n; i++)
		td_page_str(td_page_add(r->values, "warnings"), "text", a->warnings.v[i]);
}

static struct str
hex(struct request *r, const unsigned char hash[32])
{
	char *out = arena_take(r->arena, HEX_N + 1);

	for (size_t i = 0; i < HEX_N / 2; i++) {
		out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	return (struct str){ out, HEX_N };
}

static void
add_capture(struct request *r, const struct store_capture *c)
{
	static const char *const how[HOW__COUNT] = { [HOW_FETCHED] = "desk.how.fetched", [HOW_SUPPLIED] = "desk.how.supplied",
		[HOW_IMPORTED] = "desk.how.imported" };
	struct page_values *v = r->values;

	view_time(r, v, "held", c->held_us);
	td_page_str(v, "honest", tr1(r, "desk.item.honest", view_minute(r, c->held_us)));
	td_page_str(v, "capture", view_id(r, ID_CAPTURE, &c->id));
	td_page_str(v, "how", tr(r, how[c->how]));
	td_page_str(v, "file", c->how != HOW_FETCHED ? c->why : STR(""));
	td_page_str(v, "fault", c->fault);
	td_page_str(v, "address", c->final_url.n > 0 ? c->final_url : c->url);
	td_page_url(v, "address_url", c->final_url.n > 0 ? c->final_url : c->url);
	td_page_flag(v, "has_address", str_starts(c->final_url.n > 0 ? c->final_url : c->url, STR("http")));
	if (c->status > 0)
		td_page_i64(v, "http", c->status);
	td_page_str(v, "seq", view_number(r, c->ledger_seq));
	if (c->main >= 0 && (size_t)c->main < c->records.n) {
		const struct store_record *main = &c->records.v[c->main];

		td_page_str(v, "sha256", hex(r, main->payload_sha256));
		td_page_str(v, "segment", main->segment);
		td_page_str(v, "size", view_size(r, main->block_b - (main->payload_at > 0 ? main->payload_at : 0)));
	}
}

/* "14 minutes later" */
static struct str
distance(struct request *r, int64_t us)
{
	static const struct { int64_t us; const char *later, *earlier; } units[] = {
		{ 86400 * US_PER_S, "desk.seen.days_later", "desk.seen.days_earlier" },
		{ 3600 * US_PER_S, "desk.seen.hours_later", "desk.seen.hours_earlier" },
		{ 60 * US_PER_S, "desk.seen.minutes_later", "desk.seen.minutes_earlier" },
		{ US_PER_S, "desk.seen.seconds_later", "desk.seen.seconds_earlier" },
	};
	int64_t far = us < 0 ? -us : us;
	size_t  i = 0;

	while (i < 3 && far < 2 * units[i].us)          /* "90 minutes" rather than "1 hour": no word has two forms */
		i++;
	return tr1(r, us < 0 ? units[i].earlier : units[i].later, view_number(r, far / units[i].us));
}

/* Partners that have this page too. */
static void
add_seen(struct request *r, const struct store_capture *c)
{
	struct store_seen_page page;
	struct err             err;

	if (store_seen_of(r->site->link, r->arena, &(struct store_seen_capture){ c->id }, &page, &err) != ERR_OK)
		return;         /* what partners say is beside the evidence, not a part of it */
	for (size_t i = 0; i < page.list.n; i++) {
		const struct store_seen *s = &page.list.v[i];
		struct str args[] = { s->name, distance(r, s->their_us - c->held_us),
			tr(r, s->is_same ? "desk.seen.same" : "desk.seen.other"), view_number(r, s->their_entry) };

		td_page_str(td_page_add(r->values, "seen"), "line", td_words_fill(r->arena, tr(r, "desk.seen.line"), args, 4));
	}
}

static void
add_notes(struct request *r, const struct store_article_view *view)
{
	for (size_t i = 0; i < view->notes.n; i++) {
		struct page_values *row = td_page_add(r->values, "notes");
		struct store_name   name = { view_id(r, ID_NOTE, &view->notes.v[i].id), ID_NOTE };
		struct store_note   note;
		struct err          err;

		td_page_str(row, "note", name.id);
		td_page_str(row, "heading", tr(r, "desk.note.untitled"));
		if (store_note_get(r->site->link, r->arena, &name, &note, &err) != ERR_OK)
			continue;       /* its line still leads to it, and its own page says what is wrong */
		if (note.heading.n > 0)
			td_page_str(row, "heading", note.heading);
		td_page_str(row, "note_lang", note.language);
		view_note_state(r, row, note.status);
	}
}

/* A capture that no article came of yet (it is being read, or it cannot be). */
static void
show_capture(struct request *r, struct reply *reply, struct str id)
{
	struct store_name    name = { id, ID_CAPTURE };
	struct store_capture capture;
	struct err           err;

	if (store_capture_get(r->site->link, r->arena, &name, &capture, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	if (capture.erased_us != 0) {
		reply_see_other(r, reply, print(r->arena, "/erase/%s", view_id(r, ID_CAPTURE, &capture.id).p));
		return;
	}
	if (!id_is_none(&capture.article)) {
		reply_see_other(r, reply, print(r->arena, "/item/%s", view_id(r, ID_ARTICLE, &capture.article).p));
		return;
	}
	add_capture(r, &capture);
	add_seen(r, &capture);
	td_page_flag(r->values, "at_items", true);
	td_page_str(r->values, "headline", capture.url);
	td_page_flag(r->values, "not_read", true);
	reply_page(r, reply, "item.html", capture.url);
}

void
page_item(struct request *r, struct reply *reply)
{
	struct store_name         name = { r->arg, ID_ARTICLE };
	struct page_values       *v = r->values;
	struct store_article_view view;
	struct err                err;

	if (str_starts(r->arg, STR("c-"))) {
		show_capture(r, reply, r->arg);
		return;
	}
	if (store_article_get(r->site->link, r->arena, &name, &view, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return;
	}
	if (view.taken.erased_us != 0) {
		reply_see_other(r, reply, print(r->arena, "/erase/%s", view_id(r, ID_CAPTURE, &view.taken.id).p));
		return;
	}
	td_page_flag(v, "at_items", true);
	td_page_str(v, "id", view_id(r, ID_ARTICLE, &view.id));
	td_page_str(v, "item_lang", view.article.language);
	td_page_str(v, "headline", view.article.title.n > 0 ? view.article.title : tr(r, "desk.item.no_title"));
	td_page_flag(v, "no_title", view.article.title.n == 0);
	td_page_str(v, "their_note", view.article.note);
	td_page_str(v, "their_note_by", view.article.note_by.n > 0 ? view.article.note_by : view.article.publisher);
	td_page_str(v, "full_story", view.article.full_story);
	td_page_url(v, "full_story_url", view.article.full_story);
	view_blocks(r, v, &view.article);
	td_page_flag(v, "no_text", view.article.text.n == 0);
	add_facts(r, &view);
	add_capture(r, &view.taken);
	add_seen(r, &view.taken);
	add_notes(r, &view);
	td_page_str(v, "extractor", view.extractor);
	reply_page(r, reply, "item.html", view.article.title.n > 0 ? view.article.title : tr(r, "desk.item.no_title"));
}
