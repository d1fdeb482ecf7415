/*
 * referee - what a polite client never does, counted from the server's side.
 *
 * Times are those of the test's clock, so thirty days can pass in minutes.
 *   overlap        a second request to a host while one is running
 *   gap            less than max(1 s, 5 x the last fetch, Crawl-delay) after the last one's end
 *   retry          a request inside a Retry-After that this host gave
 *   ttl            a poll before the freshness that the feed stated was over (ttl, max-age, skipHours)
 *   unconditional  no validator sent although one was given, and the last whole answer is less than six days old
 *   changed        a validator that is not byte for byte the one given
 *   identity       a cookie, a referer, a password, or no user agent
 *   forbidden      a connection to an address that stands for somebody's private network
 * Robots' own file and redirect targets obey overlap, gap, retry only.
 */
#ifndef NETD_REFEREE_H
#define NETD_REFEREE_H

#include "netd.h"

enum foul { FOUL_OVERLAP, FOUL_GAP, FOUL_RETRY, FOUL_TTL, FOUL_UNCONDITIONAL, FOUL_CHANGED, FOUL_IDENTITY, FOUL_FORBIDDEN, FOUL__COUNT };
extern const char *const foul_name[FOUL__COUNT];

/* What an answer binds the client to.  Strings are copied. */
struct binding {
	const char *etag, *last_modified;       /* NULL or "": none given */
	int64_t     fresh_s;                    /* no poll sooner; 0: not said */
	int64_t     retry_s;                    /* no request to this host sooner; 0: not said */
	int64_t     crawl_delay_s;              /* of this host from now on; 0: not said */
};

bool referee_open(const char *log_path);                /* NULL: no log, only the score */
/* A request has come. */
void referee_begin(const struct request *);
/* Called by who answers, between begin and end. */
void referee_bind(const struct request *, const struct binding *);
/* The answer is over since ended_us: `sent` bytes, `how`: "" as meant, else what the client did. */
void referee_end(const struct request *, int status, uint64_t sent, int64_t ended_us, const char *how);
/* A connection to a private address needs no request to be wrong. */
void referee_forbidden(const struct in6_addr *to);
/* JSON: requests, hosts, busiest ten seconds and the mean, and for each foul its count and its first case. */
void referee_score(struct text *);

#endif
