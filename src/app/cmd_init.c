#include <getopt.h>
#include <stdio.h>

#include "app/command.h"

int
cmd_init(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "name", required_argument, NULL, 'n' }, { "tagline", required_argument, NULL, 't' },
		{ "languages", required_argument, NULL, 'l' }, { "sealed", no_argument, NULL, 's' }, { 0 },
	};
	struct str name = STR(""), tagline = STR(""), languages = STR("en");
	struct err err;
	bool       seals = false;
	int        o;

	(void)app;
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'n': name = str_of(optarg); break;
		case 't': tagline = str_of(optarg); break;
		case 'l': languages = str_of(optarg); break;
		case 's': seals = true; break;
		default:  return EXIT_USAGE;
		}
	}
	if (optind + 1 != argc)
		return app_usage("init", "say one folder for the new desk");
	if (name.n == 0)
		return app_usage("init", "say what the desk is called: --name 'Seoul Desk'");
	if (desk_create(str_of(argv[optind]), name, tagline, languages, seals, &err) != ERR_OK)
		return app_fail(&err);
	printf("%s: a new desk, \"%" STR_FMT "\"\nnext: tidings -C %s add ADDRESS    or: tidings -C %s serve\n", argv[optind],
	    STR_ARG(name), argv[optind], argv[optind]);
	return 0;
}
