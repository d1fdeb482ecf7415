/*
 * Pages made to be slow or large (html/hostile.h): twice the input costs at most 2.3 times, the worst family at most ten times
 * the median of all a byte, no tree takes more than 64 MB, and one that met a limit says so.  Times are of the processor, the
 * best of a few runs; a busy machine gets more of them.
 */
#include "html/hostile.h"

#include <malloc.h>
#include <time.h>

#include "base/limits.h"
#include "html/tree.h"
#include "tests/check.h"

#ifdef TIDINGS_SANITIZED           /* every allocation of its own: only that they are read without a fault */
#define INPUT_B   (16 * KiB)
#define LARGE_B   (64 * KiB)
#define RUNS      1
#else
#define INPUT_B   (512 * KiB)    /* the smaller of the two */
#define LARGE_B   (8 * MiB)
#define RUNS      3
#endif
#define TRIES     8
#define FAST_S    0.010          /* for a MB: as fast as any page, not worth a ratio */
#define MEMORY_B  (64 * MiB)

static void
arena_full(void *arg)
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

/* Beyond the page itself; *ret_cut: the tree says that it is not the whole page. */
static size_t
memory_of(struct str text, bool *ret_cut)
{
	struct arena     a;
	struct html_tree tree;
	size_t           used;

	arena_init(&a, 2048 * MiB, arena_full, NULL);
	td_html_parse(&a, text, NULL, &tree);
	used = a.used;
	*ret_cut = tree.cut;
	arena_free(&a);
	return used;
}

static double
best_time(struct str text)
{
	double best = 1e9;
	bool   cut;

	for (int i = 0; i < RUNS; i++) {
		double start = seconds(), end;

		memory_of(text, &cut);
		end = seconds() - start;
		best = end < best ? end : best;
	}
	return best;
}

/* Of the larger input.  The machine may be busy with others: a family fails when it fails every time. */
static double
time_of(const struct hostile_family *f)
{
	struct buf one = BUF_INIT(4 * INPUT_B), two = BUF_INIT(4 * INPUT_B);
	double     t1, t2;
	int        tries = 0;

	hostile_make(f, INPUT_B, &one);
	hostile_make(f, 2 * INPUT_B, &two);
	do {
		t1 = best_time(buf_str(&one));
		t2 = best_time(buf_str(&two));
	} while (t2 > 2.3 * t1 && t2 > FAST_S && ++tries < TRIES);
	printf("# %-28s %6.1f ms a MB, %.2f times\n", f->name, t2 * 1000, t2 / t1);
#ifndef TIDINGS_SANITIZED
	CHECK(tries < TRIES);
#endif
	buf_free(&one);
	buf_free(&two);
	return t2;
}

static int
by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
twice_the_input_costs_twice_the_time_and_no_family_stands_out(void)
{
	double times[HOSTILE_FAMILIES_N], worst = 0;

	/* Memory stays with the process: the kernel's zeroing of fresh pages is not what is measured. */
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	for (int tries = 0; tries < 3; tries++) {
		for (size_t i = 0; i < HOSTILE_FAMILIES_N; i++)
			times[i] = time_of(&hostile_families[i]);
		qsort(times, HOSTILE_FAMILIES_N, sizeof(*times), by_time);
		worst = times[HOSTILE_FAMILIES_N - 1] / times[HOSTILE_FAMILIES_N / 2];
#ifdef TIDINGS_SANITIZED
		return;
#endif
		if (worst <= 10)
			break;
	}
	printf("# the worst costs %.1f times the median\n", worst);
	CHECK(worst <= 10);
}

static void
no_tree_takes_more_than_its_memory_and_a_cut_one_says_so(void)
{
	for (size_t i = 0; i < HOSTILE_FAMILIES_N; i++) {
		struct buf page = BUF_INIT(2 * LARGE_B);
		size_t     used;
		bool       cut;

		hostile_make(&hostile_families[i], LARGE_B, &page);
		used = memory_of(buf_str(&page), &cut);
		if (used > MEMORY_B)
			fprintf(stderr, "  %s: %zu MB\n", hostile_families[i].name, used / MiB);
		CHECK(used <= MEMORY_B);
		CHECK(cut || used < LIMIT_TREE_B + page.n);
		buf_free(&page);
	}
}

static void
a_tag_keeps_so_many_attributes_and_no_more(void)
{
	static const struct hostile_family attributes = { "", "<p", " a%d" };
	struct buf page = BUF_INIT(MiB);
	bool       cut;

	for (int i = 0; i < LIMIT_ATTRS_N; i++)
		buf_addf(&page, "%s a%d", i == 0 ? "<p" : "", i);
	buf_add(&page, STR(">"));
	memory_of(buf_str(&page), &cut);
	CHECK(!cut);
	page.n--;
	buf_add(&page, STR(" one=more>"));
	memory_of(buf_str(&page), &cut);
	CHECK(cut);
	buf_reset(&page);
	hostile_make(&attributes, 800 * KiB, &page);
	buf_add(&page, STR(">"));
	memory_of(buf_str(&page), &cut);
	CHECK(cut);
	buf_free(&page);
}

TESTS(TEST(twice_the_input_costs_twice_the_time_and_no_family_stands_out), TEST(no_tree_takes_more_than_its_memory_and_a_cut_one_says_so),
	TEST(a_tag_keeps_so_many_attributes_and_no_more))
