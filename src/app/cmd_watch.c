/*
 * cmd_watch - ask the sources that are due, without a browser.
 *
 * `serve` does the same all day; this is for a machine that is on for an hour,
 * for cron, and for looking at what happens.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/intake.h"
#include "app/watcher.h"
#include "base/limits.h"

static volatile sig_atomic_t stopping;

static void
on_signal(int sig)
{
	(void)sig;
	stopping = 1;
}

/* "73 of 120 asked, 12 new, 8 pages, 30 to come": one line that moves, on a terminal only. */
static void
show(const struct watch_turn *t, bool is_last)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r%lld of %lld asked, %lld new, %lld pages, %lld to come ", (long long)t->answered, (long long)(t->answered + t->waiting),
	    (long long)t->fresh, (long long)t->pages, (long long)t->pages_waiting);
	if (is_last)
		fprintf(stderr, "\n");
}

/* One turn, and what follows from it: the page that came is kept, or else one that was kept is read. */
static enum err_code
turn_once(struct watcher *w, struct watch_turn *turn, struct err *err)
{
	struct intake reader = { .room = { .link = w->link, .jail = w->pages.jail } };
	bool          did;

	if (watch_turn(w->watch, 500, turn, err) != ERR_OK)
		return err->code;
	return turn->page != NULL ? pages_take(&w->pages, turn->page, err) : intake_job(&reader, 1 << JOB_EXTRACT, &did, err);
}

/* What was kept and nobody has read yet; a desk that is open in a browser reads by itself. */
static enum err_code
read_rest(struct watcher *w, struct err *err)
{
	struct intake reader = { .room = { .link = w->link, .jail = w->pages.jail } };
	enum err_code code = ERR_OK;
	bool          did = true;

	while (did && code == ERR_OK && !stopping)
		code = intake_job(&reader, 1 << JOB_EXTRACT, &did, err);
	return code;
}

static int
run(struct watcher *w)
{
	struct watch_turn turn = { 0 };
	struct err        err = { 0 };
	enum err_code     code = ERR_OK;

	while (!stopping && !turn.is_done && code == ERR_OK) {
		code = turn_once(w, &turn, &err);
		show(&turn, false);
	}
	if (code == ERR_OK)
		code = read_rest(w, &err);
	show(&turn, true);
	if (code != ERR_OK)
		return app_fail(&err);
	printf("%lld asked, %lld answered, %lld new, %lld pages\n", (long long)turn.asked, (long long)turn.answered, (long long)turn.fresh,
	    (long long)turn.pages);
	return 0;
}

int
cmd_watch(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "once", no_argument, NULL, 'o' }, { 0 } };
	struct watcher             w;
	struct err                 err = { 0 };
	bool                       once = false;
	int                        code;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (o == '?')
			return EXIT_USAGE;
		once = true;
	}
	if (optind != argc)
		return app_usage("watch", "\"%s\" is one word too many", argv[optind]);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	if (watcher_open(app, once, &w, &err) != ERR_OK)
		return app_fail(&err);
	code = run(&w);
	watcher_close(&w);
	return code;
}
