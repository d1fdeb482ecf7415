#include "fetch/fetch_private.h"

#include <arpa/inet.h>
#include <stdio.h>

/*
 * What is not the public net: IANA's special-purpose registries, and the forms
 * in which an IPv4 address hides in IPv6 (those are unwrapped and asked again).
 */
static const char *const special[] = {
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"224.0.0.0/3", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
	"fc00::/7", "fe80::/9", "ff00::/8",
};

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

bool
address_parse(struct str s, struct address *ret)
{
	char           text[INET6_ADDRSTRLEN];
	struct address a;

	if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		s = str_sub(s, 1, s.n - 1);
	if (s.n == 0 || s.n >= sizeof(text) || memchr(s.p, '\0', s.n) != NULL)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	memcpy(a.b, mapped, sizeof(mapped));
	if (inet_pton(AF_INET, text, a.b + 12) != 1 && inet_pton(AF_INET6, text, a.b) != 1)
		return false;
	*ret = a;
	return true;
}

const char *
address_show(const struct address *a, char out[INET6_ADDRSTRLEN])
{
	if (memcmp(a->b, mapped, sizeof(mapped)) == 0)
		return inet_ntop(AF_INET, a->b + 12, out, INET6_ADDRSTRLEN);
	return inet_ntop(AF_INET6, a->b, out, INET6_ADDRSTRLEN);
}

bool
address_of_socket(const struct sockaddr *sa, struct address *ret, int *ret_port)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		memcpy(ret->b, mapped, sizeof(mapped));
		memcpy(ret->b + 12, &in.sin_addr, 4);
		*ret_port = ntohs(in.sin_port);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, sa, sizeof(in));
		memcpy(ret->b, &in.sin6_addr, 16);
		*ret_port = ntohs(in.sin6_port);
		return true;
	}
	return false;
}

static bool
range_has(const struct range *r, const struct address *a)
{
	int whole = r->bits / 8, rest = r->bits % 8;

	if (memcmp(r->from.b, a->b, (size_t)whole) != 0)
		return false;
	return rest == 0 || (r->from.b[whole] ^ a->b[whole]) >> (8 - rest) == 0;
}

static bool
range_parse(struct str s, struct range *ret)
{
	struct str address;
	int64_t    bits;
	int        extra;

	if (!str_cut(&s, '/', &address) || !address_parse(address, &ret->from))
		return false;
	extra = str_find_char(address, ':') == STR_NONE ? 96 : 0;
	if (s.p == NULL)
		bits = 128 - extra;
	else if (!str_to_i64(s, 0, 128 - extra, &bits))
		return false;
	ret->bits = (int)bits + extra;
	return true;
}

enum err_code
ranges_parse(struct str s, struct ranges *ret, struct err *err)
{
	struct ranges r = { .n = 0 };
	struct str    part;

	while (str_cut(&s, ' ', &part)) {
		part = str_trim(part);
		if (part.n == 0)
			continue;
		if (r.n == RANGES_N)
			return err_set(err, ERR_LIMIT, "fetch.allow: more than %d ranges", RANGES_N);
		if (!range_parse(part, &r.v[r.n++]))
			return err_set(err, ERR_FORMAT, "fetch.allow: %" STR_FMT " is no range of addresses such as 192.168.1.0/24",
			    STR_ARG(str_sub(part, 0, 100)));
	}
	*ret = r;
	return ERR_OK;
}

static bool
is_special(const struct address *a)
{
	struct range r;

	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (range_parse(str_of(special[i]), &r) && range_has(&r, a))
			return true;
	return false;
}

/* The IPv4 address inside 64:ff9b::/96 (NAT64) or 2002::/16 (6to4). */
static bool
unwrap(const struct address *a, struct address *ret)
{
	memcpy(ret->b, mapped, sizeof(mapped));
	if (memcmp(a->b, nat64, sizeof(nat64)) == 0)
		memcpy(ret->b + 12, a->b + 12, 4);
	else if (a->b[0] == 0x20 && a->b[1] == 0x02)
		memcpy(ret->b + 12, a->b + 2, 4);
	else
		return false;
	return true;
}

bool
address_is_allowed(const struct ranges *allow, const struct address *a)
{
	struct address inner;

	for (size_t i = 0; i < allow->n; i++)
		if (range_has(&allow->v[i], a))
			return true;
	if (unwrap(a, &inner))
		return address_is_allowed(allow, &inner);
	return !is_special(a);
}

enum err_code
route_parse(struct str s, struct route *ret, struct err *err)
{
	static const struct str scheme = { "socks5h://", 10 };
	struct str              rest = str_sub(s, 0, s.n), host, port = STR("");
	struct route            r = { .is_proxied = s.n > 0 && !str_eq(s, STR("direct")) };
	int64_t                 number;
	size_t                  colon = STR_NONE;

	if (!r.is_proxied) {
		*ret = r;
		return ERR_OK;
	}
	if (str_starts(s, scheme) && s.n < sizeof(r.url)) {
		rest = str_sub(s, scheme.n, s.n);
		for (size_t i = 0; i < rest.n; i++)
			colon = rest.p[i] == ':' ? i : colon;
	}
	host = str_sub(rest, 0, colon == STR_NONE ? 0 : colon);
	if (colon != STR_NONE)
		port = str_sub(rest, colon + 1, rest.n);
	if (!address_parse(host, &r.address) || !str_to_i64(port, 1, 65535, &number))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not a way to the network that we know, such as direct or socks5h://127.0.0.1:9050; "
		    "nothing is fetched", STR_ARG(str_sub(s, 0, 200)));
	r.port = (int)number;
	snprintf(r.url, sizeof(r.url), "%" STR_FMT, STR_ARG(s));
	*ret = r;
	return ERR_OK;
}

enum err_code
fetch_route_check(struct str s, struct err *err)
{
	struct route r;

	return route_parse(s, &r, err);
}

enum err_code
fetch_contact_check(struct str s, struct err *err)
{
	bool good = s.n <= CONTACT_B;

	for (size_t i = 0; i < s.n && good; i++)
		good = s.p[i] >= ' ' && s.p[i] <= '~' && s.p[i] != '(' && s.p[i] != ')' && s.p[i] != '\\';
	return good ? ERR_OK : err_set(err, ERR_FORMAT, "a contact is one line of plain letters, such as mailto:desk@example.org; it was not taken");
}
