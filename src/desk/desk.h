/*
 * desk - the web pages that people work with, served to browsers on this machine.
 *
 * One process, one thread: libmicrohttpd reads and writes the sockets in a
 * loop that we own, a handler is a few short store calls.  desk_open() takes
 * all it needs from the machine (a socket, /proc/net/tcp, the time zone, the
 * templates), so desk_run() can stand in a process that may open nothing.
 *
 *     struct desk_options o = { .host = STR("127.0.0.1"), .port = 8080 };
 *     struct desk *desk;
 *     if (desk_open(&o, &desk, err) != ERR_OK) ...    // the port is taken: the sentence says so
 *     end = desk_run(desk, link, &wish);              // until SIGTERM or SIGINT
 *     desk_close(desk);
 *
 * No request reaches a handler before the guards of guard.h have passed it.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/err.h"
#include "store/link.h"

#define DESK_PORT 8080

struct desk_options {
	struct str host;         /* "127.0.0.1"; an address, not a name; "": that */
	int        port;         /* 0: any free one, see desk_port() */
	struct str pages;        /* a folder whose files replace the built-in ones; "": none */
	unsigned   roles;        /* enum store_role of who sits here; 0: reader and editor */
	bool       any_user;     /* do not ask /proc whose connection it is (a container, a proxy) */
	bool       may_start;    /* a sample desk offers "Start my desk": desk_run() ends with DESK_START */
};

enum desk_end {
	DESK_STOPPED,            /* SIGTERM or SIGINT */
	DESK_START,              /* somebody asked for a desk of their own: see *wish */
	DESK_FAILED              /* see err */
};

/* What was typed into "Start my desk"; valid until desk_close(). */
struct desk_wish {
	struct str name, tagline;
};

struct desk;

/* ERR_EXISTS: the port is taken; ERR_FORMAT: a template is wrong (file and line); ERR_IO; ERR_MISSING: no such folder. */
enum err_code desk_open(const struct desk_options *, struct desk **ret, struct err *) MUST_USE;
int           desk_port(const struct desk *);
/* From here on SIGTERM and SIGINT are blocked in this process and end the loop. */
enum desk_end desk_run(struct desk *, struct store_link *, struct desk_wish *ret, struct err *);
void          desk_close(struct desk *);        /* NULL is fine */

/* The sources that a desk may start with, as OPML (data/tidings.opml); in the program, never freed. */
struct str    desk_starter_list(void);

#endif
