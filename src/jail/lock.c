#include "jail/lock_private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/jail.h"

/* What a parser needs, and glibc's malloc on its behalf (getrandom, madvise). */
static const int document_calls[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(exit_group), SCMP_SYS(exit), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime), SCMP_SYS(futex), SCMP_SYS(getrandom),
	SCMP_SYS(restart_syscall),
#ifdef TIDINGS_SANITIZED
	SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(sched_yield), SCMP_SYS(prctl), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(wait4), SCMP_SYS(ptrace),
	SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(readlink), SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(ioctl),
	SCMP_SYS(tgkill), SCMP_SYS(getdents64), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(uname), SCMP_SYS(fcntl),
#endif
};

/* What no process of a desk needs once it runs. */
static const int nobody_calls[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(mount),
	SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(reboot), SCMP_SYS(swapon),
	SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(mount_setattr),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(pidfd_getfd), SCMP_SYS(delete_module), SCMP_SYS(kexec_file_load), SCMP_SYS(swapoff),
	SCMP_SYS(personality), SCMP_SYS(setresgid), SCMP_SYS(setregid), SCMP_SYS(setgroups), SCMP_SYS(setfsuid), SCMP_SYS(setfsgid),
	SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setresuid), SCMP_SYS(mknod), SCMP_SYS(mknodat),
};

/* Names and contents of files, by every door: a list with a gap is no wall.  Opening for reading is left. */
static const int writing_calls[] = {
	SCMP_SYS(creat), SCMP_SYS(openat2), SCMP_SYS(truncate), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rmdir), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
	SCMP_SYS(symlinkat), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(lchown), SCMP_SYS(fchownat),
	SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(utimensat), SCMP_SYS(connect),
};

enum err_code
lock_refused(struct err *err, const char *wall, int error)
{
	return err_set(err, ERR_DENIED, "this machine does not let us put up a wall (%s: %s); nothing is read without it", wall,
	    strerror(error));
}

bool
lock_limit(int what, uint64_t most)
{
	return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ most, most }) == 0;
}

static bool
limit_document(int cpu_s, size_t file_b)
{
#ifndef TIDINGS_SANITIZED
	if (!lock_limit(RLIMIT_AS, LIMIT_JAIL_MEMORY_B) || !lock_limit(RLIMIT_NPROC, 0))
		return false;
#endif
	/* At the soft limit SIGXCPU names the reason; at the hard one SIGKILL, should somebody block it. */
	if (setrlimit(RLIMIT_CPU, &(struct rlimit){ (rlim_t)cpu_s, (rlim_t)cpu_s + 1 }) != 0)
		return false;
	return lock_limit(RLIMIT_FSIZE, file_b) && lock_limit(RLIMIT_CORE, 0);
}

int
lock_landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return abi > 0 ? (int)abi : 0;
}

/* Debian 12's headers know ABI 2; the rights of later ones are the next bits (linux/landlock.h). */
int
lock_landlock_rules(void)
{
	struct { uint64_t fs, net, scoped; } all = { 0 };
	int    abi = lock_landlock_abi();
	size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;

	all.fs = abi >= 5 ? 0xffff : abi >= 3 ? 0x7fff : abi == 2 ? 0x3fff : 0x1fff;
	all.net = abi >= 4 ? 3 : 0;
	all.scoped = abi >= 6 ? 3 : 0;
	return (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
}

/* Everything that this kernel's Landlock can forbid, is. */
static bool
landlock_all(void)
{
	int  fd;
	bool done;

	if (lock_landlock_abi() == 0)
		return true;            /* a kernel without: seccomp alone forbids open and connect */
	if ((fd = lock_landlock_rules()) < 0)
		return false;
	done = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return done;
}

static int
allow_document_calls(scmp_filter_ctx ctx)
{
	for (size_t i = 0; i < sizeof(document_calls) / sizeof(*document_calls); i++)
		if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, document_calls[i], 0) != 0)
			return -1;
#ifndef TIDINGS_SANITIZED
	/* Memory, but never memory that can be run. */
	if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0)) != 0 ||
	    seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) != 0)
		return -1;
#endif
	return 0;
}

enum err_code
lock_load(scmp_filter_ctx ctx, int added, struct err *err)
{
	int rc = ctx == NULL ? -ENOMEM : added != 0 ? -EINVAL : seccomp_load(ctx);

	seccomp_release(ctx);
	return rc == 0 ? ERR_OK : lock_refused(err, "seccomp", -rc);
}

static enum err_code
lock_document(int cpu_s, size_t file_b, bool has_program, struct err *err)
{
	scmp_filter_ctx ctx;
	int             bad;

	if (!limit_document(cpu_s, file_b))
		return lock_refused(err, "rlimits", errno);
#ifndef TIDINGS_SANITIZED       /* LeakSanitizer traces its own process */
	if (prctl(PR_SET_DUMPABLE, 0) != 0)
		return lock_refused(err, "dumpable", errno);
#endif
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return lock_refused(err, "no_new_privs", errno);
	if (!landlock_all())
		return lock_refused(err, "Landlock", errno);
#ifndef TIDINGS_SANITIZED
	if (!lock_limit(RLIMIT_NOFILE, 0))   /* what is open stays */
		return lock_refused(err, "rlimits", errno);
#endif
	ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bad = ctx != NULL ? allow_document_calls(ctx) : 0;
	if (ctx != NULL && bad == 0 && has_program)
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(wait4), 0);
	return lock_load(ctx, bad, err);
}

enum err_code
jail_lock_document(int cpu_s, struct err *err)
{
	return lock_document(cpu_s, 0, false, err);
}

enum err_code
jail_lock_beside_program(int cpu_s, struct err *err)
{
	return lock_document(cpu_s, LIMIT_DECODED_B, true, err);
}

/* O_RDONLY|O_TRUNC empties a file all the same. */
static const scmp_datum_t writing_flags[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC };

static int
forbid(scmp_filter_ctx ctx, enum jail_process process)
{
	const uint32_t no = SCMP_ACT_ERRNO(EPERM);
	int bad = 0;

	for (size_t i = 0; i < sizeof(nobody_calls) / sizeof(*nobody_calls); i++)
		bad |= seccomp_rule_add(ctx, no, nobody_calls[i], 0);
	if (process == PROCESS_STORE) {
		bad |= seccomp_rule_add(ctx, no, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	} else if (process == PROCESS_WEB) {
		for (size_t i = 0; i < sizeof(writing_calls) / sizeof(*writing_calls); i++)
			bad |= seccomp_rule_add(ctx, no, writing_calls[i], 0);
		for (size_t i = 0; i < sizeof(writing_flags) / sizeof(*writing_flags); i++) {
			const scmp_datum_t flag = writing_flags[i];

			bad |= seccomp_rule_add(ctx, no, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, flag, flag));
			bad |= seccomp_rule_add(ctx, no, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, flag, flag));
		}
		bad |= seccomp_rule_add(ctx, no, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	}
	return bad;
}

enum err_code
jail_lock_process(enum jail_process process, struct err *err)
{
	scmp_filter_ctx ctx;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return lock_refused(err, "no_new_privs", errno);
	ctx = seccomp_init(SCMP_ACT_ALLOW);
	return lock_load(ctx, ctx != NULL ? forbid(ctx, process) : 0, err);
}

/* Does the wall hold here?  A child puts it up and runs against it: it must die of SIGSYS. */
static bool
seccomp_kills(void)
{
	struct err err;
	int        status = 0;
	pid_t      pid = fork();

	if (pid == 0) {
		if (jail_lock_document(LIMIT_JAIL_CPU_S, &err) != ERR_OK)
			_exit(1);
		(void)syscall(SYS_kill, 1, 0);
		_exit(2);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == 31 /* SIGSYS */;
}

struct jail_walls
jail_walls(void)
{
	struct jail_walls w = { .landlock_abi = lock_landlock_abi(), .rlimits = true };

	w.seccomp = seccomp_kills();
	return w;
}
