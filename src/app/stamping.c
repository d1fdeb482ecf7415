#include "app/stamping.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
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

static int
ask_each(struct stamp *s, struct arena *a, struct str authorities, const struct store_checkpoint *c, const struct store_token_page *kept)
{
	struct str authority;
	int        code = 0;

	while (str_cut(&authorities, ' ', &authority)) {
		struct tsp_token t;
		struct err       err;
		char             when[CIVIL_SHOWN];

		if (authority.n == 0 || has_answered(kept, c->size, authority))
			continue;
		if (stamp_ask(s, a, c, authority, &t, &err) == ERR_OK)
			printf("%" PRId64 " entries  %s  %" STR_FMT "\n", c->size, instant_iso(t.time_us, when), STR_ARG(t.who));
		else
			code = app_fail(&err);
		fflush(stdout);
	}
	return code;
}

int
stamping_ask(struct app *app, struct store_link *link, struct arena *a)
{
	struct store_desk_status status;
	struct store_checkpoint  c;
	struct store_token_page  kept;
	struct store_none        none = { 0 };
	struct stamp             s = { .link = link, .jail = app->jail };
	struct err               err;
	int                      code;

	if (store_status(link, a, &none, &status, &err) != ERR_OK)
		return app_fail(&err);
	if (str_trim(status.time_authorities).n == 0)
		return app_usage("ledger", "tidings.conf names no time authority (time.authorities)");
	if (read_roots(a, &status, &s.roots, &err) != ERR_OK || store_ledger_checkpoint(link, a, &none, &c, &err) != ERR_OK ||
	    store_token_list(link, a, &(struct store_token_ask){ .size = c.size }, &kept, &err) != ERR_OK ||
	    fetch_create(&(struct fetch_options){ .allow = status.fetch_allow, .route = status.fetch_route }, &s.fetch, &err) != ERR_OK)
		return app_fail(&err);
	code = ask_each(&s, a, status.time_authorities, &c, &kept);
	fetch_destroy(s.fetch);
	return code;
}

/* A line for what is wrong with it, or will be soon. */
static bool
check_one(struct app *app, struct arena *a, const struct store_token *t, struct str roots)
{
	struct tsp_token said;
	struct err       err;
	char             when[CIVIL_SHOWN];

	if (stamp_check(app->jail, a, t, roots, &said, &err) != ERR_OK)
		printf("token of %" STR_FMT " over %" PRId64 " entries: %s\n", STR_ARG(t->authority), t->size, err.text);
	else if (said.time_us != t->time_us || said.ends_us != t->ends_us || !str_eq(said.who, t->who))
		printf("token of %" STR_FMT " over %" PRId64 " entries: says another time or name than the desk's row\n", STR_ARG(t->authority), t->size);
	else {
		if (t->ends_us < os_now_us() + SOON_US)
			fprintf(stderr, "tidings: token of %" STR_FMT " over %" PRId64 " entries: its certificate ends on %.10s; "
			    "ask again with `tidings ledger stamp`\n", STR_ARG(t->authority), t->size, instant_iso(t->ends_us, when));
		return true;
	}
	return false;
}

int
stamping_check(struct app *app, struct store_link *link, int64_t *ret_n, int64_t *ret_bad)
{
	struct store_token_ask   ask = { 0 };
	struct store_token_page  page = { 0 };
	struct store_desk_status status;
	struct arena             a;
	struct str               roots = STR("");
	struct err               err;
	enum err_code            code;

	arena_init(&a, 4 * LIMIT_MESSAGE_B, app_full, NULL);
	code = store_status(link, &a, &(struct store_none){ 0 }, &status, &err);
	while (code == ERR_OK && (code = store_token_list(link, &a, &ask, &page, &err)) == ERR_OK && page.tokens.n > 0) {
		if (roots.n == 0 && (code = read_roots(&a, &status, &roots, &err)) != ERR_OK)
			break;
		for (size_t i = 0; i < page.tokens.n; i++) {
			*ret_bad += !check_one(app, &a, &page.tokens.v[i], roots);
			++*ret_n;
			ask.after = page.tokens.v[i].seq;
		}
	}
	arena_free(&a);
	return code == ERR_OK ? 0 : app_fail(&err);
}
