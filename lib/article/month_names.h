/* month_names - names of months in some sixty languages (lib/article only). */
#ifndef ARTICLE_MONTH_NAMES_H
#define ARTICLE_MONTH_NAMES_H

#include "base/str.h"

struct month_name {
	const char *name;       /* lower case, a full stop at its end left off */
	const char *language;   /* "": the name is one month in every language that has it */
	int8_t      month;
	bool        persian;    /* of the Solar Hijri calendar: Farvardin is 1 */
};
extern const struct month_name month_names[];   /* sorted by name */
extern const size_t month_names_n;

/* The name at `at`, whole words only; *ret_end is behind it.  language: of the page, "" unknown; NULL when there is none. */
const struct month_name *td_month_at(struct str, size_t at, struct str language, size_t *ret_end);

#endif
