#include "url/url.h"

#include "base/limits.h"
#include "text/utf8.h"
#include "url/url_private.h"

static const struct url_scheme special[] = {
	{ { "http", 4 }, 80 }, { { "https", 5 }, 443 }, { { "ws", 2 }, 80 }, { { "wss", 3 }, 443 }, { { "ftp", 3 }, 21 },
	{ { "file", 4 }, URL_NO_PORT },
};

/* The parser: what is left of the input, and the address so far. */
struct parser {
	struct arena     *a;
	const struct url *base;         /* or NULL */
	struct url       *url;
	struct str        rest;
	struct text       path;         /* room for the base's path and the rest, encoded */
};

const struct url_scheme *
url_special(struct str name)
{
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (str_eq(special[i].name, name))
			return &special[i];
	return NULL;
}

static bool
is_file(const struct url *u)
{
	return str_eq(u->scheme, STR("file"));
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void
url_encode(struct text *t, struct str s, const char *set)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c > 0x1f && c < 0x7f && strchr(set, c) == NULL) {
			t->p[t->n++] = (char)c;
			continue;
		}
		t->p[t->n++] = '%';
		t->p[t->n++] = hex[c >> 4];
		t->p[t->n++] = hex[c & 15];
	}
}

struct str
url_to_utf8(struct arena *a, struct bytes in)
{
	char  *to = arena_take(a, 3 * in.n + 1);
	size_t n = 0;

	while (in.n > 0) {
		size_t valid = td_utf8_valid_prefix(in);

		memcpy(to + n, in.p, valid);
		n += valid;
		in = (struct bytes){ in.p + valid, in.n - valid };
		if (in.n > 0) {
			n += td_utf8_put(UTF8_REPLACEMENT, to + n);
			in = (struct bytes){ in.p + 1, in.n - 1 };
		}
	}
	return (struct str){ to, n };
}

/* Controls and spaces at the ends, tabs and line ends anywhere: dropped. */
static struct str
clean(struct arena *a, struct str s)
{
	char  *to;
	size_t n = 0;

	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	to = arena_take(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
			to[n++] = s.p[i];
	return (struct str){ to, n };
}

static struct str
encoded(struct parser *p, struct str s, const char *set)
{
	struct text t = { arena_take(p->a, 3 * s.n + 1), 0 };

	url_encode(&t, s, set);
	return (struct str){ t.p, t.n };
}

static void
skip(struct parser *p, size_t n)
{
	p->rest = str_sub(p->rest, n, p->rest.n);
}

/* '\0' at the end; NUL in the input is no delimiter either. */
static char
next(const struct parser *p)
{
	return p->rest.n > 0 ? p->rest.p[0] : '\0';
}

static bool
is_slash(const struct parser *p, char c)
{
	return c == '/' || (p->url->is_special && c == '\\');
}

/* How far to the first slash, ? or #. */
static size_t
to_delimiter(const struct parser *p)
{
	size_t i = 0;

	while (i < p->rest.n && !is_slash(p, p->rest.p[i]) && p->rest.p[i] != '?' && p->rest.p[i] != '#')
		i++;
	return i;
}

static bool
is_drive_letter(struct str s)
{
	return s.n == 2 && is_alpha(s.p[0]) && (s.p[1] == ':' || s.p[1] == '|');
}

static bool
starts_with_drive_letter(struct str s)
{
	return is_drive_letter(str_sub(s, 0, 2)) && (s.n == 2 || strchr("/\\?#", s.p[2]) != NULL) &&
	    (s.n == 2 || s.p[2] != '\0');
}

/* "/C:" and nothing, or a slash, after it */
static bool
path_has_drive(struct str path)
{
	return path.n >= 3 && path.p[0] == '/' && is_alpha(path.p[1]) && path.p[2] == ':' &&
	    (path.n == 3 || path.p[3] == '/');
}

/* "shorten a url's path" */
static void
shorten(struct parser *p)
{
	if (is_file(p->url) && p->path.n == 3 && path_has_drive((struct str){ p->path.p, p->path.n }))
		return;
	while (p->path.n > 0 && p->path.p[--p->path.n] != '/')
		;
}

static void
add_segment(struct parser *p, struct str s)
{
	p->path.p[p->path.n++] = '/';
	if (s.n > 0)
		memcpy(p->path.p + p->path.n, s.p, s.n);
	p->path.n += s.n;
}

/* How many dots a segment means: 1, 2, or 0 for an ordinary one. */
static int
dots(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; n++) {
		if (s.p[i] == '.')
			i++;
		else if (str_starts_nocase(str_sub(s, i, s.n), STR("%2e")))
			i += 3;
		else
			return 0;
	}
	return n <= 2 ? n : 0;
}

static void
fragment(struct parser *p)
{
	if (next(p) != '#')
		return;
	p->url->has_fragment = true;
	p->url->fragment = encoded(p, str_sub(p->rest, 1, p->rest.n), ENCODE_FRAGMENT);
}

static void
query(struct parser *p)
{
	size_t end = str_find_char(p->rest, '#');

	end = end == STR_NONE ? p->rest.n : end;
	if (next(p) == '?') {
		p->url->has_query = true;
		p->url->query = encoded(p, str_sub(p->rest, 1, end),
		    p->url->is_special ? ENCODE_SPECIAL_QUERY : ENCODE_QUERY);
		skip(p, end);
	}
	fragment(p);
}

/* "path state": segments up to ? or #, each after its slash. */
static void
path(struct parser *p)
{
	for (;;) {
		size_t     end = to_delimiter(p);
		struct str segment = encoded(p, str_sub(p->rest, 0, end), ENCODE_PATH);
		bool       more = end < p->rest.n && is_slash(p, p->rest.p[end]);
		int        n = dots(segment);

		if (n == 2)
			shorten(p);
		if (n > 0 && !more)
			add_segment(p, STR(""));
		if (n == 0) {
			add_segment(p, segment);
			if (is_file(p->url) && p->path.n == 3 && is_drive_letter(segment))
				p->path.p[2] = ':';
		}
		skip(p, end + more);
		if (!more)
			break;
	}
	p->url->path = (struct str){ p->path.p, p->path.n };
	query(p);
}

/* "path start state" */
static void
path_start(struct parser *p)
{
	if (p->rest.n > 0 && is_slash(p, next(p)))
		skip(p, 1);
	else if (!p->url->is_special && (p->rest.n == 0 || next(p) == '?' || next(p) == '#')) {
		query(p);
		return;
	}
	path(p);
}

/* "cannot-be-a-base" addresses: mailto:, data: */
static void
opaque_path(struct parser *p)
{
	size_t     end = 0;
	struct str s;

	while (end < p->rest.n && p->rest.p[end] != '?' && p->rest.p[end] != '#')
		end++;
	p->url->is_opaque = true;
	s = encoded(p, str_sub(p->rest, 0, end), ENCODE_C0);
	/* A space before ? or # would be lost with them: the last one is encoded. */
	if (end < p->rest.n && s.n > 0 && s.p[s.n - 1] == ' ') {
		char *to = arena_take(p->a, s.n + 2);

		memcpy(to, s.p, s.n - 1);
		memcpy(to + s.n - 1, "%20", 3);
		s = (struct str){ to, s.n + 2 };
	}
	p->url->path = s;
	skip(p, end);
	query(p);
}

static void
credentials(struct parser *p, struct str s)
{
	size_t colon = str_find_char(s, ':');

	p->url->username = encoded(p, str_sub(s, 0, colon == STR_NONE ? s.n : colon), ENCODE_USERINFO);
	if (colon != STR_NONE)
		p->url->password = encoded(p, str_sub(s, colon + 1, s.n), ENCODE_USERINFO);
}

static bool
port(struct parser *p, struct str s)
{
	const struct url_scheme *scheme = url_special(p->url->scheme);
	uint32_t             v = 0;

	if (s.n == 0)
		return true;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (uint32_t)(s.p[i] - '0');
		if (v > 65535)
			return false;
	}
	p->url->port = scheme != NULL && scheme->port == (int32_t)v ? URL_NO_PORT : (int32_t)v;
	return true;
}

/* Where the colon before the port is: not one inside [ ]. */
static size_t
port_colon(struct str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '[' || s.p[i] == ']')
			inside = s.p[i] == '[';
		else if (s.p[i] == ':' && !inside)
			return i;
	}
	return STR_NONE;
}

/* "authority state", "host state", "port state" */
static bool
authority(struct parser *p)
{
	struct str s = str_sub(p->rest, 0, to_delimiter(p));
	size_t     at = s.n, colon;

	skip(p, s.n);
	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at > 0) {
		credentials(p, str_sub(s, 0, at - 1));
		s = str_sub(s, at, s.n);
		if (s.n == 0)
			return false;
	}
	colon = port_colon(s);
	if (colon == 0 || (s.n == 0 && p->url->is_special))
		return false;
	if (colon != STR_NONE && !port(p, str_sub(s, colon + 1, s.n)))
		return false;
	p->url->has_host = true;
	if (!url_host(p->a, str_sub(s, 0, colon == STR_NONE ? s.n : colon), !p->url->is_special, &p->url->host))
		return false;
	path_start(p);
	return true;
}

static bool
authority_after_slashes(struct parser *p)
{
	while (p->rest.n > 0 && (next(p) == '/' || next(p) == '\\'))
		skip(p, 1);
	return authority(p);
}

/* User, password, host and port of the base. */
static void
copy_authority(struct parser *p)
{
	p->url->username = p->base->username;
	p->url->password = p->base->password;
	p->url->has_host = p->base->has_host;
	p->url->host = p->base->host;
	p->url->port = p->base->port;
}

static void
copy_path(struct parser *p)
{
	if (p->base->path.n > 0)
		memcpy(p->path.p, p->base->path.p, p->base->path.n);
	p->path.n = p->base->path.n;
	p->url->path = (struct str){ p->path.p, p->path.n };
}

/* After the base's path was copied: the base's query stays only if nothing, or only a fragment, follows. */
static void
after_base_path(struct parser *p)
{
	if (p->rest.n == 0 || next(p) == '#') {
		p->url->has_query = p->base->has_query;
		p->url->query = p->base->query;
		fragment(p);
	} else if (next(p) == '?') {
		query(p);
	} else {
		if (is_file(p->url) && starts_with_drive_letter(p->rest))
			p->path.n = 0;
		else
			shorten(p);
		path(p);
	}
}

/* "relative state", "relative slash state" */
static bool
relative(struct parser *p)
{
	p->url->scheme = p->base->scheme;
	p->url->is_special = p->base->is_special;
	if (p->rest.n > 0 && is_slash(p, next(p))) {
		skip(p, 1);
		if (p->rest.n > 0 && is_slash(p, next(p))) {
			skip(p, 1);
			return p->url->is_special ? authority_after_slashes(p) : authority(p);
		}
		copy_authority(p);
		path(p);
		return true;
	}
	copy_authority(p);
	copy_path(p);
	after_base_path(p);
	return true;
}

/* "file host state" */
static bool
file_host(struct parser *p)
{
	struct str s = str_sub(p->rest, 0, to_delimiter(p));

	if (is_drive_letter(s)) {
		path(p);
		return true;
	}
	if (s.n > 0 && !url_host(p->a, s, false, &p->url->host))
		return false;
	if (str_eq(p->url->host, STR("localhost")))
		p->url->host = STR("");
	skip(p, s.n);
	path_start(p);
	return true;
}

/* "file state", "file slash state" */
static bool
file(struct parser *p)
{
	bool base_is_file = p->base != NULL && is_file(p->base);

	p->url->scheme = STR("file");
	p->url->is_special = p->url->has_host = true;
	p->url->host = STR("");
	if (p->rest.n > 0 && is_slash(p, next(p))) {
		skip(p, 1);
		if (p->rest.n > 0 && is_slash(p, next(p))) {
			skip(p, 1);
			return file_host(p);
		}
		if (base_is_file) {
			p->url->host = p->base->host;
			if (!starts_with_drive_letter(p->rest) && path_has_drive(p->base->path))
				add_segment(p, str_sub(p->base->path, 1, 3));
		}
		path(p);
		return true;
	}
	if (!base_is_file) {
		path(p);
		return true;
	}
	p->url->host = p->base->host;
	copy_path(p);
	after_base_path(p);
	return true;
}

/* "scheme start state", "scheme state": the scheme in lower case, or "" when there is none. */
static struct str
take_scheme(struct parser *p)
{
	size_t n = 0;
	char  *to;

	if (!is_alpha(next(p)))
		return STR("");
	while (n < p->rest.n && (is_alpha(p->rest.p[n]) || (p->rest.p[n] >= '0' && p->rest.p[n] <= '9') ||
	    p->rest.p[n] == '+' || p->rest.p[n] == '-' || p->rest.p[n] == '.'))
		n++;
	if (n == p->rest.n || p->rest.p[n] != ':')
		return STR("");
	to = arena_take(p->a, n);
	for (size_t i = 0; i < n; i++)
		to[i] = (char)(is_alpha(p->rest.p[i]) ? p->rest.p[i] | 0x20 : p->rest.p[i]);
	skip(p, n + 1);
	return (struct str){ to, n };
}

static bool
after_scheme(struct parser *p)
{
	struct url *u = p->url;
	bool        two_slashes = str_starts(p->rest, STR("//"));

	u->is_special = url_special(u->scheme) != NULL;
	if (is_file(u))
		return file(p);
	if (u->is_special) {
		if (p->base != NULL && str_eq(p->base->scheme, u->scheme) && !two_slashes)
			return relative(p);
		return authority_after_slashes(p);
	}
	if (two_slashes) {
		skip(p, 2);
		return authority(p);
	}
	if (next(p) == '/') {
		skip(p, 1);
		path(p);
	} else {
		opaque_path(p);
	}
	return true;
}

/* "no scheme state" */
static bool
without_scheme(struct parser *p)
{
	if (p->base == NULL || (p->base->is_opaque && next(p) != '#'))
		return false;
	if (p->base->is_opaque) {
		*p->url = *p->base;
		p->url->has_fragment = false;
		fragment(p);
		return true;
	}
	return is_file(p->base) ? file(p) : relative(p);
}

enum err_code
td_url_parse(struct arena *a, struct str in, const struct url *base, struct url *ret, struct err *err)
{
	struct url    u = { .port = URL_NO_PORT };
	struct parser p = { .a = a, .base = base, .url = &u };
	size_t        base_path = base != NULL ? base->path.n : 0;

	if (in.n > LIMIT_URL_B)
		return err_set(err, ERR_LIMIT, "an address of %zu bytes, more than the %zu that we take", in.n, (size_t)LIMIT_URL_B);
	in = url_to_utf8(a, bytes_of(in));
	p.rest = clean(a, in);
	p.path.p = arena_take(a, base_path + 3 * p.rest.n + 8);
	u.scheme = take_scheme(&p);
	if (!(u.scheme.n > 0 ? after_scheme(&p) : without_scheme(&p)))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not an address", STR_ARG(str_sub(in, 0, 200)));
	*ret = u;
	return ERR_OK;
}
