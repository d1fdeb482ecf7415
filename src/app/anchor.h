/*
 * anchor - shows the log to others while the desk is open: time authorities, witnesses, partners.
 *
 * Nothing here holds a fact: what is lacking stands in the store, and is asked for again after a crash.  Who does not
 * answer is asked ever more rarely (schedule/anchor.h).
 */
#ifndef APP_ANCHOR_H
#define APP_ANCHOR_H

#include <signal.h>

#include "jail/jail.h"
#include "store/verbs.h"

/* Until *stop; the link has the worker's role.  The exit code. */
int anchor_run(struct store_link *, struct jail *, const volatile sig_atomic_t *stop);

#endif
