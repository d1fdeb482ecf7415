/*
 * capture-durable [N [CLIENTS]] - how many captures of 16 KiB (a little more than the mean record of public archives) a desk
 * saves in a second, each answered only when it is on
 * the disk: N by one client after another, then by CLIENTS at once.  The ratio is what one sync for many is worth.
 */
#include "store/desk_check.h"

#include <sys/mman.h>
#include <sys/wait.h>

enum { BODY_B = 16 * 1024 };

static char body[BODY_B];

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

int
main(int argc, char *argv[])
{
	int         n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2000, clients = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 60;
	struct desk d;
	double      alone, together;

	if (n < clients || clients < 1 || !desk_begin(&d))
		return EXIT_FAILURE;
	write_page();
	alone = rate(&d, clients == 1 ? n : n / 10, 1);
	printf("one after another      %8.0f captures a second\n", alone);
	if (clients > 1) {
		together = rate(&d, n, clients);
		printf("%2d at once             %8.0f captures a second, %.1f times as many\n", clients, together, alone > 0 ? together / alone : 0);
	}
	desk_end(&d);
	return EXIT_SUCCESS;
}
