#include "feed/discover.h"

#include "base/limits.h"
#include "feed/read_private.h"
#include "text/utf8.h"
#include "url/url.h"

static const struct wire_field fields[] = {
	WIRE(struct found_feed, STR, url, LIMIT_URL_B),
	WIRE(struct found_feed, STR, title, LIMIT_FIELD_B),
	WIRE(struct found_feed, STR, type, LIMIT_FIELD_B),
	WIRE(struct found_feed, BOOL, is_declared, 0),
};
const struct wire_desc found_feed_desc = WIRE_DESC(struct found_feed, fields);

static bool
has_word(struct str list, struct str word)
{
	for (size_t at = 0; at < list.n;) {
		size_t from = at;

		while (at < list.n && list.p[at] != ' ' && list.p[at] != '\t' && list.p[at] != '\n' && list.p[at] != '\r')
			at++;
		if (str_eq_nocase(str_sub(list, from, at), word))
			return true;
		at++;
	}
	return false;
}

static bool
is_feed_type(struct str type)
{
	static const char *const types[] = { "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
		"application/json", "application/xml", "text/xml", "application/x-rss+xml" };

	type = str_trim(str_sub(type, 0, str_find_char(type, ';')));
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq_nocase(type, str_of(types[i])))
			return true;
	return false;
}

static void
add(struct arena *a, struct found_feed_list *list, struct str base, struct found_feed found)
{
	struct url url;
	struct err err;

	found.url = td_feed_resolve(a, base, str_trim(found.url));
	if (found.url.n == 0 || found.url.n > LIMIT_URL_B || list->n == LIMIT_LIST_N)
		return;
	if (base.n > 0 && (td_url_parse(a, found.url, NULL, &url, &err) != ERR_OK || !td_url_is_web(&url)))
		return;
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i].url, found.url))
			return;
	found.title = str_sub(found.title, 0, td_utf8_floor(found.title, found.title.n < LIMIT_FIELD_B ? found.title.n : LIMIT_FIELD_B));
	found.type = str_sub(found.type, 0, td_utf8_floor(found.type, found.type.n < LIMIT_FIELD_B ? found.type.n : LIMIT_FIELD_B));
	list->v[list->n++] = found;
}

static struct str
or_empty(struct str s)
{
	return s.p != NULL ? s : STR("");
}

static void
read_link(struct arena *a, const struct html_node *n, struct str base, struct found_feed_list *list)
{
	struct str rel = or_empty(td_html_attr(n, STR("rel"))), type = or_empty(td_html_attr(n, STR("type")));

	if (td_html_attr(n, STR("href")).p == NULL)
		return;
	if ((has_word(rel, STR("alternate")) && is_feed_type(type)) || has_word(rel, STR("feed")))
		add(a, list, base, (struct found_feed){ td_html_attr(n, STR("href")), or_empty(td_html_attr(n, STR("title"))), type, true });
}

/* The last part of a path, without a slash at its end. */
static struct str
last_part(struct str href)
{
	size_t from;

	href = str_sub(href, 0, str_find_char(href, '?'));
	href = str_sub(href, 0, str_find_char(href, '#'));
	while (href.n > 0 && href.p[href.n - 1] == '/')
		href.n--;
	for (from = href.n; from > 0 && href.p[from - 1] != '/'; from--)
		;
	return str_sub(href, from, href.n);
}

static bool
looks_like_feed(struct arena *a, const struct html_node *n, struct str href)
{
	static const char *const ends[] = { ".rss", ".atom", ".rdf", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json" };
	static const char *const parts[] = { "rss", "feed", "feeds", "atom", "rss2" };
	struct str               part = last_part(href), text;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (part.n >= strlen(ends[i]) && str_eq_nocase(str_sub(part, part.n - strlen(ends[i]), part.n), str_of(ends[i])))
			return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (str_eq_nocase(part, str_of(parts[i])))
			return true;
	if (n->first == NULL || n->first->kind != HTML_TEXT || n->first->text.n > 32)
		return false;
	text = td_html_text(a, n);
	return str_eq_nocase(text, STR("rss")) || str_eq_nocase(text, STR("rss feed")) || str_eq_nocase(text, STR("atom"));
}

/* Where relative addresses of the page begin. */
struct str
td_feed_base_of(struct arena *a, const struct html_tree *tree, struct str url)
{
	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document))
		if (n->tag == TAG_BASE && td_html_attr(n, STR("href")).p != NULL)
			return url.n > 0 ? td_feed_resolve(a, url, td_html_attr(n, STR("href"))) : url;
	return url;
}

void
td_feed_discover(struct arena *a, const struct html_tree *tree, struct str url, struct found_feed_list *ret)
{
	struct str base = td_feed_base_of(a, tree, url);

	*ret = (struct found_feed_list){ .v = arena_array(a, LIMIT_LIST_N, struct found_feed) };
	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document))
		if (n->tag == TAG_LINK)
			read_link(a, n, base, ret);
	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document)) {
		struct str href = n->tag == TAG_A ? or_empty(td_html_attr(n, STR("href"))) : STR("");

		if (href.n > 0 && looks_like_feed(a, n, href))
			add(a, ret, base, (struct found_feed){ .url = href, .title = td_html_text(a, n), .type = STR("") });
	}
}
