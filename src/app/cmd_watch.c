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
#include "app/watcher.h"
#include "base/limits.h"

static volatile sig_atomic_t stopping;

static void
on_signal(int sig)
{
	(void)sig;
	stopping = 1;
}

/* "73 of 120 asked, 12 new": one line that moves, on a terminal only. */
static void
show(const struct watch_turn *t, bool is_last)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r%lld of %lld asked, %lld new ", (long long)t->answered, (long long)(t->answered + t->waiting), (long long)t->fresh);
	if (is_last)
		fprintf(stderr, "\n");
}

int
cmd_watch(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "once", no_argument, NULL, 'o' }, { 0 } };
	struct watcher             w;
	struct watch_turn          turn = { 0 };
	struct err                 err = { 0 };
	bool                       once = false;
	int                        o, code = 0;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
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
	while (!stopping && !turn.is_done && code == 0) {
		if (watch_turn(w.watch, 500, &turn, &err) != ERR_OK)
			code = app_fail(&err);
		show(&turn, false);
	}
	show(&turn, true);
	if (code == 0)
		printf("%lld asked, %lld answered, %lld new\n", (long long)turn.asked, (long long)turn.answered, (long long)turn.fresh);
	watcher_close(&w);
	return code;
}
