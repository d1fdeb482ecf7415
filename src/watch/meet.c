/* A source before it is one: what an address announces, and its first answer. */
#include "watch/watch_private.h"

#include <string.h>

#include "base/limits.h"
#include "os/clock.h"
#include "url/url.h"

#define REST_US (3 * US_PER_S / 2)
#define TRIES_N 3       /* feeds that a page names are looked at until one can be read */

/* Even asked by a person, a host is let rest between two questions. */
struct courtesy {
	int64_t    not_before_us;       /* ticks */
	struct str isolation;           /* one circuit for a site and its feeds, shared with nothing else */
};

static enum err_code
rest(void *mine, struct str url, unsigned hop, int64_t *ret_wait_ms, struct err *err)
{
	const struct courtesy *c = mine;
	int64_t                wait_us = c->not_before_us - os_ticks_us();

	(void)url, (void)hop, (void)err;
	*ret_wait_ms = wait_us > 0 ? (wait_us + 999) / 1000 : 0;
	return ERR_OK;
}

static enum err_code
ask_once(struct fetch *fetch, struct arena *a, struct courtesy *c, struct str url, struct answer *ret, struct err *err)
{
	struct fetch_done done = { .url = url };
	int64_t           began_us = os_ticks_us(), took_us;

	if (fetch_get(fetch, a, &(struct fetch_ask){ .url = url, .body_b = LIMIT_FEED_FETCH_B, .isolation = c->isolation, .gate = rest,
	    .mine = c }, &done.reply, err) != ERR_OK)
		return err->code;
	took_us = os_ticks_us() - began_us;
	c->not_before_us = os_ticks_us() + (5 * took_us > REST_US ? 5 * took_us : REST_US);
	answer_read(a, &done, os_now_us(), ret);
	if (ret->schedule.kind != ANSWER_NEWS && ret->schedule.kind != ANSWER_PARTIAL)
		return err_set(err, ret->schedule.kind == ANSWER_MISSING ? ERR_MISSING : ERR_NET, "%" STR_FMT ": %" STR_FMT, STR_ARG(url),
		    STR_ARG(ret->trouble));
	return ERR_OK;
}

/* The first of the feeds that a page names and that is one. */
static enum err_code
try_named(struct jail *jail, struct fetch *fetch, struct arena *a, struct courtesy *c, const struct found_feed_list *named,
	struct watch_found *ret, struct err *err)
{
	for (size_t i = 0; i < named->n && i < TRIES_N; i++) {
		struct answer *answer = arena_new(a, struct answer);

		if (ask_once(fetch, a, c, named->v[i].url, answer, err) != ERR_OK || items_read(jail, a, answer, &ret->doc, err) != ERR_OK)
			continue;
		ret->url = answer->final_url;
		ret->answer = answer;
		return ERR_OK;
	}
	return err->code;
}

static struct str
host_of(struct arena *a, struct str url)
{
	struct url u;
	struct err err;

	return td_url_parse(a, url, NULL, &u, &err) == ERR_OK ? u.host : STR("");
}

enum err_code
watch_find(struct jail *jail, struct fetch *fetch, struct arena *a, struct str url, struct watch_found *ret, struct err *err)
{
	struct courtesy   c = { .isolation = host_of(a, url) };
	struct answer    *answer = arena_new(a, struct answer);
	struct feed_ask   ask;
	struct read_found found;

	ret->route = arena_copy(a, fetch_route(fetch));
	if (ask_once(fetch, a, &c, url, answer, err) != ERR_OK)
		return err->code;
	ask = (struct feed_ask){ .url = answer->final_url, .content_type = answer->content_type, .body = answer->body };
	if (read_find(jail, a, &ask, answer->content_encoding, &found, err) != ERR_OK)
		return err_in(err, "%" STR_FMT, STR_ARG(url));
	if (found.kind == READ_A_PAGE && found.feeds.n > 0)
		return try_named(jail, fetch, a, &c, &found.feeds, ret, err);
	if (found.kind != READ_A_FEED)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": %" STR_FMT, STR_ARG(url), STR_ARG(found.kind == READ_A_PAGE ?
		    STR("a page that names no feed; not added") : found.kind == READ_A_LIST ?
		    STR("a list of feeds: save it and use tidings source import FILE") : found.fault));
	ret->url = answer->final_url;
	ret->doc = found.doc;
	ret->answer = answer;
	return ERR_OK;
}

enum err_code
watch_keep_first(struct store_link *link, struct arena *a, const struct store_source *s, const struct watch_found *found,
	int64_t *ret_items, struct err *err)
{
	struct schedule_policy  policy = watch_policy(s);
	struct schedule_memory  memory = { 0 };
	struct schedule_verdict verdict;
	struct answer           answer = *found->answer;
	struct ending           e = { .link = link, .policy = &policy, .memory = &memory,
		.route = found->route, .asked_us = answer.schedule.at_us };
	struct store_poll       p = { .source = s->id };

	if (keep_items(&e, a, &found->doc, s->takes_pages, &answer, &p, err) != ERR_OK)
		return err->code;
	return keep_ending(&e, a, &answer, &p, &verdict, ret_items, err);
}
