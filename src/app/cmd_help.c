#include <stdio.h>

#include "app/command.h"

static void
print_all(void)
{
	printf("tidings - watch, keep as evidence, read, note, publish: one program, one folder.\n\n"
	    "usage: tidings [-C DESK] COMMAND [...]\n\n"
	    "  -C DESK    the desk's folder (else $TIDINGS_DESK, else the current folder)\n\n");
	for (size_t i = 0; i < commands_n; i++)
		printf("  %-9s  %s\n", commands[i].name, commands[i].sentence);
	printf("\ntidings help COMMAND says more; exit codes: 0 done, 1 found something wrong,\n"
	    "2 the words of the command are off, 3 the machine or the disk said no.\n");
}

int
cmd_help(struct app *app, int argc, char *argv[])
{
	const struct command *c;

	(void)app;
	if (argc < 2) {
		print_all();
		return 0;
	}
	if ((c = command_find(argv[1])) == NULL)
		return app_usage("help", "\"%s\" is not a command", argv[1]);
	printf("usage: tidings %s %s\n\n%s\n", c->name, c->usage, c->sentence);
	if (c->options[0] != '\0')
		printf("\n%s", c->options);
	return 0;
}

int
cmd_version(struct app *app, int argc, char *argv[])
{
	(void)app, (void)argc, (void)argv;
	printf("tidings %s\n", TIDINGS_VERSION);
	return 0;
}
