/*
 * netd - an internet of our own for tests: thousands of hosts on the loopback, with names, TLS, and bad manners.
 *
 *     netd -- COMMAND ARG...
 *
 * runs COMMAND in an empty network (nothing can leave it) in which every name
 * that ends in .test is answered: by DNS on port 53, by HTTP on 80, by TLS on
 * 443 under an authority that this network trusts.  The command needs no
 * hook of any kind: it finds its resolv.conf, its certificates and its hosts
 * where it always finds them.  netd is also the referee: it keeps a line a
 * request and counts what a polite client never does (referee.h).
 *
 * What a host says is decided by its name and the path:
 *   hNNNNN.test/feed-K.xml     the load set (load.c): feeds that change with time
 *   NAME.test/x/SCENARIO       the hostile set (scenario.c)
 *   NAME.test/life/KIND        pages that are edited, taken down or hidden one day (life.c)
 *   robots-SCENARIO.test       its robots.txt is what behaves so
 *   127.0.0.1/score            the referee's word, as JSON
 * What a name means is in dns.c.  Everything follows from names and the clock,
 * so two runs are alike; with --clock FILE the clock is eight bytes of that
 * file (µs since 1970, native order), mapped by netd and by whoever tests.
 *
 * One process, one thread, epoll, no disk.
 */
#ifndef NETD_NETD_H
#define NETD_NETD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- time ---- */

int64_t clock_us(void);         /* the instant that the tests play in */
int64_t ticks_us(void);         /* real, monotonic: for pacing */
bool    clock_map(const char *path);

/* ---- what is sent: a list of steps, carried out by conn.c ---- */

enum step_kind {
	STEP_SEND,              /* n bytes */
	STEP_REPEAT,            /* the n bytes again and again, `times` of them; 0: until the other side goes away */
	STEP_DRIP,              /* one of the n bytes every `ms`, from the front again when they are used up; never ends */
	STEP_PAUSE,             /* nothing, for `ms` */
	STEP_RESET              /* the connection is torn down */
};

enum { STEPS_N = 6 };

struct step {
	enum step_kind kind;
	const char    *p;       /* owned by the script when `owned` */
	char          *owned;
	size_t         n;
	uint64_t       times;
	int64_t        ms;
};

struct script {
	struct step steps[STEPS_N];
	size_t      n;
	int         status;     /* for the log; 0: no HTTP */
	bool        keep;       /* the connection stays open after it */
};

struct request {
	char            method[8], target[2048], host[256];      /* host without port, lower case */
	char            if_none_match[512], if_modified_since[128], accept_encoding[256], user_agent[256];
	bool            has_cookie, has_referer, has_authorization, is_tls;
	struct in6_addr to;     /* the address that was connected to; IPv4 as ::ffff:a.b.c.d */
};

/* Text that grows; the script frees it. */
struct text {
	char  *p;
	size_t n, room;
};
void text_add(struct text *, const void *, size_t);
void text_say(struct text *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void script_send(struct script *, struct text *);                       /* takes the text */
void script_say(struct script *, const char *literal);
void script_repeat(struct script *, const char *literal, size_t n, uint64_t times);
void script_drip(struct script *, const char *literal, int64_t ms);
void script_pause(struct script *, int64_t ms);
void script_reset(struct script *);
void script_free(struct script *);
/* A whole reply that keeps the connection: "200 OK", header lines each ending in \r\n ("" for none), a body that it takes. */
void script_reply(struct script *, const char *status, const char *headers, struct text *body);

/* ---- who answers ---- */

void load_reply(const struct request *, struct script *);       /* load.c */
bool life_reply(const struct request *, const char *kind, struct script *);      /* life.c; false: no such page */
bool scenario_reply(const struct request *, const char *name, struct script *);  /* scenario.c; false: no such scenario */
void feed_text(struct text *, const char *title, int items, const char *extra);  /* an RSS feed with so many items */

/* dns.c: one question, one answer; 0: silence.  `tcp`: the answer may be long. */
size_t dns_answer(const unsigned char *question, size_t n, bool tcp, unsigned char *out, size_t room);
uint32_t host_address(const char *name);        /* IPv4 in host order of a .test name that has one, else 0 */

/* tls.c: an authority, whose certificate goes to ca_path (NULL: nowhere), and a context that makes others as names are asked for. */
bool               tls_authority(const char *ca_path);
struct ssl_ctx_st *tls_create(void);

/* conn.c: everything that listens. */
bool serve_open(int port_http, int port_https, int port_dns);     /* after tls_authority(); 0: the kernel chooses */
void serve_turn(int wait_ms);
int  serve_port(int which);     /* 0 http, 1 https, 2 dns */

/*
 * isolate.c: from now on this process is in an empty network.  The folder holds
 * ca.pem; more files are put there.  77 when this machine does not allow it, after a sentence.
 */
int isolate(const char *folder);

#endif
