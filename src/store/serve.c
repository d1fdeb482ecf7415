#include "store/store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/file.h"
#include "os/log.h"

#define READ_STEP (256 * KiB)
#define SENTENCE_B 512

struct client {
	int        fd;
	bool       greeted, founder;
	unsigned   roles;
	struct buf in, out;
	size_t     sent;
};

struct server {
	struct store  store;
	struct client clients[LIMIT_CLIENTS_N];
	size_t        n;
	int           listener, lock;
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
	c->roles = (unsigned)hello.roles & ROLE_ALL;
	if (c->greeted)
		put_head(&c->out, ERR_OK, 0);
	else
		reply_failure(c, &err);
	arena_free(&a);
	return c->greeted;
}

static bool
answer(struct server *v, struct client *c, uint32_t verb, struct bytes body)
{
	struct buf reply = BUF_INIT(LIMIT_MESSAGE_B);
	struct err err = { 0 };

	if (!c->greeted)
		return verb == VERB_HELLO && greet(v, c, body);
	if (store_answer(&v->store, c->roles, verb, body, &reply, &err) == ERR_OK) {
		put_head(&c->out, ERR_OK, reply.n);
		buf_add(&c->out, buf_str(&reply));
	} else {
		reply_failure(c, &err);
	}
	buf_free(&reply);
	/* Who sends what is no message at all is not one of ours. */
	return verb < VERB__COUNT && !c->out.failed;
}

/* Whatever is whole in c->in; false: drop it. */
static bool
take_messages(struct server *v, struct client *c)
{
	bool good = true;

	while (good && c->out.n == 0 && c->in.n >= MESSAGE_HEAD_B) {
		uint64_t n = get_number(c->in.p + 4, 8);

		if (n > LIMIT_MESSAGE_B)
			return false;
		if (c->in.n - MESSAGE_HEAD_B < n)
			break;
		good = answer(v, c, (uint32_t)get_number(c->in.p, 4),
		    (struct bytes){ (const unsigned char *)c->in.p + MESSAGE_HEAD_B, (size_t)n });
		buf_drop_front(&c->in, MESSAGE_HEAD_B + (size_t)n);
		if (c->in.n == 0 && c->in.cap > MiB)
			buf_free(&c->in);
	}
	return good;
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
receive_some(struct server *v, struct client *c)
{
	char   *room = buf_room(&c->in, READ_STEP);
	ssize_t n = room != NULL ? recv(c->fd, room, READ_STEP, MSG_DONTWAIT) : 0;

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	c->in.n += (size_t)n;
	return take_messages(v, c);
}

static void
add_client(struct server *v, int fd, bool founder)
{
	struct client *c = &v->clients[v->n++];

	*c = (struct client){ .fd = fd, .founder = founder, .in = BUF_INIT(LIMIT_MESSAGE_B + MESSAGE_HEAD_B + READ_STEP),
		.out = BUF_INIT(LIMIT_MESSAGE_B + 2 * MESSAGE_HEAD_B + SENTENCE_B) };
}

static void
accept_client(struct server *v)
{
	int          fd = accept4(v->listener, NULL, NULL, SOCK_CLOEXEC);
	struct ucred who;
	socklen_t    n = sizeof(who);

	if (fd < 0)
		return;
	if (v->n == LIMIT_CLIENTS_N || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) != 0 || who.uid != geteuid()) {
		os_log(LOG_LEVEL_WARN, "store", "link refused clients=%zu", v->n);
		close(fd);
		return;
	}
	add_client(v, fd, false);
}

static void
serve_once(struct server *v)
{
	struct pollfd p[LIMIT_CLIENTS_N + 1];
	size_t        n = v->n;

	for (size_t i = 0; i < n; i++)
		p[i] = (struct pollfd){ v->clients[i].fd, v->clients[i].out.n > 0 ? POLLOUT : POLLIN, 0 };
	p[n] = (struct pollfd){ v->listener, POLLIN, 0 };
	if (poll(p, n + 1, -1) < 0)
		return;
	/* From the back: drop() moves the last one into the gap. */
	for (size_t i = n; i-- > 0;) {
		struct client *c = &v->clients[i];
		bool           good = true;

		if ((p[i].revents & POLLOUT) != 0)
			good = send_some(c) && take_messages(v, c);
		else if ((p[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
			good = receive_some(v, c);
		if (c->out.n > 0)
			good = send_some(c) && good;
		if (!good)
			drop(v, i);
	}
	if ((p[n].revents & POLLIN) != 0)
		accept_client(v);
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
