/* stamping - time authorities on the command line: ask them, and check what they said. */
#ifndef APP_STAMPING_H
#define APP_STAMPING_H

#include "app/command.h"

/* Each authority of the settings that has not answered about the newest checkpoint; one line each.  The exit code. */
int stamping_ask(struct app *, struct store_link *, struct arena *);
/* All kept tokens again, as of their own time; a line for each that will not do.  Counts go to *ret_n and *ret_bad; the exit code. */
int stamping_check(struct app *, struct store_link *, int64_t *ret_n, int64_t *ret_bad);

#endif
