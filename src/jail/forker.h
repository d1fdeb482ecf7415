/* forker - the process that makes the children: what goes over its socket (src/jail only). */
#ifndef JAIL_FORKER_H
#define JAIL_FORKER_H

#include <stdint.h>

#include "jail/jail.h"

/* With a request come two descriptors: the ask (a memfd), the end of a pipe for the answer. */
struct forker_request {
	int32_t kind;           /* enum jail_kind, or FORKER_KILL without descriptors */
};
#define FORKER_KILL (-1)

struct forker_reply {
	int32_t status;         /* as of waitpid(); FORKER_READY and FORKER_NO_CHILD are none */
};
#define FORKER_READY    (-1)
#define FORKER_NO_CHILD (-2)

/* A child's exit code, beside JAIL_EXIT_FULL: its answer did not fit LIMIT_ANSWER_B. */
#define FORKER_EXIT_FLOOD 74

/* Never returns.  unjailed: the person said so. */
_Noreturn void forker_main(int sock, const struct jail_row rows[JAIL_KIND__COUNT], bool unjailed);

#endif
