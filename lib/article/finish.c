/* From parts to an article: the questions in their order, the text put together, what is missing said. */
#include "article/parts.h"
#include "base/limits.h"
#include "text/utf8.h"

void
td_draft_start(struct draft *d, struct arena *a, struct article *article, struct str file, struct str url)
{
	*d = (struct draft){ .arena = a, .article = article, .base_url = url };
	*article = (struct article){ .file = file, .url = url };
	article->why.v = arena_array(a, LIMIT_LIST_N, struct reason);
	article->warnings.v = arena_array(a, LIMIT_LIST_N, struct str);
}

/* Where [Full Story] leads, when the mark is a link; the main text may have left the link out. */
static void
find_story_link(struct draft *d)
{
	struct article *a = d->article;

	for (size_t i = 0; i < a->links.n && a->full_story.n == 0; i++) {
		struct str text = a->links.v[i].text;

		if (text.n > 64 || !td_is_story_mark(text))
			continue;
		a->full_story = a->links.v[i].url;
		if (a->full_story_mark.n == 0)
			a->full_story_mark = text;
		td_draft_why(d, "full_story", 95, "the link %.40s", arena_copy(d->arena, text).p);
	}
}

/* Parts that are left, with an empty line between paragraphs and one line end between items and rows. */
static void
assemble(struct draft *d)
{
	struct article *a = d->article;
	size_t          room = 1;
	char           *p;

	for (size_t i = 0; i < d->parts_n; i++)
		room += d->parts[i].is_dropped ? 0 : d->parts[i].text.n + 2;
	p = arena_take(d->arena, room);
	a->text.p = p;
	a->blocks.v = arena_array(d->arena, d->parts_n + 1, struct block);
	for (size_t i = 0; i < d->parts_n; i++) {
		const struct part *part = &d->parts[i];
		enum block_kind    last = a->blocks.n > 0 ? a->blocks.v[a->blocks.n - 1].kind : BLOCK_PARAGRAPH;
		bool               tight = (part->kind == BLOCK_ITEM || part->kind == BLOCK_ROW) && last == part->kind;

		if (part->is_dropped || part->text.n == 0 || a->text.n + part->text.n > LIMIT_TEXT_B)
			continue;
		if (a->text.n > 0) {
			memcpy(p + a->text.n, "\n\n", 2);
			a->text.n += tight ? 1 : 2;
		}
		a->blocks.v[a->blocks.n++] = (struct block){ part->kind, part->level, (int64_t)a->text.n,
			(int64_t)(a->text.n + part->text.n), part->page };
		memcpy(p + a->text.n, part->text.p, part->text.n);
		a->text.n += part->text.n;
	}
}

/* What a desk will miss is said, not guessed. */
static void
say_what_is_missing(struct draft *d)
{
	const struct article *a = d->article;

	if (a->kind != ARTICLE_STORY)
		return;
	if (a->title.n == 0)
		td_draft_warn(d, "no headline is on the page");
	if (a->byline.n == 0 && a->note.n > 0)
		td_draft_warn(d, "no byline is on the page");
	if (a->full_story_mark.n > 0 && a->full_story.n == 0)
		td_draft_warn(d, "the mark %.40s has no address", arena_copy(d->arena, a->full_story_mark).p);
	if (d->tree != NULL && a->url.n == 0 && a->canonical_url.n == 0)
		td_draft_warn(d, "the page's own address is not known");
}

/* No field may be longer than its message allows. */
static void
clamp(struct article *a)
{
	struct str *fields[] = { &a->title, &a->dateline.place, &a->dateline.source, &a->dateline.text, &a->publisher, &a->carrier, &a->origin,
		&a->note_by, &a->contact.text, &a->contact.email, &a->full_story_mark };

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		fields[i]->n = td_utf8_floor(*fields[i], fields[i]->n < LIMIT_FIELD_B ? fields[i]->n : LIMIT_FIELD_B);
	a->note.n = td_utf8_floor(a->note, a->note.n < LIMIT_NOTE_B ? a->note.n : LIMIT_NOTE_B);
	for (size_t i = 0; i < a->contact.people.n; i++) {
		a->contact.people.v[i].name.n = td_utf8_floor(a->contact.people.v[i].name, LIMIT_FIELD_B);
		a->contact.people.v[i].role.n = td_utf8_floor(a->contact.people.v[i].role, LIMIT_FIELD_B);
	}
}

void
td_draft_finish(struct draft *d)
{
	td_genre(d);
	td_sources(d);
	assemble(d);
	if (d->tree != NULL) {
		td_links(d);
		find_story_link(d);
	}
	if (d->tree == NULL)
		td_language(d);
	td_kind(d);
	say_what_is_missing(d);
	clamp(d->article);
}
