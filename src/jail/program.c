#include "jail/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"

enum { EXIT_NO_GO = 120, EXIT_NO_EXEC = 121, EXIT_NO_WALL = 122 };

/* The ends of pipes and files, by who holds them. */
struct ends {
	int in, said, go[2], out[2];
};

static bool
make_ends(struct ends *e)
{
	e->in = memfd_create("document", 0);
	e->said = memfd_create("said", 0);
	return e->in >= 0 && e->said >= 0 && ftruncate(e->said, JAIL_SAID_B) == 0 && pipe(e->go) == 0 && pipe(e->out) == 0;
}

/* The program's process: locked in first, then it waits until the document is whole. */
static _Noreturn void
become(const struct jail_program *program, const struct ends *e, pid_t child, int cpu_s, bool unjailed)
{
	struct err err;
	char       go;
	int        ask = e->go[0];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != child)
		_exit(EXIT_NO_GO);
	signal(SIGXFSZ, SIG_IGN);       /* a program that complains at length is cut, not killed */
	signal(SIGPIPE, SIG_DFL);
	if ((ask = fcntl(ask, F_DUPFD, 16)) < 0 || dup2(e->in, 0) < 0 || dup2(e->out[1], 1) < 0 || dup2(e->said, 2) < 0)
		_exit(EXIT_NO_GO);
	dup2(ask, 3);
	(void)syscall(SYS_close_range, 4, ~0u, 0);
	(void)fcntl(3, F_SETFD, FD_CLOEXEC);
	if (!unjailed && jail_lock_program(program, cpu_s, &err) != ERR_OK) {
		(void)!write(2, err.text, strlen(err.text));
		_exit(EXIT_NO_WALL);
	}
	if (read(3, &go, 1) != 1 || lseek(0, 0, SEEK_SET) != 0)
		_exit(EXIT_NO_GO);
	execve(program->path, (char *const *)(uintptr_t)program->argv, (char *const *)(uintptr_t)program->envp);
	_exit(EXIT_NO_EXEC);
}

void
jail_run_prepare(const struct jail_program *program, int cpu_s, bool unjailed, struct jail_run *ret)
{
	struct ends e = { -1, -1, { -1, -1 }, { -1, -1 } };
	pid_t       self = getpid();

	*ret = (struct jail_run){ .in_fd = -1, .said = "" };
	if (access(program->path, X_OK) != 0) {
		err_set(&ret->err, ERR_MISSING, "%s is not installed (package %s)", program->path, program->package);
		return;
	}
	if (!make_ends(&e) || (ret->pid = fork()) < 0) {
		err_set(&ret->err, ERR_IO, "%s cannot be started (%s)", program->path, strerror(errno));
		return;
	}
	if (ret->pid == 0)
		become(program, &e, self, cpu_s, unjailed);
	ret->said = mmap(NULL, JAIL_SAID_B, PROT_READ, MAP_SHARED, e.said, 0);
	if (ret->said == MAP_FAILED)
		ret->said = "";
	close(e.said);
	close(e.go[0]);
	close(e.out[1]);
	ret->in_fd = e.in;
	ret->go_fd = e.go[1];
	ret->out_fd = e.out[0];
}

bool
jail_run_put(struct jail_run *run, struct bytes b)
{
	while (b.n > 0) {
		ssize_t n = write(run->in_fd, b.p, b.n);

		if (n <= 0)
			return false;
		b = (struct bytes){ b.p + n, b.n - (size_t)n };
	}
	return true;
}

bool
jail_run_start(struct jail_run *run)
{
	return write(run->go_fd, "g", 1) == 1;
}

static enum jail_end
end_of(struct jail_run *run)
{
	int status = 0;

	if (waitpid(run->pid, &status, 0) != run->pid)
		return JAIL_END_FAILED;
	run->code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	run->sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	if (run->code == EXIT_NO_WALL)
		err_set(&run->err, ERR_DENIED, "%.400s", run->said);
	if (run->sig == 0)
		return run->code == 0 ? JAIL_END_OK : JAIL_END_FAILED;
	return run->sig == SIGXCPU ? JAIL_END_TIME : run->sig == SIGSYS ? JAIL_END_WALL : JAIL_END_CRASHED;
}

enum jail_end
jail_run_read(struct jail_run *run, struct buf *out)
{
	for (;;) {
		size_t  left = out->limit - out->n, want = left < 64 * KiB ? left : 64 * KiB;
		char   *room = want > 0 ? buf_room(out, want) : NULL;
		ssize_t n;

		if (room == NULL)
			return JAIL_END_CUT;
		if ((n = read(run->out_fd, room, want)) <= 0)
			return end_of(run);
		out->n += (size_t)n;
	}
}
