#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>

#include "app/command.h"
#include "app/intake.h"
#include "base/limits.h"
#include "store/verbs.h"

static bool
is_web(struct str s)
{
	return str_starts_nocase(s, STR("http://")) || str_starts_nocase(s, STR("https://"));
}

static int
say_item(const struct intake_item *item, struct str what)
{
	char       id[ID_SHOWN];
	struct str name = item->title.n > 0 ? item->title : item->url.n > 0 ? item->url : what;

	if (id_is_none(&item->article))
		id_show(ID_CAPTURE, &item->capture, id);
	else
		id_show(ID_ARTICLE, &item->article, id);
	printf("%s  %" STR_FMT "%s%" STR_FMT "\n", id, STR_ARG(name), item->said.n > 0 ? "  - " : "", STR_ARG(item->said));
	fflush(stdout);
	if (item->code == ERR_OK)
		return 0;
	fprintf(stderr, "tidings: %" STR_FMT ": %" STR_FMT "\n", STR_ARG(item->url.n > 0 ? item->url : what), STR_ARG(item->said));
	return app_exit_code(item->code);
}

static enum err_code
take(struct intake *in, struct arena *a, struct str what, struct str url, struct intake_list *list, struct err *err)
{
	struct stat st;

	if (is_web(what))
		return intake_url(in, a, what, list, err);
	if (stat(what.p, &st) != 0 && str_find(what, STR("://")) != STR_NONE)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not an address of the web (http or https) and not a file; nothing was taken",
		    STR_ARG(what));
	if (stat(what.p, &st) != 0 && what.p[0] != '/' && what.p[0] != '.')
		return err_set(err, ERR_MISSING, "%" STR_FMT ": no such file, and an address begins with https://; nothing was taken",
		    STR_ARG(what));
	return intake_path(in, a, what, url, list, err);
}

static int
add_one(struct intake *in, struct str what, struct str url)
{
	struct intake_list list = { 0 };
	struct arena       a;
	struct err         err;
	int                code = 0;

	arena_init(&a, INTAKE_ARENA_B, app_full, NULL);
	if (take(in, &a, what, url, &list, &err) != ERR_OK)
		code = app_fail(&err);
	for (size_t i = 0; i < list.n; i++) {
		int one = say_item(&list.v[i], what);

		code = one > code ? one : code;
	}
	if (list.said.n > 0)
		fprintf(stderr, "tidings: %" STR_FMT ": %" STR_FMT "\n", STR_ARG(what), STR_ARG(list.said));
	arena_free(&a);
	return code;
}

/* What an earlier run captured and could not read any more. */
static void
finish_open_jobs(struct intake *in)
{
	struct err err;
	bool       did = true;

	while (did && intake_job(in, INTAKE_ALL, &did, &err) == ERR_OK)
		;
}

static int
add_all(struct app *app, struct store_link *link, int argc, char *argv[], struct str url, bool seals)
{
	struct store_desk_status status;
	struct intake            in;
	struct arena             a;
	struct err               err;
	int                      code = 0;

	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(link, &a, &(struct store_none){ 0 }, &status, &err) != ERR_OK ||
	    intake_open(link, app->jail, status.fetch_allow, status.fetch_route, &in, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		in.room.seals = seals;
		for (int i = 0; i < argc; i++) {
			int one = add_one(&in, str_of(argv[i]), url);

			code = one > code ? one : code;
		}
		in.room.seals = false;
		finish_open_jobs(&in);
		intake_close(&in);
	}
	arena_free(&a);
	return code;
}

int
cmd_add(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "url", required_argument, NULL, 'u' }, { "sealed", no_argument, NULL, 's' }, { 0 } };
	struct store_link *link;
	struct str         url = STR("");
	struct err         err;
	bool               seals = false;
	int                o, code;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 'u')
			url = str_of(optarg);
		else if (o == 's')
			seals = true;
		else
			return EXIT_USAGE;
	}
	if (optind == argc)
		return app_usage("add", "say an address or a file");
	if (url.n > 0 && optind + 1 != argc)
		return app_usage("add", "--url goes with one file");
	if (app_link(app, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	code = add_all(app, link, argc - optind, argv + optind, url, seals);
	link_close(link);
	return code;
}
