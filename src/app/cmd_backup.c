#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "keep/backup.h"
#include "os/clock.h"

int
cmd_backup(struct app *app, int argc, char *argv[])
{
	struct store_link *link;
	struct keep_backup made;
	struct arena       a;
	struct err         err;
	int                code = 0;

	if (argc != 2)
		return app_usage("backup", "say the folder that the backup goes into, best on another disk");
	if (app_link(app, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (keep_backup(link, &a, str_of(argv[1]), os_now_us(), say_progress, &made, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		say_progress(STR(""), 1, 1);
		printf("%" STR_FMT ": %" PRId64 " files, %" PRId64 " bytes, each read back\n", STR_ARG(made.dir), made.files, made.bytes);
	}
	arena_free(&a);
	link_close(link);
	return code;
}
