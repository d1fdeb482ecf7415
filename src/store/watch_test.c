/* Sources, their answers and what there is to tell of them, in a real desk. */
#include "store/desk_check.h"

static struct store_source
source(const char *url)
{
	return (struct store_source){ .url = str_of(url), .given_url = str_of(url), .takes_pages = true, .folder = STR("Seoul"),
		.title = STR("데일리NK") };
}

static struct store_source
add_source(struct desk *d, const char *url)
{
	struct store_source ask = source(url), ret = { 0 };

	CHECK_INT(ERR_OK, store_source_save(d->link, &d->arena, &ask, &ret, &d->err));
	return ret;
}

static struct store_due
due(struct desk *d, int64_t now_us)
{
	struct store_due ret = { 0 };

	CHECK_INT(ERR_OK, store_source_due(d->link, &d->arena, &(struct store_due_ask){ now_us, 10 }, &ret, &d->err));
	return ret;
}

static struct store_item_new
item(const char *key, const char *url)
{
	return (struct store_item_new){ .key = str_of(key), .url = str_of(url), .page = str_of(url), .title = str_of(key), .is_wanted = true };
}

/* An answer with these items; how many were new. */
static int64_t
poll(struct desk *d, const struct store_source *s, struct store_item_new *items, size_t n, int64_t next_us)
{
	struct store_poll      p = { .source = s->id, .health = { .next_us = next_us, .asked_us = 5, .etag = STR("W/\"1\"") } };
	struct store_poll_done done = { 0 };

	p.items.v = items;
	p.items.n = n;
	CHECK_INT(ERR_OK, store_poll_commit(d->link, &d->arena, &p, &done, &d->err));
	return done.fresh;
}

static int64_t
jobs(struct desk *d)
{
	struct store_desk_status status = { 0 };

	CHECK_INT(ERR_OK, store_status(d->link, &d->arena, &(struct store_none){ 0 }, &status, &d->err));
	return status.pages_open;
}

static void
a_new_source_is_due_at_once_and_then_when_its_answer_says(void)
{
	struct desk         d;
	struct store_source s;
	int64_t             now;

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	now = os_now_us() + US_PER_S;
	CHECK_INT(1, due(&d, now).sources.n);
	CHECK_INT(0, poll(&d, &s, NULL, 0, now + 60 * US_PER_S));
	CHECK_INT(0, due(&d, now).sources.n);
	CHECK_INT(now + 60 * US_PER_S, due(&d, now).next_us);
	CHECK(reopen(&d));
	CHECK_INT(1, due(&d, now + 60 * US_PER_S).sources.n);
	CHECK_STR(STR("W/\"1\""), due(&d, now + 60 * US_PER_S).sources.v[0].health.etag);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_paused_or_removed_source_is_not_due_even_when_its_answer_comes_late(void)
{
	struct desk         d;
	struct store_source s;
	int64_t             later = os_now_us() + 3600 * US_PER_S;

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	s.state = SOURCE_PAUSED;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &s, &d.err));
	CHECK_INT(0, due(&d, later).sources.n);
	poll(&d, &s, NULL, 0, 1);
	CHECK_INT(0, due(&d, later).sources.n);
	s.state = SOURCE_ACTIVE;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &s, &d.err));
	CHECK_INT(1, due(&d, later).sources.n);
	s.state = SOURCE_REMOVED;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &s, &d.err));
	CHECK_INT(0, due(&d, later).sources.n);
	CHECK_INT(0, due(&d, later).next_us);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
one_address_is_watched_once_and_again_after_it_was_removed(void)
{
	struct desk         d;
	struct store_source s, again = source("https://a.example/feed"), ret;

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	CHECK_INT(ERR_EXISTS, store_source_save(d.link, &d.arena, &again, &ret, &d.err));
	CHECK(str_find(str_of(d.err.text), STR("watches it already, as s-")) != STR_NONE);
	s.state = SOURCE_REMOVED;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &s, &d.err));
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &again, &ret, &d.err));
	again = source("https://b.example/feed");
	again.interval_s = 60;
	CHECK_INT(ERR_LIMIT, store_source_save(d.link, &d.arena, &again, &ret, &d.err));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
an_item_is_kept_once_and_its_page_is_taken_once_for_all_sources(void)
{
	struct desk                 d;
	struct store_source         a, b;
	struct store_item_new       first[] = { item("g1", "https://a.example/1"), item("g2", "https://a.example/2") };
	struct store_item_new       second[] = { item("g2", "https://a.example/2"), item("g3", "https://a.example/3") };
	struct store_item_new       copy[] = { item("x", "https://a.example/1") };
	struct store_announced_list l = { 0 };

	if (!desk_begin(&d))
		return;
	a = add_source(&d, "https://a.example/feed");
	b = add_source(&d, "https://b.example/feed");
	CHECK_INT(2, poll(&d, &a, first, 2, 1));
	CHECK_INT(1, poll(&d, &a, second, 2, 1));
	CHECK_INT(1, poll(&d, &b, copy, 1, 1));
	CHECK_INT(3, jobs(&d));
	CHECK_INT(ERR_OK, store_item_list(d.link, &d.arena, &(struct store_announced_ask){ .source = a.id, .state = -1, .limit = 2 }, &l, &d.err));
	CHECK_INT(2, l.items.n);
	CHECK(l.more);
	CHECK_STR(STR("g3"), l.items.v[0].title);
	CHECK_STR(STR("데일리NK"), l.items.v[0].source_title);
	CHECK_INT(ERR_OK, store_item_list(d.link, &d.arena, &(struct store_announced_ask){ .state = -1, .limit = 200 }, &l, &d.err));
	CHECK_INT(4, l.items.n);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
what_a_source_has_not_announced_yet_is_told_by_its_place(void)
{
	struct desk              d;
	struct store_source      s;
	struct store_item_new    items[] = { item("g1", "https://a.example/1") };
	struct store_item_key    keys[] = { { STR("g0") }, { STR("g1") }, { STR("g2") }, { STR("g0") } };
	struct store_item_keys   ask = { .keys = { keys, 4 } };
	struct store_item_places ret = { 0 };

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	poll(&d, &s, items, 1, 1);
	ask.source = s.id;
	CHECK_INT(ERR_OK, store_item_unknown(d.link, &d.arena, &ask, &ret, &d.err));
	CHECK_INT(2, ret.places.n);
	CHECK(ret.places.n == 2 && ret.places.v[0].at == 0 && ret.places.v[1].at == 2);
	desk_end(&d);
}

static void
an_answer_is_kept_whole_or_not_at_all(void)
{
	struct desk            d;
	struct store_source    s;
	struct store_item_new  items[] = { item("g1", "https://a.example/1"), item("", "https://a.example/2") };
	struct store_poll      p = { .health = { .next_us = 1 } };
	struct store_poll_done done;

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	p.source = s.id;
	p.items.v = items;
	p.items.n = 2;
	CHECK_INT(ERR_FORMAT, store_poll_commit(d.link, &d.arena, &p, &done, &d.err));
	CHECK_INT(0, jobs(&d));
	CHECK_INT(1, poll(&d, &s, items, 1, 1));
	p.source.b[0] ^= 1;
	p.items.n = 1;
	CHECK_INT(ERR_MISSING, store_poll_commit(d.link, &d.arena, &p, &done, &d.err));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_move_to_where_another_source_stands_is_not_learned_and_loses_no_answer(void)
{
	struct desk            d;
	struct store_source    s;
	struct store_item_new  items[] = { item("g1", "https://a.example/1") };
	struct store_poll      p = { .health = { .next_us = 1 }, .learned_url = STR("https://b.example/feed") };
	struct store_news_list told = { 0 };
	struct store_poll_done done = { 0 };

	if (!desk_begin(&d))
		return;
	add_source(&d, "https://b.example/feed");
	s = add_source(&d, "https://a.example/feed");
	p.source = s.id;
	p.items.v = items;
	p.items.n = 1;
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &p, &done, &d.err));
	CHECK_INT(1, done.fresh);
	CHECK_INT(ERR_OK, store_source_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_SOURCE, &s.id), ID_ANY }, &s, &d.err));
	CHECK_STR(STR("https://a.example/feed"), s.url);
	CHECK_INT(ERR_OK, store_news_list(d.link, &d.arena, &(struct store_news_ask){ .limit = 10 }, &told, &d.err));
	CHECK_INT(0, told.news.n);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
news_waits_until_somebody_has_read_it(void)
{
	struct desk            d;
	struct store_source    s;
	struct store_news_new  news[] = { { .kind = NEWS_SILENT, .facts = STR("days=9\nusual=1") }, { .kind = NEWS_GAP, .facts = STR("") } };
	struct store_poll      p = { .health = { .next_us = 1 }, .learned_title = STR("not over a person's"), .learned_url = STR("https://c.example/") };
	struct store_poll_done done;
	struct store_news_list l = { 0 };
	struct store_none      none;
	struct store_news_ask  unread = { .only_unread = true, .limit = 10 }, all = { .limit = 10 };

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	p.source = s.id;
	p.news.v = news;
	p.news.n = 2;
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &p, &done, &d.err));
	CHECK_INT(ERR_OK, store_news_list(d.link, &d.arena, &unread, &l, &d.err));
	CHECK_INT(3, l.news.n);
	CHECK(l.news.n == 3 && l.news.v[2].kind == NEWS_MOVED && str_eq(l.news.v[2].facts, STR("to=https://c.example/")));
	CHECK_INT(NEWS_SILENT, l.news.v[1].kind);
	CHECK_STR(STR("데일리NK"), l.news.v[1].source_title);
	CHECK_STR(STR("days=9\nusual=1"), l.news.v[1].facts);
	CHECK_INT(ERR_OK, store_news_read(d.link, &d.arena, &(struct store_news_seen){ l.news.v[1].id }, &none, &d.err));
	/* It has moved already: nobody is told twice. */
	p.news.n = 0;
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &p, &done, &d.err));
	CHECK_INT(ERR_OK, store_news_list(d.link, &d.arena, &unread, &l, &d.err));
	CHECK_INT(2, l.news.n);
	CHECK_INT(ERR_OK, store_news_read(d.link, &d.arena, &(struct store_news_seen){ { { 0 } } }, &none, &d.err));
	CHECK_INT(ERR_OK, store_news_list(d.link, &d.arena, &all, &l, &d.err));
	CHECK_INT(3, l.news.n);
	CHECK(l.news.v[0].read_us > 0);
	CHECK_INT(ERR_OK, store_source_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_SOURCE, &s.id), ID_ANY }, &s, &d.err));
	CHECK_STR(STR("https://c.example/"), s.url);
	CHECK_STR(STR("데일리NK"), s.title);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(a_new_source_is_due_at_once_and_then_when_its_answer_says),
	TEST(a_paused_or_removed_source_is_not_due_even_when_its_answer_comes_late),
	TEST(one_address_is_watched_once_and_again_after_it_was_removed),
	TEST(an_item_is_kept_once_and_its_page_is_taken_once_for_all_sources),
	TEST(what_a_source_has_not_announced_yet_is_told_by_its_place),
	TEST(an_answer_is_kept_whole_or_not_at_all),
	TEST(a_move_to_where_another_source_stands_is_not_learned_and_loses_no_answer),
	TEST(news_waits_until_somebody_has_read_it))
