/*
 * The life of a request: MHD reads its head (first call of on_request), then
 * its body piece by piece, then we suspend the connection and put the exchange
 * on a list.  The loop takes it from there, outside MHD, makes the answer and
 * resumes the connection; MHD calls on_request once more and gets it.
 */
#include "desk/process.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/limits.h"
#include "desk/guard.h"
#include "desk/routes.h"
#include "desk/view.h"
#include "os/clock.h"
#include "os/log.h"

#define CONNECTIONS_N 64
#define IDLE_S        30            /* a connection without a byte for this long is closed */
#define WAIT_MS       3000          /* a page that waits for a job waits no longer */
#define AGAIN_MS      150           /* and asks this often */
#define ARENA_B       (160 * MiB)   /* one request: an article of the largest size, twice */
#define DRAIN_B       (8 * LIMIT_REQUEST_B)   /* a file too large is read to its end up to here, so that the browser shows why */

enum exchange_state { READING, READY, WAITING, ANSWERED };

struct exchange {
	struct exchange       *next;
	struct MHD_Connection *connection;
	enum exchange_state    state;
	char                  *uri;           /* as received */
	struct guard_head      head;          /* views into MHD's memory, valid as long as the connection is ours */
	struct guard_answer    refused;       /* status 0: not */
	const struct route    *route;
	struct str             path, query, arg;
	struct buf             body;
	size_t                 drained;
	int64_t                since_us;      /* waiting since; 0: not yet */
	struct reply           reply;
	char                   set_cookie[64];
	char                   location[LIMIT_URL_B];
};

struct server {
	struct desk       *desk;
	struct MHD_Daemon *daemon;
	struct exchange   *open;              /* READY or WAITING, connection suspended */
	bool               stop;
};

/* ── whose connection ── */

static bool
is_same_user(const struct desk *d, int from_port)
{
	struct buf text = BUF_INIT(4 * MiB);
	ssize_t    got;
	char      *room;
	bool       same;

	if (d->tcp_fd < 0)
		return true;
	if (lseek(d->tcp_fd, 0, SEEK_SET) != 0)
		return false;
	while ((room = buf_room(&text, 16 * KiB)) != NULL && (got = read(d->tcp_fd, room, 16 * KiB)) > 0)
		text.n += (size_t)got;
	same = guard_owner_is(buf_str(&text), from_port, d->port, d->uid);
	buf_free(&text);
	return same;
}

/* Asked once a connection; the answer stays with it (NULL: somebody else's). */
static void
on_connection(void *arg, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct server                  *s = arg;
	const union MHD_ConnectionInfo *at;
	struct sockaddr_in              from;

	if (what != MHD_CONNECTION_NOTIFY_STARTED)
		return;
	at = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (at == NULL || at->client_addr == NULL || at->client_addr->sa_family != AF_INET)
		return;
	memcpy(&from, at->client_addr, sizeof(from));
	*socket_context = is_same_user(s->desk, ntohs(from.sin_port)) ? s : NULL;
}

/* ── reading a request ── */

static void *
on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct exchange *x = calloc(1, sizeof(*x));

	(void)arg;
	if (x == NULL)
		return NULL;
	x->connection = c;
	x->uri = strdup(uri);
	x->body.limit = LIMIT_REQUEST_B;
	x->reply.body.limit = LIMIT_PAGE_B;
	return x;
}

static enum MHD_Result
on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value, size_t value_n)
{
	struct guard_head *h = arg;

	(void)kind;
	if (h->headers_n == GUARD_HEADERS_N) {
		h->too_many = true;
		return MHD_NO;
	}
	h->headers[h->headers_n++] = (struct guard_header){ { name, name_n }, { value, value_n } };
	return MHD_YES;
}

static void
read_head(struct exchange *x, const char *method)
{
	const union MHD_ConnectionInfo *mine = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct str                      uri = str_of(x->uri);
	size_t                          mark = str_find_char(uri, '?');

	x->path = str_sub(uri, 0, mark);
	x->query = mark != STR_NONE ? str_sub(uri, mark + 1, uri.n) : STR("");
	x->head.method = str_of(method);
	x->head.path = x->path;
	x->head.same_user = mine != NULL && mine->socket_context != NULL;
	MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, on_header, &x->head);
}

/* A length that is known from the head need not be read to be refused. */
static struct guard_answer
check_size(const struct exchange *x)
{
	int64_t length = 0;

	if (x->route != NULL && guard_length(&x->head, &length) && length > (int64_t)DRAIN_B)
		return (struct guard_answer){ 413, "desk.guard.size", true };
	return (struct guard_answer){ 0 };
}

static void
first_look(struct server *s, struct exchange *x, const char *method)
{
	bool other;

	read_head(x, method);
	x->refused = guard_check(&x->head, s->desk->port);
	if (x->refused.status != 0)
		return;
	x->route = route_find(str_eq(x->head.method, STR("POST")) ? POST : GET, x->path, &x->arg, &other);
	if (x->route == NULL && other)
		x->refused = (struct guard_answer){ 405, "desk.guard.method", true };
	else if (x->route == NULL && str_eq(x->head.method, STR("POST")))
		x->refused = (struct guard_answer){ 404, "desk.problem.no_page", true };
	else
		x->refused = check_size(x);
	if (x->route != NULL && x->route->method == POST)
		x->body.limit = x->route->body_max;
}

/* ── the answer goes out ── */

static void
add_headers(struct MHD_Response *response, const struct exchange *x)
{
	static const char *const always[][2] = {
		{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		    "frame-ancestors 'none'; base-uri 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		MHD_add_response_header(response, always[i][0], always[i][1]);
	MHD_add_response_header(response, "Content-Type", x->reply.type != NULL ? x->reply.type : "text/plain; charset=utf-8");
	MHD_add_response_header(response, "Cache-Control",
	    x->reply.cacheable ? "private, max-age=31536000, immutable" : "no-store");
	if (x->location[0] != '\0')
		MHD_add_response_header(response, "Location", x->location);
	if (x->set_cookie[0] != '\0')
		MHD_add_response_header(response, "Set-Cookie", x->set_cookie);
	if (x->reply.status == 405)
		MHD_add_response_header(response, "Allow", "GET, HEAD, POST");
	if (x->refused.close)
		MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result
send_answer(struct exchange *x)
{
	struct MHD_Response *response;
	enum MHD_Result      sent;

	response = MHD_create_response_from_buffer(x->reply.body.n, x->reply.body.p, MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	add_headers(response, x);
	sent = MHD_queue_response(x->connection, x->reply.status, response);
	MHD_destroy_response(response);
	return sent;
}

/* No template, no store: what was refused gets one sentence and no more of our time. */
static enum MHD_Result
send_refusal(struct exchange *x)
{
	struct str      accept = guard_header(&x->head, STR("Accept-Language"));
	enum words_lang lang = td_words_choose(accept, (1u << WORDS_LANG__COUNT) - 1);

	os_log(LOG_LEVEL_WARN, "desk", "refused=%u why=%s", x->refused.status, x->refused.words);
	x->reply.status = x->refused.status;
	buf_reset(&x->reply.body);
	buf_add(&x->reply.body, td_words(lang, str_of(x->refused.words)));
	buf_add_char(&x->reply.body, '\n');
	return send_answer(x);
}

static enum MHD_Result
take_body(struct exchange *x, const char *part, size_t *n)
{
	x->drained += *n;
	if (x->drained > DRAIN_B)
		return MHD_NO;
	buf_add(&x->body, (struct str){ part, *n });
	*n = 0;
	return MHD_YES;
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *part, size_t *part_n, void **context)
{
	struct server   *s = arg;
	struct exchange *x = *context;

	(void)url, (void)version;
	if (x == NULL || x->uri == NULL)
		return MHD_NO;
	if (x->state == ANSWERED)
		return send_answer(x);
	if (x->head.method.p == NULL) {
		first_look(s, x, method);
		return x->refused.status != 0 ? send_refusal(x) : MHD_YES;
	}
	if (*part_n > 0)
		return take_body(x, part, part_n);
	if (x->body.failed) {
		x->refused = (struct guard_answer){ 413, "desk.guard.size", true };
		return send_refusal(x);
	}
	x->state = READY;
	x->next = s->open;
	s->open = x;
	MHD_suspend_connection(c);
	return MHD_YES;
}

static void
on_completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
	struct server   *s = arg;
	struct exchange *x = *context;

	(void)c, (void)how;
	if (x == NULL)
		return;
	for (struct exchange **at = &s->open; *at != NULL; at = &(*at)->next)
		if (*at == x) {
			*at = x->next;
			break;
		}
	buf_free(&x->body);
	buf_free(&x->reply.body);
	free(x->uri);
	free(x);
	*context = NULL;
}

/* ── making the answer, outside MHD ── */

static void
arena_is_full(void *arg)
{
	longjmp(*(jmp_buf *)arg, 1);
}

/* ?lang= wins, then the cookie, then what the browser prefers, among the desk's languages. */
static void
choose_language(struct request *r, const struct exchange *x)
{
	struct str cookies = guard_header(&x->head, STR("Cookie")), one, query = x->query;
	unsigned   offered = (1u << WORDS_LANG__COUNT) - 1;

	r->lang = td_words_choose(guard_header(&x->head, STR("Accept-Language")), offered);
	while (str_cut(&cookies, ';', &one))
		if (str_starts(str_trim(one), STR("lang=")))
			(void)td_words_lang(str_sub(str_trim(one), 5, one.n), &r->lang);   /* an unknown one changes nothing */
	while (str_cut(&query, '&', &one))
		if (str_starts(one, STR("lang=")) && td_words_lang(str_sub(one, 5, one.n), &r->lang))
			r->lang_chosen = true;
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

/* ── the loop ── */

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

enum desk_end
desk_run(struct desk *d, struct store_link *link, struct desk_wish *ret, struct err *err)
{
	struct server s = { .desk = d };

	d->site.link = link;
	signal(SIGPIPE, SIG_IGN);
	s.daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, &s,
	    MHD_OPTION_LISTEN_SOCKET, d->listen_fd,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_N,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 * KiB),
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, &s,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, &s,
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
