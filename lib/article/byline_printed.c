#include "article/byline_private.h"

#include "article/byline_label.h"
#include "article/furniture.h"
#include "article/marks.h"
#include "article/written_date.h"
#include "text/utf8.h"

enum {
	LINE_B = 240, SHORT_CHARS = 28, SHORT_LINE_B = 80, MARKED_B = 120, TOGETHER_B = 400, FOOTER_B = 500,
	SIGNATURE_B = 40, WEAK_LINE_B = 80,
	/* What speaks for an element, and against it. */
	REL_AUTHOR = 40, ITEMPROP = 45, CALLED_AUTHOR = 30, LABELLED = 25, LEADS_TO_AUTHOR = 20, SHORT_LINE = 15, BEHIND_DATE = 10, WEAKLY_LABELLED = 5,
	IN_FURNITURE = -35, IN_OWN_FOOTER = -10, ENOUGH = 25,
};

static const char *const author_words[] = { "author", "authors", "byline", "autor", "autoren", "auteur", "auteurs", "autore", "reporter", "authorname",
	"writer", "autores", "autorin", "redakteur", "journalist", "yazar", "penulis", "signature", "firma", "submitted", "username", "poster", "itemposter",
	"contributors", "contributor", "creator", "writers", "bylines", NULL };
static const char *const not_words[] = { "comment", "comments", "avatar", "related", "box", "bio", "photo", "image", "commentauthor", "quote",
	"testimonial", "count", "desc", "description", "caption", "credit", "copyright", "imageauthor", "sidebar", NULL };
static const int place_points[] = { [SIGHT_BESIDE] = 30, [SIGHT_ABOVE] = 20, [SIGHT_IN_STORY] = 8, [SIGHT_FAR] = -10, [SIGHT_BEHIND] = 12,
	[SIGHT_OUTSIDE] = -10 };

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
is_own_footer(struct byline_search *s, const struct html_node *e)
{
	static const char *const foot_words[] = { "foot", "footer", "postfooter", "colophon", NULL };

	while (e != NULL && td_furniture(e) != FURNITURE_HARD)
		e = e->parent;
	return e != NULL && e->tag != TAG_BODY && (e->tag == TAG_FOOTER || td_element_named(e, foot_words)) &&
	    td_plain_text(s->names.arena, e).n <= FOOTER_B;
}

static void
consider(struct byline_search *s, const struct html_node *e, struct str text, size_t at, int points)
{
	enum sight_place place = td_sight_place(s->sight, at);
	bool             is_told = points >= CALLED_AUTHOR;

	points += place_points[place];
	if (points < ENOUGH || s->n == PRINTED_BYLINES_MAX)
		return;
	if (td_in_furniture(s->sight, e))
		points += is_told && place == SIGHT_BEHIND && is_own_footer(s, e) ? IN_OWN_FOOTER : IN_FURNITURE;
	if (points >= ENOUGH)
		s->found[s->n++] = (struct printed_byline){ e, text, at, points };
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
behind_label(struct byline_search *s, const struct html_node *parent, struct str label)
{
	struct str text = td_parted_text(s->names.arena, parent);
	size_t     at = str_find(text, label);

	return at == STR_NONE || at == 0 ? STR("") : str_sub(text, at, text.n);
}

/* "박서연 기자 a@b.kr", and as the end of a short line "佐藤健一記者", "रवि कुमार द्वारा": where the word stands that says what the name is. */
static size_t
find_office(struct str line)
{
	static const char *const ends[] = { "記者", "记者", " द्वारा", NULL };

	if ((unsigned char)line.p[0] < 0x80)
		return STR_NONE;
	for (size_t i = 0; ends[i] != NULL && line.n < WEAK_LINE_B; i++)
		if (str_ends(line, str_of(ends[i])))
			return line.n - strlen(ends[i]);
	return str_find(line, STR("기자"));
}

/* "By Ana Ruiz" as a line of its own; "Written by" alone stands before a link. */
static void
consider_text(struct byline_search *s, const struct html_node *n, size_t at)
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
	office = label > 0 ? STR_NONE : find_office(line);
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
is_last_block(struct byline_search *s, const struct html_node *e)
{
	size_t n = td_plain_text(s->names.arena, e).n;

	while (e->parent != NULL && e->tag != TAG_P && e->tag != TAG_DIV && e->tag != TAG_BODY)
		e = e->parent;
	return e->tag == TAG_P && td_plain_text(s->names.arena, e).n <= n + 2;
}

/* The story's last line, set apart and nothing but a name: "<em>Ana Ruiz</em>", "(Ana Ruiz)". */
static void
consider_signature(struct byline_search *s, const struct html_node *n, size_t at)
{
	const struct html_node *e = n->parent;
	struct str              line;
	bool                    is_bracketed;
	size_t                  words = 1;

	if (at + n->text.n + SIGNATURE_B < s->sight->story_end || at >= s->sight->story_end)
		return;
	if ((line = str_trim(n->text)).n < 5 || line.n > SIGNATURE_B || s->n == PRINTED_BYLINES_MAX)
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
		s->found[s->n++] = (struct printed_byline){ n->parent, line, at, ENOUGH };
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

void
td_byline_gather(struct byline_search *s, const struct html_tree *tree)
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
names_in(struct byline_search *s, const struct printed_byline *p)
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

bool
td_byline_from_sight(struct byline_search *s)
{
	bool done[PRINTED_BYLINES_MAX] = { false };

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
