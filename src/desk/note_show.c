#include "desk/note_form.h"

#include "base/limits.h"
#include "desk/sentence.h"
#include "desk/view.h"
#include "markdown/markdown.h"

#define SENTENCES_N 400     /* of a longer page the words themselves are pasted */
#define CONTACTS_N  5

static bool
is_chosen(const struct note_form *f, size_t from, size_t to)
{
	for (size_t i = 0; i < f->note.excerpts.n; i++)
		if (f->note.excerpts.v[i].from < (int64_t)to && f->note.excerpts.v[i].to > (int64_t)from)
			return true;
	return false;
}

/* A paragraph is a group; each of its sentences has a checkbox whose value is its place in the capture. */
static void
show_sentences(struct request *r, const struct note_form *f)
{
	struct str text = f->view.article.text;
	size_t     n = 0;

	for (size_t i = 0; i < f->view.article.blocks.n; i++) {
		const struct block *b = &f->view.article.blocks.v[i];
		struct page_values *group = td_page_add(r->values, "paragraphs");

		for (size_t at = (size_t)b->from, end; at < (size_t)b->to; at = end) {
			struct page_values *row;

			end = sentence_end(text, at, (size_t)b->to);
			if (n++ == SENTENCES_N) {
				td_page_flag(r->values, "is_long", true);
				return;
			}
			row = td_page_add(group, "sentences");
			td_page_str(row, "span", print(r->arena, "%zu-%zu", at, end));
			td_page_str(row, "text", str_trim(str_sub(text, at, end)));
			td_page_flag(row, "on", is_chosen(f, at, end));
		}
	}
}

static void
show_contacts(struct request *r, const struct note_form *f)
{
	static const struct store_contact none;
	size_t n = f->note.contacts.n;

	for (size_t i = 0; i < (n < CONTACTS_N ? n + 1 : n); i++) {
		const struct store_contact *c = i < n ? &f->note.contacts.v[i] : &none;
		struct page_values         *row = td_page_add(r->values, "contacts");

		td_page_str(row, "c_name", c->name);
		td_page_str(row, "c_role", c->role);
		td_page_str(row, "c_email", c->email);
		td_page_str(row, "c_phone", c->phone);
		td_page_str(row, "c_about", c->about);
	}
}

/* words: desk.sensitivity.*, words: desk.act.* */
static void
show_choices(struct request *r, const struct note_form *f)
{
	bool was_public = f->note.published_us > 0;

	for (int s = 0; s < SENSITIVITY__COUNT; s++) {
		struct page_values *row = td_page_add(r->values, "sensitivities");

		td_page_str(row, "value", str_of(sensitivity_name[s]));
		td_page_str(row, "label", tr(r, print(r->arena, "desk.sensitivity.%s", sensitivity_name[s]).p));
		td_page_flag(row, "on", f->note.sensitivity == (enum sensitivity)s);
	}
	for (int s = 0; s < (was_public ? NOTE_STATUS__COUNT : NOTE_WITHDRAWN); s++) {
		struct page_values *row;

		if (was_public && s != NOTE_PUBLISHED)
			continue;
		row = td_page_add(r->values, "statuses");
		td_page_str(row, "value", str_of(note_status_name[s]));
		view_note_state(r, row, s);
		td_page_flag(row, "on", was_public || f->note.status == (enum note_status)s);
	}
	for (int act = ACT_EDIT; was_public && act < NOTE_ACT__COUNT; act++) {
		struct page_values *row = td_page_add(r->values, "acts");

		td_page_str(row, "value", str_of(note_act_name[act]));
		td_page_str(row, "label", tr(r, print(r->arena, "desk.act.%s", note_act_name[act]).p));
		td_page_flag(row, "on", f->note.act == (enum note_act)act || (f->note.act == ACT_CREATE && act == ACT_EDIT));
	}
	td_page_flag(r->values, "was_public", was_public);
	for (int l = 0; l < WORDS_LANG__COUNT; l++) {
		struct page_values *row = td_page_add(r->values, "note_languages");

		td_page_str(row, "value", td_words_tag((enum words_lang)l));
		td_page_str(row, "label", td_words_name((enum words_lang)l));
		td_page_flag(row, "on", str_eq(f->note.language, td_words_tag((enum words_lang)l)));
	}
}

void
note_form_show(struct request *r, const struct note_form *f)
{
	const struct store_note *n = &f->note;
	struct page_values      *v = r->values;

	td_page_flag(v, "has_article", f->has_article);
	if (f->has_article) {
		td_page_str(v, "article", view_id(r, ID_ARTICLE, &f->view.id));
		td_page_str(v, "article_title", f->view.article.title.n > 0 ? f->view.article.title : f->view.taken.url);
		td_page_str(v, "article_lang", f->view.article.language);
	}
	if (!id_is_none(&n->id))
		td_page_str(v, "id", view_id(r, ID_NOTE, &n->id));
	td_page_i64(v, "note_version", n->version);
	td_page_str(v, "heading", n->heading);
	td_page_str(v, "text", n->text);
	td_page_str(v, "note_lang", n->language);
	td_page_str(v, "carrier", n->carrier);
	td_page_str(v, "origin", n->origin);
	td_page_str(v, "date", f->date);
	td_page_str(v, "place", n->dateline.place);
	td_page_str(v, "source", n->dateline.source);
	td_page_str(v, "full_story", n->full_story);
	td_page_str(v, "words", f->words);
	td_page_str(v, "why", n->why);
	td_page_flag(v, "has_errors", f->errors > 0);
	view_countries(r, "countries", n->country);
	view_countries(r, "place_countries", n->dateline.country);
	show_choices(r, f);
	show_contacts(r, f);
	show_sentences(r, f);
}

static struct str
dateline(struct request *r, const struct note_form *f)
{
	const struct dateline *d = &f->note.dateline;
	struct str             date = view_civil(r, &d->date);
	struct buf             b = BUF_INIT(3 * LIMIT_FIELD_B);
	struct str             out;

	buf_add(&b, date);
	buf_add(&b, date.n > 0 && d->place.n > 0 ? STR(" ") : STR(""));
	buf_add(&b, d->place);
	if (d->source.n > 0) {
		buf_add(&b, STR(" ("));
		buf_add(&b, d->source);
		buf_add(&b, STR(")"));
	}
	out = arena_copy(r->arena, buf_str(&b));
	buf_free(&b);
	return out;
}

void
note_form_preview(struct request *r, const struct note_form *f)
{
	struct page_values *p = td_page_add(r->values, "preview");
	struct html         body;
	struct err          err;

	td_page_str(p, "p_country", view_country(r, f->note.country));
	td_page_str(p, "p_heading", f->note.heading);
	td_page_str(p, "p_dateline", dateline(r, f));
	if (td_markdown_html(r->arena, f->note.text, &body, &err) == ERR_OK)
		td_page_html(p, "p_note", body);
	else
		td_page_str(p, "p_note", f->note.text);
	for (size_t i = 0; i < f->note.excerpts.n; i++) {
		struct page_values *row = td_page_add(p, "excerpts");

		td_page_str(row, "text", f->note.excerpts.v[i].text);
		td_page_flag(row, "cut", i > 0);
	}
	td_page_str(p, "p_carrier", f->note.carrier);
	td_page_str(p, "p_origin", f->note.origin);
	td_page_str(p, "p_full_story", f->note.full_story);
	td_page_url(p, "p_full_story_url", f->note.full_story);
	for (size_t i = 0; i < f->note.contacts.n; i++) {
		const struct store_contact *c = &f->note.contacts.v[i];
		struct page_values         *row = td_page_add(p, "p_contacts");

		td_page_str(row, "c_about", c->about);
		td_page_str(row, "c_name", c->name);
		td_page_str(row, "c_role", c->role);
		td_page_str(row, "c_email", c->email);
		td_page_url(row, "c_mailto", print(r->arena, "mailto:%" STR_FMT, STR_ARG(str_sub(c->email, 0, 300))));
		td_page_str(row, "c_phone", c->phone);
	}
}
