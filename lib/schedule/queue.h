/*
 * queue - whose turn it is: one request at a time a host, a rest after each, and never all at once.
 *
 * Entries (a source to be polled, a page to be taken) wait at their host until
 * they are due.  A host rests after each request for a second, five times as
 * long as the request took, or its Crawl-delay, whichever is longest, and it
 * is not asked at all while a Retry-After of its site runs.  Over all hosts,
 * starts keep a pace: half again the mean rate at which entries come due, or
 * what it takes to work off a pile within two and a half minutes at up to one
 * a second, so that a laptop that slept does not shout when it wakes.  Of what
 * is due the likeliest news goes first.
 *
 *     q = td_queue_create(&arena, sources_n);
 *     slot = td_queue_add(q, td_queue_host(q, STR("example.org")), due_us, every_us, likely, mine);
 *     ...
 *     while (td_queue_take(q, now_us, &slot, &mine)) ... begin to ask ...
 *     td_queue_end(q, host, began_us, now_us);        // the answer has come
 *     td_queue_put(q, slot, verdict.next_us, every_us, likely);
 *
 * All memory comes from the arena at the start: about 130 bytes an entry.
 * Pure: no clock; now_us should not run backwards.
 */
#ifndef SCHEDULE_QUEUE_H
#define SCHEDULE_QUEUE_H

#include "base/arena.h"
#include "base/str.h"

struct queue;

#define QUEUE_NONE ((size_t)-1)

/* Room for so many entries, each on a host of its own, and for a few hosts more that redirects lead to. */
struct queue *td_queue_create(struct arena *, size_t entries_n);

/* The host of this name; when there is no more room, one that all others share. */
size_t  td_queue_host(struct queue *, struct str host);

/*
 * A new entry, waiting; `mine` is the caller's.  every_us: how far apart it comes due, which makes the mean rate; 0: only
 * this once.  QUEUE_NONE: there is no room.
 */
size_t  td_queue_add(struct queue *, size_t host, int64_t due_us, int64_t every_us, int64_t likely, uint64_t mine);
/* Wait again.  The entry must have been taken. */
void    td_queue_put(struct queue *, size_t slot, int64_t due_us, int64_t every_us, int64_t likely);
/* The entry's room is free again; waiting or taken. */
void    td_queue_remove(struct queue *, size_t slot);

/* Whose turn it is; the request at its host has begun.  false: nobody's yet. */
bool    td_queue_take(struct queue *, int64_t now_us, size_t *ret_slot, uint64_t *ret_mine);
/* When to try again; INT64_MAX: when something changes. */
int64_t td_queue_next(const struct queue *, int64_t now_us);
/* How many of those that come again and again are due and have not been taken. */
size_t  td_queue_backlog(struct queue *, int64_t now_us);

/* A request that is not of an entry: a redirect to another host, a robots.txt, a picture.  How long to wait first, µs; 0: it has begun. */
int64_t td_queue_begin(struct queue *, size_t host, int64_t now_us);
/* A request that began at began_us is over; from now on the host rests. */
void    td_queue_end(struct queue *, size_t host, int64_t began_us, int64_t now_us);
void    td_queue_crawl_delay(struct queue *, size_t host, int64_t delay_s);     /* clamped to 30 s */
/* Nothing is asked of any host of this site until then. */
void    td_queue_hold(struct queue *, size_t host, int64_t until_us);

#endif
