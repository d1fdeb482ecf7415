#include "jail/forker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/lock.h"
#include "jail/program.h"

enum { EXIT_NO_ASK = 71, EXIT_NO_LOCK = 72, EXIT_NO_ANSWER = 73 };

void
jail_full(void *arg)
{
	(void)arg;
	_exit(JAIL_EXIT_FULL);
}

static bool
map_ask(int fd, struct bytes *ret)
{
	struct stat st;
	void       *p;

	if (fstat(fd, &st) != 0)
		return false;
	*ret = (struct bytes){ NULL, 0 };
	if (st.st_size == 0)
		return true;
	if ((p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)) == MAP_FAILED)
		return false;
	*ret = (struct bytes){ p, (size_t)st.st_size };
	return true;
}

static bool
put_answer(int fd, struct str answer)
{
	while (answer.n > 0) {
		ssize_t n = write(fd, answer.p, answer.n);

		if (n < 0)
			return false;
		answer = str_sub(answer, (size_t)n, answer.n);
	}
	return true;
}

static int
lock_and_work(const struct jail_row *row, bool unjailed, struct bytes ask, struct buf *answer)
{
	int             cpu_s = row->cpu_s ? row->cpu_s : LIMIT_JAIL_CPU_S;
	struct jail_run run = { 0 };
	struct err      err;

	if (row->program != NULL)
		jail_run_prepare(row->program, cpu_s, unjailed, &run);
	if (!unjailed && (row->program != NULL ? jail_lock_beside_program(cpu_s, &err) : jail_lock_document(cpu_s, &err)) != ERR_OK)
		return EXIT_NO_LOCK;
	return row->program != NULL ? row->work_with(ask, &run, answer) : row->work(ask, answer);
}

/* The child: everything open but the answer's pipe is closed, then the lock, then the document. */
static _Noreturn void
child(const struct jail_row *row, pid_t forker, const int fds[2], bool unjailed)
{
	struct buf   answer = BUF_INIT(LIMIT_ANSWER_B);
	struct bytes ask;
	int          code, ask_fd = fds[0], answer_fd = fds[1];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != forker)        /* it died before that line */
		_exit(EXIT_NO_ASK);
	if (!map_ask(ask_fd, &ask) || dup2(answer_fd, 3) < 0)
		_exit(EXIT_NO_ASK);
	(void)syscall(SYS_close_range, 4, ~0u, 0);
	code = lock_and_work(row, unjailed, ask, &answer);
	if (code == 0 && answer.failed)
		code = FORKER_EXIT_FLOOD;
	if (code == 0 && !put_answer(3, buf_str(&answer)))
		code = EXIT_NO_ANSWER;
	_exit(code);
}

/* One message; with a request its two descriptors, else -1. */
static ssize_t
receive(int sock, struct forker_request *rq, int fds[2])
{
	union { struct cmsghdr head; char room[CMSG_SPACE(2 * sizeof(int))]; } control = { 0 };
	struct iovec    iov = { rq, sizeof(*rq) };
	struct msghdr   msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control) };
	struct cmsghdr *c;
	ssize_t         n;

	fds[0] = fds[1] = -1;
	do
		n = recvmsg(sock, &msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	c = n > 0 ? CMSG_FIRSTHDR(&msg) : NULL;
	if (c != NULL && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(2 * sizeof(int)))
		memcpy(fds, CMSG_DATA(c), 2 * sizeof(int));
	return n;
}

static void
reply(int sock, int status)
{
	struct forker_reply r = { status };

	if (send(sock, &r, sizeof(r), MSG_NOSIGNAL) != (ssize_t)sizeof(r))
		_exit(0);               /* nobody is there any more */
}

/* Until the child has ended; a word on the socket in the meantime means: kill it. */
static int
await(int sock, pid_t pid)
{
	int           pidfd = (int)syscall(SYS_pidfd_open, pid, 0), status = 0, fds[2];
	struct pollfd p[2] = { { .fd = pidfd, .events = POLLIN }, { .fd = sock, .events = POLLIN } };
	struct forker_request rq;

	if (pidfd < 0)                  /* we could not end it in time */
		kill(pid, SIGKILL);
	while (pidfd >= 0 && p[0].revents == 0) {
		p[1].revents = 0;
		if (poll(p, 2, -1) < 0 || p[0].revents != 0 || p[1].revents == 0)
			continue;       /* EINTR: we were stopped and went on */
		kill(pid, SIGKILL);
		if (receive(sock, &rq, fds) <= 0)
			_exit(0);
	}
	waitpid(pid, &status, 0);
	if (pidfd >= 0)
		close(pidfd);
	return status;
}

static void
serve(int sock, const struct jail_row *row, const int fds[2], bool unjailed)
{
	pid_t forker = getpid(), pid = fork();

	if (pid == 0)
		child(row, forker, fds, unjailed);
	close(fds[0]);
	close(fds[1]);
	reply(sock, pid < 0 ? FORKER_NO_CHILD : await(sock, pid));
}

static int
compare_bytes(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* glibc asks for the machine's memory at its first large qsort (sysinfo), which no child may. */
static void
sort_once(void)
{
	unsigned char bytes[8192];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 7);
	qsort(bytes, sizeof(bytes), 1, compare_bytes);
}

_Noreturn void
forker_main(int sock, const struct jail_row rows[JAIL_KIND__COUNT], bool unjailed)
{
	struct forker_request rq;
	int                   fds[2];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "tidings-forker");
#ifndef TIDINGS_SANITIZED       /* LeakSanitizer traces its own process */
	prctl(PR_SET_DUMPABLE, 0);
#endif
	/* Ctrl-C and the service manager's SIGTERM are for the parent, which may want to finish a document; its end is ours. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sort_once();
	for (int i = 0; i < JAIL_KIND__COUNT; i++)
		if (rows[i].warm_up != NULL)
			rows[i].warm_up();
	reply(sock, FORKER_READY);
	while (receive(sock, &rq, fds) > 0)
		if (rq.kind != FORKER_KILL)     /* one that came too late: its child had ended */
			serve(sock, &rows[rq.kind], fds, unjailed);
	_exit(0);
}
