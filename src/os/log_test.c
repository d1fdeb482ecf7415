#include "os/log.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"

/* What `say` writes to stderr. */
static struct str
heard(void (*say)(void), char out[4 * LOG_LINE_B])
{
	int     ends[2], before = dup(STDERR_FILENO);
	ssize_t n;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	fflush(stderr);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	say();
	dup2(before, STDERR_FILENO);
	close(before);
	n = read(ends[0], out, 4 * LOG_LINE_B);
	close(ends[0]);
	return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

static void
say_all_levels(void)
{
	os_log(LOG_LEVEL_ERROR, "fetch", "one");
	os_log(LOG_LEVEL_WARN, "fetch", "two");
	os_log(LOG_LEVEL_INFO, "fetch", "three");
	os_log(LOG_LEVEL_DEBUG, "fetch", "four");
}

static void
say_a_forgery(void)
{
	os_log(LOG_LEVEL_ERROR, "fetch", "why=%s", "한국\nerror store broken\x1b[31m");
}

static void
say_too_much(void)
{
	os_log(LOG_LEVEL_ERROR, "fetch", "%3000d", 7);
}

static void
the_environment_decides_which_levels_are_heard(void)
{
	static const struct { const char *wish; int lines; } rows[] = {
		{ "error", 1 }, { "warn", 2 }, { "info", 3 }, { "debug", 4 }, { "nonsense", 2 },
	};
	char out[4 * LOG_LINE_B];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str got, line;
		int        lines = 0;

		setenv("TIDINGS_LOG", rows[i].wish, 1);
		os_log_start(LOG_LEVEL_WARN);
		got = heard(say_all_levels, out);
		while (str_cut(&got, '\n', &line) && line.n > 0)
			lines++;
		CHECK_INT(rows[i].lines, lines);
	}
	unsetenv("TIDINGS_LOG");
}

static void
a_line_has_time_level_room_and_text(void)
{
	char       out[4 * LOG_LINE_B];
	struct str got;

	os_log_start(LOG_LEVEL_ERROR);
	got = heard(say_all_levels, out);
	CHECK_STR(STR("Z error fetch one\n"), str_sub(got, 19, got.n));
}

static void
under_systemd_the_level_stands_in_front(void)
{
	char out[4 * LOG_LINE_B];

	setenv("JOURNAL_STREAM", "8:1234", 1);
	os_log_start(LOG_LEVEL_ERROR);
	CHECK_STR(STR("<3>fetch one\n"), heard(say_all_levels, out));
	unsetenv("JOURNAL_STREAM");
	os_log_start(LOG_LEVEL_WARN);
}

static void
a_text_cannot_forge_a_line(void)
{
	char       out[4 * LOG_LINE_B];
	struct str got = heard(say_a_forgery, out);

	CHECK(str_ends(got, STR("why=한국?error store broken?[31m\n")));
	CHECK_INT(got.n - 1, str_find_char(got, '\n'));
}

static void
a_long_line_is_cut(void)
{
	char       out[4 * LOG_LINE_B];
	struct str got = heard(say_too_much, out);

	CHECK_INT(LOG_LINE_B, got.n);
	CHECK_INT(got.n - 1, str_find_char(got, '\n'));
}

int
main(void)
{
	static const struct check_test all[] = {
		TEST(the_environment_decides_which_levels_are_heard),
		TEST(a_line_has_time_level_room_and_text),
		TEST(under_systemd_the_level_stands_in_front),
		TEST(a_text_cannot_forge_a_line),
		TEST(a_long_line_is_cut),
	};

	unsetenv("TIDINGS_LOG");
	unsetenv("JOURNAL_STREAM");
	unsetenv("TIDINGS_NOW");
	return check_run(all, sizeof(all) / sizeof(*all));
}
