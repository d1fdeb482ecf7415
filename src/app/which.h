/* which - what a person means by an id on the command line. */
#ifndef APP_WHICH_H
#define APP_WHICH_H

#include "base/id.h"
#include "store/link.h"

struct which {
	struct id capture, note;        /* one of them; of an article its capture */
};

/* The exit code; not 0: said on stderr.  `command` is for the sentence when it is something else. */
int which_find(struct store_link *, const char *command, const char *id, struct which *ret);

#endif
