/*
 * feed-parse FOLDER SECONDS - how fast feeds are read: every file of the folder, again and again, to the whole model.
 *
 * Prints one line: megabytes and feeds a second of one core's time.  bench/feed-parse.sh puts its peers beside it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "feed/read.h"

enum { FILES_N = 1000 };

static void
full(void *arg)
{
	(void)arg;
	fprintf(stderr, "feed-parse: out of memory\n");
	exit(EXIT_FAILURE);
}

static double
cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
read_file(const char *path, struct buf *ret)
{
	FILE  *f = fopen(path, "rb");
	char  *room;
	size_t n = 1;

	while (f != NULL && n > 0 && (room = buf_room(ret, 64 * KiB)) != NULL)
		ret->n += n = fread(room, 1, 64 * KiB, f);
	if (f != NULL)
		fclose(f);
	return ret->n > 0 && !ret->failed;
}

static size_t
load(const char *folder, struct buf bodies[FILES_N])
{
	DIR           *dir = opendir(folder);
	struct dirent *e;
	char           path[4096];
	size_t         n = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL && n < FILES_N) {
		bodies[n] = (struct buf)BUF_INIT(LIMIT_BODY_B);
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (e->d_name[0] != '.' && read_file(path, &bodies[n]))
			n++;
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

static size_t
read_all(struct buf bodies[], size_t n, size_t *items)
{
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		struct feed_ask ask = { STR(""), STR(""), buf_bytes(&bodies[i]) };
		struct feed_doc doc;
		struct arena    a;
		struct err      err;

		arena_init(&a, LIMIT_JAIL_MEMORY_B, full, NULL);
		if (td_feed_read(&a, &ask, &doc, &err) == ERR_OK)
			*items += doc.items.n;
		bytes += bodies[i].n;
		arena_free(&a);
	}
	return bytes;
}

int
main(int argc, char *argv[])
{
	static struct buf bodies[FILES_N];
	double            seconds = argc > 2 ? strtod(argv[2], NULL) : 2, from;
	size_t            n = argc > 1 ? load(argv[1], bodies) : 0, bytes = 0, items = 0, rounds = 0;

	if (n == 0) {
		fprintf(stderr, "feed-parse: no feeds in %s\n", argc > 1 ? argv[1] : "(no folder)");
		return EXIT_FAILURE;
	}
	(void)read_all(bodies, n, &items);
	items = 0;
	for (from = cpu_s(); cpu_s() - from < seconds; rounds++)
		bytes += read_all(bodies, n, &items);
	seconds = cpu_s() - from;
	printf("tidings\t%.1f\t%.0f\t%zu\n", (double)bytes / 1e6 / seconds, (double)(n * rounds) / seconds, items / rounds);
	for (size_t i = 0; i < n; i++)
		buf_free(&bodies[i]);
	return EXIT_SUCCESS;
}
