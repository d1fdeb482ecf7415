#include "schedule/schedule.h"

#include "base/civil.h"
#include "base/limits.h"

#define HOUR_S        3600
#define DAY_S         86400
#define WEEK_S        (7 * DAY_S)
#define DEFAULT_S     HOUR_S            /* a source that we know nothing about */
#define SLOWEST_S     (4 * HOUR_S)      /* of what we choose */
#define AFTER_NEWS    0.55              /* of the usual gap: right after news there is seldom more */
#define AFTER_NONE    0.33
#define FRESH_MAX_S   DAY_S             /* what a source states beyond is a mistake */
#define RETRY_MIN_S   60
#define RETRY_MAX_S   WEEK_S
#define SPREAD        5                 /* a wait of our choice differs by up to a fifth: who was asked together drifts apart */
#define SPREAD_FLOOR  20                /* one that was stated grows by up to a twentieth */
#define TOLD_AFTER_S  DAY_S             /* a trouble is told when it has lasted that long */
#define TOLD_AFTER_N  3
#define SILENT_MIN_S  (2 * DAY_S)
#define MOVED_AFTER_S WEEK_S
#define MOVED_AFTER_N 3

enum { TOLD_TROUBLE = 1, TOLD_SILENCE = 2 };

const char *const answer_kind_name[ANSWER_KIND__COUNT] = {
	[ANSWER_NEWS] = "news", [ANSWER_SAME] = "same", [ANSWER_PARTIAL] = "partial", [ANSWER_BUSY] = "busy", [ANSWER_MISSING] = "missing",
	[ANSWER_GONE] = "gone", [ANSWER_WALL] = "wall", [ANSWER_ERROR] = "error", [ANSWER_UNREADABLE] = "unreadable",
	[ANSWER_NO_HOST] = "no-host", [ANSWER_UNREACHED] = "unreached", [ANSWER_BAD_TLS] = "bad-tls",
	[ANSWER_ROBOTS] = "robots",
};

static const struct wire_field memory_fields[] = {
	WIRE(struct schedule_memory, I64, answers_n, 0),
	WIRE(struct schedule_memory, INSTANT, whole_us, 0),
	WIRE(struct schedule_memory, INSTANT, newest_us, 0),
	WIRE(struct schedule_memory, I64, had_news, 0),
	WIRE(struct schedule_memory, I64, usual_s, 0),
	WIRE(struct schedule_memory, I64, longest_s, 0),
	WIRE(struct schedule_memory, I64, items_n, 0),
	WIRE(struct schedule_memory, I64, head_fresh_s, 0),
	WIRE(struct schedule_memory, I64, body_fresh_s, 0),
	WIRE(struct schedule_memory, I64, skip_hours, 0),
	WIRE(struct schedule_memory, I64, skip_days, 0),
	WIRE(struct schedule_memory, I64, trouble, 0),
	WIRE(struct schedule_memory, I64, trouble_n, 0),
	WIRE(struct schedule_memory, INSTANT, trouble_us, 0),
	WIRE(struct schedule_memory, I64, is_told, 0),
	WIRE(struct schedule_memory, I64, moved_n, 0),
	WIRE(struct schedule_memory, INSTANT, moved_us, 0),
	WIRE(struct schedule_memory, I64, moved_to, 0),
	WIRE(struct schedule_memory, I64, ask_whole, 0),
};
const struct wire_desc schedule_memory_desc = WIRE_DESC(struct schedule_memory, memory_fields);

static int64_t
clamp(int64_t x, int64_t least, int64_t most)
{
	return x < least ? least : x > most ? most : x;
}

static int64_t
seconds_between(int64_t from_us, int64_t to_us)
{
	return to_us > from_us ? (to_us - from_us) / US_PER_S : 0;
}

/* 0 to n - 1, the same for the same source and question. */
static int64_t
draw(const struct schedule_policy *p, int64_t turn, int64_t n)
{
	uint64_t h = (p->seed ^ (uint64_t)turn * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;

	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	return n <= 1 ? 0 : (int64_t)((h ^ h >> 31) % (uint64_t)n);
}

static bool
is_good(enum answer_kind kind)
{
	return kind == ANSWER_NEWS || kind == ANSWER_SAME;
}

static struct schedule_told *
tell(struct schedule_verdict *v, enum schedule_news kind)
{
	struct schedule_told *t = &v->told[v->told_n++];

	*t = (struct schedule_told){ .kind = kind };
	return t;
}

/* ── what the answers teach ───────────────────────────────────────────── */

/* How often there is news: at first by the items' own dates, then by what we saw. */
static void
learn_gap(struct schedule_memory *m, const struct schedule_answer *a)
{
	int64_t span_s = seconds_between(a->oldest_us, a->latest_us), gap_s;

	if (m->newest_us == 0) {
		m->newest_us = a->latest_us > 0 && a->latest_us < a->at_us ? a->latest_us : a->at_us;
		if (a->items_n > 1 && a->oldest_us > 0 && span_s > 0)
			m->usual_s = m->longest_s = clamp(span_s / (a->items_n - 1), 60, 365 * (int64_t)DAY_S);
		return;
	}
	gap_s = clamp(seconds_between(m->newest_us, a->at_us) / a->fresh_n, 60, 365 * (int64_t)DAY_S);
	m->usual_s = m->usual_s == 0 ? gap_s : m->usual_s + (gap_s - m->usual_s) / 8;
	m->longest_s = clamp(seconds_between(m->newest_us, a->at_us), m->longest_s - m->longest_s / 50, INT64_MAX);
	m->newest_us = a->at_us;
}

/* None of its items was known, and there were others before: what stood between has left the list. */
static void
notice_gap(const struct schedule_memory *m, const struct schedule_answer *a, struct schedule_verdict *v)
{
	struct schedule_told *t;

	if (a->kind != ANSWER_NEWS || m->items_n == 0 || a->fresh_n < a->items_n || a->items_n < 2 || a->oldest_us <= m->newest_us)
		return;
	t = tell(v, SCHEDULE_GAP);
	t->from_us = m->newest_us;
	t->to_us = a->oldest_us;
}

static void
notice_silence(struct schedule_memory *m, const struct schedule_answer *a, struct schedule_verdict *v)
{
	int64_t lasted_s = seconds_between(m->newest_us, a->at_us), most_s = SILENT_MIN_S;
	struct schedule_told *t;

	if (a->fresh_n > 0 && (m->is_told & TOLD_SILENCE)) {
		m->is_told &= ~(int64_t)TOLD_SILENCE;
		tell(v, SCHEDULE_BACK)->lasted_s = lasted_s;
	}
	if (a->fresh_n > 0 || m->usual_s == 0 || (m->is_told & TOLD_SILENCE))
		return;
	most_s = clamp(6 * m->usual_s, most_s, INT64_MAX);
	most_s = clamp(3 * m->longest_s, most_s, INT64_MAX);
	if (lasted_s <= most_s)
		return;
	m->is_told |= TOLD_SILENCE;
	t = tell(v, SCHEDULE_SILENT);
	t->lasted_s = lasted_s;
	t->usual_s = m->usual_s;
}

static void
learn_freshness(struct schedule_memory *m, const struct schedule_answer *a)
{
	m->head_fresh_s = clamp(a->head_fresh_s, 0, FRESH_MAX_S);
	if (a->kind == ANSWER_SAME)
		return;
	m->body_fresh_s = clamp(a->body_fresh_s, 0, FRESH_MAX_S);
	m->skip_hours = a->skip_hours & 0xffffff;
	m->skip_days = a->skip_days & 0x7f;
}

/* A move counts when it leads to something that can be read. */
static bool
has_moved(struct schedule_memory *m, const struct schedule_answer *a)
{
	int64_t to = (int64_t)(a->moved_to & INT64_MAX);

	if (!is_good(a->kind) || to == 0 || to != m->moved_to) {
		m->moved_n = is_good(a->kind) && to != 0;
		m->moved_us = a->at_us;
		m->moved_to = is_good(a->kind) ? to : 0;
		return false;
	}
	m->moved_n++;
	if (m->moved_n < MOVED_AFTER_N || seconds_between(m->moved_us, a->at_us) < MOVED_AFTER_S)
		return false;
	m->moved_n = m->moved_to = 0;
	return true;
}

static void
learn_good(struct schedule_memory *m, const struct schedule_answer *a, struct schedule_verdict *v)
{
	if (m->is_told & TOLD_TROUBLE)
		tell(v, SCHEDULE_BACK)->lasted_s = seconds_between(m->trouble_us, a->at_us);
	m->is_told &= ~(int64_t)TOLD_TROUBLE;
	m->trouble = ANSWER_NEWS;
	m->trouble_n = m->trouble_us = 0;
	notice_gap(m, a, v);
	notice_silence(m, a, v);
	if (a->fresh_n > 0)
		learn_gap(m, a);
	if (a->items_n > 0)
		m->items_n = a->items_n;
	if (a->was_asked_whole || m->whole_us == 0)
		m->whole_us = a->at_us;
}

/* ── troubles ─────────────────────────────────────────────────────────── */

/* Is it time to tell this trouble?  A bad certificate may be somebody between us: at once. */
static bool
is_worth_telling(const struct schedule_memory *m, const struct schedule_answer *a)
{
	switch (a->kind) {
	case ANSWER_BAD_TLS:
		return true;
	case ANSWER_GONE: case ANSWER_WALL: case ANSWER_ROBOTS:
		return m->trouble_n >= 2;
	default:
		return m->trouble_n >= TOLD_AFTER_N && seconds_between(m->trouble_us, a->at_us) >= TOLD_AFTER_S;
	}
}

static void
learn_bad(struct schedule_memory *m, const struct schedule_answer *a, struct schedule_verdict *v)
{
	struct schedule_told *t;

	if (m->trouble_n == 0)
		m->trouble_us = a->at_us;
	else if (m->trouble != (int64_t)a->kind)
		m->is_told &= ~(int64_t)TOLD_TROUBLE;
	m->trouble_n = m->trouble != (int64_t)a->kind ? 1 : m->trouble_n + 1;
	m->trouble = a->kind;
	if ((m->is_told & TOLD_TROUBLE) || !is_worth_telling(m, a))
		return;
	m->is_told |= TOLD_TROUBLE;
	t = tell(v, a->kind == ANSWER_BAD_TLS ? SCHEDULE_CERTIFICATE : a->kind == ANSWER_WALL || a->kind == ANSWER_ROBOTS ? SCHEDULE_WALL :
	    a->kind == ANSWER_GONE || a->kind == ANSWER_MISSING ? SCHEDULE_GONE : SCHEDULE_FAILING);
	t->trouble = a->kind;
	t->lasted_s = seconds_between(m->trouble_us, a->at_us);
}

/* ── when again ───────────────────────────────────────────────────────── */

static int64_t
interval_of(const struct schedule_policy *p, const struct schedule_memory *m)
{
	if (p->interval_s > 0)
		return clamp(p->interval_s, LIMIT_INTERVAL_MIN_S, LIMIT_INTERVAL_MAX_S);
	if (m->usual_s == 0)
		return DEFAULT_S;
	return clamp((int64_t)((double)m->usual_s * (m->had_news ? AFTER_NEWS : AFTER_NONE)), LIMIT_INTERVAL_MIN_S, SLOWEST_S);
}

/* Twice as long with each failure, up to a day; what is gone falls back to once a week. */
static int64_t
backed_off(const struct schedule_memory *m, enum answer_kind kind, int64_t at_us, int64_t interval_s)
{
	int64_t n = clamp(m->trouble_n - 1, 0, 8), lasted_s = seconds_between(m->trouble_us, at_us);

	if (kind == ANSWER_GONE && m->trouble_n >= 2)
		return WEEK_S;
	if (kind == ANSWER_MISSING && lasted_s >= 2 * WEEK_S)
		return WEEK_S;
	if (kind == ANSWER_PARTIAL)
		return interval_s;
	return clamp(interval_s << n, interval_s, interval_s > DAY_S ? interval_s : DAY_S);
}

/* Out of the hours and days that it asks to skip; some minutes into the next one, so that not all come at the stroke. */
static int64_t
past_skipped(const struct schedule_policy *p, const struct schedule_memory *m, int64_t at_us)
{
	int64_t hour = at_us / (HOUR_S * US_PER_S);

	for (int i = 0; i < 8 * 24; i++, hour++) {
		bool skips_hour = m->skip_hours >> hour % 24 & 1, skips_day = m->skip_days >> (hour / 24 + 4) % 7 & 1;

		if (!skips_hour && !skips_day)
			return i == 0 ? at_us : (hour * HOUR_S + draw(p, m->answers_n, HOUR_S / 2)) * US_PER_S;
	}
	return at_us;           /* it asks never to be asked, which nobody means */
}

static int64_t
floor_of(const struct schedule_memory *m)
{
	return m->head_fresh_s > m->body_fresh_s ? m->head_fresh_s : m->body_fresh_s;
}

/* Never shorter than what somebody stated. */
static int64_t
spread(const struct schedule_policy *p, const struct schedule_memory *m, int64_t wait_s, int64_t least_s)
{
	wait_s += draw(p, m->answers_n, 2 * wait_s / SPREAD) - wait_s / SPREAD;
	return wait_s >= least_s ? wait_s : least_s + draw(p, m->answers_n, least_s / SPREAD_FLOOR);
}

static int64_t
next_time(const struct schedule_policy *p, const struct schedule_memory *m, const struct schedule_answer *a, int64_t *ret_hold_us)
{
	int64_t wait_s = interval_of(p, m), least_s = clamp(floor_of(m), p->interval_s > 0 ? wait_s : LIMIT_INTERVAL_MIN_S, INT64_MAX);

	if (!is_good(a->kind))
		wait_s = backed_off(m, a->kind, a->at_us, wait_s);
	if (a->kind == ANSWER_BUSY && a->retry_s > 0) {
		int64_t retry_s = clamp(a->retry_s, RETRY_MIN_S, RETRY_MAX_S) + 1;

		*ret_hold_us = a->at_us + retry_s * US_PER_S;
		least_s = clamp(retry_s, least_s, INT64_MAX);
	}
	return past_skipped(p, m, a->at_us + spread(p, m, wait_s, least_s) * US_PER_S);
}

void
td_schedule_next(const struct schedule_policy *p, struct schedule_memory *m, const struct schedule_answer *a, struct schedule_verdict *ret)
{
	*ret = (struct schedule_verdict){ 0 };
	m->answers_n++;
	m->had_news = a->fresh_n > 0;
	if (is_good(a->kind)) {
		learn_freshness(m, a);
		learn_good(m, a, ret);
	} else if (a->kind == ANSWER_PARTIAL) {
		if (a->fresh_n > 0)
			learn_gap(m, a);
	} else {
		learn_bad(m, a, ret);
	}
	ret->learn_url = has_moved(m, a);
	ret->next_us = next_time(p, m, a, &ret->hold_us);
	m->ask_whole = a->kind == ANSWER_UNREADABLE || seconds_between(m->whole_us, ret->next_us) >= WEEK_S;
}

/* The longest that anybody would have put it off. */
static int64_t
longest_wait(const struct schedule_policy *p, const struct schedule_memory *m)
{
	int64_t wait_s = clamp(interval_of(p, m), floor_of(m), INT64_MAX);

	if (m->trouble_n > 0 || m->skip_days != 0)
		wait_s = clamp(wait_s, WEEK_S + DAY_S, INT64_MAX);
	return (wait_s + wait_s / 4 + DAY_S * (m->skip_hours != 0) + HOUR_S) * US_PER_S;
}

int64_t
td_schedule_due(const struct schedule_policy *p, const struct schedule_memory *m, int64_t next_us, int64_t now_us)
{
	return next_us - now_us <= longest_wait(p, m) ? next_us : now_us + interval_of(p, m) * US_PER_S;
}

int64_t
td_schedule_every(const struct schedule_policy *p, const struct schedule_memory *m)
{
	return clamp(interval_of(p, m), floor_of(m), INT64_MAX) * US_PER_S;
}

bool
td_schedule_is_silent(const struct schedule_memory *m)
{
	return (m->is_told & TOLD_SILENCE) != 0;
}

int64_t
td_schedule_likely(const struct schedule_memory *m, int64_t now_us)
{
	int64_t usual_s = m->usual_s > 0 ? m->usual_s : DAY_S;

	return m->newest_us == 0 ? 1000 : clamp(1000 * seconds_between(m->newest_us, now_us) / usual_s, 0, 100000) /
	    (1 + clamp(m->trouble_n, 0, 100));
}

int64_t
td_schedule_retry(int64_t tries, int64_t retry_s)
{
	static const int64_t waits_s[] = { 600, HOUR_S, 6 * HOUR_S, DAY_S, 3 * DAY_S };

	if (tries < 1 || tries > (int64_t)(sizeof(waits_s) / sizeof(*waits_s)))
		return 0;
	return clamp(retry_s, waits_s[tries - 1], RETRY_MAX_S);
}

/* ── names ────────────────────────────────────────────────────────────── */

/* The last dot before `end`, or STR_NONE. */
static size_t
dot_before(struct str s, size_t end)
{
	while (end-- > 0)
		if (s.p[end] == '.')
			return end;
	return STR_NONE;
}

struct str
td_site_of(struct str host)
{
	size_t last = dot_before(host, host.n), second, third;

	if (last == STR_NONE || host.p[0] == '[' || (host.p[host.n - 1] >= '0' && host.p[host.n - 1] <= '9'))
		return host;
	second = dot_before(host, last);
	if (second == STR_NONE)
		return host;
	/* "or.kr", "co.uk", "com.au": two letters at the end, two or three before. */
	third = host.n - last - 1 == 2 && last - second - 1 >= 2 && last - second - 1 <= 3 ? dot_before(host, second) : second;
	return third == STR_NONE ? host : str_sub(host, third + 1, host.n);
}
