/* What the files of this room share. */
#ifndef FETCH_FETCH_PRIVATE_H
#define FETCH_FETCH_PRIVATE_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "fetch/fetch.h"
#include "url/url.h"

enum { RANGES_N = 64, ADDRESSES_N = 32, NAMESERVERS_N = 3 };

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
bool          address_of_socket(const struct sockaddr *, struct address *ret);

struct addresses {
	struct address v[ADDRESSES_N];
	size_t         n;
};

/* Numbers, the hosts file, then the name servers.  ERR_MISSING: no such host; ERR_NET: nobody answered. */
enum err_code resolve(const struct fetch_options *, struct str host, struct addresses *ret, struct err *) MUST_USE;

/* A fault may quote a stranger's bytes: what is no UTF-8 or a control character becomes "?". */
struct str    fault_text(struct arena *, struct str);

/* One request and its reply, without following. */
enum err_code hop_take(const struct fetch_options *, const struct ranges *allow, struct arena *, const struct url *,
	struct fetch_hop *ret, struct err *) MUST_USE;

#endif
