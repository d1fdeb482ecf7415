#include "jail/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/lock.h"
#include "tests/check.h"

static volatile char *volatile nowhere;

static int
compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
sort_much(void)
{
	enum { N = 100000 };
	int *v = calloc(N, sizeof(*v));

	for (int i = 0; i < N; i++)
		v[i] = N - i;
	qsort(v, N, sizeof(*v), compare_ints);
	free(v);
}

/* What a page that took over its reader might try; the ask's first letter chooses. */
static int
exploit(struct bytes ask, struct buf *answer)
{
	static char *const no_args[] = { NULL };

	switch (ask.n > 0 ? ask.p[0] : ' ') {
	case 'o': (void)!open("/etc/passwd", O_RDONLY); break;
	case 's': (void)!socket(AF_INET, SOCK_STREAM, 0); break;
	case 'x': execve("/bin/sh", no_args, no_args); break;
	case 'f': (void)!fork(); break;
	case 'k': kill(getppid(), SIGKILL); break;
	case 'p': (void)!mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); break;
	case 'm':
		for (size_t n = 0; n < LIMIT_JAIL_MEMORY_B; n += MiB) {
			char *volatile p = malloc(MiB);     /* volatile: or clang takes none */

			if (p == NULL)
				jail_full(NULL);
			memset(p, 1, MiB);
		}
		break;
	case 'l':
		for (;;)
			if (write(3, ask.p, ask.n) < 0)
				break;
		break;
	case 't': ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); break;
	case 'w':
		for (volatile unsigned i = 0;; i++)
			continue;
	case 'h': syscall(SYS_futex, &(int){ 0 }, 0 /* FUTEX_WAIT */, 0, NULL); break;
	case 'c': *nowhere = '!'; break;
	case 'z': return 9;
	case 'q': return 0;
	case 'n':
		syscall(*(const int *)(const void *)(ask.p + 4), 0, 0, 0, 0, 0, 0);
		break;
	case 'e': buf_add_bytes(answer, ask); return 0;
	case 'v': sort_much(); buf_add(answer, STR("sorted")); return 0;
	default: break;
	}
	buf_add(answer, STR("it went through"));
	return 0;
}

#ifndef TIDINGS_SANITIZED
/* The forker's writable memory, which a child has too; it can't open the list of it any more once it is locked in. */
static struct { const char *from, *to; } ranges[512];
static size_t ranges_n;

static void
note_ranges(void)
{
	FILE         *maps = fopen("/proc/self/maps", "r");
	char          line[512];
	unsigned long from, to;
	char          mode[5];

	while (maps != NULL && ranges_n < 512 && fgets(line, sizeof(line), maps) != NULL) {
		if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) != 3 || strcmp(mode, "rw-p") != 0)
			continue;
		ranges[ranges_n].from = (const char *)from;
		ranges[ranges_n++].to = (const char *)to;
	}
	if (maps != NULL)
		fclose(maps);
}

/* The secret is asked for with its bits turned, so that the question is not the find. */
static int
search_secret(struct bytes ask, struct buf *answer)
{
	for (size_t i = 0; i < ranges_n; i++)
		for (const char *p = ranges[i].from; p + ask.n <= ranges[i].to; p++) {
			size_t same = 0;

			while (same < ask.n && (unsigned char)(p[same] ^ 0x55) == ask.p[same])
				same++;
			if (same == ask.n) {
				buf_add(answer, STR("found"));
				return 0;
			}
		}
	buf_add(answer, STR("not found"));
	return 0;
}

/* On the heap, as a key would be; never in the program's text. */
static char *
plant(const unsigned char *turned, size_t n)
{
	char *secret = malloc(n);

	for (size_t i = 0; secret != NULL && i < n; i++)
		((volatile char *)secret)[i] = (char)(turned[i] ^ 0x55);
	return secret;
}

static const unsigned char early_secret[16] = { 1, 201, 77, 34, 250, 19, 88, 143, 9, 61, 182, 240, 5, 99, 171, 23 };
static const unsigned char late_secret[16] = { 73, 14, 220, 131, 8, 55, 190, 246, 102, 3, 87, 29, 164, 211, 48, 95 };
#endif

static const struct jail_row rows[JAIL_KIND__COUNT] = {
	[JAIL_TEST] = { "page", NULL, exploit },
#ifndef TIDINGS_SANITIZED
	[JAIL_WARC] = { "search", note_ranges, search_secret },
#endif
};

static struct jail *jail;

static enum err_code
run(const char *what, struct str *ret, struct err *err)
{
	static struct buf b;
	enum err_code     code;

	buf_free(&b);
	b.limit = 2 * LIMIT_ANSWER_B;
	code = jail_run(jail, JAIL_TEST, bytes_of(str_of(what)), &b, err);
	*ret = buf_str(&b);
	return code;
}

/* After whatever happened, the next document is read as if nothing had. */
static void
still_works(void)
{
	struct str answer = STR("");
	struct err err = { .text = "" };

	CHECK(run("echo 인권", &answer, &err) == ERR_OK);
	CHECK_STR(STR("echo 인권"), answer);
}

static const struct { const char *what; enum err_code code; const char *says; } attempts[] = {
	{ "open a file", ERR_FORMAT, "no document needs" }, { "socket", ERR_FORMAT, "no document needs" },
	{ "x run a shell", ERR_FORMAT, "no document needs" }, { "fork", ERR_FORMAT, "no document needs" },
	{ "trace the parent", ERR_FORMAT, "no document needs" }, { "kill the parent", ERR_FORMAT, "no document needs" }, { "program memory", ERR_FORMAT, "no document needs" },
	{ "memory without end", ERR_LIMIT, "more memory" }, { "l answer without end", ERR_LIMIT, "answered more" },
	{ "crash", ERR_FORMAT, "crashed" }, { "z give up", ERR_FORMAT, "gave up" }, { "quiet", ERR_FORMAT, "answered nothing" },
};

static void
whatever_a_document_tries_it_is_stopped_and_named(void)
{
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		struct str answer;
		struct err err = { .text = "" };

#ifdef TIDINGS_SANITIZED
		if (i < 8 || i == 9)    /* the sanitizers need these calls and that memory for themselves, and report crashes */
			continue;
#endif
		CHECK_INT(attempts[i].code, run(attempts[i].what, &answer, &err));
		if (str_find(str_of(err.text), str_of(attempts[i].says)) == STR_NONE)
			fprintf(stderr, "%s: %s\n", attempts[i].what, err.text), checks_failed++;
		still_works();
	}
}

static void
a_reader_may_sort(void)
{
	struct str answer = STR("");
	struct err err = { .text = "" };

	CHECK(run("v", &answer, &err) == ERR_OK);
	CHECK_STR(STR("sorted"), answer);
}

static void
a_large_document_comes_through_whole(void)
{
	struct buf    ask = BUF_INIT(LIMIT_BODY_B), answer = BUF_INIT(LIMIT_ANSWER_B + MiB);
	struct err    err = { .text = "" };

	while (ask.n < 20 * MiB)
		buf_add(&ask, STR("e0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"));
	CHECK(jail_run(jail, JAIL_TEST, buf_bytes(&ask), &answer, &err) == ERR_OK);
	CHECK(str_eq(buf_str(&ask), buf_str(&answer)));
	buf_free(&ask);
	buf_free(&answer);
}

#ifndef TIDINGS_SANITIZED
/* What the child may call, and calls that would hang or end it by themselves. */
static bool
is_allowed(int nr)
{
	static const int allowed[] = { SYS_read, SYS_write, SYS_exit_group, SYS_exit, SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
		SYS_rt_sigreturn, SYS_clock_gettime, SYS_futex, SYS_getrandom, SYS_restart_syscall, SYS_mmap, SYS_mprotect };

	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (allowed[i] == nr)
			return true;
	return false;
}

static void
only_the_listed_system_calls_live(void)
{
	for (int nr = 0; nr <= 470; nr++) {
		struct buf answer = BUF_INIT(MiB);
		struct err err = { .text = "" };
		unsigned char ask[8] = { 'n' };

		if (is_allowed(nr) || nr == 335 || nr == 336)   /* uretprobe, uprobe: the kernel exempts its own trampolines */
			continue;
		memcpy(ask + 4, &nr, sizeof(nr));
		CHECK(jail_run(jail, JAIL_TEST, (struct bytes){ ask, sizeof(ask) }, &answer, &err) == ERR_FORMAT);
		if (str_find(str_of(err.text), STR("no document needs")) == STR_NONE)
			fprintf(stderr, "system call %d: %s\n", nr, err.text), checks_failed++;
		buf_free(&answer);
	}
}
#endif

#ifndef TIDINGS_SANITIZED
static struct str
search(const unsigned char turned[16])
{
	static struct buf answer = BUF_INIT(MiB);
	struct err        err = { .text = "" };

	buf_reset(&answer);
	CHECK_INT(ERR_OK, jail_run(jail, JAIL_WARC, (struct bytes){ turned, 16 }, &answer, &err));
	return buf_str(&answer);
}

static void
what_the_parent_learns_later_no_child_knows(void)
{
	char *secret = plant(late_secret, sizeof(late_secret));

	CHECK_STR(STR("not found"), search(late_secret));
	CHECK_STR(STR("found"), search(early_secret));  /* the search works: this one was there before the forker */
	free(secret);
}
#endif

/* Two jails at once; this one's rows have little time. */
static const struct jail_row hasty[JAIL_KIND__COUNT] = {
	[JAIL_TEST] = { "page", NULL, exploit, .cpu_s = 1 },
	[JAIL_WARC] = { "page", NULL, exploit, .wall_ms = 200 },
};

static void
a_document_that_spins_or_hangs_is_stopped_in_time(void)
{
	struct jail *other;
	struct buf   b = BUF_INIT(KiB);
	struct err   err = { .text = "" };

	CHECK_INT(ERR_OK, jail_start(hasty, &other, &err));
	CHECK_INT(ERR_LIMIT, jail_run(other, JAIL_TEST, bytes_of(STR("w")), &b, &err));
	CHECK_STR(STR("page: took more than 1 s; stopped, its bytes are kept"), str_of(err.text));
	CHECK_INT(ERR_LIMIT, jail_run(other, JAIL_WARC, bytes_of(STR("h")), &b, &err));
	CHECK_STR(STR("page: no answer within 1 s; stopped, its bytes are kept"), str_of(err.text));
	CHECK_INT(ERR_OK, jail_run(other, JAIL_WARC, bytes_of(STR("e")), &b, &err));
	CHECK_STR(STR("e"), buf_str(&b));
	buf_free(&b);
	jail_stop(other);
	still_works();
}

static void
an_answer_may_be_as_long_as_the_buffer_and_no_longer(void)
{
	struct buf b = BUF_INIT(8);
	struct err err = { .text = "" };

	CHECK_INT(ERR_OK, jail_run(jail, JAIL_TEST, bytes_of(STR("e2345678")), &b, &err));
	CHECK_STR(STR("e2345678"), buf_str(&b));
	buf_reset(&b);
	CHECK_INT(ERR_LIMIT, jail_run(jail, JAIL_TEST, bytes_of(STR("e23456789")), &b, &err));
	CHECK_INT(0, b.n);
	buf_free(&b);
}

static bool
first_child_of(pid_t parent, pid_t *ret)
{
	char  path[80];
	FILE *f;
	bool  got;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)parent, (int)parent);
	f = fopen(path, "r");
	got = f != NULL && fscanf(f, "%d", ret) == 1;
	if (f != NULL)
		fclose(f);
	return got;
}

/* The program is killed while a document hangs: forker and child must go with it. */
static void
nothing_outlives_the_program(void)
{
	pid_t forker, child, program;

	CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);   /* what is left over becomes ours to wait for */
	if ((program = fork()) == 0) {
		struct jail *own;
		struct buf   b = BUF_INIT(KiB);
		struct err   err;

		_exit(jail_start(rows, &own, &err) != ERR_OK || jail_run(own, JAIL_TEST, bytes_of(STR("h")), &b, &err) != ERR_OK);
	}
	alarm(20);                                      /* ends a test that would wait for ever */
	while (!first_child_of(program, &forker) || !first_child_of(forker, &child))
		sched_yield();
	kill(program, SIGKILL);
	CHECK(waitpid(program, NULL, 0) == program);
	CHECK(waitpid(forker, NULL, 0) == forker);
	CHECK(waitpid(child, NULL, 0) == child || errno == ECHILD);
	alarm(0);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

/* A machine whose kernel has no seccomp, as far as this process can tell. */
static bool
starts_without_seccomp(const char *consent)
{
	int   status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		struct jail    *own;
		struct buf      b = BUF_INIT(KiB);
		struct err      err;

		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
		if (seccomp_load(ctx) != 0)
			_exit(9);
		setenv("TIDINGS_UNJAILED", consent, 1);
		if (jail_start(rows, &own, &err) != ERR_OK)
			_exit(err.code == ERR_DENIED ? 1 : 9);
		_exit(jail_run(own, JAIL_TEST, bytes_of(STR("e")), &b, &err) == ERR_OK ? 0 : 9);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) != 9);
	return WEXITSTATUS(status) == 0;
}

static void
without_seccomp_nothing_is_read_unless_a_person_says_so(void)
{
	CHECK(!starts_without_seccomp(""));
	CHECK(!starts_without_seccomp("no"));
	CHECK(starts_without_seccomp("yes"));
}

/* Runs `act` behind a process's lock; true when the kernel said EPERM. */
static bool
is_forbidden(enum jail_process process, int (*act)(void))
{
	struct err err;
	int        status = 0;
	pid_t      pid = fork();

	if (pid == 0) {
		if (jail_lock_process(process, &err) != ERR_OK)
			_exit(9);
		errno = 0;
		_exit(act() < 0 && errno == EPERM ? 1 : 0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

static int act_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int act_unix(void)   { return socket(AF_UNIX, SOCK_STREAM, 0); }
static int act_write(void)  { return open("/tmp/tidings-jail-test", O_WRONLY | O_CREAT, 0600); }
static int act_empty(void)  { return open("/tmp/tidings-jail-test", O_RDONLY | O_TRUNC); }
static int act_read(void)   { return open("/dev/null", O_RDONLY); }
static int act_unlink(void) { return unlinkat(AT_FDCWD, "/tmp/tidings-jail-test", 0); }
static int act_rename(void) { return renameat(AT_FDCWD, "/tmp/tidings-jail-test", AT_FDCWD, "/tmp/x"); }
static int act_trace(void)  { return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL); }
#ifdef SYS_open
static int act_old_open(void) { return (int)syscall(SYS_open, "/tmp/tidings-jail-test", O_RDWR | O_CREAT, 0600); }
#endif
static int act_exec(void)   { return execv("/bin/true", (char *const[]){ (char[]){ "true" }, NULL }); }

static void
each_process_gives_up_what_it_never_needs(void)
{
	CHECK(is_forbidden(PROCESS_STORE, act_socket));
	CHECK(!is_forbidden(PROCESS_STORE, act_unix));
	CHECK(is_forbidden(PROCESS_STORE, act_exec));
	CHECK(is_forbidden(PROCESS_WEB, act_write));
	CHECK(is_forbidden(PROCESS_WEB, act_exec));
	CHECK(is_forbidden(PROCESS_WEB, act_empty) && is_forbidden(PROCESS_WEB, act_unlink) && is_forbidden(PROCESS_WEB, act_rename));
#ifdef SYS_open
	CHECK(is_forbidden(PROCESS_WEB, act_old_open));
#endif
	CHECK(!is_forbidden(PROCESS_WEB, act_read));
	CHECK(is_forbidden(PROCESS_STORE, act_trace) && is_forbidden(PROCESS_WEB, act_trace) && is_forbidden(PROCESS_WORKER, act_trace));
	CHECK(!is_forbidden(PROCESS_WORKER, act_socket));
	CHECK(is_forbidden(PROCESS_WORKER, act_exec));
	unlink("/tmp/tidings-jail-test");
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(whatever_a_document_tries_it_is_stopped_and_named),
		TEST(a_large_document_comes_through_whole),
		TEST(a_reader_may_sort),
		TEST(a_document_that_spins_or_hangs_is_stopped_in_time),
		TEST(an_answer_may_be_as_long_as_the_buffer_and_no_longer),
		TEST(nothing_outlives_the_program),
		TEST(without_seccomp_nothing_is_read_unless_a_person_says_so),
		TEST(each_process_gives_up_what_it_never_needs),
#ifndef TIDINGS_SANITIZED
		TEST(what_the_parent_learns_later_no_child_knows),
		TEST(only_the_listed_system_calls_live),
#endif
	};
	struct err err;
	int        code;

#ifndef TIDINGS_SANITIZED
	char *early = plant(early_secret, sizeof(early_secret));
#endif
	if (jail_start(rows, &jail, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return EXIT_FAILURE;
	}
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	jail_stop(jail);
#ifndef TIDINGS_SANITIZED
	free(early);
#endif
	return code;
}
