/*
 * cmd_source - the sources that the desk watches: add, list, change, pause, remove.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "desk/desk.h"
#include "feed/links.h"
#include "os/file.h"
#include "read/read.h"
#include "store/desc.h"
#include "url/url.h"
#include "watch/watch.h"

#define ITEMS_N 50      /* on one page */

/* What the options say; NULL: nothing was said. */
struct wishes {
	const char *title, *folder, *language, *country, *reliability, *robots_why, *route, *contact, *every, *kind;
	bool        is_json, is_dry, no_pages, with_pages, is_list;
	const char *selector;
};

static const struct option options[] = {
	{ "title", required_argument, NULL, 't' }, { "folder", required_argument, NULL, 'f' }, { "language", required_argument, NULL, 'l' },
	{ "country", required_argument, NULL, 'c' }, { "reliability", required_argument, NULL, 'r' },
	{ "ignore-robots", required_argument, NULL, 'R' }, { "every", required_argument, NULL, 'e' }, { "kind", required_argument, NULL, 'k' },
	{ "route", required_argument, NULL, 'w' }, { "contact", required_argument, NULL, 'C' },
	{ "json", no_argument, NULL, 'j' }, { "dry-run", no_argument, NULL, 'n' }, { "no-pages", no_argument, NULL, 'P' },
	{ "pages", no_argument, NULL, 'p' }, { "list", no_argument, NULL, 'L' }, { "select", required_argument, NULL, 's' }, { 0 },
};

static int
read_wishes(int argc, char *argv[], struct wishes *w)
{
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		switch (o) {
		case 't': w->title = optarg; break;
		case 'f': w->folder = optarg; break;
		case 'l': w->language = optarg; break;
		case 'c': w->country = optarg; break;
		case 'r': w->reliability = optarg; break;
		case 'R': w->robots_why = optarg; break;
		case 'w': w->route = optarg; break;
		case 'C': w->contact = optarg; break;
		case 'e': w->every = optarg; break;
		case 'k': w->kind = optarg; break;
		case 'j': w->is_json = true; break;
		case 'n': w->is_dry = true; break;
		case 'P': w->no_pages = true; break;
		case 'p': w->with_pages = true; break;
		case 'L': w->is_list = true; break;
		case 's': w->selector = optarg; break;
		default: return EXIT_USAGE;
		}
	}
	return 0;
}

/* "90m", "6h", "2d", "auto". */
static bool
read_interval(struct str s, int64_t *ret_s)
{
	static const struct { char unit; int64_t seconds; } units[] = { { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };

	*ret_s = 0;
	if (str_eq(s, STR("auto")))
		return true;
	for (size_t i = 0; s.n > 1 && i < sizeof(units) / sizeof(*units); i++)
		if (s.p[s.n - 1] == units[i].unit && str_to_i64(str_sub(s, 0, s.n - 1), 1, 100000, ret_s)) {
			*ret_s *= units[i].seconds;
			return true;
		}
	return false;
}

static int
kind_named(const char *name)
{
	int k = 0;

	while (k < SOURCE_KIND__COUNT && !str_eq(str_of(name), str_of(source_kind_name[k])))
		k++;
	return k;
}

static void
set(struct str *to, const char *value)
{
	if (value != NULL)
		*to = str_of(value);
}

/* Lay the wishes over a source; EXIT_USAGE after a sentence. */
static int
apply(const struct wishes *w, struct store_source *s)
{
	struct links_select select;
	struct err          err;

	set(&s->title, w->title);
	set(&s->folder, w->folder);
	set(&s->language, w->language);
	set(&s->country, w->country);
	set(&s->reliability, w->reliability);
	set(&s->robots_why, w->robots_why);
	set(&s->contact, w->contact);
	set(&s->route, w->route);
	set(&s->selector, w->selector);
	if (str_eq(s->route, STR("desk")))
		s->route = STR("");
	if (td_links_select(s->selector, &select, &err) != ERR_OK)
		return app_usage("source", "%s", err.text);
	if (w->selector != NULL && s->kind != SOURCE_PAGE)
		return app_usage("source", "--select says which links of a page count: it goes with --list");
	if (fetch_route_check(s->route, &err) != ERR_OK || fetch_contact_check(s->contact, &err) != ERR_OK)
		return app_usage("source", "%s", err.text);
	if (w->every != NULL && !read_interval(str_of(w->every), &s->interval_s))
		return app_usage("source", "--every takes 90m, 6h, 2d or auto, not \"%s\"", w->every);
	if (w->kind != NULL && kind_named(w->kind) == SOURCE_KIND__COUNT)
		return app_usage("source", "--kind takes feed, sitemap, page or mail, not \"%s\"", w->kind);
	if (w->kind != NULL)
		s->kind = (enum source_kind)kind_named(w->kind);
	s->takes_pages = (s->takes_pages || w->with_pages) && !w->no_pages;
	return 0;
}

/* ── add ──────────────────────────────────────────────────────────────── */

static void
show_found(const struct watch_found *f)
{
	printf("%" STR_FMT "\n", STR_ARG(f->url));
	for (size_t i = 0; i < f->doc.items.n && i < 5; i++)
		printf("  %" STR_FMT "\n", STR_ARG(f->doc.items.v[i].about.title.plain));
	if (f->doc.items.n > 5)
		printf("  ... and %zu more\n", f->doc.items.n - 5);
}

/* What a source says of itself, until a person says otherwise. */
static struct store_source
described(const struct watch_found *f, const struct wishes *w, const char *given)
{
	return (struct store_source){ .kind = w->is_list ? SOURCE_PAGE : f->doc.kind == FEED_SITEMAP ? SOURCE_SITEMAP : SOURCE_FEED, .url = f->url, .given_url = str_of(given),
		.home_url = f->doc.about.link, .title = f->doc.about.title.plain, .language = str_sub(f->doc.about.language, 0, 60),
		.takes_pages = true };
}

static enum err_code
save(struct store_link *link, struct arena *a, const struct store_source *s, const struct watch_found *f, struct err *err)
{
	struct store_source saved;
	int64_t             items;
	char                id[ID_SHOWN];

	if (store_source_save(link, a, s, &saved, err) != ERR_OK || watch_keep_first(link, a, &saved, f, &items, err) != ERR_OK)
		return err->code;
	printf("%s  %" STR_FMT "\n", id_show(ID_SOURCE, &saved.id, id), STR_ARG(saved.title));
	return ERR_OK;
}

/* A feed, or a page whose links are watched. */
static enum err_code
find(struct app *app, struct fetch *fetch, struct arena *a, const struct wishes *w, const char *url, struct watch_found *ret, struct err *err)
{
	if (w->is_list)
		return watch_find_list(app->jail, fetch, a, str_of(url), w->selector != NULL ? str_of(w->selector) : STR(""), ret, err);
	return watch_find(app->jail, fetch, a, str_of(url), ret, err);
}

static int
add_one(struct app *app, struct store_link *link, struct fetch *fetch, const struct wishes *w, const char *url)
{
	struct watch_found  found;
	struct store_source s;
	struct arena        a;
	struct err          err;
	int                 code;

	arena_init(&a, 6 * LIMIT_BODY_B, app_full, NULL);
	if (find(app, fetch, &a, w, url, &found, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		s = described(&found, w, url);
		show_found(&found);
		code = apply(w, &s);
		if (code == 0 && !w->is_dry && save(link, &a, &s, &found, &err) != ERR_OK)
			code = app_fail(&err);
	}
	arena_free(&a);
	return code;
}

/* A source is met on the way that it will be asked. */
static struct str
way_of(const struct wishes *w, const struct store_desk_status *status)
{
	return w->route != NULL && !str_eq(str_of(w->route), STR("desk")) ? str_of(w->route) : status->fetch_route;
}

static int
add(struct app *app, struct store_link *link, int argc, char *argv[])
{
	struct wishes            w = { 0 };
	struct store_desk_status status;
	struct fetch            *fetch = NULL;
	struct arena             a;
	struct err               err;
	int                      code = read_wishes(argc, argv, &w), worst = 0;

	if (code != 0)
		return code;
	if (w.selector != NULL && !w.is_list)
		return app_usage("source", "--select says which links of a page count: it goes with --list");
	if (optind == argc)
		return app_usage("source", "add takes the address of a feed or of a site");
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(link, &a, &(struct store_none){ 0 }, &status, &err) != ERR_OK ||
	    fetch_create(&(struct fetch_options){ .allow = status.fetch_allow, .route = way_of(&w, &status) }, &fetch, &err) != ERR_OK)
		worst = app_fail(&err);
	for (; fetch != NULL && optind < argc; optind++)
		if ((code = add_one(app, link, fetch, &w, argv[optind])) > worst)
			worst = code;
	fetch_destroy(fetch);
	arena_free(&a);
	return worst;
}

/* ── list ─────────────────────────────────────────────────────────────── */

static void
show_line(const struct store_source *s)
{
	char id[ID_SHOWN], when[CIVIL_SHOWN] = "never";

	if (s->health.asked_us != 0)
		instant_iso(s->health.asked_us, when);
	printf("%s  %-7s  %.16s  %5" PRId64 "  %" STR_FMT "  %" STR_FMT "%s%" STR_FMT "\n", id_show(ID_SOURCE, &s->id, id),
	    source_state_name[s->state], when, s->items, STR_ARG(s->title), STR_ARG(s->url), s->health.trouble.n > 0 ? "  ! " : "",
	    STR_ARG(s->health.trouble));
}

static int
list(struct store_link *link, int argc, char *argv[])
{
	struct wishes            w = { 0 };
	struct store_source_ask  ask = { .limit = LIMIT_PAGE_N };
	struct store_source_list got = { .more = true };
	struct err               err;
	int                      code = read_wishes(argc, argv, &w);

	for (; code == 0 && got.more; ask.offset += LIMIT_PAGE_N) {
		struct arena a;

		arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
		if (store_source_list(link, &a, &ask, &got, &err) != ERR_OK) {
			code = app_fail(&err);
			got = (struct store_source_list){ 0 };
		}
		for (size_t i = 0; i < got.sources.n; i++)
			if (w.is_json)
				say_json(&store_source_desc, &got.sources.v[i]);
			else
				show_line(&got.sources.v[i]);
		if (ask.offset == 0 && got.sources.n == 0 && code == 0)
			fprintf(stderr, "tidings: no sources yet: tidings source add ADDRESS\n");
		arena_free(&a);
	}
	return code;
}

/* ── OPML ─────────────────────────────────────────────────────────────── */

/* What an address is called when it may hold a password. */
static struct str
safely_named(struct arena *a, const struct opml_feed *f)
{
	struct url u;
	struct err err;

	if (f->title.n > 0)
		return str_sub(f->title, 0, 200);
	return td_url_parse(a, f->url, NULL, &u, &err) == ERR_OK && u.host.n > 0 ? u.host : STR("an address without a title");
}

/* A list's feeds become sources that are asked in their turn; those that are there already are passed over. */
static int
take_list(struct store_link *link, struct arena *a, const struct opml *list)
{
	struct store_source_new_list ask = { 0 };
	struct store_source_taken    taken;
	size_t                       left_out = 0;
	struct err                   err;

	ask.sources.v = arena_array(a, list->feeds.n + 1, struct store_source);
	for (size_t i = 0; i < list->feeds.n; i++) {
		const struct opml_feed *f = &list->feeds.v[i];
		const char             *why = watch_unfit(a, f->url);

		if (why != NULL) {
			fprintf(stderr, "tidings: %" STR_FMT ": %s; left out\n", STR_ARG(safely_named(a, f)), why);
			left_out++;
			continue;
		}
		ask.sources.v[ask.sources.n++] = (struct store_source){ .url = f->url, .given_url = f->url, .home_url = f->site, .title = f->title,
			.folder = f->group, .language = str_sub(f->language, 0, 60), .reliability = f->note, .takes_pages = true };
	}
	if (store_source_take(link, a, &ask, &taken, &err) != ERR_OK)
		return app_fail(&err);
	if (taken.refused > 0)
		fprintf(stderr, "tidings: %" STR_FMT "%s\n", STR_ARG(taken.fault), taken.refused > 1 ? "; so for others" : "");
	printf("%" PRId64 " of %zu added%s\n", taken.added, list->feeds.n, list->is_over_limit ? "; the list is longer than we read" : "");
	return taken.refused > 0 || left_out > 0 ? EXIT_FOUND : 0;
}

/* The list in a file, read in the jail; or ours, which is nobody's but ours. */
static enum err_code
read_list(struct app *app, struct arena *a, const char *path, struct buf *file, struct opml *ret, struct err *err)
{
	struct read_found found;

	if (str_eq(str_of(path), STR("--starter")))
		return td_opml_read(a, bytes_of(desk_starter_list()), ret, err);
	if (os_read_file(str_of(path), file, err) != ERR_OK ||
	    read_find(app->jail, a, &(struct feed_ask){ .body = buf_bytes(file) }, STR(""), &found, err) != ERR_OK)
		return err->code;
	if (found.kind != READ_A_LIST)
		return err_set(err, ERR_FORMAT, "%s: not a list of feeds (OPML); nothing was added", path);
	*ret = found.list;
	return ERR_OK;
}

static int
import(struct app *app, struct store_link *link, int argc, char *argv[])
{
	struct buf   file = BUF_INIT(LIMIT_BODY_B);
	struct opml  list;
	struct arena a;
	struct err   err;
	int          code;

	if (argc != 2)
		return app_usage("source", "import takes one OPML file, or --starter for the list that comes with the program");
	arena_init(&a, 4 * LIMIT_MESSAGE_B, app_full, NULL);
	code = read_list(app, &a, argv[1], &file, &list, &err) != ERR_OK ? app_fail(&err) : take_list(link, &a, &list);
	arena_free(&a);
	buf_free(&file);
	return code;
}

static int
export(struct store_link *link)
{
	struct store_source_ask  ask = { .limit = LIMIT_PAGE_N };
	struct store_source_list got = { .more = true };
	struct opml              list = { .title = STR("Sources") };
	struct buf               out = BUF_INIT(64 * MiB);
	struct arena             a;
	struct err               err;
	int                      code = 0;

	arena_init(&a, 8 * LIMIT_MESSAGE_B, app_full, NULL);
	list.feeds.v = arena_array(&a, LIMIT_OPML_N, struct opml_feed);
	for (; code == 0 && got.more; ask.offset += LIMIT_PAGE_N) {
		if (store_source_list(link, &a, &ask, &got, &err) != ERR_OK)
			code = app_fail(&err);
		for (size_t i = 0; code == 0 && i < got.sources.n && list.feeds.n < LIMIT_OPML_N; i++) {
			const struct store_source *s = &got.sources.v[i];

			list.feeds.v[list.feeds.n++] = (struct opml_feed){ .url = s->url, .title = s->title, .site = s->home_url, .group = s->folder,
				.language = s->language, .note = s->reliability };
		}
	}
	td_opml_write(&list, &out);
	if (code == 0)
		fwrite(out.p, 1, out.n, stdout);
	arena_free(&a);
	buf_free(&out);
	return code;
}

/* ── items ────────────────────────────────────────────────────────────── */

/* What became of its page: "taken as c-4k7zq0m2vd", "waiting: the server answered 503". */
static void
show_page(const struct store_announced *i)
{
	static const char *const words[ITEM_PAGE__COUNT] = { [ITEM_NO_PAGE] = "names no page", [ITEM_LISTED] = "page not taken",
		[ITEM_WAITING] = "page waits", [ITEM_TAKEN] = "taken as ", [ITEM_FAILED] = "page given up" };
	char                     id[ID_SHOWN];

	printf("  %s%s%s%" STR_FMT, words[i->page], i->page == ITEM_TAKEN ? id_show(ID_CAPTURE, &i->capture, id) : "",
	    i->trouble.n > 0 ? ": " : "", STR_ARG(i->trouble));
}

static void
show_item(const struct store_announced *i)
{
	char id[ID_SHOWN], when[CIVIL_SHOWN];

	instant_iso(i->published_us != 0 ? i->published_us : i->seen_us, when);
	printf("%s  %.16s  %" STR_FMT "  %" STR_FMT, id_show(ID_ITEM, &i->id, id), when, STR_ARG(i->title), STR_ARG(i->url));
	show_page(i);
	printf("\n");
}

/* The newest of one source, or of all. */
static int
items(struct store_link *link, int argc, char *argv[])
{
	struct wishes               w = { 0 };
	struct store_announced_ask  ask = { .state = -1, .limit = ITEMS_N };
	struct store_announced_list list;
	struct store_source         s;
	struct arena                a;
	struct err                  err;
	int                         code = read_wishes(argc, argv, &w);

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (code == 0 && optind < argc && store_source_get(link, &a, &(struct store_name){ str_of(argv[optind]), ID_SOURCE }, &s, &err) != ERR_OK)
		code = app_fail(&err);
	else if (code == 0 && optind < argc)
		ask.source = s.id;
	if (code == 0 && store_item_list(link, &a, &ask, &list, &err) != ERR_OK)
		code = app_fail(&err);
	for (size_t i = 0; code == 0 && i < list.items.n; i++)
		if (w.is_json)
			say_json(&store_announced_desc, &list.items.v[i]);
		else
			show_item(&list.items.v[i]);
	arena_free(&a);
	return code;
}

/* ── change ───────────────────────────────────────────────────────────── */

static int
change_one(struct store_link *link, const char *id, const struct wishes *w, int state)
{
	struct store_name   name = { str_of(id), ID_SOURCE };
	struct store_source s, saved;
	struct arena        a;
	struct err          err;
	int                 code = 0;

	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_source_get(link, &a, &name, &s, &err) != ERR_OK)
		code = app_fail(&err);
	if (code == 0)
		code = apply(w, &s);
	if (code == 0) {
		s.state = state >= 0 ? (enum source_state)state : s.state;
		if (store_source_save(link, &a, &s, &saved, &err) != ERR_OK)
			code = app_fail(&err);
		else
			show_line(&saved);
	}
	arena_free(&a);
	return code;
}

static int
change(struct store_link *link, int argc, char *argv[], int state)
{
	struct wishes w = { 0 };
	int           code = read_wishes(argc, argv, &w), worst = code;

	if (code == 0 && optind == argc)
		return app_usage("source", "%s takes the ids of sources (s-...)", argv[0]);
	for (; code == 0 && optind < argc; optind++) {
		int one = change_one(link, argv[optind], &w, state);

		worst = one > worst ? one : worst;
	}
	return worst;
}

int
cmd_source(struct app *app, int argc, char *argv[])
{
	static const struct { const char *verb; int state; } changes[] = { { "set", -1 }, { "pause", SOURCE_PAUSED }, { "resume", SOURCE_ACTIVE },
		{ "remove", SOURCE_REMOVED } };
	struct str         verb = argc > 1 ? str_of(argv[1]) : STR("");
	struct store_link *link = NULL;
	struct err         err;
	int                code = -1;

	if (argc < 2)
		return app_usage("source", "say add, list, items, set, pause, resume, remove, import or export");
	if (app_link(app, str_eq(verb, STR("list")) || str_eq(verb, STR("items")) || str_eq(verb, STR("export")) ? LINK_READ : LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	argc--, argv++;
	optind = 0;
	if (str_eq(verb, STR("add")))
		code = add(app, link, argc, argv);
	else if (str_eq(verb, STR("list")))
		code = list(link, argc, argv);
	else if (str_eq(verb, STR("items")))
		code = items(link, argc, argv);
	else if (str_eq(verb, STR("import")))
		code = import(app, link, argc, argv);
	else if (str_eq(verb, STR("export")))
		code = export(link);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		if (str_eq(verb, str_of(changes[i].verb)))
			code = change(link, argc, argv, changes[i].state);
	link_close(link);
	return code >= 0 ? code : app_usage("source", "\"%" STR_FMT "\" is not add, list, items, set, pause, resume, remove, import or export", STR_ARG(verb));
}
