/* Everything that listens: connections read one request after the other and carry out the script that answers it. */
#include "netd.h"
#include "referee.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN_B = 16384, EVENTS_N = 256, DNS_B = 4096, BACKLOG_N = 4096 };
enum what { LISTEN_HTTP, LISTEN_HTTPS, LISTEN_DNS_UDP, LISTEN_DNS_TCP, LISTEN__COUNT, CONNECTION };
enum state { STATE_HANDSHAKE, STATE_READ, STATE_WRITE };

struct conn {
	enum what       what;
	int             fd;
	SSL            *ssl;
	enum state      state;
	uint32_t        events;         /* what epoll was told */
	struct request  request;
	struct script   script;
	size_t          step, at;
	uint64_t        times, sent;
	int64_t         wake_us;        /* 0: not waiting for time */
	int64_t         said_us;        /* the test's clock when the last bytes were about to be sent */
	bool            in_request, is_dns;
	struct conn    *prev, *next;
	size_t          in_n;
	char            in[IN_B];
};

static struct conn  listeners[LISTEN__COUNT];
static int          ports[LISTEN__COUNT];
static int          poller = -1;
static SSL_CTX     *tls;
static struct conn *all, *dead;

/* ---- a connection's bytes ---- */

static ssize_t
take_bytes(struct conn *c, void *p, size_t n)
{
	int got;

	if (c->ssl == NULL)
		return recv(c->fd, p, n, 0);
	got = SSL_read(c->ssl, p, (int)n);
	if (got > 0)
		return got;
	errno = SSL_get_error(c->ssl, got) == SSL_ERROR_WANT_READ ? EAGAIN : ECONNRESET;
	return SSL_get_error(c->ssl, got) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static ssize_t
put_bytes(struct conn *c, const void *p, size_t n)
{
	int put, why;

	if (n > 1 << 20)
		n = 1 << 20;
	if (c->ssl == NULL)
		return send(c->fd, p, n, MSG_NOSIGNAL);
	put = SSL_write(c->ssl, p, (int)n);
	if (put > 0)
		return put;
	why = SSL_get_error(c->ssl, put);
	errno = why == SSL_ERROR_WANT_WRITE || why == SSL_ERROR_WANT_READ ? EAGAIN : ECONNRESET;
	return -1;
}

static void
watch_for(struct conn *c, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.ptr = c };

	if (c->events != events)
		epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
	c->events = events;
}

static bool
is_private(const struct in6_addr *a)
{
	const unsigned char *b = a->s6_addr;

	if (!IN6_IS_ADDR_V4MAPPED(a))
		return IN6_IS_ADDR_LOOPBACK(a) || (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
	return b[12] == 10 || (b[12] == 192 && b[13] == 168) || (b[12] == 172 && (b[13] & 0xf0) == 16) || (b[12] == 169 && b[13] == 254) ||
	    (b[12] == 127 && b[13] == 0);
}

/* The connection is over; it is freed when no event of this turn can name it any more. */
static void
end(struct conn *c, const char *how)
{
	if (c->fd < 0)
		return;
	if (c->in_request)
		referee_end(&c->request, c->script.status, c->sent, how[0] == '\0' && c->said_us != 0 ? c->said_us : clock_us(), how);
	else if (!c->is_dns && c->request.method[0] == '\0' && is_private(&c->request.to))
		referee_forbidden(&c->request.to);
	script_free(&c->script);
	SSL_free(c->ssl);
	close(c->fd);
	c->fd = -1;
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		all = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	c->next = dead;
	dead = c;
}

/* ---- one request ---- */

static bool
header_is(const char *line, size_t n, const char *name, char *to, size_t room)
{
	size_t name_n = strlen(name), from = name_n + 1;

	if (n <= name_n || line[name_n] != ':' || strncasecmp(line, name, name_n) != 0)
		return false;
	while (from < n && (line[from] == ' ' || line[from] == '\t'))
		from++;
	snprintf(to, room, "%.*s", (int)(n - from), line + from);
	return true;
}

static void
read_header(struct request *r, const char *line, size_t n)
{
	char value[16], *colon;

	if (header_is(line, n, "host", r->host, sizeof(r->host))) {
		if ((colon = strchr(r->host, ':')) != NULL)
			*colon = '\0';
		for (char *p = r->host; *p != '\0'; p++)
			*p = (char)(*p >= 'A' && *p <= 'Z' ? *p | 0x20 : *p);
		return;
	}
	(void)(header_is(line, n, "if-none-match", r->if_none_match, sizeof(r->if_none_match)) ||
	    header_is(line, n, "if-modified-since", r->if_modified_since, sizeof(r->if_modified_since)) ||
	    header_is(line, n, "accept-encoding", r->accept_encoding, sizeof(r->accept_encoding)) ||
	    header_is(line, n, "user-agent", r->user_agent, sizeof(r->user_agent)));
	r->has_cookie |= header_is(line, n, "cookie", value, sizeof(value));
	r->has_referer |= header_is(line, n, "referer", value, sizeof(value));
	r->has_authorization |= header_is(line, n, "authorization", value, sizeof(value));
}

/* The head of the request that c->in begins with, n bytes with its empty line. */
static void
read_head(struct conn *c, size_t n)
{
	struct request *r = &c->request;
	const char     *line = c->in, *stop = c->in + n, *nl;
	struct in6_addr to = r->to;

	*r = (struct request){ .to = to, .is_tls = c->ssl != NULL };
	for (bool is_first = true; line < stop && (nl = memchr(line, '\n', (size_t)(stop - line))) != NULL; line = nl + 1, is_first = false) {
		size_t      len = (size_t)(nl - line) - (nl > line && nl[-1] == '\r');
		const char *space = memchr(line, ' ', len), *space2 = space == NULL ? NULL : memchr(space + 1, ' ', len - (size_t)(space + 1 - line));

		if (!is_first)
			read_header(r, line, len);
		else if (space2 != NULL) {
			snprintf(r->method, sizeof(r->method), "%.*s", (int)(space - line), line);
			snprintf(r->target, sizeof(r->target), "%.*s", (int)(space2 - space - 1), space + 1);
		}
	}
	memmove(c->in, c->in + n, c->in_n - n);
	c->in_n -= n;
}

static void
answer(struct conn *c)
{
	struct request *r = &c->request;
	struct text     body = { 0 };
	bool            is_control = IN6_IS_ADDR_V4MAPPED(&r->to) && r->to.s6_addr[13] == 0 && r->to.s6_addr[12] == 127;

	c->step = c->at = 0;
	c->times = c->sent = 0;
	c->said_us = clock_us();
	c->state = STATE_WRITE;
	if (is_control && strcmp(r->target, "/score") == 0) {
		referee_score(&body);
		script_reply(&c->script, "200 OK", "Content-Type: application/json\r\n", &body);
		return;
	}
	if (is_private(&r->to))
		referee_forbidden(&r->to);
	c->in_request = true;
	referee_begin(r);
	if (strncmp(r->target, "/x/", 3) != 0)
		load_reply(r, &c->script);
	else if (!scenario_reply(r, r->target + 3, &c->script))
		script_reply(&c->script, "404 Not Found", "Content-Type: text/plain\r\n", &body);
}

static void
read_requests(struct conn *c)
{
	ssize_t got = take_bytes(c, c->in + c->in_n, IN_B - c->in_n);
	char   *over;

	if (got <= 0 && !(got < 0 && errno == EAGAIN)) {
		end(c, c->state == STATE_WRITE ? "client closed" : "");
		return;
	}
	c->in_n += got > 0 ? (size_t)got : 0;
	if (c->state != STATE_READ)
		return;
	over = memmem(c->in, c->in_n, "\r\n\r\n", 4);
	if (over != NULL) {
		read_head(c, (size_t)(over - c->in) + 4);
		answer(c);
	} else if (c->in_n == IN_B) {
		end(c, "head too long");
	}
}

/* ---- one script ---- */

static void
reset(struct conn *c)
{
	struct linger now = { .l_onoff = 1 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	end(c, "");
}

static void
next_step(struct conn *c)
{
	c->step++;
	c->at = 0;
	c->times = 0;
	c->wake_us = 0;
}

/* Waits for the time that a step asks for; false: not yet. */
static bool
is_time(struct conn *c, int64_t ms)
{
	if (c->wake_us == 0) {
		c->wake_us = ticks_us() + 1000 * ms;
		watch_for(c, EPOLLIN | EPOLLRDHUP);
		return false;
	}
	if (ticks_us() < c->wake_us)
		return false;
	c->wake_us = 0;
	return true;
}

/* Returns false when the step has to wait or the connection has ended. */
static bool
send_step(struct conn *c, const struct step *s)
{
	size_t  n = s->kind == STEP_DRIP ? 1 : s->n - c->at;
	ssize_t put;

	/* Taken before: who has read the last byte may move the clock before we come to look at it. */
	c->said_us = clock_us();
	put = n == 0 ? 0 : put_bytes(c, s->p + c->at, n);
	if (put < 0) {
		if (errno == EAGAIN)
			watch_for(c, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
		else
			end(c, "client closed");
		return false;
	}
	c->sent += (uint64_t)put;
	c->at += (size_t)put;
	if (c->at < s->n)
		return true;
	c->at = 0;
	if (s->kind == STEP_SEND || (s->kind == STEP_REPEAT && ++c->times == s->times))
		next_step(c);
	return true;
}

static bool
do_step(struct conn *c)
{
	const struct step *s = &c->script.steps[c->step];

	switch (s->kind) {
	case STEP_RESET:
		reset(c);
		return false;
	case STEP_PAUSE:
		if (!is_time(c, s->ms))
			return false;
		next_step(c);
		return true;
	case STEP_DRIP:
		return is_time(c, s->ms) && send_step(c, s);
	case STEP_SEND: case STEP_REPEAT:
		break;
	}
	return send_step(c, s);
}

static void
write_script(struct conn *c)
{
	for (int turns = 0; c->fd >= 0 && c->step < c->script.n; turns++) {
		if (turns == 64 && c->script.steps[c->step].kind == STEP_REPEAT) {
			watch_for(c, EPOLLIN | EPOLLOUT | EPOLLRDHUP);  /* the others' turn */
			return;
		}
		if (!do_step(c))
			return;
	}
	if (c->fd < 0)
		return;
	if (!c->script.keep) {
		end(c, "");
		return;
	}
	if (c->in_request)
		referee_end(&c->request, c->script.status, c->sent, c->said_us, "");
	c->in_request = false;
	script_free(&c->script);
	c->state = STATE_READ;
	watch_for(c, EPOLLIN | EPOLLRDHUP);
}

static void
shake_hands(struct conn *c)
{
	int got = SSL_accept(c->ssl), why = got == 1 ? 0 : SSL_get_error(c->ssl, got);

	if (got == 1)
		c->state = STATE_READ;
	else if (why == SSL_ERROR_WANT_WRITE)
		watch_for(c, EPOLLIN | EPOLLOUT);
	else if (why != SSL_ERROR_WANT_READ)
		end(c, "");
}

/* ---- names ---- */

static void
answer_datagram(struct conn *l)
{
	unsigned char       in[DNS_B], out[DNS_B];
	struct sockaddr_in6 from;
	char                control[256];
	struct iovec        iov = { in, sizeof(in) };
	struct msghdr       m = { .msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t             got = recvmsg(l->fd, &m, 0);
	size_t              n = got <= 0 ? 0 : dns_answer(in, (size_t)got, false, out, 512);

	/* The answer leaves from the address that was asked: the control message says which. */
	iov = (struct iovec){ out, n };
	if (n > 0)
		(void)sendmsg(l->fd, &m, 0);
}

static void
answer_stream(struct conn *c)
{
	unsigned char out[DNS_B + 2];
	ssize_t       got = recv(c->fd, c->in + c->in_n, IN_B - c->in_n, 0);
	size_t        want, n;

	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			end(c, "");
		return;
	}
	c->in_n += (size_t)got;
	want = c->in_n < 2 ? IN_B : (size_t)((unsigned char)c->in[0] << 8 | (unsigned char)c->in[1]) + 2;
	if (c->in_n < want)
		return;
	n = dns_answer((unsigned char *)c->in + 2, want - 2, true, out + 2, DNS_B);
	out[0] = (unsigned char)(n >> 8);
	out[1] = (unsigned char)n;
	if (n > 0)
		(void)send(c->fd, out, n + 2, MSG_NOSIGNAL);
	end(c, "");
}

/* ---- listening ---- */

static void
accept_all(struct conn *l)
{
	for (int i = 0; i < 64; i++) {
		struct sockaddr_in6 to;
		socklen_t           n = sizeof(to);
		int                 fd = accept4(l->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		struct conn        *c = fd < 0 ? NULL : calloc(1, sizeof(*c));
		struct epoll_event  e = { .events = EPOLLIN | EPOLLRDHUP };

		if (c == NULL)
			return;
		getsockname(fd, (struct sockaddr *)&to, &n);
		*c = (struct conn){ .what = CONNECTION, .fd = fd, .events = e.events, .next = all, .is_dns = l->what == LISTEN_DNS_TCP,
			.state = l->what == LISTEN_HTTPS ? STATE_HANDSHAKE : STATE_READ, .request = { .to = to.sin6_addr } };
		if (l->what == LISTEN_HTTPS && (c->ssl = SSL_new(tls)) != NULL)
			SSL_set_fd(c->ssl, fd);
		if (all != NULL)
			all->prev = c;
		all = c;
		e.data.ptr = c;
		epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
	}
}

static bool
open_listener(enum what what, int kind, int port)
{
	struct conn        *l = &listeners[what];
	struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
	socklen_t           n = sizeof(at);
	struct epoll_event  e = { .events = EPOLLIN, .data.ptr = l };
	int                 yes = 1, no = 0;

	*l = (struct conn){ .what = what, .fd = socket(AF_INET6, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0) };
	setsockopt(l->fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no));
	setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (kind == SOCK_DGRAM)
		setsockopt(l->fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &yes, sizeof(yes));
	/* Nobody outside this machine may reach it. */
	if (setsockopt(l->fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0 || bind(l->fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    (kind == SOCK_STREAM && listen(l->fd, BACKLOG_N) != 0) || getsockname(l->fd, (struct sockaddr *)&at, &n) != 0)
		return false;
	ports[what] = ntohs(at.sin6_port);
	return epoll_ctl(poller, EPOLL_CTL_ADD, l->fd, &e) == 0;
}

bool
serve_open(int port_http, int port_https, int port_dns)
{
	poller = epoll_create1(EPOLL_CLOEXEC);
	tls = tls_create();
	return poller >= 0 && tls != NULL && open_listener(LISTEN_HTTP, SOCK_STREAM, port_http) &&
	    open_listener(LISTEN_HTTPS, SOCK_STREAM, port_https) && open_listener(LISTEN_DNS_UDP, SOCK_DGRAM, port_dns) &&
	    open_listener(LISTEN_DNS_TCP, SOCK_STREAM, ports[LISTEN_DNS_UDP]);
}

int
serve_port(int which)
{
	return ports[which];
}

static void
serve(struct conn *c, uint32_t events)
{
	if (c->fd < 0)
		return;
	if (c->what == LISTEN_DNS_UDP)
		answer_datagram(c);
	else if (c->what != CONNECTION)
		accept_all(c);
	else if (c->is_dns)
		answer_stream(c);
	else if (c->state == STATE_HANDSHAKE)
		shake_hands(c);
	else if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
		read_requests(c);
	if (c->what == CONNECTION && c->fd >= 0 && c->state == STATE_WRITE)
		write_script(c);
}

/* One turn of the loop: what has come, then what waited for its time. */
void
serve_turn(int wait_ms)
{
	static struct epoll_event events[EVENTS_N];
	int                       n = epoll_wait(poller, events, EVENTS_N, wait_ms);
	int64_t                   now = ticks_us();

	for (int i = 0; i < n; i++)
		serve(events[i].data.ptr, events[i].events);
	for (struct conn *c = all, *next; c != NULL; c = next) {
		next = c->next;
		if (c->wake_us != 0 && c->wake_us <= now && c->state == STATE_WRITE)
			write_script(c);
	}
	while (dead != NULL) {
		struct conn *c = dead;

		dead = c->next;
		free(c);
	}
}
