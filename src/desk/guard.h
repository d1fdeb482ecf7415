/*
 * guard - what a request must be before any handler sees it.
 *
 * A browser on this machine is trusted no further than this: another user's
 * process, a page of another site in the editor's browser, a name that was
 * rebound to 127.0.0.1, and a request that two readers would cut in two
 * different places are all turned away here, with a status and a sentence.
 * Pure: a head in, an answer out; server.c gives it what MHD read.
 */
#ifndef DESK_GUARD_H
#define DESK_GUARD_H

#include "base/str.h"

enum { GUARD_HEADERS_N = 100 };

struct guard_header {
	struct str name, value;  /* as received: may hold NUL and bytes that are no UTF-8 */
};

struct guard_head {
	struct str          method, path;
	struct guard_header headers[GUARD_HEADERS_N];
	size_t              headers_n;
	bool                too_many;       /* there were more */
	bool                same_user;      /* the connection belongs to who runs us */
};

struct guard_answer {
	unsigned    status;      /* 0: let it in */
	const char *words;       /* id of the sentence for the person */
	bool        close;       /* where this request ends is in doubt: say nothing more on this connection */
};

/* In the order of threats: whose connection, what form, which name, which method, from which page. */
struct guard_answer guard_check(const struct guard_head *, int port);

/* The first header of that name; p is NULL when there is none. */
struct str guard_header(const struct guard_head *, struct str name);

/* Of the Content-Length field (0 when absent); false when it is not a number.  After guard_check(). */
bool guard_length(const struct guard_head *, int64_t *ret);

/* Equal, in a time that does not tell where they differ. */
bool guard_token_is(struct str token, struct str want);

/*
 * Does the connection between these two ports of 127.0.0.1 or ::1 belong to this
 * user?  tcp is the text of /proc/net/tcp, or tcp6.  False when it is not listed.
 */
bool guard_owner_is(struct str tcp, int from_port, int to_port, unsigned uid);

#endif
