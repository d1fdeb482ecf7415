#include "store/store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"

#define READ_STEP (256 * KiB)
#define SENTENCE_B 512
#define GATHER_US 5000          /* at most so long those who came together before are waited for */

struct client {
	int        fd;
	bool       greeted, founder;
	bool       is_gone;             /* went away, or talks nonsense: dropped at the end of the round */
	unsigned   roles;
	struct buf in, out;
	size_t     sent;
};

struct server {
	struct store  store;
	struct client clients[LIMIT_CLIENTS_N];
	size_t        n;
	int           listener, lock;
	size_t        together;          /* so many questions were answered in the last transaction, */
	int64_t       took_us;           /* and so long it took */
	enum link_mode mode;
	char          sock[PATH_MAX + 16];
};

static void
put_head(struct buf *out, uint32_t code, uint64_t n)
{
	for (int i = 0; i < 4; i++)
		buf_add_char(out, (char)(code >> 8 * i));
	for (int i = 0; i < 8; i++)
		buf_add_char(out, (char)(n >> 8 * i));
}

static uint64_t
get_number(const char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return v;
}

static void
drop(struct server *v, size_t i)
{
	struct client *c = &v->clients[i];

	/* One byte says that we live on; link_close() waits for our end else. */
	if (v->n > 1)
		(void)!send(c->fd, "+", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	/* The last one's end is our own: its other side sees it when everything is closed. */
	if (v->n > 1)
		close(c->fd);
	buf_free(&c->in);
	buf_free(&c->out);
	v->clients[i] = v->clients[--v->n];
}

static void
reply_failure(struct client *c, const struct err *err)
{
	put_head(&c->out, (uint32_t)err->code, strlen(err->text));
	buf_add(&c->out, str_of(err->text));
}

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory; ended, what was acknowledged is on disk");
	_exit(70);
}

/* false: nonsense, or a client of another build; it hears why and is dropped. */
static bool
greet(struct server *v, struct client *c, struct bytes body)
{
	struct arena       a;
	struct store_hello hello;
	struct err         err = { 0 };
	char               build[64];

	arena_init(&a, MiB, full, NULL);
	if (td_wire_get(&a, &store_hello_desc, body, &hello, &err) != ERR_OK)
		;
	else if (!str_eq(hello.build, store_build(build)))
		err_set(&err, ERR_BUSY, "the desk is in use by another version of tidings; close that one first");
	else if (hello.mode == LINK_SERVE && !c->founder)
		err_set(&err, ERR_BUSY, v->mode == LINK_SERVE ? "the desk is already served by another tidings" :
		    "the desk is in use by another command; try again when it has ended");
	else if (hello.mode != LINK_READ && v->store.read_only)
		err_set(&err, ERR_DENIED, "the desk is open for reading only");
	c->greeted = err.code == ERR_OK;
	c->roles = (unsigned)hello.roles & (ROLE_ALL | ROLE_PARTNER);
	if (c->greeted)
		put_head(&c->out, ERR_OK, 0);
	else
		reply_failure(c, &err);
	arena_free(&a);
	return c->greeted;
}

static bool
has_message(const struct client *c)
{
	return !c->is_gone && c->out.n == 0 && c->in.n >= MESSAGE_HEAD_B && c->in.n - MESSAGE_HEAD_B >= get_number(c->in.p + 4, 8);
}

static struct question
question_of(const struct client *c)
{
	return (struct question){ .roles = c->roles, .verb = (uint32_t)get_number(c->in.p, 4), .reply = BUF_INIT(LIMIT_MESSAGE_B),
		.ask = { (const unsigned char *)c->in.p + MESSAGE_HEAD_B, (size_t)get_number(c->in.p + 4, 8) } };
}

static void
drop_message(struct client *c)
{
	buf_drop_front(&c->in, MESSAGE_HEAD_B + (size_t)get_number(c->in.p + 4, 8));
	if (c->in.n == 0 && c->in.cap > MiB)
		buf_free(&c->in);
}

static void
reply_to(struct client *c, struct question *q)
{
	if (q->err.code == ERR_OK) {
		put_head(&c->out, ERR_OK, q->reply.n);
		buf_add(&c->out, buf_str(&q->reply));
	} else {
		reply_failure(c, &q->err);
	}
	buf_free(&q->reply);
	/* Who sends what is no message at all is not one of ours. */
	c->is_gone |= q->verb >= VERB__COUNT || c->out.failed;
}

/* What is whole by now, one question of each client, in one go; false: there was none. */
static bool
answer_some(struct server *v)
{
	struct question asked[LIMIT_CLIENTS_N];
	struct client  *by[LIMIT_CLIENTS_N];
	size_t          n = 0;
	int64_t         from;

	for (size_t i = 0; i < v->n; i++) {
		struct client *c = &v->clients[i];

		if (!has_message(c))
			continue;
		asked[n] = question_of(c);
		if (c->greeted) {
			by[n++] = c;
			continue;
		}
		c->is_gone = asked[n].verb != VERB_HELLO || !greet(v, c, asked[n].ask);
		drop_message(c);
	}
	from = os_ticks_us();
	if (n > 0)
		store_answer(&v->store, asked, n);
	v->together = n > 0 ? n : v->together;
	v->took_us = n > 0 ? os_ticks_us() - from : v->took_us;
	for (size_t i = 0; i < n; i++) {
		reply_to(by[i], &asked[i]);
		drop_message(by[i]);
	}
	return n > 0;
}

static bool
send_some(struct client *c)
{
	while (c->sent < c->out.n) {
		ssize_t n = send(c->fd, c->out.p + c->sent, c->out.n - c->sent, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		c->sent += (size_t)n;
	}
	c->sent = 0;
	if (c->out.cap > MiB)
		buf_free(&c->out);
	buf_reset(&c->out);
	return true;
}

/* Read once, so that nobody can keep the others waiting; false: the client is gone or talks nonsense. */
static bool
receive_some(struct client *c)
{
	char   *room = buf_room(&c->in, READ_STEP);
	ssize_t n = room != NULL ? recv(c->fd, room, READ_STEP, MSG_DONTWAIT) : 0;

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	c->in.n += (size_t)n;
	return c->in.n < MESSAGE_HEAD_B || get_number(c->in.p + 4, 8) <= LIMIT_MESSAGE_B;
}

static void
add_client(struct server *v, int fd, bool founder)
{
	struct client *c = &v->clients[v->n++];

	*c = (struct client){ .fd = fd, .founder = founder, .in = BUF_INIT(LIMIT_MESSAGE_B + MESSAGE_HEAD_B + READ_STEP),
		.out = BUF_INIT(LIMIT_MESSAGE_B + 2 * MESSAGE_HEAD_B + SENTENCE_B) };
}

/* One that knocks; false: nobody does. */
static bool
accept_client(struct server *v)
{
	int          fd = accept4(v->listener, NULL, NULL, SOCK_CLOEXEC);
	struct ucred who;
	socklen_t    n = sizeof(who);

	if (fd < 0)
		return false;
	if (v->n == LIMIT_CLIENTS_N || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) != 0 || who.uid != geteuid()) {
		os_log(LOG_LEVEL_WARN, "store", "link refused clients=%zu", v->n);
		close(fd);
		return true;
	}
	add_client(v, fd, false);
	return true;
}

/* Waits for somebody, for at most us microseconds (-1: for ever), and takes what came; false: nobody.  *ret_knocks: a new client. */
static bool
receive(struct server *v, int64_t us, bool *ret_knocks)
{
	struct pollfd   p[LIMIT_CLIENTS_N + 1];
	struct timespec wait = { us / US_PER_S, us % US_PER_S * 1000 };
	size_t          n = v->n;

	for (size_t i = 0; i < n; i++)
		p[i] = (struct pollfd){ v->clients[i].is_gone ? -1 : v->clients[i].fd, v->clients[i].out.n > 0 ? POLLOUT : POLLIN, 0 };
	p[n] = (struct pollfd){ v->listener, POLLIN, 0 };
	if (ppoll(p, n + 1, us < 0 ? NULL : &wait, NULL) <= 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct client *c = &v->clients[i];

		if ((p[i].revents & POLLOUT) != 0)
			c->is_gone |= !send_some(c);
		else if ((p[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
			c->is_gone |= !receive_some(c);
	}
	*ret_knocks = (p[n].revents & POLLIN) != 0;
	return true;
}

static size_t
count_messages(const struct server *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += has_message(&v->clients[i]);
	return n;
}

/*
 * Those whose questions shared the last transaction are on their way back with the next ones.  Without this wait the first few of them
 * would have a transaction, and two syncs of the disk, for themselves, and the rest would stand behind it.  It is a quarter of what
 * the last one took at most, so who comes alone after a crowd waits once, and a crowd loses less than it gains.
 */
static void
gather(struct server *v, bool *ret_knocks)
{
	int64_t until = os_ticks_us() + (v->took_us / 4 < GATHER_US ? v->took_us / 4 : GATHER_US), rest;
	size_t  n;

	while (!*ret_knocks && (n = count_messages(v)) > 0 && n < v->together && (rest = until - os_ticks_us()) > 0)
		if (!receive(v, rest, ret_knocks))
			return;
}

static void
serve_once(struct server *v)
{
	bool knocks = false;

	if (!receive(v, -1, &knocks))
		return;
	gather(v, &knocks);
	while (answer_some(v))
		for (size_t i = 0; i < v->n; i++)
			if (v->clients[i].out.n > 0)
				v->clients[i].is_gone |= !send_some(&v->clients[i]);
	/* What a greeting or a refusal says goes out too.  From the back: drop() moves the last one into the gap. */
	for (size_t i = v->n; i-- > 0;) {
		if (v->clients[i].out.n > 0)
			v->clients[i].is_gone |= !send_some(&v->clients[i]);
		if (v->clients[i].is_gone)
			drop(v, i);
	}
	for (int i = 0; knocks && i < LIMIT_CLIENTS_N && accept_client(v); i++)
		;
}

/* run/sock, by way of the open folder: a socket's path may be 107 bytes, a desk's longer. */
static int
listen_at(const char *dir)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char               run[PATH_MAX + 64];
	int                folder, fd;

	snprintf(run, sizeof(run), "%s/run", dir);
	folder = open(run, O_PATH | O_DIRECTORY | O_CLOEXEC);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	snprintf(at.sun_path, sizeof(at.sun_path), "/proc/self/fd/%d/sock", folder);
	(void)unlink(at.sun_path);      /* of an owner that was killed */
	if (folder >= 0 && fd >= 0 && (bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 16) != 0)) {
		close(fd);
		fd = -1;
	}
	if (folder >= 0)
		close(folder);
	return fd;
}

static void
say_failure(int fd, const struct err *err)
{
	struct client c = { .fd = fd, .out = BUF_INIT(MiB) };

	reply_failure(&c, err);
	(void)send_some(&c);
	buf_free(&c.out);
}

static enum err_code
take_desk(struct server *v, struct str dir, struct err *err)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%" STR_FMT "/run/lock", STR_ARG(dir));
	if (os_lock_file(str_of(path), &v->lock, err) != ERR_OK && !(v->mode == LINK_READ && err->code != ERR_BUSY))
		return err->code;
	if (store_open(&v->store, dir, v->mode, err) != ERR_OK)
		return err->code;
	if (v->lock >= 0) {
		snprintf(v->sock, sizeof(v->sock), "%" STR_FMT, STR_ARG(dir));
		v->listener = listen_at(v->sock);
		snprintf(v->sock, sizeof(v->sock), "%" STR_FMT "/run/sock", STR_ARG(dir));
	}
	return ERR_OK;
}

int
store_serve(struct str dir, enum link_mode mode, int fd)
{
	struct server *v = calloc(1, sizeof(*v));
	struct err     err = { 0 };

	if (v == NULL)
		return 70;
	/* Ctrl-C is for the command; we end when its link does. */
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);       /* a limit on file sizes is a full disk: an error, not a death */
	v->mode = mode;
	v->listener = v->lock = -1;
	if (take_desk(v, dir, &err) != ERR_OK) {
		say_failure(fd, &err);
		free(v);
		return 1;
	}
	add_client(v, fd, true);
	while (v->n > 0 && !v->store.db.is_uncertain)
		serve_once(v);
	if (v->listener >= 0)
		(void)unlink(v->sock);
	store_close(&v->store);
	free(v);
	return 0;
}
