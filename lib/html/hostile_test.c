/*
 * Families of pages made to be slow, each at n and at 2n: twice the input may cost at most 2.3 times.  Times
 * are of the processor, the best of a few runs.
 */
#include <malloc.h>
#include <time.h>

#include "base/buf.h"
#include "base/limits.h"
#include "html/tree.h"
#include "tests/check.h"

#define INPUT_B   (512 * KiB)    /* the smaller of the two */
#define RUNS      3
#define TRIES     6
#define FAST_S    0.010          /* for a MB: as fast as any page, not worth a ratio */

struct family {
	const char *name, *before, *repeat;      /* %d in `repeat` counts */
};

static const struct family families[] = {
	{ "attributes", "<p", " a%d=1" },
	{ "the same attribute", "<p", " a=1" },
	{ "attributes of many bodies", "<body>", "<body a%d=1>" },
	{ "nesting", "", "<div>" },
	{ "nesting in a paragraph", "<p>", "<span><p>" },
	{ "formatting", "", "<b><i><p>" },
	{ "formatting of many kinds", "", "<font size=%d>x" },
	{ "formatting, then paragraphs", "<b><i><u><s><tt>", "<p>x</p>" },
	{ "nested links", "", "<a href=%d><div>" },
	{ "misnested ends", "<b><i><u><div><p>", "</b><b></i><i><p>" },
	{ "tables", "", "<table><tr><td>" },
	{ "foster parents", "<table>", "<a>x<tr>" },
	{ "text fostered in turns", "<table>", "a<tr><td>&amp;b" },
	{ "references", "", "&amp&#x%d;&notit" },
	{ "ampersands", "", "&" },
	{ "open comments", "", "<!--" },
	{ "NUL bytes", "", "\1<\1p\1>\1" },          /* \1 stands for NUL */
	{ "select", "", "<select><option><optgroup>" },
	{ "templates", "", "<template><tr>" },
	{ "foreign content", "", "<svg><desc><math><mi>" },
	{ "doctypes", "", "<!doctype html public \"" },
	{ "forms that end outside", "", "<form><div></form>" },
	{ "unclosed everything", "", "<p><table><script><title></x><!" },
	{ "headings and items", "", "<ul><li><h1><dd>" },
	{ "carriage returns", "<pre>", "\r\n\r" },
	{ "framesets", "<frameset>", "<frameset><frame>" },
};
#define FAMILIES_N (sizeof(families) / sizeof(*families))

static void
arena_full(void *arg)
{
	(void)arg;
	abort();
}

static void
make(const struct family *f, size_t size, struct buf *out)
{
	const char *number = strstr(f->repeat, "%d");

	buf_add(out, str_of(f->before));
	for (int i = 0; out->n < size; i++) {
		if (number == NULL) {
			buf_add(out, str_of(f->repeat));
			continue;
		}
		buf_add(out, (struct str){ f->repeat, (size_t)(number - f->repeat) });
		buf_addf(out, "%d", i);
		buf_add(out, str_of(number + 2));
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i] == '\1')
			out->p[i] = '\0';
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
best_time(struct str text)
{
	double best = 1e9;

	for (int i = 0; i < RUNS; i++) {
		struct arena     a;
		struct html_tree tree;
		double           start = seconds();

		arena_init(&a, 2048 * MiB, arena_full, NULL);
		td_html_parse(&a, text, NULL, &tree);
		if (seconds() - start < best)
			best = seconds() - start;
		arena_free(&a);
	}
	return best;
}

/* The machine may be busy with others: a family fails when it fails every time. */
static void
run_family(const struct family *f)
{
	struct buf one = BUF_INIT(4 * INPUT_B), two = BUF_INIT(4 * INPUT_B);
	double     t1, t2;
	int        tries = 0;

	make(f, INPUT_B, &one);
	make(f, 2 * INPUT_B, &two);
	do {
		t1 = best_time(buf_str(&one));
		t2 = best_time(buf_str(&two));
	} while (t2 > 2.3 * t1 && t2 > FAST_S && ++tries < TRIES);
	printf("# %-28s %6.1f ms a MB, %.2f times\n", f->name, t2 * 1000, t2 / t1);
#ifndef TIDINGS_SANITIZED
	CHECK(tries < TRIES);
	CHECK(t2 < 1.0);
#endif
	buf_free(&one);
	buf_free(&two);
}

static void
twice_the_input_costs_twice_the_time(void)
{
	/* Memory stays with the process: the kernel's zeroing of fresh pages is not what is measured. */
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	for (size_t i = 0; i < FAMILIES_N; i++)
		run_family(&families[i]);
}

TESTS(TEST(twice_the_input_costs_twice_the_time))
