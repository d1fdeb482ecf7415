/* What the files of this folder share. */
#ifndef URL_URL_PRIVATE_H
#define URL_URL_PRIVATE_H

#include "base/arena.h"
#include "url/url.h"

/* Percent-encode sets of the standard: the ASCII above space that must be encoded besides controls and non-ASCII. */
#define ENCODE_C0            ""
#define ENCODE_FRAGMENT      " \"<>`"
#define ENCODE_QUERY         " \"#<>"
#define ENCODE_SPECIAL_QUERY " \"#<>'"
#define ENCODE_PATH          " \"#<>?^`{}"
#define ENCODE_USERINFO      " \"#<>?^`{}/:;=@[\\]|"

/* Text being made; the maker knows how much room it needs at most. */
struct text {
	char  *p;
	size_t n;
};

struct url_scheme {
	struct str name;
	int32_t    port;        /* URL_NO_PORT: file */
};

const struct url_scheme *url_special(struct str name);                  /* NULL: not a special scheme */
void       url_encode(struct text *, struct str, const char *set);     /* room: 3 * s.n */
struct str url_to_utf8(struct arena *, struct bytes);                   /* what is invalid becomes U+FFFD */

/* Section 3.5, the host parser; ret is the serialised host.  false: failure. */
bool       url_host(struct arena *, struct str, bool is_opaque, struct str *ret);

#endif
