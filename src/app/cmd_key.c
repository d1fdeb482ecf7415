/* cmd_key - the key that signs the desk's log. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "base/limits.h"
#include "store/verbs.h"

static int
rotate(struct store_link *link, struct arena *a, struct str reason)
{
	struct store_key_changed done;
	struct err               err;

	if (store_key_rotate(link, a, &(struct store_key_ask){ reason }, &done, &err) != ERR_OK)
		return app_fail(&err);
	printf("%" STR_FMT "\n", STR_ARG(done.after));
	fprintf(stderr, "tidings: this key signs the log from now on; ledger entry %" PRId64 " says so, signed by the one before, which is destroyed.\n"
	    "Give it to those who follow the log (partners: tidings witness trust KEY); exports carry both.\n", done.ledger_seq);
	return 0;
}

int
cmd_key(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "reason", required_argument, NULL, 'r' }, { 0 } };
	struct store_link         *link;
	struct arena               a;
	struct str                 reason = STR("");
	struct err                 err;
	int                        o, code;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o != 'r')
			return EXIT_USAGE;
		reason = str_trim(str_of(optarg));
	}
	if (optind + 1 != argc || strcmp(argv[optind], "rotate") != 0)
		return app_usage("key", "say rotate");
	if (reason.n == 0)
		return app_usage("key", "say why: --reason 'the laptop was stolen'; the ledger keeps these words");
	if (app_link(app, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	code = rotate(link, &a, reason);
	arena_free(&a);
	link_close(link);
	return code;
}
