/* check - the smallest test harness that still tells you what happened. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

static int         checks_failed;
static const char *check_skipped;

/* Leave the running test: what it needs is not on this machine.  Counted as skipped, never as passed. */
#define CHECK_SKIP(why) do { check_skipped = (why); return; } while (0)

#define CHECK(cond) do { if (!(cond)) { checks_failed++; \
	fprintf(stderr, "%s:%d: %s: not true: %s\n", __FILE__, __LINE__, __func__, #cond); } } while (0)

#define CHECK_INT(want, got) do { long long w_ = (long long)(want), g_ = (long long)(got); if (w_ != g_) { checks_failed++; \
	fprintf(stderr, "%s:%d: %s: %s\n  want: %lld\n  got:  %lld\n", __FILE__, __LINE__, __func__, #got, w_, g_); } } while (0)

#define CHECK_STR(want, got) do { struct str w_ = (want), g_ = (got); if (!str_eq(w_, g_)) { checks_failed++; \
	fprintf(stderr, "%s:%d: %s: %s\n  want: %" STR_FMT "\n  got:  %" STR_FMT "\n", __FILE__, __LINE__, \
	    __func__, #got, STR_ARG(w_), STR_ARG(g_)); } } while (0)

/* Says each test's name in TAP, so that the suite counts tests, not programs. */
struct check_test {
	const char *name;
	void      (*run)(void);
};

static inline int
check_run(const struct check_test *t, size_t n)
{
	int bad = 0;

	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		checks_failed = 0;
		check_skipped = NULL;
		t[i].run();
		bad += checks_failed != 0;
		printf("%sok %zu - %s%s%s\n", checks_failed ? "not " : "", i + 1, t[i].name, check_skipped ? " # SKIP " : "",
		    check_skipped ? check_skipped : "");
		fflush(stdout);
	}
	return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* TESTS(TEST(a_sentence), TEST(another)) is the whole of main(). */
#define TEST(fn)   { #fn, fn }
#define TESTS(...) int main(void) { static const struct check_test t_[] = { __VA_ARGS__ }; \
	return check_run(t_, sizeof(t_) / sizeof(*t_)); }

#endif
