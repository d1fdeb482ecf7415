/*
 * watch_fast DESK SPEED SECONDS - a desk watches for so many seconds while its clock (TIDINGS_CLOCK) runs SPEED times as fast.
 *
 * The real room, store and jail; only the waits are short, since a wait that
 * is reckoned by a fast clock would be far too long.  Prints the most questions
 * that were under way together.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/rows.h"
#include "base/limits.h"
#include "os/clock.h"
#include "store/verbs.h"
#include "watch/watch.h"

enum { TURNS_A_SECOND_OF_ITS_OWN = 4 };

static struct err err;

static _Noreturn void
stop(const char *what)
{
	fprintf(stderr, "watch_fast: %s: %s\n", what, err.text);
	exit(EXIT_FAILURE);
}

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static void
live(struct watch *w, int64_t wait_ms, int64_t until_ticks)
{
	struct watch_turn t;
	int64_t           most = 0;

	while (os_ticks_us() < until_ticks) {
		if (watch_turn(w, wait_ms, &t, &err) != ERR_OK)
			stop("a turn");
		if (t.under_way > most)
			most = t.under_way;
	}
	printf("%" PRId64 " under way together, %" PRId64 " asked, %" PRId64 " answered\n", most, t.asked, t.answered);
}

int
main(int argc, char *argv[])
{
	struct jail             *jail;
	struct store_link       *link;
	struct watch            *watch;
	struct store_desk_status status;
	struct arena             a;
	long                     speed, seconds;

	if (argc != 4)
		return 2;
	speed = strtol(argv[2], NULL, 10);
	seconds = strtol(argv[3], NULL, 10);
	arena_init(&a, LIMIT_MESSAGE_B, full, NULL);
	if (jail_start(app_jail_rows, &jail, &err) != ERR_OK)
		stop("the jail");
	if (link_open(str_of(argv[1]), LINK_WRITE, &link, &err) != ERR_OK ||
	    store_status(link, &a, &(struct store_none){ 0 }, &status, &err) != ERR_OK)
		stop(argv[1]);
	if (watch_open(&(struct watch_options){ .link = link, .jail = jail, .fetch_allow = status.fetch_allow }, &watch, &err) != ERR_OK)
		stop("the watch");
	live(watch, 1000 / (TURNS_A_SECOND_OF_ITS_OWN * speed), os_ticks_us() + seconds * US_PER_S);
	watch_close(watch);
	link_close(link);
	jail_stop(jail);
	arena_free(&a);
	return 0;
}
