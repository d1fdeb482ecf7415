/* view - what all pages show the same way: times, countries, the state of a note, the frame. */
#ifndef DESK_VIEW_H
#define DESK_VIEW_H

#include "desk/request.h"

/* Fill request.values with what the frame needs; asks the store for its status. */
enum err_code view_frame(struct request *, struct err *) MUST_USE;

/* Sets NAME (in the desk's zone) and NAME_iso, NAME_utc (for <time datetime title>). */
void       view_time(struct request *, struct page_values *, const char *name, int64_t us);
/* The same, shorter for what is of today ("10:15") or of this year ("23 November, 10:15"). */
void       view_near_time(struct request *, struct page_values *, const char *name, int64_t us, int64_t now_us);
struct str view_minute(struct request *, int64_t us);
/* "Today, 25 November 2026"; the day in the desk's zone. */
struct str view_day(struct request *, int64_t us, int64_t now_us);
/* "9 days", "3 hours", "15 minutes": the largest unit that is not misleading. */
struct str view_span(struct request *, int64_t seconds);
/* A date as far as it is known: "June 2018". */
struct str view_civil(struct request *, const struct civil *);
struct str view_country(struct request *, struct str code);
struct str view_language(struct request *, struct str code);   /* "한국어 (ko)" */
struct str view_size(struct request *, int64_t bytes);
struct str view_number(struct request *, int64_t);

/* Sets `state` (a word), `sign` and `state_class` for an enum note_status, or -1: no note. */
void       view_note_state(struct request *, struct page_values *, int64_t status);
struct str view_id(struct request *, enum id_kind, const struct id *);

/* <option>s of every country, in the order of the reader's language. */
void       view_countries(struct request *, const char *list, struct str chosen);

/* A list `blocks` of an article's text: p, h, quote, caption, pre, page, or items. */
void       view_blocks(struct request *, struct page_values *, const struct article *);

#endif
