/*
 * warc-rates check|index FILE... - records a second over WARC files: every digest checked, or an index line for each.
 * bench/warc.sh runs it beside warcio on the same file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "warc/read.h"

static struct bytes
map(const char *path)
{
	struct stat  st;
	int          fd = open(path, O_RDONLY | O_CLOEXEC);
	struct bytes b = { 0 };

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0) {
		b.p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		b.n = b.p == MAP_FAILED ? 0 : (size_t)st.st_size;
	}
	if (fd >= 0)
		close(fd);
	return b;
}

static void
index_line(const struct warc_record *r, FILE *out)
{
	struct str url = td_warc_field(r, STR("WARC-Target-URI")), type = td_warc_field(r, STR("WARC-Type"));

	fprintf(out, "{\"offset\": \"%zu\", \"warc-type\": \"%" STR_FMT "\", \"warc-target-uri\": \"%" STR_FMT "\"}\n", r->at, STR_ARG(type),
	    STR_ARG(url));
}

int
main(int argc, char *argv[])
{
	static struct warc_reader reader;
	struct warc_record        record;
	const bool                is_index = argc > 1 && strcmp(argv[1], "index") == 0;
	FILE                     *out = fopen("/dev/null", "w");
	size_t                    records = 0, faults = 0;
	int64_t                   from = os_ticks_us();

	if (argc < 3 || out == NULL)
		return EXIT_FAILURE;
	for (int i = 2; i < argc; i++) {
		struct bytes file = map(argv[i]);

		td_warc_open(&reader, file, LIMIT_BODY_B + MiB);
		reader.skips_digests = is_index;
		while (td_warc_next(&reader, &record))
			if (is_index)
				index_line(&record, out);
		records += reader.records_n;
		faults += reader.faults_n;
		td_warc_close(&reader);
	}
	printf("%s: %zu records, %zu faults, %.0f records a second\n", argv[1], records, faults,
	    (double)records * 1e6 / (double)(os_ticks_us() - from));
	return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
