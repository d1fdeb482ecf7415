/* clock - the only place where time and chance come in.  Tests set TIDINGS_NOW (ISO 8601) and TIDINGS_SEED. */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/id.h"

int64_t   os_now_us(void);              /* instant, UTC; with TIDINGS_NOW it starts there and runs on */
int64_t   os_ticks_us(void);            /* monotonic, for time-outs and progress */
void      os_random(void *, size_t);    /* getrandom(2); aborts if the kernel has none */
struct id os_random_id(void);
struct id os_random_uuid(void);         /* RFC 9562 version 4 */

#endif
