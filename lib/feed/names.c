#include "feed/names.h"

struct element {
	const char      *name;
	unsigned char    n;
	unsigned char    ns;
	enum xml_element id;
};

/* Sorted by length, name, namespace. */
static const struct element elements[] = {
	{ "id", 2, XML_NS_FEED, XML_ID },
	{ "li", 2, XML_NS_RDF, XML_RDF_LI },
	{ "day", 3, XML_NS_FEED, XML_DAY },
	{ "div", 3, XML_NS_XHTML, XML_XHTML_DIV },
	{ "lat", 3, XML_NS_GEO, XML_GEO_LAT },
	{ "loc", 3, XML_NS_FEED, XML_LOC },
	{ "rdf", 3, XML_NS_RDF, XML_RDF_RDF },
	{ "rss", 3, XML_NS_FEED, XML_RSS },
	{ "seq", 3, XML_NS_RDF, XML_RDF_SEQ },
	{ "ttl", 3, XML_NS_FEED, XML_TTL },
	{ "uri", 3, XML_NS_FEED, XML_URI },
	{ "url", 3, XML_NS_FEED, XML_URL },
	{ "body", 4, XML_NS_FEED, XML_BODY },
	{ "body", 4, XML_NS_XHTML, XML_XHTML_BODY },
	{ "date", 4, XML_NS_FEED, XML_DATE },
	{ "date", 4, XML_NS_DC, XML_DC_DATE },
	{ "docs", 4, XML_NS_FEED, XML_DOCS },
	{ "feed", 4, XML_NS_FEED, XML_FEED },
	{ "guid", 4, XML_NS_FEED, XML_GUID },
	{ "head", 4, XML_NS_FEED, XML_HEAD },
	{ "hour", 4, XML_NS_FEED, XML_HOUR },
	{ "icon", 4, XML_NS_FEED, XML_ICON },
	{ "info", 4, XML_NS_FEED, XML_INFO },
	{ "item", 4, XML_NS_FEED, XML_ITEM },
	{ "link", 4, XML_NS_FEED, XML_LINK },
	{ "logo", 4, XML_NS_FEED, XML_LOGO },
	{ "long", 4, XML_NS_GEO, XML_GEO_LONG },
	{ "name", 4, XML_NS_FEED, XML_NAME },
	{ "name", 4, XML_NS_ITUNES, XML_ITUNES_NAME },
	{ "name", 4, XML_NS_NEWS, XML_NEWS_NAME },
	{ "news", 4, XML_NS_NEWS, XML_NEWS_NEWS },
	{ "opml", 4, XML_NS_FEED, XML_OPML },
	{ "tags", 4, XML_NS_FEED, XML_TAGS },
	{ "email", 5, XML_NS_FEED, XML_EMAIL },
	{ "email", 5, XML_NS_ITUNES, XML_ITUNES_EMAIL },
	{ "entry", 5, XML_NS_FEED, XML_ENTRY },
	{ "group", 5, XML_NS_MEDIA, XML_MEDIA_GROUP },
	{ "image", 5, XML_NS_FEED, XML_IMAGE },
	{ "image", 5, XML_NS_ITUNES, XML_ITUNES_IMAGE },
	{ "owner", 5, XML_NS_ITUNES, XML_ITUNES_OWNER },
	{ "point", 5, XML_NS_GEORSS, XML_GEORSS_POINT },
	{ "title", 5, XML_NS_FEED, XML_TITLE },
	{ "title", 5, XML_NS_DC, XML_DC_TITLE },
	{ "title", 5, XML_NS_MEDIA, XML_MEDIA_TITLE },
	{ "title", 5, XML_NS_ITUNES, XML_ITUNES_TITLE },
	{ "title", 5, XML_NS_NEWS, XML_NEWS_TITLE },
	{ "total", 5, XML_NS_THREAD, XML_THREAD_TOTAL },
	{ "author", 6, XML_NS_FEED, XML_AUTHOR },
	{ "author", 6, XML_NS_DC, XML_DC_AUTHOR },
	{ "author", 6, XML_NS_ITUNES, XML_ITUNES_AUTHOR },
	{ "credit", 6, XML_NS_MEDIA, XML_MEDIA_CREDIT },
	{ "genres", 6, XML_NS_NEWS, XML_NEWS_GENRES },
	{ "issued", 6, XML_NS_FEED, XML_ISSUED },
	{ "issued", 6, XML_NS_DCTERMS, XML_DCTERMS_ISSUED },
	{ "rights", 6, XML_NS_FEED, XML_RIGHTS },
	{ "rights", 6, XML_NS_DC, XML_DC_RIGHTS },
	{ "source", 6, XML_NS_FEED, XML_SOURCE },
	{ "source", 6, XML_NS_DC, XML_DC_SOURCE },
	{ "urlset", 6, XML_NS_FEED, XML_URLSET },
	{ "channel", 7, XML_NS_FEED, XML_CHANNEL },
	{ "content", 7, XML_NS_FEED, XML_CONTENT },
	{ "content", 7, XML_NS_MEDIA, XML_MEDIA_CONTENT },
	{ "created", 7, XML_NS_FEED, XML_CREATED },
	{ "created", 7, XML_NS_DCTERMS, XML_DCTERMS_CREATED },
	{ "creator", 7, XML_NS_DC, XML_DC_CREATOR },
	{ "encoded", 7, XML_NS_FEED, XML_ENCODED },
	{ "encoded", 7, XML_NS_CONTENT, XML_CONTENT_ENCODED },
	{ "lastmod", 7, XML_NS_FEED, XML_LASTMOD },
	{ "license", 7, XML_NS_LICENSE, XML_LICENSE_LICENSE },
	{ "outline", 7, XML_NS_FEED, XML_OUTLINE },
	{ "pubdate", 7, XML_NS_FEED, XML_PUBDATE },
	{ "sitemap", 7, XML_NS_FEED, XML_SITEMAP },
	{ "subject", 7, XML_NS_DC, XML_DC_SUBJECT },
	{ "summary", 7, XML_NS_FEED, XML_SUMMARY },
	{ "summary", 7, XML_NS_ITUNES, XML_ITUNES_SUMMARY },
	{ "tagline", 7, XML_NS_FEED, XML_TAGLINE },
	{ "updated", 7, XML_NS_FEED, XML_UPDATED },
	{ "abstract", 8, XML_NS_FEED, XML_ABSTRACT },
	{ "category", 8, XML_NS_FEED, XML_CATEGORY },
	{ "category", 8, XML_NS_MEDIA, XML_MEDIA_CATEGORY },
	{ "category", 8, XML_NS_ITUNES, XML_ITUNES_CATEGORY },
	{ "comments", 8, XML_NS_FEED, XML_COMMENTS },
	{ "comments", 8, XML_NS_SLASH, XML_SLASH_COMMENTS },
	{ "duration", 8, XML_NS_ITUNES, XML_ITUNES_DURATION },
	{ "fullitem", 8, XML_NS_FEED, XML_FULLITEM },
	{ "homepage", 8, XML_NS_FEED, XML_HOMEPAGE },
	{ "keywords", 8, XML_NS_FEED, XML_KEYWORDS },
	{ "keywords", 8, XML_NS_MEDIA, XML_MEDIA_KEYWORDS },
	{ "keywords", 8, XML_NS_ITUNES, XML_ITUNES_KEYWORDS },
	{ "keywords", 8, XML_NS_NEWS, XML_NEWS_KEYWORDS },
	{ "language", 8, XML_NS_FEED, XML_LANGUAGE },
	{ "language", 8, XML_NS_DC, XML_DC_LANGUAGE },
	{ "language", 8, XML_NS_NEWS, XML_NEWS_LANGUAGE },
	{ "modified", 8, XML_NS_FEED, XML_MODIFIED },
	{ "modified", 8, XML_NS_DCTERMS, XML_DCTERMS_MODIFIED },
	{ "origlink", 8, XML_NS_FEEDBURNER, XML_FEEDBURNER_ORIGLINK },
	{ "redirect", 8, XML_NS_FEED, XML_REDIRECT },
	{ "skipdays", 8, XML_NS_FEED, XML_SKIPDAYS },
	{ "subtitle", 8, XML_NS_FEED, XML_SUBTITLE },
	{ "subtitle", 8, XML_NS_ITUNES, XML_ITUNES_SUBTITLE },
	{ "copyright", 9, XML_NS_FEED, XML_COPYRIGHT },
	{ "enclosure", 9, XML_NS_FEED, XML_ENCLOSURE },
	{ "generator", 9, XML_NS_FEED, XML_GENERATOR },
	{ "published", 9, XML_NS_FEED, XML_PUBLISHED },
	{ "publisher", 9, XML_NS_DC, XML_DC_PUBLISHER },
	{ "skiphours", 9, XML_NS_FEED, XML_SKIPHOURS },
	{ "textinput", 9, XML_NS_FEED, XML_TEXTINPUT },
	{ "thumbnail", 9, XML_NS_MEDIA, XML_MEDIA_THUMBNAIL },
	{ "webmaster", 9, XML_NS_FEED, XML_WEBMASTER },
	{ "commentrss", 10, XML_NS_WFW, XML_WFW_COMMENTRSS },
	{ "identifier", 10, XML_NS_DC, XML_DC_IDENTIFIER },
	{ "contributor", 11, XML_NS_FEED, XML_CONTRIBUTOR },
	{ "contributor", 11, XML_NS_DC, XML_DC_CONTRIBUTOR },
	{ "description", 11, XML_NS_FEED, XML_DESCRIPTION },
	{ "description", 11, XML_NS_DC, XML_DC_DESCRIPTION },
	{ "description", 11, XML_NS_MEDIA, XML_MEDIA_DESCRIPTION },
	{ "in-reply-to", 11, XML_NS_THREAD, XML_THREAD_IN_REPLY_TO },
	{ "newlocation", 11, XML_NS_FEED, XML_NEWLOCATION },
	{ "publication", 11, XML_NS_NEWS, XML_NEWS_PUBLICATION },
	{ "new-feed-url", 12, XML_NS_ITUNES, XML_ITUNES_NEW_FEED_URL },
	{ "sitemapindex", 12, XML_NS_FEED, XML_SITEMAPINDEX },
	{ "updateperiod", 12, XML_NS_SYNDICATION, XML_SYNDICATION_UPDATEPERIOD },
	{ "lastbuilddate", 13, XML_NS_FEED, XML_LASTBUILDDATE },
	{ "managingeditor", 14, XML_NS_FEED, XML_MANAGINGEDITOR },
	{ "updatefrequency", 15, XML_NS_SYNDICATION, XML_SYNDICATION_UPDATEFREQUENCY },
	{ "publication_date", 16, XML_NS_NEWS, XML_NEWS_PUBLICATION_DATE },
};

/* Addresses in lower case, without a / or # at their end. */
static const struct { const char *uri; enum xml_ns ns; } uris[] = {
	{ "http://backend.userland.com/rss", XML_NS_FEED },
	{ "http://backend.userland.com/rss2", XML_NS_FEED },
	{ "http://backend.userland.com/rss091", XML_NS_FEED },
	{ "http://blogs.law.harvard.edu/tech/rss", XML_NS_FEED },
	{ "http://purl.org/rss/1.0", XML_NS_FEED },
	{ "http://purl.org/rss/1.0/modules/rss091", XML_NS_FEED },
	{ "http://my.netscape.com/rdf/simple/0.9", XML_NS_FEED },
	{ "http://channel.netscape.com/rdf/simple/0.9", XML_NS_FEED },
	{ "http://my.netscape.com/publish/formats/rss-0.91.dtd", XML_NS_FEED },
	{ "http://purl.org/atom/ns", XML_NS_FEED },
	{ "http://www.w3.org/2005/atom", XML_NS_FEED },
	{ "http://purl.org/net/rss1.1", XML_NS_FEED },
	{ "http://www.sitemaps.org/schemas/sitemap/0.9", XML_NS_FEED },
	{ "http://www.google.com/schemas/sitemap/0.84", XML_NS_FEED },
	{ "http://www.google.com/schemas/sitemap/0.9", XML_NS_FEED },
	{ "http://www.w3.org/xml/1998/namespace", XML_NS_XML },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns", XML_NS_RDF },
	{ "http://purl.org/dc/elements/1.1", XML_NS_DC },
	{ "http://purl.org/dc/elements/1.0", XML_NS_DC },
	{ "http://purl.org/dc/terms", XML_NS_DCTERMS },
	{ "http://purl.org/rss/1.0/modules/content", XML_NS_CONTENT },
	{ "http://search.yahoo.com/mrss", XML_NS_MEDIA },
	{ "http://www.rssboard.org/media-rss", XML_NS_MEDIA },
	{ "http://video.search.yahoo.com/mrss", XML_NS_MEDIA },
	{ "http://www.itunes.com/dtds/podcast-1.0.dtd", XML_NS_ITUNES },
	{ "http://example.com/dtds/podcast-1.0.dtd", XML_NS_ITUNES },
	{ "http://www.georss.org/georss", XML_NS_GEORSS },
	{ "http://www.georss.org/georss/10", XML_NS_GEORSS },
	{ "http://www.w3.org/2003/01/geo/wgs84_pos", XML_NS_GEO },
	{ "http://purl.org/syndication/thread/1.0", XML_NS_THREAD },
	{ "http://backend.userland.com/creativecommonsrssmodule", XML_NS_LICENSE },
	{ "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", XML_NS_LICENSE },
	{ "http://creativecommons.org/ns", XML_NS_LICENSE },
	{ "http://web.resource.org/cc", XML_NS_LICENSE },
	{ "http://purl.org/rss/1.0/modules/syndication", XML_NS_SYNDICATION },
	{ "http://purl.org/rss/1.0/modules/slash", XML_NS_SLASH },
	{ "http://wellformedweb.org/commentapi", XML_NS_WFW },
	{ "http://www.google.com/schemas/sitemap-news/0.9", XML_NS_NEWS },
	{ "http://rssnamespace.org/feedburner/ext/1.0", XML_NS_FEEDBURNER },
	{ "http://www.w3.org/1999/xhtml", XML_NS_XHTML },
};

static const struct { const char *prefix; enum xml_ns ns; } prefixes[] = {
	{ "atom", XML_NS_FEED }, { "xml", XML_NS_XML }, { "rdf", XML_NS_RDF }, { "dc", XML_NS_DC },
	{ "dcterms", XML_NS_DCTERMS }, { "content", XML_NS_CONTENT }, { "media", XML_NS_MEDIA },
	{ "itunes", XML_NS_ITUNES }, { "georss", XML_NS_GEORSS }, { "geo", XML_NS_GEO }, { "thr", XML_NS_THREAD },
	{ "creativecommons", XML_NS_LICENSE }, { "cc", XML_NS_LICENSE }, { "sy", XML_NS_SYNDICATION },
	{ "slash", XML_NS_SLASH }, { "wfw", XML_NS_WFW }, { "news", XML_NS_NEWS },
	{ "feedburner", XML_NS_FEEDBURNER }, { "xhtml", XML_NS_XHTML },
};

enum xml_ns
td_xml_ns_of_uri(struct str uri)
{
	uri = str_trim(uri);
	while (uri.n > 0 && (uri.p[uri.n - 1] == '/' || uri.p[uri.n - 1] == '#'))
		uri.n--;
	if (uri.n == 0)
		return XML_NS_FEED;
	for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++)
		if (str_eq_nocase(uri, str_of(uris[i].uri)))
			return uris[i].ns;
	return XML_NS_OTHER;
}

enum xml_ns
td_xml_ns_of_prefix(struct str prefix)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (str_eq_nocase(prefix, str_of(prefixes[i].prefix)))
			return prefixes[i].ns;
	return XML_NS_OTHER;
}

static int
compare(const struct element *e, enum xml_ns ns, const char *name, size_t n)
{
	int d = (e->n > n) - (e->n < n);

	if (d == 0)
		d = memcmp(e->name, name, n);
	return d != 0 ? d : (e->ns > (unsigned char)ns) - (e->ns < (unsigned char)ns);
}

enum xml_element
td_xml_element(enum xml_ns ns, struct str local)
{
	char   name[32];
	size_t from = 0, to = sizeof(elements) / sizeof(*elements);

	if (local.n >= sizeof(name) || ns < XML_NS_FEED)
		return XML_OTHER;
	for (size_t i = 0; i < local.n; i++)
		name[i] = (char)(local.p[i] >= 'A' && local.p[i] <= 'Z' ? local.p[i] + ('a' - 'A') : local.p[i]);
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int    d = compare(&elements[mid], ns, name, local.n);

		if (d == 0)
			return elements[mid].id;
		if (d < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return XML_OTHER;
}
