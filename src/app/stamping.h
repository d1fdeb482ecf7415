/* stamping - time authorities on the command line: ask them, and check what they said. */
#ifndef APP_STAMPING_H
#define APP_STAMPING_H

#include "app/command.h"

/* Each authority of the settings that has not answered about the newest checkpoint; one line each, or to the log when nobody looks on.  The exit code. */
int stamping_ask(struct store_link *, struct jail *, struct arena *, bool is_quiet);
/* Tokens whose certificates end within LIMIT_RENEW_S are carried on by all authorities of the settings.  The exit code. */
int stamping_renew(struct store_link *, struct jail *, struct arena *, bool is_quiet);
/* All kept tokens again, as of their own time; a line for each that will not do.  Counts go to *ret_n and *ret_bad; the exit code. */
int stamping_check(struct jail *, struct store_link *, int64_t *ret_n, int64_t *ret_bad);

#endif
