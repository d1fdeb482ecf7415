/*
 * health - has a redesign of a site broken what we read from its pages?
 *
 *     struct health_fault fault[HEALTH_QUESTION__COUNT];
 *     size_t n = td_health(pages, pages_n, fault);    // pages of one host, the oldest first
 *
 * For each question the pages are cut in two at the place where before and now
 * differ most; a fault is said when that cannot well be chance: Fisher's exact
 * test, one-sided, its p times the number of places and questions below 0.001,
 * at least HEALTH_NOW_N pages now that lack it and HEALTH_BEFORE_N pages before,
 * the share of pages that lack it higher by half, and four of the last five pages lack it.
 * So a site that never had bylines is no fault, and neither is a bad day.
 */
#ifndef ARTICLE_HEALTH_H
#define ARTICLE_HEALTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEALTH_PAGES_N = 200, HEALTH_NOW_N = 5, HEALTH_BEFORE_N = 10 };

enum health_question {
	HEALTH_TITLE, HEALTH_DATE, HEALTH_BYLINE,
	HEALTH_TEXT,            /* less than a third of the text that is usual there: the median of the older half */
	HEALTH_QUESTION__COUNT
};
extern const char *const health_question_name[HEALTH_QUESTION__COUNT];  /* "title", "date", "byline", "text" */

struct health_page {
	int64_t taken_us;
	int64_t letters;        /* of its text */
	bool    has[HEALTH_QUESTION__COUNT];    /* HEALTH_TEXT is not looked at: `letters` tells */
};

/* "since 3 June 14 of 15 pages have no date; before, 2 of 90" */
struct health_fault {
	enum health_question question;
	int64_t              since_us;          /* the first of the pages now */
	int64_t              lack, of;          /* now */
	int64_t              lacked, of_before;
};

/* At most HEALTH_PAGES_N pages; of more, the last ones count.  Returns the number of faults. */
size_t td_health(const struct health_page *oldest_first, size_t n, struct health_fault ret[HEALTH_QUESTION__COUNT]);

#endif
