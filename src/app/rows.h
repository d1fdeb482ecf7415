/* rows - the kinds of children that the jail may make: the one place that knows all rooms. */
#ifndef APP_ROWS_H
#define APP_ROWS_H

#include "jail/jail.h"

extern const struct jail_row app_jail_rows[JAIL_KIND__COUNT];

#endif
