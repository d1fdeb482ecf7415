/*
 * feed/read - what a feed or sitemap announces, whatever its dialect and however broken it is.
 *
 * RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, JSON Feed, sitemaps, news
 * sitemaps and sitemap indexes become one model.  The kind is found in the
 * bytes; a content type is only a hint of the charset.  A body that was cut
 * gives its whole items: one whose end never came is left out.
 *
 *     struct feed_ask ask = { .url = STR("https://h.example/feed"), .content_type = STR("text/xml"), .body = bytes };
 *     if (td_feed_read(&arena, &ask, &doc, err) == ERR_OK)
 *         for (size_t i = 0; i < doc.items.n; i++) ...
 *
 * What is said twice is decided by the most specific element: the feed's own
 * before Dublin Core before iTunes; the first of equals.  doc/decisions/0006-what-a-feed-says.md has the rules.
 * A text keeps its bytes' place in the decoded body, and its value is as written:
 * markup stays markup (td_feed_make_plain() and td_feed_safe() derive from it), only
 * relative links in it are made absolute.  All strings are UTF-8 without NUL,
 * trimmed, and live in the arena or are views of the body.
 */
#ifndef FEED_READ_H
#define FEED_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "html/escape.h"
#include "wire/wire.h"

enum feed_kind {
	FEED_RSS, FEED_RDF, FEED_ATOM, FEED_JSON, FEED_CDF, FEED_SITEMAP, FEED_SITEMAP_INDEX, FEED_KIND__COUNT
};
extern const char *const feed_kind_names[FEED_KIND__COUNT];

enum feed_type { FEED_TEXT_PLAIN, FEED_TEXT_HTML, FEED_TEXT_OTHER, FEED_TYPE__COUNT };

struct feed_text {
	struct str     value;           /* FEED_TEXT_HTML: markup of a stranger, never shown as it is */
	struct str     plain;           /* for a person: no markup, white space folded; "" before td_feed_make_plain() */
	enum feed_type type;            /* as declared; RSS declares nothing: HTML where it is usual, see decisions */
	int64_t        from, to;        /* its element's content in the decoded body; 0, 0 in JSON */
};

struct feed_date {
	struct str text;                /* as written; "" when none */
	int64_t    us;                  /* the instant, 0 when it could not be read */
};

struct feed_person {
	struct str name, email, url;
};

struct feed_link {
	struct str url, rel, type, title, language;
};

struct feed_enclosure {
	struct str url, type, length, title;    /* length as written */
	bool       is_media;                    /* said by media:content, not as an enclosure */
};

struct feed_link_list { struct feed_link *v; size_t n; };
struct feed_person_list { struct feed_person *v; size_t n; };
struct feed_enclosure_list { struct feed_enclosure *v; size_t n; };

/* What a feed and an item can both say of themselves. */
struct feed_about {
	struct feed_text          title, summary, content, rights;
	struct str                id, link, author, language, licence, image;
	struct feed_date          published, updated;
	struct feed_person_list   authors;
	struct feed_link_list     links;
	struct str_list           tags;
};

struct feed_item {
	struct feed_about          about;
	int64_t                    from, to;            /* its element in the decoded body */
	bool                       id_is_link;          /* the guid says that it is its address */
	struct feed_enclosure_list enclosures;
	struct str                 comments, in_reply_to, place;       /* place: "37.5 127.0" */
	struct str                 source_title, source_url;           /* whose item it was, if it was taken over */
};

struct feed_item_list { struct feed_item *v; size_t n; };

struct feed_doc {
	enum feed_kind        kind;
	struct feed_about     about;                /* content: empty */
	struct feed_item_list items;
	struct str            charset, charset_why;
	struct str            generator, hub, self, next, moved_to;     /* addresses: of rel=hub, self, next; itunes:new-feed-url */
	int64_t               ttl_min;              /* 0: not said */
	int64_t               every_min;            /* sy:updatePeriod / updateFrequency; 0: not said */
	int64_t               skip_hours;           /* bit n: do not ask from n:00 to n:59 UTC */
	int64_t               skip_days;            /* bit n: do not ask on day n, 0 Sunday */
	bool                  is_broken;            /* it was not well formed */
	bool                  is_cut;               /* its end is missing */
	bool                  is_over_limit;        /* items or bytes past a limit were left out */
};
extern const struct wire_desc feed_doc_desc;

struct feed_ask {
	struct str   url;               /* where it was found, "" unknown: relative addresses then stay so */
	struct str   content_type;      /* the header, "" unknown */
	struct bytes body;              /* content coding off */
};

/* ERR_FORMAT: it is no feed ("a page, not a feed"). */
enum err_code td_feed_read(struct arena *, const struct feed_ask *, struct feed_doc *ret, struct err *) MUST_USE;

/* Fill in `plain` of every text. */
void          td_feed_make_plain(struct arena *, struct feed_doc *);
/*
 * Leave of the items what a watch needs: of more than newest_n the newest (by their own dates, of equals the first), in
 * the order they had, each with its id, link, title, author, dates and at most summary_b bytes of plain text, which
 * of a summary and a content is the first that there is.  After td_feed_make_plain(); is_over_limit when some were left out.
 */
void          td_feed_shorten(struct arena *, struct feed_doc *, size_t newest_n, size_t summary_b);
/* What a browser may be shown of it. */
struct html   td_feed_safe(struct arena *, const struct feed_text *, struct buf *out);

#endif
