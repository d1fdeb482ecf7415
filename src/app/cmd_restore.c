#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "keep/restore.h"
#include "store/verbs.h"

/* Opened for writing once: that enters the restore in its ledger. */
static int
enter(struct str dir)
{
	struct store_link       *link;
	struct store_desk_status status;
	struct arena             a;
	struct err               err;
	int                      code = 0;

	if (link_open(dir, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(link, &a, &(struct store_none){ 0 }, &status, &err) != ERR_OK)
		code = app_fail(&err);
	else
		printf("entry %" PRId64 " of its ledger says so; read all of it once: tidings -C %" STR_FMT " verify --record\n"
		    "when the old desk may still be there, use one of the two only: partners see two that go on differently\n",
		    status.ledger_size - 1, STR_ARG(dir));
	arena_free(&a);
	link_close(link);
	return code;
}

int
cmd_restore(struct app *app, int argc, char *argv[])
{
	struct keep_backup made;
	struct arena       a;
	struct err         err;
	int                code = 0;

	(void)app;
	if (argc != 3)
		return app_usage("restore", "say the backup's folder and a new folder for the desk");
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (keep_restore(&a, str_of(argv[1]), str_of(argv[2]), say_progress, &made, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		say_progress(STR(""), 1, 1);
		printf("%" STR_FMT ": %" PRId64 " files, %" PRId64 " bytes, each as it was backed up\n", STR_ARG(made.dir), made.files, made.bytes);
		code = enter(made.dir);
	}
	arena_free(&a);
	return code;
}
