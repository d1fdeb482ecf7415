#include "jail/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/lock.h"
#include "tests/check.h"

static volatile char *volatile nowhere;

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
			char *p = malloc(MiB);

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
	case 'c': *nowhere = '!'; break;
	case 'z': return 9;
	case 'q': return 0;
	case 'n':
		syscall(*(const int *)(const void *)(ask.p + 4), 0, 0, 0, 0, 0, 0);
		break;
	case 'e': buf_add_bytes(answer, ask); return 0;
	default: break;
	}
	buf_add(answer, STR("it went through"));
	return 0;
}

/* Looks for the parent's secret in all that it may read; before the lock, where it can see its own map. */
static char found_secret;
static void
look_for_secret(void)
{
	static const char half[] = "planted-by-the-pa";
	FILE             *maps = fopen("/proc/self/maps", "r");
	char              line[512];
	unsigned long     from, to;

	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL) {
		if (sscanf(line, "%lx-%lx rw", &from, &to) != 2 || strstr(line, "[heap]") == NULL)
			continue;
		for (const char *p = (const char *)from; p + 40 < (const char *)to; p++)
			if (memcmp(p, half, sizeof(half) - 1) == 0 && memcmp(p + sizeof(half) - 1, "rent", 4) == 0)
				found_secret = 1;
	}
	if (maps != NULL)
		fclose(maps);
}

static int
search_secret(struct bytes ask, struct buf *answer)
{
	(void)ask;
	buf_add(answer, found_secret ? STR("found") : STR("not found"));
	return 0;
}

static const struct jail_row rows[JAIL_KIND__COUNT] = {
	[JAIL_TEST] = { "page", NULL, exploit },
	[JAIL_WARC] = { "search", look_for_secret, search_secret },
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
	{ "kill the parent", ERR_FORMAT, "no document needs" }, { "program memory", ERR_FORMAT, "no document needs" },
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
		if (i < 7 || i == 8)    /* the sanitizers need these calls and that memory for themselves, and report crashes */
			continue;
#endif
		CHECK_INT(attempts[i].code, run(attempts[i].what, &answer, &err));
		if (str_find(str_of(err.text), str_of(attempts[i].says)) == STR_NONE)
			fprintf(stderr, "%s: %s\n", attempts[i].what, err.text), checks_failed++;
		still_works();
	}
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

static void
what_the_parent_learns_later_no_child_knows(void)
{
	struct buf answer = BUF_INIT(MiB);
	struct err err = { .text = "" };
	char      *secret = strdup("planted-by-the-pa");

	secret = realloc(secret, 64);
	strncat(secret, "rent", 5);
	CHECK(jail_run(jail, JAIL_WARC, (struct bytes){ NULL, 0 }, &answer, &err) == ERR_OK);
	CHECK_STR(STR("not found"), buf_str(&answer));
	free(secret);
	buf_free(&answer);
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
static int act_exec(void)   { return execv("/bin/true", (char *const[]){ (char[]){ "true" }, NULL }); }

static void
each_process_gives_up_what_it_never_needs(void)
{
	CHECK(is_forbidden(PROCESS_STORE, act_socket));
	CHECK(!is_forbidden(PROCESS_STORE, act_unix));
	CHECK(is_forbidden(PROCESS_STORE, act_exec));
	CHECK(is_forbidden(PROCESS_WEB, act_write));
	CHECK(is_forbidden(PROCESS_WEB, act_exec));
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
		TEST(what_the_parent_learns_later_no_child_knows),
		TEST(each_process_gives_up_what_it_never_needs),
#ifndef TIDINGS_SANITIZED
		TEST(only_the_listed_system_calls_live),
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
