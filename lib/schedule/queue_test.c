/* Courtesy, judged by a referee that knows nothing of the queue but what it did and when. */
#include "schedule/queue.h"

#include <inttypes.h>

#include "base/limits.h"
#include "schedule/schedule.h"
#include "tests/check.h"

#define HOUR (3600 * US_PER_S)
#define DAY  (24 * HOUR)
#define T0   (INT64_C(1530057600) * US_PER_S)

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static uint64_t
chance(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

static void
a_host_is_asked_one_at_a_time_and_rests_after_each(void)
{
	struct arena  a;
	struct queue *q;
	size_t        slot, host;
	uint64_t      mine;

	arena_init(&a, MiB, full, NULL);
	q = td_queue_create(&a, 4);
	host = td_queue_host(q, STR("a.example"));
	CHECK_INT(host, td_queue_host(q, STR("a.example")));
	td_queue_add(q, host, T0, HOUR, 1, 11);
	td_queue_add(q, host, T0, HOUR, 2, 22);
	CHECK(td_queue_take(q, T0, &slot, &mine));
	CHECK_INT(22, mine);
	CHECK(!td_queue_take(q, T0 + 60 * US_PER_S, &slot, &mine));
	CHECK(td_queue_begin(q, host, T0 + 60 * US_PER_S) > 0);
	td_queue_end(q, host, T0, T0 + 60 * US_PER_S);
	CHECK_INT(T0 + 360 * US_PER_S, td_queue_next(q, T0 + 60 * US_PER_S));
	CHECK(!td_queue_take(q, T0 + 359 * US_PER_S, &slot, &mine));
	CHECK(td_queue_take(q, T0 + 360 * US_PER_S, &slot, &mine));
	CHECK_INT(11, mine);
	td_queue_crawl_delay(q, host, 1000);
	td_queue_end(q, host, T0 + 360 * US_PER_S, T0 + 361 * US_PER_S);
	CHECK_INT(30 * US_PER_S, td_queue_begin(q, host, T0 + 361 * US_PER_S));
	CHECK_INT(0, td_queue_begin(q, host, T0 + 391 * US_PER_S));
	arena_free(&a);
}

static void
a_retry_after_holds_for_the_whole_site_and_for_nobody_else(void)
{
	struct arena  a;
	struct queue *q;
	size_t        slot, www, news, other;
	uint64_t      mine;

	arena_init(&a, MiB, full, NULL);
	q = td_queue_create(&a, 4);
	www = td_queue_host(q, STR("www.site.or.kr"));
	news = td_queue_host(q, STR("news.site.or.kr"));
	other = td_queue_host(q, STR("www.other.or.kr"));
	td_queue_add(q, news, T0, HOUR, 1, 1);
	td_queue_add(q, other, T0, HOUR, 1, 2);
	td_queue_hold(q, www, T0 + HOUR);
	CHECK(td_queue_take(q, T0, &slot, &mine));
	CHECK_INT(2, mine);
	CHECK(!td_queue_take(q, T0 + HOUR - 1, &slot, &mine));
	CHECK(td_queue_take(q, T0 + HOUR, &slot, &mine));
	CHECK_INT(1, mine);
	arena_free(&a);
}

static void
a_laptop_that_slept_has_asked_120_sources_in_three_minutes_the_likeliest_first(void)
{
	struct arena  a;
	struct queue *q;
	size_t        n = 0, slot, first_half = 0;
	uint64_t      mine;
	int64_t       now = T0, busiest = 0, starts[120];
	char          name[32];

	arena_init(&a, MiB, full, NULL);
	q = td_queue_create(&a, 120);
	for (uint64_t i = 0; i < 120; i++) {
		snprintf(name, sizeof(name), "h%d.example", (int)i);
		td_queue_add(q, td_queue_host(q, str_of(name)), T0 - DAY, HOUR, (int64_t)(i * 37 % 120), i * 37 % 120);
	}
	CHECK_INT(120, td_queue_backlog(q, T0));
	for (; n < 120 && now < T0 + HOUR; now = td_queue_next(q, now + 1))
		while (td_queue_take(q, now, &slot, &mine)) {
			first_half += n < 60 && mine >= 60;
			starts[n++] = now;
		}
	CHECK_INT(120, n);
	CHECK_INT(60, first_half);
	CHECK(starts[119] - T0 <= 180 * US_PER_S);
	for (size_t i = 0; i < 120; i++)
		for (size_t k = i; k < 120 && starts[k] < starts[i] + 10 * US_PER_S; k++)
			busiest = (int64_t)(k - i + 1) > busiest ? (int64_t)(k - i + 1) : busiest;
	CHECK(busiest <= 10);
	printf("# all asked after %.0f s, at most %d in any ten seconds\n", (double)(starts[119] - T0) / 1e6, (int)busiest);
	arena_free(&a);
}

static void
removed_entries_leave_their_room(void)
{
	struct arena  a;
	struct queue *q;
	size_t        slots[8], slot;
	uint64_t      mine;

	arena_init(&a, MiB, full, NULL);
	q = td_queue_create(&a, 8);
	for (int turn = 0; turn < 100; turn++) {
		for (size_t i = 0; i < 8; i++)
			slots[i] = td_queue_add(q, td_queue_host(q, STR("a.example")), T0 + (int64_t)i, HOUR, 1, i);
		CHECK_INT(QUEUE_NONE, td_queue_add(q, 0, T0, HOUR, 1, 9));
		for (size_t i = 0; i < 8; i++)
			td_queue_remove(q, slots[i * 5 % 8]);
	}
	CHECK(!td_queue_take(q, T0 + DAY, &slot, &mine));
	CHECK_INT(INT64_MAX, td_queue_next(q, T0 + DAY));
	arena_free(&a);
}

/* ── the whole: many feeds over many days, and its referee ────────────── */

enum { TOOK_N = 512 };

struct feed {
	struct schedule_memory memory;
	size_t                 host;
	int64_t                period_us, not_before_us, asked_us;
	int64_t                fresh_s;
};

struct referee {
	int64_t  *began_us, *ended_us, *held_us;        /* by host */
	bool     *running;
	uint64_t  requests, overlaps, gaps, retries, early, fast;
	int64_t   window, window_n, window_most;
};

struct world {
	struct arena    arena;
	struct queue   *queue;
	struct feed    *feeds;
	size_t          feeds_n, hosts_n;
	struct referee  referee;
	uint64_t        seed;
	struct { size_t slot; uint64_t feed; int64_t began_us, ends_us; } under_way[TOOK_N];
	size_t          under_way_n;
};

static void
judge_start(struct world *w, const struct feed *f, int64_t now)
{
	struct referee *r = &w->referee;
	int64_t         took = r->ended_us[f->host] - r->began_us[f->host];

	r->requests++;
	r->overlaps += r->running[f->host];
	r->gaps += r->ended_us[f->host] != 0 && now - r->ended_us[f->host] < (5 * took > US_PER_S ? 5 * took : US_PER_S);
	r->retries += now < r->held_us[f->host];
	r->early += now < f->not_before_us;
	r->fast += f->asked_us != 0 && now - f->asked_us < LIMIT_INTERVAL_MIN_S * US_PER_S;
	r->running[f->host] = true;
	r->began_us[f->host] = now;
	if (now / (10 * US_PER_S) != r->window) {
		r->window = now / (10 * US_PER_S);
		r->window_n = 0;
	}
	/* Steady running: the pile of the first day has drifted apart. */
	if (++r->window_n > r->window_most && now > T0 + 2 * DAY)
		r->window_most = r->window_n;
}

static struct schedule_answer
reply(struct world *w, struct feed *f, int64_t now)
{
	struct schedule_answer a = { .kind = ANSWER_SAME, .at_us = now, .head_fresh_s = f->fresh_s };
	int64_t                news = f->asked_us == 0 ? 20 : now / f->period_us - f->asked_us / f->period_us;
	uint64_t               dice = chance(&w->seed) % 100;

	if (dice < 2) {
		a.kind = ANSWER_BUSY;
		a.retry_s = 600 + (int64_t)(chance(&w->seed) % 7200);
		w->referee.held_us[f->host] = now + a.retry_s * US_PER_S;
		a.head_fresh_s = 0;
	} else if (dice < 4) {
		a.kind = ANSWER_UNREACHED;
		a.head_fresh_s = 0;
	} else if (news > 0) {
		a.kind = ANSWER_NEWS;
		a.items_n = 20;
		a.fresh_n = news > 20 ? 20 : news;
		a.oldest_us = now - 20 * f->period_us;
		a.latest_us = now;
	}
	f->not_before_us = a.head_fresh_s > 0 ? now + a.head_fresh_s * US_PER_S : 0;
	return a;
}

static void
end_one(struct world *w, size_t i)
{
	struct feed            *f = &w->feeds[w->under_way[i].feed];
	int64_t                 now = w->under_way[i].ends_us;
	struct schedule_policy  policy = { .seed = w->under_way[i].feed };
	struct schedule_answer  a = reply(w, f, now);
	struct schedule_verdict v;

	w->referee.running[f->host] = false;
	w->referee.ended_us[f->host] = now;
	td_queue_end(w->queue, f->host, w->under_way[i].began_us, now);
	td_schedule_next(&policy, &f->memory, &a, &v);
	if (v.hold_us != 0)
		td_queue_hold(w->queue, f->host, v.hold_us);
	td_queue_put(w->queue, w->under_way[i].slot, v.next_us, v.next_us - now, td_schedule_likely(&f->memory, now));
	f->asked_us = w->under_way[i].began_us;
	w->under_way[i] = w->under_way[--w->under_way_n];
}

/* The next thing that happens: an answer that comes, or a turn. */
static int64_t
step(struct world *w, int64_t now)
{
	size_t   slot, next = 0;
	uint64_t mine;
	int64_t  turn;

	while (w->under_way_n < TOOK_N && td_queue_take(w->queue, now, &slot, &mine)) {
		judge_start(w, &w->feeds[mine], now);
		w->under_way[w->under_way_n].slot = slot;
		w->under_way[w->under_way_n].feed = mine;
		w->under_way[w->under_way_n].began_us = now;
		w->under_way[w->under_way_n++].ends_us = now + 20000 + (int64_t)(chance(&w->seed) % 1000000) * (int64_t)(chance(&w->seed) % 20 == 0 ? 10 : 1);
	}
	turn = td_queue_next(w->queue, now + 1);
	for (size_t i = 1; i < w->under_way_n; i++)
		if (w->under_way[i].ends_us < w->under_way[next].ends_us)
			next = i;
	if (w->under_way_n == 0 || turn < w->under_way[next].ends_us)
		return turn > now ? turn : now + 1;
	now = w->under_way[next].ends_us;
	end_one(w, next);
	return now;
}

/* One host in the world's hundred has many feeds, as in life; the rest are spread. */
static void
make_world(struct world *w, size_t feeds_n, size_t hosts_n)
{
	char name[32];

	*w = (struct world){ .feeds_n = feeds_n, .hosts_n = hosts_n, .seed = 7 };
	arena_init(&w->arena, 64 * MiB, full, NULL);
	w->queue = td_queue_create(&w->arena, feeds_n);
	w->feeds = arena_array(&w->arena, feeds_n, struct feed);
	w->referee.began_us = arena_array(&w->arena, hosts_n + 1, int64_t);
	w->referee.ended_us = arena_array(&w->arena, hosts_n + 1, int64_t);
	w->referee.held_us = arena_array(&w->arena, hosts_n + 1, int64_t);
	w->referee.running = arena_array(&w->arena, hosts_n + 1, bool);
	for (size_t i = 0; i < feeds_n; i++) {
		size_t host = i < feeds_n / 50 ? 0 : chance(&w->seed) % hosts_n;

		snprintf(name, sizeof(name), "h%zu.test", host);
		w->feeds[i].host = td_queue_host(w->queue, str_of(name));
		w->feeds[i].period_us = HOUR * (int64_t)(1 + chance(&w->seed) % 72);
		w->feeds[i].fresh_s = chance(&w->seed) % 4 == 0 ? 1800 * (int64_t)(1 + chance(&w->seed) % 8) : 0;
		td_queue_add(w->queue, w->feeds[i].host, T0, HOUR, 1, i);
	}
}

static void
nobody_is_ever_asked_too_often(void)
{
	static struct world w;
	bool                is_long = getenv("TIDINGS_LONG") != NULL;
	int64_t             days = is_long ? 30 : 4, mean;

	make_world(&w, is_long ? 10000 : 4000, is_long ? 3000 : 1200);
	for (int64_t now = T0; now < T0 + days * DAY;)
		now = step(&w, now);
	mean = (int64_t)(w.referee.requests * 10 / (uint64_t)(days * 86400));
	printf("# %zu feeds, %d days, %" PRIu64 " requests, %" PRId64 " in ten seconds on average, %" PRId64 " at most, %zu KB\n", w.feeds_n, (int)days,
	    w.referee.requests, mean, w.referee.window_most, w.arena.used / KiB);
	CHECK(w.referee.requests > w.feeds_n * (uint64_t)days * 4);
	CHECK_INT(0, w.referee.overlaps);
	CHECK_INT(0, w.referee.gaps);
	CHECK_INT(0, w.referee.retries);
	CHECK_INT(0, w.referee.early);
	CHECK_INT(0, w.referee.fast);
	CHECK(w.referee.window_most <= 2 * (mean + 1));
	arena_free(&w.arena);
}

TESTS(
	TEST(a_host_is_asked_one_at_a_time_and_rests_after_each),
	TEST(a_retry_after_holds_for_the_whole_site_and_for_nobody_else),
	TEST(a_laptop_that_slept_has_asked_120_sources_in_three_minutes_the_likeliest_first),
	TEST(removed_entries_leave_their_room),
	TEST(nobody_is_ever_asked_too_often))
