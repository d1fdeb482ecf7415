#include <getopt.h>
#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "store/desc.h"

struct list_options {
	bool    notes, json;
	int64_t limit;
};

static int
list_items(struct store_link *link, struct arena *a, const struct list_options *lo)
{
	struct store_list_ask  ask = { .limit = lo->limit, .status = -1 };
	struct store_item_list list;
	struct err             err;

	if (store_list(link, a, &ask, &list, &err) != ERR_OK)
		return app_fail(&err);
	for (size_t i = 0; i < list.items.n; i++) {
		if (lo->json)
			say_json(&store_item_desc, &list.items.v[i]);
		else
			say_item(&list.items.v[i]);
	}
	if (list.items.n == 0)
		fprintf(stderr, "tidings: nothing here yet: tidings add ADDRESS\n");
	return 0;
}

static int
list_notes(struct store_link *link, struct arena *a, const struct list_options *lo)
{
	struct store_list_ask  ask = { .limit = lo->limit, .status = -1 };
	struct store_note_list list;
	struct err             err;

	if (store_note_list(link, a, &ask, &list, &err) != ERR_OK)
		return app_fail(&err);
	for (size_t i = 0; i < list.notes.n; i++) {
		if (lo->json)
			say_json(&store_note_desc, &list.notes.v[i]);
		else
			say_note_line(&list.notes.v[i]);
	}
	if (list.notes.n == 0)
		fprintf(stderr, "tidings: no notes yet: tidings note --heading ... a-...\n");
	return 0;
}

int
cmd_list(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "notes", no_argument, NULL, 'n' }, { "limit", required_argument, NULL, 'l' }, { "json", no_argument, NULL, 'j' },
		{ 0 },
	};
	struct list_options lo = { .limit = 50 };
	struct store_link  *link;
	struct arena        a;
	struct err          err;
	int                 o, code;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'n': lo.notes = true; break;
		case 'j': lo.json = true; break;
		case 'l':
			if (!str_to_i64(str_of(optarg), 1, LIMIT_PAGE_N, &lo.limit))
				return app_usage("list", "--limit takes a number from 1 to %d", LIMIT_PAGE_N);
			break;
		default: return EXIT_USAGE;
		}
	}
	if (optind != argc)
		return app_usage("list", "\"%s\" is one word too many", argv[optind]);
	if (app_link(app, LINK_READ, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	code = lo.notes ? list_notes(link, &a, &lo) : list_items(link, &a, &lo);
	arena_free(&a);
	link_close(link);
	return code;
}
