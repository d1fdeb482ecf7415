#include "article/title.h"

#include "base/limits.h"

/* Length and place of the next " | ", " - ", " – ", " — ", " :: ", " » ", " · " at or after `at`; 0: none. */
static size_t
separator(struct str s, size_t at, size_t *ret_at)
{
	static const char *const marks[] = { " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " : ", "｜", " │ ", " / " };

	for (; at < s.n; at++)
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (str_starts(str_sub(s, at, s.n), str_of(marks[i]))) {
				*ret_at = at;
				return strlen(marks[i]);
			}
	return 0;
}

/* The site's name off either end of a title; without a known name the shorter end goes, and is the name. */
static struct str
without_site(struct str s, struct str site, struct str *ret_cut)
{
	size_t first = 0, last = 0, first_n = separator(s, 0, &first), n, at;
	struct str head, tail;

	*ret_cut = STR("");
	if (first_n == 0)
		return s;
	for (size_t from = 0; (n = separator(s, from, &at)) > 0; from = at + n)
		last = at, first_n = from == 0 ? n : first_n;
	(void)separator(s, last, &at);
	n = separator(s, last, &at);
	tail = str_sub(s, last + n, s.n);
	head = str_sub(s, 0, first);
	if (site.n > 0 && str_eq_nocase(head, site))
		return *ret_cut = head, str_trim(str_sub(s, first + first_n, s.n));
	if (site.n > 0 && !str_eq_nocase(tail, site) && str_find_nocase(tail, site) == STR_NONE && str_find_nocase(site, tail) == STR_NONE)
		return s;
	if (site.n == 0 && tail.n * 2 > s.n)
		return s;
	*ret_cut = tail;
	return str_trim(str_sub(s, 0, last));
}

/* The heading that the page's <title> or og:title repeats; else the only h1. */
static struct str
heading(struct arena *a, const struct page_head *head, struct str page_title, struct str og, bool *ret_repeated,
	const struct html_node **ret_node)
{
	struct str only = STR("");
	size_t     h1 = 0;

	*ret_repeated = false;
	*ret_node = NULL;
	for (size_t i = 0; i < head->headings_n; i++) {
		const struct html_node *n = head->headings[i];
		struct str              text = td_html_text(a, n);

		if (text.n == 0)
			continue;
		if (text.n >= 12 && text.n * 3 > page_title.n && (str_find_nocase(page_title, text) != STR_NONE || str_eq_nocase(text, og)))
			return *ret_node = n, *ret_repeated = true, text;
		if (n->tag == TAG_H1 && h1++ == 0)
			only = text, *ret_node = n;
	}
	if (h1 != 1)
		*ret_node = NULL;
	return h1 == 1 ? only : STR("");
}

/* A heading that leads to another page, as a site's name leads to its front page. */
static bool
is_home(const struct html_node *heading)
{
	return heading != NULL && heading->parent != NULL && (heading->parent->tag == TAG_A || td_html_find(heading, TAG_A) != NULL);
}

static struct str
ld_text(const struct json_node *ld, struct str key)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, key) && n->kind == JSON_STRING && n->text.n > 0)
			return str_trim(n->text);
	return STR("");
}

static struct str
ld_publisher(const struct json_node *ld)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld)) {
		const struct json_node *name = str_eq(n->key, STR("publisher")) ? td_json_get(n, STR("name")) : NULL;

		if (name != NULL && name->kind == JSON_STRING)
			return str_trim(name->text);
	}
	return STR("");
}

static void
find_site(const struct page_head *head, struct page_title *ret)
{
	if ((ret->site = td_article_meta(head, STR("og:site_name"))).n > 0)
		ret->why_site = "meta og:site_name";
	else if ((ret->site = ld_publisher(head->ld)).n > 0)
		ret->why_site = "JSON-LD publisher";
	else if ((ret->site = td_article_meta(head, STR("application-name"))).n > 0)
		ret->why_site = "meta application-name";
}

void
td_article_title(struct arena *a, const struct page_head *head, struct page_title *ret)
{
	struct page_title       t = { 0 };
	struct str              whole = head->title != NULL ? td_html_text(a, head->title) : STR("");
	struct str              og = td_article_meta(head, STR("og:title")), cut;
	bool                    repeated;

	find_site(head, &t);
	t.title = heading(a, head, whole, og, &repeated, &t.headline);
	if (repeated) {
		t.why = "the heading that the page's title repeats", t.confidence = 95;
	} else if (t.title.n >= 12 && str_find_nocase(t.title, t.site.n > 0 ? t.site : STR("\n")) == STR_NONE && !is_home(t.headline)) {
		t.why = "the only first heading", t.confidence = 80;
	} else if (og.n > 0) {
		t.title = without_site(og, t.site, &cut);
		t.why = "meta og:title", t.confidence = 85;
	} else if ((cut = ld_text(head->ld, STR("headline"))).n > 0) {
		t.title = cut;
		t.why = "JSON-LD headline", t.confidence = 85;
	} else if (whole.n > 0) {
		t.title = without_site(whole, t.site, &cut);
		t.why = "the page's title", t.confidence = 60;
	}
	if (t.site.n == 0 && whole.n > 0) {
		(void)without_site(whole, STR(""), &cut);
		t.site = cut;
		t.why_site = cut.n > 0 ? "the end of the page's title" : NULL;
	}
	t.title = td_html_text(a, &(struct html_node){ .kind = HTML_TEXT, .text = t.title });
	*ret = t;
}
