/*
 * main - which part of a page is its story, as blocks of text in their order.
 *
 * No rules for single sites.  The element where the page's own prose is densest
 * is found first; then every run of text on the page is judged by what it is,
 * what it stands in and what stands round it, with the weights of
 * main_weights_table.c (doc/decisions/0004-which-text-is-the-story.md).
 * Linear in the tree.
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
	enum article_kind       kind;        /* by its shape and claims: a story, an index, a forum, a product */
	int64_t                 kind_confidence;
	bool                    cut;
};

/* headline: the heading that td_article_title chose, or NULL.  claims: of td_article_claims(). */
void td_article_main(struct arena *, const struct html_tree *, const struct html_node *headline, unsigned claims, struct main_text *ret);

#endif
