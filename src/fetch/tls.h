/*
 * tls - sessions remembered so that the next handshake is short, and what a connection's server showed.
 *
 * libcurl's own cache holds a handful of sessions and none survives its
 * handle; a desk asks thousands of hosts each hour.  A session is kept for one
 * host, port and isolation, because it is also a mark by which a server knows
 * a visitor again.
 */
#ifndef FETCH_TLS_H
#define FETCH_TLS_H

#include <openssl/ssl.h>

#include "base/buf.h"

struct sessions;

struct sessions *sessions_create(void);         /* NULL: no memory */
void             sessions_destroy(struct sessions *);
/* For CURLOPT_SSL_CTX_FUNCTION: whoever connects under this key goes on with the session of the last one. */
bool             sessions_join(struct sessions *, SSL_CTX *, struct str key, bool is_fresh);

/* The certificates that were shown on it, leaf first, as PEM. */
void             tls_chain(SSL *, struct buf *out);

#endif
