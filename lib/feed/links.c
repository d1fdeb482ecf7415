#include "feed/links.h"

#include "base/limits.h"
#include "feed/read_private.h"
#include "text/utf8.h"
#include "url/url.h"

#define HEADLINE_B 18           /* shorter words are a button's: "More", "다음 페이지" */

/* ── selectors ────────────────────────────────────────────────────────── */

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/* The name at the front, which is taken off; "" when there is none. */
static struct str
take_name(struct str *text)
{
	size_t     n = 0;
	struct str name;

	while (n < text->n && is_name_char(text->p[n]))
		n++;
	name = str_sub(*text, 0, n);
	*text = str_sub(*text, n, text->n);
	return name;
}

/* "li.new#first" */
static bool
take_step(struct str text, struct links_step *ret)
{
	*ret = (struct links_step){ .tag = take_name(&text), .id = STR("") };
	while (text.n > 0) {
		char       mark = text.p[0];
		struct str name;

		text = str_sub(text, 1, text.n);
		name = take_name(&text);
		if (name.n == 0 || (mark != '.' && mark != '#'))
			return false;
		if (mark == '#' && ret->id.n == 0)
			ret->id = name;
		else if (mark == '.' && ret->classes_n < LINKS_WORDS_N)
			ret->classes[ret->classes_n++] = name;
		else
			return false;
	}
	return true;
}

static bool
take_way(struct str text, struct links_way *ret)
{
	struct str part;

	*ret = (struct links_way){ .n = 0 };
	while (str_cut(&text, ' ', &part)) {
		if (part.n == 0)
			continue;
		if (ret->n == LINKS_STEPS_N || !take_step(part, &ret->steps[ret->n]))
			return false;
		ret->n++;
	}
	return ret->n > 0;
}

enum err_code
td_links_select(struct str text, struct links_select *ret, struct err *err)
{
	struct str rest = text, part;

	*ret = (struct links_select){ .n = 0 };
	if (str_trim(text).n == 0)
		return ERR_OK;
	while (str_cut(&rest, ',', &part)) {
		if (ret->n == LINKS_WAYS_N || !take_way(str_trim(part), &ret->ways[ret->n]))
			return err_set(err, ERR_FORMAT, "\"%" STR_FMT "\" is no selector of ours: names, .class and #id, a space for \"inside of\", a comma for "
			    "\"or\"", STR_ARG(str_sub(text, 0, 200)));
		ret->n++;
	}
	return ERR_OK;
}

static bool
fits_step(const struct links_step *s, const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT || (s->tag.n > 0 && !str_eq_nocase(s->tag, n->name)) ||
	    (s->id.n > 0 && !str_eq(s->id, td_html_attr(n, STR("id")))))
		return false;
	for (size_t i = 0; i < s->classes_n; i++)
		if (!td_html_has_class(n, s->classes[i]))
			return false;
	return true;
}

/* The nearest ancestor that fits a step is as good as any other. */
static bool
fits_way(const struct links_way *w, const struct html_node *n)
{
	size_t left = w->n;

	if (!fits_step(&w->steps[--left], n))
		return false;
	for (n = n->parent; left > 0 && n != NULL; n = n->parent)
		if (fits_step(&w->steps[left - 1], n))
			left--;
	return left == 0;
}

bool
td_links_fits(const struct links_select *s, const struct html_node *n)
{
	for (size_t i = 0; i < s->n; i++)
		if (fits_way(&s->ways[i], n))
			return true;
	return false;
}

/* ── links ────────────────────────────────────────────────────────────── */

struct link_reader {
	struct arena              *a;
	struct str                 base, page, host;    /* page: its own address without a fragment */
	const struct links_select *select;
	struct feed_doc           *doc;
};

static bool
is_frame(const struct html_node *n)
{
	return n->tag == TAG_NAV || n->tag == TAG_HEADER || n->tag == TAG_FOOTER || n->tag == TAG_ASIDE || n->tag == TAG_FORM;
}

static bool
is_known(const struct feed_doc *doc, struct str link)
{
	for (size_t i = 0; i < doc->items.n; i++)
		if (str_eq(doc->items.v[i].about.link, link))
			return true;
	return false;
}

/* The address of a link on the web, without its fragment; "" when it is none, or the page itself. */
static struct str
address_of(const struct link_reader *r, const struct html_node *n, struct url *ret)
{
	struct str href = td_html_attr(n, STR("href")), link;
	struct err err;

	if (href.p == NULL || str_trim(href).n == 0)
		return STR("");
	link = td_feed_resolve(r->a, r->base, str_trim(href));
	if (link.n == 0 || link.n > LIMIT_URL_B || td_url_parse(r->a, link, NULL, ret, &err) != ERR_OK || !td_url_is_web(ret))
		return STR("");
	ret->has_fragment = false;
	ret->fragment = STR("");
	link = td_url_write(r->a, ret);
	return str_eq(link, r->page) ? STR("") : link;
}

static void
add_link(const struct link_reader *r, const struct html_node *n)
{
	struct feed_doc  *doc = r->doc;
	struct feed_item *item = &doc->items.v[doc->items.n];
	struct url        u;
	struct str        link, words;

	if (doc->items.n == LIMIT_FEED_LIST_N) {
		doc->is_over_limit = true;
		return;
	}
	link = address_of(r, n, &u);
	if (link.n == 0 || is_known(doc, link))
		return;
	words = td_html_text(r->a, n);
	if (r->select->n == 0 && (words.n < HEADLINE_B || !str_eq(u.host, r->host)))
		return;
	words = str_sub(words, 0, td_utf8_floor(words, words.n < LIMIT_FIELD_B ? words.n : LIMIT_FIELD_B));
	*item = (struct feed_item){ .from = n->at, .to = n->at };
	item->about.link = link;
	item->about.title.value = item->about.title.plain = words;
	doc->items.n++;
}

/* The links of the elements that fit, each with all that is inside of it. */
static void
read_selected(const struct link_reader *r, const struct html_node *root)
{
	const struct html_node *n = root;

	while (n != NULL) {
		if (!td_links_fits(r->select, n)) {
			n = td_html_next(n, root);
			continue;
		}
		for (const struct html_node *in = n; in != NULL; in = td_html_next(in, n))
			if (in->tag == TAG_A)
				add_link(r, in);
		n = td_html_after(n, root);
	}
}

static void
read_likely(const struct link_reader *r, const struct html_node *root)
{
	const struct html_node *n = root;

	while (n != NULL) {
		if (n->tag == TAG_A)
			add_link(r, n);
		n = is_frame(n) ? td_html_after(n, root) : td_html_next(n, root);
	}
}

void
td_links_read(struct arena *a, const struct html_tree *tree, struct str url, const struct links_select *select, struct feed_doc *ret)
{
	struct link_reader           r = { .a = a, .base = td_feed_base_of(a, tree, url), .page = url, .host = STR(""), .select = select, .doc = ret };
	const struct html_node *title = td_html_find(tree->document, TAG_TITLE);
	struct url              u;
	struct err              err;

	*ret = (struct feed_doc){ .kind = FEED_RSS, .is_cut = tree->cut };
	ret->items.v = arena_array(a, LIMIT_FEED_LIST_N + 1, struct feed_item);
	if (td_url_parse(a, url, NULL, &u, &err) == ERR_OK) {
		u.has_fragment = false;
		u.fragment = STR("");
		r.page = td_url_write(a, &u);
		r.host = u.host;
	}
	ret->about.link = r.page;
	if (title != NULL)
		ret->about.title.value = ret->about.title.plain = td_html_text(a, title);
	if (select->n > 0)
		read_selected(&r, tree->document);
	else
		read_likely(&r, tree->document);
}
