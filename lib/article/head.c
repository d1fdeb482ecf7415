#include "article/head.h"

#include "article/marks.h"

#define SCRIPTS_MAX 64

/* The JSON-LD scripts. */
struct scripts {
	struct str text[SCRIPTS_MAX];
	size_t     n;
};

static void
add_meta(struct page_head *h, struct str name, struct str value)
{
	value = str_trim(value);
	if (name.n > 0 && value.n > 0 && h->metas_n < HEAD_METAS_MAX)
		h->metas[h->metas_n++] = (struct page_meta){ name, value };
}

static void
take_meta(struct page_head *h, const struct html_node *n)
{
	struct str value = td_html_attr(n, STR("content"));

	add_meta(h, td_html_attr(n, STR("property")), value);
	add_meta(h, td_html_attr(n, STR("name")), value);
	add_meta(h, td_html_attr(n, STR("itemprop")), value);
	if (str_eq_nocase(td_html_attr(n, STR("http-equiv")), STR("content-language")))
		add_meta(h, STR("content-language"), value);
}

static void
take_time(struct page_head *h, const struct html_node *n)
{
	struct str value = td_html_attr(n, STR("datetime"));

	add_meta(h, td_html_attr(n, STR("itemprop")), value.n > 0 ? value : td_html_attr(n, STR("content")));
	if (h->time.n == 0)
		h->time = value;
}

/* itemprop and RDFa's property: the value is in content, title or the text. */
static void
take_microdata(struct page_head *h, const struct html_node *n)
{
	struct str name = td_html_attr(n, STR("itemprop")), value;

	if (name.n == 0)
		name = td_html_attr(n, STR("property"));
	if (name.n == 0)
		return;
	value = td_html_attr(n, STR("content"));
	if (value.n == 0 && str_starts(name, STR("date")))
		value = td_html_attr(n, STR("title"));
	if (value.n == 0 && str_starts(name, STR("date")) && n->first != NULL && n->first->kind == HTML_TEXT)
		value = n->first->text;
	add_meta(h, name, value);
}

/* Some makers forget to say what a script is: { "@context": "https://schema.org" … */
static bool
looks_like_ld(struct str text)
{
	struct str front = str_sub(str_trim(text), 0, 80);

	return front.n > 0 && (front.p[0] == '{' || front.p[0] == '[') && str_find(front, STR("\"@context\"")) != STR_NONE &&
	    str_find(front, STR("schema.org")) != STR_NONE;
}

/* {&quot;headline&quot;: …}: escaped once too often, by a template that did not know where it was. */
static struct str
unescaped(struct arena *a, struct str text)
{
	if (str_find(str_sub(text, 0, 400), STR("&quot;")) == STR_NONE || str_find_char(str_sub(text, 0, 100), '"') != STR_NONE)
		return text;
	return td_unescaped(a, text);
}

static void
take_script(struct arena *a, const struct html_node *n, struct scripts *s)
{
	struct str type = td_html_attr(n, STR("type"));

	if (n->first != NULL && n->first->kind == HTML_TEXT && s->n < SCRIPTS_MAX &&
	    (str_starts_nocase(str_trim(type), STR("application/ld+json")) || (type.n == 0 && looks_like_ld(n->first->text))))
		s->text[s->n++] = unescaped(a, n->first->text);
}

static struct str
joined(struct arena *a, const struct scripts *s)
{
	size_t room = 0, at = 0;
	char  *p;

	for (size_t i = 0; i < s->n; i++)
		room += s->text[i].n;
	p = arena_take(a, room + 1);
	for (size_t i = 0; i < s->n; at += s->text[i].n, i++)
		memcpy(p + at, s->text[i].p, s->text[i].n);
	return (struct str){ p, room };
}

static void
take(struct arena *a, struct page_head *h, const struct html_node *n, struct scripts *ld)
{
	switch (n->tag) {
	case TAG_META:
		take_meta(h, n);
		break;
	case TAG_TIME:
		take_time(h, n);
		break;
	case TAG_SCRIPT:
		take_script(a, n, ld);
		break;
	case TAG_LINK:
		if (h->canonical.n == 0 && str_eq_nocase(td_html_attr(n, STR("rel")), STR("canonical")))
			h->canonical = td_html_attr(n, STR("href"));
		break;
	case TAG_TITLE:
		if (h->title == NULL && n->ns == NS_HTML)
			h->title = n;
		break;
	case TAG_H1: case TAG_H2:
		if (h->headings_n < HEAD_HEADINGS_MAX)
			h->headings[h->headings_n++] = n;
		break;
	default:
		if (n->attrs_n > 0)
			take_microdata(h, n);
		break;
	}
}

void
td_article_head(struct arena *a, const struct html_tree *tree, struct str url, struct page_head *ret)
{
	struct page_head h = { .metas = arena_array(a, HEAD_METAS_MAX, struct page_meta),
		.headings = arena_array(a, HEAD_HEADINGS_MAX, const struct html_node *) };
	struct scripts   ld = { .n = 0 };

	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document))
		if (n->kind == HTML_ELEMENT)
			take(a, &h, n, &ld);
	h.ld = td_json_read(a, joined(a, &ld));
	h.url = url.n > 0 ? url : h.canonical.n > 0 ? h.canonical : td_article_meta(&h, STR("og:url"));
	*ret = h;
}

struct str
td_article_meta(const struct page_head *h, struct str name)
{
	for (size_t i = 0; i < h->metas_n; i++)
		if (h->metas[i].name.n == name.n && str_eq_nocase(h->metas[i].name, name))
			return h->metas[i].value;
	return STR("");
}
