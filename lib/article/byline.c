#include "article/byline.h"

#include "article/parts.h"
#include "article/title.h"
#include "base/limits.h"
#include "text/utf8.h"

#define NAME_B       80 /* no person's name is longer */
#define FOLLOWED_MAX 32

struct names {
	struct arena   *arena;
	struct str      site;
	struct str_list list;
	int             followed;        /* references, each a walk over the JSON-LD */
};

/* "Posted by Ana Ruiz" and "View all posts by Ana Ruiz" are Ana Ruiz. */
static struct str
without_lead(struct str s)
{
	static const char *const leads[] = { "written by", "posted by", "published by", "post author", "view all posts by", "all posts by",
		"posts by", "by:", "by ", "von ", "von:", "par ", "por ", "di ", "от ", "autor:", "autor ", "author:", "author ", "auteur:",
		"veröffentlicht von", "eingestellt von", "geschrieben von", "zeige alle beiträge von", "alle beiträge von", "publié par",
		"écrit par", "escrito por", "publicado por", "pubblicato da", "scritto da", "autorzy:", "автор:", "interview:", "text:",
		"글:", "글 ", "作者：", "作者:", "责任编辑：", "文／", "文/" };
	bool again = true;

	for (s = str_trim(s); again;) {
		again = false;
		for (size_t i = 0; i < sizeof(leads) / sizeof(*leads) && !again; i++)
			if ((again = str_starts_nocase(s, str_of(leads[i]))))
				s = str_trim(str_sub(s, strlen(leads[i]), s.n));
	}
	return s;
}

/* "Ana Ruiz on August 3" and "Ana Ruiz (Madrid)" end with the name. */
static struct str
without_tail(struct str s)
{
	static const char *const tails[] = { " on ", " am ", " at ", " in ", " le ", " (", " – ", " — ", " - ", " @ ", " / ", ": " };

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		size_t at = str_find(s, str_of(tails[i]));

		if (at != STR_NONE && at > 0)
			s = str_sub(s, 0, at);
	}
	return str_trim(s);
}

/* "홍길동 기자" is 홍길동, with whatever follows (an address) gone. */
static struct str
without_office(struct str s)
{
	static const char *const offices[] = { " 특파원", " 기자", "기자", " 記者", "记者" };

	for (size_t i = 0; i < sizeof(offices) / sizeof(*offices); i++) {
		size_t at = str_find(s, str_of(offices[i]));

		if (at != STR_NONE && at > 0)
			return str_trim(str_sub(s, 0, at));
	}
	return s;
}

static bool
is_person(struct str s, struct str site)
{
	static const char *const nobody[] = { "staff", "admin", "administrator", "editor", "editors", "redaktion", "newsroom", "news desk", "author",
		"guest", "guest post", "anonymous", "unknown", "webmaster", "redaction", "redacción", "correspondent", "team", "null", "undefined",
		"편집국", "편집부", "관리자", "운영자", "온라인뉴스팀" };
	static const char *const in_none[] = { "@", "://", "www.", ".com", ".de", ".org", "staff", "newsroom", " team", "redaktion", "{", "posted",
		"published", "veröffentlicht", "publiziert", "no author", "agencies", "getty images" };
	size_t words = 1;

	if (str_starts_nocase(s, STR("in ")) || str_starts_nocase(s, STR("mit ")) || str_eq_nocase(s, STR("by")) || str_ends(s, STR(":")))
		return false;
	if (s.n < 2 || s.n > NAME_B || (site.n > 0 && (str_eq_nocase(s, site))))
		return false;
	for (size_t i = 0; i < sizeof(nobody) / sizeof(*nobody); i++)
		if (str_eq_nocase(s, str_of(nobody[i])))
			return false;
	for (size_t i = 0; i < sizeof(in_none) / sizeof(*in_none); i++)
		if (str_find_nocase(s, str_of(in_none[i])) != STR_NONE)
			return false;
	for (size_t i = 0; i < s.n; i++) {
		words += s.p[i] == ' ';
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return false;
	}
	return words <= 6;
}

static void
add_one(struct names *n, struct str s)
{
	s = without_tail(without_office(without_lead(s)));
	if (!is_person(s, n->site) || n->list.n == LIMIT_LIST_N)
		return;
	for (size_t i = 0; i < n->list.n; i++)
		if (str_eq_nocase(n->list.v[i], s))
			return;
	n->list.v[n->list.n++] = s;
}

/* "Kim Min-ji and Ana Ruiz; 박서연" */
static void
add_all(struct names *n, struct str s)
{
	static const char *const between[] = { ",", ";", " and ", " und ", " et ", " y ", " & ", "·", "•", "\n", " | ", "|", "、" };
	size_t from = 0;

	s = td_html_text(n->arena, &(struct html_node){ .kind = HTML_TEXT, .text = without_lead(s) });
	for (size_t i = 0; i < s.n && i < LIMIT_FIELD_B; i++)
		for (size_t k = 0; k < sizeof(between) / sizeof(*between); k++)
			if (i >= from && str_starts_nocase(str_sub(s, i, s.n), str_of(between[k]))) {
				add_one(n, str_sub(s, from, i));
				from = i + strlen(between[k]);
			}
	add_one(n, str_sub(s, from, s.n));
}

/* The person that { "@id": "…" } speaks of, elsewhere on the page. */
static const struct json_node *
person_of(struct names *n, const struct json_node *ld, const struct json_node *ref)
{
	const struct json_node *id = td_json_get(ref, STR("@id"));

	if (id == NULL || td_json_get(ref, STR("name")) != NULL || n->followed++ >= FOLLOWED_MAX)
		return ref;
	for (const struct json_node *v = ld; v != NULL; v = td_json_next(v, ld)) {
		const struct json_node *other = v->kind == JSON_OBJECT ? td_json_get(v, STR("@id")) : NULL;

		if (other != NULL && v != ref && str_eq(other->text, id->text) && td_json_get(v, STR("name")) != NULL)
			return v;
	}
	return ref;
}

static void
add_ld(struct names *n, const struct json_node *one)
{
	const struct json_node *type = td_json_get(one, STR("@type")), *name = td_json_get(one, STR("name"));

	if (one->kind == JSON_STRING)
		add_all(n, one->text);
	else if (name != NULL && name->kind == JSON_STRING && (type == NULL || !str_eq(type->text, STR("Organization"))))
		add_all(n, name->text);
}

/* "author": "A" or { "name": "A" } or { "@id": … } or a list of these; an organisation is nobody. */
static bool
from_ld(struct names *n, const struct json_node *ld)
{
	for (const struct json_node *v = ld; v != NULL && n->list.n == 0; v = td_json_next(v, ld)) {
		if (!str_eq(v->key, STR("author")) && !str_eq(v->key, STR("creator")))
			continue;
		if (v->kind != JSON_LIST)
			add_ld(n, person_of(n, ld, v));
		else
			for (const struct json_node *one = v->first; one != NULL; one = one->next)
				add_ld(n, person_of(n, ld, one));
	}
	return n->list.n > 0;
}

static bool
from_meta(struct names *n, const struct page_head *head)
{
	static const char *const metas[] = { "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
		"byl", "citation_author" };

	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas) && n->list.n == 0; i++)
		for (size_t k = 0; k < head->metas_n; k++)
			if (str_eq_nocase(head->metas[k].name, str_of(metas[i])))
				add_all(n, head->metas[k].value);
	return n->list.n > 0;
}

/* Does a class name have one of these words, between anything but letters? */
static bool
names_author(struct str names)
{
	static const char *const words[] = { "author", "authors", "byline", "autor", "autoren", "auteur", "auteurs", "autore", "reporter",
		"authorname", "writer" };
	size_t from = 0;

	for (size_t i = 0; i <= names.n; i++) {
		if (i < names.n && (names.p[i] | 0x20) >= 'a' && (names.p[i] | 0x20) <= 'z')
			continue;
		for (size_t k = 0; i > from && k < sizeof(words) / sizeof(*words); k++)
			if (str_eq_nocase(str_sub(names, from, i), str_of(words[k])))
				return true;
		from = i + 1;
	}
	return false;
}

static bool
is_byline(const struct html_node *e)
{
	if (e->attrs_n == 0 || e->tag == TAG_META || e->tag == TAG_BODY || e->tag == TAG_HTML || e->tag == TAG_LINK || e->tag == TAG_ARTICLE)
		return false;
	return str_eq_nocase(td_html_attr(e, STR("rel")), STR("author")) ||
	    str_eq_nocase(td_html_attr(e, STR("itemprop")), STR("author")) || names_author(td_html_attr(e, STR("class")));
}

/* Those who comment are not those who wrote. */
static bool
is_among_comments(const struct html_node *e)
{
	for (; e != NULL; e = e->parent)
		if (e->attrs_n > 0 && e->tag != TAG_BODY && (str_find_nocase(td_html_attr(e, STR("class")), STR("comment")) != STR_NONE ||
		    str_find_nocase(td_html_attr(e, STR("id")), STR("comment")) != STR_NONE))
			return true;
	return false;
}

/* The name itself, in a byline of more words: a link to the author's page, or what an hCard calls "fn". */
static const struct html_node *
name_in(const struct html_node *byline)
{
	for (const struct html_node *e = byline; e != NULL; e = td_html_next(e, byline))
		if (e->attrs_n > 0 && (td_html_has_class(e, STR("fn")) || str_eq_nocase(td_html_attr(e, STR("itemprop")), STR("name")) ||
		    str_find_nocase(td_html_attr(e, STR("rel")), STR("author")) != STR_NONE))
			return e;
	return byline;
}

static bool
from_sight(struct names *n, const struct html_tree *tree)
{
	for (const struct html_node *e = tree->document; e != NULL && n->list.n == 0; e = td_html_next(e, tree->document)) {
		struct str text;

		if (e->kind == HTML_ELEMENT && is_byline(e) && !is_among_comments(e) && (text = td_html_text(n->arena, name_in(e))).n < 3 * NAME_B)
			add_all(n, text);
	}
	return n->list.n > 0;
}

static bool
is_lower(struct str s)
{
	return s.n > 0 && s.p[0] >= 'a' && s.p[0] <= 'z';
}

/* "By Ana Ruiz": a short line of its own that begins as bylines do, by its words alone. */
static bool
from_words(struct names *n, const struct html_tree *tree)
{
	static const char *const starts[] = { "By ", "BY ", "Von ", "VON ", "Por ", "Par ", "Posted by ", "Written by ", "Eingestellt von ",
		"Veröffentlicht von ", "Geschrieben von ", "Автор: ", "作者：", "作者:", "记者 " };

	for (const struct html_node *e = tree->document; e != NULL && n->list.n == 0; e = td_html_next(e, tree->document)) {
		struct str text;

		if (e->kind != HTML_TEXT || e->parent->tag == TAG_SCRIPT || e->parent->tag == TAG_STYLE || e->text.n > 3 * NAME_B)
			continue;
		text = td_draft_fold(n->arena, e->text);
		for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
			struct str all;

			if (!str_starts(text, str_trim(str_of(starts[i]))) || is_among_comments(e->parent))
				continue;
			all = td_html_text(n->arena, e->parent);
			if (all.n <= 2 * NAME_B && str_starts(all, str_of(starts[i])) && !is_lower(without_lead(all)))
				add_all(n, all);
			break;
		}
	}
	return n->list.n > 0;
}

void
td_article_byline(struct arena *a, const struct html_tree *tree, const struct page_head *head, struct str site,
	struct page_byline *ret)
{
	struct names       n = { .arena = a, .site = site };
	struct page_byline out = { 0 };

	n.list.v = arena_array(a, LIMIT_LIST_N, struct str);
	if (from_ld(&n, head->ld))
		out.why = "JSON-LD author", out.confidence = 90;
	else if (from_meta(&n, head))
		out.why = "meta author", out.confidence = 80;
	else if (from_sight(&n, tree))
		out.why = "an element that says author", out.confidence = 65;
	else if (from_words(&n, tree))
		out.why = "a line that begins as bylines do", out.confidence = 50;
	out.names = n.list;
	*ret = out;
}
