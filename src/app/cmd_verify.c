#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "app/fixity.h"
#include "app/say.h"
#include "app/stamping.h"
#include "app/standing.h"
#include "app/which.h"
#include "base/limits.h"

static int
step(struct store_link *link, struct store_verify_ask *ask, bool *ret_done, struct tally *t)
{
	struct store_verify_found found;
	struct arena              a;
	struct err                err;
	int                       code = 0;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (store_verify_step(link, &a, ask, &found, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		if (found.findings.n > 0)
			say_progress(STR(""), 1, 1);
		for (size_t i = 0; i < found.findings.n; i++)
			printf("%" STR_FMT ": %" STR_FMT "\n", STR_ARG(found.findings.v[i].where), STR_ARG(found.findings.v[i].what));
		if (found.remarks.n > 0 && found.findings.n == 0)
			say_progress(STR(""), 1, 1);
		for (size_t i = 0; i < found.remarks.n; i++)
			printf("%" STR_FMT ": %" STR_FMT "\n", STR_ARG(found.remarks.v[i].where), STR_ARG(found.remarks.v[i].what));
		tally_add(t, &found);
		say_progress(found.doing, found.done ? found.total_b : found.done_b, found.total_b);
		*ask = (struct store_verify_ask){ found.step, found.position, ask->only, false };
		*ret_done = found.done;
	}
	arena_free(&a);
	return code;
}

static int
record(struct store_link *link, struct id only, const struct tally *t)
{
	const struct store_fixity_new run = { .only = only, .records = t->records, .entries = t->entries, .wrong = t->findings,
		.first = str_of(t->first) };
	struct store_entered done;
	struct arena         a;
	struct err           err;
	int                  code = 0;

	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_fixity_commit(link, &a, &run, &done, &err) != ERR_OK)
		code = app_fail(&err);
	else
		printf("ledger entry %" PRId64 " says that this was done\n", done.ledger_seq);
	arena_free(&a);
	return code;
}

static int
verify(struct app *app, struct store_link *link, struct id only, bool records)
{
	struct store_verify_ask ask = { .only = only };
	struct tally            t = { 0 };
	struct store_standing   standing;
	struct arena            a;
	struct err              err;
	int64_t                 tokens = 0;
	bool                    done = false;
	int                     code = 0;

	while (code == 0 && !done)
		code = step(link, &ask, &done, &t);
	if (code == 0)
		code = stamping_check(app->jail, link, &tokens, &t.findings);
	if (code != 0)
		return code;
	arena_init(&a, MiB, app_full, NULL);
	if (id_is_none(&only) && store_ledger_standing(link, &a, &(struct store_size_ask){ 0 }, &standing, &err) == ERR_OK)
		standing_say(&standing, stdout);
	arena_free(&a);
	printf("%" PRId64 " records, %" PRId64 " ledger entries", t.records, t.entries);
	if (tokens > 0)
		printf(", %" PRId64 " time stamp%s", tokens, tokens == 1 ? "" : "s");
	printf(": ");
	if (t.findings > 0)
		printf("%" PRId64 " wrong\n", t.findings);
	else
		printf("all as they were taken%s\n", t.erased > 0 ? ", but for what was erased" : "");
	if (records && (code = record(link, only, &t)) != 0)
		return code;
	return t.findings > 0 ? EXIT_FOUND : 0;
}

int
cmd_verify(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "record", no_argument, NULL, 'r' }, { 0 } };
	struct store_link *link;
	struct err         err;
	struct which       only = { 0 };
	bool               records = false;
	int                o, code = 0;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o != 'r')
			return EXIT_USAGE;
		records = true;
	}
	if (optind + 1 < argc)
		return app_usage("verify", "say one id, or none for everything");
	if (app_link(app, records ? LINK_WRITE : LINK_READ, &link, &err) != ERR_OK)
		return app_fail(&err);
	if (optind < argc)
		code = which_find(link, "verify", argv[optind], &only);
	if (code == 0 && !id_is_none(&only.note))
		code = app_usage("verify", "%s is not a capture or an article", argv[optind]);
	if (code == 0)
		code = verify(app, link, only.capture, records);
	link_close(link);
	return code;
}
