/* lock_private - what the two kinds of locked children share (src/jail only). */
#ifndef JAIL_LOCK_PRIVATE_H
#define JAIL_LOCK_PRIVATE_H

#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "jail/lock.h"

/* "this machine does not let us put up a wall (seccomp: ...)"; returns ERR_DENIED. */
enum err_code lock_refused(struct err *, const char *wall, int error);
/* Soft and hard limit of an RLIMIT_x. */
bool          lock_limit(int what, uint64_t most);
/* 0: this kernel has no Landlock. */
int           lock_landlock_abi(void);
/* A ruleset that handles every right the kernel knows and grants none; -1 on failure. */
int           lock_landlock_rules(void);
/* Loads and releases; added != 0: a rule could not be made. */
enum err_code lock_load(scmp_filter_ctx, int added, struct err *);

#endif
