#include <getopt.h>
#include <stdio.h>

#include "app/command.h"
#include "os/clock.h"
#include "publish/publish.h"

int
cmd_publish(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "base", required_argument, NULL, 'b' }, { 0 } };
	struct store_link    *link;
	struct publish_done   done;
	struct str            base = STR("");
	struct err            err;
	int                   o, code = 0;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o != 'b')
			return EXIT_USAGE;
		base = str_of(optarg);
	}
	if (optind + 1 != argc)
		return app_usage("publish", "say the folder for the site");
	if (app_link(app, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	if (publish_site(link, str_of(argv[optind]), base, os_now_us(), &done, &err) != ERR_OK)
		code = app_fail(&err);
	else
		printf("%s: %zu notes, %zu files, %zu written, %zu removed\n", argv[optind], done.notes, done.files, done.written,
		    done.removed);
	link_close(link);
	return code;
}
