/* What people do with items and sources, in a real desk. */
#include "store/desk_check.h"

static struct store_source
add_source(struct desk *d, const char *url, const char *folder, const char *title)
{
	struct store_source ask = { .url = str_of(url), .given_url = str_of(url), .folder = str_of(folder), .title = str_of(title) }, ret = { 0 };

	CHECK_INT(ERR_OK, store_source_save(d->link, &d->arena, &ask, &ret, &d->err));
	return ret;
}

/* The source announces n items that it did not before: KEY-FROM, KEY-(FROM+1) … */
static void
announce(struct desk *d, const struct store_source *s, const char *key, int from, int n)
{
	struct store_poll      p = { .source = s->id, .health = { .next_us = INT64_MAX - 1 } };
	struct store_poll_done done = { 0 };

	p.items.v = arena_array(&d->arena, (size_t)n, struct store_item_new);
	for (int i = 0; i < n; i++) {
		char text[64];

		snprintf(text, sizeof(text), "%s-%d", key, from + i);
		p.items.v[p.items.n++] = (struct store_item_new){ .key = arena_copy(&d->arena, str_of(text)),
			.title = arena_copy(&d->arena, str_of(text)), .url = STR("https://a.example/1") };
	}
	CHECK_INT(ERR_OK, store_poll_commit(d->link, &d->arena, &p, &done, &d->err));
	CHECK_INT(n, done.fresh);
}

static struct store_announced_list
items(struct desk *d, struct store_announced_ask ask)
{
	struct store_announced_list ret = { 0 };

	ask.limit = ask.limit > 0 ? ask.limit : 3;
	CHECK_INT(ERR_OK, store_item_list(d->link, &d->arena, &ask, &ret, &d->err));
	return ret;
}

static struct str
title(const struct store_announced_list *l, size_t i)
{
	return i < l->items.n ? l->items.v[i].title : STR("(none)");
}

static int64_t
mark(struct desk *d, const struct store_announced *i, enum item_state state)
{
	struct store_item_id one = { i->id };
	struct store_mark    ask = { .state = state, .items = { &one, 1 } };
	struct store_marked  ret = { 0 };

	CHECK_INT(ERR_OK, store_item_mark(d->link, &d->arena, &ask, &ret, &d->err));
	return ret.items;
}

static struct store_desk_status
status(struct desk *d)
{
	struct store_desk_status ret = { 0 };

	CHECK_INT(ERR_OK, store_status(d->link, &d->arena, &(struct store_none){ 0 }, &ret, &d->err));
	return ret;
}

/* A page ends where the next begins, also when new items come between the two. */
static void
pages_of_items_follow_each_other_whatever_comes_in_between(void)
{
	struct desk                 d;
	struct store_source         a, b;
	struct store_announced_list l;

	if (!desk_begin(&d))
		return;
	a = add_source(&d, "https://a.example/feed", "Seoul", "A");
	b = add_source(&d, "https://b.example/feed", "Geneva", "B");
	announce(&d, &a, "a", 1, 4);
	announce(&d, &b, "b", 1, 2);
	l = items(&d, (struct store_announced_ask){ .state = -1 });
	CHECK_STR(STR("b-2"), title(&l, 0));
	CHECK_STR(STR("a-4"), title(&l, 2));
	CHECK(l.more);
	announce(&d, &b, "b", 3, 5);
	l = items(&d, (struct store_announced_ask){ .state = -1, .before = l.items.v[2].place });
	CHECK_STR(STR("a-3"), title(&l, 0));
	CHECK_INT(3, l.items.n);
	CHECK(!l.more);
	l = items(&d, (struct store_announced_ask){ .state = -1, .source = a.id, .limit = 200 });
	CHECK_INT(4, l.items.n);
	l = items(&d, (struct store_announced_ask){ .state = -1, .in_folder = true, .folder = STR("Geneva"), .limit = 200 });
	CHECK_INT(7, l.items.n);
	CHECK_STR(STR("b-7"), title(&l, 0));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
what_was_decided_leaves_the_open_ones_and_can_be_taken_back(void)
{
	struct desk                 d;
	struct store_source         a;
	struct store_announced_list l;

	if (!desk_begin(&d))
		return;
	a = add_source(&d, "https://a.example/feed", "Seoul", "A");
	announce(&d, &a, "a", 1, 3);
	CHECK_INT(3, status(&d).items_open);
	l = items(&d, (struct store_announced_ask){ .state = ITEM_OPEN });
	CHECK_INT(1, mark(&d, &l.items.v[0], ITEM_DISMISSED));
	CHECK_INT(0, mark(&d, &l.items.v[0], ITEM_DISMISSED));
	CHECK_INT(1, mark(&d, &l.items.v[1], ITEM_SEEN));
	CHECK_INT(1, status(&d).items_open);
	l = items(&d, (struct store_announced_ask){ .state = ITEM_OPEN, .source = a.id });
	CHECK_INT(1, l.items.n);
	CHECK_STR(STR("a-1"), title(&l, 0));
	l = items(&d, (struct store_announced_ask){ .state = ITEM_DISMISSED, .in_folder = true, .folder = STR("Seoul") });
	CHECK_STR(STR("a-3"), title(&l, 0));
	CHECK_INT(ITEM_DISMISSED, l.items.v[0].state);
	CHECK_INT(1, mark(&d, &l.items.v[0], ITEM_OPEN));
	CHECK(reopen(&d));
	CHECK_INT(2, status(&d).items_open);
	CHECK_INT(0, items(&d, (struct store_announced_ask){ .state = ITEM_DISMISSED }).items.n);
	l = items(&d, (struct store_announced_ask){ .state = -1 });
	CHECK_INT(3, l.items.n);
	CHECK_INT(ITEM_SEEN, l.items.v[1].state);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
groups_are_counted_and_a_round_says_how_far_it_is(void)
{
	struct desk              d;
	struct store_source      s[4];
	struct store_group_list  g = { 0 };
	struct store_source_list l = { 0 };
	struct store_poll_done   done;
	int64_t                  now = os_now_us();

	if (!desk_begin(&d))
		return;
	s[0] = add_source(&d, "https://a.example/feed", "Seoul", "A");
	s[1] = add_source(&d, "https://b.example/feed", "Seoul", "B");
	s[2] = add_source(&d, "https://c.example/feed", "", "C");
	s[3] = add_source(&d, "https://d.example/feed", "Seoul", "D");
	s[2].state = SOURCE_PAUSED;
	s[3].state = SOURCE_REMOVED;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s[2], &s[2], &d.err));
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s[3], &s[3], &d.err));
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &(struct store_poll){ .source = s[0].id, .health = { .asked_us = now + US_PER_S,
	    .next_us = now + 3600 * US_PER_S, .trouble = STR("the server answered 500") } }, &done, &d.err));
	/* Silence is a trouble, too. */
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &(struct store_poll){ .source = s[1].id, .health = { .asked_us = 1,
	    .next_us = now - US_PER_S, .is_silent = true } }, &done, &d.err));
	CHECK_INT(ERR_OK, store_source_groups(d.link, &d.arena, &(struct store_none){ 0 }, &g, &d.err));
	CHECK_INT(2, g.groups.v[1].troubled);
	/* Asked, and due again: it waits, and has not had its turn. */
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &(struct store_poll){ .source = s[1].id, .health = { .asked_us = now,
	    .next_us = now - US_PER_S } }, &done, &d.err));
	CHECK_INT(ERR_OK, store_source_groups(d.link, &d.arena, &(struct store_none){ 0 }, &g, &d.err));
	CHECK_INT(2, g.groups.n);
	CHECK_STR(STR(""), g.groups.v[0].folder);
	CHECK_INT(1, g.groups.v[0].paused);
	CHECK_INT(2, g.groups.v[1].sources);
	CHECK_INT(1, g.groups.v[1].troubled);
	CHECK_INT(1, g.removed);
	CHECK_INT(1, g.waiting);
	CHECK_INT(1, g.checked);
	CHECK_INT(ERR_OK, store_source_page(d.link, &d.arena, &(struct store_source_find){ .limit = 10, .in_folder = true }, &l, &d.err));
	CHECK_INT(1, l.sources.n);
	CHECK_INT(ERR_OK, store_source_page(d.link, &d.arena, &(struct store_source_find){ .limit = 10, .in_trouble = true }, &l, &d.err));
	CHECK_INT(1, l.sources.n);
	CHECK_INT(ERR_OK, store_source_page(d.link, &d.arena, &(struct store_source_find){ .limit = 1 }, &l, &d.err));
	CHECK(l.sources.n == 1 && l.more);
	CHECK_INT(ERR_OK, store_source_page(d.link, &d.arena, &(struct store_source_find){ .limit = 10, .removed = true }, &l, &d.err));
	CHECK_INT(1, l.sources.n);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
what_was_changed_about_a_source_is_told_value_by_value(void)
{
	struct desk              d;
	struct store_source      s;
	struct store_change_list l = { 0 };
	char                     shown[ID_SHOWN];

	if (!desk_begin(&d))
		return;
	s = add_source(&d, "https://a.example/feed", "Seoul", "A");
	s.robots_why = STR("the court's own list; its robots.txt shuts everybody out");
	s.interval_s = 3600;
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &s, &d.err));
	CHECK_INT(ERR_OK, store_source_history(d.link, &d.arena, &(struct store_name){ str_of(id_show(ID_SOURCE, &s.id, shown)), ID_SOURCE }, &l, &d.err));
	CHECK_INT(2, l.changes.n);
	CHECK(l.changes.n == 2 && str_eq(l.changes.v[0].field, STR("interval_s")) && str_eq(l.changes.v[0].before, STR("0")));
	CHECK(l.changes.n == 2 && str_eq(l.changes.v[1].field, STR("robots_why")) && str_eq(l.changes.v[1].after, s.robots_why));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
what_was_found_is_offered_and_taken_in_one_transaction(void)
{
	struct desk                  d;
	struct store_offer           found[] = { { .url = STR("https://a.example/feed"), .given_url = STR("a.example"), .title = STR("A"),
		.items_n = 12, .samples = STR("첫째\nsecond\n") }, { .url = STR("https://b.example/feed"), .kind = SOURCE_SITEMAP } };
	struct store_source          take[] = { { .url = STR("https://a.example/feed"), .given_url = STR("a.example") },
		{ .url = STR("https://known.example/feed"), .given_url = STR("x") }, { .url = STR("https://c.example/feed"),
		.given_url = STR("x"), .interval_s = 1 }, { .url = STR("https://d.example/feed"), .given_url = STR("x") } };
	struct store_offer_new       ask = { .offers = { found, 2 } };
	struct store_source_new_list want = { .sources = { take, 4 } };
	struct store_offer_list      l = { 0 };
	struct store_source_taken    taken = { 0 };
	struct store_job             job = { 0 };
	struct store_none            none;
	char                         shown[ID_SHOWN];

	if (!desk_begin(&d))
		return;
	add_source(&d, "https://known.example/feed", "", "");
	CHECK_INT(ERR_OK, store_job_add(d.link, &d.arena, &(struct store_job_new){ .kind = JOB_FIND_SOURCE, .subject = STR("a.example") }, &job, &d.err));
	ask.job = job.id;
	CHECK_INT(ERR_OK, store_offer_put(d.link, &d.arena, &ask, &none, &d.err));
	CHECK_INT(ERR_OK, store_offer_put(d.link, &d.arena, &ask, &none, &d.err));
	CHECK_INT(ERR_OK, store_offer_list(d.link, &d.arena, &(struct store_name){ str_of(id_show(ID_JOB, &job.id, shown)), ID_JOB }, &l, &d.err));
	CHECK_INT(2, l.offers.n);
	CHECK(l.offers.n == 2 && l.offers.v[0].items_n == 12 && str_eq(l.offers.v[0].samples, found[0].samples));
	CHECK(l.offers.n == 2 && l.offers.v[1].kind == SOURCE_SITEMAP);
	CHECK_INT(ERR_OK, store_source_take(d.link, &d.arena, &want, &taken, &d.err));
	CHECK_INT(2, taken.added);
	CHECK_INT(1, taken.known);
	CHECK_INT(1, taken.refused);
	CHECK(str_find(taken.fault, STR("every 15 minutes")) != STR_NONE);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(pages_of_items_follow_each_other_whatever_comes_in_between),
	TEST(what_was_decided_leaves_the_open_ones_and_can_be_taken_back),
	TEST(groups_are_counted_and_a_round_says_how_far_it_is),
	TEST(what_was_changed_about_a_source_is_told_value_by_value),
	TEST(what_was_found_is_offered_and_taken_in_one_transaction))
