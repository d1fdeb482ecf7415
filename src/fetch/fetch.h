/*
 * fetch - the one way to the network: GETs, many at once, every byte kept.
 *
 * HTTP/1.1 only, so that the bytes are those the server sent.  libcurl carries
 * them; it decodes nothing, follows nothing, resolves nothing.  Each hop's
 * name is resolved here (hosts file, then A and AAAA; answers are kept between
 * LIMIT_DNS_MIN_S and LIMIT_DNS_MAX_S), every address is checked before the
 * connection and again when the socket is opened: private, local and other
 * special networks are refused unless listed in `allow`.  TLS is verified
 * against the system's store; nothing is taken over a bad one.  No cookies, no
 * referer, no identity in the request.
 *
 * With a route ("socks5h://127.0.0.1:9050") everything goes through that proxy,
 * names too: no question is put to a name server here, and when the proxy is
 * away nothing is fetched.  `isolation` becomes the user's name at the proxy, so
 * that Tor gives each source a circuit of its own; connections and TLS sessions
 * are shared neither between isolations nor between routes.  An ask may name a
 * route of its own; it never falls back to another.
 *
 * Hosts are asked one request at a time over one connection, which is kept for
 * the next.  How long to wait between two requests, and what robots.txt says,
 * is the caller's: `gate` is asked before every hop, redirects included.
 *
 * A body is handed over as it came, content coding on: to take that off is a
 * parser's work and done in the jail (td_http_decode(), with its ceilings).
 *
 *     struct fetch *fetch;
 *     fetch_create(&(struct fetch_options){ .allow = STR("") }, &fetch, err);
 *     fetch_start(fetch, &(struct fetch_ask){ .url = url, .etag = etag, .mine = source }, err);
 *     ...
 *     while (fetch_wait(fetch, &arena, 1000, -1, &done))
 *             ... done.mine, done.reply.hops.v[done.reply.hops.n - 1].status ...
 *     fetch_destroy(fetch);
 *
 * Any process may have its own; one struct fetch belongs to one thread.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/arena.h"
#include "base/err.h"

struct fetch;

struct fetch_options {
	struct str  allow;          /* ranges that may be reached besides the public net: "127.0.0.0/8 fd00::/8"; the desk's fetch.allow */
	struct str  route;          /* of asks that name none: "" or "direct"; "socks5h://ADDRESS:PORT", the address in numbers */
	const char *ca_file;        /* NULL: the system's store */
	const char *hosts_file;     /* NULL: /etc/hosts */
	const char *resolv_file;    /* NULL: /etc/resolv.conf */
	int         dns_port;       /* 0: 53 */
	/* 0: the value of base/limits.h */
	int64_t     connect_ms, head_ms, total_ms, stall_ms;
	size_t      head_b, body_b;         /* body_b is for all hops of one ask together */
	unsigned    hops_n;
	unsigned    active_n;               /* asks under way at a time */
};

struct fetch_tls {
	struct str version;         /* "TLSv1.3"; "": no TLS */
	struct str cipher;          /* "TLS_AES_256_GCM_SHA384" */
	struct str chain_pem;       /* the certificates that this connection's server showed, leaf first */
	bool       is_resumed;      /* a session of an earlier connection went on: the chain was shown then */
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
	bool             is_reused;         /* over a connection that an earlier hop or ask had opened */
	bool             is_proxied;        /* `addresses` and `peer` are not known */
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

/* Why a way ended before a document did; for the program, beside the sentence. */
enum fetch_failure {
	FETCH_OK,
	FETCH_NO_ADDRESS,       /* not an address of the web, or one with a password in it */
	FETCH_NO_HOST,          /* the name does not exist */
	FETCH_DNS_SILENT,
	FETCH_PRIVATE,          /* leads to an address that may not be reached */
	FETCH_UNREACHED,        /* the connection was refused, or the proxy could not make it */
	FETCH_SILENT,           /* in time nothing came */
	FETCH_CLOSED,           /* the connection was closed without a reply */
	FETCH_BAD_TLS,
	FETCH_BAD_CERTIFICATE,
	FETCH_TOO_FAR,          /* too many redirects, or a circle */
	FETCH_GATED,            /* the gate said no */
	FETCH_FAILED,           /* anything else */
	FETCH_FAILURE__COUNT
};

struct fetch_reply {
	struct { struct fetch_hop *v; size_t n; } hops;         /* the last one holds the document, unless there is a fault */
	enum fetch_failure failure;
	struct str fault;                   /* "": none; else one sentence why the last redirect was not followed to its end */
};

struct fetch_ask {
	struct str url;
	struct str etag, last_modified;     /* validators of the last reply, sent back byte for byte to whom they are of; "": none */
	struct str valid_url;               /* whose they are, as fetch_hop.url; "": the first hop's */
	struct str isolation;               /* at most 64 bytes; who may share connections, sessions and a circuit */
	struct str route;                   /* "": the options'; else as there */
	struct str contact;                 /* "": nobody is named; else added to the user agent, if fetch_contact_check() lets it */
	struct str   post_type;             /* "": a GET; else the first hop POSTs `post` as this media type, and no redirect is followed */
	struct bytes post;
	bool       is_fresh;                /* a new connection and a whole TLS handshake: the certificates are this connection's */
	size_t     body_b;                  /* 0: the options' */
	int64_t    total_ms;                /* of each hop; 0: the options' */
	/*
	 * Asked before each hop; may be NULL.  ERR_OK: go if *ret_wait_ms is still 0, else ask again after that time.
	 * Any other code ends the way there with that sentence (FETCH_GATED).  It may not call the fetcher.
	 */
	enum err_code (*gate)(void *mine, struct str url, unsigned hop, int64_t *ret_wait_ms, struct err *);
	void      *mine;
};

struct fetch_done {
	void              *mine;            /* of the ask */
	struct str         url;             /* as asked */
	struct err         err;             /* code ERR_OK: something was taken; else why nothing was, and reply has only `failure` */
	struct fetch_reply reply;           /* in the arena of fetch_wait() */
};

/* ERR_FORMAT: no way that we know; what a person types is looked at with these before it is kept. */
enum err_code fetch_route_check(struct str, struct err *) MUST_USE;
/* ERR_FORMAT: not a line of printable ASCII without brackets, at most 200 bytes. */
enum err_code fetch_contact_check(struct str, struct err *) MUST_USE;

/* ERR_FORMAT: `allow` has something that is no range, or `route` is no way that we know. */
enum err_code fetch_create(const struct fetch_options *, struct fetch **ret, struct err *) MUST_USE;
/* Of asks that name none: "direct", or the proxy's address as it was given. */
struct str    fetch_route(const struct fetch *);
void          fetch_destroy(struct fetch *);            /* NULL is fine; what is under way is given up */

/* Begin; the ask is copied.  ERR_BUSY: active_n are under way; ERR_FORMAT: not an address that is fetched, or no route. */
enum err_code fetch_start(struct fetch *, const struct fetch_ask *, struct err *) MUST_USE;
size_t        fetch_active(const struct fetch *);
/*
 * Work until one ask has ended, wait_ms are over, or wake_fd (-1: none) has
 * something to read.  true: *ret is one that has ended.
 */
bool          fetch_wait(struct fetch *, struct arena *, int64_t wait_ms, int wake_fd, struct fetch_done *ret);

/*
 * One page from start to end; nothing else may be under way.  A 404 or 500 is a
 * page; so is a body that was cut (see `cut`), and a reply that is not HTTP
 * (is_refused).  A redirect whose end cannot be had (no such host, a private
 * address, a circle) is evidence too: ERR_OK with the hops that were taken and
 * `fault`.  ERR_FORMAT: not an address of the web; ERR_MISSING: no such host;
 * ERR_NET: nobody answered, bad TLS, a private address; ERR_DENIED: the gate.
 * Nothing was taken then.
 */
enum err_code fetch_get(struct fetch *, struct arena *, const struct fetch_ask *, struct fetch_reply *ret, struct err *) MUST_USE;

#endif
