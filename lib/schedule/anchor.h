/*
 * anchor - when the log is shown to others (time authorities, witnesses, partners), and when all that is kept is read again.
 *
 * Pure functions of facts and the time, as the rest of this room.  Authorities are asked when something is new and
 * the desk is at rest, at most once in `every_h` hours, and again sooner for one that did not answer; who fails is
 * asked ever more rarely, at most every six hours.
 */
#ifndef SCHEDULE_ANCHOR_H
#define SCHEDULE_ANCHOR_H

#include <stdbool.h>
#include <stdint.h>

struct anchor_state {
	int64_t entries;                /* in the log */
	int64_t stamped_size;           /* of these the newest token is over; 0: there is none */
	int64_t stamped_us;             /* when it came */
	int64_t stamped_n, authorities; /* how many have given one for that; how many there are */
	int64_t every_h;                /* 0: only when a person asks */
	int64_t new_us;                 /* since when the one who asks knows that something is new; 0: only now */
	int64_t busy_us;                /* when something was last taken in; 0: never */
	bool    is_busy;                /* work is waiting */
	int64_t failed_us;              /* when an authority was last asked in vain, */
	int     failures;               /* and how often one after the other */
};

struct fixity_state {
	int64_t every_days;             /* 0: only when a person asks */
	int64_t newest_us;              /* when everything was read last; 0: never */
	int64_t first_us;               /* the first entry of the log; 0: there is none */
	bool    is_under_way;           /* a reading was begun and has not ended */
	bool    is_busy;                /* work is waiting */
	int64_t failed_us;              /* as above */
	int     failures;
};

/* Should a part of everything be read again now? */
bool    td_fixity_is_due(const struct fixity_state *, int64_t now_us);

bool    td_anchor_is_due(const struct anchor_state *, int64_t now_us);
/* How long to leave alone who has failed so often in a row; µs. */
int64_t td_anchor_rest(int failures);

#endif
