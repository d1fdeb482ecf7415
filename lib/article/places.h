/* places - names of places and the country each is in (lib/article only). */
#ifndef ARTICLE_PLACES_H
#define ARTICLE_PLACES_H

#include <stddef.h>

struct place_row {
	const char *name;       /* lower case */
	const char *country;    /* ISO 3166-1 alpha-2 */
};

extern const struct place_row places[];
extern const size_t           places_n;

#endif
