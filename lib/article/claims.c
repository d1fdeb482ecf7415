#include "article/claims.h"

/* schema.org: Article and what is more exact than it end alike. */
static unsigned
claim_of_type(struct str type)
{
	if (str_ends(type, STR("Article")) || str_ends(type, STR("BlogPosting")) || str_eq(type, STR("Report")))
		return CLAIM_ARTICLE;
	if (str_eq(type, STR("Product")) || str_eq(type, STR("ProductGroup")))
		return CLAIM_PRODUCT;
	if (str_eq(type, STR("CollectionPage")) || str_eq(type, STR("ItemList")) || str_eq(type, STR("SearchResultsPage")) ||
	    str_eq(type, STR("OfferCatalog")))
		return CLAIM_LIST;
	return str_eq(type, STR("DiscussionForumPosting")) || str_eq(type, STR("QAPage")) ? CLAIM_FORUM : 0;
}

static unsigned
claim_of_og(struct str type)
{
	if (str_starts_nocase(type, STR("article")) || str_starts_nocase(type, STR("news")) || str_eq_nocase(type, STR("blog:post")))
		return CLAIM_ARTICLE;
	if (str_find_nocase(type, STR("product")) != STR_NONE)
		return CLAIM_PRODUCT;
	return str_eq_nocase(type, STR("website")) ? CLAIM_SITE : 0;
}

unsigned
td_article_claims(const struct page_head *h)
{
	unsigned claims = claim_of_og(td_article_meta(h, STR("og:type")));

	if (td_article_meta(h, STR("article:published_time")).n > 0)
		claims |= CLAIM_ARTICLE;
	for (const struct json_node *n = h->ld; n != NULL; n = td_json_next(n, h->ld)) {
		bool is_type = str_eq(n->key, STR("@type")) || (n->parent != NULL && str_eq(n->parent->key, STR("@type")));

		if (is_type && n->kind == JSON_STRING)
			claims |= claim_of_type(n->text);
	}
	return claims;
}
