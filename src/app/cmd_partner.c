/* cmd_partner - desks that tell each other which captures they have in common: pairs, and the exchange by file or over the network. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "base/limits.h"
#include "os/file.h"
#include "witness/witness.h"

struct run {
	struct app        *app;
	struct store_link *link;
	struct arena       a;
	const char        *secret, *url;
};

static int
pair(struct run *r, const char *word)
{
	struct store_pair ask = { .name = str_of(word), .secret = str_of(r->secret != NULL ? r->secret : ""), .url = str_of(r->url != NULL ? r->url : "") };
	struct store_pair made;
	struct err        err;

	if (store_pair_add(r->link, &r->a, &ask, &made, &err) != ERR_OK)
		return app_fail(&err);
	printf("%" STR_FMT "\n", STR_ARG(made.secret));
	return 0;
}

static int
ask(struct run *r, const char *word)
{
	struct store_seen_text text;
	struct err             err;

	if (store_seen_ask(r->link, &r->a, &(struct store_pair_name){ str_of(word) }, &text, &err) != ERR_OK)
		return app_fail(&err);
	fwrite(text.text.p, 1, text.text.n, stdout);
	return 0;
}

static void
say_matches(struct str name, int64_t n)
{
	fprintf(stderr, "%" STR_FMT ": %" PRId64 " capture%s in common\n", STR_ARG(name), n, n == 1 ? "" : "s");
}

/* The other's ask, whose answer is printed, or its answer. */
static int
take(struct run *r, const char *word)
{
	struct store_seen_message message = { 0 };
	struct store_seen_taken   taken;
	struct buf                file = BUF_INIT(MiB);
	struct err                err;
	int                       code = 0;

	if (os_read_file(str_of(word), &file, &err) != ERR_OK ||
	    witness_read_seen(r->app->jail, &r->a, buf_str(&file), &message, &err) != ERR_OK ||
	    store_seen_take(r->link, &r->a, &message, &taken, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		say_matches(taken.name, taken.matches);
		fwrite(taken.answer.p, 1, taken.answer.n, stdout);
	}
	buf_free(&file);
	return code;
}

/* All that have an address. */
static int
exchange(struct run *r, const char *word)
{
	struct store_desk_status status;
	struct store_pair_page   page;
	struct store_none        none = { 0 };
	struct witness_room      room = { .link = r->link, .jail = r->app->jail };
	struct err               err;
	int                      code = 0, n = 0;

	(void)word;
	if (store_status(r->link, &r->a, &none, &status, &err) != ERR_OK || store_pair_list(r->link, &r->a, &none, &page, &err) != ERR_OK ||
	    fetch_create(&(struct fetch_options){ .allow = status.fetch_allow, .route = status.fetch_route }, &room.fetch, &err) != ERR_OK)
		return app_fail(&err);
	for (size_t i = 0; i < page.pairs.n; i++) {
		int64_t matches;

		if (page.pairs.v[i].url.n == 0)
			continue;
		n++;
		if (witness_exchange(&room, &r->a, &page.pairs.v[i], &matches, &err) != ERR_OK)
			code = app_fail(&err);
		else
			say_matches(page.pairs.v[i].name, matches);
	}
	fetch_destroy(room.fetch);
	return n > 0 ? code : app_usage("partner", "no partner has an address; `tidings partner pair NAME --url URL` gives it one");
}

static const struct {
	const char *name;
	int         words;
	int       (*run)(struct run *, const char *word);
} parts[] = { { "pair", 1, pair }, { "ask", 1, ask }, { "take", 1, take }, { "exchange", 0, exchange } };

int
cmd_partner(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "secret", required_argument, NULL, 's' }, { "url", required_argument, NULL, 'u' }, { 0 } };
	struct run r = { .app = app };
	struct err err;
	int        code;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (o != 's' && o != 'u')
			return EXIT_USAGE;
		*(o == 's' ? &r.secret : &r.url) = optarg;
	}
	for (size_t i = 0; optind < argc && i < sizeof(parts) / sizeof(*parts); i++) {
		if (!str_eq(str_of(argv[optind]), str_of(parts[i].name)) || argc != optind + 1 + parts[i].words)
			continue;
		if (app_link(app, LINK_WRITE, &r.link, &err) != ERR_OK)
			return app_fail(&err);
		arena_init(&r.a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
		code = parts[i].run(&r, argv[argc - 1]);
		arena_free(&r.a);
		link_close(r.link);
		return code;
	}
	return app_usage("partner", "say pair NAME, ask NAME, take FILE or exchange");
}
