/*
 * dates - the dates that people write, and which of a page's dates is the story's.
 *
 * Read: 2018-06-27T09:30+09:00, 2018/6/27, 2018.06.27, 27.6.2018, 06/27/2018
 * (month first unless that is impossible), June 27th, 2018, 27 juin 2018,
 * 27 июня 2018, 2018년 6월 27일, 2018年6月27日.  A two-digit year only where month,
 * day and year stand between the same slashes or hyphens.
 */
#ifndef ARTICLE_DATES_H
#define ARTICLE_DATES_H

#include "article/article.h"
#include "article/head.h"

/* The date that begins at `at`; *ret_end is where it ends. */
bool td_date_at(struct str, size_t at, struct civil *ret, size_t *ret_end);
/* The first date in s; ret_from, ret_to: where. */
bool td_date_find(struct str, struct civil *ret, size_t *ret_from, size_t *ret_to);

struct page_dates {
	struct civil published, modified;
	const char  *why, *why_modified;     /* NULL: none found */
	int64_t      confidence;             /* percent, of published */
};

/* main_root: where the story stands, or NULL. */
void td_article_dates(const struct html_tree *, const struct page_head *, struct str url,
	const struct html_node *main_root, struct page_dates *ret);

#endif
