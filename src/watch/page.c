/* Pages in the turn of their host: asked for once, and handed out with what came. */
#include "watch/watch_private.h"

#include "base/limits.h"
#include "os/clock.h"

#define GAP_US        (15 * US_PER_S)   /* between two pages of one host, however many were announced at once */
#define HOLD_MIN_S    60
#define HOLD_MAX_S    (7 * 86400)

/* Of those that are due the pages come after all sources, those that are new before those that are looked at again. */
static int64_t
likely_of(enum page_kind kind)
{
	return kind == PAGE_ITEM ? -1 : -2;
}

static void
join_queue(struct watch *w, size_t i, int64_t now_us)
{
	struct watched         *s = &w->sources[i];
	const struct page_host *h = &w->page_hosts[s->host];
	int64_t                 due_us = h->began_us + GAP_US > now_us ? h->began_us + GAP_US : now_us;

	s->slot = td_queue_add(w->queue, s->host, due_us, 0, likely_of(s->kind), i);
}

static void
add_page(struct watch *w, const struct store_page_line *p, int64_t now_us)
{
	size_t            host = watch_host_of(w, p->url), i;
	struct page_host *h = &w->page_hosts[host];

	if (w->pages_n >= PAGES_N || (i = watch_new_place(w, &p->id, host)) == NONE)
		return;         /* it is listed again */
	w->pages_n++;
	w->sources[i].is_page = true;
	w->sources[i].kind = p->kind;
	w->sources[i].slot = QUEUE_NONE;
	if (h->has_page) {
		w->sources[h->last].after = i;
		h->last = i;
		return;
	}
	h->has_page = true;
	h->first = h->last = i;
	join_queue(w, i, now_us);
}

void
page_left(struct watch *w, size_t i)
{
	struct page_host *h = &w->page_hosts[w->sources[i].host];

	w->pages_n--;
	h->first = w->sources[i].after;
	h->has_page = h->first != NONE;
	if (h->has_page)
		join_queue(w, h->first, os_now_us());
}

enum err_code
page_look(struct watch *w, bool *ret_none, struct err *err)
{
	struct store_page_ask  ask = { .now_us = os_now_us(), .offset = w->pages_at, .limit = LIMIT_PAGE_N / 2 };
	struct store_page_list list;
	struct arena           a;
	enum err_code          code;

	arena_init(&a, 8 * MiB, watch_full, NULL);
	code = store_page_due(w->options.link, &a, &ask, &list, err);
	for (size_t i = 0; code == ERR_OK && i < list.pages.n; i++)
		if (watch_find_id(w, &list.pages.v[i].id) == NONE)
			add_page(w, &list.pages.v[i], ask.now_us);
	if (code == ERR_OK) {
		*ret_none = list.pages.n == 0 && w->pages_at == 0;
		/* What is in the queue stays listed, so the next look goes further; at the end it begins again. */
		w->pages_at = list.more ? w->pages_at + ask.limit : 0;
	}
	arena_free(&a);
	return code;
}

/* Its host rests from now on; what it was stays until it has been dealt with. */
static void
hand_out(struct watch *w, struct asking *q)
{
	for (size_t i = 0; i < q->hosts_n; i++)
		td_queue_end(w->queue, q->hosts[i].host, q->hosts[i].began_us, os_now_us());
	q->hosts_n = 0;
	watch_forget(w, q->watched);
	w->page.page = q->page;
	w->held_by = q;
	w->turn.pages++;
	w->turn.page = &w->page;
}

static void
heed_retry(struct watch *w, const struct asking *q, const struct answer *answer)
{
	int64_t s = answer->schedule.retry_s < HOLD_MIN_S ? HOLD_MIN_S : answer->schedule.retry_s > HOLD_MAX_S ? HOLD_MAX_S : answer->schedule.retry_s;

	if (answer->schedule.kind == ANSWER_BUSY && answer->schedule.retry_s > 0)
		td_queue_hold(w->queue, w->sources[q->watched].host, answer->schedule.at_us + (s + 1) * US_PER_S);
}

void
page_came(struct watch *w, struct asking *q, struct arena *a, const struct fetch_done *done)
{
	struct answer answer;

	answer_read(a, done, os_now_us(), &answer);
	heed_retry(w, q, &answer);
	w->page = (struct watch_page){ .kind = answer.schedule.kind, .trouble = answer.trouble, .etag = answer.etag,
		.last_modified = answer.last_modified, .content_type = answer.content_type, .content_encoding = answer.content_encoding,
		.is_challenged = answer.is_challenged, .route = q->route, .retry_s = answer.schedule.retry_s,
		.robots = q->robots_why.n > 0 ? q->robots_why : STR("obeyed: it allows the page") };
	if (done->err.code == ERR_OK && done->reply.hops.n > 0) {
		struct fetch_reply *reply = arena_new(a, struct fetch_reply);

		*reply = done->reply;
		w->page.reply = reply;
	}
	hand_out(w, q);
}

void
page_unasked(struct watch *w, struct asking *q, enum answer_kind kind, struct str trouble)
{
	w->page = (struct watch_page){ .kind = kind, .trouble = trouble };
	hand_out(w, q);
}

void
page_let_go(struct watch *w)
{
	w->turn.page = NULL;
	if (w->held_by != NULL)
		watch_give_back(w, w->held_by);
	w->held_by = NULL;
	arena_free(&w->held);
}
