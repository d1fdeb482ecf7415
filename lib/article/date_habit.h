/*
 * date_habit - whether a source writes 06/07/2018 for June or for July (lib/article only).
 *
 *     struct date_signs signs = { 0 };
 *     td_date_sign(&signs, STR("27/06/2018"), NULL);           // a number above 12 tells
 *     td_date_sign(&signs, STR("06/07/2018"), &published);     // and so does the same day, said otherwise
 *     td_date_habit_add(&habit, &signs);                       // of each page of the source
 *     order = td_date_habit_order(&habit);
 *
 * No single "06/07" tells.  What is known of the source decides, then the signs on the page itself, then the habit of its
 * language and country.
 */
#ifndef ARTICLE_DATE_HABIT_H
#define ARTICLE_DATE_HABIT_H

#include "article/written_date.h"

/* What one page shows: how many dates of each order. */
struct date_signs {
	int day_first, month_first;
};

/* How many pages of one source show each order. */
struct date_habit {
	int64_t day_first, month_first;
};

/* written: a date in digits as it stands on the page; anything else is no sign.  known: the day that it is, as the page says
 * it elsewhere without doubt; NULL: not known. */
void            td_date_sign(struct date_signs *, struct str written, const struct civil *known);
/* The order that all signs of a page show, else unknown. */
enum date_order td_date_signs_order(const struct date_signs *);

/* A page whose signs contradict each other, or that has none, does not count. */
void            td_date_habit_add(struct date_habit *, const struct date_signs *);
/* Known from two pages on, when nine of ten agree. */
enum date_order td_date_habit_order(const struct date_habit *);

/* By language (BCP 47) and host: only English has two orders; there the country decides, by the tag or by the end of the
 * host's name.  "en-US" alone is no sign: templates come with it. */
enum date_order td_date_order_of(struct str language, struct str host);

#endif
