/*
 * cmd_serve - the desk in the browser: a supervisor, the web, a worker, a watch, an anchor, and who answers partners.
 *
 * The supervisor owns nothing but its children and the link that makes it the
 * desk's owner.  The web speaks to the store as editor, the worker and the
 * watch as workers, each with a forker of its own;
 * a child that dies is started again, five times a minute at most.  When
 * somebody on the sample desk asks for a desk of their own, the web tells the
 * supervisor over a pipe, which makes it and serves that one from then on.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/anchor.h"
#include "app/command.h"
#include "app/finder.h"
#include "app/intake.h"
#include "app/pages.h"
#include "app/rows.h"
#include "base/limits.h"
#include "desk/desk.h"
#include "jail/lock.h"
#include "os/clock.h"
#include "os/log.h"
#include "watch/watch.h"
#include "witness/witness.h"

enum child { CHILD_WEB, CHILD_WORKER, CHILD_WATCH, CHILD_ANCHOR, CHILD_PARTNERS, CHILD__COUNT };
enum { RESTARTS_A_MINUTE = 5, IDLE_MS = 200, WATCH_MS = 1000 };

static const char *const child_name[CHILD__COUNT] = { [CHILD_WEB] = "web", [CHILD_WORKER] = "worker", [CHILD_WATCH] = "watch",
	[CHILD_ANCHOR] = "anchor", [CHILD_PARTNERS] = "partners" };

struct serve {
	struct app         *app;
	struct desk_options desk;
	struct str          dir, start_dir;     /* start_dir: where "Start my desk" makes one; "": not offered */
	struct store_link  *link;
	pid_t               pid[CHILD__COUNT];
	int                 wish_fd;            /* what the web was asked for, "name\0tagline\0" */
	int64_t             minute_us;          /* when the restarts were last counted from */
	int                 restarts;
	struct str          fetch_allow, fetch_route;
	struct arena        arena;
	struct jail        *jail[CHILD__COUNT]; /* a forker each, of those that read documents: one at a time; the web has none */
	int                 partners_fd;        /* where partners are answered; -1: nowhere */
};

static volatile sig_atomic_t stopping;

static void
on_signal(int sig)
{
	(void)sig;
	stopping = 1;
}

/* The others' forkers are not ours. */
static void
keep_jail(struct serve *s, enum child which)
{
	for (int i = 0; i < CHILD__COUNT; i++)
		if (i != (int)which)
			jail_stop(s->jail[i]);
}

/* Waits for a job by asking: one small message every IDLE_MS, no work in between. */
static int
worker(struct serve *s, struct store_link *link)
{
	struct intake in;
	struct err    err;
	bool          did;

	if (jail_lock_process(PROCESS_WORKER, &err) != ERR_OK || intake_open(link, s->jail[CHILD_WORKER], s->fetch_allow, s->fetch_route, &in, &err) != ERR_OK)
		return app_fail(&err);
	while (!stopping && getppid() != 1) {
		if (intake_job(&in, INTAKE_ALL, &did, &err) != ERR_OK || (!did && finder_job(&in, &did, &err) != ERR_OK)) {
			os_log(LOG_LEVEL_ERROR, "worker", "%s", err.text);
			break;
		}
		if (!did)
			poll(NULL, 0, IDLE_MS);
	}
	intake_close(&in);
	return 0;
}

/* Asks the sources that are due, as long as the desk is open. */
static int
watch(struct serve *s, struct store_link *link)
{
	struct pages      pages = { .link = link, .jail = s->jail[CHILD_WATCH] };
	struct watch_turn turn;
	struct watch     *w;
	struct err        err;
	enum err_code     code = ERR_OK;

	if (jail_lock_process(PROCESS_WORKER, &err) != ERR_OK ||
	    watch_open(&(struct watch_options){ .link = link, .jail = s->jail[CHILD_WATCH], .fetch_allow = s->fetch_allow,
	    .fetch_route = s->fetch_route, .with_pages = true }, &w, &err) != ERR_OK)
		return app_fail(&err);
	while (!stopping && getppid() != 1 && code == ERR_OK) {
		code = watch_turn(w, WATCH_MS, &turn, &err);
		if (code == ERR_OK && turn.page != NULL)
			code = pages_take(&pages, turn.page, &err);
	}
	if (code != ERR_OK)
		os_log(LOG_LEVEL_ERROR, "watch", "%s", err.text);
	watch_close(w);
	return code == ERR_OK ? 0 : EXIT_ENVIRONMENT;
}

/* Shows the log to others. */
static int
anchor(struct serve *s, struct store_link *link)
{
	struct err err;

	if (jail_lock_process(PROCESS_WORKER, &err) != ERR_OK)
		return app_fail(&err);
	return anchor_run(link, s->jail[CHILD_ANCHOR], &stopping);
}

/* Answers other desks. */
static int
partners(struct serve *s, struct store_link *link)
{
	struct witness_room room = { .link = link, .jail = s->jail[CHILD_PARTNERS] };
	struct err          err;

	if (jail_lock_process(PROCESS_WEB, &err) != ERR_OK || witness_serve(s->partners_fd, &room, &stopping, &err) != ERR_OK)
		return app_fail(&err);
	return 0;
}

static void
tell_wish(int fd, const struct desk_wish *wish)
{
	struct buf b = BUF_INIT(4 * LIMIT_FIELD_B);

	buf_add(&b, wish->name);
	buf_add_char(&b, '\0');
	buf_add(&b, wish->tagline);
	buf_add_char(&b, '\0');
	if (b.failed || write(fd, b.p, b.n) != (ssize_t)b.n)
		os_log(LOG_LEVEL_ERROR, "web", "the wish for a desk could not be passed on");
	buf_free(&b);
}

static int
web(struct desk *desk, struct store_link *link, int wish_fd)
{
	struct desk_wish wish;
	struct err       err;

	if (jail_lock_process(PROCESS_WEB, &err) != ERR_OK)
		return app_fail(&err);
	switch (desk_run(desk, link, &wish, &err)) {
	case DESK_START:
		tell_wish(wish_fd, &wish);
		return 0;
	case DESK_STOPPED:
		return 0;
	case DESK_FAILED:
		break;
	}
	return app_fail(&err);
}

static int
run_child(struct serve *s, enum child which, struct desk *desk, struct store_link *link, int wish_fd)
{
	keep_jail(s, which);
	switch (which) {
	case CHILD_WEB:      return web(desk, link, wish_fd);
	case CHILD_WORKER:   return worker(s, link);
	case CHILD_WATCH:    return watch(s, link);
	case CHILD_ANCHOR:   return anchor(s, link);
	case CHILD_PARTNERS: return partners(s, link);
	case CHILD__COUNT:   break;
	}
	return EXIT_ENVIRONMENT;
}

static enum err_code
start_child(struct serve *s, enum child which, struct desk *desk, struct err *err)
{
	static const unsigned roles[CHILD__COUNT] = {
		[CHILD_WEB] = ROLE_READER | ROLE_EDITOR, [CHILD_WORKER] = ROLE_WORKER | ROLE_READER,
		[CHILD_WATCH] = ROLE_WORKER | ROLE_READER, [CHILD_ANCHOR] = ROLE_WORKER | ROLE_READER, [CHILD_PARTNERS] = ROLE_PARTNER,
	};
	int fd, wish[2];

	if (link_spawn(s->link, roles[which], &fd, err) != ERR_OK)
		return err->code;
	if (pipe2(wish, O_CLOEXEC) != 0 || (s->pid[which] = fork()) < 0)
		return err_set(err, ERR_IO, "no process can be started: %s; the desk was not opened", strerror(errno));
	if (s->pid[which] == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		_exit(run_child(s, which, desk, link_from_fd(fd), wish[1]));
	}
	close(fd);
	close(wish[1]);
	if (which == CHILD_WEB) {
		if (s->wish_fd >= 0)
			close(s->wish_fd);
		s->wish_fd = wish[0];
	} else {
		close(wish[0]);
	}
	return ERR_OK;
}

static void
stop_children(struct serve *s)
{
	for (int i = 0; i < CHILD__COUNT; i++)
		if (s->pid[i] > 0)
			kill(s->pid[i], SIGTERM);
	for (int i = 0; i < CHILD__COUNT; i++) {
		if (s->pid[i] > 0)
			waitpid(s->pid[i], NULL, 0);
		s->pid[i] = 0;
	}
}

/* The desk that was wished for, if the web that ended wished for one. */
static bool
read_wish(struct serve *s, struct str *ret_name, struct str *ret_tagline)
{
	static char text[4 * LIMIT_FIELD_B];
	ssize_t     n = read(s->wish_fd, text, sizeof(text) - 1);

	if (n <= 1)
		return false;
	text[n] = '\0';
	*ret_name = str_of(text);
	*ret_tagline = str_of(ret_name->n + 1 < (size_t)n ? text + ret_name->n + 1 : "");
	return true;
}

static bool
too_many_restarts(struct serve *s)
{
	int64_t now = os_ticks_us();

	if (now - s->minute_us > 60 * US_PER_S) {
		s->minute_us = now;
		s->restarts = 0;
	}
	return ++s->restarts > RESTARTS_A_MINUTE;
}

/* Only where the settings say so. */
static enum err_code
open_partners(struct serve *s, struct str at, struct err *err)
{
	int port;

	if (s->partners_fd >= 0)
		close(s->partners_fd);
	s->partners_fd = -1;
	if (at.n == 0)
		return ERR_OK;
	if (witness_listen(at, &s->partners_fd, &port, err) != ERR_OK)
		return err_in(err, "tidings.conf, witness.listen");
	printf("Partners are answered at port %d of %" STR_FMT "\n", port, STR_ARG(str_sub(at, 0, str_find_char(at, ':'))));
	return ERR_OK;
}

/* Partners only when there are some to listen for; a sample's sources are invented, so nobody asks them. */
static bool
is_needed(const struct serve *s, enum child which, bool is_sample)
{
	return (which != CHILD_PARTNERS || s->partners_fd >= 0) && (which != CHILD_WATCH || !is_sample);
}

static enum err_code
open_desk(struct serve *s, struct desk *desk, struct err *err)
{
	struct store_desk_status status;

	if (link_open(s->dir, LINK_SERVE, &s->link, err) != ERR_OK ||
	    store_status(s->link, &s->arena, &(struct store_none){ 0 }, &status, err) != ERR_OK)
		return err->code;
	s->fetch_allow = status.fetch_allow;
	s->fetch_route = status.fetch_route;
	if (open_partners(s, status.witness_listen, err) != ERR_OK)
		return err->code;
	for (int i = 0; i < CHILD__COUNT; i++)
		if (is_needed(s, (enum child)i, status.is_sample) && start_child(s, (enum child)i, desk, err) != ERR_OK)
			return err->code;
	return ERR_OK;
}

/* Leave the samples, make the desk that was asked for, serve it at the same address. */
static enum err_code
change_desk(struct serve *s, struct desk *desk, struct str name, struct str tagline, struct err *err)
{
	stop_children(s);
	link_close(s->link);
	s->link = NULL;
	if (desk_create(s->start_dir, name, tagline, STR("en ko"), false, err) != ERR_OK)
		return err->code;
	printf("Your desk is the folder %" STR_FMT "; next time: tidings -C %" STR_FMT " serve\n", STR_ARG(s->start_dir),
	    STR_ARG(s->start_dir));
	fflush(stdout);
	s->dir = s->start_dir;
	s->start_dir = STR("");
	return open_desk(s, desk, err);
}

/* One child has ended: start it again, or the desk it wished for. */
static enum err_code
replace_child(struct serve *s, struct desk *desk, pid_t pid, int status, struct err *err)
{
	struct str name, tagline;

	if (pid == s->pid[CHILD_WEB] && read_wish(s, &name, &tagline) && s->start_dir.n > 0)
		return change_desk(s, desk, name, tagline, err);
	for (int i = 0; i < CHILD__COUNT; i++) {
		if (pid != s->pid[i])
			continue;
		os_log(LOG_LEVEL_WARN, "serve", "child=%s status=%d restarted", child_name[i], status);
		if (too_many_restarts(s))
			return err_set(err, ERR_IO, "a part of the desk ended more than %d times in a minute; the desk was closed, nothing is lost",
			    RESTARTS_A_MINUTE);
		return start_child(s, (enum child)i, desk, err);
	}
	return ERR_OK;
}

static int
supervise(struct serve *s, struct desk *desk)
{
	struct err err;
	int        status, code = 0;
	pid_t      pid;

	while (!stopping && code == 0) {
		pid = waitpid(-1, &status, 0);
		if (pid > 0 && !stopping && replace_child(s, desk, pid, status, &err) != ERR_OK)
			code = app_fail(&err);
		else if (pid < 0 && errno != EINTR)
			break;
	}
	stop_children(s);
	return code;
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };      /* no SA_RESTART: waitpid must wake */

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
}

static enum err_code
start_jails(struct serve *s, struct err *err)
{
	s->jail[CHILD_WORKER] = s->app->jail;
	for (int i = CHILD_WATCH; i <= CHILD_PARTNERS; i++)
		if (jail_start(app_jail_rows, &s->jail[i], err) != ERR_OK)
			return err->code;
	return ERR_OK;
}

static int
serve(struct serve *s)
{
	struct desk *desk = NULL;
	struct err   err;
	int          code;

	arena_init(&s->arena, LIMIT_MESSAGE_B, app_full, NULL);
	s->desk.may_start = s->start_dir.n > 0;
	catch_signals();
	/* The forker first: what is opened before it, its children inherit. */
	if (start_jails(s, &err) != ERR_OK || desk_open(&s->desk, &desk, &err) != ERR_OK ||
	    open_desk(s, desk, &err) != ERR_OK) {
		stop_children(s);
		code = err.code == ERR_EXISTS ? (app_fail(&err), EXIT_ENVIRONMENT) : app_fail(&err);
	} else {
		printf("The desk is open: http://127.0.0.1:%d   (Ctrl-C closes it)\n", desk_port(desk));
		fflush(stdout);
		code = supervise(s, desk);
	}
	desk_close(desk);
	link_close(s->link);
	for (int i = CHILD_WATCH; i <= CHILD_PARTNERS; i++)
		jail_stop(s->jail[i]);
	if (s->partners_fd >= 0)
		close(s->partners_fd);
	arena_free(&s->arena);
	return code;
}

int
cmd_serve(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' }, { "pages", required_argument, NULL, 'd' },
		{ "start", required_argument, NULL, 's' }, { 0 },
	};
	struct serve s = { .app = app, .desk = { .host = STR("127.0.0.1"), .port = DESK_PORT }, .dir = app->desk_dir, .wish_fd = -1,
		.partners_fd = -1 };
	int64_t      port;
	int          o;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'p':
			if (!str_to_i64(str_of(optarg), 0, 65535, &port))
				return app_usage("serve", "--port takes a number up to 65535, not \"%s\"", optarg);
			s.desk.port = (int)port;
			break;
		case 'd': s.desk.pages = str_of(optarg); break;
		case 's': s.start_dir = str_of(optarg); break;
		default:  return EXIT_USAGE;
		}
	}
	if (optind != argc)
		return app_usage("serve", "\"%s\" is one word too many", argv[optind]);
	return serve(&s);
}
