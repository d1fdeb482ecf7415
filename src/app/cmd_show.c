#include <getopt.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "store/desc.h"

/* Partners that have it too; without them nothing is said. */
static void
show_seen(struct store_link *link, struct arena *a, const struct store_capture *c)
{
	struct store_seen_page page;
	struct err             err;

	if (store_seen_of(link, a, &(struct store_seen_capture){ c->id }, &page, &err) == ERR_OK)
		say_seen(&page, c->held_us);
}

static int
show_capture(struct store_link *link, struct arena *a, const struct store_name *name, bool json)
{
	struct store_capture c;
	struct err           err;

	if (store_capture_get(link, a, name, &c, &err) != ERR_OK)
		return app_fail(&err);
	if (json)
		say_json(&store_capture_desc, &c);
	else {
		say_capture(&c);
		show_seen(link, a, &c);
	}
	return 0;
}

static int
show_article(struct store_link *link, struct arena *a, const struct store_name *name, bool json)
{
	struct store_article_view v;
	struct err                err;

	if (store_article_get(link, a, name, &v, &err) != ERR_OK)
		return app_fail(&err);
	if (json)
		say_json(&store_article_view_desc, &v);
	else {
		say_article(&v);
		show_seen(link, a, &v.taken);
	}
	return 0;
}

static int
show_note(struct store_link *link, struct arena *a, const struct store_name *name, bool json)
{
	struct store_note n;
	struct err        err;

	if (store_note_get(link, a, name, &n, &err) != ERR_OK)
		return app_fail(&err);
	if (json)
		say_json(&store_note_desc, &n);
	else
		say_note(&n);
	return 0;
}

static int
show(struct store_link *link, struct str id, bool json)
{
	struct store_name  name = { .id = id, .kind = ID_ANY };
	struct store_found found;
	struct arena       a;
	struct err         err;
	int                code;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (store_find(link, &a, &name, &found, &err) != ERR_OK)
		code = app_fail(&err);
	else if (found.kind == ID_CAPTURE)
		code = show_capture(link, &a, &name, json);
	else if (found.kind == ID_ARTICLE)
		code = show_article(link, &a, &name, json);
	else if (found.kind == ID_NOTE)
		code = show_note(link, &a, &name, json);
	else
		code = app_usage("show", "%" STR_FMT " is not a capture, an article or a note", STR_ARG(id));
	arena_free(&a);
	return code;
}

int
cmd_show(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "json", no_argument, NULL, 'j' }, { 0 } };
	struct store_link *link;
	struct err         err;
	bool               json = false;
	int                o, code;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o != 'j')
			return EXIT_USAGE;
		json = true;
	}
	if (optind + 1 != argc)
		return app_usage("show", "say one id, as tidings list prints it");
	if (app_link(app, LINK_READ, &link, &err) != ERR_OK)
		return app_fail(&err);
	code = show(link, str_of(argv[optind]), json);
	link_close(link);
	return code;
}
