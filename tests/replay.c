/*
 * replay FILE|FOLDER... - run one fuzz target over files on disk: yesterday's crashes are today's tests.
 *
 * A folder that is not there is no fault (a user's machine lacks the corpora); files over 1 MiB are cut.
 */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int ran;

static int
run(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	uint8_t *bytes;
	size_t   n;
	FILE    *f;

	(void)st, (void)at;
	if (kind != FTW_F)
		return 0;
	if ((f = fopen(path, "rb")) == NULL || (bytes = malloc(1 << 20)) == NULL) {
		perror(path);
		return 1;
	}
	n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	/* To the byte, so that a read past the end is seen. */
	bytes = realloc(bytes, n > 0 ? n : 1);
	fprintf(stderr, "# %s\n", path);
	LLVMFuzzerTestOneInput(bytes, n);
	free(bytes);
	ran++;
	return 0;
}

int
main(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], run, 16, FTW_PHYS) > 0)
			return EXIT_FAILURE;
	printf("1..1\nok 1 - %d inputs replayed\n", ran);
	return EXIT_SUCCESS;
}
