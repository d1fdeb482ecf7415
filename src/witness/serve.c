/*
 * Partners are answered here: HTTP by libmicrohttpd, one request at a time, nothing kept between two.
 *
 * All that comes is a stranger's: heads are read by libmicrohttpd under its own
 * ceilings, a body is capped and taken apart in the jail, the store looks at
 * the signatures.  The process may speak to the store with a partner's role only
 * and opens nothing (doc/processes.md).
 */
#include "witness/witness.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/log.h"
#include "witness/witness_private.h"

enum { CONNECTIONS_N = 32, IDLE_S = 15, BURST_N = 30, A_SECOND_N = 2, WAKE_MS = 500 };

struct server {
	const struct witness_room *room;
	double                     may;         /* readings that may be asked of the jail now */
	int64_t                    counted_us;  /* ticks */
};

struct request {
	struct buf body;
	bool       is_begun;
};

struct reply {
	unsigned    status;
	const char *type;
	bool        is_fixed;            /* it never changes: a full tile */
	struct buf  body;
};

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "witness", "out of memory");
	_exit(70);
}

static void
say(struct reply *r, unsigned status, const char *text)
{
	r->status = status;
	buf_addf(&r->body, "%s\n", text);
}

/* A child for each body costs; strangers do not get as many as they like. */
static bool
may_read(struct server *s)
{
	int64_t now = os_ticks_us();

	s->may += (double)(now - s->counted_us) / US_PER_S * A_SECOND_N;
	s->may = s->may > BURST_N ? BURST_N : s->may;
	s->counted_us = now;
	if (s->may < 1)
		return false;
	s->may -= 1;
	return true;
}

/* ── what is answered ─────────────────────────────────────────────────── */

static void
add_checkpoint(struct server *s, struct arena *a, struct str text, struct reply *r)
{
	struct store_cosign_ask  ask = { 0 };
	struct store_cosign_done done;
	struct err               err;

	if (witness_read_request(s->room->jail, a, text, &ask, &err) != ERR_OK) {
		say(r, err.code == ERR_IO ? 503 : 400, err.text);
		return;
	}
	if (store_cosign(s->room->link, a, &ask, &done, &err) != ERR_OK) {
		say(r, err.code == ERR_FORMAT ? 400 : 500, err.text);
		return;
	}
	r->status = (unsigned)done.status;
	if (done.status == 200)
		buf_add(&r->body, done.line);
	else if (done.status == 409)
		buf_addf(&r->body, "%" PRId64 "\n", done.size), r->type = "text/x.tlog.size";
	else
		buf_add(&r->body, done.status == 404 ? STR("not a log that is cosigned here\n") : done.status == 403 ?
		    STR("no key of this log that is known here has signed it\n") : STR("it does not go on from what was cosigned\n"));
}

static void
take_seen(struct server *s, struct arena *a, struct str text, struct reply *r)
{
	struct store_seen_message message = { 0 };
	struct store_seen_taken   taken;
	struct err                err;

	if (witness_read_seen(s->room->jail, a, text, &message, &err) != ERR_OK || message.is_answer) {
		say(r, 400, "not a list that is answered");
		return;
	}
	if (store_seen_take(s->room->link, a, &message, &taken, &err) != ERR_OK) {
		say(r, err.code == ERR_DENIED ? 403 : err.code == ERR_FORMAT ? 400 : 500, err.text);
		return;
	}
	r->status = 200;
	buf_add(&r->body, taken.answer);
}

/* The log's own files, for who follows it. */
static void
send_file(struct server *s, struct arena *a, struct str path, struct reply *r)
{
	struct store_file_bytes file;
	struct err              err;

	if (store_ledger_file(s->room->link, a, &(struct store_file_ask){ str_sub(path, 0, 127) }, &file, &err) != ERR_OK) {
		say(r, 404, "no such file");
		return;
	}
	r->status = 200;
	r->type = str_starts(path, STR("tile/")) ? "application/octet-stream" : "text/plain; charset=utf-8";
	r->is_fixed = str_starts(path, STR("tile/"));
	buf_add_bytes(&r->body, file.bytes);
}

static void
answer(struct server *s, const char *method, struct str path, struct str body, struct reply *r)
{
	bool         is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
	struct arena a;

	arena_init(&a, 4 * LIMIT_TILE_FILE_B + 2 * LIMIT_ANSWER_B, full, NULL);
	if (is_get)
		send_file(s, &a, str_sub(path, 1, path.n), r);
	else if (!may_read(s))
		say(r, 429, "too much at a time; try again in a minute");
	else if (str_eq(path, STR("/add-checkpoint")))
		add_checkpoint(s, &a, body, r);
	else if (str_eq(path, STR("/seen")))
		take_seen(s, &a, body, r);
	else
		say(r, 404, "nothing is answered there");
	arena_free(&a);
}

/* ── HTTP ─────────────────────────────────────────────────────────────── */

static enum MHD_Result
send_reply(struct MHD_Connection *c, struct reply *r)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(r->body.n, r->body.p, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result      sent = MHD_NO;

	if (response != NULL) {
		MHD_add_response_header(response, "Content-Type", r->type != NULL ? r->type : "text/plain; charset=utf-8");
		MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
		MHD_add_response_header(response, "Cache-Control", r->is_fixed ? "public, max-age=31536000, immutable" : "no-store");
		sent = MHD_queue_response(c, r->status, response);
		MHD_destroy_response(response);
	}
	buf_free(&r->body);
	return sent;
}

static enum MHD_Result
refuse(struct MHD_Connection *c, unsigned status, const char *why)
{
	struct reply r = { .body = BUF_INIT(KiB) };

	say(&r, status, why);
	return send_reply(c, &r);
}

static enum MHD_Result
begin(struct MHD_Connection *c, const char *url, const char *method, struct request *q)
{
	bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;

	q->is_begun = true;
	if (!is_get && strcmp(method, MHD_HTTP_METHOD_POST) != 0)
		return refuse(c, 405, "GET and POST are answered");
	if (url[0] != '/' || strlen(url) > 200)
		return refuse(c, 404, "nothing is answered there");
	return MHD_YES;
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *part,
	size_t *part_n, void **context)
{
	struct server  *s = arg;
	struct request *q = *context;
	struct reply    r = { .body = BUF_INIT(LIMIT_TILE_FILE_B) };
	struct str      shown = str_of(url);

	(void)version;
	if (q == NULL)
		return MHD_NO;
	if (!q->is_begun)
		return begin(c, url, method, q);
	if (*part_n > 0) {
		buf_add(&q->body, (struct str){ part, *part_n });
		*part_n = 0;
		return MHD_YES;
	}
	if (q->body.failed)
		return refuse(c, 413, "more than is read here");
	answer(s, method, shown, buf_str(&q->body), &r);
	os_log(LOG_LEVEL_INFO, "witness", "method=%s status=%u", strcmp(method, "POST") == 0 ? "POST" : "GET", r.status);
	return send_reply(c, &r);
}

static void *
on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct request *q = calloc(1, sizeof(*q));

	(void)arg, (void)uri, (void)c;
	if (q != NULL)
		q->body.limit = PARTNER_TEXT_B;
	return q;
}

static void
on_completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
	struct request *q = *context;

	(void)arg, (void)c, (void)how;
	if (q != NULL)
		buf_free(&q->body);
	free(q);
	*context = NULL;
}

enum err_code
witness_serve(int fd, const struct witness_room *room, const volatile sig_atomic_t *stop, struct err *err)
{
	struct server               s = { .room = room, .may = BURST_N, .counted_us = os_ticks_us() };
	const union MHD_DaemonInfo *epoll;
	struct MHD_Daemon          *d;

	signal(SIGPIPE, SIG_IGN);
	d = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_request, &s, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_N, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 * KiB), MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
	if (d == NULL || (epoll = MHD_get_daemon_info(d, MHD_DAEMON_INFO_EPOLL_FD)) == NULL)
		return err_set(err, ERR_IO, "witness: the server does not start: %s", strerror(errno));
	while (!*stop && getppid() != 1) {
		struct pollfd          p = { .fd = epoll->epoll_fd, .events = POLLIN };
		MHD_UNSIGNED_LONG_LONG ms = WAKE_MS;

		if (MHD_get_timeout(d, &ms) != MHD_YES || ms > WAKE_MS)
			ms = WAKE_MS;
		(void)poll(&p, 1, (int)ms);         /* whatever woke us, MHD looks */
		MHD_run(d);
	}
	MHD_stop_daemon(d);
	return ERR_OK;
}

enum err_code
witness_listen(struct str at, int *ret_fd, int *ret_port, struct err *err)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	socklen_t          size = sizeof(to);
	struct str         host;
	char               name[64];
	int64_t            port = 0;
	int                fd, one = 1;

	host = str_sub(at, 0, str_find_char(at, ':') == STR_NONE ? at.n : str_find_char(at, ':'));
	if (host.n >= sizeof(name) || host.n == at.n || !str_to_i64(str_sub(at, host.n + 1, at.n), 0, 65535, &port))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not an address and a port such as 127.0.0.1:8190; nobody is answered there",
		    STR_ARG(str_sub(at, 0, 80)));
	snprintf(name, sizeof(name), "%" STR_FMT, STR_ARG(host));
	if (inet_pton(AF_INET, name, &to.sin_addr) != 1)
		return err_set(err, ERR_FORMAT, "%s: not an address in numbers such as 127.0.0.1; nobody is answered there", name);
	to.sin_port = htons((uint16_t)port);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) != 0 || listen(fd, CONNECTIONS_N) != 0 ||
	    getsockname(fd, (struct sockaddr *)&to, &size) != 0) {
		(void)err_set(err, errno == EADDRINUSE ? ERR_EXISTS : ERR_IO, "partners cannot be answered at %s, port %d: %s", name, (int)port,
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		return err->code;
	}
	*ret_fd = fd;
	*ret_port = ntohs(to.sin_port);
	return ERR_OK;
}
