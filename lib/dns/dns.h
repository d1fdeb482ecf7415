/* dns - one question about a name's addresses and its reply, as bytes (RFC 1035, RFC 3596). */
#ifndef DNS_DNS_H
#define DNS_DNS_H

#include "base/buf.h"
#include "base/err.h"

enum { DNS_A = 1, DNS_AAAA = 28, DNS_ADDRESSES_N = 16 };

struct dns_reply {
	unsigned char address[DNS_ADDRESSES_N][16];     /* A: the first 4 bytes */
	size_t        n;
	uint32_t      ttl_s;                            /* the least of all that were used */
	bool          is_cut;                           /* ask again over TCP */
	bool          is_no_name;                       /* NXDOMAIN */
};

/* Append a question; false: no name that DNS can ask for (labels of 1 to 63 bytes, 253 in all). */
bool td_dns_question(struct buf *out, uint16_t id, struct str name, int type);

/*
 * Read the reply to exactly that question, following aliases inside it.
 * ERR_FORMAT: not the reply to it, or broken; ERR_NET: the server says it failed.
 */
enum err_code td_dns_reply(struct bytes in, struct bytes question, struct dns_reply *ret, struct err *) MUST_USE;

#endif
