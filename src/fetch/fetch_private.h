/* What the files of this room share. */
#ifndef FETCH_FETCH_PRIVATE_H
#define FETCH_FETCH_PRIVATE_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "fetch/fetch.h"
#include "url/url.h"

enum { RANGES_N = 64, ADDRESSES_N = 32, NAMESERVERS_N = 3, ISOLATION_B = 64, CONTACT_B = 200, VALIDATOR_B = 1024 };

/* Every address is 16 bytes here; IPv4 stands as ::ffff:a.b.c.d. */
struct address {
	unsigned char b[16];
};

struct range {
	struct address from;
	int            bits;
};

struct ranges {
	struct range v[RANGES_N];
	size_t       n;
};

enum err_code ranges_parse(struct str, struct ranges *ret, struct err *) MUST_USE;
/* May we speak to it?  Public, or listed in allow. */
bool          address_is_allowed(const struct ranges *allow, const struct address *);
bool          address_parse(struct str, struct address *ret);              /* also in [brackets] */
const char   *address_show(const struct address *, char out[INET6_ADDRSTRLEN]);
bool          address_of_socket(const struct sockaddr *, struct address *ret, int *ret_port);

struct addresses {
	struct address v[ADDRESSES_N];
	size_t         n;
};

/* The way out. */
struct route {
	bool           is_proxied;
	char           url[80];         /* "socks5h://127.0.0.1:9050" */
	struct address address;         /* of the proxy */
	int            port;
};

/* "", "direct" or socks5h://ADDRESS:PORT.  ERR_FORMAT. */
enum err_code route_parse(struct str, struct route *ret, struct err *) MUST_USE;

struct sessions;

/* One request and its reply.  The callbacks below curl's frame write to its buffers only: no arena call may run there. */
struct hop {
	const struct fetch_options *o;
	const struct ranges        *allow;
	const struct route         *route;
	struct sessions            *sessions;
	const struct fetch_ask     *ask;
	struct url                  url;
	struct str                  target;             /* url, written */
	bool                        is_valid_here;      /* the ask's validators are this address's */
	size_t                      body_b;             /* what is left of the ask's limit */

	CURL                       *curl;
	struct curl_slist          *fields, *resolve;
	struct buf                  request, head, framed, plain, addresses, pem, key;
	char                        tls_version[32], tls_cipher[64];
	char                        peer[INET6_ADDRSTRLEN];
	int64_t                     started_us, ticks_us, resolved_us, ended_us;
	int64_t                     window_us, window_b;        /* where the present window of LIMIT_STALL_S began */
	bool                        is_resumed, is_chunked, head_ends, is_over, is_stalled, is_denied, is_opened;
	CURLcode                    code;
	char                        why[CURL_ERROR_SIZE];
};

/* The addresses of its host: refuses what is private, and tells curl the others. */
enum err_code hop_resolved(struct hop *, const struct addresses *, struct err *) MUST_USE;
/* A handle that is ready for the multi; ERR_NOMEM. */
enum err_code hop_start(struct hop *, struct err *) MUST_USE;
/* curl is done with it. */
void          hop_ended(struct hop *, CURLcode);
void          hop_free(struct hop *);

/* Did anything come?  If not, why, in words and as a value. */
bool          hop_heard(const struct hop *);
enum err_code hop_failure(const struct hop *, enum fetch_failure *ret, struct err *);

/*
 * What came becomes a reply, or says why it is none.  Views point into the
 * hop's buffers, small texts live in the arena; reply_move() makes it last and takes the body out of the hop.
 */
void          reply_read(struct arena *, struct hop *, struct fetch_hop *ret);
void          reply_move(struct arena *, struct hop *, struct fetch_hop *);
/* Where it sends us; p is NULL when it is the end of the way. */
struct str    reply_location(struct arena *, const struct fetch_hop *);

/* A fault may quote a stranger's bytes: what is no UTF-8 or a control character becomes "?". */
struct str    fault_text(struct arena *, struct str);

#endif
