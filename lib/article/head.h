/*
 * head - what a page says about itself, gathered in one walk over its tree.
 *
 *     struct page_head head;
 *     td_article_head(&arena, &tree, url, &head);
 *     struct str site = td_article_meta(&head, STR("og:site_name"));
 *
 * At most HEAD_METAS_MAX statements; what comes later is not read.
 */
#ifndef ARTICLE_HEAD_H
#define ARTICLE_HEAD_H

#include "html/tree.h"
#include "json/read.h"

#define HEAD_METAS_MAX    256
#define HEAD_HEADINGS_MAX 32

/* <meta name=… content=…>, <meta property=…>, <time itemprop=… datetime=…> */
struct page_meta {
	struct str name, value;         /* of the page's decoded text; value trimmed, not empty */
};

struct page_head {
	struct page_meta        *metas;         /* in document order */
	size_t                   metas_n;
	const struct html_node **headings;      /* the first h1 and h2 elements */
	size_t                   headings_n;
	const struct html_node  *title;         /* the first title element, or NULL */
	struct str               url;           /* whose page: what the caller knows, else what the page says; "" */
	struct str               canonical;     /* as written; "" */
	struct str               time;          /* the first datetime of a time element; "" */
	const struct json_node  *ld;            /* the page's JSON-LD, a list of values */
};

/* url: where the page was taken from, "" unknown. */
void td_article_head(struct arena *, const struct html_tree *, struct str url, struct page_head *ret);
/* The value of the first statement of that name, ASCII case ignored; "" when there is none. */
struct str td_article_meta(const struct page_head *, struct str name);

#endif
