#include "url/url.h"

#include <stdio.h>

#include "url/url_private.h"

/* Section 4.5, URL serializer */
struct str
td_url_write(struct arena *a, const struct url *u)
{
	const bool        slash_dot = !u->has_host && !u->is_opaque && str_starts(u->path, STR("//"));
	const bool        has_user = u->username.n > 0 || u->password.n > 0;
	char              port[16] = "";
	const struct str  none = STR("");
	const struct str  part[] = {
		u->scheme, STR(":"), u->has_host ? STR("//") : none,
		u->username, u->password.n > 0 ? STR(":") : none, u->password, has_user ? STR("@") : none,
		u->host, str_of(port), slash_dot ? STR("/.") : none, u->path,
		u->has_query ? STR("?") : none, u->query, u->has_fragment ? STR("#") : none, u->fragment,
	};
	struct text       out = { 0 };

	if (u->port != URL_NO_PORT)
		snprintf(port, sizeof(port), ":%d", (int)u->port);
	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++)
		out.n += part[i].n + sizeof(port);
	out.p = arena_take(a, out.n);
	out.n = 0;
	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++) {
		struct str s = part[i].p == port ? str_of(port) : part[i];

		if (s.n > 0)
			memcpy(out.p + out.n, s.p, s.n);
		out.n += s.n;
	}
	return (struct str){ out.p, out.n };
}

enum err_code
td_url_canonical(struct arena *a, struct str in, struct str *ret, struct err *err)
{
	struct url u;

	if (td_url_parse(a, in, NULL, &u, err) != ERR_OK)
		return err->code;
	u.has_fragment = false;
	u.fragment = STR("");
	*ret = td_url_write(a, &u);
	return ERR_OK;
}

bool
td_url_is_web(const struct url *u)
{
	return u->host.n > 0 && (str_eq(u->scheme, STR("http")) || str_eq(u->scheme, STR("https")));
}

int
td_url_port(const struct url *u)
{
	const struct url_scheme *scheme = url_special(u->scheme);

	if (u->port != URL_NO_PORT)
		return (int)u->port;
	return scheme != NULL && scheme->port != URL_NO_PORT ? scheme->port : 0;
}
