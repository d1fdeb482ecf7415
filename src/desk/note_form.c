#include "desk/note_form.h"

#include <stdlib.h>

#include "base/limits.h"
#include "desk/sentence.h"
#include "desk/view.h"
#include "markdown/markdown.h"

#define CONTACTS_N 5

static bool
is_web_address(struct str s)
{
	return str_starts_nocase(s, STR("https://")) || str_starts_nocase(s, STR("http://"));
}

static struct str
first_address(const struct str *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_web_address(of[i]))
			return of[i];
	return (struct str){ "", 0 };
}

void
note_form_begin(struct request *r, struct note_form *f)
{
	const struct article *a = &f->view.article;
	struct store_note    *n = &f->note;

	n->status = NOTE_DRAFT;
	n->sensitivity = SENSITIVITY_UNREVIEWED;
	n->language = td_words_tag(r->lang);
	if (!f->has_article)
		return;
	n->article = f->view.id;
	n->heading = a->title;
	n->country = a->subject;
	n->carrier = a->carrier.n > 0 ? a->carrier : a->publisher;
	n->origin = a->origin;
	n->publisher = a->publisher;
	n->dateline = a->dateline;
	if (n->dateline.date.precision == CIVIL_NONE)
		n->dateline.date = a->published;
	if (n->dateline.source.n == 0)
		n->dateline.source = n->carrier;
	n->full_story = first_address((struct str[]){ a->full_story, a->canonical_url, a->url, f->view.taken.final_url }, 4);
	note_form_open(r, f);
}

void
note_form_open(struct request *r, struct note_form *f)
{
	char iso[CIVIL_SHOWN] = "";

	if (f->note.dateline.date.precision != CIVIL_NONE)
		civil_iso(&f->note.dateline.date, iso);
	f->date = arena_copy(r->arena, str_sub(str_of(iso), 0, 10));
}

static void
mend(struct request *r, struct note_form *f, const char *name, const char *words)
{
	td_page_str(r->values, name, tr(r, words));
	f->errors++;
}

static struct str
typed(const struct request *r, const char *name)
{
	return str_trim(td_form_get(&r->form, name));
}

static int
choice(const struct request *r, const char *name, const char *const *names, int n, int otherwise)
{
	for (int i = 0; i < n; i++)
		if (str_eq(typed(r, name), str_of(names[i])))
			return i;
	return otherwise;
}

static bool
add_span(struct note_form *f, int64_t from, int64_t to)
{
	size_t           n = f->note.excerpts.n;
	struct excerpt  *last = n > 0 ? &f->note.excerpts.v[n - 1] : NULL;

	if (last != NULL && from <= last->to + 2 && from >= last->from && memchr(f->view.article.text.p + last->to, '\n',
	    (size_t)(from > last->to ? from - last->to : 0)) == NULL) {
		last->to = to > last->to ? to : last->to;
		return true;
	}
	if (n == LIMIT_LIST_N)
		return false;
	f->note.excerpts.v[f->note.excerpts.n++] = (struct excerpt){ .from = from, .to = to };
	return true;
}

static bool
is_span(const struct note_form *f, struct str value, int64_t *from, int64_t *to)
{
	struct str first, text = f->view.article.text;

	return str_cut(&value, '-', &first) && str_to_i64(first, 0, (int64_t)text.n, from) &&
	    str_to_i64(value, *from + 1, (int64_t)text.n, to) && td_utf8_floor(text, (size_t)*from) == (size_t)*from &&
	    td_utf8_floor(text, (size_t)*to) == (size_t)*to;
}

/* Words that were pasted must stand in the captured text, letter by letter: so a misquotation cannot be saved. */
static void
read_words(struct request *r, struct note_form *f)
{
	struct str rest = f->words, line;

	while (str_cut(&rest, '\n', &line)) {
		size_t at;

		line = str_trim(line);
		if (line.n == 0)
			continue;
		at = str_find(f->view.article.text, line);
		if (at == STR_NONE) {
			mend(r, f, "words_error", "desk.note.words_not_there");
			return;
		}
		if (!add_span(f, (int64_t)at, (int64_t)(at + line.n)))
			mend(r, f, "words_error", "desk.note.too_many");
	}
	f->words = (struct str){ "", 0 };
}

static int
by_place(const void *a, const void *b)
{
	const struct excerpt *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static void
read_excerpts(struct request *r, struct note_form *f)
{
	f->note.excerpts.v = arena_array(r->arena, LIMIT_LIST_N, struct excerpt);
	f->note.excerpts.n = 0;
	f->words = td_form_get(&r->form, "words");
	if (!f->has_article)
		return;
	for (size_t i = 0; i < r->form.n; i++) {
		int64_t from, to;

		if (str_eq(r->form.v[i].name, STR("x")) && is_span(f, r->form.v[i].value, &from, &to) && !add_span(f, from, to)) {
			mend(r, f, "words_error", "desk.note.too_many");
			break;
		}
	}
	read_words(r, f);
	qsort(f->note.excerpts.v, f->note.excerpts.n, sizeof(*f->note.excerpts.v), by_place);
	for (size_t i = 0; i < f->note.excerpts.n; i++)
		f->note.excerpts.v[i].text = str_trim(str_sub(f->view.article.text, (size_t)f->note.excerpts.v[i].from,
		    (size_t)f->note.excerpts.v[i].to));
}

static void
read_contacts(struct request *r, struct note_form *f)
{
	f->note.contacts.v = arena_array(r->arena, CONTACTS_N, struct store_contact);
	f->note.contacts.n = 0;
	for (size_t i = 0; i < CONTACTS_N; i++) {
		struct store_contact c = { .name = str_trim(td_form_get_nth(&r->form, "c_name", i)),
			.role = str_trim(td_form_get_nth(&r->form, "c_role", i)),
			.email = str_trim(td_form_get_nth(&r->form, "c_email", i)),
			.phone = str_trim(td_form_get_nth(&r->form, "c_phone", i)),
			.about = str_trim(td_form_get_nth(&r->form, "c_about", i)) };

		if (c.name.n + c.role.n + c.email.n + c.phone.n + c.about.n == 0)
			continue;
		if (c.email.n > 0 && (str_find_char(c.email, '@') == STR_NONE || str_find_char(c.email, ' ') != STR_NONE))
			mend(r, f, "contact_error", "desk.note.bad_email");
		f->note.contacts.v[f->note.contacts.n++] = c;
	}
}

static void
check(struct request *r, struct note_form *f)
{
	struct store_note *n = &f->note;

	if (n->heading.n == 0)
		mend(r, f, "heading_error", "desk.note.no_heading");
	else if (n->heading.n > LIMIT_FIELD_B)
		mend(r, f, "heading_error", "desk.note.too_long");
	if (n->text.n > LIMIT_NOTE_B)
		mend(r, f, "text_error", "desk.note.too_long");
	if (f->date.n > 0 && (!civil_parse_iso(f->date, &n->dateline.date) || f->date.n > 10))
		mend(r, f, "date_error", "desk.note.bad_date");
	if (n->full_story.n > 0 && !is_web_address(n->full_story))
		mend(r, f, "full_story_error", "desk.note.bad_link");
	if (n->status == NOTE_PUBLISHED && n->sensitivity == SENSITIVITY_UNREVIEWED)
		mend(r, f, "sensitivity_error", "desk.note.unreviewed");
	if (n->status == NOTE_PUBLISHED && n->text.n == 0 && n->excerpts.n == 0)
		mend(r, f, "text_error", "desk.note.nothing_to_publish");
	if ((n->act == ACT_CORRECT || n->act == ACT_WITHDRAW) && n->why.n == 0)
		mend(r, f, "why_error", "desk.note.no_why");
}

void
note_form_read(struct request *r, struct note_form *f)
{
	struct store_note *n = &f->note;
	bool               was_public = n->published_us > 0;

	n->heading = typed(r, "heading");
	n->text = str_trim(td_form_get(&r->form, "text"));
	n->language = typed(r, "language");
	n->country = str_sub(typed(r, "country"), 0, 2);
	n->carrier = typed(r, "carrier");
	n->origin = typed(r, "origin");
	n->dateline = (struct dateline){ .place = typed(r, "place"), .country = str_sub(typed(r, "place_country"), 0, 2),
		.source = typed(r, "source") };
	f->date = typed(r, "date");
	n->full_story = typed(r, "full_story");
	n->sensitivity = choice(r, "sensitivity", sensitivity_name, SENSITIVITY__COUNT, SENSITIVITY_UNREVIEWED);
	n->status = choice(r, "status", note_status_name, NOTE_STATUS__COUNT, NOTE_DRAFT);
	n->act = choice(r, "act", note_act_name, NOTE_ACT__COUNT, n->version == 0 ? ACT_CREATE : ACT_EDIT);
	if (!was_public && n->act != ACT_CREATE)
		n->act = ACT_EDIT;
	n->why = typed(r, "why");
	if (n->act == ACT_WITHDRAW)
		n->status = NOTE_WITHDRAWN;
	read_excerpts(r, f);
	read_contacts(r, f);
	check(r, f);
}
