#include "fetch/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "base/limits.h"
#include "fetch/fetch_private.h"
#include "http/message.h"

const char *const fetch_cut_name[FETCH_CUT__COUNT] = { "", "length", "time", "disconnect" };

struct fetch {
	struct fetch_options options;
	struct ranges        allow;
};

static void
set_defaults(struct fetch_options *o)
{
	o->hosts_file = o->hosts_file ? o->hosts_file : "/etc/hosts";
	o->resolv_file = o->resolv_file ? o->resolv_file : "/etc/resolv.conf";
	o->connect_ms = o->connect_ms ? o->connect_ms : LIMIT_CONNECT_MS;
	o->total_ms = o->total_ms ? o->total_ms : LIMIT_FETCH_MS;
	o->stall_ms = o->stall_ms ? o->stall_ms : LIMIT_STALL_S * 1000;
	o->head_b = o->head_b ? o->head_b : LIMIT_HEAD_B;
	o->body_b = o->body_b ? o->body_b : LIMIT_BODY_B;
	o->hops_n = o->hops_n ? o->hops_n : LIMIT_HOPS_N;
	o->allow = o->route = STR("");          /* read already; the caller's text may go away */
}

enum err_code
fetch_create(const struct fetch_options *o, struct fetch **ret, struct err *err)
{
	struct ranges allow;
	struct fetch *f;

	if (o->route.n > 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not a way to the network that we know; nothing is fetched",
		    STR_ARG(str_sub(o->route, 0, 200)));
	if (ranges_parse(o->allow, &allow, err) != ERR_OK)
		return err->code;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (f = calloc(1, sizeof(*f))) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory");
	f->options = *o;
	f->allow = allow;
	set_defaults(&f->options);
	*ret = f;
	return ERR_OK;
}

void
fetch_destroy(struct fetch *f)
{
	if (f == NULL)
		return;
	free(f);
	curl_global_cleanup();
}

/* An address that we may ask for.  A password in it would be kept for ever, in a place made to be shown. */
static enum err_code
check_url(struct str shown, struct url *u, struct err *err)
{
	shown = str_sub(shown, 0, 200);
	if (!td_url_is_web(u))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not an address of the web (http or https)", STR_ARG(shown));
	if (u->username.n > 0 || u->password.n > 0)
		return err_set(err, ERR_FORMAT, "an address with a user's name or password in it is not fetched");
	u->has_fragment = false;
	u->fragment = STR("");
	return ERR_OK;
}

/* Where the reply sends us; p is NULL when it is the end of the way. */
static struct str
location(struct arena *a, const struct fetch_hop *hop)
{
	struct http_head head;
	struct err       err;
	bool             moved = (hop->status >= 301 && hop->status <= 303) || hop->status == 307 || hop->status == 308;

	if (!moved || hop->is_refused || td_http_head(a, hop->head, &head, &err) != ERR_OK)
		return (struct str){ 0 };
	return td_http_field(&head, STR("Location"));
}

static bool
was_there(const struct fetch_reply *r, struct str url)
{
	for (size_t i = 0; i < r->hops.n; i++)
		if (str_eq(r->hops.v[i].url, url))
			return true;
	return false;
}

/* Where the last hop sends us, if it does. */
static enum err_code
follow(const struct fetch_options *o, struct arena *a, const struct fetch_reply *r, struct url *u, bool *ret_more,
	struct err *err)
{
	struct str next = location(a, &r->hops.v[r->hops.n - 1]);
	struct url to;

	*ret_more = next.p != NULL;
	if (next.p == NULL)
		return ERR_OK;
	if (r->hops.n > o->hops_n)
		return err_set(err, ERR_LIMIT, "more than %u redirects", o->hops_n);
	if (td_url_parse(a, next, u, &to, err) != ERR_OK || check_url(next, &to, err) != ERR_OK)
		return err_in(err, "redirected to what is not fetched");
	if (was_there(r, td_url_write(a, &to)))
		return err_set(err, ERR_LIMIT, "the page redirects in a circle");
	*u = to;
	return ERR_OK;
}

static struct str
fault_of_chain(struct arena *a, const struct fetch_reply *r, const struct err *err)
{
	struct err said;
	size_t     n = r->hops.n;

	err_set(&said, err->code, "%.400s; the redirect%s kept, the page was not taken", err->text, n == 1 ? " is" : "s are");
	return fault_text(a, str_of(said.text));
}

enum err_code
fetch_get(struct fetch *f, struct arena *a, struct str address, struct fetch_reply *ret, struct err *err)
{
	struct fetch_reply   r = { .robots = STR("not consulted: asked for by a person") };
	struct fetch_options o = f->options;
	enum err_code        code = ERR_OK;
	struct url           u;
	bool                 more = true;

	if (td_url_parse(a, address, NULL, &u, err) != ERR_OK || check_url(address, &u, err) != ERR_OK)
		return err->code;
	r.hops.v = arena_array(a, o.hops_n + 1, struct fetch_hop);
	while (more && code == ERR_OK) {
		struct fetch_hop *hop = &r.hops.v[r.hops.n];

		code = hop_take(&o, &f->allow, a, &u, hop, err);
		if (code == ERR_OK) {
			r.hops.n++;
			o.body_b -= hop->body.n < o.body_b ? hop->body.n : o.body_b - 1;       /* the limit is for all hops together */
			code = follow(&o, a, &r, &u, &more, err);
		}
	}
	if (r.hops.n == 0 || code == ERR_NOMEM) {
		struct err why = *err;

		return err_set(err, code, "%.480s; nothing was taken", why.text);
	}
	if (code != ERR_OK)
		r.fault = fault_of_chain(a, &r, err);
	*ret = r;
	return ERR_OK;
}
