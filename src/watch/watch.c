#include "watch/watch.h"

#include <malloc.h>
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
	w->page_hosts = arena_array(&w->arena, HOSTS_N, struct page_host);
	w->asking = arena_array(&w->arena, ASKING_N, struct asking);
	for (size_t i = 0; i < ASKING_N; i++) {
		w->asking[i] = (struct asking){ .watch = w, .next = w->free };
		w->free = &w->asking[i];
	}
}

/* ── which sources there are ──────────────────────────────────────────── */

size_t
watch_host_of(struct watch *w, struct str address)
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

size_t
watch_find_id(const struct watch *w, const struct id *id)
{
	size_t i = w->buckets[seed_of(id) % BUCKETS_N];

	while (i != NONE && !id_eq(&w->sources[i].id, id))
		i = w->sources[i].next;
	return i;
}

struct str
watch_route(const struct watch *w, struct str wanted)
{
	struct str route = wanted.n > 0 ? wanted : w->options.fetch_route;

	return route.n > 0 ? route : STR("direct");
}

struct schedule_policy
watch_policy(const struct store_source *s)
{
	return (struct schedule_policy){ .seed = seed_of(&s->id), .interval_s = s->interval_s };
}

size_t
watch_new_place(struct watch *w, const struct id *id, size_t host)
{
	size_t i = w->free_source, *bucket = &w->buckets[seed_of(id) % BUCKETS_N];

	if (i == NONE)
		return NONE;
	w->free_source = w->sources[i].next;
	w->sources[i] = (struct watched){ .id = *id, .host = host, .next = *bucket, .after = NONE };
	*bucket = i;
	return i;
}

static void
add_source(struct watch *w, struct arena *a, const struct store_source *s, int64_t now_us)
{
	struct schedule_memory m = memory_of(a, s);
	struct schedule_policy p = watch_policy(s);
	size_t                 i = watch_new_place(w, &s->id, watch_host_of(w, s->url));

	if (i == NONE)
		return;         /* more than anybody reads; they wait for a place */
	w->sources[i].slot = td_queue_add(w->queue, w->sources[i].host, td_schedule_due(&p, &m, s->health.next_us, now_us),
	    td_schedule_every(&p, &m), td_schedule_likely(&m, now_us), i);
}

void
watch_forget(struct watch *w, size_t i)
{
	size_t *at = &w->buckets[seed_of(&w->sources[i].id) % BUCKETS_N];

	while (*at != i)
		at = &w->sources[*at].next;
	*at = w->sources[i].next;
	if (w->sources[i].is_page)
		page_left(w, i);
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
	bool                 is_none;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, watch_full, NULL);
	code = store_source_due(w->options.link, &a, &ask, &due, err);
	for (size_t i = 0; code == ERR_OK && i < due.sources.n; i++)
		if (watch_find_id(w, &due.sources.v[i].id) == NONE)
			add_source(w, &a, &due.sources.v[i], ask.now_us);
	arena_free(&a);
	w->looked_us = os_ticks_us();
	if (code == ERR_OK && w->options.with_pages)
		code = page_look(w, &is_none, err);
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
	size_t         host = watch_host_of(w, url);
	int64_t        now = os_now_us(), delay_s, wait_us;

	if (hop == 0)
		return ERR_OK;
	if (q->errand != ERRAND_ROBOTS && q->robots_why.n == 0 && robots_may(w->robots, url, now, &delay_s) == ROBOTS_MAY_NOT)
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

/* With the validators of the last answer, if there was one and a whole one is not wanted. */
static struct fetch_ask
ask_for(struct watch *w, struct asking *q)
{
	struct fetch_ask ask = { .url = q->url, .gate = gate, .mine = q, .route = q->route, .contact = q->contact, .isolation = q->isolation };

	switch (q->errand) {
	case ERRAND_ROBOTS:
		ask.url = robots_address(&q->arena, q->url);
		ask.body_b = LIMIT_ROBOTS_B;
		break;
	case ERRAND_POLL:
		ask.body_b = LIMIT_FEED_FETCH_B;
		if (q->memory.ask_whole == 0 && str_eq(q->source.health.route, q->route)) {
			ask.etag = q->source.health.etag;
			ask.last_modified = q->source.health.last_modified;
			ask.valid_url = q->source.health.valid_url;
		}
		break;
	case ERRAND_PAGE:
		w->page_hosts[w->sources[q->watched].host].began_us = os_now_us();
		ask.is_fresh = q->page.kind == PAGE_ITEM;       /* as evidence: with the certificates of this connection */
		if (str_eq(q->page.life_route, q->route)) {
			ask.etag = q->page.etag;
			ask.last_modified = q->page.last_modified;
		}
		break;
	}
	return ask;
}

/* Ask in the turn that the queue has given. */
static enum err_code
start(struct watch *w, struct asking *q, struct err *err)
{
	struct fetch_ask ask = ask_for(w, q);
	bool             is_page = w->sources[q->watched].is_page;

	q->hosts[0].host = w->sources[q->watched].host;
	q->hosts[0].began_us = os_now_us();
	q->hosts_n = 1;
	/* An address that nobody can ask is its source's trouble, not the watch's end. */
	if (fetch_start(w->fetch, &ask, err) != ERR_OK) {
		if (err->code != ERR_FORMAT && err->code != ERR_LIMIT)
			return err->code;
		return keep_fault(w, q, arena_copy(&q->arena, str_of(err->text)), err);
	}
	w->asking_n++;
	w->asking_pages_n += is_page;
	w->turn.asked += q->errand == ERRAND_POLL;
	return ERR_OK;
}

/* The source as it is now; false: it was paused, removed or moved since, and is forgotten here. */
static bool
load_source(struct watch *w, struct asking *q, struct err *err)
{
	char                  shown[ID_WHOLE];
	const struct watched *s = &w->sources[q->watched];
	struct store_name     name = { str_of(id_show_whole(ID_SOURCE, &s->id, shown)), ID_SOURCE };

	if (store_source_get(w->options.link, &q->arena, &name, &q->source, err) != ERR_OK)
		return false;
	q->errand = ERRAND_POLL;
	q->memory = memory_of(&q->arena, &q->source);
	q->policy = watch_policy(&q->source);
	q->url = q->source.url;
	q->robots_why = q->source.robots_why;
	q->route = watch_route(w, q->source.route);
	q->contact = q->source.contact;
	q->isolation = arena_copy(&q->arena, name.id);
	return q->source.state == SOURCE_ACTIVE && watch_host_of(w, q->source.url) == s->host;
}

/* A page goes the way of its source; one that a person added, apart from all but those of its host. */
static struct str
isolation_of(struct asking *q)
{
	char       shown[ID_WHOLE];
	struct url u;
	struct err err;

	if (!id_is_none(&q->page.source))
		return arena_copy(&q->arena, str_of(id_show_whole(ID_SOURCE, &q->page.source, shown)));
	return td_url_parse(&q->arena, q->page.url, NULL, &u, &err) == ERR_OK ? str_sub(u.host, 0, 64) : STR("");
}

bool
watch_load_page(struct watch *w, struct asking *q, bool is_only_read, struct err *err)
{
	const struct watched  *s = &w->sources[q->watched];
	struct store_page_name name = { s->kind, s->id, is_only_read };

	if (store_page_begin(w->options.link, &q->arena, &name, &q->page, err) != ERR_OK)
		return false;
	q->errand = ERRAND_PAGE;
	q->url = q->page.url;
	q->robots_why = q->page.robots_why;
	q->route = watch_route(w, q->page.route);
	q->contact = q->page.contact;
	q->isolation = isolation_of(q);
	return !id_is_none(&q->page.id) && watch_host_of(w, q->url) == s->host;
}

static bool
load(struct watch *w, struct asking *q, struct err *err)
{
	err->code = ERR_OK;
	return w->sources[q->watched].is_page ? watch_load_page(w, q, true, err) : load_source(w, q, err);
}

enum err_code
watch_give_up(struct watch *w, struct asking *q, const struct err *err)
{
	watch_forget(w, q->watched);
	watch_give_back(w, q);
	return err->code;
}

/* One turn at a host: its source or page is asked for, or first its robots.txt. */
static enum err_code
begin(struct watch *w, size_t watched, struct err *err)
{
	struct asking   *q = w->free;
	int64_t          now = os_now_us(), delay_s = 0;
	enum robots_word word = ROBOTS_MAY;

	w->free = q->next;
	*q = (struct asking){ .watch = w, .watched = watched, .hosts_n = 1 };
	q->hosts[0].host = w->sources[watched].host;
	q->hosts[0].began_us = now;
	arena_init_small(&q->arena, 32 * MiB, 4 * KiB, watch_full, NULL);
	if (!load(w, q, err))
		return watch_give_up(w, q, err);
	if (q->robots_why.n == 0 && robots_address(&q->arena, q->url).n > 0)
		word = robots_may(w->robots, q->url, now, &delay_s);
	td_queue_crawl_delay(w->queue, w->sources[watched].host, delay_s);
	if (word == ROBOTS_ASK_FIRST) {
		q->errand = ERRAND_ROBOTS;
		return start(w, q, err);
	}
	if (w->sources[watched].is_page && !watch_load_page(w, q, false, err))
		return watch_give_up(w, q, err);
	return word == ROBOTS_MAY ? start(w, q, err) : keep_refusal(w, q, word, err);
}

/* ── opening ──────────────────────────────────────────────────────────── */

enum err_code
watch_open(const struct watch_options *o, struct watch **ret, struct err *err)
{
	struct watch *w = calloc(1, sizeof(*w));

	/* A body of eight megabytes goes back to the kernel when it has been read; left to itself malloc learns to keep it. */
	(void)mallopt(M_MMAP_THRESHOLD, (int)(256 * KiB));
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
	page_let_go(w);
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

	while (w->free != NULL && w->turn.page == NULL && td_queue_take(w->queue, os_now_us(), &slot, &watched))
		if (begin(w, (size_t)watched, err) != ERR_OK)
			return err->code;
	return ERR_OK;
}

static enum err_code
finish(struct watch *w, const struct fetch_done *done, struct arena *a, struct err *err)
{
	struct asking *q = done->mine;

	w->asking_n--;
	w->asking_pages_n -= w->sources[q->watched].is_page;
	if (q->errand == ERRAND_ROBOTS)
		return keep_robots(w, q, a, done, err);
	if (q->errand == ERRAND_POLL)
		return keep_poll(w, q, a, done, err);
	page_came(w, q, a, done);
	return ERR_OK;
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

	w->turn.waiting = (int64_t)(td_queue_backlog(w->queue, now) + w->asking_n - w->asking_pages_n);
	w->turn.pages_waiting = (int64_t)w->pages_n;
	w->turn.under_way = (int64_t)w->asking_n;
	w->turn.next_us = td_queue_next(w->queue, now);
	w->turn.is_idle = w->asking_n == 0;
	*ret = w->turn;
}

/* New sources and pages, now and then; of what is asked only once, pages when the sources are through. */
static enum err_code
look_round(struct watch *w, struct err *err)
{
	bool is_none = true;

	if (!w->options.once)
		return os_ticks_us() - w->looked_us >= LOOK_US ? look(w, err) : ERR_OK;
	if (w->turn.waiting > 0 || w->asking_n > 0 || w->pages_n > 0)
		return ERR_OK;
	if (w->options.with_pages && page_look(w, &is_none, err) != ERR_OK)
		return err->code;
	w->turn.is_done = is_none && td_queue_backlog(w->queue, os_now_us()) == 0;
	return ERR_OK;
}

enum err_code
watch_turn(struct watch *w, int64_t wait_ms, struct watch_turn *ret, struct err *err)
{
	struct fetch_done done;
	enum err_code     code = ERR_OK;

	page_let_go(w);
	if (look_round(w, err) != ERR_OK || begin_all(w, err) != ERR_OK)
		return err->code;
	arena_init(&w->held, 6 * LIMIT_FEED_FETCH_B + 2 * LIMIT_ANSWER_B + 64 * MiB, watch_full, NULL);
	/* With nothing under way the fetcher has nothing to wait for. */
	if (w->turn.page == NULL && !w->turn.is_done && w->asking_n == 0)
		os_rest(wait_for(w, wait_ms));
	else if (w->turn.page == NULL && fetch_wait(w->fetch, &w->held, w->turn.is_done ? 0 : wait_for(w, wait_ms), -1, &done))
		code = finish(w, &done, &w->held, err);
	if (w->turn.page == NULL)
		arena_free(&w->held);
	tell(w, ret);
	return code;
}
