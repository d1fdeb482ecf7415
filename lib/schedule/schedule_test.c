/* One source's life on a clock of our own. */
#include "schedule/schedule.h"

#include "base/limits.h"
#include "tests/check.h"

#define HOUR (3600 * US_PER_S)
#define DAY  (24 * HOUR)
#define T0   (INT64_C(1530057600) * US_PER_S)    /* Wednesday, 27 June 2018, 00:00 UTC */

struct life {
	struct schedule_policy  policy;
	struct schedule_memory  memory;
	struct schedule_verdict verdict;
	int64_t                 now_us;
	int                     told[SCHEDULE_NEWS__COUNT];
};

static void
answer(struct life *l, struct schedule_answer a)
{
	a.at_us = l->now_us;
	td_schedule_next(&l->policy, &l->memory, &a, &l->verdict);
	for (size_t i = 0; i < l->verdict.told_n; i++)
		l->told[l->verdict.told[i].kind]++;
}

/* Days of one kind of answer, each when it was asked for; how many there were. */
static int
pass(struct life *l, struct schedule_answer a, int64_t until_us)
{
	int n = 0;

	for (; l->verdict.next_us <= until_us; n++) {
		l->now_us = l->verdict.next_us;
		answer(l, a);
	}
	return n;
}

static struct life
begin(struct schedule_answer first)
{
	struct life l = { .policy = { .seed = 77 }, .now_us = T0 };

	answer(&l, first);
	return l;
}

/* Twenty items, the oldest of them so many hours apart. */
static struct schedule_answer
feed(int64_t now_us, int64_t hours)
{
	return (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 20, .fresh_n = 20, .oldest_us = now_us - 19 * hours * HOUR,
		.latest_us = now_us };
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
hourly_news_waits_twelve_minutes_at_sixty_questions_a_day(void)
{
	struct life l = begin(feed(T0, 1));
	int64_t     delay_us[24 * 10], asked_us = T0;
	size_t      n = 0, polls = 0;

	/* An item every hour, at a minute that wanders. */
	for (int64_t item = T0 + 17 * 60 * US_PER_S; l.verdict.next_us < T0 + 10 * DAY; polls++) {
		struct schedule_answer a = { .kind = ANSWER_SAME };

		l.now_us = l.verdict.next_us;
		for (; item <= l.now_us; item += HOUR + ((int64_t)(n * 7 % 11) - 5) * 60 * US_PER_S) {
			a.kind = ANSWER_NEWS;
			a.items_n = 20;
			a.fresh_n++;
			if (n < sizeof(delay_us) / sizeof(*delay_us))
				delay_us[n++] = l.now_us - item;
		}
		CHECK(l.now_us - asked_us >= LIMIT_INTERVAL_MIN_S * US_PER_S);
		asked_us = l.now_us;
		answer(&l, a);
	}
	qsort(delay_us, n, sizeof(*delay_us), compare);
	printf("# %zu questions in ten days, median delay %lld s\n", polls, (long long)(delay_us[n / 2] / US_PER_S));
	CHECK(polls <= 600);
	CHECK(delay_us[n / 2] <= 12 * 60 * US_PER_S);
	CHECK_INT(0, l.told[SCHEDULE_SILENT] + l.told[SCHEDULE_GAP] + l.told[SCHEDULE_BACK]);
}

static void
nothing_is_asked_inside_a_retry_after_or_before_the_stated_freshness_is_over(void)
{
	struct life l = begin(feed(T0, 1));

	answer(&l, (struct schedule_answer){ .kind = ANSWER_BUSY, .retry_s = 7200 });
	CHECK_INT(T0 + 7201 * US_PER_S, l.verdict.hold_us);
	CHECK(l.verdict.next_us > T0 + 7200 * US_PER_S && l.verdict.next_us < T0 + 3 * HOUR);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_BUSY, .retry_s = INT64_MAX });
	CHECK(l.verdict.next_us > T0 + 7 * DAY && l.verdict.next_us < T0 + 8 * DAY);
	l = begin((struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 1, .fresh_n = 1, .body_fresh_s = 12 * 3600 });
	CHECK(l.verdict.next_us >= T0 + 12 * HOUR);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	CHECK(l.verdict.next_us >= T0 + 12 * HOUR);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME, .head_fresh_s = 20 * 3600 });
	CHECK(l.verdict.next_us >= T0 + 20 * HOUR);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 1 });
	CHECK(l.verdict.next_us <= T0 + 5 * HOUR);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 1, .head_fresh_s = 400 * 86400 });
	CHECK(l.verdict.next_us <= T0 + 26 * HOUR);
}

static void
hours_and_days_that_are_to_be_skipped_are_skipped(void)
{
	struct life            l = { .policy = { .seed = 5 }, .now_us = T0 + 20 * HOUR };
	struct schedule_answer a = feed(T0, 1);

	a.skip_hours = 0xff | 1u << 23;
	answer(&l, a);
	CHECK(pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, T0 + DAY) > 3);
	CHECK(l.verdict.next_us >= T0 + DAY + 8 * HOUR && l.verdict.next_us < T0 + DAY + 9 * HOUR);
	l = (struct life){ .policy = { .seed = 5 }, .now_us = T0 + 2 * DAY + 23 * HOUR };      /* Friday night */
	a.skip_hours = 0;
	a.skip_days = 1 | 1 << 6;
	answer(&l, a);
	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, T0 + 3 * DAY);
	CHECK(l.verdict.next_us >= T0 + 5 * DAY && l.verdict.next_us < T0 + 5 * DAY + HOUR);
	a.skip_days = 0x7f;
	answer(&l, a);
	CHECK(l.verdict.next_us < l.now_us + DAY);
}

static void
a_persons_interval_is_kept_within_the_limits(void)
{
	struct life l = begin(feed(T0, 1));

	l.policy.interval_s = 6 * 3600;
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	CHECK(l.verdict.next_us >= T0 + 6 * HOUR && l.verdict.next_us <= T0 + 8 * HOUR);
	l.policy.interval_s = 1;
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	CHECK(l.verdict.next_us >= T0 + LIMIT_INTERVAL_MIN_S * US_PER_S);
}

static void
a_silence_is_told_once_and_so_is_its_end(void)
{
	struct life l = begin(feed(T0, 24));

	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, T0 + 5 * DAY);
	CHECK_INT(0, l.told[SCHEDULE_SILENT]);
	while (l.told[SCHEDULE_SILENT] == 0 && l.verdict.next_us < T0 + 20 * DAY) {
		l.now_us = l.verdict.next_us;
		answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	}
	CHECK_INT(1, l.verdict.told_n);
	CHECK_INT(6, l.verdict.told[0].lasted_s / 86400);
	CHECK_INT(1, l.verdict.told[0].usual_s / 86400);
	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, T0 + 40 * DAY);
	CHECK_INT(1, l.told[SCHEDULE_SILENT]);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 20, .fresh_n = 1 });
	CHECK_INT(1, l.told[SCHEDULE_BACK]);
	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, l.now_us + 100 * DAY);
	CHECK_INT(1, l.told[SCHEDULE_SILENT]);   /* it may be as quiet again for three times as long */
	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_SAME }, l.now_us + 60 * DAY);
	CHECK_INT(2, l.told[SCHEDULE_SILENT]);
}

static void
a_trouble_is_told_when_it_has_lasted_and_its_end_too(void)
{
	struct life l = begin(feed(T0, 1));
	int         polls;

	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_UNREACHED }, T0 + 12 * HOUR);
	CHECK_INT(0, l.told[SCHEDULE_FAILING]);
	polls = pass(&l, (struct schedule_answer){ .kind = ANSWER_UNREACHED }, T0 + 30 * DAY);
	CHECK_INT(1, l.told[SCHEDULE_FAILING]);
	CHECK(polls >= 27 && polls <= 40);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	CHECK_INT(1, l.told[SCHEDULE_BACK]);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_ERROR });
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	CHECK_INT(1, l.told[SCHEDULE_BACK]);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_BAD_TLS });
	CHECK_INT(1, l.told[SCHEDULE_CERTIFICATE]);
}

static void
what_is_gone_is_told_and_still_asked_once_a_week(void)
{
	struct life l = begin(feed(T0, 1));
	int         polls;

	polls = pass(&l, (struct schedule_answer){ .kind = ANSWER_GONE }, T0 + 30 * DAY);
	CHECK_INT(1, l.told[SCHEDULE_GONE]);
	CHECK(polls >= 5 && polls <= 7);
	l = begin(feed(T0, 1));
	(void)pass(&l, (struct schedule_answer){ .kind = ANSWER_MISSING }, T0 + 18 * HOUR);
	CHECK_INT(0, l.told[SCHEDULE_GONE]);
	polls = pass(&l, (struct schedule_answer){ .kind = ANSWER_MISSING }, T0 + 60 * DAY);
	CHECK_INT(1, l.told[SCHEDULE_GONE]);
	CHECK(polls >= 17 && polls <= 30);
	CHECK(l.verdict.next_us - l.now_us >= 5 * DAY);
}

static void
a_window_that_rolled_over_says_from_when_to_when(void)
{
	struct life            l = begin(feed(T0, 1));
	struct schedule_answer a;

	l.now_us = T0 + 30 * HOUR;
	a = feed(l.now_us, 1);
	answer(&l, a);
	CHECK_INT(1, l.told[SCHEDULE_GAP]);
	CHECK_INT(T0, l.verdict.told[0].from_us);
	CHECK_INT(T0 + 11 * HOUR, l.verdict.told[0].to_us);
	a = feed(l.now_us, 1);
	a.kind = ANSWER_PARTIAL;
	l.now_us += 30 * HOUR;
	answer(&l, a);
	CHECK_INT(1, l.told[SCHEDULE_GAP]);
	l.now_us += HOUR;
	answer(&l, (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 20, .fresh_n = 19, .oldest_us = l.now_us - 19 * HOUR, .latest_us = l.now_us });
	CHECK_INT(1, l.told[SCHEDULE_GAP]);
}

static void
a_move_is_learned_after_three_equal_answers_over_a_week(void)
{
	struct life            l = begin(feed(T0, 1));
	struct schedule_answer moved = { .kind = ANSWER_SAME, .moved_to = 42 };

	for (int day = 0; day < 7; day++) {
		l.now_us = T0 + day * DAY;
		answer(&l, moved);
		CHECK(!l.verdict.learn_url);
	}
	l.now_us = T0 + 7 * DAY;
	answer(&l, moved);
	CHECK(l.verdict.learn_url);
	l = begin(feed(T0, 1));
	for (int day = 0; day < 30; day++) {
		l.now_us = T0 + day * DAY;
		moved.moved_to = day % 5 == 4 ? 43 : 42;
		answer(&l, moved);
		CHECK(!l.verdict.learn_url);
	}
	moved.kind = ANSWER_UNREADABLE;
	moved.moved_to = 42;
	for (int day = 30; day < 60; day++) {
		l.now_us = T0 + day * DAY;
		answer(&l, moved);
		CHECK(!l.verdict.learn_url);
	}
}

static void
once_a_week_it_is_asked_as_if_for_the_first_time(void)
{
	struct life l = begin(feed(T0, 1));
	int         whole = 0;

	while (l.verdict.next_us < T0 + 30 * DAY) {
		struct schedule_answer a = { .kind = l.memory.ask_whole != 0 ? ANSWER_NEWS : ANSWER_SAME, .was_asked_whole = l.memory.ask_whole != 0 };

		whole += l.memory.ask_whole != 0;
		l.now_us = l.verdict.next_us;
		answer(&l, a);
	}
	CHECK_INT(4, whole);
}

static void
a_clock_that_is_set_back_silences_nobody(void)
{
	struct life l = begin(feed(T0, 1));

	CHECK_INT(l.verdict.next_us, td_schedule_due(&l.policy, &l.memory, l.verdict.next_us, l.now_us));
	CHECK(td_schedule_due(&l.policy, &l.memory, l.verdict.next_us, T0 - 10 * DAY) < T0 - 9 * DAY);
	answer(&l, (struct schedule_answer){ .kind = ANSWER_BUSY, .retry_s = 6 * 86400 });
	CHECK_INT(l.verdict.next_us, td_schedule_due(&l.policy, &l.memory, l.verdict.next_us, l.now_us));
	answer(&l, (struct schedule_answer){ .kind = ANSWER_SAME });
	l.now_us -= 365 * DAY;
	answer(&l, (struct schedule_answer){ .kind = ANSWER_NEWS, .items_n = 20, .fresh_n = 1 });
	CHECK(l.verdict.next_us > l.now_us && l.verdict.next_us < l.now_us + DAY);
}

static void
sources_that_are_alike_are_spread(void)
{
	int64_t least = INT64_MAX, most = 0;

	for (uint64_t seed = 0; seed < 100; seed++) {
		struct life l = { .policy = { .seed = seed }, .now_us = T0 };

		answer(&l, feed(T0, 1));
		least = l.verdict.next_us < least ? l.verdict.next_us : least;
		most = l.verdict.next_us > most ? l.verdict.next_us : most;
	}
	CHECK(most - least > 50 * US_PER_S);
}

static void
a_memory_is_a_message_of_less_than_300_bytes(void)
{
	struct schedule_memory m;
	struct buf             b = BUF_INIT(4096);

	memset(&m, 0x7f, sizeof(m));
	td_wire_put(&b, &schedule_memory_desc, &m);
	CHECK(!b.failed && b.n > 0 && b.n <= 300);
	buf_free(&b);
}

static void
a_site_ends_where_its_name_says(void)
{
	static const char *const cases[][2] = { { "www.example.org", "example.org" }, { "example.org", "example.org" }, { "a.b.nkdb.or.kr", "nkdb.or.kr" },
		{ "news.bbc.co.uk", "bbc.co.uk" }, { "a.t.co", "t.co" }, { "localhost", "localhost" }, { "192.0.2.1", "192.0.2.1" }, { "[::1]", "[::1]" },
		{ "", "" }, { "co.kr", "co.kr" }, { "a.example.kr", "example.kr" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_STR(str_of(cases[i][1]), td_site_of(str_of(cases[i][0])));
}

TESTS(
	TEST(hourly_news_waits_twelve_minutes_at_sixty_questions_a_day),
	TEST(nothing_is_asked_inside_a_retry_after_or_before_the_stated_freshness_is_over),
	TEST(hours_and_days_that_are_to_be_skipped_are_skipped),
	TEST(a_persons_interval_is_kept_within_the_limits),
	TEST(a_silence_is_told_once_and_so_is_its_end),
	TEST(a_trouble_is_told_when_it_has_lasted_and_its_end_too),
	TEST(what_is_gone_is_told_and_still_asked_once_a_week),
	TEST(a_window_that_rolled_over_says_from_when_to_when),
	TEST(a_move_is_learned_after_three_equal_answers_over_a_week),
	TEST(once_a_week_it_is_asked_as_if_for_the_first_time),
	TEST(a_clock_that_is_set_back_silences_nobody),
	TEST(sources_that_are_alike_are_spread),
	TEST(a_memory_is_a_message_of_less_than_300_bytes),
	TEST(a_site_ends_where_its_name_says))
