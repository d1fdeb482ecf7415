/*
 * dates - which of the dates on a page is the story's own: published, and apart from it modified.
 *
 * Looked for, in this order: JSON-LD of the article, meta elements that name the day of publishing, microdata, the
 * address, what is printed beside the headline, what else the page has.  A day that the page prints for its readers
 * decides over an instant that is the same moment in UTC.
 */
#ifndef ARTICLE_DATES_H
#define ARTICLE_DATES_H

#include "article/article.h"
#include "article/date_habit.h"
#include "article/head.h"
#include "article/sight.h"
#include "article/written_date.h"

/* The day that begins at `at`; *ret_end is where it ends. */
bool td_date_at(struct str, size_t at, struct civil *ret, size_t *ret_end);
/* The first date in s with the time that follows it; ret_from, ret_to: where. */
bool td_date_find(struct str, struct civil *ret, size_t *ret_from, size_t *ret_to);

struct found_date {
	struct civil when;              /* CIVIL_NONE: none found */
	struct str   text;              /* as written */
	const char  *why;
	int64_t      confidence;        /* percent */
	bool         is_ambiguous;      /* day and month could be exchanged: 06/07/2018 */
	const char  *why_order;         /* they could, but something told; NULL: nothing had to */
};

struct page_dates {
	struct found_date published, modified;
	struct date_signs signs;        /* for the habit of its source */
};

/* What is known before the page is looked at. */
struct dates_ask {
	enum date_order order;          /* how this source writes 06/07/2018 */
	struct str      language;       /* BCP 47, "" unknown */
};

void td_article_dates(struct arena *, const struct html_tree *, const struct page_head *, const struct sight *, const struct dates_ask *,
	struct page_dates *ret);

#endif
