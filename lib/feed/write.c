#include "feed/write.h"

#include "base/civil.h"
#include "feed/xml.h"

/* XML 1.0 section 2.2: of the controls only tab, line feed and return; not U+FFFE and U+FFFF. */
static size_t
forbidden_at(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
		return 1;
	if (c == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xbf && ((unsigned char)s.p[i + 2] & 0xfe) == 0xbe)
		return 3;
	return 0;
}

void
td_xml_put_text(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n;) {
		size_t skip = forbidden_at(s, i);

		if (skip > 0) {
			html_add_text(out, str_sub(s, from, i));
			from = i + skip;
		}
		i += skip > 0 ? skip : 1;
	}
	html_add_text(out, str_sub(s, from, s.n));
}

/* <name attributes>text</name>, or nothing for no text. */
static void
add_element(struct buf *out, const char *name, const char *attributes, struct str text)
{
	if (text.n == 0)
		return;
	buf_addf(out, "<%s%s>", name, attributes);
	td_xml_put_text(out, text);
	buf_addf(out, "</%s>\n", name);
}

/* <name before="value"after/>, or nothing for no value. */
static void
add_link(struct buf *out, const char *before, struct str url, const char *after)
{
	if (url.n == 0)
		return;
	buf_add(out, str_of(before));
	td_xml_put_text(out, url);
	buf_add(out, str_of(after));
}

static int64_t
newest(const struct feed *f)
{
	int64_t us = 0;

	for (size_t i = 0; i < f->n; i++)
		us = f->entries[i].updated_us > us ? f->entries[i].updated_us : us;
	return us;
}

static struct str
either(struct str a, struct str b)
{
	return a.n > 0 ? a : b;
}

static void
add_rss_item(struct buf *out, const struct feed *f, const struct feed_entry *e)
{
	char date[CIVIL_SHOWN];

	buf_add(out, STR("<item>\n"));
	add_element(out, "title", "", e->title);
	add_element(out, "link", "", e->url);
	add_element(out, "guid", " isPermaLink=\"false\"", e->id);
	add_element(out, "pubDate", "", str_of(instant_rfc822(e->published_us, date)));
	add_element(out, "category", "", e->topic);
	add_element(out, "dc:language", "", either(e->language, f->language));
	add_element(out, "description", "", either(e->content.s, e->summary));
	buf_add(out, STR("</item>\n"));
}

void
td_feed_write_rss(const struct feed *f, struct buf *out)
{
	char date[CIVIL_SHOWN];

	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"));
	add_element(out, "title", "", f->title);
	add_element(out, "link", "", either(f->url, f->id));
	add_element(out, "description", "", either(f->subtitle, f->title));
	add_element(out, "language", "", f->language);
	if (f->n > 0)
		add_element(out, "lastBuildDate", "", str_of(instant_rfc822(newest(f), date)));
	add_link(out, "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"", f->self, "\"/>\n");
	for (size_t i = 0; i < f->n; i++)
		add_rss_item(out, f, &f->entries[i]);
	buf_add(out, STR("</channel>\n</rss>\n"));
}

static void
add_atom_entry(struct buf *out, const struct feed_entry *e)
{
	char date[CIVIL_SHOWN];

	add_link(out, "<entry xml:lang=\"", e->language, "\">\n");
	if (e->language.n == 0)
		buf_add(out, STR("<entry>\n"));
	add_element(out, "title", "", e->title);
	add_element(out, "id", "", e->id);
	add_link(out, "<link rel=\"alternate\" type=\"text/html\" href=\"", e->url, "\"/>\n");
	add_element(out, "published", "", str_of(instant_iso(e->published_us, date)));
	add_element(out, "updated", "", str_of(instant_iso(e->updated_us, date)));
	add_link(out, "<category term=\"", e->topic, "\"/>\n");
	add_element(out, "summary", "", e->summary);
	add_element(out, "content", " type=\"html\"", e->content.s);
	buf_add(out, STR("</entry>\n"));
}

void
td_feed_write_atom(const struct feed *f, struct buf *out)
{
	char date[CIVIL_SHOWN];

	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""));
	add_link(out, " xml:lang=\"", f->language, "\"");
	buf_add(out, STR(">\n"));
	add_element(out, "title", "", f->title);
	add_element(out, "subtitle", "", f->subtitle);
	add_element(out, "id", "", f->id);
	add_element(out, "updated", "", str_of(instant_iso(newest(f), date)));
	add_link(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"", f->self, "\"/>\n");
	add_link(out, "<link rel=\"alternate\" type=\"text/html\" href=\"", f->url, "\"/>\n");
	add_link(out, "<author><name>", either(f->author, f->title), "</name></author>\n");
	for (size_t i = 0; i < f->n; i++)
		add_atom_entry(out, &f->entries[i]);
	buf_add(out, STR("</feed>\n"));
}

void
td_feed_write_sitemap(const struct feed_place *places, size_t n, struct buf *out)
{
	char date[CIVIL_SHOWN];

	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
	for (size_t i = 0; i < n && i < 50000; i++) {
		buf_add(out, STR("<url>\n"));
		add_element(out, "loc", "", places[i].url);
		if (places[i].changed_us != 0)
			add_element(out, "lastmod", "", str_of(instant_iso(places[i].changed_us, date)));
		buf_add(out, STR("</url>\n"));
	}
	buf_add(out, STR("</urlset>\n"));
}
