/*
 * names - what address has that name?  Asked without waiting, remembered for a while.
 *
 * Numbers answer themselves, then comes the hosts file, then the name servers
 * of resolv.conf (A and AAAA at once, over UDP, over TCP when the answer does
 * not fit).  An answer is kept as long as it says, but not less than
 * LIMIT_DNS_MIN_S and not more than LIMIT_DNS_MAX_S; "no such host" for the
 * least time, silence for a quarter of it.
 *
 *     struct name *n = names_ask(names, host);
 *     while (n->state == NAME_ASKED) {
 *             poll() on names_fds(), then names_step(names);
 *     }
 */
#ifndef FETCH_NAMES_H
#define FETCH_NAMES_H

#include <poll.h>

#include "dns/dns.h"
#include "fetch/fetch_private.h"

enum name_state { NAME_ASKED, NAME_KNOWN, NAME_NONE, NAME_SILENT };

/* One question that is under way, of type A or AAAA. */
struct question {
	int              fd;            /* -1: none */
	bool             is_tcp, is_over, is_answered;
	int              asked_n;       /* how many times */
	int64_t          until_us;      /* ticks */
	struct buf       ask, in;       /* ask: with the two bytes of length that TCP wants in front */
	size_t           sent;
	struct dns_reply reply;
};

struct name {
	struct name     *next;
	enum name_state  state;
	struct str       host;          /* the names' own copy */
	struct addresses found;
	int64_t          until_us;      /* ticks: good until then */
	int              used_n;        /* by how many; a name in use is not forgotten */
	struct question  question[2];
};

struct names;

struct names *names_create(const struct fetch_options *);       /* NULL: no memory */
void          names_destroy(struct names *);
/* used_n is counted up; NULL: no memory. */
struct name  *names_ask(struct names *, struct str host);
void          names_leave(struct name *);
/* What to poll for; at most `most`.  *ret_until_us: when to step even if nothing came. */
size_t        names_fds(struct names *, struct pollfd *, size_t most, int64_t *ret_until_us);
void          names_step(struct names *);

#endif
