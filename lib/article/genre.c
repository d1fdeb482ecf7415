/*
 * The grammar of notes about other people's stories: a note by the desk that
 * made the page, a dateline, an excerpt, [Full Story], a contact line.
 */
#include "article/parts.h"
#include "base/limits.h"

enum { LABEL_B = 48, FURNITURE_B = 90, SEARCH_N = 40 };

/* "ICC Note:", "Open Gate Note:", "CWN Editor's Note:", "Editor’s note:"; the length with the mark, and whose it is. */
static size_t
note_label(struct str s, struct str *ret_by)
{
	static const struct { const char *words; bool any_case; } owners[] = {
		{ " editor's note", true }, { " editor\xe2\x80\x99s note", true }, { " Note", false }, { " NOTE", false },
	};
	struct str front = str_sub(s, 0, LABEL_B);
	size_t     best = STR_NONE, end = 0;

	for (size_t i = 0; i < sizeof(owners) / sizeof(*owners); i++) {
		struct str words = str_of(owners[i].words), first = str_sub(words, 1, words.n);
		bool       leads = owners[i].any_case && str_starts_nocase(front, first);
		size_t     at = leads ? 0 : owners[i].any_case ? str_find_nocase(front, words) : str_find(front, words);
		size_t     n = leads ? first.n : words.n;

		if (at != STR_NONE && at < best)
			best = at, end = at + n;
	}
	if (best == STR_NONE)
		return 0;
	*ret_by = str_sub(s, 0, best);
	for (size_t i = 0, words = 1; i < best; i++) {
		words += s.p[i] == ' ';
		if (words > 4 || strchr(".,;:!?\n", s.p[i]) != NULL)
			return 0;
	}
	if (best > 0 && !(s.p[0] >= 'A' && s.p[0] <= 'Z') && (unsigned char)s.p[0] < 0x80)
		return 0;
	if (end < s.n && s.p[end] == ':')
		return end + 1;
	/* Without a colon only an acronym is taken for a label: "ICC Note Mauritania ..." */
	return best >= 2 && best <= 5 && end < s.n && s.p[end] == ' ' && str_find_char(str_sub(s, 0, best), ' ') == STR_NONE &&
	    s.p[1] >= 'A' && s.p[1] <= 'Z' ? end : 0;
}

static const char *const story_marks[] = { "full story", "go to full story", "read full story", "read the full story", "read more",
	"continue reading", "continue reading this story", "read more here", "원문 보기", "기사 원문", "원문보기" };

bool
td_is_story_mark(struct str s)
{
	s = str_trim(s);
	if (s.n > 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		s = str_trim(str_sub(s, 1, s.n - 1));
	while (s.n > 0 && strchr(":>.", s.p[s.n - 1]) != NULL)
		s = str_trim(str_sub(s, 0, s.n - 1));
	for (size_t i = 0; i < sizeof(story_marks) / sizeof(*story_marks); i++)
		if (str_eq_nocase(s, str_of(story_marks[i])))
			return true;
	return false;
}

/* "기사 원문: https://…", "Source: https://…": the mark, then the address in the open. */
static bool
story_mark_with_address(struct str s, struct str *ret_mark, struct str *ret_url)
{
	size_t at = str_find(s, STR("http"));

	if (at == STR_NONE || at > LABEL_B || !(str_starts(str_sub(s, at, s.n), STR("http://")) || str_starts(str_sub(s, at, s.n), STR("https://"))))
		return false;
	*ret_mark = str_trim(str_sub(s, 0, at));
	*ret_url = str_trim(str_sub(s, at, s.n));
	return str_find_char(*ret_url, ' ') == STR_NONE && td_is_story_mark(*ret_mark);
}

static void
take_story_mark(struct draft *d, struct part *p)
{
	struct article *a = d->article;
	struct str      mark = p->text, url = p->href;

	if (!td_is_story_mark(p->text) && !story_mark_with_address(p->text, &mark, &url))
		return;
	p->is_dropped = true;
	if (a->full_story_mark.n > 0)
		return;
	a->full_story_mark = mark;
	a->full_story = td_draft_url(d, url);
	td_draft_why(d, "full_story", 95, "the mark %.40s%s", arena_copy(d->arena, mark).p, a->full_story.n > 0 ? "" : ", which has no address");
}

static size_t
email_at(struct str s, size_t *ret_n)
{
	size_t at = str_find_char(s, '@'), from = at, to;

	if (at == STR_NONE || at == 0)
		return STR_NONE;
	while (from > 0 && strchr(" \t\n<>(),;:\"", s.p[from - 1]) == NULL)
		from--;
	for (to = at; to < s.n && strchr(" \t\n<>(),;:\"", s.p[to]) == NULL; to++)
		;
	while (to > at && strchr(".!?", s.p[to - 1]) != NULL)
		to--;
	*ret_n = to - from;
	return from < at && to > at + 3 ? from : STR_NONE;
}

/* "Gina Goh, ICC’s Regional Manager" */
static void
add_person(struct contact *c, struct str s)
{
	struct contact_person p = { STR(""), STR("") };
	struct str rest = str_trim(s);

	while (rest.n > 0 && strchr(",;:.", rest.p[rest.n - 1]) != NULL)
		rest.n--;
	if (rest.n == 0 || c->people.n == LIMIT_LIST_N || !str_cut(&rest, ',', &p.name))
		return;
	p.name = str_trim(p.name);
	p.role = rest.p != NULL ? str_trim(rest) : STR("");
	if (p.name.n > 2 && p.name.p[0] != '[')
		c->people.v[c->people.n++] = p;
}

/* For interviews with NAME, ROLE, please contact NAME, ROLE: ADDRESS */
static bool
read_contact(struct str s, struct contact *c)
{
	size_t please = str_find_nocase(s, STR("please ")), with, verb, n = 0, mail = email_at(s, &n);
	struct str before, after;

	if (please == STR_NONE || (mail == STR_NONE && str_find(s, STR("[email")) == STR_NONE && !str_starts_nocase(s, STR("for interviews"))))
		return false;
	before = str_sub(s, 0, please);
	after = str_sub(s, please + 7, mail == STR_NONE ? s.n : mail);
	verb = str_starts_nocase(after, STR("contact")) ? 7 : str_starts_nocase(after, STR("email")) ? 5 : 0;
	if (verb == 0)
		return false;
	with = str_find_nocase(before, STR(" with "));
	if (with != STR_NONE)
		add_person(c, str_sub(before, with + 6, before.n));
	add_person(c, str_sub(after, verb, after.n));
	if (mail != STR_NONE)
		c->email = str_sub(s, mail, mail + n);
	c->text = str_sub(s, 0, LIMIT_FIELD_B);
	return true;
}

static void
take_contact(struct draft *d, struct part *p)
{
	struct contact c = { 0 };

	if (p->text.n > 600 || d->article->contact.text.n > 0 || str_find_nocase(p->text, STR("please ")) == STR_NONE)
		return;
	c.people.v = arena_array(d->arena, LIMIT_LIST_N, struct contact_person);
	if (!read_contact(p->text, &c))
		return;
	if (c.email.n == 0 && str_starts(p->href, STR("mailto:")))
		c.email = str_sub(p->href, 7, p->href.n);
	d->article->contact = c;
	p->is_dropped = true;
	td_draft_why(d, "contact", 90, "the line that says whom to contact");
}

/* Everything before the note or the dateline that is no sentence: tagline, menu, headings of the theme. */
static void
drop_furniture_before(struct draft *d, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (d->tree == NULL || d->parts[i].text.n < FURNITURE_B)
			d->parts[i].is_dropped = true;
}

static size_t
take_note(struct draft *d, size_t i)
{
	struct article *a = d->article;
	struct str      by, s = d->parts[i].text;
	struct dateline other;
	size_t          n = note_label(s, &by);

	if (n == 0)
		return 0;
	a->note_by = str_trim(by);
	a->note = str_trim(str_sub(s, n, s.n));
	d->parts[i].is_dropped = true;
	if (a->note.n == 0 && i + 1 < d->parts_n && td_dateline_genre(d->parts[i + 1].text, &other) == 0) {
		a->note = d->parts[++i].text;
		d->parts[i].is_dropped = true;
	}
	a->note = str_sub(a->note, 0, LIMIT_NOTE_B);
	td_draft_why(d, "note", 95, "the label \"%.40s\"", arena_copy(d->arena, str_sub(s, 0, n)).p);
	return i + 1;
}

static bool
take_dateline(struct draft *d, size_t i)
{
	struct article *a = d->article;
	struct part    *p = &d->parts[i];
	size_t          n = td_dateline_genre(p->text, &a->dateline);

	if (n == 0)
		return false;
	p->text = str_trim(str_sub(p->text, n, p->text.n));
	p->is_dropped = p->text.n == 0;
	td_draft_why(d, "dateline", 95, "date, place and source at the front of paragraph %zu", i + 1);
	if (d->published_confidence < 40) {
		a->published = a->dateline.date;
		td_draft_why(d, "published", 60, "the dateline's date");
	}
	return true;
}

static void
take_wire_dateline(struct draft *d)
{
	for (size_t i = 0, seen = 0; i < d->parts_n && seen < 6; i++) {
		if (d->parts[i].is_dropped || d->parts[i].kind == BLOCK_HEADING || d->parts[i].kind == BLOCK_CAPTION)
			continue;
		seen++;
		if (td_dateline_wire(d->parts[i].text, &d->article->dateline) > 0) {
			td_draft_why(d, "dateline", 85, "place and source at the front of paragraph %zu", i + 1);
			return;
		}
	}
}

/* "[매체] 제목" over "[매체 2024-01-25]": a clipping by another desk. */
static void
take_clipping(struct draft *d)
{
	for (size_t i = 0; i < d->parts_n && i < 6; i++) {
		struct str s = d->parts[i].text;
		struct dateline *line = &d->article->dateline;
		size_t     space;

		if (s.n < 14 || s.p[0] != '[' || s.p[s.n - 1] != ']' || (space = str_find_char(s, ' ')) == STR_NONE ||
		    td_date_read(str_sub(s, space + 1, s.n - 1), &line->date) != s.n - 2 - space)
			continue;
		line->source = str_sub(s, 1, space);
		line->text = s;
		d->parts[i].is_dropped = true;
		td_draft_why(d, "dateline", 85, "source and date in brackets");
		if (d->published_confidence < 40)
			d->article->published = line->date;
		if (i > 0 && d->article->title.n == 0 && d->parts[0].text.p[0] == '[') {
			d->article->title = str_sub(d->parts[0].text, str_find_char(d->parts[0].text, ']') + 1, d->parts[0].text.n);
			d->article->title = str_trim(d->article->title);
			d->parts[0].is_dropped = true;
			td_draft_why(d, "title", 80, "the line over source and date");
		}
		return;
	}
}

static bool
is_shortcode_name(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
}

/* [vc_row …], [/et_pb_text]: what a page builder left in public. */
static struct str
without_shortcodes(struct arena *a, struct str s)
{
	char  *p;
	size_t n = 0;

	if (str_find(s, STR("[vc_")) == STR_NONE && str_find(s, STR("[et_pb_")) == STR_NONE && str_find(s, STR("[/")) == STR_NONE)
		return s;
	p = arena_take(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		struct str r = str_sub(s, i, s.n);
		size_t     k = str_starts(r, STR("[/")) ? 2 : 1, end = str_find_char(r, ']');

		if (r.p[0] == '[' && (str_starts(str_sub(r, k, r.n), STR("vc_")) || str_starts(str_sub(r, k, r.n), STR("et_pb_"))) &&
		    k < r.n && is_shortcode_name(r.p[k]) && end != STR_NONE)
			i += end;
		else
			p[n++] = s.p[i];
	}
	return str_trim((struct str){ p, n });
}

void
td_genre(struct draft *d)
{
	struct article *a = d->article;
	size_t          after_note = 0;
	bool            has_dateline = false;

	for (size_t i = 0; i < d->parts_n; i++) {
		d->parts[i].text = without_shortcodes(d->arena, d->parts[i].text);
		d->parts[i].is_dropped |= d->parts[i].text.n == 0;
	}
	for (size_t i = 0; i < d->parts_n && i < SEARCH_N && after_note == 0; i++)
		if (!d->parts[i].is_dropped && (after_note = take_note(d, i)) > 0)
			drop_furniture_before(d, i);
	for (size_t i = after_note; i < d->parts_n && i < after_note + SEARCH_N && !has_dateline; i++)
		if (!d->parts[i].is_dropped && (has_dateline = take_dateline(d, i)) && a->note.n == 0)
			drop_furniture_before(d, i);
	if (!has_dateline)
		take_clipping(d);
	if (!has_dateline && a->dateline.text.n == 0)
		take_wire_dateline(d);
	for (size_t i = 0; i < d->parts_n; i++)
		if (!d->parts[i].is_dropped)
			take_story_mark(d, &d->parts[i]);
	for (size_t i = 0; i < d->parts_n; i++)
		if (!d->parts[i].is_dropped)
			take_contact(d, &d->parts[i]);
	if (a->dateline.country.n > 0) {
		a->subject = a->dateline.country;
		td_draft_why(d, "subject", 50, "the dateline's place");
	}
}
