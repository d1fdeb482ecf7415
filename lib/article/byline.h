/*
 * byline - the people who wrote a story; never "Staff", the site, an agency or an address.
 *
 * Asked, in this order: JSON-LD of the article, microdata, what the page prints beside its headline as a byline (by what
 * its makers call it, by a link to the author, by its words), meta elements.
 */
#ifndef ARTICLE_BYLINE_H
#define ARTICLE_BYLINE_H

#include "article/article.h"
#include "article/head.h"
#include "article/sight.h"

struct page_byline {
	struct str_list names;
	const char     *why;             /* NULL: nobody found */
	int64_t         confidence;      /* percent */
};

void td_article_byline(struct arena *, const struct html_tree *, const struct page_head *, const struct sight *, struct page_byline *ret);

#endif
