/* process - what the web process holds: opened in open.c, used in server.c. */
#ifndef DESK_PROCESS_H
#define DESK_PROCESS_H

#include <sys/types.h>

#include "desk/desk.h"
#include "desk/request.h"

struct desk {
	struct arena arena;              /* templates, wishes */
	struct site  site;
	int          listen_fd, signal_fd, port;
	int          tcp_fd;             /* /proc/net/tcp, kept open; -1: any user may come */
	uid_t        uid;
};

#endif
