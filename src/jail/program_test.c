/* The wall around another program, tried from inside, and what its child learns of its end. */
#include "jail/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/jail.h"
#include "jail/lock_private.h"
#include "tests/check.h"

/* Programs that every Debian has stand in for pdftotext. */
static const char *const od_argv[] = { "od", "-An", "-c", NULL };
static const char *const yes_argv[] = { "yes", "without end", NULL };
static const char *const none[] = { NULL };
static const char *const share[] = { "/usr/share/zoneinfo", "/no/such/folder", NULL };
static const struct jail_program od = { "/usr/bin/od", od_argv, none, share, "coreutils" };
static const struct jail_program yes = { "/usr/bin/yes", yes_argv, none, none, "coreutils" };
static const struct jail_program missing = { "/usr/bin/no-such-reader", yes_argv, none, none, "no-such-package" };

enum { WENT_THROUGH = 100, NO_WALL = 101 };

/* What came of an act behind the wall: WENT_THROUGH, the errno it got, or minus the signal it died of. */
static int
behind_wall(long (*act)(long), long arg)
{
	struct err err;
	int        status = 0;
	pid_t      pid = fork();

	if (pid == 0) {
		if (jail_lock_program(&od, 5, &err) != ERR_OK)
			_exit(NO_WALL);
		errno = 0;
		_exit(act(arg) >= 0 ? WENT_THROUGH : errno);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != NO_WALL);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static long act_own(long x)    { (void)x; return open("/usr/share/zoneinfo/UTC", O_RDONLY); }
static long act_open(long x)   { (void)x; return open("/etc/passwd", O_RDONLY); }
static long act_list(long x)   { (void)x; return open("/etc", O_RDONLY | O_DIRECTORY); }
static long act_proc(long x)   { (void)x; return open("/proc/self/mem", O_RDONLY); }
static long act_write(long x)  { (void)x; return open("/tmp/tidings-program-test", O_WRONLY | O_CREAT, 0600); }
static long act_empty(long x)  { (void)x; return open("/usr/share/zoneinfo/UTC", O_RDONLY | O_TRUNC); }
static long act_net(long x)    { (void)x; return socket(AF_INET, SOCK_STREAM, 0); }
static long act_local(long x)  { (void)x; return socket(AF_UNIX, SOCK_STREAM, 0); }
static long act_fork(long x)   { (void)x; return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }
static long act_kill(long x)   { (void)x; return kill(getpid(), SIGKILL); }
static long act_more(long x)   { (void)x; return setrlimit(RLIMIT_CPU, &(struct rlimit){ 900, 900 }); }
static long act_code(long x)   { (void)x; return (long)mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
static long act_shell(long x)  { (void)x; return execv("/bin/sh", (char *const[]){ (char[]){ "sh" }, NULL }); }

static void
it_opens_its_own_files_and_nothing_else(void)
{
	CHECK_INT(WENT_THROUGH, behind_wall(act_own, 0));
	CHECK_INT(EACCES, behind_wall(act_open, 0));
	CHECK_INT(EACCES, behind_wall(act_list, 0));
	CHECK_INT(EACCES, behind_wall(act_proc, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_write, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_empty, 0));
}

static void
it_has_no_network_no_children_no_other_program_and_keeps_its_limits(void)
{
	CHECK_INT(-SIGSYS, behind_wall(act_net, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_local, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_fork, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_kill, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_more, 0));
	CHECK_INT(-SIGSYS, behind_wall(act_code, 0));
	CHECK_INT(EACCES, behind_wall(act_shell, 0));
}

#ifndef TIDINGS_SANITIZED
static long
act_call(long nr)
{
	return syscall(nr, -1, 0, 0, 0, 0, 0);
}

/* program_lock.c's list, said once more so that a change there is seen. */
static bool
is_allowed(long nr)
{
	static const long allowed[] = { SYS_execve, SYS_read, SYS_pread64, SYS_write, SYS_close, SYS_lseek, SYS_fstat, SYS_newfstatat,
#ifdef SYS_stat
		SYS_stat, SYS_access, SYS_readlink, SYS_arch_prctl,
#endif
		SYS_faccessat, SYS_faccessat2, SYS_getdents64, SYS_readlinkat, SYS_getcwd, SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
		SYS_set_tid_address, SYS_set_robust_list, SYS_rseq, SYS_getrandom, SYS_futex, SYS_exit, SYS_exit_group, SYS_rt_sigreturn,
		SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_sigaltstack, SYS_clock_gettime, SYS_restart_syscall, SYS_uname, SYS_getpid, SYS_gettid,
		SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_sched_yield, SYS_fadvise64, SYS_mmap, SYS_mprotect, SYS_openat,
		SYS_prlimit64 };

	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (allowed[i] == nr)
			return true;
	return nr == 335 || nr == 336;          /* uretprobe, uprobe: the kernel exempts its own trampolines */
}

static void
every_other_system_call_ends_it_or_is_not_there(void)
{
	int killed = 0, refused = 0;

	for (long nr = 0; nr <= 470; nr++) {
		int came;

		if (is_allowed(nr))
			continue;
		came = behind_wall(act_call, nr);
		killed += came == -SIGSYS;
		refused += came == ENOSYS;
		if (came != -SIGSYS && came != ENOSYS)
			fprintf(stderr, "system call %ld: %d\n", nr, came), checks_failed++;
	}
	CHECK(killed > 400);
	CHECK_INT(11, refused);
}
#endif

/* The kernel has no Landlock, as far as this process can tell: then the program is not run at all. */
static void
without_landlock_it_is_not_run(void)
{
	int   status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		struct err      err = { .text = "" };

		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
		if (seccomp_load(ctx) != 0)
			_exit(9);
		_exit(jail_lock_program(&od, 5, &err) == ERR_DENIED && strstr(err.text, "Landlock") != NULL ? 0 : 1);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int
relay(struct bytes ask, struct jail_run *run, struct buf *answer)
{
	static const char *const names[] = { "ok", "failed", "time", "cut", "crashed", "wall" };
	struct buf    out = BUF_INIT(100 * KiB);
	enum jail_end end = JAIL_END_FAILED;

	if (run->err.code == ERR_OK && jail_run_put(run, ask) && jail_run_start(run))
		end = jail_run_read(run, &out);
	buf_addf(answer, "%s|%zu|%s|", names[end], out.n, run->err.code == ERR_OK ? "" : run->err.text);
	buf_add(answer, str_sub(buf_str(&out), 0, 200));
	return 0;
}

static const struct jail_row rows[JAIL_KIND__COUNT] = {
	[JAIL_TEST] = { .name = "the file", .program = &od, .work_with = relay },
	[JAIL_PDF] = { .name = "the file", .program = &yes, .work_with = relay },
	[JAIL_EXTRACT] = { .name = "the file", .program = &missing, .work_with = relay },
};
static struct jail *jail;

static struct str
run(enum jail_kind kind, const char *ask)
{
	static struct buf answer = BUF_INIT(MiB);
	struct err        err = { .text = "" };

	buf_reset(&answer);
	if (jail_run(jail, kind, bytes_of(str_of(ask)), &answer, &err) != ERR_OK)
		buf_add(&answer, str_of(err.text));
	return buf_str(&answer);
}

static void
a_program_reads_the_document_and_its_child_hears_it(void)
{
	CHECK_STR(STR("ok|13||   a   b   c\n"), run(JAIL_TEST, "abc"));
	CHECK_STR(STR("ok|13||   x   y   z\n"), run(JAIL_TEST, "xyz"));
}

static void
output_without_end_is_cut_and_a_missing_program_named(void)
{
	CHECK(str_starts(run(JAIL_PDF, ""), STR("cut|102400||without end\n")));
	CHECK_STR(STR("failed|0|/usr/bin/no-such-reader is not installed (package no-such-package)|"), run(JAIL_EXTRACT, ""));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(it_opens_its_own_files_and_nothing_else),
		TEST(it_has_no_network_no_children_no_other_program_and_keeps_its_limits),
		TEST(without_landlock_it_is_not_run),
		TEST(a_program_reads_the_document_and_its_child_hears_it),
		TEST(output_without_end_is_cut_and_a_missing_program_named),
#ifndef TIDINGS_SANITIZED
		TEST(every_other_system_call_ends_it_or_is_not_there),
#endif
	};
	struct err err;
	int        code;

	if (jail_start(rows, &jail, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return EXIT_FAILURE;
	}
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	jail_stop(jail);
	return code;
}
