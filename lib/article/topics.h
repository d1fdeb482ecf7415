/* topics - where a paper files the story: its section and its tags, as the page's own data says (lib/article only). */
#ifndef ARTICLE_TOPICS_H
#define ARTICLE_TOPICS_H

#include "article/head.h"
#include "wire/wire.h"

#define TAGS_MAX 64
#define TAG_B    120    /* a longer one is no tag */

struct page_topics {
	struct str      section;        /* "" not said */
	struct str_list tags;           /* in the page's order, none twice */
	const char     *why_section, *why_tags;         /* NULL: not found */
};

void td_article_topics(struct arena *, const struct page_head *, struct page_topics *ret);

#endif
