/* printed_dates - the dates that a page prints for its readers, beside its headline (lib/article only). */
#ifndef ARTICLE_PRINTED_DATES_H
#define ARTICLE_PRINTED_DATES_H

#include "article/sight.h"
#include "article/written_date.h"

#define PRINTED_MAX 48

enum printed_label { PRINTED_UNLABELLED, PRINTED_PUBLISHED, PRINTED_MODIFIED };

struct printed_date {
	struct written_date date;
	struct str          text;       /* as written */
	enum printed_label  label;
	int                 points;     /* how much it looks like the story's own; from 50 on it does */
	bool                is_settled; /* for the caller: its day and month were told apart by more than itself */
};

/* Returns how many, in the order of the page. */
size_t td_printed_dates(const struct html_tree *, const struct sight *, const struct date_ways *, struct printed_date ret[PRINTED_MAX]);

#endif
