/*
 * civil - instants, and the dates that people write.
 *
 * An instant is microseconds since 1970-01-01T00:00:00Z (int64_t), never local
 * time.  A civil date is what a page says, with how much of it was said: a
 * page that gives only a day must not be made to claim a minute.  Proleptic
 * Gregorian calendar, years 1 to 9999.  No clock is read here: os/clock.h.
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include "base/str.h"

#define US_PER_S INT64_C(1000000)

enum civil_precision { CIVIL_NONE, CIVIL_YEAR, CIVIL_MONTH, CIVIL_DAY, CIVIL_MINUTE, CIVIL_SECOND,
	CIVIL_PRECISION__COUNT };

#define CIVIL_NO_ZONE INT16_MAX

struct civil {
	int16_t year;            /* 1..9999 */
	int8_t  month, day;      /* from 1; 0 when not said */
	int8_t  hour, minute, second;
	int16_t zone_min;        /* minutes east of UTC, or CIVIL_NO_ZONE */
	int8_t  precision;       /* enum civil_precision; CIVIL_NONE: no date at all */
};

#define CIVIL_SHOWN 64

bool         civil_is_valid(const struct civil *);          /* 30 February is not */
int64_t      civil_days(int year, int month, int day);      /* since 1970-01-01 */
int          civil_weekday(int year, int month, int day);   /* 0 Sunday .. 6 */

/* Missing parts count from their start; a missing zone counts as UTC. */
int64_t      civil_to_instant(const struct civil *);
struct civil civil_from_instant(int64_t instant_us);        /* CIVIL_SECOND, zone 0 */

/* All write into and return `out`. */
const char *civil_iso(const struct civil *, char out[CIVIL_SHOWN]);     /* 2018, 2018-06, 2018-06-27, 2018-06-27T09:30+09:00 */
const char *instant_iso(int64_t us, char out[CIVIL_SHOWN]);             /* 2018-06-27T00:30:00Z */
const char *instant_iso_us(int64_t us, char out[CIVIL_SHOWN]);          /* 2018-06-27T00:30:00.000000Z */
const char *instant_rfc822(int64_t us, char out[CIVIL_SHOWN]);          /* Wed, 27 Jun 2018 00:30:00 +0000 */

/* ISO 8601 / RFC 3339 in the forms that civil_iso() and instant_iso*() write,
 * a space for the T, seconds with a fraction (cut), +0900 as well as +09:00. */
bool civil_parse_iso(struct str, struct civil *ret);
/* "Wed, 27 Jun 2018 09:30:00 +0900 (KST)" of mail and RSS, the obsolete forms too (RFC 5322 section 4.3). */
bool civil_parse_rfc822(struct str, struct civil *ret);
bool instant_parse_iso(struct str, int64_t *ret_us);        /* wants at least the minute; to the microsecond */

#endif
