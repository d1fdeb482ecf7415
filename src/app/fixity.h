/*
 * fixity - everything that is kept is read again: all at once when a person asks (`tidings verify`), a little at a time
 * while the desk is open.
 */
#ifndef APP_FIXITY_H
#define APP_FIXITY_H

#include "store/verbs.h"

struct jail;

/* What was looked at, summed over all steps. */
struct tally {
	char    first[512];             /* the first wrong thing; "": none */
	int64_t records, entries, findings, erased;
};

void tally_add(struct tally *, const struct store_verify_found *);

/* Who failed lately to read on, and when; zero at the start of a process. */
struct fixity {
	int64_t failed_us;
	int     failures;
};

/*
 * Reads on for at most FIXITY_TURN_US when it is time (td_fixity_is_due), and remembers in the desk how far it came; at
 * the end the ledger says what was found, and the log names each wrong thing.  Others wait for one small step at most.
 */
void fixity_turn(struct fixity *, struct store_link *, struct jail *, bool is_busy);

enum { FIXITY_TURN_US = 100000 };

#endif
