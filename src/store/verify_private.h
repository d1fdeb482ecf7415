/* verify_private - what the files of verify share. */
#ifndef STORE_VERIFY_PRIVATE_H
#define STORE_VERIFY_PRIVATE_H

#include "store/store_private.h"

struct verify {
	struct store              *s;
	struct arena              *a;
	struct store_verify_found *found;
	int64_t                    only;         /* seq of the one capture, or 0 */
};

void       verify_say(struct verify *, struct str where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
struct str verify_place(struct verify *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The steps of the log, each from `position`; false: nothing is left of it. */
bool       verify_tiles(struct verify *, int64_t *position);
bool       verify_checkpoints(struct verify *, int64_t *position);

#endif
