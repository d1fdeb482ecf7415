/* What an answer leaves in the store: one transaction with all that is new, and the time of the next question. */
#include "watch/watch_private.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "text/utf8.h"

#define FIRST_PAGES  5  /* pages taken of what a new source has in its list */
#define MOST_PAGES   40 /* of one answer */
#define TITLE_B      200

/* The items that are new, in place; and how many. */
static enum err_code
leave_fresh(struct store_link *link, const struct id *source, struct arena *a, struct store_item_new *items, size_t *n, struct err *err)
{
	struct store_item_keys   ask = { .source = *source };
	struct store_item_places new;

	ask.keys.v = arena_array(a, *n + 1, struct store_item_key);
	for (; ask.keys.n < *n; ask.keys.n++)
		ask.keys.v[ask.keys.n].key = items[ask.keys.n].key;
	if (store_item_unknown(link, a, &ask, &new, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < new.places.n; i++)
		items[i] = items[new.places.v[i].at];
	*n = new.places.n;
	return ERR_OK;
}

/* Of many only the newest are taken down; the rest are listed. */
static void
choose_wanted(struct store_item_new *items, size_t n, size_t most)
{
	for (size_t i = 0; i < n; i++)
		items[i].is_wanted = i + most >= n;
}

enum err_code
keep_items(const struct ending *e, struct arena *a, const struct feed_doc *doc, bool takes_pages, struct answer *answer,
	struct store_poll *p, struct err *err)
{
	size_t n = items_of(a, doc, &p->items.v);

	items_pace(doc, &answer->schedule);
	if (leave_fresh(e->link, &p->source, a, p->items.v, &n, err) != ERR_OK)
		return err->code;
	choose_wanted(p->items.v, n, !takes_pages || doc->kind == FEED_SITEMAP_INDEX ? 0 : e->memory->answers_n == 0 ? FIRST_PAGES : MOST_PAGES);
	p->items.n = n;
	answer->schedule.fresh_n = (int64_t)n;
	if (doc->is_cut)
		answer->schedule.kind = ANSWER_PARTIAL;
	else
		td_sha256(answer->body, p->health.body_sha256);
	p->learned_title = str_sub(doc->about.title.plain, 0, td_utf8_floor(doc->about.title.plain, TITLE_B));
	return ERR_OK;
}

/* A body that came: the same as before, a feed, the front of one, or none. */
static enum err_code
read_body(struct watch *w, struct asking *q, const struct ending *e, struct arena *a, struct answer *answer, struct store_poll *p,
	struct err *err)
{
	const struct items_form form = { q->source.kind == SOURCE_PAGE, q->source.selector };
	unsigned char           digest[SHA256_B];
	struct feed_doc         doc;

	td_sha256(answer->body, digest);
	if (answer->schedule.kind == ANSWER_NEWS && memcmp(digest, p->health.body_sha256, SHA256_B) == 0) {
		answer->schedule.kind = ANSWER_SAME;
		return ERR_OK;
	}
	if (items_read(w->options.jail, a, answer, &form, &doc, err) != ERR_OK) {
		answer->schedule.kind = ANSWER_UNREADABLE;
		answer->trouble = arena_copy(a, str_of(err->text));
		return err->code == ERR_IO ? err->code : ERR_OK;
	}
	return keep_items(e, a, &doc, q->source.takes_pages, answer, p, err);
}

/* Validators are those of the last body that was read to its end; a 304 may renew them. */
static void
keep_validators(const struct ending *e, const struct answer *answer, struct store_source_health *h)
{
	bool is_good = answer->schedule.kind == ANSWER_NEWS || answer->schedule.kind == ANSWER_SAME;

	/* Those of another way are of no use on this one. */
	if (!str_eq(h->route, e->route))
		h->etag = h->last_modified = STR("");
	h->route = e->route;
	if (is_good)
		h->valid_url = answer->final_url;
	if (is_good && (answer->body.n > 0 || answer->etag.n > 0))
		h->etag = answer->etag;
	if (is_good && (answer->body.n > 0 || answer->last_modified.n > 0))
		h->last_modified = answer->last_modified;
}

static void
keep_health(const struct ending *e, struct arena *a, const struct answer *answer, int64_t next_us, struct store_source_health *h)
{
	struct buf plan = BUF_INIT(LIMIT_PLAN_B);
	bool       is_good = answer->schedule.kind == ANSWER_NEWS || answer->schedule.kind == ANSWER_SAME;

	keep_validators(e, answer, h);
	h->next_us = next_us;
	h->asked_us = e->asked_us;
	if (is_good)
		h->answered_us = answer->schedule.at_us;
	h->newest_us = e->memory->newest_us;
	h->trouble = is_good ? STR("") : answer->trouble;
	h->is_silent = td_schedule_is_silent(e->memory);
	td_wire_put(&plan, &schedule_memory_desc, e->memory);
	h->plan = bytes_of(arena_copy(a, buf_str(&plan)));
	buf_free(&plan);
}

enum err_code
keep_ending(const struct ending *e, struct arena *a, struct answer *answer, struct store_poll *p, struct schedule_verdict *ret,
	int64_t *ret_fresh, struct err *err)
{
	struct store_news_new  news[sizeof(ret->told) / sizeof(*ret->told)];
	struct store_poll_done done;

	answer->schedule.was_asked_whole = e->memory->ask_whole != 0;
	td_schedule_next(e->policy, e->memory, &answer->schedule, ret);
	keep_health(e, a, answer, ret->next_us, &p->health);
	for (size_t i = 0; i < ret->told_n; i++)
		news[i] = answer_news(a, &ret->told[i]);
	p->news.v = news;
	p->news.n = ret->told_n;
	p->learned_url = ret->learn_url ? answer->moved_to : STR("");
	if (store_poll_commit(e->link, a, p, &done, err) != ERR_OK)
		return err->code;
	*ret_fresh = done.fresh;
	return ERR_OK;
}

static struct ending
ending_of(struct watch *w, struct asking *q)
{
	return (struct ending){ .link = w->options.link, .policy = &q->policy, .memory = &q->memory,
		.route = q->route, .asked_us = q->hosts[0].began_us };
}

/* The end of a question: the answer is kept, and its source waits for its next turn. */
static enum err_code
conclude(struct watch *w, struct asking *q, const struct ending *e, struct arena *a, struct answer *answer, struct store_poll *p,
	struct err *err)
{
	struct schedule_verdict v;
	int64_t                 fresh;

	if (keep_ending(e, a, answer, p, &v, &fresh, err) != ERR_OK)
		return err->code;
	w->turn.answered++;
	w->turn.fresh += fresh;
	if (v.hold_us != 0)
		td_queue_hold(w->queue, w->sources[q->watched].host, v.hold_us);
	td_queue_put(w->queue, w->sources[q->watched].slot, w->options.once ? INT64_MAX : v.next_us, td_schedule_every(&q->policy, &q->memory),
	    td_schedule_likely(&q->memory, answer->schedule.at_us));
	return ERR_OK;
}

enum err_code
keep_poll(struct watch *w, struct asking *q, struct arena *a, const struct fetch_done *done, struct err *err)
{
	struct store_poll p = { .source = q->source.id, .health = q->source.health };
	struct ending     e = ending_of(w, q);
	struct answer     answer;
	enum err_code     code = ERR_OK;

	answer_read(a, done, os_now_us(), &answer);
	if (answer.body.n > 0)
		code = read_body(w, q, &e, a, &answer, &p, err);
	else if (answer.schedule.kind == ANSWER_NEWS) {
		answer.schedule.kind = ANSWER_UNREADABLE;
		answer.trouble = STR("the server sent an empty page; nothing was taken from it");
	}
	if (code == ERR_OK)
		code = conclude(w, q, &e, a, &answer, &p, err);
	watch_give_back(w, q);
	return code;
}

/* The end of a question that was never put. */
static enum err_code
keep_unasked(struct watch *w, struct asking *q, enum answer_kind kind, struct str trouble, struct err *err)
{
	struct store_poll p = { .source = q->source.id, .health = q->source.health };
	struct answer     answer = { .schedule = { .kind = kind, .at_us = os_now_us() }, .trouble = trouble };
	struct ending     e = ending_of(w, q);
	struct arena      a;
	enum err_code     code;

	if (w->sources[q->watched].is_page) {
		err->code = ERR_OK;
		/* Not to have had its robots.txt counts as a try. */
		if (q->errand == ERRAND_ROBOTS && !watch_load_page(w, q, false, err))
			return watch_give_up(w, q, err);
		page_unasked(w, q, kind, trouble);
		return ERR_OK;
	}
	arena_init(&a, 4 * MiB, watch_full, NULL);
	code = conclude(w, q, &e, &a, &answer, &p, err);
	arena_free(&a);
	watch_give_back(w, q);
	return code;
}

enum err_code
keep_refusal(struct watch *w, struct asking *q, enum robots_word word, struct err *err)
{
	struct robots_silence silence = robots_silence(w->robots, q->url);

	/* A host that was silent a while ago is not asked again for each of its feeds; what is the matter is still the same. */
	if (word == ROBOTS_CANNOT_TELL && silence.why.n > 0)
		return keep_unasked(w, q, silence.kind, silence.why, err);
	if (word == ROBOTS_CANNOT_TELL)
		return keep_unasked(w, q, ANSWER_ERROR, STR("the site's robots.txt could not be had; nothing is asked there until it can"), err);
	return keep_unasked(w, q, ANSWER_ROBOTS, STR("the site's robots.txt asks us to stay away; it was not asked (say why it should be, and it "
	    "will be)"), err);
}

enum err_code
keep_fault(struct watch *w, struct asking *q, struct str trouble, struct err *err)
{
	return keep_unasked(w, q, ANSWER_ERROR, trouble, err);
}

/* Its Crawl-delay counts from this very answer on. */
static void
heed(struct watch *w, const struct asking *q)
{
	int64_t delay_s;

	(void)robots_may(w->robots, q->url, os_now_us(), &delay_s);
	td_queue_crawl_delay(w->queue, w->sources[q->watched].host, delay_s);
}

/* Its turn comes again, now that the site has said what may be asked. */
static void
wait_again(struct watch *w, const struct asking *q, int64_t now_us)
{
	const struct watched *s = &w->sources[q->watched];

	heed(w, q);
	if (s->is_page)
		td_queue_put(w->queue, s->slot, now_us, 0, 0);
	else
		td_queue_put(w->queue, s->slot, now_us, td_schedule_every(&q->policy, &q->memory), INT64_MAX);
}

/* A host that could not be reached for its robots.txt could not be reached. */
enum err_code
keep_robots(struct watch *w, struct asking *q, struct arena *a, const struct fetch_done *done, struct err *err)
{
	const struct fetch_hop *last = done->reply.hops.n > 0 ? &done->reply.hops.v[done->reply.hops.n - 1] : NULL;
	struct answer           answer;

	answer_read(a, done, os_now_us(), &answer);
	if (robots_learn(w->robots, w->options.jail, q->url, last != NULL ? (int)last->status : 0,
	    last != NULL ? (struct robots_silence){ 0 } : (struct robots_silence){ answer.schedule.kind, answer.trouble }, answer.content_encoding,
	    last != NULL ? last->body : (struct bytes){ 0 }, answer.schedule.at_us, err) != ERR_OK) {
		watch_give_back(w, q);
		return err->code;
	}
	if (last == NULL)
		return keep_unasked(w, q, answer.schedule.kind, arena_copy(&q->arena, answer.trouble), err);
	wait_again(w, q, answer.schedule.at_us);
	watch_give_back(w, q);
	return ERR_OK;
}
