#include "schedule/queue.h"

#include "base/civil.h"
#include "schedule/schedule.h"

#define MORE_HOSTS_N    256
#define REST_US         US_PER_S
#define REST_FACTOR     5
#define DELAY_MAX_S     30
#define PACE            1.5     /* times the mean rate */
#define PACE_LEAST      0.5     /* starts a second */
#define PILE_PACE_MOST  1.0
#define PILE_S          150.0   /* a pile is worked off in that time */
#define EVERY_MIN_US    (60 * US_PER_S)

struct entry {
	uint64_t mine;
	int64_t  due_us, likely;
	double   rate;          /* how often a second it comes due */
	size_t   host;
	size_t   next;          /* in its host's list, or in the list of free ones */
	bool     waits;
};

struct host {
	uint64_t name, site;    /* hashes: two names that share one are asked in turn, which hurts nobody */
	int64_t  free_us;       /* rests until then */
	int64_t  held_us;       /* its site asked for quiet until then */
	int64_t  delay_us;
	int64_t  began_us;
	size_t   first;         /* entries that wait, by the time they are due */
	size_t   place;         /* in the heap; QUEUE_NONE: not there */
	bool     is_busy, is_ready;     /* which heap it is in */
};

/* A heap of hosts: the waiting ones by time, the ready ones by likelihood. */
struct heap {
	size_t *v, n;
	bool    is_ready;
};

struct queue {
	struct entry *entries;
	struct host  *hosts;
	size_t       *slots;            /* hash table of hosts */
	size_t        entries_n, entries_room, hosts_n, hosts_room, slots_n, free;
	struct heap   waiting, ready;
	double        rate;             /* of all entries */
	size_t        pile;             /* the most hosts that were ready since there were none */
	int64_t       pace_us;          /* no start before */
};

static uint64_t
hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

/* ── heaps ────────────────────────────────────────────────────────────── */

/* When a host can be asked for the first of its entries. */
static int64_t
ready_at(const struct queue *q, const struct host *h)
{
	int64_t at = h->free_us > h->held_us ? h->free_us : h->held_us, due = q->entries[h->first].due_us;

	return due > at ? due : at;
}

static bool
goes_before(const struct queue *q, const struct heap *heap, size_t a, size_t b)
{
	const struct host *x = &q->hosts[a], *y = &q->hosts[b];

	if (heap->is_ready)
		return q->entries[x->first].likely > q->entries[y->first].likely;
	return ready_at(q, x) < ready_at(q, y);
}

static void
place(struct queue *q, struct heap *heap, size_t at, size_t host)
{
	heap->v[at] = host;
	q->hosts[host].place = at;
}

static void
sift_up(struct queue *q, struct heap *heap, size_t at)
{
	size_t host = heap->v[at];

	for (; at > 0 && goes_before(q, heap, host, heap->v[(at - 1) / 2]); at = (at - 1) / 2)
		place(q, heap, at, heap->v[(at - 1) / 2]);
	place(q, heap, at, host);
}

static void
sift_down(struct queue *q, struct heap *heap, size_t at)
{
	size_t host = heap->v[at];

	for (size_t child; (child = 2 * at + 1) < heap->n; at = child) {
		if (child + 1 < heap->n && goes_before(q, heap, heap->v[child + 1], heap->v[child]))
			child++;
		if (!goes_before(q, heap, heap->v[child], host))
			break;
		place(q, heap, at, heap->v[child]);
	}
	place(q, heap, at, host);
}

static void
leave(struct queue *q, size_t host)
{
	struct host *h = &q->hosts[host];
	struct heap *heap = h->is_ready ? &q->ready : &q->waiting;
	size_t       at = h->place, last;

	if (at == QUEUE_NONE)
		return;
	h->place = QUEUE_NONE;
	last = heap->v[--heap->n];
	if (last == host)
		return;
	place(q, heap, at, last);
	sift_up(q, heap, at);
	sift_down(q, heap, q->hosts[last].place);
}

static void
enter(struct queue *q, size_t host, bool is_ready)
{
	struct heap *heap = is_ready ? &q->ready : &q->waiting;

	q->hosts[host].is_ready = is_ready;
	place(q, heap, heap->n++, host);
	sift_up(q, heap, heap->n - 1);
}

/* Back to where it belongs after something about it has changed: nowhere while it is busy or has nothing to ask. */
static void
settle(struct queue *q, size_t host)
{
	leave(q, host);
	if (!q->hosts[host].is_busy && q->hosts[host].first != QUEUE_NONE)
		enter(q, host, false);
}

/* ── entries ──────────────────────────────────────────────────────────── */

static void
link_entry(struct queue *q, size_t slot)
{
	struct entry *e = &q->entries[slot];
	size_t       *at = &q->hosts[e->host].first;

	while (*at != QUEUE_NONE && q->entries[*at].due_us <= e->due_us)
		at = &q->entries[*at].next;
	e->next = *at;
	*at = slot;
	e->waits = true;
}

static void
unlink_entry(struct queue *q, size_t slot)
{
	size_t *at = &q->hosts[q->entries[slot].host].first;

	while (*at != slot)
		at = &q->entries[*at].next;
	*at = q->entries[slot].next;
	q->entries[slot].waits = false;
}

/* Of those that are due the likeliest comes to the front. */
static void
choose_first(struct queue *q, struct host *h, int64_t now_us)
{
	size_t best = h->first;

	for (size_t i = h->first; i != QUEUE_NONE && q->entries[i].due_us <= now_us; i = q->entries[i].next)
		if (q->entries[i].likely > q->entries[best].likely)
			best = i;
	if (best == h->first)
		return;
	unlink_entry(q, best);
	q->entries[best].next = h->first;
	q->entries[best].waits = true;
	h->first = best;
}

struct queue *
td_queue_create(struct arena *a, size_t entries_n)
{
	struct queue *q = arena_new(a, struct queue);

	*q = (struct queue){ .entries_room = entries_n, .hosts_room = entries_n + MORE_HOSTS_N, .free = QUEUE_NONE };
	for (q->slots_n = 1024; q->slots_n < 2 * q->hosts_room; q->slots_n *= 2)
		;
	q->entries = arena_array(a, q->entries_room + 1, struct entry);
	q->hosts = arena_array(a, q->hosts_room, struct host);
	q->slots = arena_array(a, q->slots_n, size_t);
	for (size_t i = 0; i < q->slots_n; i++)
		q->slots[i] = QUEUE_NONE;
	q->waiting.v = arena_array(a, q->hosts_room, size_t);
	q->ready = (struct heap){ .v = arena_array(a, q->hosts_room, size_t), .is_ready = true };
	(void)td_queue_host(q, STR(""));        /* the one that others share */
	return q;
}

size_t
td_queue_host(struct queue *q, struct str host)
{
	uint64_t name = hash_of(host);
	size_t   at = (size_t)name & (q->slots_n - 1);

	for (; q->slots[at] != QUEUE_NONE; at = (at + 1) & (q->slots_n - 1))
		if (q->hosts[q->slots[at]].name == name)
			return q->slots[at];
	if (q->hosts_n == q->hosts_room)
		return 0;
	q->slots[at] = q->hosts_n;
	q->hosts[q->hosts_n] = (struct host){ .name = name, .site = hash_of(td_site_of(host)), .first = QUEUE_NONE, .place = QUEUE_NONE };
	return q->hosts_n++;
}

size_t
td_queue_add(struct queue *q, size_t host, int64_t due_us, int64_t every_us, int64_t likely, uint64_t mine)
{
	size_t slot = q->free;

	if (slot != QUEUE_NONE)
		q->free = q->entries[slot].next;
	else if (q->entries_n < q->entries_room)
		slot = q->entries_n++;
	else
		return QUEUE_NONE;
	q->entries[slot] = (struct entry){ .mine = mine, .host = host };
	td_queue_put(q, slot, due_us, every_us, likely);
	return slot;
}

void
td_queue_put(struct queue *q, size_t slot, int64_t due_us, int64_t every_us, int64_t likely)
{
	struct entry *e = &q->entries[slot];

	e->due_us = due_us;
	e->likely = likely;
	q->rate -= e->rate;
	e->rate = every_us <= 0 ? 0 : (double)US_PER_S / (double)(every_us > EVERY_MIN_US ? every_us : EVERY_MIN_US);
	q->rate += e->rate;
	link_entry(q, slot);
	settle(q, e->host);
}

void
td_queue_remove(struct queue *q, size_t slot)
{
	struct entry *e = &q->entries[slot];

	q->rate -= e->rate;
	if (e->waits) {
		unlink_entry(q, slot);
		settle(q, e->host);
	}
	*e = (struct entry){ .next = q->free, .host = e->host };
	q->free = slot;
}

/* ── turns ────────────────────────────────────────────────────────────── */

/* Hosts whose time has come move to the ready ones. */
static void
wake(struct queue *q, int64_t now_us)
{
	while (q->waiting.n > 0 && ready_at(q, &q->hosts[q->waiting.v[0]]) <= now_us) {
		size_t host = q->waiting.v[0];

		leave(q, host);
		choose_first(q, &q->hosts[host], now_us);
		enter(q, host, true);
	}
}

static int64_t
pace_us(const struct queue *q)
{
	double pile = (double)q->pile / PILE_S, rate = PACE * q->rate;

	if (pile > PILE_PACE_MOST)
		pile = PILE_PACE_MOST;
	if (rate < pile)
		rate = pile;
	return (int64_t)((double)US_PER_S / (rate > PACE_LEAST ? rate : PACE_LEAST));
}

static void
start(struct queue *q, size_t host, int64_t now_us)
{
	struct host *h = &q->hosts[host];

	leave(q, host);
	h->is_busy = true;
	h->began_us = now_us;
}

bool
td_queue_take(struct queue *q, int64_t now_us, size_t *ret_slot, uint64_t *ret_mine)
{
	size_t host;

	wake(q, now_us);
	q->pile = q->ready.n == 0 ? 0 : q->ready.n > q->pile ? q->ready.n : q->pile;
	if (q->ready.n == 0 || now_us < q->pace_us)
		return false;
	host = q->ready.v[0];
	q->pace_us = now_us + pace_us(q);
	*ret_slot = q->hosts[host].first;
	*ret_mine = q->entries[*ret_slot].mine;
	unlink_entry(q, *ret_slot);
	start(q, host, now_us);
	return true;
}

int64_t
td_queue_next(const struct queue *q, int64_t now_us)
{
	int64_t at = q->ready.n > 0 ? now_us : q->waiting.n > 0 ? ready_at(q, &q->hosts[q->waiting.v[0]]) : INT64_MAX;

	return at == INT64_MAX || at > q->pace_us ? at : q->pace_us;
}

size_t
td_queue_backlog(struct queue *q, int64_t now_us)
{
	size_t n = 0;

	for (size_t i = 0; i < q->entries_n; i++)
		n += q->entries[i].waits && q->entries[i].rate > 0 && q->entries[i].due_us <= now_us;
	return n;
}

int64_t
td_queue_begin(struct queue *q, size_t host, int64_t now_us)
{
	const struct host *h = &q->hosts[host];
	int64_t            at = h->free_us > h->held_us ? h->free_us : h->held_us;

	if (h->is_busy)
		return REST_US;
	if (now_us < at)
		return at - now_us;
	start(q, host, now_us);
	return 0;
}

void
td_queue_end(struct queue *q, size_t host, int64_t began_us, int64_t now_us)
{
	struct host *h = &q->hosts[host];
	int64_t      rest_us = REST_FACTOR * (now_us - began_us);

	if (rest_us < REST_US)
		rest_us = REST_US;
	if (rest_us < h->delay_us)
		rest_us = h->delay_us;
	h->free_us = now_us + rest_us;
	h->is_busy = false;
	settle(q, host);
}

void
td_queue_crawl_delay(struct queue *q, size_t host, int64_t delay_s)
{
	q->hosts[host].delay_us = (delay_s < 0 ? 0 : delay_s > DELAY_MAX_S ? DELAY_MAX_S : delay_s) * US_PER_S;
}

void
td_queue_hold(struct queue *q, size_t host, int64_t until_us)
{
	uint64_t site = q->hosts[host].site;

	for (size_t i = 0; i < q->hosts_n; i++)
		if (q->hosts[i].site == site && q->hosts[i].held_us < until_us) {
			q->hosts[i].held_us = until_us;
			if (q->hosts[i].place != QUEUE_NONE)
				settle(q, i);
		}
}
