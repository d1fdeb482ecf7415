/*
 * ledger-proof [ENTRIES] - how long a proof from the tiles of a large ledger takes.
 *
 * Writes the hash tiles of ENTRIES (default 1,000,000) leaves into a folder of
 * /tmp, opens a new reader for each of 1,000 entries spread over the log, proves
 * it under the head and checks the proof.  Prints median and worst.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "crypto/sha256.h"
#include "ledger/tile.h"
#include "os/file.h"

enum { PROOFS = 1000 };
static char               dir[] = "/tmp/tidings-proof-XXXXXX";
static struct merkle_hash *hashes[TILE_LEVELS_N];

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void
must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "ledger-proof: %s failed\n", what);
	exit(EXIT_FAILURE);
}

static void
path_of(int level, uint64_t n, unsigned width, char *out, size_t size)
{
	char tile[TILE_PATH_B];

	snprintf(out, size, "%s/%s", dir, td_tile_path(tile, level, n, width));
}

static bool
read_tile(void *arg, int level, uint64_t n, unsigned width, struct merkle_hash ret[TILE_N])
{
	char  path[256];
	FILE *f = NULL;
	bool  good;

	(void)arg;
	path_of(level, n, width, path, sizeof(path));
	f = fopen(path, "rb");
	good = f != NULL && fread(ret, MERKLE_B, width, f) == width;
	if (f != NULL)
		fclose(f);
	return good;
}

static void
write_tile(int level, uint64_t n, unsigned width)
{
	char       path[256], folder[256];
	struct err err;
	FILE      *f;

	path_of(level, n, width, path, sizeof(path));
	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	must(os_make_dirs(str_of(folder), &err) == ERR_OK, "a tile's folder");
	f = fopen(path, "wb");
	must(f != NULL, "a tile's file");
	must(fwrite(hashes[level] + n * TILE_N, MERKLE_B, width, f) == width, "writing a tile");
	fclose(f);
}

static void
write_tree(uint64_t size)
{
	for (int level = 0; td_tile_count(level, size) > 0; level++) {
		uint64_t count = level > 0 ? size >> 8 * level : size;

		hashes[level] = calloc(count + TILE_N, sizeof(struct merkle_hash));
		must(hashes[level] != NULL, "memory");
		for (uint64_t i = 0; i < count; i++)
			if (level == 0)
				td_sha256((struct bytes){ (unsigned char *)&i, sizeof(i) }, hashes[0][i].b);
			else
				td_tile_head(hashes[level - 1] + i * TILE_N, &hashes[level][i]);
		for (uint64_t n = 0; n < td_tile_count(level, size); n++)
			write_tile(level, n, td_tile_width(level, n, size));
	}
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int
main(int argc, char *argv[])
{
	int64_t            size = 1000000;
	static double      ms[PROOFS];
	static struct tile_reader r;
	struct merkle_hash head, proof[MERKLE_PROOF_N];
	size_t             n = 0;
	struct err         err;

	must(argc < 2 || str_to_i64(str_of(argv[1]), 1, INT64_C(10000000), &size), "the number of entries");
	must(mkdtemp(dir) != NULL, "a folder");
	write_tree((uint64_t)size);
	td_merkle_head_of(hashes[0], (size_t)size, &head);
	for (int i = 0; i < PROOFS; i++) {
		uint64_t index = (uint64_t)i * 7919 * 104729 % (uint64_t)size;
		double   started = now_ms();

		r = (struct tile_reader){ .size = (uint64_t)size, .read = read_tile };
		must(td_tile_inclusion(&r, (uint64_t)size, index, proof, &n), "a proof");
		ms[i] = now_ms() - started;
		must(td_merkle_is_included(&hashes[0][index], index, (uint64_t)size, proof, n, &head), "checking a proof");
	}
	qsort(ms, PROOFS, sizeof(*ms), compare);
	printf("proof of one entry of %lld: %.3f ms, 99 of 100 under %.3f ms, worst %.3f ms; %zu hashes\n", (long long)size, ms[PROOFS / 2],
	    ms[PROOFS * 99 / 100], ms[PROOFS - 1], n);
	must(os_remove_tree(str_of(dir), &err) == ERR_OK, "cleaning up");
	return ms[PROOFS / 2] <= 1.0 ? 0 : 1;
}
