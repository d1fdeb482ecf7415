/* title - the headline of a story, without the site's name, and the site's name where the page gives it. */
#ifndef ARTICLE_TITLE_H
#define ARTICLE_TITLE_H

#include "html/tree.h"
#include "json/read.h"

struct page_title {
	struct str  title, site;         /* in the arena or the tree; "" when not on the page */
	const char *why, *why_site;      /* NULL: not found */
	int64_t     confidence;          /* percent, of the title */
	const struct html_node *headline;        /* the heading that the story stands under; NULL: none */
};

/* ld: the page's JSON-LD, a list of values. */
void td_article_title(struct arena *, const struct html_tree *, const struct json_node *ld, struct page_title *ret);

/* The JSON-LD of a page; an empty list when there is none. */
const struct json_node *td_article_ld(struct arena *, const struct html_tree *);
/* The content of the first meta element of this name or property; "" when there is none. */
struct str td_article_meta(const struct html_tree *, struct str name);

#endif
