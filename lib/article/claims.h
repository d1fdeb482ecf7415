/* claims - what a page says that it is, by og:type and JSON-LD (lib/article only). */
#ifndef ARTICLE_CLAIMS_H
#define ARTICLE_CLAIMS_H

#include "article/head.h"

/* Bits; a page may claim several, most claim none. */
enum claim {
	CLAIM_ARTICLE = 1,      /* og:type article, a date of publication, NewsArticle, BlogPosting ... */
	CLAIM_PRODUCT = 2,      /* og:type product, Product, ProductGroup */
	CLAIM_LIST    = 4,      /* CollectionPage, ItemList, SearchResultsPage */
	CLAIM_FORUM   = 8,      /* DiscussionForumPosting, QAPage */
	CLAIM_SITE    = 16      /* og:type website */
};

unsigned td_article_claims(const struct page_head *);

#endif
