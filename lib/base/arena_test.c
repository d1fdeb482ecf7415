#include "base/arena.h"

#include <setjmp.h>

#include "base/buf.h"
#include "tests/check.h"

static jmp_buf boundary;

static void
jump_back(void *arg)
{
	(void)arg;
	longjmp(boundary, 1);
}

static void
a_greedy_page_is_stopped_at_its_limit(void)
{
	struct arena  a;
	volatile bool stopped = false;

	arena_init(&a, 1 * MiB, jump_back, NULL);
	if (setjmp(boundary) == 0)
		for (;;)
			arena_take(&a, 4 * KiB);
	else
		stopped = true;
	CHECK(stopped);
	CHECK(a.used <= 1 * MiB);
	arena_free(&a);
}

static void
a_product_that_overflows_is_refused(void)
{
	struct arena  a;
	volatile bool stopped = false;

	arena_init(&a, 1 * MiB, jump_back, NULL);
	if (setjmp(boundary) == 0)
		arena_take_n(&a, (size_t)-1 / 2, 4);
	else
		stopped = true;
	CHECK(stopped);
	arena_free(&a);
}

static void
a_copy_outlives_its_original(void)
{
	struct arena a;
	char         name[] = "Kim Tae-hee";
	struct str   kept;

	arena_init(&a, 1 * MiB, jump_back, NULL);
	kept = arena_copy(&a, str_of(name));
	name[0] = '?';
	CHECK_STR(STR("Kim Tae-hee"), kept);
	arena_free(&a);
}

static void
what_was_adopted_or_deferred_goes_with_the_arena_and_counts(void)
{
	struct arena  a;
	volatile bool stopped = false;
	struct buf    b = BUF_INIT(4 * KiB);
	struct str    kept;

	arena_init(&a, 6 * KiB, jump_back, NULL);
	buf_add(&b, STR("Kim Tae-hee"));
	kept = buf_keep(&b, &a);
	CHECK_STR(STR("Kim Tae-hee"), kept);
	CHECK(b.p == NULL && a.used >= kept.n);
	if (setjmp(boundary) == 0)
		arena_adopt(&a, malloc(6 * KiB), 6 * KiB);      /* LeakSanitizer looks whether it was freed */
	else
		stopped = true;
	CHECK(stopped && !a.is_starved);
	arena_free(&a);
}

TESTS(
	TEST(what_was_adopted_or_deferred_goes_with_the_arena_and_counts),
	TEST(a_greedy_page_is_stopped_at_its_limit),
	TEST(a_product_that_overflows_is_refused),
	TEST(a_copy_outlives_its_original))
