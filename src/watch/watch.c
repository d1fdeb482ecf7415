#include "watch/watch.h"

#include <stdlib.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "os/log.h"
#include "url/url.h"
#include "watch/watch_private.h"

#define LOOK_US (2 * US_PER_S)  /* how often the store is asked whether something new is due */

void
watch_full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "watch", "out of memory; ended, what was answered is kept");
	exit(70);
}

static void
describe_self(struct watch *w)
{
	w->queue = td_queue_create(&w->arena, SOURCES_N);
	w->sources = arena_array(&w->arena, SOURCES_N, struct watched);
	for (size_t i = 0; i < SOURCES_N; i++)
		w->sources[i].next = i + 1;     /* the last one's is NONE */
	for (size_t i = 0; i < BUCKETS_N; i++)
		w->buckets[i] = NONE;
	w->asking = arena_array(&w->arena, ASKING_N, struct asking);
	for (size_t i = 0; i < ASKING_N; i++) {
		w->asking[i] = (struct asking){ .watch = w, .next = w->free };
		w->free = &w->asking[i];
	}
}

/* ── which sources there are ──────────────────────────────────────────── */

static size_t
host_of(struct watch *w, struct str address)
{
	struct arena a;
	struct url   u;
	struct err   err;
	size_t       host;

	arena_init(&a, MiB, watch_full, NULL);
	host = td_queue_host(w->queue, td_url_parse(&a, address, NULL, &u, &err) == ERR_OK ? u.host : STR(""));
	arena_free(&a);
	return host;
}

static uint64_t
seed_of(const struct id *id)
{
	uint64_t seed;

	memcpy(&seed, id->b, sizeof(seed));
	return seed;
}

static struct schedule_memory
memory_of(struct arena *a, const struct store_source *s)
{
	struct schedule_memory m;
	struct err             err;

	/* A memory that another version wrote, or none: the source is met anew. */
	if (s->health.plan.n == 0 || td_wire_get(a, &schedule_memory_desc, s->health.plan, &m, &err) != ERR_OK)
		return (struct schedule_memory){ 0 };
	return m;
}

static size_t
find_source(const struct watch *w, const struct id *id)
{
	size_t i = w->buckets[seed_of(id) % BUCKETS_N];

	while (i != NONE && !id_eq(&w->sources[i].id, id))
		i = w->sources[i].next;
	return i;
}

struct str
watch_route(const struct watch *w, const struct store_source *s)
{
	struct str route = s->route.n > 0 ? s->route : w->options.fetch_route;

	return route.n > 0 ? route : STR("direct");
}

struct schedule_policy
watch_policy(const struct store_source *s)
{
	return (struct schedule_policy){ .seed = seed_of(&s->id), .interval_s = s->interval_s };
}

static void
add_source(struct watch *w, struct arena *a, const struct store_source *s, int64_t now_us)
{
	struct schedule_memory m = memory_of(a, s);
	struct schedule_policy p = watch_policy(s);
	size_t                 i = w->free_source, *bucket = &w->buckets[seed_of(&s->id) % BUCKETS_N];
	struct watched        *new = &w->sources[i];

	if (i == NONE)
		return;         /* more than anybody reads; they wait for a place */
	w->free_source = new->next;
	*new = (struct watched){ .id = s->id, .host = host_of(w, s->url), .next = *bucket };
	*bucket = i;
	new->slot = td_queue_add(w->queue, new->host, td_schedule_due(&p, &m, s->health.next_us, now_us), td_schedule_every(&p, &m),
	    td_schedule_likely(&m, now_us), i);
}

static void
forget_source(struct watch *w, size_t i)
{
	size_t *at = &w->buckets[seed_of(&w->sources[i].id) % BUCKETS_N];

	while (*at != i)
		at = &w->sources[*at].next;
	*at = w->sources[i].next;
	td_queue_remove(w->queue, w->sources[i].slot);
	w->sources[i].next = w->free_source;
	w->free_source = i;
}

/* All that are active, at the start: the pace follows from all of them. */
static enum err_code
meet_all(struct watch *w, struct err *err)
{
	struct store_source_ask ask = { .limit = LIMIT_PAGE_N };
	int64_t                 now_us = os_now_us();
	bool                    more = true;

	for (; more; ask.offset += LIMIT_PAGE_N) {
		struct store_source_list list;
		struct arena             a;

		arena_init(&a, 2 * LIMIT_MESSAGE_B, watch_full, NULL);
		if (store_source_list(w->options.link, &a, &ask, &list, err) != ERR_OK) {
			arena_free(&a);
			return err->code;
		}
		for (size_t i = 0; i < list.sources.n; i++)
			if (list.sources.v[i].state == SOURCE_ACTIVE && (!w->options.once || list.sources.v[i].health.next_us <= now_us))
				add_source(w, &a, &list.sources.v[i], now_us);
		more = list.more;
		arena_free(&a);
	}
	return ERR_OK;
}

/* New ones, and ones that a person woke or changed: they are due at once and not in the queue. */
static enum err_code
look(struct watch *w, struct err *err)
{
	struct store_due_ask ask = { .now_us = os_now_us(), .limit = LIMIT_PAGE_N };
	struct store_due     due;
	struct arena         a;
	enum err_code        code;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, watch_full, NULL);
	code = store_source_due(w->options.link, &a, &ask, &due, err);
	for (size_t i = 0; code == ERR_OK && i < due.sources.n; i++)
		if (find_source(w, &due.sources.v[i].id) == NONE)
			add_source(w, &a, &due.sources.v[i], ask.now_us);
	arena_free(&a);
	w->looked_us = os_ticks_us();
	return code;
}

/* ── asking ───────────────────────────────────────────────────────────── */

static void
let_rest(struct watch *w, struct asking *q)
{
	for (size_t i = 0; i < q->hosts_n; i++)
		td_queue_end(w->queue, q->hosts[i].host, q->hosts[i].began_us, os_now_us());
	q->hosts_n = 0;
}

void
watch_give_back(struct watch *w, struct asking *q)
{
	let_rest(w, q);
	arena_free(&q->arena);
	q->next = w->free;
	w->free = q;
}

/* Before each hop of a question: the first is the queue's turn, others are to hosts that may be busy. */
static enum err_code
gate(void *mine, struct str url, unsigned hop, int64_t *ret_wait_ms, struct err *err)
{
	struct asking *q = mine;
	struct watch  *w = q->watch;
	size_t         host = host_of(w, url);
	int64_t        now = os_now_us(), delay_s, wait_us;

	if (hop == 0)
		return ERR_OK;
	if (q->errand == ERRAND_POLL && q->source.robots_why.n == 0 && robots_may(w->robots, url, now, &delay_s) == ROBOTS_MAY_NOT)
		return err_set(err, ERR_DENIED, "robots.txt of the place that it leads to asks us to stay away; not asked");
	if (q->hosts_n > 0 && q->hosts[q->hosts_n - 1].host == host) {
		/* The same host again: the hop before is over, so it rests first. */
		td_queue_end(w->queue, host, q->hosts[q->hosts_n - 1].began_us, now);
		q->hosts_n--;
	}
	wait_us = q->hosts_n == HOPS_N ? 0 : td_queue_begin(w->queue, host, now);
	if (wait_us == 0 && q->hosts_n < HOPS_N) {
		q->hosts[q->hosts_n].host = host;
		q->hosts[q->hosts_n++].began_us = now;
	}
	*ret_wait_ms = (wait_us + 999) / 1000;
	return ERR_OK;
}

/* Ask for `url` in the turn that the queue has given. */
static enum err_code
start(struct watch *w, struct asking *q, struct str url, struct err *err)
{
	bool             is_poll = q->errand == ERRAND_POLL, is_whole = !is_poll || q->memory.ask_whole != 0;
	struct str       route = watch_route(w, &q->source);
	bool             is_known = !is_whole && str_eq(q->source.health.route, route);
	char             isolation[ID_WHOLE];
	struct fetch_ask ask = { .url = url, .etag = is_known ? q->source.health.etag : STR(""),
		.last_modified = is_known ? q->source.health.last_modified : STR(""), .gate = gate, .mine = q, .route = route,
		.isolation = str_of(id_show_whole(ID_SOURCE, &q->source.id, isolation)), .contact = q->source.contact,
		.body_b = is_poll ? LIMIT_FEED_FETCH_B : LIMIT_ROBOTS_B };

	q->hosts[0].host = w->sources[q->watched].host;
	q->hosts[0].began_us = os_now_us();
	q->hosts_n = 1;
	/* An address that nobody can ask is its source's trouble, not the watch's end. */
	if (fetch_start(w->fetch, &ask, err) != ERR_OK)
		return err->code == ERR_FORMAT || err->code == ERR_LIMIT ? keep_fault(w, q, arena_copy(&q->arena, str_of(err->text)), err) : err->code;
	w->asking_n++;
	w->turn.asked += is_poll;
	return ERR_OK;
}

/* The source as it is now; false: it was paused, removed or moved since, and is forgotten here. */
static bool
load(struct watch *w, struct asking *q, struct err *err)
{
	char                  shown[ID_WHOLE];
	const struct watched *s = &w->sources[q->watched];
	struct store_name     name = { str_of(id_show_whole(ID_SOURCE, &s->id, shown)), ID_SOURCE };

	err->code = ERR_OK;
	if (store_source_get(w->options.link, &q->arena, &name, &q->source, err) != ERR_OK)
		return false;
	q->memory = memory_of(&q->arena, &q->source);
	q->policy = watch_policy(&q->source);
	return q->source.state == SOURCE_ACTIVE && host_of(w, q->source.url) == s->host;
}

/* One turn at a host: its source is asked, or first its robots.txt. */
static enum err_code
begin(struct watch *w, size_t watched, struct err *err)
{
	struct asking   *q = w->free;
	int64_t          now = os_now_us(), delay_s = 0;
	enum robots_word word = ROBOTS_MAY;

	w->free = q->next;
	*q = (struct asking){ .watch = w, .watched = watched, .errand = ERRAND_POLL, .hosts_n = 1 };
	q->hosts[0].host = w->sources[watched].host;
	q->hosts[0].began_us = now;
	arena_init(&q->arena, 4 * MiB, watch_full, NULL);
	if (!load(w, q, err)) {
		forget_source(w, watched);
		watch_give_back(w, q);
		return err->code;
	}
	if (q->source.robots_why.n == 0 && robots_address(&q->arena, q->source.url).n > 0)
		word = robots_may(w->robots, q->source.url, now, &delay_s);
	td_queue_crawl_delay(w->queue, w->sources[watched].host, delay_s);
	if (word == ROBOTS_MAY_NOT || word == ROBOTS_CANNOT_TELL)
		return keep_refusal(w, q, word, err);
	if (word == ROBOTS_ASK_FIRST)
		q->errand = ERRAND_ROBOTS;
	return start(w, q, word == ROBOTS_ASK_FIRST ? robots_address(&q->arena, q->source.url) : q->source.url, err);
}

/* ── opening ──────────────────────────────────────────────────────────── */

enum err_code
watch_open(const struct watch_options *o, struct watch **ret, struct err *err)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return err_set(err, ERR_NOMEM, "out of memory");
	w->options = *o;
	arena_init(&w->arena, 32 * MiB, watch_full, NULL);
	describe_self(w);
	w->robots = robots_create();
	if (w->robots == NULL || fetch_create(&(struct fetch_options){ .allow = o->fetch_allow, .route = o->fetch_route, .active_n = ASKING_N }, &w->fetch, err) != ERR_OK) {
		watch_close(w);
		return w->robots == NULL ? err_set(err, ERR_NOMEM, "out of memory") : err_in(err, "tidings.conf");
	}
	if (meet_all(w, err) != ERR_OK) {
		watch_close(w);
		return err->code;
	}
	*ret = w;
	return ERR_OK;
}

void
watch_close(struct watch *w)
{
	if (w == NULL)
		return;
	fetch_destroy(w->fetch);
	robots_destroy(w->robots);
	arena_free(&w->arena);
	free(w);
}

/* ── turns ────────────────────────────────────────────────────────────── */

static enum err_code
begin_all(struct watch *w, struct err *err)
{
	size_t   slot;
	uint64_t watched;

	while (w->free != NULL && td_queue_take(w->queue, os_now_us(), &slot, &watched))
		if (begin(w, (size_t)watched, err) != ERR_OK)
			return err->code;
	return ERR_OK;
}

static enum err_code
finish(struct watch *w, const struct fetch_done *done, struct arena *a, struct err *err)
{
	struct asking *q = done->mine;

	w->asking_n--;
	return q->errand == ERRAND_ROBOTS ? keep_robots(w, q, a, done, err) : keep_poll(w, q, a, done, err);
}

/* At most until something can begin. */
static int64_t
wait_for(const struct watch *w, int64_t wait_ms)
{
	int64_t now = os_now_us(), at = td_queue_next(w->queue, now), ms = at == INT64_MAX ? wait_ms : (at - now + 999) / 1000;

	if (w->free == NULL && w->asking_n > 0)
		return wait_ms;
	return ms < 0 ? 0 : ms < wait_ms ? ms : wait_ms;
}

static void
tell(struct watch *w, struct watch_turn *ret)
{
	int64_t now = os_now_us();

	w->turn.waiting = (int64_t)(td_queue_backlog(w->queue, now) + w->asking_n);
	w->turn.next_us = td_queue_next(w->queue, now);
	w->turn.is_idle = w->asking_n == 0;
	w->turn.is_done = w->options.once && w->turn.waiting == 0;
	*ret = w->turn;
}

enum err_code
watch_turn(struct watch *w, int64_t wait_ms, struct watch_turn *ret, struct err *err)
{
	struct fetch_done done;
	struct arena      a;
	enum err_code     code = ERR_OK;
	bool              has_come;

	if (!w->options.once && os_ticks_us() - w->looked_us >= LOOK_US && look(w, err) != ERR_OK)
		return err->code;
	if (begin_all(w, err) != ERR_OK)
		return err->code;
	arena_init(&a, 6 * LIMIT_FEED_FETCH_B + 2 * LIMIT_ANSWER_B + 64 * MiB, watch_full, NULL);
	has_come = fetch_wait(w->fetch, &a, wait_for(w, wait_ms), -1, &done);
	if (has_come)
		code = finish(w, &done, &a, err);
	arena_free(&a);
	tell(w, ret);
	return code;
}
