/*
 * watch - what is new at the sources: asked politely, read in the jail, kept in one transaction an answer.
 *
 * The room holds nothing that cannot be lost: which sources there are, when
 * each is to be asked and what its last answer taught stand in the store;
 * lib/schedule says when and in which turn, src/fetch does the asking,
 * src/read has feeds and robots.txt read in the jail.  kill -9 at any moment
 * loses at most the answer under way, which is then asked for again.
 *
 *     watch_open(&(struct watch_options){ .link = link, .jail = jail, .fetch_allow = allow }, &watch, err);
 *     while (!stopping)
 *             watch_turn(watch, 1000, &turn, err);
 *     watch_close(watch);
 *
 * Pages wait in the same queue, behind the sources, and those of one host a
 * quarter of a minute apart: a feed that announces fifty items makes no burst.
 *
 * Courtesy is a promise of this room: one request at a time a host, a rest
 * after each, robots.txt obeyed unless a person said why not, conditional
 * questions with the validators byte for byte, no cookie, no referer.
 *
 * One struct watch belongs to one thread and one process of a desk.
 */
#ifndef WATCH_WATCH_H
#define WATCH_WATCH_H

#include "fetch/fetch.h"
#include "read/read.h"
#include "schedule/schedule.h"
#include "store/verbs.h"

struct watch;
struct answer;

struct watch_options {
	struct store_link *link;        /* with the worker's role */
	struct jail       *jail;
	struct str         fetch_allow; /* the desk's fetch.allow */
	struct str         fetch_route; /* the desk's fetch.route, for sources without one */
	bool               once;        /* only what is due when it opens; then watch_turn() says is_done */
	bool               with_pages;  /* pages are asked for too, and handed out by watch_turn() */
};

/*
 * A page that was asked for in its turn, or could not be: an item's, to be taken
 * down, or one that was taken, to be compared.  All of it lives until the next
 * watch_turn().  Whoever gets it tells the store what became of it
 * (store/page.h): the room itself keeps nothing of pages.
 */
struct watch_page {
	struct store_page         page;
	const struct fetch_reply *reply;        /* NULL: nothing came */
	enum answer_kind          kind;         /* what it means */
	struct str                trouble;      /* "": none; else one sentence why it is no page, or not whole */
	struct str                robots;       /* what robots.txt said, for the record */
	struct str                route;        /* the way that it came */
	struct str                etag, last_modified, content_type, content_encoding;  /* of the reply's head */
	bool                      is_challenged;        /* a wall says that it stands before the page, whatever the status */
	int64_t                   retry_s;      /* the server's Retry-After; 0: none */
};

/* What one turn did; counts since watch_open(). */
struct watch_turn {
	int64_t asked, answered, fresh; /* questions begun, answers kept, items that were new */
	int64_t waiting;                /* due and not yet asked, or under way: "73 of 120" is answered of answered + waiting */
	int64_t under_way;              /* questions put and not yet answered, robots.txt among them */
	int64_t next_us;                /* the instant when something is to be done; INT64_MAX: not known */
	int64_t pages, pages_waiting;   /* asked for so far; in the queue or under way */
	const struct watch_page *page;  /* one that has ended; NULL: none has */
	bool    is_idle;                /* nothing is under way */
	bool    is_done;                /* `once`, and all that was due has been answered */
};

enum err_code watch_open(const struct watch_options *, struct watch **ret, struct err *) MUST_USE;
void          watch_close(struct watch *);              /* NULL is fine; what is under way is given up */

/*
 * Begin what is due, wait at most wait_ms for answers and keep them; hand out
 * the page that came, if one did.  An error is the store's or the jail's; a
 * source's own trouble is none: it stands in the source's health.
 */
enum err_code watch_turn(struct watch *, int64_t wait_ms, struct watch_turn *ret, struct err *) MUST_USE;

/*
 * What an address announces, asked once because a person asked for it: to be
 * looked at before it is watched.  All of it lives in the arena.
 */
struct watch_found {
	struct str      url;            /* where it was in the end */
	struct str      route;          /* the way that it came */
	struct feed_doc doc;
	struct answer  *answer;         /* this room's own */
};

/* What an address has: itself a feed, the feeds that its page names (those that could be read), or a list of feeds. */
struct watch_look {
	struct { struct watch_found *v; size_t n; } found;
	struct opml list;               /* of an OPML file; without feeds when it is none */
	struct str  route;              /* the way that it was asked */
	bool        is_page;            /* it leads to no feed (err says why): what was found are the page's links */
};

/* At most `most` feeds.  ERR_NET, ERR_MISSING: nothing, or no 2xx, came; ERR_FORMAT: no feed; with the address in the sentence. */
enum err_code watch_look(struct jail *, struct fetch *, struct arena *, struct str url, size_t most, struct watch_look *ret,
	struct err *) MUST_USE;
/* The first of them; a list is ERR_FORMAT. */
enum err_code watch_find(struct jail *, struct fetch *, struct arena *, struct str url, struct watch_found *ret, struct err *) MUST_USE;

/* The same of a page without a feed: its links, those that fit the selector (feed/links.h); "" none. */
enum err_code watch_find_list(struct jail *, struct fetch *, struct arena *, struct str url, struct str selector, struct watch_found *ret,
	struct err *) MUST_USE;

/* Why an address out of a list is no source; NULL: it may be one.  A password would be read by whoever reads the desk. */
const char *watch_unfit(struct arena *, struct str address);

/* What was found, kept as the first answer of the source that was made of it; how many items came with it. */
enum err_code watch_keep_first(struct store_link *, struct arena *, const struct store_source *, const struct watch_found *,
	int64_t *ret_items, struct err *) MUST_USE;

#endif
