/*
 * feed/write - RSS 2.0, Atom 1.0 (RFC 4287) and sitemaps, of our own notes.
 *
 * Text is escaped, and characters that XML 1.0 forbids (section 2.2) are
 * dropped.  Ids are permanent: an entry's stays when the site moves.  An
 * address is absolute or empty; what is empty is left out, and RSS, which
 * demands a channel link, then gets the feed's id.  Nothing depends on the
 * clock: the feed's date is that of its newest entry.
 *
 *     struct feed f = { .title = STR("Example Desk"), .id = STR("urn:uuid:…"), .entries = v, .n = n };
 *     td_feed_write_atom(&f, &out);
 *     if (out.failed) ...
 */
#ifndef FEED_WRITE_H
#define FEED_WRITE_H

#include "base/buf.h"
#include "html/escape.h"

struct feed_entry {
	struct str  id;                 /* a URI: urn:uuid:… */
	struct str  url;                /* of its page */
	struct str  title;
	struct str  language;           /* BCP 47; empty: the feed's */
	struct str  summary;            /* plain text */
	struct html content;
	struct str  topic;              /* a country's name, or empty */
	int64_t     published_us, updated_us;
};

struct feed {
	struct str               id, title, subtitle, language, author;
	struct str               url;           /* of the site's first page */
	struct str               self;          /* of this feed */
	const struct feed_entry *entries;       /* newest first */
	size_t                   n;
};

struct feed_place {
	struct str url;
	int64_t    changed_us;                  /* 0: not said */
};

void td_feed_write_rss(const struct feed *, struct buf *out);
void td_feed_write_atom(const struct feed *, struct buf *out);
void td_feed_write_sitemap(const struct feed_place *, size_t n, struct buf *out);      /* sitemaps.org 0.9; at most 50,000 */

#endif
