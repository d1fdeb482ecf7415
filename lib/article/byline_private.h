/* byline_private - the search for a story's people, shared by what the page's data says and what it prints (lib/article only). */
#ifndef ARTICLE_BYLINE_PRIVATE_H
#define ARTICLE_BYLINE_PRIVATE_H

#include "article/byline.h"
#include "article/person.h"

#define PRINTED_BYLINES_MAX 48

/* What looks like a byline, and how much. */
struct printed_byline {
	const struct html_node *e;
	struct str              text;           /* "": the element's */
	size_t                  at;
	int                     points;
};

struct byline_search {
	struct person_names  names;
	const struct sight  *sight;
	struct printed_byline      found[PRINTED_BYLINES_MAX];
	size_t               n;
	int                  least;           /* points that a byline needs here */
	uint32_t             letters;         /* of author_words */
	int                  followed;        /* references, each a walk over the JSON-LD */
};

/* Gathers what the page prints: what its makers call so, links to authors, words such as "By", a last line set apart. */
void td_byline_gather(struct byline_search *, const struct html_tree *);
/* The names of the best of it, and of those of the same make beside it, into s->names; false: nobody that s->least allows. */
bool td_byline_from_sight(struct byline_search *);

#endif
