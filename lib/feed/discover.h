/*
 * discover - the feeds that a page names as its site's own.
 *
 * First what <link rel="alternate"> (or rel="feed") says with a feed's type,
 * in the page's order, then links in the page whose address or words look like
 * a feed's.  Nothing is fetched: whether it is a feed, its bytes say.
 *
 *     struct found_feed_list places;
 *     td_feed_discover(&arena, &tree, page_url, &places);
 */
#ifndef FEED_DISCOVER_H
#define FEED_DISCOVER_H

#include "html/tree.h"
#include "wire/wire.h"

struct found_feed {
	struct str url;                 /* absolute when the page's address is known, http or https then */
	struct str title, type;         /* as the page says; "" */
	bool       is_declared;         /* by the head; else only a link that looks like one */
};
extern const struct wire_desc found_feed_desc;

struct found_feed_list { struct found_feed *v; size_t n; };     /* at most LIMIT_LIST_N, each address once */

/* url: of the page, "" unknown. */
void td_feed_discover(struct arena *, const struct html_tree *, struct str url, struct found_feed_list *ret);

#endif
