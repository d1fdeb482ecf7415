/*
 * message - the head of an HTTP/1.x message, and bodies in chunks (RFC 9112).
 *
 * Tolerant as browsers are (bare LF, odd spaces), exact about where everything
 * stands; views point into the bytes that were given.  A head is read once, in
 * linear time; it may hold any byte but ends at the first empty line.
 */
#ifndef HTTP_MESSAGE_H
#define HTTP_MESSAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { HTTP_FIELDS_N = 512 };

struct http_field {
	struct str name, value;         /* as received, value without the spaces round it */
};

struct http_head {
	struct str version;             /* "HTTP/1.1" */
	int        status;              /* 100..999 */
	struct str reason;
	struct { struct http_field *v; size_t n; } fields;
	size_t     length_b;            /* of the head with its empty line */
};

/* ERR_FORMAT: no HTTP/1 reply, or the head has no end; ERR_LIMIT: more than HTTP_FIELDS_N fields. */
enum err_code td_http_head(struct arena *, struct bytes, struct http_head *ret, struct err *) MUST_USE;

/* The first field of that name (ASCII case ignored); p is NULL when there is none. */
struct str    td_http_field(const struct http_head *, struct str name);
/* Do all fields of that name say the same?  (two Content-Length, RFC 9112 section 6.3) */
bool          td_http_agree(const struct http_head *, struct str name);
/* Is `token` in the comma-separated list of that field? */
bool          td_http_has_token(const struct http_head *, struct str name, struct str token);

struct http_type {
	struct str essence;             /* "text/html", lower case; "" when there is none */
	struct str charset;             /* "": none */
};
/* WHATWG MIME Sniffing, section 4.4, as far as a charset needs it. */
struct http_type td_http_type(struct arena *, struct str content_type);

/* Chunks come in as they come; the body goes out.  Zero it first. */
struct http_chunks {
	int      state;
	uint64_t left;                  /* of the chunk */
	int      digits;
	bool     is_done, is_broken;
};
/* ERR_FORMAT: not chunks; what was decoded before stays in out. */
enum err_code td_http_unchunk(struct http_chunks *, struct bytes in, struct buf *out, struct err *) MUST_USE;

/*
 * The head of a chunked reply as it is kept beside its decoded body: the
 * coding renamed X-Archive-Orig-Transfer-Encoding (and a Content-Length beside
 * it likewise), Content-Length added (doc/formats/warc.md says why).
 */
void          td_http_unchunked_head(struct buf *out, struct bytes head, size_t body_b);

#endif
