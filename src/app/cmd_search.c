#include <getopt.h>
#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "store/desc.h"

/* The words of the command line are one query; quotation marks in them make phrases. */
static bool
join(struct buf *query, int argc, char *argv[])
{
	for (int i = 0; i < argc; i++) {
		if (i > 0)
			buf_add_char(query, ' ');
		buf_add(query, str_of(argv[i]));
	}
	return !query->failed;
}

/* A hit stands between \1 and \2; on paper it is marked with «». */
static void
say_snippet(struct str s)
{
	printf("              ");
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\1')
			printf("«");
		else if (s.p[i] == '\2')
			printf("»");
		else
			putchar(s.p[i] == '\n' ? ' ' : s.p[i]);
	}
	printf("\n");
}

static int
search(struct store_link *link, const struct store_search_ask *ask, bool json)
{
	struct store_item_list list;
	struct arena           a;
	struct err             err;
	int                    code = 0;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (store_search(link, &a, ask, &list, &err) != ERR_OK)
		code = app_fail(&err);
	for (size_t i = 0; code == 0 && i < list.items.n; i++) {
		if (json) {
			say_json(&store_item_desc, &list.items.v[i]);
			continue;
		}
		say_item(&list.items.v[i]);
		if (list.items.v[i].snippet.n > 0)
			say_snippet(list.items.v[i].snippet);
	}
	if (code == 0 && list.items.n == 0) {
		fprintf(stderr, "tidings: nothing says %" STR_FMT "\n", STR_ARG(ask->query));
		code = EXIT_FOUND;
	}
	arena_free(&a);
	return code;
}

int
cmd_search(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "limit", required_argument, NULL, 'l' }, { "json", no_argument, NULL, 'j' }, { 0 },
	};
	struct store_search_ask ask = { .limit = 20 };
	struct store_link      *link;
	struct buf              query = BUF_INIT(LIMIT_QUERY_B);
	struct err              err;
	bool                    json = false;
	int                     o, code;

	while ((o = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (o) {
		case 'j': json = true; break;
		case 'l':
			if (!str_to_i64(str_of(optarg), 1, LIMIT_PAGE_N, &ask.limit))
				return app_usage("search", "--limit takes a number from 1 to %d", LIMIT_PAGE_N);
			break;
		default: return EXIT_USAGE;
		}
	}
	if (optind == argc)
		return app_usage("search", "say what to look for");
	if (!join(&query, argc - optind, argv + optind)) {
		buf_free(&query);
		return app_usage("search", "the query is longer than %d bytes", LIMIT_QUERY_B);
	}
	ask.query = buf_str(&query);
	if (app_link(app, LINK_READ, &link, &err) != ERR_OK) {
		buf_free(&query);
		return app_fail(&err);
	}
	code = search(link, &ask, json);
	link_close(link);
	buf_free(&query);
	return code;
}
