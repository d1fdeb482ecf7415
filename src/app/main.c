/*
 * main - find the command, put up the wall for hostile bytes, run it.
 *
 * The jail's forker starts before anything else is opened: what it holds in
 * memory, every child of it inherits (src/jail/jail.h).
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/rows.h"
#include "os/log.h"

static int
run(struct app *app, const struct command *command, int argc, char *argv[])
{
	struct err err;
	int        code;

	os_log_start(strcmp(command->name, "serve") == 0 ? LOG_LEVEL_INFO : LOG_LEVEL_WARN);
	if (command->needs_jail && jail_start(app_jail_rows, &app->jail, &err) != ERR_OK)
		return app_fail(&err);
	code = command->run(app, argc, argv);
	jail_stop(app->jail);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "tidings: standard output cannot be written; some of the answer is lost\n");
		return EXIT_ENVIRONMENT;
	}
	return code;
}

static const char *
desk_from_environment(void)
{
	const char *dir = getenv("TIDINGS_DESK");

	return dir != NULL && dir[0] != '\0' ? dir : ".";
}

int
main(int argc, char *argv[])
{
	static const struct option options[] = { { "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' }, { 0 } };
	struct app            app = { .desk_dir = str_of(desk_from_environment()) };
	const struct command *command;
	int                   o;

	signal(SIGPIPE, SIG_IGN);
	while ((o = getopt_long(argc, argv, "+C:hV", options, NULL)) != -1) {
		switch (o) {
		case 'C':
			app.desk_dir = str_of(optarg);
			break;
		case 'h':
			return cmd_help(&app, 0, NULL);
		case 'V':
			return cmd_version(&app, 0, NULL);
		default:
			return EXIT_USAGE;              /* getopt has said which */
		}
	}
	if (optind == argc)
		return cmd_help(&app, 0, NULL), EXIT_USAGE;
	command = command_find(argv[optind]);
	if (command == NULL)
		return app_usage("help", "\"%s\" is not a command", argv[optind]);
	argc -= optind;
	argv += optind;
	optind = 0;                                     /* getopt starts anew for the command's own */
	return run(&app, command, argc, argv);
}
