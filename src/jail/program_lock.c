/* The wall around another program: what it may open, run and call. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/lock_private.h"
#include "jail/program.h"

enum { LIBRARIES_B = 16384 };

/* The loader's and the C library's own, then those of a program that reads a few tables. */
static const int program_calls[] = {
	SCMP_SYS(execve), SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(newfstatat), SCMP_SYS(stat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getdents64),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(getrandom),
	SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall), SCMP_SYS(uname), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(sched_yield), SCMP_SYS(fadvise64),
};

/* Asked by libraries as they start, and done without when the answer is no. */
static const int refused_calls[] = {
	SCMP_SYS(ioctl), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity), SCMP_SYS(prctl),
	SCMP_SYS(getrusage), SCMP_SYS(tgkill), SCMP_SYS(mlock), SCMP_SYS(poll),
};

static int
allow_program_calls(scmp_filter_ctx ctx)
{
	static const scmp_datum_t modes[] = { 0, PROT_WRITE, PROT_EXEC };       /* never both */
	const scmp_datum_t        both = PROT_WRITE | PROT_EXEC;
	int                       bad = 0;

	for (size_t i = 0; i < sizeof(program_calls) / sizeof(*program_calls); i++)
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, program_calls[i], 0);
	for (size_t i = 0; i < sizeof(refused_calls) / sizeof(*refused_calls); i++)
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), refused_calls[i], 0);
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, modes[i]));
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, modes[i]));
	}
	/* To read, never to write, make or empty; to ask for a limit, never to set one. */
	bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY));
	/* glibc 2.41 asks how a folder's descriptor was opened, and lets it end with a program, before it lists the folder. */
	for (scmp_datum_t command = F_GETFD; command <= F_GETFL; command++)
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, command));
	bad |= seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_DUPFD));
	bad |= seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_GT, F_GETFL));
	bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0));
	return bad;
}

/* A path that is not there grants nothing. */
static bool
grant(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	bool granted;

	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == ENOTDIR;
	granted = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(rule.parent_fd);
	return granted;
}

/*
 * The loader, asked with LD_TRACE_LOADED_OBJECTS (ld.so(8), as ldd does), lists
 * what it would load and runs nothing: one "name => path (address)" a line.
 */
static size_t
list_libraries(const struct jail_program *program, char text[LIBRARIES_B])
{
	char  name[] = "program", trace[] = "LD_TRACE_LOADED_OBJECTS=1", *argv[] = { name, NULL }, *envp[] = { trace, NULL };
	int   ends[2];
	pid_t pid;
	size_t  n = 0;
	ssize_t got = 0;

	if (pipe(ends) != 0 || (pid = fork()) < 0)
		return 0;
	if (pid == 0) {
		dup2(ends[1], 1);
		execve(program->path, argv, envp);
		_exit(1);
	}
	close(ends[1]);
	while (n < LIBRARIES_B - 1 && (got = read(ends[0], text + n, LIBRARIES_B - 1 - n)) > 0)
		n += (size_t)got;
	close(ends[0]);
	waitpid(pid, NULL, 0);
	text[n] = '\0';
	return n;
}

static bool
grant_libraries(int rules, const struct jail_program *program)
{
	char       text[LIBRARIES_B];
	struct str left = { text, list_libraries(program, text) }, line;
	bool       good = left.n > 0;

	while (good && left.n > 0 && str_cut(&left, '\n', &line)) {
		size_t from = str_find_char(line, '/'), to = str_find(line, STR(" (")), arrow = str_find(line, STR("=> "));
		bool   is_loader = arrow == STR_NONE;

		if (from == STR_NONE || to == STR_NONE || to < from || (!is_loader && arrow > from))
			continue;
		text[(size_t)(line.p - text) + to] = '\0';
		good = grant(rules, line.p + from, LANDLOCK_ACCESS_FS_READ_FILE | (is_loader ? LANDLOCK_ACCESS_FS_EXECUTE : 0));
	}
	return good;
}

static bool
landlock_program(const struct jail_program *program)
{
	const uint64_t read_below = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
	int            rules = lock_landlock_rules();
	bool           good = rules >= 0 && grant(rules, program->path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE) &&
	    grant(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE) && grant_libraries(rules, program);

	for (size_t i = 0; good && program->folders[i] != NULL; i++)
		good = grant(rules, program->folders[i], read_below);
	good = good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	if (rules >= 0)
		close(rules);
	return good;
}

static bool
limit_program(int cpu_s)
{
#ifndef TIDINGS_SANITIZED       /* what stands between here and execve takes the sanitizer's memory */
	if (!lock_limit(RLIMIT_AS, LIMIT_JAIL_MEMORY_B))
		return false;
#endif
	if (setrlimit(RLIMIT_CPU, &(struct rlimit){ (rlim_t)cpu_s, (rlim_t)cpu_s + 1 }) != 0)
		return false;
	return lock_limit(RLIMIT_FSIZE, JAIL_SAID_B) && lock_limit(RLIMIT_CORE, 0) && lock_limit(RLIMIT_NPROC, 0) &&
	    lock_limit(RLIMIT_NOFILE, 64);
}

enum err_code
jail_lock_program(const struct jail_program *program, int cpu_s, struct err *err)
{
	scmp_filter_ctx ctx;

	if (lock_landlock_abi() == 0)
		return err_set(err, ERR_DENIED, "this machine's kernel has no Landlock, and without it %s could read every file of yours",
		    program->path);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return lock_refused(err, "no_new_privs", errno);
	if (!landlock_program(program))
		return lock_refused(err, "Landlock", errno);
	if (!limit_program(cpu_s))
		return lock_refused(err, "rlimits", errno);
	ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	return lock_load(ctx, ctx != NULL ? allow_program_calls(ctx) : 0, err);
}
