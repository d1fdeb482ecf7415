#include "app/note_words.h"

#include "base/limits.h"

struct excerpt
note_excerpt(struct str s)
{
	struct str rest = s, from, to;
	struct excerpt e = { .text = s };
	int64_t a, b;

	if (str_cut(&rest, '-', &from) && str_cut(&rest, '-', &to) && rest.p == NULL &&
	    str_to_i64(from, 0, LIMIT_TEXT_B, &a) && str_to_i64(to, 1, LIMIT_TEXT_B, &b) && a < b)
		e = (struct excerpt){ .from = a, .to = b };
	return e;
}

/* "A, b; and C, d" of everybody in the line but `one`. */
static struct str
the_others(struct arena *a, const struct contact *c, const struct contact_person *one)
{
	struct buf b = BUF_INIT(LIMIT_FIELD_B);
	struct str s = STR("");

	for (size_t i = 0; i < c->people.n; i++) {
		const struct contact_person *p = &c->people.v[i];

		if (p == one)
			continue;
		buf_add(&b, b.n > 0 ? STR("; ") : STR("interviews with "));
		buf_add(&b, p->name);
		if (p->role.n > 0)
			buf_add(&b, STR(", "));
		buf_add(&b, p->role);
	}
	if (!b.failed && b.n > 0)
		s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static bool
find_on_page(struct arena *a, const struct contact *on_page, struct store_contact *ret)
{
	for (size_t i = 0; i < on_page->people.n; i++) {
		const struct contact_person *p = &on_page->people.v[i];

		if (!str_eq_nocase(p->name, ret->name))
			continue;
		ret->role = p->role;
		ret->email = on_page->email;
		ret->phone = on_page->phone;
		ret->about = the_others(a, on_page, p);
		return true;
	}
	return false;
}

struct store_contact
note_contact(struct arena *a, struct str s, const struct contact *on_page)
{
	struct store_contact c = { 0 };
	struct str who = STR(""), mail = STR(""), name = STR("");

	(void)str_cut(&s, ';', &who);
	c.about = s.p != NULL ? str_trim(s) : STR("");
	s = who;
	(void)str_cut(&s, '<', &who);
	if (s.p != NULL)
		(void)str_cut(&s, '>', &mail);
	c.email = str_trim(mail);
	s = who;
	(void)str_cut(&s, ',', &name);
	c.name = str_trim(name);
	c.role = s.p != NULL ? str_trim(s) : STR("");
	if (c.role.n == 0 && c.email.n == 0)
		(void)find_on_page(a, on_page, &c);
	return c;
}

void
note_from_article(struct store_note *n, const struct store_article_view *v)
{
	const struct article *a = &v->article;
	bool web = str_starts(v->taken.final_url, STR("http://")) || str_starts(v->taken.final_url, STR("https://"));

	n->article = v->id;
	n->heading = a->title;
	n->country = a->subject;
	n->carrier = a->carrier;
	n->origin = a->origin;
	n->publisher = a->publisher;
	n->dateline = a->dateline;
	if (n->dateline.date.precision == CIVIL_NONE)
		n->dateline.date = a->published;
	n->full_story = a->full_story.n > 0 ? a->full_story : a->canonical_url.n > 0 ? a->canonical_url :
	    web ? v->taken.final_url : STR("");
}

bool
note_status_from(struct str s, enum note_status *ret)
{
	for (int i = NOTE_DRAFT; i <= NOTE_PUBLISHED; i++) {
		if (str_eq(s, str_of(note_status_name[i]))) {
			*ret = (enum note_status)i;
			return true;
		}
	}
	return false;
}

bool
note_sensitivity_from(struct str s, enum sensitivity *ret)
{
	for (int i = 0; i < SENSITIVITY__COUNT; i++) {
		if (str_eq(s, str_of(sensitivity_name[i]))) {
			*ret = (enum sensitivity)i;
			return true;
		}
	}
	return false;
}
