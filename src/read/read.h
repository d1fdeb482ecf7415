/*
 * read - documents that are no pages, read by a locked child: feeds and robots.txt.
 *
 *     struct feed_ask ask = { .url = url, .content_type = type, .body = body };
 *     read_feed(jail, &arena, &ask, STR("gzip"), &doc, err);
 *     read_find(jail, &arena, &ask, STR("gzip"), &found, err);      // of any document: which feeds does it name?
 *     read_robots(jail, &arena, body, STR("gzip"), STR("Tidings"), &robots, err);
 *
 * What comes back is checked again and lives in the arena; offsets in it count
 * bytes of the decoded body.
 */
#ifndef READ_READ_H
#define READ_READ_H

#include "feed/discover.h"
#include "feed/opml.h"
#include "feed/read.h"
#include "jail/jail.h"
#include "robots/robots.h"

/*
 * content_encoding: of the answer, "" none; what a broken coding still gave is
 * read, and ret->is_cut says so.  ERR_FORMAT: no feed, or the child died;
 * ERR_LIMIT: more than a child may take or answer.
 */
enum err_code read_feed(struct jail *, struct arena *, const struct feed_ask *, struct str content_encoding, struct feed_doc *ret,
	struct err *) MUST_USE;
/*
 * The same for a watch: at most newest_n items, in short (td_feed_shorten()).  *ret_fault: why it is not the whole
 * feed, one sentence; "": it is.
 */
enum err_code read_news(struct jail *, struct arena *, const struct feed_ask *, struct str content_encoding, size_t newest_n,
	struct feed_doc *ret, struct str *ret_fault, struct err *) MUST_USE;

/* A page that only lists: its links as items (feed/links.h).  ERR_FORMAT also: none fits, or selector is none. */
enum err_code read_page_links(struct jail *, struct arena *, const struct feed_ask *, struct str content_encoding, struct str selector,
	struct feed_doc *ret, struct err *) MUST_USE;

/*
 * What a document of any kind is to one who looks for feeds: a feed itself, a page that names some,
 * a list of them, or nothing (kind READ_NOTHING, and `fault` says why).
 */
enum read_kind { READ_NOTHING, READ_A_FEED, READ_A_PAGE, READ_A_LIST, READ_KIND__COUNT };

struct read_found {
	enum read_kind         kind;
	struct str             fault;           /* of READ_A_FEED: why it is not whole; "": it is */
	struct feed_doc        doc;             /* of READ_A_FEED; at most LIMIT_POLL_N items, in short */
	struct found_feed_list feeds;           /* of READ_A_PAGE; may be none */
	struct opml            list;            /* of READ_A_LIST */
};
enum err_code read_find(struct jail *, struct arena *, const struct feed_ask *, struct str content_encoding, struct read_found *ret,
	struct err *) MUST_USE;

/* content_encoding likewise.  ERR_FORMAT, ERR_LIMIT: the child died or was stopped. */
enum err_code read_robots(struct jail *, struct arena *, struct bytes body, struct str content_encoding, struct str agent,
	struct robots *ret, struct err *) MUST_USE;

/* The rows JAIL_FEED and JAIL_ROBOTS. */
int  read_feed_work(struct bytes ask, struct buf *answer);
int  read_robots_work(struct bytes ask, struct buf *answer);

#endif
