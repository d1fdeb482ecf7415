#include "app/say.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"

static void
line(const char *label, struct str value)
{
	if (value.n > 0)
		printf("%-12s %" STR_FMT "\n", label, STR_ARG(value));
}

static void
date_line(const char *label, const struct civil *c)
{
	char shown[CIVIL_SHOWN];

	if (c->precision != CIVIL_NONE)
		line(label, str_of(civil_iso(c, shown)));
}

static void
time_line(const char *label, int64_t us)
{
	char shown[CIVIL_SHOWN];

	if (us != 0)
		line(label, str_of(instant_iso(us, shown)));
}

static void
text(struct str s)
{
	fwrite(s.p, 1, s.n, stdout);
	if (s.n > 0)
		printf("\n");
}

/* What stands for a title when the page has none. */
static struct str
shown_title(struct str title, struct str url)
{
	return title.n > 0 ? title : url.n > 0 ? url : STR("(no headline on the page)");
}

void
say_item(const struct store_item *it)
{
	char       id[ID_SHOWN], when[CIVIL_SHOWN];
	struct str mark = it->note_status >= 0 ? str_of(note_status_name[it->note_status]) : STR("-");

	instant_iso(it->taken_us, when);
	if (id_is_none(&it->article))
		id_show(ID_CAPTURE, &it->capture, id);
	else
		id_show(ID_ARTICLE, &it->article, id);
	printf("%s  %.16s  %-9" STR_FMT "  %" STR_FMT "%s%" STR_FMT "\n", id, when, STR_ARG(mark),
	    STR_ARG(it->url.n > 0 ? shown_title(it->title, it->url) : STR("(erased)")), it->carrier.n > 0 ? " - " : "", STR_ARG(it->carrier));
}

void
say_note_line(const struct store_note *n)
{
	char id[ID_SHOWN], when[CIVIL_SHOWN];

	printf("%s  %.16s  %-9s  %-2" STR_FMT "  %" STR_FMT "\n", id_show(ID_NOTE, &n->id, id), instant_iso(n->saved_us, when),
	    note_status_name[n->status], STR_ARG(n->country), STR_ARG(shown_title(n->heading, n->article_title)));
}

static void
say_record(const struct store_record *r)
{
	char hex[65];

	for (int i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", r->sha256[i]);
	printf("  %-10s captures/%" STR_FMT " at %lld, %lld bytes, sha256:%s\n             %" STR_FMT "\n",
	    record_type_name[r->type], STR_ARG(r->segment), (long long)r->offset, (long long)r->length, hex,
	    STR_ARG(r->target_url));
}

void
say_capture(const struct store_capture *c)
{
	char id[ID_WHOLE], when[CIVIL_SHOWN];

	line("capture", str_of(id_show_whole(ID_CAPTURE, &c->id, id)));
	if (c->erased_us != 0) {
		printf("%-12s %s: %" STR_FMT "\n", "erased", instant_iso(c->erased_us, when), STR_ARG(c->erased_why));
		printf("%-12s entry %lld: something was held at this desk no later than %s; what it was, nobody can say any more\n", "ledger",
		    (long long)c->ledger_seq, instant_iso(c->held_us, when));
		return;
	}
	line("address", c->url);
	if (!str_eq(c->url, c->final_url))
		line("led to", c->final_url);
	time_line("taken", c->taken_us);
	line("how", c->how == HOW_SUPPLIED ? STR("supplied by an editor, not fetched by us") :
	    c->how == HOW_IMPORTED ? STR("out of a WARC file, not fetched by us") : STR("fetched by us"));
	printf("%-12s %" STR_FMT "%s%" STR_FMT "\n", "why", STR_ARG(c->by), c->by.n > 0 && c->why.n > 0 ? ": " : "", STR_ARG(c->why));
	if (c->status != 0)
		printf("%-12s %lld\n", "status", (long long)c->status);
	line("kind", c->media_type);
	line("fault", c->fault);
	if (!id_is_none(&c->article))
		line("article", str_of(id_show(ID_ARTICLE, &c->article, id)));
	if (!id_is_none(&c->parts))
		line("files", str_of(id_show(ID_CAPTURE, &c->parts, id)));
	if (!id_is_none(&c->part_of))
		line("part of", str_of(id_show(ID_CAPTURE, &c->part_of, id)));
	if (c->is_sealed)
		line("sealed", STR("each record under a key of its own"));
	printf("%-12s entry %lld: these bytes existed at this desk no later than %s and are unchanged since\n", "ledger",
	    (long long)c->ledger_seq, instant_iso(c->held_us, when));
	for (size_t i = 0; i < c->records.n; i++)
		say_record(&c->records.v[i]);
}

static void
say_contact(const struct contact *c)
{
	for (size_t i = 0; i < c->people.n; i++)
		printf("%-12s %" STR_FMT "%s%" STR_FMT "\n", "contact", STR_ARG(c->people.v[i].name),
		    c->people.v[i].role.n > 0 ? ", " : "", STR_ARG(c->people.v[i].role));
	line("", c->email);
	line("", c->phone);
}

static void
say_dateline(const struct dateline *d)
{
	line("dateline", d->text);
	date_line("  date", &d->date);
	line("  place", d->place);
	line("  country", d->country);
	line("  source", d->source);
}

/* "14 minutes later" */
static void
say_distance(int64_t us)
{
	static const struct { int64_t us; const char *unit; } units[] = { { 86400 * US_PER_S, "day" }, { 3600 * US_PER_S, "hour" },
		{ 60 * US_PER_S, "minute" }, { US_PER_S, "second" } };
	int64_t far = us < 0 ? -us : us;
	size_t  i = 0;

	while (i < 3 && far < units[i].us)
		i++;
	printf("%lld %s%s %s", (long long)(far / units[i].us), units[i].unit, far / units[i].us == 1 ? "" : "s", us < 0 ? "earlier" : "later");
}

void
say_seen(const struct store_seen_page *p, int64_t held_us)
{
	for (size_t i = 0; i < p->list.n; i++) {
		const struct store_seen *s = &p->list.v[i];

		printf("%-12s by %" STR_FMT ", ", "also seen", STR_ARG(s->name));
		say_distance(s->their_us - held_us);
		printf(", %s (entry %lld of its ledger, by its own word)\n", s->is_same ? "same text" : "another text", (long long)s->their_entry);
	}
}

void
say_article(const struct store_article_view *v)
{
	const struct article *a = &v->article;
	char id[ID_WHOLE];

	line("article", str_of(id_show_whole(ID_ARTICLE, &v->id, id)));
	if (v->taken.erased_us != 0) {
		say_capture(&v->taken);
		for (size_t i = 0; i < v->notes.n; i++)
			line("our note", str_of(id_show(ID_NOTE, &v->notes.v[i].id, id)));
		return;
	}
	line("capture", str_of(id_show_whole(ID_CAPTURE, &v->capture, id)));
	for (size_t i = 0; i < v->notes.n; i++)
		line("our note", str_of(id_show(ID_NOTE, &v->notes.v[i].id, id)));
	line("title", a->title);
	for (size_t i = 0; i < a->byline.n; i++)
		line("by", a->byline.v[i]);
	date_line("published", &a->published);
	date_line("modified", &a->modified);
	say_dateline(&a->dateline);
	line("about", a->subject);
	line("publisher", a->publisher);
	line("carrier", a->carrier);
	line("origin", a->origin);
	line("language", a->language);
	line("section", a->section);
	for (size_t i = 0; i < a->tags.n; i++)
		line("tag", a->tags.v[i]);
	line("image", a->image);
	line("  caption", a->image_caption);
	line("  credit", a->image_credit);
	line("address", v->taken.final_url);
	line("full story", a->full_story);
	say_contact(&a->contact);
	for (size_t i = 0; i < a->warnings.n; i++)
		line("warning", a->warnings.v[i]);
	if (a->note.n > 0) {
		printf("\ntheir note (%" STR_FMT "), not ours:\n", STR_ARG(a->note_by));
		text(a->note);
	}
	printf("\n");
	text(a->text);
}

void
say_note(const struct store_note *n)
{
	char id[ID_WHOLE];

	line("note", str_of(id_show_whole(ID_NOTE, &n->id, id)));
	if (!id_is_none(&n->article))
		line("about", str_of(id_show_whole(ID_ARTICLE, &n->article, id)));
	printf("%-12s %s (version %lld, %s)\n", "status", note_status_name[n->status], (long long)n->version,
	    sensitivity_name[n->sensitivity]);
	time_line("saved", n->saved_us);
	time_line("published", n->published_us);
	line("heading", n->heading);
	line("country", n->country);
	line("carrier", n->carrier);
	line("origin", n->origin);
	say_dateline(&n->dateline);
	line("full story", n->full_story);
	for (size_t i = 0; i < n->contacts.n; i++)
		printf("%-12s %" STR_FMT "%s%" STR_FMT " %" STR_FMT "\n", "contact", STR_ARG(n->contacts.v[i].name),
		    n->contacts.v[i].role.n > 0 ? ", " : "", STR_ARG(n->contacts.v[i].role), STR_ARG(n->contacts.v[i].email));
	printf("\n");
	text(n->text);
	for (size_t i = 0; i < n->excerpts.n; i++)
		printf("\n> %" STR_FMT "\n", STR_ARG(n->excerpts.v[i].text));
}

bool
say_json(const struct wire_desc *desc, const void *value)
{
	struct buf out = BUF_INIT(2 * LIMIT_MESSAGE_B);
	bool       fits;

	td_wire_json(&out, desc, value);
	buf_add_char(&out, '\n');
	if ((fits = !out.failed))
		fwrite(out.p, 1, out.n, stdout);
	else
		fprintf(stderr, "tidings: the answer is larger than %zu MB; not printed\n", (size_t)(2 * LIMIT_MESSAGE_B / MiB));
	buf_free(&out);
	return fits;
}

void
say_progress(struct str doing, int64_t done, int64_t total)
{
	static int64_t last_us;
	int64_t        now = os_ticks_us();
	int            part = total > 0 ? (int)(done * 30 / total) : 0;

	if (!isatty(STDERR_FILENO) || (now - last_us < US_PER_S / 10 && done < total))
		return;
	last_us = now;
	if (done >= total)
		fprintf(stderr, "\r\033[K");
	else
		fprintf(stderr, "\r\033[K[%-30.*s] %3d %%  %" STR_FMT, part, "##############################",
		    (int)(done * 100 / total), STR_ARG(doing));
}
