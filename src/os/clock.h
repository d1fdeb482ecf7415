/*
 * clock - the only place where time and chance come in.
 *
 * Three variables replace them, for tests only:
 *
 *   TIDINGS_NOW   an instant (2018-06-27T00:30:00Z): the clock of each process
 *                 starts there at its first question and runs on.
 *   TIDINGS_CLOCK a file of eight bytes: µs since 1970, native order, mapped and
 *                 read at each question, so that a test can let days pass.
 *   TIDINGS_SEED  any text: each process draws one fixed sequence instead of
 *                 chance.  Every key and id made under it can be guessed, and
 *                 two processes with one seed draw the same ids; a warning is
 *                 logged.
 *
 * Any thread may call these.
 */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/id.h"

int64_t   os_now_us(void);              /* instant, UTC; ends the process if TIDINGS_NOW is not an instant */
int64_t   os_ticks_us(void);            /* monotonic, never replaced: for time-outs and progress */
void      os_rest(int64_t ms);             /* that long, or until a signal; by a test's clock, if one is turned, and never longer than ms */
int64_t   os_clock_error_us(void);      /* the kernel's bound on how wrong os_now_us() is; -1: no time service sets this clock */
void      os_random(void *, size_t);    /* getrandom(2); aborts if the kernel has none */
struct id os_random_id(void);           /* never the id that means "none" */
struct id os_random_uuid(void);         /* RFC 9562 version 4 */

#endif
