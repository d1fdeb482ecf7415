#include "os/clock.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/civil.h"
#include "tests/check.h"

/* Each question is asked in a child of its own, because a process looks at its variables once. */
static bool
child_says(bool (*question)(void), const char *name, const char *value)
{
	int   status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		setenv(name, value, 1);
		_exit(question() ? 0 : 1);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
starts_in_2018(void)
{
	int64_t a = os_now_us(), b, start;

	if (!instant_parse_iso(STR("2018-06-27T00:30:00Z"), &start))
		return false;
	do
		b = os_now_us();
	while (b == a);
	return a >= start && a < start + US_PER_S && b > a && b < start + 60 * US_PER_S;
}

static bool
draws_the_sequence_of_seoul(void)
{
	static const unsigned char want[8] = { 0x73, 0x24, 0xdf, 0xfc, 0xed, 0x34, 0xf4, 0xb6 };
	unsigned char              got[8];

	os_random(got, 3);
	os_random(got + 3, 5);
	for (size_t i = 0; i < sizeof(got); i++)
		if (got[i] != want[i])
			fprintf(stderr, "byte %zu: want %02x, got %02x\n", i, want[i], got[i]);
	return memcmp(got, want, sizeof(got)) == 0;
}

static void
the_clock_starts_at_tidings_now_and_runs_on(void)
{
	CHECK(child_says(starts_in_2018, "TIDINGS_NOW", "2018-06-27T09:30:00+09:00"));
	CHECK(!child_says(starts_in_2018, "TIDINGS_NOW", "2018-06-27T09:30:00Z"));
	CHECK(!child_says(starts_in_2018, "TIDINGS_NOW", "yesterday"));
	CHECK(!child_says(starts_in_2018, "TIDINGS_NOW", ""));
}

static void
a_seed_always_draws_the_same(void)
{
	CHECK(child_says(draws_the_sequence_of_seoul, "TIDINGS_SEED", "seoul"));
	CHECK(!child_says(draws_the_sequence_of_seoul, "TIDINGS_SEED", "busan"));
	CHECK(!child_says(draws_the_sequence_of_seoul, "TIDINGS_SEED", ""));
}

static void
without_a_seed_no_two_ids_are_the_same(void)
{
	struct id a = os_random_id(), b = os_random_id();

	CHECK(!id_eq(&a, &b));
	CHECK(!id_is_none(&a));
}

static void
a_uuid_says_that_it_is_version_4(void)
{
	for (int i = 0; i < 100; i++) {
		struct id id = os_random_uuid();

		CHECK_INT(0x40, id.b[6] & 0xf0);
		CHECK_INT(0x80, id.b[8] & 0xc0);
	}
}

static void
ticks_never_go_back(void)
{
	int64_t last = os_ticks_us();

	for (int i = 0; i < 1000; i++) {
		int64_t now = os_ticks_us();

		CHECK(now >= last);
		last = now;
	}
}

int
main(void)
{
	static const struct check_test all[] = {
		TEST(the_clock_starts_at_tidings_now_and_runs_on),
		TEST(a_seed_always_draws_the_same),
		TEST(without_a_seed_no_two_ids_are_the_same),
		TEST(a_uuid_says_that_it_is_version_4),
		TEST(ticks_never_go_back),
	};

	unsetenv("TIDINGS_NOW");        /* the suite itself may run under them */
	unsetenv("TIDINGS_SEED");
	return check_run(all, sizeof(all) / sizeof(*all));
}
