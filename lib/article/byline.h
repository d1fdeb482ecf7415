/* byline - the people who wrote a story; never "Staff", the site or an address. */
#ifndef ARTICLE_BYLINE_H
#define ARTICLE_BYLINE_H

#include "article/article.h"
#include "html/tree.h"
#include "json/read.h"

struct page_byline {
	struct str_list names;
	const char     *why;             /* NULL: nobody found */
	int64_t         confidence;      /* percent */
};

/* ld: the page's JSON-LD; site: the site's name, "" unknown. */
void td_article_byline(struct arena *, const struct html_tree *, const struct json_node *ld, struct str site,
	struct page_byline *ret);

#endif
