/*
 * capture-durable [N [CLIENTS [MS]]] - how many captures of 16 KiB (a little more than the mean record of public archives) a desk
 * saves in a second, each answered only when it is on
 * the disk: N by one client after another, then by CLIENTS at once.  The ratio is what one sync for many is worth; beside it stands
 * what limits it: the time of one sync of this disk (each group of captures takes two), and the processors' time a capture.
 * With MS each sync takes at least so long, as on the disks of the laptops that this is for (4 ms were measured on one): a fast
 * disk hides what a sync for many is worth.
 */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

enum { BODY_B = 16 * 1024, SYNCS_N = 51 };

static char    body[BODY_B];
static int64_t slow_us;                 /* so long a sync takes at least; 0: as the disk will */

static int
slow(long call, int fd)
{
	int64_t         from = os_ticks_us();
	int             got = (int)syscall(call, fd);
	int64_t         rest = slow_us - (os_ticks_us() - from);
	struct timespec t = { rest / 1000000, rest % 1000000 * 1000 };

	if (rest > 0)
		(void)nanosleep(&t, NULL);
	return got;
}

/* In the place of libc's, for the store and for SQLite. */
__attribute__((visibility("default"))) int
fdatasync(int fd)
{
	return slow(SYS_fdatasync, fd);
}

__attribute__((visibility("default"))) int
fsync(int fd)
{
	return slow(SYS_fsync, fd);
}

/* Markup and words in the mixture of a news page: it packs to about a fifth. */
static void
write_page(void)
{
	static const char *const piece[] = { "<p class=\"text\">", "</p>\n", " the ", " of ", " Seoul", " rights", " office", " 북한", " 인권", " 단체",
		" ministry", " was", "<a href=\"/news/", "\">", "</a>", "<div class=\"row\">", "</div>\n", " said", " funding", " in 2018" };
	size_t n = 0;

	while (n + 64 < sizeof(body)) {
		n += (size_t)snprintf(body + n, 64, "%s", piece[rand() % 20]);
		for (int k = rand() % 6; k > 0; k--)
			body[n++] = (char)('a' + rand() % 26);
	}
}

/* n captures over a link of our own; how long each took is added to *sum_us. */
static int
client(const char *dir, int n, int seed)
{
	struct desk               d = { 0 };
	struct store_capture_done done;
	int                       good = 0;

	snprintf(d.dir, sizeof(d.dir), "%s", dir);
	arena_init(&d.arena, 512 * MiB, no_more, NULL);
	if (link_open(str_of(d.dir), LINK_WRITE, &d.link, &d.err) != ERR_OK)
		return 1;
	for (int i = 0; i < n; i++) {
		memcpy(body, &seed, sizeof(seed));
		memcpy(body + sizeof(seed), &i, sizeof(i));
		good += take(&d, STR("https://a.example/"), (struct str){ body, sizeof(body) }, &done) == ERR_OK;
		arena_free(&d.arena);
		arena_init(&d.arena, 512 * MiB, no_more, NULL);
	}
	link_close(d.link);
	return good == n ? 0 : 1;
}

/* Captures a second, by `clients` processes at once; 0 when one of them failed. */
static double
rate(const struct desk *d, int n, int clients)
{
	int64_t from = os_ticks_us();
	int     bad = 0, status;

	for (int i = 0; i < clients; i++)
		if (fork() == 0)
			_exit(client(d->dir, n / clients, i));
	for (int i = 0; i < clients; i++)
		bad += wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	return bad > 0 ? 0 : (double)(n / clients * clients) * 1e6 / (double)(os_ticks_us() - from);
}

static int
compare(const void *a, const void *b)
{
	return (*(const int64_t *)a > *(const int64_t *)b) - (*(const int64_t *)a < *(const int64_t *)b);
}

/* Median of a write and its fdatasync, in the desk's folder; -1: not to be had. */
static int64_t
sync_us(const struct desk *d)
{
	char    path[128];
	int64_t took[SYNCS_N];
	int     fd;

	snprintf(path, sizeof(path), "%s/bench", d->dir);
	if ((fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0)
		return -1;
	for (size_t i = 0; i < SYNCS_N; i++) {
		int64_t from = os_ticks_us();

		if (write(fd, body, sizeof(body)) != (ssize_t)sizeof(body) || fdatasync(fd) != 0) {
			close(fd);
			return -1;
		}
		took[i] = os_ticks_us() - from;
	}
	close(fd);
	(void)unlink(path);
	qsort(took, SYNCS_N, sizeof(*took), compare);
	return took[SYNCS_N / 2];
}

/* Of all processes that have ended: clients and the store. */
static double
cpu_us(void)
{
	struct rusage r;

	(void)getrusage(RUSAGE_CHILDREN, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

int
main(int argc, char *argv[])
{
	int         n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2000, clients = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 60;
	struct desk d;
	double      alone, together = 0;
	int64_t     sync;

	slow_us = argc > 3 ? strtol(argv[3], NULL, 10) * 1000 : 0;
	if (n < clients || clients < 1 || !desk_begin(&d))
		return EXIT_FAILURE;
	write_page();
	sync = sync_us(&d);
	printf("one sync %s %8.2f ms, so two for each capture allow %.0f a second\n", slow_us > 0 ? "made slow   " : "of this disk", (double)sync / 1e3, 5e5 / (double)sync);
	alone = rate(&d, clients == 1 ? n : n / 10, 1);
	printf("one after another      %8.0f captures a second\n", alone);
	if (clients > 1) {
		together = rate(&d, n, clients);
		printf("%2d at once             %8.0f captures a second, %.1f times as many\n", clients, together, alone > 0 ? together / alone : 0);
	}
	desk_end(&d);
	if (together > 0) {
		double cpu = cpu_us() / (n + n / 10.0);

		printf("what limits the many   %8.0f a second by the disk (two syncs for %d), %.0f by one processor (%.2f ms a capture, clients too)\n",
		    5e5 * clients / (double)sync, clients, 1e6 / cpu, cpu / 1e3);
	}
	return EXIT_SUCCESS;
}
