/*
 * url - addresses as browsers read them: the WHATWG URL standard.
 *
 * Parses and resolves in one step ("basic URL parser" without state override).
 * What comes out is in the standard's own form: scheme and host in lower case,
 * hosts in ASCII (IDNA) or as numbers, path with dots removed, everything
 * percent-encoded that must be.  The parts point into the arena.
 *
 *     struct url base, u;
 *     td_url_parse(&a, STR("https://example.org/2018/06/"), NULL, &base, err);
 *     td_url_parse(&a, STR("../b.html?q=김"), &base, &u, err);
 *     td_url_write(&a, &u);       // https://example.org/2018/b.html?q=%EA%B9%80
 *
 * Input is at most LIMIT_URL_B, of any bytes; what is not UTF-8 is U+FFFD.
 */
#ifndef URL_URL_H
#define URL_URL_H

#include "base/arena.h"
#include "base/err.h"

#define URL_NO_PORT (-1)

struct url {
	struct str scheme;              /* "https" */
	struct str username, password;
	struct str host;                /* "example.org", "[2001:db8::1]"; see has_host */
	struct str path;                /* "/a/b", or all that follows the colon when is_opaque */
	struct str query, fragment;     /* without ? and #; see has_… */
	int32_t    port;                /* URL_NO_PORT: none, or the scheme's own */
	bool       has_host;            /* a host that is there can be empty: file:///x */
	bool       has_query, has_fragment;
	bool       is_special;          /* ftp, file, http, https, ws, wss */
	bool       is_opaque;           /* mailto:, data:, urn: */
};

/* base: NULL or a parsed address.  ERR_FORMAT says what is wrong; ERR_LIMIT: too long. */
enum err_code td_url_parse(struct arena *, struct str, const struct url *base, struct url *ret, struct err *) MUST_USE;

/* The serialised address.  Parsing it again gives the same. */
struct str    td_url_write(struct arena *, const struct url *);

/* The same without the fragment, which is never sent: one name for one document. */
enum err_code td_url_canonical(struct arena *, struct str, struct str *ret, struct err *) MUST_USE;

/*
 * By which two announcements are known to be of one page: td_url_canonical()
 * with https for http, without an empty query and without the parameters that
 * only say by which link somebody came (utm_*, fbclid, gclid ...).  Never to be fetched.  Conservative: other
 * parameters, their order, a slash at the end and www. can make another page.
 */
enum err_code td_url_seen(struct arena *, struct str, struct str *ret, struct err *) MUST_USE;

/* http or https with a host: what we fetch, and what may be a link on our pages. */
bool          td_url_is_web(const struct url *);

/* The port to connect to: the one given or the scheme's own; 0: the scheme has none. */
int           td_url_port(const struct url *);

#endif
