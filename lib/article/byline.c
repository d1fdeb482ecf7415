#include "article/byline.h"

#include "article/title.h"
#include "base/limits.h"
#include "text/utf8.h"

#define NAME_B 80       /* no person's name is longer */

struct names {
	struct arena   *arena;
	struct str      site;
	struct str_list list;
};

static struct str
without_lead(struct str s)
{
	static const char *const leads[] = { "written by ", "posted by ", "by: ", "by ", "von ", "par ", "por ", "di ", "от ", "autor: ",
		"author: ", "글 ", "글: " };

	s = str_trim(s);
	for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++)
		if (str_starts_nocase(s, str_of(leads[i])))
			return str_trim(str_sub(s, strlen(leads[i]), s.n));
	return s;
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
	static const char *const in_none[] = { "@", "://", "www.", ".com", ".de", ".org", "staff", "newsroom", " team", "redaktion", "{" };
	size_t words = 1;

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
	s = without_office(without_lead(s));
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
	static const char *const between[] = { ",", ";", " and ", " und ", " et ", " y ", " & ", "·", "\n", " | ", "、" };
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

/* "author": "A" or { "name": "A" } or a list of either; an organisation is nobody. */
static bool
from_ld(struct names *n, const struct json_node *ld)
{
	for (const struct json_node *v = ld; v != NULL && n->list.n == 0; v = td_json_next(v, ld)) {
		const struct json_node *end = v->kind == JSON_LIST ? v->last : v;

		if (!str_eq(v->key, STR("author")) && !str_eq(v->key, STR("creator")))
			continue;
		for (const struct json_node *one = v->kind == JSON_LIST ? v->first : v; one != NULL; one = one == end ? NULL : one->next) {
			const struct json_node *type = td_json_get(one, STR("@type")), *name = td_json_get(one, STR("name"));

			if (one->kind == JSON_STRING)
				add_all(n, one->text);
			else if (name != NULL && name->kind == JSON_STRING && (type == NULL || !str_eq(type->text, STR("Organization"))))
				add_all(n, name->text);
		}
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

static bool
is_byline(const struct html_node *e)
{
	static const char *const classes[] = { "author", "byline", "author-name", "authorname", "article-author", "post-author", "entry-author",
		"byline-name", "article__author", "reporter" };

	if (e->kind != HTML_ELEMENT || e->tag == TAG_META || e->tag == TAG_BODY || e->tag == TAG_HTML)
		return false;
	if (str_eq_nocase(td_html_attr(e, STR("rel")), STR("author")) || str_eq_nocase(td_html_attr(e, STR("itemprop")), STR("author")))
		return true;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (td_html_has_class(e, str_of(classes[i])))
			return true;
	return false;
}

static bool
from_sight(struct names *n, const struct html_tree *tree)
{
	for (const struct html_node *e = tree->document; e != NULL && n->list.n == 0; e = td_html_next(e, tree->document)) {
		struct str text;

		if (is_byline(e) && (text = td_html_text(n->arena, e)).n < 3 * NAME_B)
			add_all(n, text);
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
	out.names = n.list;
	*ret = out;
}
