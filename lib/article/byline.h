/* byline - the people who wrote a story; never "Staff", the site or an address. */
#ifndef ARTICLE_BYLINE_H
#define ARTICLE_BYLINE_H

#include "article/article.h"
#include "article/head.h"

struct page_byline {
	struct str_list names;
	const char     *why;             /* NULL: nobody found */
	int64_t         confidence;      /* percent */
};

/* site: the site's name, "" unknown. */
void td_article_byline(struct arena *, const struct html_tree *, const struct page_head *, struct str site,
	struct page_byline *ret);

#endif
