#include "desk/guard.h"

#include <stdio.h>

#define LET_IN ((struct guard_answer){ 0, NULL, false })

/* RFC 9110, section 5.6.2: token. */
static bool
is_token(struct str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!plain && (c == '\0' || strchr(others, c) == NULL))
			return false;
	}
	return s.n > 0;
}

static bool
is_field_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t')
			return false;
	return true;
}

static size_t
count(const struct guard_head *h, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->headers_n; i++)
		n += str_eq_nocase(h->headers[i].name, name);
	return n;
}

struct str
guard_header(const struct guard_head *h, struct str name)
{
	for (size_t i = 0; i < h->headers_n; i++)
		if (str_eq_nocase(h->headers[i].name, name))
			return h->headers[i].value;
	return (struct str){ NULL, 0 };
}

bool
guard_length(const struct guard_head *h, int64_t *ret)
{
	struct str value = guard_header(h, STR("Content-Length"));

	if (value.p == NULL) {
		*ret = 0;
		return true;
	}
	return value.n > 0 && value.p[0] >= '0' && value.p[0] <= '9' && str_to_i64(value, 0, INT64_MAX, ret);
}

/* Does everybody who reads this head agree where its body ends (RFC 9112, section 6.3)? */
static bool
is_well_formed(const struct guard_head *h)
{
	struct str coding = guard_header(h, STR("Transfer-Encoding"));
	size_t     lengths = count(h, STR("Content-Length"));
	int64_t    length;

	if (h->too_many)
		return false;
	for (size_t i = 0; i < h->headers_n; i++)
		if (!is_token(h->headers[i].name) || !is_field_value(h->headers[i].value))
			return false;
	if (lengths > 1 || !guard_length(h, &length))
		return false;
	if (coding.p != NULL && (lengths > 0 || count(h, STR("Transfer-Encoding")) > 1 ||
	    !str_eq_nocase(coding, STR("chunked"))))
		return false;
	return true;
}

/* The names under which a browser on this machine may know us; any other is a rebound one. */
static bool
is_our_name(struct str host, int port)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
	char                     whole[32];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(whole, sizeof(whole), "%s:%d", names[i], port);
		if (str_eq_nocase(host, str_of(whole)))
			return true;
		if (port == 80 && str_eq_nocase(host, str_of(names[i])))
			return true;
	}
	return false;
}

/*
 * Sec-Fetch-Site is a browser's own word, which no page can forge; Origin is
 * its elder.  Our pages send no referrer, and a browser then calls the origin
 * of their forms "null" (Fetch, "append a request Origin header"): that counts
 * only together with Sec-Fetch-Site: same-origin.
 */
static bool
is_from_our_page(const struct guard_head *h, int port)
{
	struct str site = guard_header(h, STR("Sec-Fetch-Site"));
	struct str origin = guard_header(h, STR("Origin"));

	if (count(h, STR("Sec-Fetch-Site")) > 1 || count(h, STR("Origin")) > 1)
		return false;
	if (site.p != NULL && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
		return false;
	if (origin.p == NULL || (str_eq(origin, STR("null")) && str_eq(site, STR("same-origin"))))
		return true;
	return str_starts(origin, STR("http://")) && is_our_name(str_sub(origin, 7, origin.n), port) &&
	    str_eq_nocase(str_sub(origin, 7, origin.n), guard_header(h, STR("Host")));
}

static bool
has_body(const struct guard_head *h)
{
	int64_t length = 0;

	return guard_header(h, STR("Transfer-Encoding")).p != NULL || (guard_length(h, &length) && length > 0);
}

struct guard_answer
guard_check(const struct guard_head *h, int port)
{
	bool is_post = str_eq(h->method, STR("POST"));

	if (!h->same_user)
		return (struct guard_answer){ 403, "desk.guard.user", true };
	if (!is_well_formed(h) || count(h, STR("Host")) != 1)
		return (struct guard_answer){ 400, "desk.guard.form", true };
	if (!is_our_name(guard_header(h, STR("Host")), port))
		return (struct guard_answer){ 421, "desk.guard.host", true };
	if (!is_post && !str_eq(h->method, STR("GET")) && !str_eq(h->method, STR("HEAD")))
		return (struct guard_answer){ 405, "desk.guard.method", true };
	if (!is_post && has_body(h))
		return (struct guard_answer){ 400, "desk.guard.form", true };
	if (is_post && !is_from_our_page(h, port))
		return (struct guard_answer){ 403, "desk.guard.site", true };
	return LET_IN;
}

bool
guard_token_is(struct str token, struct str want)
{
	unsigned char differ = token.n != want.n;

	for (size_t i = 0; i < want.n && token.n > 0; i++)
		differ |= (unsigned char)(want.p[i] ^ token.p[i % token.n]);
	return differ == 0 && want.n > 0;
}

bool
guard_owner_is(struct str tcp, int from_port, int to_port, unsigned uid)
{
	struct str line;

	while (str_cut(&tcp, '\n', &line)) {
		char     text[256], local[40], remote[40];
		unsigned local_port, remote_port, state, owner;

		if (line.n >= sizeof(text))
			continue;
		memcpy(text, line.p, line.n);
		text[line.n] = '\0';
		/* "  1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000 …" */
		if (sscanf(text, " %*u: %32[0-9A-Fa-f]:%4x %32[0-9A-Fa-f]:%4x %2x %*x:%*x %*x:%*x %*x %u", local, &local_port,
		    remote, &remote_port, &state, &owner) != 6)
			continue;
		if (local_port == (unsigned)from_port && remote_port == (unsigned)to_port && strcmp(local, remote) == 0 &&
		    state == 1)
			return owner == uid;
	}
	return false;
}
