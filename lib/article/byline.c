#include "article/byline.h"

#include "article/byline_label.h"
#include "article/furniture.h"
#include "article/marks.h"
#include "article/person.h"
#include "article/written_date.h"
#include "base/limits.h"
#include "text/utf8.h"

enum {
	FOLLOWED_MAX = 32, PRINTED_MAX = 48, LINE_B = 240, SHORT_CHARS = 28, SHORT_LINE_B = 80, MARKED_B = 120, TOGETHER_B = 400, FOOTER_B = 500, SIGNATURE_B = 40, WEAK_LINE_B = 80,
	/* What speaks for an element, and against it. */
	REL_AUTHOR = 40, ITEMPROP = 45, CALLED_AUTHOR = 30, LABELLED = 25, LEADS_TO_AUTHOR = 20, SHORT_LINE = 15, BEHIND_DATE = 10, WEAKLY_LABELLED = 5,
	IN_FURNITURE = -35, IN_OWN_FOOTER = -10, ENOUGH = 25, FAIRLY_SURE = 40, SURE = 55,
};

static const char *const author_words[] = { "author", "authors", "byline", "autor", "autoren", "auteur", "auteurs", "autore", "reporter", "authorname",
	"writer", "autores", "autorin", "redakteur", "journalist", "yazar", "penulis", "signature", "firma", "submitted", "username", "poster", "itemposter",
	"contributors", "contributor", "creator", "writers", "bylines", NULL };
static const char *const not_words[] = { "comment", "comments", "avatar", "related", "box", "bio", "photo", "image", "commentauthor", "quote",
	"testimonial", "count", "desc", "description", "caption", "credit", "copyright", "imageauthor", "sidebar", NULL };
static const int place_points[] = { [SIGHT_BESIDE] = 30, [SIGHT_ABOVE] = 20, [SIGHT_IN_STORY] = 8, [SIGHT_FAR] = -10, [SIGHT_BEHIND] = 12,
	[SIGHT_OUTSIDE] = -10 };

struct printed {
	const struct html_node *e;
	struct str              text;           /* "": the element's */
	size_t                  at;
	int                     points;
};

struct search {
	struct person_names  names;
	const struct sight  *sight;
	struct printed       found[PRINTED_MAX];
	size_t               n;
	int                  least;           /* points that a byline needs here */
	uint32_t             letters;         /* of author_words */
	int                  followed;        /* references, each a walk over the JSON-LD */
};

/* The person that { "@id": "…" } speaks of, elsewhere on the page. */
static const struct json_node *
person_of(struct search *s, const struct json_node *ld, const struct json_node *ref)
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
add_ld(struct search *s, const struct json_node *one)
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
from_ld(struct search *s, const struct json_node *ld, struct str key)
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
is_only_site(const struct search *s, struct str value)
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
from_meta(struct search *s, const struct page_head *head, const char *const *metas)
{
	for (; *metas != NULL && s->names.list.n == 0; metas++)
		for (size_t k = 0; k < head->metas_n; k++)
			if (str_eq_nocase(head->metas[k].name, str_of(*metas)) && !is_only_site(s, head->metas[k].value))
				(void)td_person_add(&s->names, head->metas[k].value, true);
	return s->names.list.n > 0;
}

/* /author/kim, /autoren/kim, ?author=1: where sites keep the pages of those who write. */
static bool
leads_to_author(const struct html_node *e)
{
	static const char *const ways[] = { "author", "autor", "auteur", "people/", "profile", "by/", "contributor", "redakteur", "journalist", "author=",
		"writer", "staff/", "team/", "user/", "users/", "reporter", "yazar", "penulis", "colunista", "columnist", "firmas/", "person" };
	struct str href = td_html_attr(e, STR("href"));

	for (size_t at = 0; at < href.n; at++)
		if (href.p[at] == '/' || href.p[at] == '?' || (href.p[at] == '_' && at > 0 && href.p[at - 1] == '?'))
			for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
				if (at + 1 < href.n && (href.p[at + 1] | 0x20) == ways[i][0] &&
				    str_starts_nocase(str_sub(href, at + 1, href.n), str_of(ways[i])))
					return true;
	return false;
}

static int
marked_points(const struct html_node *e, uint32_t letters)
{
	int points = 0;

	for (size_t i = 0; i < e->attrs_n; i++) {
		struct str name = e->attrs[i].name, value = e->attrs[i].value;

		if (str_eq(name, STR("rel")) && str_find_nocase(value, STR("author")) != STR_NONE)
			points += REL_AUTHOR;
		else if (str_eq(name, STR("itemprop")) && str_eq_nocase(value, STR("author")))
			points += ITEMPROP;
		else if ((str_eq(name, STR("class")) || str_eq(name, STR("id")) || str_eq(name, STR("data-testid")) || str_eq(name, STR("property"))) &&
		    td_names_with(value, author_words, letters))
			points += td_names_any(value, not_words) ? CALLED_AUTHOR / 3 : CALLED_AUTHOR;
	}
	return points > 0 && e->tag == TAG_A && leads_to_author(e) ? points + LEADS_TO_AUTHOR : points;
}

static bool
is_no_byline(enum html_tag tag)
{
	return tag == TAG_META || tag == TAG_BODY || tag == TAG_HTML || tag == TAG_LINK || tag == TAG_ARTICLE || tag == TAG_MAIN || tag == TAG_IMG ||
	    tag == TAG_SECTION || tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_INPUT || tag == TAG_H1;
}

/* The story's own last line may be called a footer; a site's says more than who wrote. */
static bool
is_own_footer(struct search *s, const struct html_node *e)
{
	static const char *const foot_words[] = { "foot", "footer", "postfooter", "colophon", NULL };

	while (e != NULL && td_furniture(e) != FURNITURE_HARD)
		e = e->parent;
	return e != NULL && e->tag != TAG_BODY && (e->tag == TAG_FOOTER || td_element_named(e, foot_words)) &&
	    td_plain_text(s->names.arena, e).n <= FOOTER_B;
}

static void
consider(struct search *s, const struct html_node *e, struct str text, size_t at, int points)
{
	enum sight_place place = td_sight_place(s->sight, at);
	bool             is_told = points >= CALLED_AUTHOR;

	points += place_points[place];
	if (points < ENOUGH || s->n == PRINTED_MAX)
		return;
	if (td_in_furniture(s->sight, e))
		points += is_told && place == SIGHT_BEHIND && is_own_footer(s, e) ? IN_OWN_FOOTER : IN_FURNITURE;
	if (points >= ENOUGH)
		s->found[s->n++] = (struct printed){ e, text, at, points };
}

/* "11.12.2019 - Ana Ruiz", "04.02.2022 | 13:10 Uhr | Ana Ruiz", "Posted on June 3, 2024 by Ana Ruiz": what follows the date. */
static struct str
behind_date(struct str line)
{
	static const char *const clocks[] = { " Uhr", "Uhr", " h ", " uur" };
	struct written_date d;
	struct str          rest;

	if (line.n > 120 || !td_written_find(line, 0, NULL, &d) || d.from > 14)
		return STR("");
	rest = str_sub(line, d.to, line.n);
	for (size_t i = 0; i < sizeof(clocks) / sizeof(*clocks); i++)
		if (str_starts(rest, str_of(clocks[i])))
			rest = str_sub(rest, strlen(clocks[i]), rest.n);
	return str_trim(rest);
}

/* "Photo: A. Autor: <b>Ana Ruiz</b>": what stands behind the label, when something else stands before it. */
static struct str
behind_label(struct search *s, const struct html_node *parent, struct str label)
{
	struct str text = td_parted_text(s->names.arena, parent);
	size_t     at = str_find(text, label);

	return at == STR_NONE || at == 0 ? STR("") : str_sub(text, at, text.n);
}

/* "By Ana Ruiz" as a line of its own; "Written by" alone stands before a link. */
static void
consider_text(struct search *s, const struct html_node *n, size_t at)
{
	enum sight_place place = td_sight_place(s->sight, at);
	struct str       line = str_trim(n->text), rest;
	bool             beside = place == SIGHT_BESIDE || place == SIGHT_ABOVE, bare, may;
	size_t           label, office;

	while (line.n > 1 && (line.p[0] == '|' || line.p[0] == '-' || str_starts(line, STR("\xc2\xa0"))))
		line = str_trim(str_sub(line, line.p[0] == '|' || line.p[0] == '-' ? 1 : 2, line.n));
	if (line.n < 2 || line.n > LINE_B || (!beside && line.n > SHORT_LINE_B && place != SIGHT_IN_STORY && place != SIGHT_BEHIND))
		return;
	may = td_may_be_byline(line);
	bare = may && td_is_byline_label(line);
	label = bare ? line.n : may ? td_byline_label(line) : 0;
	office = label > 0 || (unsigned char)line.p[0] < 0x80 ? STR_NONE : str_find(line, STR("기자"));
	if (label == 0 && office == STR_NONE && beside && line.p[0] >= '0' && (rest = behind_date(line)).n > 0)
		consider(s, n->parent, rest, at, td_byline_label(rest) > 0 ? LABELLED : BEHIND_DATE);
	if (label == 0 && beside && line.n < WEAK_LINE_B && td_is_weak_byline(line) && !is_no_byline(n->parent->tag) &&
	    td_plain_text(s->names.arena, n->parent).n <= line.n + 1)
		consider(s, n->parent, line, at, WEAKLY_LABELLED);
	if (label == 0 && office == STR_NONE)
		return;
	if (td_plain_text(s->names.arena, n->parent).n > LINE_B)
		return;
	if (bare && td_plain_text(s->names.arena, n->parent).n <= str_trim(n->text).n + 1 && n->parent->parent != NULL &&
	    !is_no_byline(n->parent->parent->tag) && td_plain_text(s->names.arena, n->parent->parent).n <= LINE_B)
		consider(s, n->parent->parent, STR(""), at, LABELLED + SHORT_LINE);
	else if (bare && (rest = behind_label(s, n->parent, line)).n > 0)
		consider(s, n->parent, rest, at, LABELLED + SHORT_LINE);
	else if (label > 0 && (bare || (line.p[label] >= 'A' && line.p[label] <= 'Z') || (unsigned char)line.p[label] >= 0x80 || line.p[label] == ' '))
		consider(s, n->parent, STR(""), at, LABELLED + (line.n < SHORT_LINE_B ? SHORT_LINE : 0));
	else if (office != STR_NONE && office < 40 && line.n < 120)
		consider(s, n->parent, STR(""), at, LABELLED + SHORT_LINE);
}

static bool
is_set_right(const struct html_node *e)
{
	return str_eq_nocase(td_html_attr(e, STR("align")), STR("right")) || str_find_nocase(td_html_attr(e, STR("style")), STR("right")) != STR_NONE ||
	    td_html_has_class(e, STR("has-text-align-right"));
}

/* Is the element alone in its paragraph? */
static bool
is_last_block(struct search *s, const struct html_node *e)
{
	size_t n = td_plain_text(s->names.arena, e).n;

	while (e->parent != NULL && e->tag != TAG_P && e->tag != TAG_DIV && e->tag != TAG_BODY)
		e = e->parent;
	return e->tag == TAG_P && td_plain_text(s->names.arena, e).n <= n + 2;
}

/* The story's last line, set apart and nothing but a name: "<em>Ana Ruiz</em>", "(Ana Ruiz)". */
static void
consider_signature(struct search *s, const struct html_node *n, size_t at)
{
	const struct html_node *e = n->parent;
	struct str              line;
	bool                    is_bracketed;
	size_t                  words = 1;

	if (at + n->text.n + SIGNATURE_B < s->sight->story_end || at >= s->sight->story_end)
		return;
	if ((line = str_trim(n->text)).n < 5 || line.n > SIGNATURE_B || s->n == PRINTED_MAX)
		return;
	is_bracketed = line.p[0] == '(' && line.p[line.n - 1] == ')';
	line = is_bracketed ? str_sub(line, 1, line.n - 1) : line;
	for (size_t i = 0; i < line.n; i++) {
		if (strchr(",:;!?()0123456789/", line.p[i]) != NULL)
			return;
		words += line.p[i] == ' ';
	}
	if (words < 2 || words > 3 || td_plain_text(s->names.arena, e).n > n->text.n)
		return;
	if (is_bracketed || ((e->tag == TAG_I || e->tag == TAG_EM || e->tag == TAG_B || e->tag == TAG_STRONG || is_set_right(e)) && is_last_block(s, e)))
		s->found[s->n++] = (struct printed){ n->parent, line, at, ENOUGH };
}

static struct str
trimmed(struct str s)
{
	while ((s = str_trim(s)).n > 1 && str_starts(s, STR("\xc2\xa0")))
		s = str_sub(s, 2, s.n);
	while ((s = str_trim(s)).n > 1 && str_ends(s, STR("\xc2\xa0")))
		s.n -= 2;
	return s;
}

/* Is its first text "Posted by …"? */
static bool
begins_with_label(const struct html_node *e)
{
	for (const struct html_node *n = e; n != NULL; n = td_html_next(n, e)) {
		struct str text = n->kind == HTML_TEXT ? trimmed(n->text) : STR("");

		if (text.n > 0)
			return td_byline_label(text) > 0 || str_eq_nocase(text, STR("by")) || str_eq_nocase(text, STR("von"));
	}
	return false;
}

static void
gather(struct search *s, const struct html_tree *tree)
{
	size_t at = 0;

	s->letters = td_first_letters(author_words);
	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document)) {
		int points;

		if (n->kind == HTML_ELEMENT && n->attrs_n > 0 && !is_no_byline(n->tag) &&
		    ((points = marked_points(n, s->letters)) > 0 || (n->tag == TAG_A && leads_to_author(n) && (points = LEADS_TO_AUTHOR) > 0)))
			consider(s, n, STR(""), at, points + (begins_with_label(n) ? LABELLED : 0));
		if (n->kind == HTML_TEXT && td_is_shown(n)) {
			consider_text(s, n, at);
			consider_signature(s, n, at);
			at += n->text.n;
		}
	}
}

static bool
is_name_itself(const struct html_node *e)
{
	return e->attrs_n > 0 && (td_html_has_class(e, STR("fn")) || str_eq_nocase(td_html_attr(e, STR("itemprop")), STR("name")) ||
	    str_find_nocase(td_html_attr(e, STR("rel")), STR("author")) != STR_NONE || (e->tag == TAG_A && leads_to_author(e)));
}

static bool
has_many_words(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ' ';
	return n > 3;
}

/* The names in an element: those that it marks as names or links to their owners; else its text; else its first words. */
static size_t
names_in(struct search *s, const struct printed *p)
{
	const struct html_node *byline = p->e;
	struct arena           *a = s->names.arena;
	size_t                  n = 0;
	bool                    marked = marked_points(byline, s->letters) >= CALLED_AUTHOR, labelled;
	struct str              text;

	if (p->text.n > 0)
		return td_person_add(&s->names, p->text, td_byline_label(p->text) > 0 && td_utf8_count(p->text) <= SHORT_CHARS);
	for (const struct html_node *e = td_html_next(byline, byline); e != NULL; e = td_html_next(e, byline))
		if (is_name_itself(e))
			n += td_person_add(&s->names, td_plain_text(a, e), true);
	if (n > 0)
		return n;
	text = td_parted_text(a, byline);
	/* One name after "By" is enough where there is nothing else. */
	labelled = td_byline_label(text) > 0 && td_utf8_count(text) <= SHORT_CHARS && td_sight_place(s->sight, p->at) < SIGHT_FAR;
	for (const struct html_node *e = td_html_next(byline, byline); e != NULL && n == 0 && has_many_words(text) && byline->first->next != NULL;
	    e = td_html_next(e, byline))
		if (e->kind == HTML_TEXT && e->text.n < LINE_B && td_is_shown(e) && !td_is_byline_label(e->text))
			n = td_person_add(&s->names, e->text, false);
	if (n == 0 && text.n <= LINE_B)
		n = td_person_add(&s->names, text, (marked && text.n <= MARKED_B) || labelled);
	return n;
}

/* In one list, or in the same part of one. */
static bool
are_together(const struct html_node *a, const struct html_node *b)
{
	return a->parent == b->parent || (a->parent != NULL && b->parent != NULL && a->parent->parent == b->parent->parent &&
	    a->parent->tag == b->parent->tag && a->parent->tag != TAG_ARTICLE);
}

/* The best of what is printed, and those of the same make beside it. */
static bool
from_sight(struct search *s)
{
	bool done[PRINTED_MAX] = { false };

	for (size_t round = 0; round < s->n && s->names.list.n == 0; round++) {
		size_t best = s->n;

		for (size_t i = 0; i < s->n; i++)
			if (!done[i] && (best == s->n || s->found[i].points > s->found[best].points))
				best = i;
		if (best == s->n || s->found[best].points < s->least)
			return false;
		done[best] = true;
		if (names_in(s, &s->found[best]) == 0)
			continue;
		for (size_t i = best + 1; i < s->n; i++)
			if (s->found[i].at - s->found[best].at < TOGETHER_B && are_together(s->found[i].e, s->found[best].e) && s->found[i].e->tag == s->found[best].e->tag &&
			    str_eq(td_html_attr(s->found[i].e, STR("class")), td_html_attr(s->found[best].e, STR("class"))) &&
			    s->found[i].points >= s->found[best].points - 10)
				(void)names_in(s, &s->found[i]);
	}
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
begin_list(struct search *s)
{
	s->names.list = (struct str_list){ arena_array(s->names.arena, LIMIT_LIST_N, struct str), 0 };
}

/* "Ana" or "ana.ruiz" by the page's data is "Ana Ruiz" by its byline; and where the data names the site, a person printed is the one. */
static bool
found_better(struct search *s, const struct html_tree *tree)
{
	struct str_list kept = s->names.list;
	struct str      one = kept.v[0], first;
	bool            is_weak = is_handle(one) || td_is_site(s->names.arena, s->names.site, one);

	gather(s, tree);
	s->least = is_weak ? SURE : 0;
	begin_list(s);
	if (from_sight(s)) {
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
is_overruled(struct search *s, const struct html_tree *tree, const struct page_head *head, const char *const *exact)
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
		gather(s, tree);
		if (from_sight(s) && are_same(&s->names.list, &meta))
			return true;
	}
	s->names.list = said;
	return false;
}

/* "creator" may name those whom "author" leaves out. */
static void
add_creators(struct search *s, const struct json_node *ld)
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
may_be_better(const struct search *s)
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
	struct search     *s = arena_new(a, struct search);
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
		gather(s, tree);
		s->least = says_organization(head->ld) ? FAIRLY_SURE : 0;
		if (from_sight(s))
			out.why = "printed as a byline", out.confidence = 75;
		else if (from_meta(s, head, vague))
			out.why = "a meta element that often names others", out.confidence = 60;
	}
	out.names = s->names.list;
	*ret = out;
}
