#include "article/given.h"

#include <stdarg.h>
#include <stdio.h>

#include "article/parts.h"
#include "base/limits.h"
#include "text/utf8.h"

enum { TITLE_AMONG_N = 3 };     /* a headline stands among the first parts or nowhere */

void
td_given_add(struct arena *a, struct article_given *g, enum block_kind kind, int64_t level, int64_t page, struct str text)
{
	if (text.n == 0 || g->parts.n == LIMIT_BLOCKS_N)
		return;
	if (g->parts.n == g->parts.room) {
		size_t             room = g->parts.room > 0 ? g->parts.room * 2 : 64;
		struct given_part *more = arena_array(a, room, struct given_part);

		if (g->parts.n > 0)
			memcpy(more, g->parts.v, g->parts.n * sizeof(*more));
		g->parts.v = more;
		g->parts.room = room;
	}
	g->parts.v[g->parts.n++] = (struct given_part){ kind, level, page, text };
}

void
td_given_warn(struct arena *a, struct article_given *g, const char *fmt, ...)
{
	char    line[512];
	va_list ap;

	if (g->warnings.v == NULL)
		g->warnings.v = arena_array(a, LIMIT_LIST_N, struct str);
	if (g->warnings.n == LIMIT_LIST_N)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	line[td_utf8_valid_prefix(bytes_of(str_of(line)))] = '\0';
	g->warnings.v[g->warnings.n++] = arena_copy(a, str_of(line));
}

static struct str
field(struct draft *d, const struct article_given *g, const char *name, struct str value)
{
	value = td_draft_fold(d->arena, value);
	value.n = td_utf8_floor(value, value.n < LIMIT_FIELD_B ? value.n : LIMIT_FIELD_B);
	if (value.n > 0 && g->why != NULL)
		td_draft_why(d, name, (int)g->confidence, "%s", g->why);
	return value;
}

/* What says nothing of itself is called by its first heading. */
static struct str
first_heading(struct draft *d, const struct article_given *g)
{
	for (size_t i = 0; i < g->parts.n && i < TITLE_AMONG_N; i++)
		if (g->parts.v[i].kind == BLOCK_HEADING) {
			td_draft_why(d, "title", 70, "the first heading");
			return str_sub(g->parts.v[i].text, 0, td_utf8_floor(g->parts.v[i].text, LIMIT_FIELD_B));
		}
	return STR("");
}

static void
take_fields(struct draft *d, const struct article_given *g)
{
	struct article *a = d->article;

	a->title = field(d, g, "title", g->title);
	if (a->title.n == 0)
		a->title = first_heading(d, g);
	a->publisher = field(d, g, "publisher", g->publisher);
	a->byline.v = arena_array(d->arena, g->byline.n + 1, struct str);
	for (size_t i = 0; i < g->byline.n && a->byline.n < LIMIT_LIST_N; i++) {
		a->byline.v[a->byline.n] = field(d, g, "byline", g->byline.v[i]);
		a->byline.n += a->byline.v[a->byline.n].n > 0;
	}
	a->published = g->published;
	a->modified = g->modified;
	if (g->published.precision != CIVIL_NONE) {
		td_draft_why(d, "published", (int)g->confidence, "%s", g->why != NULL ? g->why : "");
		d->published_confidence = (int)g->confidence;
	}
	if (g->modified.precision != CIVIL_NONE)
		td_draft_why(d, "modified", (int)g->confidence, "%s", g->why != NULL ? g->why : "");
}

static void
take_links(struct draft *d, const struct article_given *g)
{
	struct article *a = d->article;

	a->links.v = arena_array(d->arena, g->links.n + 1, struct article_link);
	for (size_t i = 0; i < g->links.n && a->links.n < LIMIT_LINKS_N; i++) {
		struct article_link l = { .url = td_draft_url(d, g->links.v[i].url), .text = g->links.v[i].text };

		l.text.n = td_utf8_floor(l.text, 200);
		l.kind = td_link_kind_of(d, l.url);
		if (l.url.n > 0)
			a->links.v[a->links.n++] = l;
	}
}

struct str
td_given_fold(struct arena *a, struct str s)
{
	return td_draft_fold(a, s);
}

void
td_given_blocks(struct arena *a, struct article_given *g, const struct article *article)
{
	for (size_t i = 0; i < article->blocks.n; i++) {
		const struct block *b = &article->blocks.v[i];

		td_given_add(a, g, b->kind, b->level, b->page, str_sub(article->text, (size_t)b->from, (size_t)b->to));
	}
}

void
td_given_override(struct arena *arena, const struct article_given *g, struct article *a)
{
	struct article said;
	struct draft   d;

	td_draft_start(&d, arena, &said, a->file, a->url);
	take_fields(&d, g);
	d.article = a;
	a->title = said.title.n > 0 ? said.title : a->title;
	a->publisher = said.publisher.n > 0 ? said.publisher : a->publisher;
	if (said.byline.n > 0)
		a->byline = said.byline;
	if (said.published.precision != CIVIL_NONE)
		a->published = said.published;
	if (a->carrier.n == 0 && a->note.n == 0)
		a->carrier = a->publisher;
	for (size_t i = 0; i < said.why.n; i++)
		td_draft_why(&d, arena_copy(arena, said.why.v[i].field).p, (int)said.why.v[i].confidence, "%s", g->why != NULL ? g->why : "");
	for (size_t i = 0; i < g->warnings.n; i++)
		td_draft_warn(&d, "%" STR_FMT, STR_ARG(g->warnings.v[i]));
}

void
td_article_of_given(struct arena *arena, const struct article_given *g, struct article *ret)
{
	struct draft d;

	td_draft_start(&d, arena, ret, g->file, g->url);
	for (size_t i = 0; i < g->warnings.n; i++)
		ret->warnings.v[ret->warnings.n++] = g->warnings.v[i];
	take_fields(&d, g);
	for (size_t i = 0; i < g->parts.n; i++)
		td_draft_add(&d, g->parts.v[i].kind, g->parts.v[i].level, g->parts.v[i].text)->page = g->parts.v[i].page;
	take_links(&d, g);
	if (g->language.n >= 2 && g->language.n <= 35)
		d.said[d.said_n++] = (struct said_language){ g->language, g->why != NULL ? g->why : "" };
	td_draft_finish(&d);
}
