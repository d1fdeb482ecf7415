#include "publish/site.h"

#include <stdio.h>

#include "base/limits.h"
#include "text/utf8.h"

/* One note page: whose language its furniture speaks, and what it prints. */
struct note_page {
	struct arena            *arena;
	const struct site       *site;
	const struct store_note *note;
	enum words_lang          lang;
	struct page_values      *values;
};

static void
add_dateline(struct note_page *p)
{
	const struct dateline *d = &p->note->dateline;
	struct str             source = d->source.n > 0 ? d->source : p->note->carrier;
	struct str             place = d->place.n > 0 || d->country.n != 2 ? d->place : site_country_name(p->lang, d->country);
	struct buf             b = BUF_INIT(4 * LIMIT_FIELD_B);
	char                   day[3][8], iso[CIVIL_SHOWN];

	if (d->date.precision >= CIVIL_DAY) {
		snprintf(day[0], sizeof(day[0]), "%02d", d->date.day);
		snprintf(day[1], sizeof(day[1]), "%02d", d->date.month);
		snprintf(day[2], sizeof(day[2]), "%04d", d->date.year);
		buf_add(&b, td_words_fill(p->arena, td_words(p->lang, STR("public.dateline.date")),
		    (struct str[]){ str_of(day[0]), str_of(day[1]), str_of(day[2]) }, 3));
	} else if (d->date.precision != CIVIL_NONE)
		buf_add(&b, str_of(civil_iso(&d->date, iso)));
	if (place.n > 0) {
		buf_add(&b, b.n > 0 ? STR(" ") : STR(""));
		buf_add(&b, place);
	}
	if (source.n > 0 && b.n > 0) {
		buf_add(&b, STR(" ("));
		buf_add(&b, source);
		buf_add(&b, STR(")"));
	}
	if (b.n > 0) {
		buf_add(&b, STR(" –"));
		td_page_str(p->values, "dateline", arena_copy(p->arena, buf_str(&b)));
	}
	buf_free(&b);
}

static bool
has_hangul(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_utf8_next(s, &at);

		if (c >= 0xAC00 && c <= 0xD7A3)
			return true;
	}
	return false;
}

/* The note does not say what language the story is in: Hangul is Korean; anything else that is not the note's is unknown (""). */
static void
add_excerpt_lang(struct note_page *p)
{
	bool korean_note = str_starts_nocase(p->note->language, STR("ko")), korean = false;

	for (size_t i = 0; i < p->note->excerpts.n; i++)
		korean = korean || has_hangul(p->note->excerpts.v[i].text);
	if (korean == korean_note)
		return;
	td_page_flag(p->values, "excerpt_marked", true);
	td_page_str(p->values, "excerpt_lang", korean ? STR("ko") : STR(""));
}

/*
 * Spans become paragraphs.  One byte between two spans is the space between
 * two sentences, two are the break between two paragraphs (article.text);
 * anything more was left out, which the reader is told.
 */
static void
add_excerpt(struct note_page *p)
{
	const struct excerpt *v = p->note->excerpts.v;
	struct buf            b = BUF_INIT(2 * LIMIT_TEXT_B);

	for (size_t i = 0; i < p->note->excerpts.n; i++) {
		bool         ends = i + 1 == p->note->excerpts.n || v[i + 1].from - v[i].to != 1;
		struct str   rest, paragraph;

		buf_add(&b, v[i].text);
		buf_add(&b, ends ? STR("") : STR(" "));
		if (!ends)
			continue;
		rest = arena_copy(p->arena, buf_str(&b));
		buf_reset(&b);
		while (str_cut(&rest, '\n', &paragraph))
			if (str_trim(paragraph).n > 0)
				td_page_str(td_page_add(p->values, "pieces"), "text", str_trim(paragraph));
		if (i + 1 < p->note->excerpts.n && v[i + 1].from - v[i].to > 2) {
			struct page_values *cut = td_page_add(p->values, "pieces");

			td_page_flag(cut, "cut", true);
			td_page_str(cut, "text", STR(""));
		}
	}
	buf_free(&b);
	td_page_flag(p->values, "has_excerpt", p->note->excerpts.n > 0);
	add_excerpt_lang(p);
}

static void
add_source(struct note_page *p)
{
	const struct store_note *note = p->note;

	if (note->carrier.n > 0)
		td_page_str(p->values, "carried", site_word(p->arena, p->lang, STR("public.carried"), note->carrier));
	if (note->origin.n > 0 && !str_eq(note->origin, note->carrier))
		td_page_str(p->values, note->carrier.n > 0 ? "originated" : "carried",
		    site_word(p->arena, p->lang, STR("public.originated"), note->origin));
	td_page_url(p->values, "full_story", note->full_story);
	td_page_url(p->values, "cite", note->full_story);
}

static struct str
joined(struct arena *a, const char *before, struct str s, const char *between, struct str t)
{
	struct buf b = BUF_INIT(4 * LIMIT_FIELD_B);
	struct str out;

	buf_add(&b, str_of(before));
	buf_add(&b, s);
	if (t.n > 0) {
		buf_add(&b, str_of(between));
		buf_add(&b, t);
	}
	out = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static void
add_contacts(struct note_page *p)
{
	for (size_t i = 0; i < p->note->contacts.n; i++) {
		const struct store_contact *c = &p->note->contacts.v[i];
		struct page_values         *row = td_page_add(p->values, "contacts");
		struct str                  args[2] = { c->about, joined(p->arena, "", c->name, ", ", c->role) };

		if (c->about.n == 0)
			args[0] = td_words(p->lang, STR("public.contact.anyone"));
		td_page_str(row, "line", td_words_fill(p->arena, td_words(p->lang, STR("public.contact")), args, 2));
		td_page_str(row, "email", c->email);
		td_page_str(row, "phone", c->phone);
		td_page_url(row, "mailto", joined(p->arena, "mailto:", c->email, "", STR("")));
	}
}

/* Who did it is the desk's business; when and why is the reader's. */
static void
add_changes(struct note_page *p)
{
	struct page_values *row = NULL;
	bool                is_first;

	for (size_t i = p->note->history.n; i-- > 0;) {
		const struct store_note_line *l = &p->note->history.v[i];

		if ((l->act != ACT_CORRECT && l->act != ACT_UPDATE) || l->status != NOTE_PUBLISHED)
			continue;
		if (row != NULL)
			td_page_flag(row, "last", false);
		is_first = row == NULL;
		row = td_page_add(p->values, "changes");
		td_page_flag(row, "first", is_first);
		td_page_flag(row, "last", true);
		td_page_str(row, "iso", site_iso(p->arena, l->saved_us));
		td_page_str(row, "date", site_date(p->arena, p->lang, l->saved_us));
		td_page_str(row, "act", td_words(p->lang, l->act == ACT_CORRECT ? STR("public.act.correct") : STR("public.act.update")));
		td_page_str(row, "why", l->why);
		if (l->saved_us > p->note->published_us) {
			td_page_str(p->values, "updated", site_date(p->arena, p->lang, p->note->saved_us));
			td_page_str(p->values, "updated_iso", site_iso(p->arena, p->note->saved_us));
		}
	}
}

static void
add_evidence(struct note_page *p)
{
	const struct store_note *note = p->note;
	struct civil             at = civil_from_instant(note->capture_us);
	char                     clock[16], shown[ID_SHOWN];
	struct str               args[2];

	if (id_is_none(&note->capture))
		return;
	snprintf(clock, sizeof(clock), "%02d:%02d", at.hour, at.minute);
	args[0] = site_date(p->arena, p->lang, note->capture_us);
	args[1] = str_of(clock);
	td_page_str(p->values, "evidence", site_word(p->arena, p->lang, STR("public.evidence.existed"),
	    td_words_fill(p->arena, td_words(p->lang, STR("public.instant")), args, 2)));
	if (note->capture_how == HOW_SUPPLIED)
		td_page_str(p->values, "how", td_words(p->lang, STR("public.evidence.supplied")));
	if (note->capture_how == HOW_IMPORTED)
		td_page_str(p->values, "how", td_words(p->lang, STR("public.evidence.imported")));
	td_page_str(p->values, "capture", arena_copy(p->arena, str_of(id_show(ID_CAPTURE, &note->capture, shown))));
	td_page_str(p->values, "sha256", str_sub(note->capture_hash, str_starts(note->capture_hash, STR("sha256:")) ? 7 : 0,
	    note->capture_hash.n));
	if (note->ledger_seq >= 0)
		td_page_i64(p->values, "ledger", note->ledger_seq);
}

static enum err_code
print_withdrawn(struct note_page *p, struct buf *out, struct err *err)
{
	struct str title = td_words(p->lang, STR("public.withdrawn.heading"));

	p->values = site_head(p->arena, p->site, p->lang, "../", joined(p->arena, "", title, " – ", p->site->name));
	td_page_str(p->values, "withdrawn", site_word(p->arena, p->lang, STR("public.withdrawn.on"),
	    site_date(p->arena, p->lang, p->note->saved_us)));
	td_page_str(p->values, "why", p->note->why);
	site_add_lang(p->values, "note_lang", p->note->language, p->lang);
	return site_print(p->site, p->lang, STR("withdrawn.html"), p->values, out, err);
}

static void
add_heading(struct note_page *p)
{
	const struct store_note *note = p->note;

	td_page_str(p->values, "heading", note->heading);
	td_page_str(p->values, "published", site_date(p->arena, p->lang, note->published_us));
	td_page_str(p->values, "published_iso", site_iso(p->arena, note->published_us));
	if (!str_eq_nocase(note->language, td_words_tag(p->lang))) {    /* furniture within a note of a language we do not speak */
		td_page_str(p->values, "note_lang", note->language);
		td_page_str(p->values, "ui_lang", td_words_tag(p->lang));
	}
	if (note->country.n == 2) {
		td_page_str(p->values, "country", site_country_name(p->lang, note->country));
		td_page_str(p->values, "country_file", site_country_file(p->arena, note->country));
	}
	td_page_str(p->values, "label", site_word(p->arena, p->lang, STR("public.label"), p->site->name));
}

enum err_code
site_note(struct arena *a, const struct site *site, const struct site_line *line, struct buf *out, struct err *err)
{
	struct note_page p = { .arena = a, .site = site, .note = line->note, .lang = site->lang };

	(void)td_words_lang(p.note->language, &p.lang);         /* else the site's own */
	if (p.note->status == NOTE_WITHDRAWN)
		return print_withdrawn(&p, out, err);
	p.values = site_head(a, site, p.lang, "../", joined(a, "", p.note->heading, " – ", site->name));
	td_page_str(p.values, "summary", str_sub(line->summary, 0, td_utf8_floor(line->summary, 300)));
	td_page_url(p.values, "canonical", site_url(a, site, "notes/", p.note->slug, ".html"));
	td_page_html(p.values, "text", line->text);
	add_heading(&p);
	add_dateline(&p);
	add_excerpt(&p);
	add_source(&p);
	add_contacts(&p);
	add_changes(&p);
	add_evidence(&p);
	return site_print(site, p.lang, STR("note.html"), p.values, out, err);
}
