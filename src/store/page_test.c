/* Pages that items announced, and what became of pages that were taken, in a real desk. */
#include "store/desk_check.h"

#define FAR_US (os_now_us() + 3600 * 24 * US_PER_S)

static struct store_source
add_source(struct desk *d, const char *url)
{
	struct store_source ask = { .url = str_of(url), .given_url = str_of(url), .takes_pages = true, .title = STR("데일리NK"),
		.robots_why = STR("for everybody") }, ret = { 0 };

	CHECK_INT(ERR_OK, store_source_save(d->link, &d->arena, &ask, &ret, &d->err));
	return ret;
}

/* A source announces one page. */
static void
announce(struct desk *d, const struct store_source *s, const char *url, bool is_wanted)
{
	struct store_item_new  item = { .key = str_of(url), .url = str_of(url), .page = str_of(url), .title = str_of(url), .is_wanted = is_wanted };
	struct store_poll      p = { .source = s->id, .health = { .next_us = 1 }, .items = { &item, 1 } };
	struct store_poll_done done = { 0 };

	CHECK_INT(ERR_OK, store_poll_commit(d->link, &d->arena, &p, &done, &d->err));
	CHECK_INT(1, done.fresh);
}

static struct store_announced
newest(struct desk *d)
{
	struct store_announced_list l = { 0 };

	CHECK_INT(ERR_OK, store_item_list(d->link, &d->arena, &(struct store_announced_ask){ .limit = 1, .state = -1 }, &l, &d->err));
	return l.items.n > 0 ? l.items.v[0] : (struct store_announced){ 0 };
}

static size_t
due(struct desk *d, int64_t now_us, struct store_page_list *ret)
{
	CHECK_INT(ERR_OK, store_page_due(d->link, &d->arena, &(struct store_page_ask){ .now_us = now_us, .limit = 20 }, ret, &d->err));
	return ret->pages.n;
}

static struct store_page
begin_page(struct desk *d, enum page_kind kind, const struct id *id)
{
	struct store_page p = { 0 };

	CHECK_INT(ERR_OK, store_page_begin(d->link, &d->arena, &(struct store_page_name){ kind, *id, false }, &p, &d->err));
	return p;
}

/* A capture of an item's page. */
static struct id
take_for(struct desk *d, const struct store_page *p, int64_t status)
{
	struct store_record_new   r = { .type = RECORD_RESPONSE, .uuid = os_random_uuid(), .target_url = p->url, .date_us = os_now_us(),
		.content_type = STR("application/http;msgtype=response"), .block = bytes_of(STR("<p>x")) };
	struct store_capture_new  c = { .url = p->url, .final_url = p->url, .how = HOW_FETCHED, .by = STR("watch"), .why = STR("announced"),
		.taken_us = os_now_us(), .status = status, .records = { &r, 1 }, .item = p->id };
	struct store_capture_done done = { 0 };

	CHECK_INT(ERR_OK, store_capture_commit(d->link, &d->arena, &c, &done, &d->err));
	return done.id;
}

static void
a_page_is_begun_once_and_its_capture_is_its_item_s(void)
{
	struct desk            d;
	struct store_source    s;
	struct store_page_list l = { 0 };
	struct store_page      p;
	struct store_job       job = { 0 };
	struct id              item, capture;

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	announce(&d, &s, "https://a.example/1", true);
	CHECK_INT(ITEM_WAITING, newest(&d).page);
	CHECK_INT(1, due(&d, FAR_US, &l));
	CHECK_INT(PAGE_ITEM, l.pages.v[0].kind);
	item = l.pages.v[0].id;
	CHECK_INT(ERR_OK, store_job_lease(d.link, &d.arena, &(struct store_job_lease_ask){ 60, 15 }, &job, &d.err));
	CHECK(id_is_none(&job.id));             /* no worker's */
	CHECK_INT(ERR_OK, store_page_begin(d.link, &d.arena, &(struct store_page_name){ PAGE_ITEM, item, true }, &p, &d.err));
	CHECK_STR(STR("https://a.example/1"), p.url);
	p = begin_page(&d, PAGE_ITEM, &item);
	CHECK_STR(STR("https://a.example/1"), p.url);
	CHECK_STR(STR("for everybody"), p.robots_why);
	CHECK_INT(1, p.attempts);
	CHECK(id_is_none(&(struct id){ { 0 } }) && id_is_none((struct id[1]){ begin_page(&d, PAGE_ITEM, &item).id }));
	CHECK_INT(0, due(&d, os_now_us() + US_PER_S, &l));
	CHECK_INT(1, due(&d, FAR_US, &l));      /* whoever began it may have died */
	capture = take_for(&d, &p, 200);
	CHECK(id_eq(&capture, &(struct id[1]){ newest(&d).capture }[0]));
	CHECK_INT(ITEM_TAKEN, newest(&d).page);
	CHECK_INT(0, due(&d, FAR_US, &l));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
why_a_page_was_not_had_stands_at_its_item_until_it_is(void)
{
	struct desk             d;
	struct store_source     s;
	struct store_page_list  l = { 0 };
	struct store_page       p;
	struct store_none       none;
	struct store_announced  i;
	char                    shown_id[ID_WHOLE];

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed");
	announce(&d, &s, "https://a.example/1", true);
	due(&d, FAR_US, &l);
	p = begin_page(&d, PAGE_ITEM, &l.pages.v[0].id);
	CHECK_INT(ERR_OK, store_job_end(d.link, &d.arena, &(struct store_job_end_ask){ .id = p.job, .fault = STR("nobody answered"), .retry_s = 600 },
	    &none, &d.err));
	i = newest(&d);
	CHECK_INT(ITEM_WAITING, i.page);
	CHECK_STR(STR("nobody answered"), i.trouble);
	CHECK_INT(0, due(&d, os_now_us() + 500 * US_PER_S, &l));
	CHECK_INT(1, due(&d, FAR_US, &l));
	CHECK_INT(ERR_OK, store_job_end(d.link, &d.arena, &(struct store_job_end_ask){ .id = p.job, .fault = STR("for good") }, &none, &d.err));
	CHECK_INT(ITEM_FAILED, newest(&d).page);
	CHECK_STR(STR("for good"), newest(&d).trouble);
	CHECK_INT(0, due(&d, FAR_US, &l));
	CHECK_INT(ERR_OK, store_item_want(d.link, &d.arena, &(struct store_name){ str_of(id_show_whole(ID_ITEM, &i.id, shown_id)), ID_ITEM }, &none,
	    &d.err));
	CHECK_INT(1, due(&d, FAR_US, &l));
	CHECK_INT(ITEM_WAITING, newest(&d).page);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
two_who_announce_one_page_have_one_capture_also_when_the_first_only_listed_it(void)
{
	struct desk            d;
	struct store_source    a, b, c;
	struct store_page_list l = { 0 };
	struct store_page      p;
	struct id              capture;

	if (!desk_begin(&d))
		return;
	a = add_source(&d, "https://a.example/feed");
	b = add_source(&d, "https://b.example/feed");
	c = add_source(&d, "https://c.example/feed");
	announce(&d, &a, "https://a.example/1", false);
	CHECK_INT(ITEM_LISTED, newest(&d).page);
	CHECK_INT(0, due(&d, FAR_US, &l));
	announce(&d, &b, "https://a.example/1", true);
	CHECK_INT(1, due(&d, FAR_US, &l));
	p = begin_page(&d, PAGE_ITEM, &l.pages.v[0].id);
	capture = take_for(&d, &p, 200);
	announce(&d, &c, "https://a.example/1", true);
	CHECK(id_eq(&capture, &(struct id[1]){ newest(&d).capture }[0]));
	CHECK_INT(0, due(&d, FAR_US, &l));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* A published note that shows bytes 4 to 9 of the article. */
static void
publish(struct desk *d, const struct id *article)
{
	struct excerpt         e = { 4, 9, { 0 } };
	struct store_note_new  n = { .note = { .article = *article, .act = ACT_CREATE, .status = NOTE_PUBLISHED, .sensitivity = SENSITIVITY_PUBLIC,
		.heading = STR("Two bodies"), .text = STR("words"), .language = STR("en"), .excerpts = { &e, 1 } } };
	struct store_note_done done = { 0 };

	CHECK_INT(ERR_OK, store_note_save(d->link, &d->arena, &n, &done, &d->err));
}

static void
a_page_that_was_read_is_looked_at_again_with_what_was_published_of_it(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_page_list    l = { 0 };
	struct store_page         p;
	struct store_capture_done c = { 0 };
	struct store_life         life = { 0 };
	struct store_none         none;
	struct store_news_list    news = { 0 };
	struct store_item_list    items = { 0 };
	struct store_life_new     look = { .state = PAGE_EDITED, .what = WHAT_EDITED, .news = NEWS_EDITED, .facts = STR("before=two\nafter=three"),
		.memory = bytes_of(STR("m")), .etag = STR("\"2\""), .status = 200 };

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/1"), STR("Two bodies"), STR("The two bodies were found on Monday."));
	publish(&d, &a.id);
	CHECK_INT(0, due(&d, os_now_us() + 1800 * US_PER_S, &l));
	CHECK_INT(1, due(&d, FAR_US, &l));
	CHECK_INT(PAGE_LOOK, l.pages.v[0].kind);
	p = begin_page(&d, PAGE_LOOK, &a.id);
	CHECK(id_is_none(&p.id));               /* not yet */
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/1"), STR("now"), &c));
	look.article = a.id;
	look.capture = c.id;
	look.looked_us = os_now_us();
	look.next_us = 1;
	CHECK_INT(ERR_OK, store_life_commit(d.link, &d.arena, &look, &none, &d.err));
	p = begin_page(&d, PAGE_LOOK, &a.id);
	CHECK_STR(STR("The two bodies were found on Monday."), p.text);
	CHECK_INT(1, p.published.n);
	CHECK(p.published.n == 1 && p.published.v[0].from == 4 && p.published.v[0].to == 9);
	CHECK_STR(STR("m"), bytes_as_str(p.memory));
	CHECK_STR(STR("\"2\""), p.etag);
	CHECK_INT(ERR_OK, store_life_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_ARTICLE, &a.id), ID_ARTICLE }, &life, &d.err));
	CHECK_INT(PAGE_EDITED, life.state);
	CHECK_INT(1, life.events.n);
	CHECK(life.events.n == 1 && id_eq(&life.events.v[0].capture, &c.id));
	CHECK_INT(ERR_OK, store_news_list(d.link, &d.arena, &(struct store_news_ask){ .limit = 5 }, &news, &d.err));
	CHECK_INT(NEWS_EDITED, news.news.n == 1 ? news.news.v[0].kind : NEWS_KIND__COUNT);
	CHECK_STR(STR("Two bodies"), news.news.v[0].article_title);
	/* What was kept of the look is no story of its own. */
	CHECK_INT(ERR_OK, extract(&d, &c.id, STR("Two bodies"), STR("The three bodies"), &a));
	CHECK_INT(1, due(&d, FAR_US, &l));
	CHECK_INT(ERR_OK, store_list(d.link, &d.arena, &(struct store_list_ask){ .limit = 5, .status = -1 }, &items, &d.err));
	CHECK_INT(1, items.items.n);
	CHECK_INT(1, items.total);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_page_taken_twice_has_one_life_and_a_published_copy_one_of_its_own(void)
{
	struct desk               d;
	struct store_article_done second;
	struct store_page_list    l = { 0 };

	if (!desk_begin(&d))
		return;
	(void)add(&d, STR("https://a.example/1"), STR("Two bodies"), STR("The two bodies were found on Monday."));
	second = add(&d, STR("https://a.example/1"), STR("Two bodies"), STR("The two bodies were found on Monday."));
	(void)add(&d, STR("https://a.example/2"), STR("Two bodies"), STR("The two bodies were found on Monday."));
	CHECK_INT(2, due(&d, FAR_US, &l));
	publish(&d, &second.id);
	CHECK_INT(3, due(&d, FAR_US, &l));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(a_page_is_begun_once_and_its_capture_is_its_item_s),
	TEST(why_a_page_was_not_had_stands_at_its_item_until_it_is),
	TEST(two_who_announce_one_page_have_one_capture_also_when_the_first_only_listed_it),
	TEST(a_page_that_was_read_is_looked_at_again_with_what_was_published_of_it),
	TEST(a_page_taken_twice_has_one_life_and_a_published_copy_one_of_its_own))
