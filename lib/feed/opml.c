#include "feed/opml.h"

#include <stdlib.h>

#include "base/limits.h"
#include "feed/xml.h"
#include "text/charset.h"
#include "text/utf8.h"

static const struct wire_field feed_fields[] = {
	WIRE(struct opml_feed, STR, url, LIMIT_URL_B),
	WIRE(struct opml_feed, STR, title, LIMIT_FIELD_B),
	WIRE(struct opml_feed, STR, site, LIMIT_URL_B),
	WIRE(struct opml_feed, STR, group, LIMIT_FIELD_B),
	WIRE(struct opml_feed, STR, language, LIMIT_FIELD_B),
	WIRE(struct opml_feed, STR, note, LIMIT_FIELD_B),
};
const struct wire_desc opml_feed_desc = WIRE_DESC(struct opml_feed, feed_fields);

static const struct wire_field fields[] = {
	WIRE(struct opml, STR, title, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct opml, feeds, LIMIT_OPML_N, &opml_feed_desc),
	WIRE(struct opml, BOOL, is_over_limit, 0),
};
const struct wire_desc opml_desc = WIRE_DESC(struct opml, fields);

static const struct str between = { " / ", 3 };

struct reader {
	struct xml       xml;
	struct arena    *arena;
	struct opml     *out;
	struct str       groups[LIMIT_FEED_DEPTH_N + 1];        /* [depth]: the path of an outline's children */
	struct opml_feed *all;
	size_t           n, cap;
	bool             is_opml, in_title;
};

static struct str
attribute(struct reader *r, const char *name, size_t max)
{
	struct str s = td_xml_attr(&r->xml, XML_NS_NONE, name);

	return s.n > max ? str_sub(s, 0, td_utf8_floor(s, max)) : s;
}

static struct str
first_attribute(struct reader *r, const char *name, const char *other)
{
	struct str s = attribute(r, name, LIMIT_FIELD_B);

	return s.n > 0 ? s : attribute(r, other, LIMIT_FIELD_B);
}

static struct str
joined(struct arena *a, struct str path, struct str name)
{
	char *p;

	if (path.n == 0 || name.n == 0)
		return name.n == 0 ? path : name;
	if (path.n + between.n + name.n > LIMIT_FIELD_B)
		return path;
	p = arena_take(a, path.n + between.n + name.n);
	memcpy(p, path.p, path.n);
	memcpy(p + path.n, between.p, between.n);
	memcpy(p + path.n + between.n, name.p, name.n);
	return (struct str){ p, path.n + between.n + name.n };
}

static void
add(struct reader *r, struct opml_feed feed)
{
	if (r->n == LIMIT_OPML_N) {
		r->out->is_over_limit = true;
		return;
	}
	if (r->n == r->cap) {
		struct opml_feed *more = arena_array(r->arena, r->cap > 0 ? 2 * r->cap : 64, struct opml_feed);

		if (r->n > 0)
			memcpy(more, r->all, r->n * sizeof(*more));
		r->cap = r->cap > 0 ? 2 * r->cap : 64;
		r->all = more;
	}
	r->all[r->n++] = feed;
}

static void
outline(struct reader *r)
{
	struct str path = r->groups[r->xml.depth - 1], url = attribute(r, "xmlurl", LIMIT_URL_B);
	struct str name = first_attribute(r, "text", "title"), title = first_attribute(r, "title", "text");

	r->groups[r->xml.depth] = path;
	if (url.n == 0 && str_eq_nocase(attribute(r, "type", 16), STR("rss")))
		url = attribute(r, "url", LIMIT_URL_B);
	if (url.n > 0)
		add(r, (struct opml_feed){ .url = url, .title = title, .site = attribute(r, "htmlurl", LIMIT_URL_B), .group = path,
			.language = attribute(r, "language", 64), .note = attribute(r, "description", LIMIT_FIELD_B) });
	else
		r->groups[r->xml.depth] = joined(r->arena, path, name);
}

static void
step(struct reader *r)
{
	const struct xml *x = &r->xml;

	if (x->event == XML_OPEN) {
		r->groups[x->depth] = r->groups[x->depth - 1];
		r->is_opml |= x->name.id == XML_OPML;
		r->in_title = x->name.id == XML_TITLE && r->out->title.n == 0;
		if (x->name.id == XML_OUTLINE)
			outline(r);
	} else if (x->event == XML_CLOSE) {
		r->in_title = false;
	} else if (r->in_title && str_trim(x->text).n > 0) {
		struct str s = str_trim(td_xml_text(r->arena, str_trim(x->text), x->is_cdata));

		r->out->title = str_sub(s, 0, td_utf8_floor(s, s.n < LIMIT_FIELD_B ? s.n : LIMIT_FIELD_B));
	}
}

/* Order of first mention, each address once. */
static int
by_url(const void *one, const void *other)
{
	const struct opml_feed *a = *(const struct opml_feed *const *)one, *b = *(const struct opml_feed *const *)other;
	int                     d = str_cmp(a->url, b->url);

	return d != 0 ? d : (a > b) - (a < b);
}

static void
take_each_once(struct reader *r)
{
	const struct opml_feed **sorted = arena_array(r->arena, r->n + 1, const struct opml_feed *);
	bool                    *again = arena_array(r->arena, r->n + 1, bool);

	for (size_t i = 0; i < r->n; i++)
		sorted[i] = &r->all[i];
	qsort(sorted, r->n, sizeof(*sorted), by_url);
	for (size_t i = 1; i < r->n; i++)
		again[sorted[i] - r->all] = str_eq(sorted[i]->url, sorted[i - 1]->url);
	r->out->feeds.v = r->all;
	r->out->feeds.n = 0;
	for (size_t i = 0; i < r->n; i++)
		if (!again[i])
			r->out->feeds.v[r->out->feeds.n++] = r->all[i];
}

enum err_code
td_opml_read(struct arena *a, struct bytes in, struct opml *ret, struct err *err)
{
	struct reader *r = arena_new(a, struct reader);
	struct opml    list = { 0 };
	struct charset charset;

	r->arena = a;
	r->out = &list;
	td_xml_begin(&r->xml, a, td_charset_decode(a, in, STR(""), &charset));
	while (td_xml_next(&r->xml) != XML_EOF)
		step(r);
	if (!r->is_opml && r->n == 0)
		return err_set(err, ERR_FORMAT, "no OPML: nothing in it names a feed; nothing was taken");
	take_each_once(r);
	*ret = list;
	return ERR_OK;
}

static void
put_attribute(struct buf *out, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(out, " %s=\"", name);
	td_xml_put_text(out, value);
	buf_add_char(out, '"');
}

static void
put_feed(struct buf *out, const struct opml_feed *f)
{
	struct str name = f->title.n > 0 ? f->title : f->url;

	buf_add(out, STR("<outline type=\"rss\""));
	put_attribute(out, "text", name);
	put_attribute(out, "title", f->title);
	put_attribute(out, "xmlUrl", f->url);
	put_attribute(out, "htmlUrl", f->site);
	put_attribute(out, "language", f->language);
	put_attribute(out, "description", f->note);
	buf_add(out, STR("/>\n"));
}

static int
by_group(const void *one, const void *other)
{
	const struct opml_feed *a = *(const struct opml_feed *const *)one, *b = *(const struct opml_feed *const *)other;
	int                     d = str_cmp(a->group, b->group);

	return d != 0 ? d : (a > b) - (a < b);
}

/* The next name of a path, taken off its front. */
static bool
next_name(struct str *path, struct str *ret)
{
	size_t at = str_find(*path, between);

	if (path->n == 0)
		return false;
	*ret = str_sub(*path, 0, at == STR_NONE ? path->n : at);
	*path = str_sub(*path, at == STR_NONE ? path->n : at + between.n, path->n);
	return true;
}

/* From one group to the next; how many outlines are open then. */
static size_t
change_group(struct buf *out, struct str from, struct str to, size_t open)
{
	struct str name, other = STR("");
	size_t     same = 0;

	for (struct str a = from, b = to; next_name(&a, &name) && next_name(&b, &other) && str_eq(name, other);)
		same++;
	for (; open > same; open--)
		buf_add(out, STR("</outline>\n"));
	for (size_t i = 0; next_name(&to, &name); i++) {
		if (i < same)
			continue;
		buf_add(out, STR("<outline"));
		put_attribute(out, "text", name);
		buf_add(out, STR(">\n"));
		open++;
	}
	return open;
}

void
td_opml_write(const struct opml *list, struct buf *out)
{
	const struct opml_feed **sorted = calloc(list->feeds.n + 1, sizeof(*sorted));
	struct str               group = STR("");
	size_t                   open = 0;

	if (sorted == NULL) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < list->feeds.n; i++)
		sorted[i] = &list->feeds.v[i];
	qsort(sorted, list->feeds.n, sizeof(*sorted), by_group);
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>"));
	td_xml_put_text(out, list->title);
	buf_add(out, STR("</title></head>\n<body>\n"));
	for (size_t i = 0; i < list->feeds.n; i++) {
		open = change_group(out, group, sorted[i]->group, open);
		group = sorted[i]->group;
		put_feed(out, sorted[i]);
	}
	(void)change_group(out, group, STR(""), open);
	buf_add(out, STR("</body>\n</opml>\n"));
	free(sorted);
}
