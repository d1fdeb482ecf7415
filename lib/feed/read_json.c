/* JSON Feed 1.0 and 1.1, and what comes near it. */
#include "base/limits.h"
#include "feed/date.h"
#include "feed/read_private.h"
#include "json/read.h"

static struct str
member(const struct json_node *n, const char *key)
{
	const struct json_node *m = td_json_get(n, str_of(key));

	if (m == NULL || (m->kind != JSON_STRING && m->kind != JSON_WORD) || (m->kind == JSON_WORD && str_eq(m->text, STR("null"))))
		return STR("");
	return str_trim(m->text);
}

static struct str
first_of(const struct json_node *n, const char *key, const char *other)
{
	struct str s = member(n, key);

	return s.n > 0 ? s : member(n, other);
}

static struct feed_text
text_of(struct str s, enum feed_type type)
{
	return (struct feed_text){ .value = str_sub(s, 0, LIMIT_FEED_TEXT_B), .type = type };
}

static struct feed_date
date_of(const struct json_node *n, const char *key)
{
	struct feed_date d = { .text = member(n, key) };

	(void)td_feed_date(d.text, &d.us);      /* an unreadable date stays as text */
	return d;
}

static void
read_authors(struct arena *a, const struct json_node *n, struct feed_about *about)
{
	const struct json_node *list = td_json_get(n, STR("authors")), *one = td_json_get(n, STR("author"));

	if (list != NULL && list->kind == JSON_LIST)
		for (const struct json_node *p = list->first; p != NULL; p = p->next)
			td_feed_add_person(a, about, (struct feed_person){ .name = member(p, "name"), .url = member(p, "url") });
	if (about->authors.n == 0 && one != NULL)
		td_feed_add_person(a, about, (struct feed_person){ .name = member(one, "name"), .url = member(one, "url") });
	if (about->authors.n > 0)
		about->author = about->authors.v[0].name;
}

static void
read_enclosures(struct arena *a, const struct json_node *n, struct str base, struct feed_item *item)
{
	const struct json_node *list = td_json_get(n, STR("attachments"));

	for (const struct json_node *e = list != NULL ? list->first : NULL; e != NULL; e = e->next)
		td_feed_add_enclosure(a, item, (struct feed_enclosure){ .url = td_feed_resolve(a, base, member(e, "url")),
			.type = member(e, "mime_type"), .length = member(e, "size_in_bytes"), .title = member(e, "title") });
}

static struct feed_item
read_item(struct arena *a, const struct json_node *n, struct str base)
{
	struct feed_item        item = { 0 };
	struct feed_about      *about = &item.about;
	const struct json_node *tags = td_json_get(n, STR("tags"));
	struct str              html = member(n, "content_html");

	about->id = member(n, "id");
	about->link = td_feed_resolve(a, base, first_of(n, "url", "external_url"));
	about->title = text_of(member(n, "title"), FEED_TEXT_PLAIN);
	about->summary = text_of(member(n, "summary"), FEED_TEXT_PLAIN);
	if (html.n > 0)
		about->content = text_of(td_feed_absolute_links(a, about->link.n > 0 ? about->link : base, html), FEED_TEXT_HTML);
	else
		about->content = text_of(member(n, "content_text"), FEED_TEXT_PLAIN);
	about->image = td_feed_resolve(a, base, first_of(n, "image", "banner_image"));
	about->language = member(n, "language");
	about->published = date_of(n, "date_published");
	about->updated = date_of(n, "date_modified");
	read_authors(a, n, about);
	for (const struct json_node *t = tags != NULL ? tags->first : NULL; t != NULL; t = t->next)
		td_feed_add_tag(a, about, str_trim(t->text));
	read_enclosures(a, n, base, &item);
	td_feed_finish_about(about);
	return item;
}

static void
read_head(struct arena *a, const struct json_node *root, struct str base, struct feed_doc *doc)
{
	const struct json_node *hubs = td_json_get(root, STR("hubs"));
	struct feed_about      *about = &doc->about;

	doc->kind = FEED_JSON;
	about->title = text_of(member(root, "title"), FEED_TEXT_PLAIN);
	about->summary = text_of(member(root, "description"), FEED_TEXT_PLAIN);
	about->link = td_feed_resolve(a, base, member(root, "home_page_url"));
	about->language = member(root, "language");
	about->image = td_feed_resolve(a, base, first_of(root, "icon", "favicon"));
	doc->self = td_feed_resolve(a, base, member(root, "feed_url"));
	doc->next = td_feed_resolve(a, base, member(root, "next_url"));
	if (hubs != NULL && hubs->first != NULL)
		doc->hub = member(hubs->first, "url");
	read_authors(a, root, about);
	td_feed_finish_about(about);
}

/* The newest of its items is as new as the feed is. */
static void
date_by_items(struct feed_doc *doc)
{
	for (size_t i = 0; i < doc->items.n; i++) {
		const struct feed_about *item = &doc->items.v[i].about;
		const struct feed_date  *d = item->updated.us != 0 ? &item->updated : &item->published;

		if (d->us > doc->about.updated.us)
			doc->about.updated = *d;
	}
}

enum err_code
td_feed_read_json(struct arena *a, const struct feed_ask *ask, struct str text, struct feed_doc *doc, struct err *err)
{
	const struct json_node *root = td_json_read(a, text)->first, *items = td_json_get(root, STR("items"));
	struct str              version = member(root, "version");
	size_t                  total_b = 0;

	if (root == NULL || root->kind != JSON_OBJECT || (items == NULL && str_find(version, STR("jsonfeed")) == STR_NONE &&
	    td_json_get(root, STR("title")) == NULL))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": JSON, but not a feed; nothing taken from it",
		    STR_ARG(ask->url.n > 0 ? ask->url : STR("the document")));
	read_head(a, root, ask->url, doc);
	for (const struct json_node *n = items != NULL ? items->first : NULL; n != NULL; n = n->next) {
		struct feed_item item = read_item(a, n, ask->url);

		total_b += item.about.content.value.n + item.about.summary.value.n + item.about.title.value.n;
		if (n->kind == JSON_OBJECT && (total_b > LIMIT_FEED_TOTAL_B || !td_feed_add_item(a, doc, &item)))
			doc->is_over_limit = true;
	}
	date_by_items(doc);
	return ERR_OK;
}
