#include "article/title.h"

#include "article/furniture.h"
#include "article/marks.h"
#include "article/site_name.h"
#include "base/limits.h"

enum {
	SAYINGS_MAX = 20,
	PIECES_MAX = 10,
	LONG_B = 400,           /* no headline is longer */
	PART = 30,              /* too little said to be a title of its own */
	/* What speaks for a heading, and against it. */
	SAID_ELSEWHERE = 60, SAID_IN_PART = 25, IS_H1 = 40, CALLED_HEADLINE = 25, CALLED_OTHER = -60, LEADS_HOME = -80, LEADS_AWAY = -35,
	IN_FURNITURE = -50, IN_SOFT_FURNITURE = -20, IS_SITE = -100, TOO_SHORT = -25, ENOUGH = 38,
};

/* What the page calls itself outside of its headings. */
struct saying {
	struct str  text, key;
	const char *why;
	int64_t     confidence;
};

struct finder {
	struct arena           *arena;
	const struct page_head *head;
	struct site_names       site;
	struct saying           said[SAYINGS_MAX];
	size_t                  said_n;
	bool                    is_article;     /* the page says so */
};

struct piece {
	const struct html_node *node;
	struct str              text;
};

static const char *const headline_words[] = { "headline", "entry", "title", "titre", "titulo", "titolo", "posttitle", "articletitle",
	"entrytitle", "heading", "hed", NULL };
static const char *const other_words[] = { "site", "logo", "brand", "branding", "widget", "screen", "sr", "visually", "visuallyhidden", "hidden",
	"assistive", "nav", "navigation", "menu", "comment", "comments", "related", "sidebar", "footer", "cookie", "description", "subtitle",
	"teaser", "invisible", "modal", "popup", "newsletter", "search", "breadcrumb", "sitename", "blogname", NULL };
static const char *const kicker_words[] = { "kicker", "overline", "overhead", "roofline", "dachzeile", "topline", "spitzmarke", "toptitle",
	"pretitle", "supertitle", "surtitle", "surtitre", "antetitulo", "volanta", "cintillo", "occhiello", "eyebrow", "rubric", "rubrik", "ressort",
	"preheadline", "overtitle", "supra", "label", "category", "flag", "vignette", "catchline", "introline", "rokoko", NULL };
static const char *const under_words[] = { "subtitle", "subheadline", "subline", "subhead", "date", "meta", "time", "badge", "byline", "sub",
	"author", NULL };

static void
say(struct finder *f, struct str text, const char *why, int64_t confidence)
{
	text = td_plain_text(f->arena, &(struct html_node){ .kind = HTML_TEXT, .text = td_unescaped(f->arena, text) });
	if (text.n > 0 && text.n <= LONG_B && f->said_n < SAYINGS_MAX) {
		struct str key = td_name_key(f->arena, text);

		if (key.n > 0)
			f->said[f->said_n++] = (struct saying){ text, key, why, confidence };
	}
}

/* The headline of the page's own article; a list of other stories has headlines too, but deeper. */
static struct str
ld_headline(const struct json_node *ld)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, STR("headline")) && n->kind == JSON_STRING && n->text.n > 0)
			return n->text;
	return STR("");
}

/* A heading may be the longest part of the page's title, or its first when that is not the site's name. */
static void
say_parts(struct finder *f, struct str whole)
{
	struct str parts[8];
	size_t     n = td_title_parts(whole, parts, sizeof(parts) / sizeof(*parts)), longest = 0;

	for (size_t i = 1; i < n; i++)
		longest = parts[i].n > parts[longest].n ? i : longest;
	if (n > 1 && longest > 0 && f->site.name.n > 0 && !td_is_site(f->arena, &f->site, parts[0]))
		say(f, parts[0], "the first part of the page's title", PART);
	if (n > 1)
		say(f, parts[longest], "the longest part of the page's title", PART);
}

/* Does this name more than `part`, and that as well, but not all of `whole` ("": or all of it)? */
static bool
holds(const struct finder *f, struct str text, struct str part, struct str whole)
{
	struct str key = td_name_key(f->arena, text);

	return part.n > 0 && key.n > part.n && !str_eq(key, whole) && str_find(key, part) != STR_NONE;
}

/* "Headline - second half": what og:title, JSON-LD or a heading of the first order say too is no site's name. */
static bool
is_of_headline(const struct finder *f, struct str cut, struct str whole)
{
	struct str part = td_name_key(f->arena, cut), all = td_name_key(f->arena, whole);

	if (holds(f, td_article_meta(f->head, STR("og:title")), part, all) || holds(f, ld_headline(f->head->ld), part, all))
		return true;
	for (size_t i = 0; i < f->head->headings_n; i++)
		if (f->head->headings[i]->tag == TAG_H1 && holds(f, td_plain_text(f->arena, f->head->headings[i]), part, STR("")))
			return true;
	return false;
}

static void
gather_sayings(struct finder *f, struct str whole, struct str *ret_cut)
{
	static const struct { const char *name, *why; int64_t confidence; } metas[] = {
		{ "og:title", "meta og:title", 85 }, { "twitter:title", "meta twitter:title", 80 }, { "parsely-title", "meta parsely-title", 80 },
		{ "dc.title", "meta dc.title", 75 }, { "citation_title", "meta citation_title", 85 }, { "headline", "microdata headline", 85 },
	};
	struct str title = td_without_site(f->arena, whole, &f->site, true, ret_cut), cut;

	if (f->site.name.n == 0 && ret_cut->n > 0 && is_of_headline(f, *ret_cut, whole))
		title = td_without_site(f->arena, whole, &f->site, false, ret_cut);
	if (f->site.name.n == 0)
		td_site_add(f->arena, &f->site, *ret_cut);
	say(f, ld_headline(f->head->ld), "JSON-LD headline", 85);
	f->is_article = f->said_n > 0 || str_eq_nocase(td_article_meta(f->head, STR("og:type")), STR("article"));
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++)
		say(f, td_without_site(f->arena, td_article_meta(f->head, str_of(metas[i].name)), &f->site, false, &cut), metas[i].why,
		    metas[i].confidence);
	say(f, title, "the page's title", 60);
	say_parts(f, whole);
}

/* "Fields" of "Fields - Example Validation" */
static bool
is_first_part(const struct finder *f, struct str key)
{
	struct str parts[8];

	for (size_t i = 0; i < f->said_n; i++)
		if (td_title_parts(f->said[i].text, parts, sizeof(parts) / sizeof(*parts)) > 1 && str_eq(td_name_key(f->arena, parts[0]), key))
			return true;
	return false;
}

/* 2: said elsewhere; 1: in part; 0: not. */
static int
how_said(const struct finder *f, struct str key)
{
	int best = 0;

	for (size_t i = 0; i < f->said_n && best < 2; i++) {
		struct str said = f->said[i].key;

		if (str_eq(said, key))
			best = 2;
		else if (key.n >= 6 && said.n >= 6 && ((key.n * 5 >= said.n * 2 && (str_starts(said, key) || str_ends(said, key))) ||
		    (said.n * 5 >= key.n * 2 && (str_starts(key, said) || str_ends(key, said)))))
			best = 1;
	}
	return best;
}

/* The parts of a heading that stand in elements of their own. */
static size_t
pieces_of(struct arena *a, const struct html_node *heading, struct piece ret[PIECES_MAX])
{
	const struct html_node *e = heading;
	size_t                  n = 0;

	while (n < 2 && e != NULL) {
		const struct html_node *inner = NULL;

		n = 0;
		for (const struct html_node *c = e->first; c != NULL && n < PIECES_MAX; c = c->next) {
			ret[n] = (struct piece){ c, c->kind == HTML_TEXT || c->kind == HTML_ELEMENT ? td_plain_text(a, c) : STR("") };
			if (ret[n].text.n > 0)
				inner = c, n++;
		}
		e = n == 1 && inner->kind == HTML_ELEMENT ? inner : NULL;
	}
	return n;
}

static struct str
joined(struct arena *a, const struct piece *v, size_t n)
{
	size_t room = 0, at = 0;
	char  *p;

	for (size_t i = 0; i < n; i++)
		room += v[i].text.n + 1;
	p = arena_take(a, room + 1);
	for (size_t i = 0; i < n; i++) {
		if (at > 0)
			p[at++] = ' ';
		memcpy(p + at, v[i].text.p, v[i].text.n);
		at += v[i].text.n;
	}
	/* ": Title" after a kicker that went, "Title:" before what went. */
	while (at > 0 && strchr(" :|", p[at - 1]) != NULL)
		at--;
	for (room = 0; room < at && strchr(" :|", p[room]) != NULL; room++)
		;
	return (struct str){ p + room, at - room };
}

static bool
is_called(const struct piece *p, const char *const *words)
{
	return p->node->kind == HTML_ELEMENT && td_element_named(p->node, words);
}

/* Is this how the page's own data calls it?  <title> and what is cut from it say less: they may hold the kicker. */
static bool
is_called_by_itself(const struct finder *f, struct str text)
{
	struct str key = td_name_key(f->arena, text);

	for (size_t i = 0; i < f->said_n; i++)
		if (f->said[i].confidence >= 80 && str_eq(f->said[i].key, key))
			return true;
	return false;
}

/* A heading without its kicker, its date and its badge: what they are called says so, or the page says the rest elsewhere. */
static struct str
undressed(const struct finder *f, const struct html_node *heading)
{
	struct piece p[PIECES_MAX];
	size_t       n = pieces_of(f->arena, heading, p), from = 0, to = n;
	struct str   whole = td_plain_text(f->arena, heading);
	bool         is_said;

	if (n < 2 || n == PIECES_MAX)
		return whole;
	while (from + 1 < to && is_called(&p[from], kicker_words))
		from++;
	while (from + 1 < to && is_called(&p[to - 1], under_words))
		to--;
	is_said = how_said(f, td_name_key(f->arena, whole)) == 2;
	for (size_t i = 1; from == 0 && to == n && i < n; i++) {
		if (p[i].node->kind == HTML_TEXT && p[i - 1].node->kind == HTML_TEXT)
			continue;
		if (is_said ? is_called_by_itself(f, joined(f->arena, p + i, n - i)) : how_said(f, td_name_key(f->arena, joined(f->arena, p + i, n - i))) == 2)
			return joined(f->arena, p + i, n - i);
		if (!is_said && how_said(f, td_name_key(f->arena, joined(f->arena, p, i))) == 2)
			return joined(f->arena, p, i);
	}
	return from > 0 || to < n ? joined(f->arena, p + from, to - from) : whole;
}

/* The link that a heading is in or holds, or NULL. */
static const struct html_node *
link_of(const struct html_node *h)
{
	const struct html_node *in = td_html_find(h, TAG_A);

	for (const struct html_node *e = h->parent; in == NULL && e != NULL && e->tag != TAG_BODY; e = e->parent)
		in = e->tag == TAG_A ? e : NULL;
	return in;
}

static int
link_score(const struct html_node *h, bool is_sure)
{
	const struct html_node *link = link_of(h);
	struct str              href = link != NULL ? str_trim(td_html_attr(link, STR("href"))) : STR("");
	size_t                  host, path;

	if (href.n == 0 || href.p[0] == '#')
		return 0;
	host = str_find(href, STR("//"));
	path = host == STR_NONE ? 0 : str_find_char(str_sub(href, host + 2, href.n), '/');
	if (path != STR_NONE && host != STR_NONE)
		path += host + 2;
	if (path == STR_NONE || href.n - path <= 1 || str_eq_nocase(td_html_attr(link, STR("rel")), STR("home")))
		return LEADS_HOME;
	return is_sure ? 0 : LEADS_AWAY;
}

static int
place_score(const struct html_node *h)
{
	bool is_h1 = h->tag == TAG_H1;
	int  worst = 0;

	for (const struct html_node *e = h->parent; e != NULL && e->tag != TAG_BODY; e = e->parent) {
		enum furniture f = td_furniture(e);

		if (e->tag == TAG_NAV || e->tag == TAG_FOOTER || e->tag == TAG_ASIDE || (f >= FURNITURE_HARD && !is_h1))
			return IN_FURNITURE;
		if (f > (is_h1 ? FURNITURE_SOFT : FURNITURE_NO))
			worst = IN_SOFT_FURNITURE;
	}
	return worst;
}

static bool
is_only_h1(const struct finder *f, const struct html_node *h)
{
	for (size_t i = 0; i < f->head->headings_n; i++)
		if (f->head->headings[i] != h && f->head->headings[i]->tag == TAG_H1)
			return false;
	return true;
}

static int
score(const struct finder *f, const struct html_node *h, struct str text, int *ret_said)
{
	struct str key = td_name_key(f->arena, text);
	int        points = h->tag == TAG_H1 ? IS_H1 : 0;

	*ret_said = how_said(f, key);
	/* The only one of the first order, and repeated in full: wherever it stands, it is what the page is called. */
	if (*ret_said == 2 && h->tag == TAG_H1 && is_only_h1(f, h) && !td_is_site(f->arena, &f->site, text))
		return points + SAID_ELSEWHERE + CALLED_HEADLINE;
	if (*ret_said == 0 && h->tag == TAG_H1 && is_only_h1(f, h) && key.n >= 4 && is_first_part(f, key))
		*ret_said = 1;
	points += *ret_said == 2 ? SAID_ELSEWHERE : *ret_said == 1 ? SAID_IN_PART : 0;
	if (td_element_named(h, other_words))
		points += CALLED_OTHER;
	else if (td_element_named(h, headline_words))
		points += CALLED_HEADLINE;
	points += link_score(h, h->tag == TAG_H1 || *ret_said == 2) + place_score(h);
	if (td_is_site(f->arena, &f->site, text) && !(*ret_said == 2 && h->tag == TAG_H1 && f->said_n < 3))
		points += IS_SITE;
	if (key.n < 4)
		points += TOO_SHORT;
	return points;
}

/* "Sport" over a page that calls itself by a whole sentence names the section. */
static bool
is_overruled(const struct finder *f, struct str text)
{
	size_t words = 1;

	for (size_t i = 0; i < text.n; i++)
		words += text.p[i] == ' ';
	/* The banner of a page that is no article says less than what the page calls itself twice. */
	if (!f->is_article && f->said_n > 1 && f->said[1].confidence > PART && str_eq(f->said[0].key, f->said[1].key))
		return true;
	return words <= 2 && f->said_n > 0 && f->said[0].text.n > text.n;
}

/* "Advanced usage ¶": the mark that links to the heading itself. */
static struct str
without_anchor(struct str s)
{
	return str_ends(s, STR("\xc2\xb6")) ? str_trim(str_sub(s, 0, s.n - 2)) : s;
}

static void
choose_heading(const struct finder *f, struct page_title *t)
{
	int best = ENOUGH - 1, best_said = 0;

	for (size_t i = 0; i < f->head->headings_n; i++) {
		const struct html_node *h = f->head->headings[i];
		struct str              text = without_anchor(undressed(f, h));
		int                     said, points;

		if (text.n == 0 || text.n > LONG_B)
			continue;
		points = score(f, h, text, &said);
		if (said == 0 && points < IS_H1 + CALLED_HEADLINE && is_overruled(f, text))
			continue;
		/* Of two alike the first: the second heads the next story. */
		if (points > best)
			best = points, best_said = said, t->title = text, t->headline = h;
	}
	if (t->headline == NULL)
		return;
	t->why = best_said == 2 ? "the heading that the page repeats elsewhere" : best_said == 1 ? "the heading that the page repeats in part" :
	    "the first heading of the first order";
	t->confidence = best_said == 2 ? 95 : best_said == 1 ? 85 : 70;
}

void
td_article_title(struct arena *a, const struct page_head *head, struct page_title *ret)
{
	struct finder     f = { .arena = a, .head = head };
	struct page_title t = { 0 };
	struct str        whole = head->title != NULL ? td_html_text(a, head->title) : STR(""), cut;

	td_site_names(a, head, &f.site);
	gather_sayings(&f, whole, &cut);
	choose_heading(&f, &t);
	for (size_t i = 0; i < f.said_n && t.title.n == 0; i++)
		if (f.said[i].confidence > PART)
			t.title = f.said[i].text, t.why = f.said[i].why, t.confidence = f.said[i].confidence;
	t.site = f.site.name;
	t.why_site = f.site.why;
	if (t.site.n == 0 && cut.n > 0)
		t.site = cut, t.why_site = "the end of the page's title";
	*ret = t;
}
