#include "store/link.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/desc.h"
#include "store/store_private.h"

#include "base/limits.h"
#include "os/clock.h"

#define JOIN_US  (5 * US_PER_S)         /* this long we try to join an owner that is just starting or ending */
#define NAP_MS   20

struct store_link {
	int   fd;
	pid_t owner;            /* the store that we started, else 0 */
	char  dir[PATH_MAX];
};

static const struct wire_field hello_fields[] = {
	WIRE(struct store_hello, I64, mode, 0),
	WIRE(struct store_hello, I64, roles, 0),
	WIRE(struct store_hello, STR, build, 64),
};
const struct wire_desc store_hello_desc = WIRE_DESC(struct store_hello, hello_fields);

const struct store_verb_row store_verb_table[VERB__COUNT] = {
#define X(verb, ask, reply, roles) [VERB_##verb] = { #verb, roles, &store_##ask##_desc, &store_##reply##_desc },
	STORE_VERBS(X)
#undef X
};

static uint64_t
hash_desc(uint64_t h, const struct wire_desc *d)
{
	for (size_t i = 0; i < d->n; i++) {
		h = (h ^ (uint64_t)d->fields[i].type ^ d->fields[i].max << 8) * UINT64_C(0x100000001b3);
		if (d->fields[i].of != NULL)
			h = hash_desc(h, d->fields[i].of);
	}
	return h;
}

struct str
store_build(char out[64])
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (int i = 0; i < VERB__COUNT; i++)
		h = hash_desc(hash_desc(h ^ store_verb_table[i].roles, store_verb_table[i].ask), store_verb_table[i].reply);
	snprintf(out, 64, "%s %016llx", TIDINGS_VERSION, (unsigned long long)h);
	return str_of(out);
}

/* ── messages ─────────────────────────────────────────────────────────── */

static bool
send_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static bool
receive_all(int fd, char *p, size_t n)
{
	while (n > 0) {
		ssize_t got = recv(fd, p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static void
put_number(char *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++)
		p[i] = (char)(v >> 8 * i);
}

static uint64_t
get_number(const char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return v;
}

static enum err_code
lost(struct err *err)
{
	return err_set(err, ERR_IO, "the store ended before it answered; what it had acknowledged is on disk, "
	    "whether this was is not known");
}

/* One question, one answer.  *ret lies in the arena; it is the sentence when the code is not ERR_OK. */
static enum err_code
exchange(int fd, struct arena *a, uint32_t verb, struct str ask, struct bytes *ret, struct err *err)
{
	char     head[MESSAGE_HEAD_B];
	uint64_t n;
	uint32_t code;
	char    *body;

	put_number(head, verb, 4);
	put_number(head + 4, ask.n, 8);
	/* A store that refuses may have said why and ended before all was sent: its answer is still there to be read. */
	if (send_all(fd, head, sizeof(head)))
		(void)send_all(fd, ask.p, ask.n);
	if (!receive_all(fd, head, sizeof(head)))
		return lost(err);
	code = (uint32_t)get_number(head, 4);
	n = get_number(head + 4, 8);
	if (n > LIMIT_MESSAGE_B || code > ERR_BUSY || (code != ERR_OK && n >= sizeof(err->text)))
		return err_set(err, ERR_FORMAT, "the store's answer is no message of ours; the link is of no use any more");
	if (code != ERR_OK) {
		if (!receive_all(fd, err->text, n))
			return lost(err);
		err->text[n] = '\0';
		return err->code = (enum err_code)code;
	}
	body = arena_take(a, n + 1);
	if (!receive_all(fd, body, n))
		return lost(err);
	*ret = (struct bytes){ (const unsigned char *)body, n };
	return ERR_OK;
}

static enum err_code
call(struct store_link *l, struct arena *a, uint32_t verb, const void *ask, void *ret, struct err *err)
{
	struct buf    message = BUF_INIT(LIMIT_MESSAGE_B);
	struct bytes  body;
	enum err_code code;

	td_wire_put(&message, store_verb_table[verb].ask, ask);
	if (message.failed)
		code = err_set(err, ERR_LIMIT, "%s: more than one message may hold (96 MB, or a field over its limit); nothing was done",
		    store_verb_table[verb].name);
	else
		code = exchange(l->fd, a, verb, buf_str(&message), &body, err);
	buf_free(&message);
	return code == ERR_OK ? td_wire_get(a, store_verb_table[verb].reply, body, ret, err) : code;
}

#define X(verb, ask, reply, roles) \
enum err_code \
store_##verb(struct store_link *l, struct arena *a, const struct store_##ask *asked, struct store_##reply *ret, \
	struct err *err) \
{ \
	return call(l, a, VERB_##verb, asked, ret, err); \
}
STORE_VERBS(X)
#undef X

/* ── opening ──────────────────────────────────────────────────────────── */

static void
full(void *arg)
{
	(void)arg;
	abort();                /* a greeting needs less than a kilobyte */
}

static enum err_code
greet(int fd, enum link_mode mode, unsigned roles, struct err *err)
{
	char               build[64];
	struct store_hello hello = { .mode = mode, .roles = roles, .build = store_build(build) };
	struct buf         message = BUF_INIT(KiB);
	struct arena       a;
	struct bytes       body;
	enum err_code      code;

	arena_init(&a, LIMIT_MESSAGE_B + KiB, full, NULL);
	td_wire_put(&message, &store_hello_desc, &hello);
	code = exchange(fd, &a, VERB_HELLO, buf_str(&message), &body, err);
	buf_free(&message);
	arena_free(&a);
	return code;
}

/* A socket to the owner of this desk, or -1 when nobody listens. */
static int
connect_to(const char *dir)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char               run[PATH_MAX];
	int                folder, fd;

	if ((size_t)snprintf(run, sizeof(run), "%s/run", dir) >= sizeof(run))
		return -1;
	folder = open(run, O_PATH | O_DIRECTORY | O_CLOEXEC);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(at.sun_path, sizeof(at.sun_path), "/proc/self/fd/%d/sock", folder);
	if (fd >= 0 && (folder < 0 || connect(fd, (const struct sockaddr *)&at, sizeof(at)) != 0)) {
		close(fd);
		fd = -1;
	}
	if (folder >= 0)
		close(folder);
	return fd;
}

static enum err_code
check_peer(int fd, const char *dir, struct err *err)
{
	struct ucred who;
	socklen_t    n = sizeof(who);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 && who.uid == geteuid())
		return ERR_OK;
	return err_set(err, ERR_DENIED, "%s: this desk is open under another account; nothing was opened", dir);
}

/* *ret_fd is -1 when nobody owns the desk, or its owner is just going. */
static enum err_code
join(const char *dir, enum link_mode mode, unsigned roles, int *ret_fd, struct err *err)
{
	int fd = connect_to(dir);

	*ret_fd = -1;
	if (fd < 0)
		return ERR_OK;
	if (check_peer(fd, dir, err) == ERR_OK && greet(fd, mode, roles, err) == ERR_OK) {
		*ret_fd = fd;
		return ERR_OK;
	}
	close(fd);
	return err->code == ERR_IO ? ERR_OK : err->code;
}

static void
close_others(int fd)
{
	/* Nothing of the command's may stay open as long as the store lives: pipes to a waiting reader, above all. */
	if (fd > 3)
		(void)close_range(3, (unsigned)fd - 1, 0);
	(void)close_range((unsigned)fd + 1, ~0u, 0);
}

static enum err_code
start_owner(const char *dir, enum link_mode mode, int *ret_fd, pid_t *ret_owner, struct err *err)
{
	int   pair[2], null;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(err, ERR_IO, "no socket for the store: %s", strerror(errno));
	fflush(NULL);
	if ((pid = fork()) < 0) {
		close(pair[0]);
		close(pair[1]);
		return err_set(err, ERR_IO, "no process for the store: %s", strerror(errno));
	}
	if (pid == 0) {
		close_others(pair[1]);
		/* A reader of the command's output must not wait for us. */
		if ((null = open("/dev/null", O_RDWR)) >= 0) {
			(void)dup2(null, STDIN_FILENO);
			(void)dup2(null, STDOUT_FILENO);
			close(null);
		}
		_exit(store_serve(str_of(dir), mode, pair[1]));
	}
	close(pair[1]);
	if (greet(pair[0], mode, ROLE_ALL, err) != ERR_OK) {
		close(pair[0]);
		(void)waitpid(pid, NULL, 0);
		return err->code;
	}
	*ret_fd = pair[0];
	*ret_owner = pid;
	return ERR_OK;
}

static void
nap(void)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = NAP_MS * 1000000L }, NULL);
}

/*
 * Join the owner or become the start of one.  Between the two there are
 * moments when the lock is held and nobody listens: an owner that is opening
 * or closing its files.  Then we try again.
 */
static enum err_code
open_link(struct store_link *l, enum link_mode mode, struct err *err)
{
	int64_t until = os_ticks_us() + JOIN_US;

	for (;;) {
		if (join(l->dir, mode, ROLE_ALL, &l->fd, err) != ERR_OK)
			return err->code;
		if (l->fd >= 0)
			return ERR_OK;
		if (start_owner(l->dir, mode, &l->fd, &l->owner, err) == ERR_OK)
			return ERR_OK;
		if (err->code != ERR_BUSY || os_ticks_us() > until)
			return err->code;
		nap();
	}
}

enum err_code
link_open(struct str dir, enum link_mode mode, struct store_link **ret, struct err *err)
{
	char               path[PATH_MAX];
	struct store_link *l;

	snprintf(path, sizeof(path), "%" STR_FMT, STR_ARG(dir));
	if ((l = calloc(1, sizeof(*l))) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; the desk was not opened");
	l->fd = -1;
	if (dir.n == 0 || dir.n >= sizeof(path) || realpath(path, l->dir) == NULL)
		err_set(err, ERR_MISSING, "%s: there is no such folder; `tidings init` makes a desk", path);
	else if (desk_check(str_of(l->dir), err) == ERR_OK && open_link(l, mode, err) == ERR_OK) {
		*ret = l;
		return ERR_OK;
	}
	free(l);
	return err->code;
}

void
link_close(struct store_link *l)
{
	char    byte;
	bool    lives_on = false;
	ssize_t n;

	if (l == NULL)
		return;
	(void)shutdown(l->fd, SHUT_WR);
	/* '+': the store stays for others.  The plain end: it has closed its files and gone. */
	while ((n = recv(l->fd, &byte, 1, 0)) != 0 && (n > 0 || errno == EINTR))
		lives_on |= n > 0 && byte == '+';
	close(l->fd);
	if (l->owner > 0 && !lives_on)
		while (waitpid(l->owner, NULL, 0) < 0 && errno == EINTR)
			;
	free(l);
}

enum err_code
link_spawn(struct store_link *l, unsigned roles, int *ret_fd, struct err *err)
{
	int fd;

	if (join(l->dir, LINK_READ, roles, &fd, err) != ERR_OK)
		return err->code;
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: the store does not answer; the link was not made", l->dir);
	*ret_fd = fd;
	return ERR_OK;
}

struct store_link *
link_from_fd(int fd)
{
	struct store_link *l = calloc(1, sizeof(*l));

	if (l != NULL)
		l->fd = fd;
	return l;
}
