/* Options, and the command that lives in our internet. */
#include "netd.h"
#include "referee.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURN_MS = 5 };

static char folder[] = "/tmp/netd-XXXXXX";

static void
remove_folder(void)
{
	static const char *const names[] = { "resolv.conf", "hosts", "ca.pem" };
	char                     path[64];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static int
usage(void)
{
	fprintf(stderr, "usage: netd [--log FILE] [--clock FILE] -- COMMAND ARG...     an empty network, ports 80, 443 and 53\n"
	    "       netd [--log FILE] [--clock FILE] [--ca FILE]           the loopback as it is, ports of the kernel's choice\n");
	return 2;
}

static pid_t
start(char **command)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	execvp(command[0], command);
	fprintf(stderr, "netd: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

/* Serve until the command has ended; its exit code is ours. */
static int
serve_command(char **command)
{
	pid_t pid = start(command);
	int   status = 0;

	while (pid > 0 && waitpid(pid, &status, WNOHANG) == 0)
		serve_turn(TURN_MS);
	if (pid < 0)
		return 3;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int
run_isolated(char **command)
{
	char ca[64];
	int  code;

	if (mkdtemp(folder) == NULL) {
		fprintf(stderr, "netd: %s: %s\n", folder, strerror(errno));
		return 3;
	}
	atexit(remove_folder);
	snprintf(ca, sizeof(ca), "%s/ca.pem", folder);
	/* The authority's file must be there before it is put over the real one; sockets belong to the new network. */
	if (!tls_authority(ca)) {
		fprintf(stderr, "netd: %s: %s\n", ca, strerror(errno));
		return 3;
	}
	code = isolate(folder);
	if (code != 0)
		return code;
	if (!serve_open(80, 443, 53)) {
		fprintf(stderr, "netd: cannot listen: %s\n", strerror(errno));
		return 3;
	}
	return serve_command(command);
}

static int
run_open(const char *ca)
{
	if (!tls_authority(ca) || !serve_open(0, 0, 0)) {
		fprintf(stderr, "netd: cannot listen: %s\n", strerror(errno));
		return 3;
	}
	printf("http=%d https=%d dns=%d\n", serve_port(0), serve_port(1), serve_port(2));
	fflush(stdout);
	for (;;)
		serve_turn(1000);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = { { "log", required_argument, NULL, 'l' }, { "clock", required_argument, NULL, 'c' },
		{ "ca", required_argument, NULL, 'a' }, { 0 } };
	const char *log = NULL, *clock = NULL, *ca = NULL;

	for (int o; (o = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
		if (o == '?')
			return usage();
		*(o == 'l' ? &log : o == 'c' ? &clock : &ca) = optarg;
	}
	signal(SIGPIPE, SIG_IGN);
	if (!referee_open(log) || (clock != NULL && !clock_map(clock))) {
		fprintf(stderr, "netd: %s: %s\n", clock != NULL ? clock : log, strerror(errno));
		return 3;
	}
	return optind < argc ? run_isolated(argv + optind) : run_open(ca);
}
