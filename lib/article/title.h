/*
 * title - the headline of a story, without the site's name, and the site's name where the page gives it.
 *
 * A page says its headline up to five times, each time differently dressed:
 * a heading with a kicker over it, og:title, JSON-LD, <title> with site and
 * section behind it.  What two of them say without dress is the headline.
 */
#ifndef ARTICLE_TITLE_H
#define ARTICLE_TITLE_H

#include "article/head.h"

struct page_title {
	struct str  title, site;         /* in the arena or the tree; "" when not on the page */
	const char *why, *why_site;      /* NULL: not found */
	int64_t     confidence;          /* percent, of the title */
	const struct html_node *headline;        /* the heading that the story stands under; NULL: none */
};

void td_article_title(struct arena *, const struct page_head *, struct page_title *ret);

#endif
