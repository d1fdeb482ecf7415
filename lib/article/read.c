#include "article/read.h"

#include "article/claims.h"
#include "article/dates.h"
#include "article/given.h"
#include "article/byline.h"
#include "article/hidden_mail.h"
#include "article/main.h"
#include "article/parts.h"
#include "article/picture.h"
#include "article/title.h"
#include "article/topics.h"
#include "base/limits.h"
#include "json/read.h"
#include "text/charset.h"
#include "text/utf8.h"

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
take_date(struct draft *d, const char *field, const struct found_date *f, struct civil *ret, struct str *ret_text)
{
	*ret = f->when;
	*ret_text = f->text;
	if (f->when.precision != CIVIL_NONE)
		td_draft_why(d, field, (int)f->confidence, "%s%s%s", f->why,
		    f->is_ambiguous ? "; day and month could be exchanged" : f->why_order != NULL ? "; day and month " : "",
		    !f->is_ambiguous && f->why_order != NULL ? f->why_order : "");
}

static void
take_dates(struct draft *d, const struct page_head *head, const struct sight *sight, enum date_order order)
{
	struct dates_ask  ask = { order, d->article->language };
	struct page_dates dates;

	td_article_dates(d->arena, d->tree, head, sight, &ask, &dates);
	take_date(d, "published", &dates.published, &d->article->published, &d->article->published_text);
	take_date(d, "modified", &dates.modified, &d->article->modified, &d->article->modified_text);
	d->published_confidence = (int)dates.published.confidence;
}

static struct str
short_enough(struct str s)
{
	return str_sub(s, 0, td_utf8_floor(s, s.n < LIMIT_FIELD_B ? s.n : LIMIT_FIELD_B));
}

/* Returns the headline's element. */
static const struct html_node *
take_title(struct draft *d, const struct page_head *head)
{
	struct page_title title;
	struct article   *a = d->article;

	td_article_title(d->arena, head, &title);
	a->title = short_enough(title.title);
	a->publisher = short_enough(title.site);
	if (title.why != NULL)
		td_draft_why(d, "title", (int)title.confidence, "%s", title.why);
	if (title.why_site != NULL)
		td_draft_why(d, "publisher", 80, "%s", title.why_site);
	a->canonical_url = td_draft_url(d, head->canonical);
	return title.headline;
}

static void
take_byline(struct draft *d, const struct page_head *head, const struct sight *sight)
{
	struct page_byline byline;

	td_article_byline(d->arena, d->tree, head, sight, &byline);
	d->article->byline = byline.names;
	if (byline.why != NULL)
		td_draft_why(d, "byline", (int)byline.confidence, "%s", byline.why);
}

static void
take_topics(struct draft *d, const struct page_head *head)
{
	struct page_topics t;

	td_article_topics(d->arena, head, &t);
	d->article->section = t.section;
	d->article->tags = t.tags;
	if (t.why_section != NULL)
		td_draft_why(d, "section", 80, "%s", t.why_section);
	if (t.why_tags != NULL)
		td_draft_why(d, "tags", 80, "%s", t.why_tags);
}

static void
take_picture(struct draft *d, const struct page_head *head, const struct html_node *root)
{
	struct page_picture p;
	struct article     *a = d->article;

	td_article_picture(d->arena, head, root, &p);
	if ((a->image = td_draft_url(d, p.url)).n == 0)
		return;
	a->image_caption = short_enough(p.caption);
	a->image_credit = short_enough(p.credit);
	td_draft_why(d, "image", 80, "%s", p.why);
	if (p.why_credit != NULL)
		td_draft_why(d, "image_credit", 70, "%s", p.why_credit);
}

/* The story's blocks, as parts that the genre can take apart. */
static const struct html_node *
parts_of_tree(struct draft *d, const struct page_head *head, const struct html_node *headline)
{
	struct main_text m;

	td_article_main(d->arena, d->tree, headline, td_article_claims(head), &m);
	d->parts_room = m.blocks_n + 1;
	d->parts = arena_array(d->arena, d->parts_room, struct part);
	for (size_t i = 0; i < m.blocks_n; i++)
		td_draft_add(d, m.blocks[i].kind, m.blocks[i].level, str_sub(m.text, (size_t)m.blocks[i].from, (size_t)m.blocks[i].to));
	d->shape = m.kind;
	d->shape_confidence = (int)m.kind_confidence;
	if (m.root != NULL)
		td_draft_why(d, "text", (int)m.confidence, "%s", m.why);
	if (m.cut)
		td_draft_warn(d, "the text is longer than %zu MB; the rest was left out", LIMIT_TEXT_B / MiB);
	return m.root;
}

static void
read_html(struct draft *d, const struct article_ask *ask, struct str text, struct html_tree *tree)
{
	const struct html_node *headline;
	struct sight            sight;
	struct page_head        head;

	td_html_parse(d->arena, text, NULL, tree);
	if (str_find(text, STR("/cdn-cgi/l/email-protection")) != STR_NONE || str_find(text, STR("data-cfemail")) != STR_NONE)
		td_hidden_mail_show(d->arena, tree);
	d->tree = tree;
	if (tree->cut)
		td_draft_warn(d, "the page has more parts than are read (%d, or %zu MB of them); the rest was left out", LIMIT_NODES_N,
		    LIMIT_TREE_B / MiB);
	td_article_head(d->arena, tree, d->base_url, &head);
	td_language_said(d, &head);
	headline = take_title(d, &head);
	d->root = parts_of_tree(d, &head, headline);
	td_language(d);
	td_sight(tree, headline, d->root, &sight);
	take_dates(d, &head, &sight, ask->order);
	take_byline(d, &head, &sight);
	take_topics(d, &head);
	take_picture(d, &head, sight.root);
}

static void
read_plain(struct arena *a, const struct article_ask *ask, struct str text, const struct charset *charset, struct article *ret)
{
	struct article_given g = { .file = ask->file, .url = ask->url };

	if (charset->replaced > 0)
		td_given_warn(a, &g, "%zu characters could not be read as %s", charset->replaced, charset->name);
	td_given_plain(a, &g, text);
	td_article_of_given(a, &g, ret);
}

void
td_article_read(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct charset   charset;
	struct str       text = td_charset_decode_markup(a, ask->body, ask->charset, &charset);
	struct draft     d;
	struct html_tree tree;
	bool             is_html = str_find(ask->media_type, STR("html")) != STR_NONE || str_find(ask->media_type, STR("xml")) != STR_NONE ||
	    (!str_starts(ask->media_type, STR("text/plain")) && looks_like_html(text)) || looks_like_html(str_sub(text, 0, 300));

	if (!is_html) {
		read_plain(a, ask, td_charset_without_nul(a, text), &charset, ret);
		return;
	}
	td_draft_start(&d, a, ret, ask->file, ask->url);
	if (charset.replaced > 0)
		td_draft_warn(&d, "%zu characters could not be read as %s", charset.replaced, charset.name);
	read_html(&d, ask, text, &tree);
	td_draft_finish(&d);
}
