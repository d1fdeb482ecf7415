#include "jail/jail.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/forker.h"
#include "os/clock.h"

struct jail {
	const struct jail_row *rows;
	pid_t                  forker;
	int                    sock;
};

/* Keep standard error and one descriptor; 0 and 1 become /dev/null so that nothing else lands there. */
static void
close_all_but(int keep)
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(keep, 3);
	(void)syscall(SYS_close_range, 4, ~0u, 0);
}

static enum err_code
walls_or_consent(bool *ret_unjailed, struct err *err)
{
	struct jail_walls walls = jail_walls();
	const char       *consent = getenv("TIDINGS_UNJAILED");

	*ret_unjailed = false;
	if (walls.seccomp && walls.rlimits)
		return ERR_OK;
	if (consent == NULL || strcmp(consent, "yes") != 0)
		return err_set(err, ERR_DENIED, "this machine cannot lock a reader in (seccomp does not hold), and pages are hostile; nothing was "
		    "read. TIDINGS_UNJAILED=yes reads them all the same");
	fprintf(stderr, "tidings: no wall stands on this machine; pages are read unprotected because TIDINGS_UNJAILED=yes\n");
	*ret_unjailed = true;
	return ERR_OK;
}

enum err_code
jail_start(const struct jail_row rows[JAIL_KIND__COUNT], struct jail **ret, struct err *err)
{
	struct jail        *jail;
	struct forker_reply ready;
	int                 pair[2];
	bool                unjailed;

	if (walls_or_consent(&unjailed, err) != ERR_OK)
		return err->code;
	if ((jail = calloc(1, sizeof(*jail))) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; the reader was not started");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
		free(jail);
		return err_set(err, ERR_IO, "the reader's process cannot be started: %s", strerror(errno));
	}
	if ((jail->forker = fork()) < 0) {
		err_set(err, ERR_IO, "the reader's process cannot be started: %s", strerror(errno));
		close(pair[0]);
		close(pair[1]);
		free(jail);
		return err->code;
	}
	if (jail->forker == 0) {
		close_all_but(pair[1]);
		forker_main(3, rows, unjailed);
	}
	close(pair[1]);
	jail->rows = rows;
	jail->sock = pair[0];
	if (recv(jail->sock, &ready, sizeof(ready), 0) != (ssize_t)sizeof(ready) || ready.status != FORKER_READY) {
		jail_stop(jail);
		return err_set(err, ERR_IO, "the reader's process ended while it started; nothing was read");
	}
	*ret = jail;
	return ERR_OK;
}

void
jail_stop(struct jail *jail)
{
	if (jail == NULL)
		return;
	close(jail->sock);
	waitpid(jail->forker, NULL, 0);         /* not ours when we are a child of who started it: returns at once */
	free(jail);
}

static enum err_code
no_child(struct err *err, const char *what)
{
	return err_set(err, ERR_IO, "no process for the document (%s: %s); it was not read", what, strerror(errno));
}

static int
ask_file(struct bytes ask)
{
	int fd = memfd_create("ask", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	while (fd >= 0 && ask.n > 0) {
		ssize_t n = write(fd, ask.p, ask.n);

		if (n < 0) {
			close(fd);
			return -1;
		}
		ask = (struct bytes){ ask.p + n, ask.n - (size_t)n };
	}
	if (fd >= 0)
		(void)fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	return fd;
}

static bool
send_request(int sock, enum jail_kind kind, int ask_fd, int answer_fd)
{
	union { struct cmsghdr head; char room[CMSG_SPACE(2 * sizeof(int))]; } control = { 0 };
	struct forker_request rq = { kind };
	struct iovec    iov = { &rq, sizeof(rq) };
	struct msghdr   msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	int             fds[2] = { ask_fd, answer_fd };

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(c), fds, sizeof(fds));
	return sendmsg(sock, &msg, MSG_NOSIGNAL) == (ssize_t)sizeof(rq);
}

/* How reading the answer ended. */
enum drain { DRAIN_END, DRAIN_LATE, DRAIN_FLOOD };

static enum drain
drain(int fd, int wall_ms, struct buf *answer)
{
	int64_t       end_us = os_ticks_us() + wall_ms * INT64_C(1000);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t        most = answer->limit - answer->n < LIMIT_ANSWER_B ? answer->limit - answer->n : LIMIT_ANSWER_B;

	for (;;) {
		int64_t left_us = end_us - os_ticks_us();
		size_t  want = most < 64 * KiB ? most : 64 * KiB;
		char    beyond, *room;          /* a byte more than the limit has nowhere else to go */
		ssize_t n;

		if (left_us <= 0 || poll(&p, 1, (int)(left_us / 1000) + 1) == 0)
			return DRAIN_LATE;
		if ((room = want > 0 ? buf_room(answer, want) : &beyond) == NULL)
			return DRAIN_FLOOD;
		n = read(fd, room, want > 0 ? want : 1);
		if (n == 0 || (n < 0 && errno != EINTR))
			return DRAIN_END;
		if (n > 0 && want == 0)
			return DRAIN_FLOOD;
		answer->n += n > 0 ? (size_t)n : 0;
		most -= n > 0 ? (size_t)n : 0;
	}
}

static enum err_code
died(const struct jail_row *row, int sig, struct err *err)
{
	const char *name = row->name;

	switch (sig) {
	case SIGXCPU:
		return err_set(err, ERR_LIMIT, "%s: took more than %d s; stopped, its bytes are kept", name,
		    row->cpu_s ? row->cpu_s : LIMIT_JAIL_CPU_S);
	case SIGKILL:           /* not by us: the kernel was short of memory, or a person did it */
		return err_set(err, ERR_LIMIT, "%s: the reader was killed, perhaps for want of memory; its bytes are kept", name);
	case SIGSYS:
		return err_set(err, ERR_FORMAT, "%s: tried something that no document needs; stopped, its bytes are kept", name);
	default:
		return err_set(err, ERR_FORMAT, "%s: crashed its reader (%s); its bytes are kept", name, strsignal(sig));
	}
}

static enum err_code
flooded(const char *name, struct err *err)
{
	return err_set(err, ERR_LIMIT, "%s: answered more than %d MB; stopped, its bytes are kept", name, (int)(LIMIT_ANSWER_B / MiB));
}

/* What the end of the child means. */
static enum err_code
verdict(const struct jail_row *row, int status, bool is_silent, struct err *err)
{
	const char *name = row->name;

	if (status == FORKER_NO_CHILD)
		return err_set(err, ERR_IO, "%s: no process for the document; it was not read", name);
	if (WIFSIGNALED(status))
		return died(row, WTERMSIG(status), err);
	if (WEXITSTATUS(status) == FORKER_EXIT_FLOOD)
		return flooded(name, err);
	if (WEXITSTATUS(status) == JAIL_EXIT_FULL)
		return err_set(err, ERR_LIMIT, "%s: needs more memory than %d MB; stopped, its bytes are kept", name,
		    (int)(LIMIT_JAIL_MEMORY_B / MiB));
	if (WEXITSTATUS(status) != 0)
		return err_set(err, ERR_FORMAT, "%s: the reader gave up (exit code %d); its bytes are kept", name, WEXITSTATUS(status));
	if (is_silent)
		return err_set(err, ERR_FORMAT, "%s: the reader answered nothing; its bytes are kept", name);
	return ERR_OK;
}

static enum err_code
converse(struct jail *jail, enum jail_kind kind, int ask_fd, const int answer[2], struct buf *ret, struct err *err)
{
	struct forker_request stop = { FORKER_KILL };
	struct forker_reply   end;
	const struct jail_row *row = &jail->rows[kind];
	int         wall_ms = row->wall_ms ? row->wall_ms : LIMIT_JAIL_WALL_MS;
	size_t      start = ret->n;
	enum drain  how;
	bool        sent = send_request(jail->sock, kind, ask_fd, answer[1]);

	close(answer[1]);               /* the child has the only one: its end is the pipe's */
	if (!sent)
		return no_child(err, "forker");
	if ((how = drain(answer[0], wall_ms, ret)) != DRAIN_END)
		(void)send(jail->sock, &stop, sizeof(stop), MSG_NOSIGNAL);
	if (recv(jail->sock, &end, sizeof(end), 0) != (ssize_t)sizeof(end))
		return no_child(err, "forker");
	if (how == DRAIN_LATE)
		return err_set(err, ERR_LIMIT, "%s: no answer within %d s; stopped, its bytes are kept", row->name,
		    (wall_ms + 999) / 1000);
	if (how == DRAIN_FLOOD)
		return flooded(row->name, err);
	return verdict(row, end.status, ret->n == start, err);
}

enum err_code
jail_run(struct jail *jail, enum jail_kind kind, struct bytes ask, struct buf *ret, struct err *err)
{
	int           answer[2], ask_fd;
	size_t        before = ret->n;
	enum err_code code;

	assert(kind < JAIL_KIND__COUNT && (jail->rows[kind].work != NULL || jail->rows[kind].work_with != NULL));
	ask_fd = ask_file(ask);
	if (ask_fd < 0)
		return no_child(err, "memfd");
	if (pipe2(answer, O_CLOEXEC) != 0) {
		close(ask_fd);
		return no_child(err, "pipe");
	}
	(void)fcntl(answer[0], F_SETPIPE_SZ, 1 << 20);   /* a hint: fewer switches */
	code = converse(jail, kind, ask_fd, answer, ret, err);
	if (code != ERR_OK)
		ret->n = before;
	close(ask_fd);
	close(answer[0]);
	return code;
}
