/* picture - the picture that a page leads with, what stands under it and who took it (lib/article only). */
#ifndef ARTICLE_PICTURE_H
#define ARTICLE_PICTURE_H

#include "article/head.h"

struct page_picture {
	struct str  url;                /* as written; "" none */
	struct str  caption, credit;    /* "" not said */
	const char *why, *why_credit;   /* NULL: not found */
};

/* main_root: where the story stands, or NULL. */
void td_article_picture(struct arena *, const struct page_head *, const struct html_node *main_root, struct page_picture *ret);

#endif
