/*
 * links - a page that only lists, read as if it were a feed: its links are the items, the first one the newest.
 *
 * Which links, a selector says: a small part of CSS's, tag, .class, #id, any of
 * them together, a space for "somewhere inside of", a comma for "or":
 *
 *     #news li a.title, .press a
 *
 * A link stands for itself; of another element that fits, the links inside of
 * it count.  Without a selector it is the links of the page's own site, outside
 * of its navigation, whose words are as long as a headline.
 *
 *     struct links_select select;
 *     if (td_links_select(STR("#news a"), &select, err) == ERR_OK)
 *             td_links_read(&arena, &tree, page_url, &select, &doc);
 */
#ifndef FEED_LINKS_H
#define FEED_LINKS_H

#include "feed/read.h"
#include "html/tree.h"

enum { LINKS_STEPS_N = 8, LINKS_WORDS_N = 4, LINKS_WAYS_N = 8 };

/* One element's description; "" where nothing is asked. */
struct links_step {
	struct str tag, id, classes[LINKS_WORDS_N];
	size_t     classes_n;
};

/* From the outermost to the element itself. */
struct links_way {
	struct links_step steps[LINKS_STEPS_N];
	size_t            n;
};

struct links_select {
	struct links_way ways[LINKS_WAYS_N];
	size_t           n;             /* 0: no selector */
};

/* "" is no selector.  ERR_FORMAT: not of this small language, or longer than it allows; views of text. */
enum err_code td_links_select(struct str text, struct links_select *ret, struct err *) MUST_USE;
bool          td_links_fits(const struct links_select *, const struct html_node *);

/*
 * At most LIMIT_FEED_LIST_N links, each address once (without its fragment), http and https only, in the order of the page.
 * url: of the page, not "".  No item is an answer too: ret->items.n == 0.
 */
void          td_links_read(struct arena *, const struct html_tree *, struct str url, const struct links_select *, struct feed_doc *ret);

#endif
