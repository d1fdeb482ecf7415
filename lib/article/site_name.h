/*
 * site_name - whose page it is, and a title without that name (lib/article only).
 *
 *     struct site_names names;
 *     td_site_names(&arena, &head, &names);
 *     struct str cut, title = td_without_site(&arena, whole, &names, &cut);   // "…「제목」 - 작은 신문" gives 제목
 */
#ifndef ARTICLE_SITE_NAME_H
#define ARTICLE_SITE_NAME_H

#include "article/head.h"

#define SITE_NAMES_MAX 12

struct site_names {
	struct str  name;                       /* as a person would write it; "" unknown */
	const char *why;                        /* where it stands; NULL: nowhere */
	struct str  keys[SITE_NAMES_MAX];       /* td_name_key() of every name of the site, its host and its section */
	size_t      keys_n, sites_n;            /* [0, sites_n) are the site's, the rest its section's */
};

void td_site_names(struct arena *, const struct page_head *, struct site_names *ret);

/* One more name of the site. */
void td_site_add(struct arena *, struct site_names *, struct str name);

/* Is this the site's name, or nearly? */
bool td_is_site(struct arena *, const struct site_names *, struct str);

/* A title without the site's name and section at either end.  When no name of the site is known and `guess`, the shorter
 * end goes, if it is less than half.  ret_cut: what went, "" nothing. */
struct str td_without_site(struct arena *, struct str title, const struct site_names *, bool guess, struct str *ret_cut);

/* The parts of a title between its separators, at most `max`. */
size_t td_title_parts(struct str title, struct str *ret_parts, size_t max);

#endif
