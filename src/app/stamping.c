#include "app/stamping.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "stamp/stamp.h"

#define SYSTEM_ROOTS STR("/etc/ssl/certs/ca-certificates.crt")
#define SOON_US      (INT64_C(90) * 86400 * US_PER_S)

/* The certificates that count; a relative path is the desk's. */
static enum err_code
read_roots(struct arena *a, const struct store_desk_status *status, struct str *ret, struct err *err)
{
	struct buf    b = BUF_INIT(4 * MiB);
	struct str    path = status->time_roots.n == 0 ? SYSTEM_ROOTS : status->time_roots.p[0] == '/' ? status->time_roots :
	    os_join(a, status->dir, status->time_roots);
	enum err_code code = os_read_file(path, &b, err);

	if (code == ERR_OK)
		*ret = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return code;
}

static bool
has_answered(const struct store_token_page *page, int64_t size, struct str authority)
{
	for (size_t i = 0; i < page->tokens.n; i++)
		if (page->tokens.v[i].size == size && str_eq(page->tokens.v[i].authority, authority))
			return true;
	return false;
}

/* One round of questions. */
struct round {
	struct stamp             s;
	struct arena            *a;
	struct store_desk_status status;
	bool                     is_quiet;
	int                      code;
};

static void
say_outcome(struct round *r, const char *what, int64_t n, enum err_code code, const struct tsp_token *t, const struct err *err)
{
	char when[CIVIL_SHOWN];

	if (code != ERR_OK)
		r->code = r->is_quiet ? app_exit_code(code) : app_fail(err);
	if (r->is_quiet)
		os_log(code == ERR_OK ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, "stamp", "%s=%" PRId64 " %s", what, n, code == ERR_OK ? "stamped" : "not stamped");
	else if (code == ERR_OK)
		printf("%" PRId64 " %s  %s  %" STR_FMT "\n", n, what, instant_iso(t->time_us, when), STR_ARG(t->who));
	fflush(stdout);
}

static int
begin(struct round *r, struct err *err)
{
	if (store_status(r->s.link, r->a, &(struct store_none){ 0 }, &r->status, err) != ERR_OK)
		return app_fail(err);
	if (str_trim(r->status.time_authorities).n == 0)
		return app_usage("ledger", "tidings.conf names no time authority (time.authorities)");
	if (read_roots(r->a, &r->status, &r->s.roots, err) != ERR_OK ||
	    fetch_create(&(struct fetch_options){ .allow = r->status.fetch_allow, .route = r->status.fetch_route }, &r->s.fetch, err) != ERR_OK)
		return app_fail(err);
	return 0;
}

static void
ask_each(struct round *r, const struct store_checkpoint *c, const struct store_token_page *kept)
{
	struct str rest = r->status.time_authorities, authority;

	while (str_cut(&rest, ' ', &authority)) {
		struct tsp_token t;
		struct err       err;

		if (authority.n > 0 && !has_answered(kept, c->size, authority))
			say_outcome(r, "entries", c->size, stamp_ask(&r->s, r->a, c, authority, &t, &err), &t, &err);
	}
}

int
stamping_ask(struct store_link *link, struct jail *jail, struct arena *a, bool is_quiet)
{
	struct round            r = { .s = { .link = link, .jail = jail }, .a = a, .is_quiet = is_quiet };
	struct store_checkpoint c;
	struct store_token_page kept;
	struct err              err;

	if ((r.code = begin(&r, &err)) != 0)
		return r.code;
	if (store_ledger_checkpoint(link, a, &(struct store_none){ 0 }, &c, &err) != ERR_OK ||
	    store_token_list(link, a, &(struct store_token_ask){ .size = c.size }, &kept, &err) != ERR_OK)
		r.code = app_fail(&err);
	else
		ask_each(&r, &c, &kept);
	fetch_destroy(r.s.fetch);
	return r.code;
}

static void
renew_each(struct round *r, const struct store_renewal_list *list, int64_t beyond_us)
{
	struct str rest = r->status.time_authorities, authority;
	int        failed = 0, renewed = 0;

	while (str_cut(&rest, ' ', &authority)) {
		struct tsp_token t;
		struct err       err;
		enum err_code    code;

		if (authority.n == 0)
			continue;
		code = stamp_renew(&r->s, r->a, list->text, beyond_us, authority, &t, &err);
		say_outcome(r, "tokens renewed", list->n, code, &t, &err);
		*(code == ERR_OK ? &renewed : &failed) += 1;
	}
	/* One that lasts is enough. */
	r->code = renewed > 0 ? 0 : r->code;
}

int
stamping_renew(struct store_link *link, struct jail *jail, struct arena *a, bool is_quiet)
{
	struct round              r = { .s = { .link = link, .jail = jail }, .a = a, .is_quiet = is_quiet };
	int64_t                   now = os_now_us(), beyond_us = now + LIMIT_RENEW_S * US_PER_S;
	struct store_renewal_list list;
	struct err                err;

	if (store_renewal_due(link, a, &(struct store_renewal_ask){ now, beyond_us }, &list, &err) != ERR_OK)
		return app_fail(&err);
	if (list.n == 0 || (r.code = begin(&r, &err)) != 0)
		return r.code;
	renew_each(&r, &list, beyond_us);
	fetch_destroy(r.s.fetch);
	return r.code;
}

/* Whether the token still counts now that its certificate ended, or will; to the person, not among what is wrong. */
static void
say_age(const struct store_token *t, const char *over)
{
	char when[CIVIL_SHOWN];
	bool is_carried = t->renewed_us != 0 && t->renewed_us < t->ends_us;

	instant_iso(t->ends_us, when);
	if (is_carried || t->ends_us >= os_now_us() + SOON_US)
		return;
	fprintf(stderr, "tidings: token of %" STR_FMT " over %s: ", STR_ARG(t->authority), over);
	if (t->ends_us >= os_now_us())
		fprintf(stderr, "its certificate ends on %.10s; `tidings ledger stamp` renews it in its last %d days\n", when, LIMIT_RENEW_S / 86400);
	else
		fprintf(stderr, "its certificate ended on %.10s and nobody carried it on before: it proves as much as that authority is still believed\n", when);
}

/* A line for what is wrong with it, or will be soon. */
static bool
check_one(struct jail *jail, struct arena *a, const struct store_token *t, struct str roots)
{
	struct tsp_token said;
	struct err       err;
	char             over[40];

	snprintf(over, sizeof(over), t->size > 0 ? "%" PRId64 " entries" : "older tokens", t->size);
	if (stamp_check(jail, a, t, roots, &said, &err) != ERR_OK) {
		printf("token of %" STR_FMT " over %s: %s\n", STR_ARG(t->authority), over, err.text);
	} else if (said.time_us != t->time_us || said.ends_us != t->ends_us || !str_eq(said.who, t->who)) {
		printf("token of %" STR_FMT " over %s: says another time or name than the desk's row\n", STR_ARG(t->authority), over);
	} else {
		say_age(t, over);
		return true;
	}
	return false;
}

static enum err_code
check_all(struct jail *jail, struct store_link *link, struct arena *a, struct store_token_ask *ask, struct str *roots, int64_t *ret_n, int64_t *ret_bad,
	struct err *err)
{
	struct store_desk_status status;
	struct store_token_page  page;

	for (;;) {
		if (store_token_list(link, a, ask, &page, err) != ERR_OK || page.tokens.n == 0)
			return err->code;
		if (roots->n == 0 && (store_status(link, a, &(struct store_none){ 0 }, &status, err) != ERR_OK ||
		    read_roots(a, &status, roots, err) != ERR_OK))
			return err->code;
		for (size_t i = 0; i < page.tokens.n; i++) {
			*ret_bad += !check_one(jail, a, &page.tokens.v[i], *roots);
			++*ret_n;
			ask->after = page.tokens.v[i].seq;
		}
	}
}

int
stamping_check(struct jail *jail, struct store_link *link, int64_t *ret_n, int64_t *ret_bad)
{
	struct store_token_ask tokens = { 0 }, renewals = { .are_renewals = true };
	struct arena           a;
	struct str             roots = STR("");
	struct err             err = { 0 };
	enum err_code          code;

	arena_init(&a, 4 * LIMIT_MESSAGE_B, app_full, NULL);
	code = check_all(jail, link, &a, &tokens, &roots, ret_n, ret_bad, &err);
	if (code == ERR_OK)
		code = check_all(jail, link, &a, &renewals, &roots, ret_n, ret_bad, &err);
	arena_free(&a);
	return code == ERR_OK ? 0 : app_fail(&err);
}
