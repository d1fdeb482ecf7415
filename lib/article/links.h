/*
 * links - where a page points, and what each address is to its story (lib/article only).
 *
 * By where the link stands (in the story or around it), by its words, and by its address; nothing is fetched.
 */
#ifndef ARTICLE_LINKS_H
#define ARTICLE_LINKS_H

#include "article/article.h"
#include "url/url.h"

/* How a link stands on its page. */
struct link_place {
	bool       in_story;
	bool       is_marked;   /* its words, or those before it, say that the story is from there: [Full Story], 출처: */
	struct str host;        /* of the page; "" unknown */
	struct str text;        /* of the link */
};

enum link_kind td_link_kind(const struct url *, const struct link_place *);

/* "Source:", "출처:", "via" at the end of what stands before a link. */
bool td_is_source_label(struct str before);

#endif
