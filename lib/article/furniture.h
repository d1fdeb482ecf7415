/* furniture - what of a page is not its story, by tags and by the names that its makers gave (lib/article only). */
#ifndef ARTICLE_FURNITURE_H
#define ARTICLE_FURNITURE_H

#include "html/tree.h"

/* From the least to the most certain; what holds the story in spite of its name is the caller's to see. */
enum furniture {
	FURNITURE_NO,
	FURNITURE_SOFT,         /* "teaser", a form, an aside: often, not always */
	FURNITURE_HARD,         /* navigation, comments, cookie notices */
	FURNITURE_HIDDEN,       /* not shown unless a script shows it; or shown only without scripts */
	FURNITURE_NEVER         /* script, style, controls: never part of what is said */
};

/* What the words of class and id say. */
struct furniture_names {
	enum furniture grade;
	bool           content;         /* "article", "text", "story" */
	bool           caption;         /* of a picture */
	bool           post, goods;     /* "thread", "reply"; "price", "cart" */
	uint32_t       make;            /* alike for elements with the same words, numbers aside */
};

enum furniture td_furniture(const struct html_node *);
enum furniture td_furniture_named(const struct html_node *, struct furniture_names *ret);

#endif
