#include "article/byline_private.h"

#include "article/marks.h"
#include "base/limits.h"

enum { FOLLOWED_MAX = 32, FAIRLY_SURE = 40, SURE = 55 };

/* The person that { "@id": "…" } speaks of, elsewhere on the page. */
static const struct json_node *
person_of(struct byline_search *s, const struct json_node *ld, const struct json_node *ref)
{
	const struct json_node *id = td_json_get(ref, STR("@id"));

	if (id == NULL || td_json_get(ref, STR("name")) != NULL || s->followed++ >= FOLLOWED_MAX)
		return ref;
	for (const struct json_node *v = ld; v != NULL; v = td_json_next(v, ld)) {
		const struct json_node *other = v->kind == JSON_OBJECT ? td_json_get(v, STR("@id")) : NULL;

		if (other != NULL && v != ref && str_eq(other->text, id->text) && td_json_get(v, STR("name")) != NULL)
			return v;
	}
	return ref;
}

static bool
is_organization(const struct json_node *type)
{
	struct str name = type == NULL ? STR("") : type->kind == JSON_LIST && type->first != NULL ? type->first->text : type->text;

	return str_ends(name, STR("Organization")) || str_ends(name, STR("Corporation"));
}

/* A name, or first and last name apart. */
static void
add_ld(struct byline_search *s, const struct json_node *one)
{
	const struct json_node *name = td_json_get(one, STR("name")), *given = td_json_get(one, STR("givenName")),
	    *family = td_json_get(one, STR("familyName"));

	if (one->kind == JSON_STRING) {
		(void)td_person_add(&s->names, one->text, true);
	} else if (is_organization(td_json_get(one, STR("@type")))) {
		return;
	} else if (name != NULL && name->kind == JSON_LIST) {
		for (const struct json_node *v = name->first; v != NULL; v = v->next)
			(void)td_person_add(&s->names, v->text, true);
	} else if (name != NULL) {
		(void)td_person_add(&s->names, name->text, true);
	} else if (given != NULL && family != NULL) {
		char  *p = arena_take(s->names.arena, given->text.n + family->text.n + 2);
		size_t n = given->text.n;

		memcpy(p, given->text.p, n);
		p[n++] = ' ';
		memcpy(p + n, family->text.p, family->text.n);
		(void)td_person_add(&s->names, (struct str){ p, n + family->text.n }, true);
	}
}

/* A picture, a comment: objects whose author is not the story's. */
static bool
is_other_object(const struct json_node *object)
{
	const struct json_node *type = td_json_get(object, STR("@type"));
	struct str name = type == NULL ? STR("") : type->kind == JSON_LIST && type->first != NULL ? type->first->text : type->text;

	return str_eq(name, STR("ImageObject")) || str_eq(name, STR("Comment")) || str_eq(name, STR("AudioObject")) || str_eq(name, STR("Answer"));
}

/* Who wrote a comment, took a picture or owns the site did not write the story. */
static bool
is_of_another(const struct json_node *n)
{
	if (n != NULL && n->kind == JSON_OBJECT && is_other_object(n))
		return true;
	for (; n != NULL; n = n->parent)
		if (str_eq(n->key, STR("comment")) || str_eq(n->key, STR("review")) || str_eq(n->key, STR("image")) || str_eq(n->key, STR("video")) ||
		    str_eq(n->key, STR("itemListElement")) || str_eq(n->key, STR("citation")) || str_eq(n->key, STR("hasPart")))
			return true;
	return false;
}

/* "author": "A" or { "name": "A" } or { "@id": … } or a list of these; an organisation is nobody. */
static bool
from_ld(struct byline_search *s, const struct json_node *ld, struct str key)
{
	for (const struct json_node *v = ld; v != NULL && s->names.list.n == 0; v = td_json_next(v, ld)) {
		if (!str_eq(v->key, key) || is_of_another(v->parent))
			continue;
		if (v->kind != JSON_LIST)
			add_ld(s, person_of(s, ld, v));
		else
			for (const struct json_node *one = v->first; one != NULL; one = one->next)
				add_ld(s, person_of(s, ld, one));
	}
	return s->names.list.n > 0;
}

/* The site's name is nobody's, unless the site is called by its owner: "Ana Ruiz" of anaruiz.example. */
static bool
is_only_site(const struct byline_search *s, struct str value)
{
	struct str key = td_name_key(s->names.arena, value);

	if (!td_is_site(s->names.arena, s->names.site, value))
		return false;
	for (size_t i = 0; i < s->names.site->sites_n; i++)
		if (str_eq(key, s->names.site->keys[i]) && str_find_char(value, ' ') != STR_NONE)
			return false;
	/* "Notes of Ana Ruiz" is Ana Ruiz's. */
	for (size_t at = 0; s->names.site->name.n > value.n && value.n > 4 && str_find_char(value, ' ') != STR_NONE && at < s->names.site->name.n; at++)
		if (str_starts(str_sub(s->names.site->name, at, s->names.site->name.n), value))
			return !((at > 3 && str_eq_nocase(str_sub(s->names.site->name, at - 3, at), STR("of "))) ||
			    (at > 4 && str_eq_nocase(str_sub(s->names.site->name, at - 4, at), STR("von "))));
	return true;
}

static bool
from_meta(struct byline_search *s, const struct page_head *head, const char *const *metas)
{
	for (; *metas != NULL && s->names.list.n == 0; metas++)
		for (size_t k = 0; k < head->metas_n; k++)
			if (str_eq_nocase(head->metas[k].name, str_of(*metas)) && !is_only_site(s, head->metas[k].value))
				(void)td_person_add(&s->names, head->metas[k].value, true);
	return s->names.list.n > 0;
}

/* "ana.ruiz", "aruiz": what somebody signs in with, not what they are called. */
static bool
is_handle(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == ' ' || (name.p[i] >= 'A' && name.p[i] <= 'Z') || (unsigned char)name.p[i] >= 0x80)
			return false;
	return name.n > 0;
}

static void
begin_list(struct byline_search *s)
{
	s->names.list = (struct str_list){ arena_array(s->names.arena, LIMIT_LIST_N, struct str), 0 };
}

/* "Ana" or "ana.ruiz" by the page's data is "Ana Ruiz" by its byline; and where the data names the site, a person printed is the one. */
static bool
found_better(struct byline_search *s, const struct html_tree *tree)
{
	struct str_list kept = s->names.list;
	struct str      one = kept.v[0], first;
	bool            is_weak = is_handle(one) || td_is_site(s->names.arena, s->names.site, one);

	td_byline_gather(s, tree);
	s->least = is_weak ? SURE : 0;
	begin_list(s);
	if (td_byline_from_sight(s)) {
		first = s->names.list.v[0];
		if (s->names.list.n == 1 && first.n > one.n && str_find_nocase(first, one) != STR_NONE)
			return true;
		if (is_weak && str_find_char(first, ' ') != STR_NONE)
			return true;
	}
	s->names.list = kept;
	return false;
}

static bool
are_same(const struct str_list *a, const struct str_list *b)
{
	for (size_t i = 0; i < a->n && a->n == b->n; i++)
		if (!str_eq_nocase(a->v[i], b->v[i]))
			return false;
	return a->n == b->n;
}

/* A meta element made for authors and the printed byline that name the same people, none of them in JSON-LD: whoever keyed the
 * story in stands there. */
static bool
is_overruled(struct byline_search *s, const struct html_tree *tree, const struct page_head *head, const char *const *exact)
{
	struct str_list said = s->names.list, meta;

	begin_list(s);
	(void)from_meta(s, head, exact);
	meta = s->names.list;
	for (size_t i = 0; i < meta.n; i++)
		for (size_t k = 0; k < said.n; k++)
			if (str_eq_nocase(meta.v[i], said.v[k]))
				meta.n = 0;
	begin_list(s);
	if (meta.n > 0) {
		td_byline_gather(s, tree);
		if (td_byline_from_sight(s) && are_same(&s->names.list, &meta))
			return true;
	}
	s->names.list = said;
	return false;
}

/* "creator" may name those whom "author" leaves out. */
static void
add_creators(struct byline_search *s, const struct json_node *ld)
{
	struct str_list authors = s->names.list;
	size_t          kept = 0;

	begin_list(s);
	(void)from_ld(s, ld, STR("creator"));
	for (size_t i = 0; i < authors.n; i++)
		for (size_t k = 0; k < s->names.list.n; k++)
			kept += str_eq_nocase(authors.v[i], s->names.list.v[k]);
	if (kept < authors.n || s->names.list.n <= authors.n)
		s->names.list = authors;
}

/* May the printed byline know better than the page's data? */
static bool
may_be_better(const struct byline_search *s)
{
	return s->names.list.n == 1 && (str_find_char(s->names.list.v[0], ' ') == STR_NONE ||
	    td_is_site(s->names.arena, s->names.site, s->names.list.v[0]));
}

/* An organisation said to be the author is nobody; but then a name in passing is not the author either. */
static bool
says_organization(const struct json_node *ld)
{
	for (const struct json_node *v = ld; v != NULL; v = td_json_next(v, ld))
		if (str_eq(v->key, STR("author")) && v->kind == JSON_OBJECT && !is_of_another(v->parent) && is_organization(td_json_get(v, STR("@type"))))
			return true;
	return false;
}

void
td_article_byline(struct arena *a, const struct html_tree *tree, const struct page_head *head, const struct sight *sight, struct page_byline *ret)
{
	static const char *const exact[] = { "citation_author", "parsely-author", "sailthru.author", "article:author_name", "shareaholic:article_author_name", "byl", NULL };
	static const char *const vague[] = { "author", "article:author", "dc.creator", "dcterms.creator", "dc.contributor", "twitter:data1", "twitter:data2", "creator", NULL };
	struct byline_search     *s = arena_new(a, struct byline_search);
	struct site_names *site = arena_new(a, struct site_names);
	struct page_byline out = { 0 };

	td_site_names(a, head, site);
	s->names = (struct person_names){ .arena = a, .site = site };
	s->names.list.v = arena_array(a, LIMIT_LIST_N, struct str);
	s->sight = sight;
	if (from_ld(s, head->ld, STR("author")) || from_ld(s, head->ld, STR("creator"))) {
		add_creators(s, head->ld);
		out.why = "JSON-LD author", out.confidence = 90;
		if (may_be_better(s) && found_better(s, tree))
			out.why = "printed as a byline, the JSON-LD author in full";
		else if (is_overruled(s, tree, head, exact))
			out.why = "printed as a byline and in a meta element, against JSON-LD";
	} else if (from_meta(s, head, exact)) {
		out.why = "a meta element", out.confidence = 90;
	} else {
		td_byline_gather(s, tree);
		s->least = says_organization(head->ld) ? FAIRLY_SURE : 0;
		if (td_byline_from_sight(s))
			out.why = "printed as a byline", out.confidence = 75;
		else if (from_meta(s, head, vague))
			out.why = "a meta element that often names others", out.confidence = 60;
	}
	out.names = s->names.list;
	*ret = out;
}
