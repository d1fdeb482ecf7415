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

/* One feed more that was read. */
static void
add_found(struct watch_look *look, const struct feed_doc *doc, struct answer *answer)
{
	look->found.v[look->found.n++] = (struct watch_found){ .url = answer->final_url, .doc = *doc, .route = look->route,
		.answer = answer };
}

/* Those of the feeds that a page names that are some; the first that is none leaves its sentence in err. */
static void
try_named(struct jail *jail, struct fetch *fetch, struct arena *a, struct courtesy *c, const struct found_feed_list *named,
	size_t most, struct watch_look *ret, struct err *err)
{
	for (size_t i = 0; i < named->n && i < TRIES_N + ret->found.n && ret->found.n < most; i++) {
		struct answer  *answer = arena_new(a, struct answer);
		struct feed_doc doc;
		struct err      why = { 0 };

		if (ask_once(fetch, a, c, named->v[i].url, answer, &why) == ERR_OK && items_read(jail, a, answer, &(struct items_form){ .is_list = false }, &doc, &why) == ERR_OK)
			add_found(ret, &doc, answer);
		else if (err->code == ERR_OK)
			*err = why;
	}
}

/* What an address that is no feed itself leads to. */
static enum err_code
follow(struct jail *jail, struct fetch *fetch, struct arena *a, struct courtesy *c, const struct read_found *found, size_t most,
	struct watch_look *ret, struct err *err)
{
	err->code = ERR_OK;
	if (found->kind == READ_A_LIST)
		ret->list = found->list;
	else if (found->kind != READ_A_PAGE)
		err_set(err, ERR_FORMAT, "%" STR_FMT, STR_ARG(found->fault));
	else if (found->feeds.n == 0)
		err_set(err, ERR_FORMAT, "a page that names no feed; not added");
	else
		try_named(jail, fetch, a, c, &found->feeds, most, ret, err);
	return ret->found.n > 0 ? ERR_OK : err->code;
}

static struct str
host_of(struct arena *a, struct str url)
{
	struct url u;
	struct err err;

	return td_url_parse(a, url, NULL, &u, &err) == ERR_OK ? u.host : STR("");
}

const char *
watch_unfit(struct arena *a, struct str address)
{
	struct url u;
	struct err err;

	if (td_url_parse(a, address, NULL, &u, &err) != ERR_OK || !td_url_is_web(&u))
		return "is no address of the web";
	return u.username.n > 0 || u.password.n > 0 ? "has a name or a password in its address" : NULL;
}

/* The sitemap that changed last by the index's own word; the first when it says nothing. */
static struct str
newest_of(const struct feed_doc *index)
{
	const struct feed_item *newest = NULL;

	for (size_t i = 0; i < index->items.n; i++)
		if (newest == NULL || index->items.v[i].about.updated.us > newest->about.updated.us)
			newest = &index->items.v[i];
	return newest != NULL ? newest->about.link : STR("it has none");
}

/* A page that leads to no feed can be watched by its links. */
static bool
read_links(struct jail *jail, struct arena *a, struct answer *answer, struct watch_look *ret)
{
	const struct items_form form = { true, STR("") };
	struct feed_doc         doc;
	struct err              why;

	if (items_read(jail, a, answer, &form, &doc, &why) != ERR_OK || doc.items.n == 0)
		return false;
	add_found(ret, &doc, answer);
	ret->is_page = true;
	return true;
}

enum err_code
watch_look(struct jail *jail, struct fetch *fetch, struct arena *a, struct str url, size_t most, struct watch_look *ret, struct err *err)
{
	struct courtesy   c = { .isolation = host_of(a, url) };
	struct answer    *answer = arena_new(a, struct answer);
	struct feed_ask   ask;
	struct read_found found;

	*ret = (struct watch_look){ .route = arena_copy(a, fetch_route(fetch)), .found = { arena_array(a, most + 1, struct watch_found), 0 } };
	if (ask_once(fetch, a, &c, url, answer, err) != ERR_OK)
		return err->code;
	ask = (struct feed_ask){ .url = answer->final_url, .content_type = answer->content_type, .body = answer->body };
	if (read_find(jail, a, &ask, answer->content_encoding, &found, err) != ERR_OK)
		return err_in(err, "%" STR_FMT, STR_ARG(url));
	if (found.kind == READ_A_FEED && found.doc.kind == FEED_SITEMAP_INDEX)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": an index of %zu sitemaps, not one; add the one to watch by its own address: %" STR_FMT,
		    STR_ARG(url), found.doc.items.n, STR_ARG(newest_of(&found.doc)));
	if (found.kind == READ_A_FEED)
		add_found(ret, &found.doc, answer);
	else if (follow(jail, fetch, a, &c, &found, most, ret, err) != ERR_OK && (found.kind != READ_A_PAGE || !read_links(jail, a, answer, ret)))
		return err_in(err, "%" STR_FMT, STR_ARG(url));
	return ERR_OK;
}

enum err_code
watch_find(struct jail *jail, struct fetch *fetch, struct arena *a, struct str url, struct watch_found *ret, struct err *err)
{
	struct watch_look look;

	if (watch_look(jail, fetch, a, url, 1, &look, err) != ERR_OK)
		return err->code;
	if (look.is_page)
		return err_in(err, "%" STR_FMT, STR_ARG(url));
	if (look.found.n == 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": a list of feeds: save it and use tidings source import FILE", STR_ARG(url));
	*ret = look.found.v[0];
	return ERR_OK;
}

enum err_code
watch_find_list(struct jail *jail, struct fetch *fetch, struct arena *a, struct str url, struct str selector, struct watch_found *ret,
	struct err *err)
{
	struct courtesy         c = { .isolation = host_of(a, url) };
	struct answer          *answer = arena_new(a, struct answer);
	const struct items_form form = { true, selector };

	if (ask_once(fetch, a, &c, url, answer, err) != ERR_OK)
		return err->code;
	if (items_read(jail, a, answer, &form, &ret->doc, err) != ERR_OK)
		return err_in(err, "%" STR_FMT, STR_ARG(url));
	ret->route = arena_copy(a, fetch_route(fetch));
	ret->url = answer->final_url;
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
