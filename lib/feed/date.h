/*
 * feed/date - the dates that feeds write, which follow a standard only in the better part of cases.
 *
 * RFC 822 and its successors with every zone's name and every known mistake
 * (day and month swapped in place, names in full or in another language, no zone, 24:00, two-digit
 * years, a comma too many), RFC 3339 and W3CDTF in all their precisions, ISO
 * 8601 basic and by week or day of the year, asctime, the forms of
 * Korean, Greek, Hungarian and other publishers, and the prose that
 * article/dates.h reads.  Without a zone: UTC, except the Korean forms, which
 * are Korean time.
 *
 *     int64_t us;
 *     if (td_feed_date(STR("Wed, 27 Jun 2018 09:30:00 KST"), &us)) ...
 */
#ifndef FEED_DATE_H
#define FEED_DATE_H

#include "base/civil.h"

/* false leaves *ret_us alone.  At most 256 bytes are looked at. */
bool td_feed_date(struct str, int64_t *ret_us);

#endif
