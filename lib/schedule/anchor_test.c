/* Thirty days of a desk and its time authorities, on a clock of our own. */
#include "schedule/anchor.h"

#include "base/civil.h"
#include "tests/check.h"

#define MINUTE_US (60 * US_PER_S)
#define DAY_US    (INT64_C(86400) * US_PER_S)
#define BEGIN_US  (INT64_C(17709) * DAY_US)

/* How often they are asked in `days`, something new each `fresh_min` minutes (0: only once); `good` of two answer. */
static int
asked(int days, int fresh_min, int good)
{
	struct anchor_state s = { .entries = 1, .authorities = 2, .every_h = 24, .busy_us = BEGIN_US };
	int                 n = 0;

	for (int64_t t = 0; t < days * DAY_US; t += MINUTE_US) {
		if (fresh_min > 0 && t / MINUTE_US % fresh_min == 0) {
			s.entries++;
			s.new_us = s.new_us == 0 ? BEGIN_US + t : s.new_us;
			s.busy_us = BEGIN_US + t;
		}
		if (!td_anchor_is_due(&s, BEGIN_US + t))
			continue;
		n++;
		if (good > 0) {
			s.stamped_size = s.entries;
			s.stamped_us = BEGIN_US + t;
			s.stamped_n = good;
			s.new_us = 0;
		}
		s.failures = good < 2 ? s.failures + 1 : 0;
		s.failed_us = good < 2 ? BEGIN_US + t : 0;
	}
	return n;
}

static void
one_question_a_day_and_none_when_nothing_is_new(void)
{
	CHECK_INT(1, asked(30, 0, 2));
	CHECK_INT(30, asked(30, 600, 2));
	CHECK_INT(1, asked(1, 10, 2));
}

static void
a_desk_that_never_rests_is_waited_for_an_hour_at_most(void)
{
	CHECK_INT(30, asked(30, 1, 2));         /* an hour after midnight each day */
}

static void
who_does_not_answer_is_asked_ever_more_rarely(void)
{
	int none = asked(30, 600, 0), one = asked(30, 600, 1);

	CHECK(none > 30 * 4 - 6 && none < 30 * 4 + 12);
	CHECK(one > 30 * 4 - 6 && one < 30 * 4 + 12);
	CHECK_INT(0, td_anchor_rest(0));
	CHECK_INT(15 * MINUTE_US, td_anchor_rest(1));
	CHECK_INT(30 * MINUTE_US, td_anchor_rest(2));
	CHECK_INT(360 * MINUTE_US, td_anchor_rest(1000));
}

static void
nothing_is_asked_when_a_person_says_so_or_nobody_is_named(void)
{
	struct anchor_state s = { .entries = 1, .authorities = 2, .every_h = 24 };

	CHECK(td_anchor_is_due(&s, BEGIN_US));
	s.every_h = 0;
	CHECK(!td_anchor_is_due(&s, BEGIN_US));
	s.every_h = 24;
	s.authorities = 0;
	CHECK(!td_anchor_is_due(&s, BEGIN_US));
}

static void
a_clock_that_was_set_back_silences_nothing(void)
{
	struct anchor_state s = { .entries = 2, .stamped_size = 1, .stamped_n = 2, .authorities = 2, .every_h = 24, .stamped_us = BEGIN_US + 900 * DAY_US,
		.busy_us = BEGIN_US + 900 * DAY_US };

	CHECK(td_anchor_is_due(&s, BEGIN_US));
}

static void
everything_is_read_again_once_a_month_and_to_its_end(void)
{
	struct fixity_state s = { .every_days = 30, .first_us = BEGIN_US };

	CHECK(!td_fixity_is_due(&s, BEGIN_US + 30 * DAY_US - 1));
	CHECK(td_fixity_is_due(&s, BEGIN_US + 30 * DAY_US));
	s.newest_us = BEGIN_US + 30 * DAY_US;
	CHECK(!td_fixity_is_due(&s, BEGIN_US + 59 * DAY_US));
	CHECK(td_fixity_is_due(&s, BEGIN_US + 60 * DAY_US));
	s.is_under_way = true;
	CHECK(td_fixity_is_due(&s, BEGIN_US + 59 * DAY_US));
	s.is_busy = true;
	CHECK(!td_fixity_is_due(&s, BEGIN_US + 60 * DAY_US));
	s.is_busy = false;
	s.failures = 1;
	s.failed_us = BEGIN_US + 60 * DAY_US;
	CHECK(!td_fixity_is_due(&s, s.failed_us + 14 * MINUTE_US));
	CHECK(td_fixity_is_due(&s, s.failed_us + 15 * MINUTE_US));
	s.every_days = 0;
	CHECK(!td_fixity_is_due(&s, BEGIN_US + 90 * DAY_US));
}

TESTS(
	TEST(everything_is_read_again_once_a_month_and_to_its_end),
	TEST(one_question_a_day_and_none_when_nothing_is_new),
	TEST(a_desk_that_never_rests_is_waited_for_an_hour_at_most),
	TEST(who_does_not_answer_is_asked_ever_more_rarely),
	TEST(nothing_is_asked_when_a_person_says_so_or_nobody_is_named),
	TEST(a_clock_that_was_set_back_silences_nothing))
