#include "desk/exchange.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "desk/view.h"
#include "os/clock.h"
#include "os/log.h"

#define CONNECTIONS_N 64
#define IDLE_S        30            /* a connection without a byte for this long is closed */
#define WAIT_MS       3000          /* a page that waits for a job waits no longer */
#define AGAIN_MS      150           /* and asks this often */
#define ARENA_B       (160 * MiB)   /* one request: an article of the largest size, twice */

static void
arena_is_full(void *arg)
{
	longjmp(*(jmp_buf *)arg, 1);
}

/* ?lang= wins, then the cookie, then what the browser prefers; view_frame() holds that to the desk's languages. */
static void
choose_language(struct request *r, const struct exchange *x)
{
	struct str cookies = guard_header(&x->head, STR("Cookie")), one, query = x->query;
	unsigned   offered = (1u << WORDS_LANG__COUNT) - 1;

	r->lang = td_words_choose(guard_header(&x->head, STR("Accept-Language")), offered);
	while (str_cut(&cookies, ';', &one))
		if (str_starts(str_trim(one), STR("lang=")) && td_words_lang(str_sub(str_trim(one), 5, one.n), &r->lang))
			r->lang_fixed = true;
	while (str_cut(&query, '&', &one))
		if (str_starts(one, STR("lang=")) && td_words_lang(str_sub(one, 5, one.n), &r->lang))
			r->lang_chosen = r->lang_fixed = true;
}

static void
make_answer(struct server *s, struct exchange *x, struct arena *a)
{
	struct request r = { .arena = a, .site = &s->desk->site, .path = x->path, .query_text = x->query, .arg = x->arg,
		.is_post = x->route != NULL && x->route->method == POST, .values = td_page_values(a) };
	struct err     err;

	x->reply.wait = false;
	x->reply.status = 0;
	r.waited_ms = x->since_us == 0 ? 0 : (os_ticks_us() - x->since_us) / 1000;
	choose_language(&r, x);
	if (r.lang_chosen)
		snprintf(x->set_cookie, sizeof(x->set_cookie), "lang=%s; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly",
		    td_words_tag(r.lang).p);
	if (!td_utf8_is_valid(bytes_of(x->path)))
		r.path = STR("/");
	if (view_frame(&r, &err) != ERR_OK)
		reply_error(&r, &x->reply, &err);
	else if (x->route == NULL)
		reply_problem(&r, &x->reply, 404, "desk.problem.no_page", NULL);
	else
		route_answer(x->route, &r, guard_header(&x->head, STR("Content-Type")), buf_bytes(&x->body), &x->reply);
	if (x->reply.location.n < sizeof(x->location) && x->reply.location.n > 0)
		memcpy(x->location, x->reply.location.p, x->reply.location.n);
}

static void
answer(struct server *s, struct exchange *x)
{
	struct arena a;
	jmp_buf      full;
	int64_t      began = os_ticks_us();

	arena_init(&a, ARENA_B, arena_is_full, &full);
	if (setjmp(full) == 0) {
		make_answer(s, x, &a);
	} else {
		x->reply.status = 500;
		x->reply.wait = false;
		x->reply.type = NULL;
		buf_reset(&x->reply.body);
		buf_add(&x->reply.body, STR("page: too large to show\n"));
	}
	arena_free(&a);
	if (!x->reply.wait)
		os_log(LOG_LEVEL_INFO, "desk", "method=%s page=%s status=%u ms=%lld", x->head.method.p,
		    x->route != NULL ? x->route->path.p : "-", x->reply.status, (long long)(os_ticks_us() - began) / 1000);
	s->stop |= x->reply.ends_loop;
}

/* Answer what is ready; a page that waits is asked again until it is content or has waited long enough. */
static void
serve_open(struct server *s)
{
	struct exchange **at = &s->open;

	while (*at != NULL) {
		struct exchange *x = *at;

		answer(s, x);
		if (x->reply.wait && (x->since_us == 0 || os_ticks_us() - x->since_us < WAIT_MS * INT64_C(1000))) {
			x->state = WAITING;
			x->since_us = x->since_us == 0 ? os_ticks_us() : x->since_us;
			at = &x->next;
			continue;
		}
		*at = x->next;
		x->next = NULL;
		x->state = ANSWERED;
		MHD_resume_connection(x->connection);
	}
}

static int
patience_ms(const struct server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;
	int                    most = s->open != NULL ? AGAIN_MS : 60000;

	if (MHD_get_timeout(s->daemon, &ms) == MHD_YES && ms < (MHD_UNSIGNED_LONG_LONG)most)
		return (int)ms;
	return most;
}

static bool
has_ready(const struct server *s)
{
	for (const struct exchange *x = s->open; x != NULL; x = x->next)
		if (x->state == READY)
			return true;
	return false;
}

static void
loop(struct server *s)
{
	const union MHD_DaemonInfo *epoll = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd               fds[] = { { .fd = epoll->epoll_fd, .events = POLLIN },
		{ .fd = s->desk->signal_fd, .events = POLLIN } };
	int64_t                     asked_us = 0;

	for (;;) {
		struct signalfd_siginfo caught;

		if (poll(fds, 2, has_ready(s) ? 0 : patience_ms(s)) < 0 && errno != EINTR)
			return;
		if (read(s->desk->signal_fd, &caught, sizeof(caught)) == (ssize_t)sizeof(caught))
			return;
		MHD_run(s->daemon);
		if (has_ready(s) || os_ticks_us() - asked_us > AGAIN_MS * INT64_C(1000)) {
			serve_open(s);
			asked_us = os_ticks_us();
			MHD_run(s->daemon);
		}
		if (s->stop)
			return;
	}
}

/* What was answered goes out; who still waits is let go. */
static void
wind_down(struct server *s)
{
	for (struct exchange *x = s->open; x != NULL; x = s->open) {
		s->open = x->next;
		x->state = ANSWERED;
		x->reply.status = 503;
		MHD_resume_connection(x->connection);
	}
	for (int i = 0; i < 10; i++) {
		MHD_run(s->daemon);
		poll(NULL, 0, 10);
	}
	MHD_stop_daemon(s->daemon);
}

static void
block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

enum desk_end
desk_run(struct desk *d, struct store_link *link, struct desk_wish *ret, struct err *err)
{
	struct server s = { .desk = d };

	d->site.link = link;
	signal(SIGPIPE, SIG_IGN);
	block_signals();
	s.daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, exchange_on_request, &s,
	    MHD_OPTION_LISTEN_SOCKET, d->listen_fd,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_N,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 * KiB),
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_URI_LOG_CALLBACK, exchange_on_uri, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_on_completed, &s,
	    MHD_OPTION_NOTIFY_CONNECTION, exchange_on_connection, &s,
	    MHD_OPTION_END);
	if (s.daemon == NULL) {
		err_set(err, ERR_IO, "desk: the web server does not start: %s", strerror(errno));
		return DESK_FAILED;
	}
	d->listen_fd = -1;      /* MHD closes it */
	loop(&s);
	wind_down(&s);
	*ret = (struct desk_wish){ str_of(d->site.start_name), str_of(d->site.start_tagline) };
	return s.stop ? DESK_START : DESK_STOPPED;
}
