/*
 * html-parse FOLDER... - parse every *.html.gz under each folder with our parser, gumbo and libxml2, on one core, in one
 * run: MB/s, ratios, and what our trees take beside the page; then the hostile families of html/hostile.h against the median
 * page.  Pages that are not UTF-8 are left out.  Prints TAP, one line a promise; a peer that is not there is a failed line.
 */
#include <ftw.h>
#ifdef HAVE_GUMBO
#include <gumbo.h>
#endif
#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/arena.h"
#include "html/hostile.h"
#include "html/tree.h"
#include "text/utf8.h"

#define PAGES_MAX   4000
#define PAGE_MAX    (16 * MiB)
#define ROUNDS      5
#define FASTER      12.0          /* than gumbo */
#define MEMORY      6.0           /* times the page, beyond 2 MiB */
#define WORST       10.0          /* a hostile byte beside a byte of the median page */
#define HOSTILE_B   MiB

static struct str pages[PAGES_MAX];
static size_t     pages_n, total_b;
static int        lines_n, failed_n;

static void
promise(bool ok, const char *what, const char *where)
{
	printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++lines_n, where, what);
	fflush(stdout);
	failed_n += !ok;
}

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
unload(void)
{
	while (pages_n > 0)
		free((char *)(uintptr_t)pages[--pages_n].p);
	total_b = 0;
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

#ifdef HAVE_GUMBO
static void
gumbos(struct str page)
{
	GumboOptions o = kGumboDefaultOptions;

	o.max_errors = 0;
	gumbo_destroy_output(&o, gumbo_parse_with_options(&o, page.p, page.n));
}
#endif

#ifdef HAVE_LIBXML2
static void
libxml2s(struct str page)
{
	htmlDocPtr doc = htmlReadMemory(page.p, (int)page.n, NULL, "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);

	xmlFreeDoc(doc);
}
#endif

static double
measure(void (*parse)(struct str), int rounds)
{
	double best = 1e9;

	for (int r = 0; r < rounds; r++) {
		double start = seconds(), end;

		for (size_t i = 0; i < pages_n; i++)
			parse(pages[i]);
		end = seconds() - start;
		best = end < best ? end : best;
	}
	return (double)total_b / 1e6 / best;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Seconds a byte of the page in the middle. */
static double
median_cost(void)
{
	double *cost = calloc(pages_n, sizeof(*cost)), median;

	for (size_t i = 0; i < pages_n; i++) {
		cost[i] = 1e9;
		for (int r = 0; r < 3; r++) {
			double start = seconds(), a_byte;

			ours(pages[i]);
			a_byte = (seconds() - start) / (double)pages[i].n;
			cost[i] = a_byte < cost[i] ? a_byte : cost[i];
		}
	}
	qsort(cost, pages_n, sizeof(*cost), by_size);
	median = cost[pages_n / 2];
	free(cost);
	return median;
}

/* One set of pages; its median cost a byte, or 0 when there are none. */
static double
run_set(const char *folder)
{
	double we, peer;

	worst_memory = 0;
	if (nftw(folder, load, 16, FTW_PHYS) != 0 || pages_n == 0) {
		promise(false, "has no *.html.gz", folder);
		return 0;
	}
	printf("# %s: %zu pages, %.1f MB\n", folder, pages_n, (double)total_b / 1e6);
	we = measure(ours, ROUNDS);
	printf("# ours     %7.1f MB/s; at most %.1f times the page + 2 MB\n", we, worst_memory);
	promise(worst_memory <= MEMORY, "a tree takes at most 6 times the page + 2 MB", folder);
#ifdef HAVE_GUMBO
	peer = measure(gumbos, 1);
	printf("# gumbo    %7.1f MB/s; ours is %.1f times as fast\n", peer, we / peer);
	promise(we >= FASTER * peer, "12 times as fast as gumbo", folder);
#else
	promise(false, "gumbo is not there", folder);
#endif
#ifdef HAVE_LIBXML2
	peer = measure(libxml2s, 2);
	printf("# libxml2  %7.1f MB/s; ours is %.1f times as fast\n", peer, we / peer);
	promise(we >= peer, "as fast as libxml2", folder);
#else
	promise(false, "libxml2 is not there", folder);
#endif
	return median_cost();
}

static double
hostile_s(struct str page)
{
	double best = 1e9;

	for (int r = 0; r < ROUNDS; r++) {
		double start = seconds(), end;

		ours(page);
		end = seconds() - start;
		best = end < best ? end : best;
	}
	return best;
}

static void
run_hostile(double median)
{
	double worst = 0;

	for (size_t i = 0; i < HOSTILE_FAMILIES_N; i++) {
		struct buf one = BUF_INIT(4 * HOSTILE_B), two = BUF_INIT(4 * HOSTILE_B);
		double     once, twice, a_byte;

		hostile_make(&hostile_families[i], HOSTILE_B, &one);
		hostile_make(&hostile_families[i], 2 * HOSTILE_B, &two);
		once = hostile_s(buf_str(&one));
		twice = hostile_s(buf_str(&two));
		a_byte = once / (double)one.n / median;
		worst = a_byte > worst ? a_byte : worst;
		printf("# %-30s %7.2f ms a MB, %4.1f times the median page, twice the input %.2f times\n", hostile_families[i].name,
		    1e9 * once / (double)one.n, a_byte, twice / once);
		buf_free(&one);
		buf_free(&two);
	}
	promise(worst <= WORST, "the worst costs at most 10 times the median page a byte", "hostile pages");
}

int
main(int argc, char *argv[])
{
	double medians[16];
	int    n = 0;

	for (int i = 1; i < argc && n < 16; i++) {
		medians[n] = run_set(argv[i]);
		n += medians[n] > 0;
		unload();
	}
	if (n > 0) {
		/* Memory stays with the process: the kernel's zeroing of fresh pages is not what is compared. */
		mallopt(M_TRIM_THRESHOLD, 1 << 30);
		mallopt(M_MMAP_THRESHOLD, 1 << 30);
		qsort(medians, (size_t)n, sizeof(*medians), by_size);
		printf("# the median page costs %.2f ms a MB\n", 1e9 * medians[n / 2]);
		run_hostile(medians[n / 2]);
	}
	printf("1..%d\n", lines_n);
	return failed_n > 0 || lines_n == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
