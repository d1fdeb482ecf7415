#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/batch.h"

enum { READERS_MAX = 64 };

static bool
format_from(const char *name, enum extract_format *ret)
{
	static const char *const names[] = { [EXTRACT_JSON] = "json", [EXTRACT_TEXT] = "text", [EXTRACT_MARKDOWN] = "markdown" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(name, names[i]) == 0) {
			*ret = (enum extract_format)i;
			return true;
		}
	}
	return false;
}

static bool
readers_from(const char *s, int *ret)
{
	int64_t n;

	if (!str_to_i64(str_of(s), 1, READERS_MAX, &n))
		return false;
	*ret = (int)n;
	return true;
}

/* One page is one reader's work; a folder or a WARC file is for all processors. */
static int
fitting_readers(char *const *words, int n)
{
	const long  processors = sysconf(_SC_NPROCESSORS_ONLN);
	const char *end = strstr(words[0], ".warc");
	struct stat st;
	bool        is_one = n == 1 && end == NULL && (stat(words[0], &st) != 0 || !S_ISDIR(st.st_mode));

	return is_one || processors < 1 ? 1 : processors > READERS_MAX ? READERS_MAX : (int)processors;
}

/* Bytes of all files that are named; 0 when a folder or a pipe is among them. */
static int64_t
bytes_of_words(char *const *words, int n)
{
	int64_t total = 0;

	for (int i = 0; i < n; i++) {
		struct stat st;

		if (stat(words[i], &st) != 0 || !S_ISREG(st.st_mode))
			return 0;
		total += st.st_size;
	}
	return total;
}

int
cmd_extract(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' }, { "url", required_argument, NULL, 'u' }, { "jobs", required_argument, NULL, 'j' },
		{ "progress", no_argument, NULL, 'p' }, { 0 },
	};
	struct batch_options bo = { .format = EXTRACT_JSON, .shows_progress = isatty(STDERR_FILENO) };
	struct str           url = STR("");
	struct source        source;
	int                  o, code;

	while ((o = getopt_long(argc, argv, "j:", options, NULL)) != -1) {
		switch (o) {
		case 'f':
			if (!format_from(optarg, &bo.format))
				return app_usage("extract", "--format is json, text or markdown, not \"%s\"", optarg);
			break;
		case 'j':
			if (!readers_from(optarg, &bo.readers))
				return app_usage("extract", "-j is a number from 1 to %d, not \"%s\"", READERS_MAX, optarg);
			break;
		case 'u': url = str_of(optarg); break;
		case 'p': bo.shows_progress = true; break;
		default:  return EXIT_USAGE;
		}
	}
	if (optind == argc)
		return app_usage("extract", "say a file, a folder, or - for standard input");
	if (bo.readers == 0)
		bo.readers = fitting_readers(argv + optind, argc - optind);
	bo.total_b = bo.shows_progress ? bytes_of_words(argv + optind, argc - optind) : 0;
	source_open(&source, argv + optind, argc - optind, url, app->jail);
	code = batch_run(&source, &bo);
	source_close(&source);
	return code;
}
