#include "article/read.h"

#include "article/dates.h"
#include "article/byline.h"
#include "article/main.h"
#include "article/parts.h"
#include "article/title.h"
#include "base/limits.h"
#include "json/read.h"
#include "text/charset.h"
#include "text/utf8.h"

void
td_article_warm_up(void)
{
	td_charset_warm_up();
}

static bool
looks_like_html(struct str s)
{
	static const char *const starts[] = { "<!doctype", "<html", "<head", "<body", "<?xml", "<!--", "<meta", "<title", "<div", "<p>", "<h1", "<table",
		"<article" };

	s = str_trim(str_sub(s, 0, 1024));
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_starts_nocase(s, str_of(starts[i])))
			return true;
	return false;
}

static void
take_dates(struct draft *d, const struct page_head *head, const struct html_node *root)
{
	struct page_dates dates;

	td_article_dates(d->tree, head, d->base_url, root, &dates);
	d->article->published = dates.published;
	d->article->modified = dates.modified;
	if (dates.why != NULL) {
		td_draft_why(d, "published", (int)dates.confidence, "%s", dates.why);
		d->published_confidence = (int)dates.confidence;
	}
	if (dates.why_modified != NULL)
		td_draft_why(d, "modified", 80, "%s", dates.why_modified);
}

static struct str
short_enough(struct str s)
{
	return str_sub(s, 0, td_utf8_floor(s, s.n < LIMIT_FIELD_B ? s.n : LIMIT_FIELD_B));
}

/* Returns the headline's element. */
static const struct html_node *
take_head(struct draft *d, const struct page_head *head)
{
	struct page_title  title;
	struct page_byline byline;
	struct article    *a = d->article;

	td_article_title(d->arena, head, &title);
	td_article_byline(d->arena, d->tree, head, title.site, &byline);
	a->title = short_enough(title.title);
	a->publisher = short_enough(title.site);
	a->byline = byline.names;
	if (title.why != NULL)
		td_draft_why(d, "title", (int)title.confidence, "%s", title.why);
	if (title.why_site != NULL)
		td_draft_why(d, "publisher", 80, "%s", title.why_site);
	if (byline.why != NULL)
		td_draft_why(d, "byline", (int)byline.confidence, "%s", byline.why);
	a->canonical_url = td_draft_url(d, head->canonical);
	return title.headline;
}

/* The story's blocks, as parts that the genre can take apart. */
static const struct html_node *
parts_of_tree(struct draft *d, const struct html_node *headline)
{
	struct main_text m;

	td_article_main(d->arena, d->tree, headline, &m);
	for (size_t i = 0; i < m.blocks_n; i++)
		td_draft_add(d, m.blocks[i].kind, m.blocks[i].level, str_sub(m.text, (size_t)m.blocks[i].from, (size_t)m.blocks[i].to));
	if (m.root != NULL)
		td_draft_why(d, "text", (int)m.confidence, "%s", m.why);
	if (m.cut)
		td_draft_warn(d, "the text is longer than %zu MB; the rest was left out", LIMIT_TEXT_B / MiB);
	return m.root;
}

/* Where [Full Story] leads, when the mark is a link; the main text may have left the link out. */
static void
find_story_link(struct draft *d)
{
	struct article *a = d->article;

	for (const struct html_node *n = d->tree->document; n != NULL && a->full_story.n == 0; n = td_html_next(n, d->tree->document)) {
		struct str text;

		if (n->tag != TAG_A || (text = td_html_text(d->arena, n)).n > 64 || !td_is_story_mark(text))
			continue;
		a->full_story = td_draft_url(d, td_html_attr(n, STR("href")));
		if (a->full_story.n > 0 && a->full_story_mark.n == 0)
			a->full_story_mark = text;
		if (a->full_story.n > 0)
			td_draft_why(d, "full_story", 95, "the link %.40s", arena_copy(d->arena, text).p);
	}
}

static void
find_links(struct draft *d)
{
	struct article *a = d->article;

	a->links.v = arena_array(d->arena, LIMIT_LINKS_N, struct article_link);
	for (const struct html_node *n = d->tree->document; n != NULL && a->links.n < LIMIT_LINKS_N; n = td_html_next(n, d->tree->document)) {
		struct str url;

		if (n->tag != TAG_A || (url = td_draft_url(d, td_html_attr(n, STR("href")))).n == 0)
			continue;
		a->links.v[a->links.n] = (struct article_link){ .url = url, .text = td_html_text(d->arena, n) };
		a->links.v[a->links.n].text.n = td_utf8_floor(a->links.v[a->links.n].text, 200);
		a->links.n++;
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
		a->blocks.v[a->blocks.n++] = (struct block){ part->kind, part->level, (int64_t)a->text.n, (int64_t)(a->text.n + part->text.n) };
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
	if (a->url.n == 0 && a->canonical_url.n == 0)
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

static void
read_html(struct draft *d, struct str text, struct html_tree *tree)
{
	const struct html_node *root;
	struct page_head        head;

	td_html_parse(d->arena, text, NULL, tree);
	d->tree = tree;
	if (tree->cut)
		td_draft_warn(d, "the page has more than %d parts; the rest was not read", LIMIT_NODES_N);
	td_article_head(d->arena, tree, &head);
	root = parts_of_tree(d, take_head(d, &head));
	take_dates(d, &head, root);
}

void
td_article_read(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct charset   charset;
	struct str       text = td_charset_decode(a, ask->body, ask->charset, &charset);
	struct draft     d = { .arena = a, .article = ret, .base_url = ask->url };
	struct html_tree tree;
	bool             is_html = str_find(ask->media_type, STR("html")) != STR_NONE || str_find(ask->media_type, STR("xml")) != STR_NONE ||
	    (!str_starts(ask->media_type, STR("text/plain")) && looks_like_html(text)) || looks_like_html(str_sub(text, 0, 300));

	*ret = (struct article){ .file = ask->file, .url = ask->url };
	ret->why.v = arena_array(a, LIMIT_LIST_N, struct reason);
	ret->warnings.v = arena_array(a, LIMIT_LIST_N, struct str);
	if (charset.replaced > 0)
		td_draft_warn(&d, "%zu characters could not be read as %s", charset.replaced, charset.name);
	if (is_html)
		read_html(&d, text, &tree);
	else
		td_plain_parts(&d, text);
	td_genre(&d);
	td_sources(&d);
	assemble(&d);
	if (d.tree != NULL) {
		find_story_link(&d);
		find_links(&d);
	}
	td_language(&d);
	td_kind(&d);
	say_what_is_missing(&d);
	clamp(ret);
}
