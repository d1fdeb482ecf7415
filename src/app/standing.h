/* standing - who vouches for the log besides the desk, in words. */
#ifndef APP_STANDING_H
#define APP_STANDING_H

#include <stdio.h>

#include "store/verbs.h"

/* "checkpoint of 12 entries: 2 of 3 witnesses, 2 of 2 time authorities", and a line for what is lacking; nothing when nobody was named. */
void standing_say(const struct store_standing *, FILE *);
/* "2 of 3 witnesses", without an end; and whether the quorum, if one is asked for, is there. */
bool standing_witnesses(const struct store_standing *, FILE *);

#endif
