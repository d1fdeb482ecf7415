/*
 * fixity - runs of verify that the ledger tells of, and the one that an open desk makes by itself; part of store/verbs.h.
 *
 * A desk that is open reads all that it keeps again, every so many days (`verify.every`), a little at a time.  How far it
 * is stands in the database, so that a desk that is open for an hour a day comes to the end too.
 */
#ifndef STORE_FIXITY_H
#define STORE_FIXITY_H

#include "base/id.h"

#define STORE_FIXITY_VERBS(X) \
	X(fixity_commit,   fixity_new,   entered,        ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(fixity_newest,   none,         fixity,         ROLE_ALL) \
	X(fixity_hold,     fixity_run,   none,           ROLE_WORKER)

/* What was looked at, and what was found. */
struct store_fixity_new {
	struct id  only;                     /* one capture, or none: everything */
	int64_t    records, entries, wrong;
	struct str first;                    /* the first wrong thing; "": none */
	int64_t    begun_us;                 /* of a run that was made in pieces; 0: in one go */
};

struct store_entered {
	int64_t ledger_seq;
};

/* A run over everything that is under way: fixity_hold keeps it, fixity_commit over everything ends it. */
struct store_fixity_run {
	int64_t    begun_us;                 /* 0: none is */
	int64_t    step, position;           /* of the next ask (verify_step) */
	int64_t    records, entries, wrong;
	struct str first;
};

struct store_fixity {
	int64_t    time_us;                  /* of the newest run over everything; 0: none yet */
	int64_t    wrong;                    /* what it found */
	struct str first;
	int64_t    first_us;                 /* the first entry of the ledger; 0: there is none */
	int64_t    every_days;               /* as the settings say; 0: only when asked */
	struct store_fixity_run run;
};

#endif
