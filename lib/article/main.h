/*
 * main - which part of a page is its story, as blocks of text in their order.
 *
 * No rules for single sites and no model: text stands where the page's own
 * prose is densest, and what calls itself navigation, comments, sharing and
 * the like is left out unless it holds most of the page.  Linear in the tree.
 */
#ifndef ARTICLE_MAIN_H
#define ARTICLE_MAIN_H

#include "article/article.h"
#include "html/tree.h"

struct main_text {
	struct str              text;        /* at most LIMIT_TEXT_B, cut between blocks */
	struct block           *blocks;
	size_t                  blocks_n;
	const struct html_node *root;        /* the element chosen; NULL: the page has no body */
	const char             *why;
	int64_t                 confidence;  /* percent */
	bool                    cut;
};

/* headline: the heading that td_article_title chose, or NULL. */
void td_article_main(struct arena *, const struct html_tree *, const struct html_node *headline, struct main_text *ret);

#endif
