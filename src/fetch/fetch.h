/*
 * fetch - the one way to the network: one GET, every byte kept.
 *
 * HTTP/1.1 only, so that the bytes are those the server sent.  libcurl carries
 * them; it decodes nothing, follows nothing, resolves nothing.  Each hop's
 * name is resolved here (A and AAAA, /etc/hosts first), every address is
 * checked before the connection and again when the socket is opened: private,
 * local and other special networks are refused unless listed in `allow`.  TLS
 * is verified against the system's store; nothing is taken over a bad one.
 * No cookies, no referer, no identity in the request.
 *
 *     struct fetch *fetch;
 *     fetch_create(&(struct fetch_options){ .allow = STR("") }, &fetch, err);
 *     fetch_get(fetch, &arena, STR("https://example.org/story"), &reply, err);
 *     ... reply.hops.v[reply.hops.n - 1].body ...
 *     fetch_destroy(fetch);
 *
 * One fetch at a time; one struct fetch belongs to one thread.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/arena.h"
#include "base/err.h"

struct fetch;

struct fetch_options {
	struct str  allow;          /* ranges that may be reached besides the public net: "127.0.0.0/8 fd00::/8"; the desk's fetch.allow */
	struct str  route;          /* "": direct; anything else is refused: there is no other way out yet */
	const char *ca_file;        /* NULL: the system's store */
	const char *hosts_file;     /* NULL: /etc/hosts */
	const char *resolv_file;    /* NULL: /etc/resolv.conf */
	/* 0: the value of base/limits.h */
	int64_t     connect_ms, total_ms, stall_ms;
	size_t      head_b, body_b;
	unsigned    hops_n;
};

struct fetch_tls {
	struct str version;         /* "TLSv1.3"; "": no TLS */
	struct str cipher;          /* "TLS_AES_256_GCM_SHA384" */
	struct str chain_pem;       /* the server's certificates, leaf first */
};

/* Why a body ends before its end; also the words of WARC-Truncated. */
enum fetch_cut { FETCH_WHOLE, FETCH_CUT_LENGTH, FETCH_CUT_TIME, FETCH_CUT_DISCONNECT, FETCH_CUT__COUNT };
extern const char *const fetch_cut_name[FETCH_CUT__COUNT];      /* "", "length", "time", "disconnect" */

struct fetch_hop {
	struct str       url;               /* without fragment */
	struct bytes     request;           /* as sent */
	struct bytes     head;              /* status line to the empty line, as received; empty when is_refused */
	struct bytes     body;              /* transfer coding removed, content coding left; when is_refused: all that came */
	int64_t          status;            /* 0 when is_refused */
	bool             is_refused;        /* not a reply of HTTP: `fault` says why, `body` holds the bytes */
	bool             is_chunked;        /* it came in chunks */
	int64_t          framed_b;          /* the body with its transfer coding, as it came */
	unsigned char    framed_sha256[32];
	struct str       addresses;         /* the DNS answer: "192.0.2.1 2001:db8::1" */
	struct str       peer;              /* the address that answered */
	int64_t          peer_port;
	struct fetch_tls tls;
	int64_t          started_us, ended_us;                          /* instants */
	int64_t          resolved_us, connected_us, secured_us, first_byte_us;  /* after started_us */
	enum fetch_cut   cut;
	struct str       fault;             /* "": none; else one sentence */
};

struct fetch_reply {
	struct { struct fetch_hop *v; size_t n; } hops;         /* n >= 1; the last one holds the document, unless there is a fault */
	struct str fault;                   /* "": none; else one sentence why the last redirect was not followed to its end */
	struct str robots;                  /* what robots.txt had to do with it, for the record */
};

/* ERR_FORMAT: `allow` has something that is no range, or an unknown route. */
enum err_code fetch_create(const struct fetch_options *, struct fetch **ret, struct err *) MUST_USE;
void          fetch_destroy(struct fetch *);            /* NULL is fine */

/*
 * Take one page.  A 404 or 500 is a page; so is a body that was cut (see
 * `cut`), and a reply that is not HTTP (is_refused).  A redirect whose end
 * cannot be had (no such host, a private address, a circle) is evidence too:
 * ERR_OK with the hops that were taken and `fault`.  ERR_FORMAT: not an address
 * of the web; ERR_MISSING: no such host; ERR_NET: nobody answered, bad TLS, a
 * private address.  Nothing was taken then.
 */
enum err_code fetch_get(struct fetch *, struct arena *, struct str url, struct fetch_reply *ret, struct err *) MUST_USE;

#endif
