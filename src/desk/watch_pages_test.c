/* Sources, inbox and news as a browser meets them; the worker's part of a job is played on the same store. */
#include "desk/browse_check.h"

#include "feed/opml.h"

static struct store_source
add_source(const char *url, struct str title, const char *folder)
{
	struct store_source ask = { .url = str_of(url), .given_url = str_of(url), .title = title, .folder = str_of(folder), .language = STR("ko") };
	struct store_source ret = { 0 };
	struct err          err = { 0 };

	CHECK_INT(ERR_OK, store_source_save(link_, &arena, &ask, &ret, &err));
	return ret;
}

/* Its next answer: n items called title, and perhaps news. */
static void
announce(const struct store_source *s, struct str title, int n, const struct store_news_new *news)
{
	static int             number;
	struct store_poll      p = { .source = s->id, .health = { .asked_us = os_now_us(), .next_us = INT64_MAX - 1 } };
	struct store_poll_done done = { 0 };
	struct store_news_new  one = news != NULL ? *news : (struct store_news_new){ 0 };
	struct err             err = { 0 };

	p.items.v = arena_array(&arena, (size_t)n + 1, struct store_item_new);
	for (; p.items.n < (size_t)n; p.items.n++)
		p.items.v[p.items.n] = (struct store_item_new){ .key = print(&arena, "k-%d", number++), .url = STR("https://example.org/1"),
			.title = title, .summary = title, .author = title };
	p.news.v = &one, p.news.n = news != NULL;
	CHECK_INT(ERR_OK, store_poll_commit(link_, &arena, &p, &done, &err));
	CHECK_INT(n, done.fresh);
}

static size_t
count(const char *words)
{
	struct str rest = buf_str(&answer);
	size_t     n = 0, at;

	while ((at = str_find(rest, str_of(words))) != STR_NONE) {
		rest = str_sub(rest, at + 1, rest.n);
		n++;
	}
	return n;
}

/* What stands between two strings on the page, the first time. */
static struct str
between(const char *before, const char *after)
{
	struct str page = buf_str(&answer);
	size_t     at = str_find(page, str_of(before));

	page = str_sub(page, at == STR_NONE ? page.n : at + strlen(before), page.n);
	at = str_find(page, str_of(after));
	return arena_copy(&arena, str_sub(page, 0, at == STR_NONE ? 0 : at));
}

static const char *
source_page(const struct store_source *s)
{
	char shown[ID_SHOWN];

	return print(&arena, "/source/%s", id_show(ID_SOURCE, &s->id, shown)).p;
}

/* The job that the page led to, done by nobody's network but ours. */
static struct str
find_for(enum job_kind kind, struct store_offer *offers, size_t n)
{
	struct store_job       job = { 0 };
	struct store_offer_new ask = { .offers = { offers, n } };
	struct store_none      none;
	struct err             err = { 0 };
	char                   shown[ID_SHOWN];

	CHECK_INT(ERR_OK, store_job_lease(link_, &arena, &(struct store_job_lease_ask){ .lease_s = 60, .kinds = 1 << kind }, &job, &err));
	CHECK(!id_is_none(&job.id));
	ask.job = job.id;
	CHECK_INT(ERR_OK, store_offer_put(link_, &arena, &ask, &none, &err));
	CHECK_INT(ERR_OK, store_job_end(link_, &arena, &(struct store_job_end_ask){ .id = job.id }, &none, &err));
	return arena_copy(&arena, str_of(id_show(ID_JOB, &job.id, shown)));
}

static void
a_source_is_looked_for_shown_and_only_then_watched(void)
{
	struct store_offer       found[] = { { .url = STR("https://a.example/feed"), .given_url = STR("https://a.example/"),
		.title = STR("A <b>feed</b>"), .items_n = 2, .samples = STR("첫째 <i>소식</i>\nSecond\n") },
		{ .url = STR("https://a.example/comments"), .given_url = STR("x"), .title = STR("Comments"), .items_n = 1, .samples = STR("c\n") } };
	struct store_source_list list = { 0 };
	struct str               t, job;
	struct err               err;

	if (!begin())
		return;
	CHECK_INT(200, get("/sources"));
	CHECK(says("No sources yet"));
	t = token();
	CHECK_INT(422, post("/sources/add", print(&arena, "token=%" STR_FMT "&url=gopher:x", STR_ARG(t))));
	CHECK_INT(303, post("/sources/add", print(&arena, "token=%" STR_FMT "&url=a.example", STR_ARG(t))));
	job = find_for(JOB_FIND_SOURCE, found, 2);
	CHECK_INT(303, get(print(&arena, "/job/%" STR_FMT, STR_ARG(job)).p));
	CHECK(says("Location: /sources/found/j-"));
	CHECK_INT(200, get(print(&arena, "/sources/found/%" STR_FMT, STR_ARG(job)).p));
	CHECK(says("첫째 &lt;i&gt;소식&lt;/i&gt;") && says("A &lt;b&gt;feed&lt;/b&gt;"));
	CHECK_INT(1, count("checked> <span"));
	CHECK_INT(ERR_OK, store_source_page(link_, &arena, &(struct store_source_find){ .limit = 9 }, &list, &err));
	CHECK_INT(0, list.sources.n);
	CHECK_INT(422, post("/sources/take", print(&arena, "token=%" STR_FMT "&job=%" STR_FMT, STR_ARG(t), STR_ARG(job))));
	CHECK(says("Nothing is ticked"));
	CHECK_INT(422, post("/sources/take", print(&arena, "token=stale&job=%" STR_FMT "&n=0", STR_ARG(job))));
	CHECK_INT(303, post("/sources/take", print(&arena, "token=%" STR_FMT "&job=%" STR_FMT "&n=0&folder=Seoul&takes_pages=1", STR_ARG(t),
	    STR_ARG(job))));
	CHECK(says("Location: /source/s-"));
	CHECK_INT(ERR_OK, store_source_page(link_, &arena, &(struct store_source_find){ .limit = 9 }, &list, &err));
	CHECK_INT(1, list.sources.n);
	CHECK(list.sources.n == 1 && str_eq(list.sources.v[0].folder, STR("Seoul")) && list.sources.v[0].takes_pages);
	CHECK_INT(422, post("/sources/take", print(&arena, "token=%" STR_FMT "&job=%" STR_FMT "&n=0", STR_ARG(t), STR_ARG(job))));
	CHECK(says("watches it already"));
	end();
}

static void
a_list_is_taken_by_group_or_one_by_one(void)
{
	struct store_offer found[] = { { .url = STR("https://a.example/1"), .given_url = STR("x"), .folder = STR("Seoul") },
		{ .url = STR("https://a.example/2"), .given_url = STR("x"), .folder = STR("Geneva") },
		{ .url = STR("https://a.example/3"), .given_url = STR("x"), .folder = STR("Seoul") },
		{ .url = STR("https://a.example/4"), .given_url = STR("x"), .folder = STR("Geneva") } };
	struct store_job   job;
	struct opml        list;
	struct str         t, id;
	struct err         err;

	if (!begin())
		return;
	get("/sources");
	t = token();
	CHECK_INT(ERR_OK, store_job_add(link_, &arena, &(struct store_job_new){ .kind = JOB_READ_LIST, .subject = STR("a.opml") }, &job, &err));
	id = find_for(JOB_READ_LIST, found, 4);
	CHECK_INT(303, post("/sources/take", print(&arena, "token=%" STR_FMT "&job=%" STR_FMT "&g=0&n=3", STR_ARG(t), STR_ARG(id))));
	CHECK(says("Location: /sources?added=3&known=0"));
	CHECK_INT(200, get("/sources?group=%3DSeoul"));
	CHECK_INT(2, count("<h3><a href=\"/source/s-"));
	CHECK_INT(200, get("/sources.opml"));
	CHECK(says("Content-Disposition: attachment; filename=\"tidings.opml\""));
	id = buf_str(&answer);
	CHECK_INT(ERR_OK, td_opml_read(&arena, bytes_of(str_sub(id, str_find(id, STR("\r\n\r\n")) + 4, id.n)), &list, &err));
	CHECK_INT(3, list.feeds.n);
	end();
}

static void
the_list_to_start_with_can_be_read_and_names_each_once(void)
{
	struct opml list;
	struct err  err;
	struct str  t;

	if (!begin())
		return;
	CHECK_INT(ERR_OK, td_opml_read(&arena, bytes_of(desk_starter_list()), &list, &err));
	CHECK(list.feeds.n >= 30 && !list.is_over_limit);
	for (size_t i = 0; i < list.feeds.n; i++) {
		const struct opml_feed *f = &list.feeds.v[i];

		CHECK(str_starts(f->url, STR("http")) && f->title.n > 0 && f->group.n > 0 && str_starts(f->site, STR("http")));
		CHECK(str_eq(f->language, STR("en")) || str_eq(f->language, STR("ko")));
		for (size_t k = 0; k < i; k++)
			CHECK(!str_eq(f->url, list.feeds.v[k].url));
	}
	CHECK_INT(200, get("/sources/start"));
	CHECK_INT((int)list.feeds.n, (int)count("name=\"n\""));
	CHECK_INT(1, count(" checked"));        /* that pages are captured */
	t = token();
	CHECK_INT(303, post("/sources/take", print(&arena, "token=%" STR_FMT "&job=&g=0&n=%zu", STR_ARG(t), list.feeds.n - 1)));
	CHECK(says("Location: /sources?added="));
	end();
}

static void
what_is_set_of_a_source_is_kept_with_its_reason_and_history(void)
{
	struct store_source s;
	struct str          t;
	const char         *page;
	char                id[ID_SHOWN];

	if (!begin())
		return;
	s = add_source("https://a.example/feed", STR("Court list"), "Seoul");
	page = source_page(&s);
	id_show(ID_SOURCE, &s.id, id);
	CHECK_INT(200, get(page));
	CHECK(says("not asked yet"));
	t = token();
	CHECK_INT(303, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=save&title=Courts&url=https://a.example/feed&every=3600&"
	    "robots_why=Public+by+law&language=ko&country=KR", STR_ARG(t), id)));
	CHECK_INT(200, get(page));
	CHECK(says("<del>Court list</del> → <ins>Courts</ins>") && says("<ins>Public by law</ins>"));
	CHECK(says("<option value=\"3600\" selected>every 1 hour</option>") && says("<option value=\"KR\" selected>"));
	CHECK_INT(422, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=save&title=Typed&url=https://a.example/feed&every=3600&"
	    "route=http://p", STR_ARG(t), id)));
	CHECK(says("value=\"Typed\"") && says("A route is empty"));
	CHECK_INT(422, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=save&url=https://a.example/feed&every=60", STR_ARG(t), id)));
	CHECK(says("every 15 minutes to every 30 days"));
	CHECK_INT(422, post("/source", print(&arena, "token=stale&id=%s&do=pause", id)));
	CHECK_INT(303, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=pause", STR_ARG(t), id)));
	CHECK_INT(200, get("/sources"));
	CHECK(says("‖ paused"));
	CHECK_INT(303, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=remove", STR_ARG(t), id)));
	CHECK_INT(200, get("/sources"));
	CHECK(!says("Courts") && says("show=removed"));
	CHECK_INT(303, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=resume", STR_ARG(t), id)));
	CHECK_INT(400, post("/source", print(&arena, "token=%" STR_FMT "&id=%s&do=other", STR_ARG(t), id)));
	end();
}

static void
an_item_is_kept_or_dismissed_and_taken_back(void)
{
	struct store_announced item = { 0 };
	struct store_source    s;
	struct str             t, whole;
	struct err             err;

	if (!begin())
		return;
	CHECK_INT(200, get("/inbox"));
	CHECK(says("No sources yet"));
	s = add_source("https://a.example/feed", STR("데일리NK"), "Seoul");
	announce(&s, STR("Older"), 1, NULL);
	announce(&s, STR("통일부 <script>"), 1, NULL);
	CHECK_INT(200, get("/inbox"));
	CHECK(says("통일부 &lt;script&gt;") && says("Today, ") && says("<span class=\"count\">2</span>"));
	t = token();
	whole = between("name=\"keep\" value=\"", "\"");
	CHECK_INT(303, post("/inbox", print(&arena, "token=%" STR_FMT "&back=show%%3Dnew&dismiss=%" STR_FMT, STR_ARG(t), STR_ARG(whole))));
	CHECK(says("Location: /inbox?show=new&did=dismissed&n=1&item=i-"));
	CHECK_INT(200, get("/inbox"));
	CHECK(!says("통일부") && says("Older"));
	CHECK_INT(200, get("/inbox?show=dismissed"));
	CHECK(says("통일부"));
	CHECK_INT(303, post("/inbox", print(&arena, "token=%" STR_FMT "&back=show%%3Dall%%22%%0d%%0aX:&open=%" STR_FMT, STR_ARG(t), STR_ARG(whole))));
	CHECK(says("Location: /inbox?did=open"));
	/* From the item's own page the desk goes on to the next one. */
	CHECK_INT(303, post("/inbox", print(&arena, "token=%" STR_FMT "&here=%" STR_FMT "&keep=%" STR_FMT, STR_ARG(t), STR_ARG(whole), STR_ARG(whole))));
	CHECK(says("Location: /inbox/i-"));
	CHECK_INT(200, get(between("Location: ", "\r").p));
	CHECK_INT(ERR_OK, store_item_get(link_, &arena, &(struct store_name){ whole, ID_ITEM }, &item, &err));
	CHECK_INT(ITEM_WAITING, item.page);
	CHECK(says("<h1 lang=\"ko\">Older</h1>") && says("✓ Kept:") && says("통일부 &lt;script&gt;"));
	CHECK_INT(403, post("/inbox", print(&arena, "token=stale&keep=%" STR_FMT, STR_ARG(whole))));
	CHECK_INT(400, post("/inbox", print(&arena, "token=%" STR_FMT "&keep=i-0", STR_ARG(t))));
	CHECK_INT(400, post("/inbox", print(&arena, "token=%" STR_FMT, STR_ARG(t))));
	end();
}

static void
a_long_inbox_is_paged_and_a_page_of_it_marked_as_seen(void)
{
	struct store_source s, other;
	struct buf          b = BUF_INIT(MiB);
	struct str          t, page, older;
	size_t              at;

	if (!begin())
		return;
	s = add_source("https://a.example/feed", STR("A"), "Seoul");
	other = add_source("https://b.example/feed", STR("B"), "");
	announce(&s, STR("x"), 90, NULL);
	announce(&other, STR("y"), 1, NULL);
	CHECK_INT(200, get("/inbox?group=%3DSeoul"));
	CHECK_INT(30, count("name=\"shown\""));
	t = token();
	page = arena_copy(&arena, buf_str(&answer));
	older = between("&amp;before=", "\"");
	CHECK_INT(200, get(print(&arena, "/inbox?group=%%3DSeoul&before=%" STR_FMT, STR_ARG(older)).p));
	CHECK_INT(30, count("name=\"shown\""));
	buf_addf(&b, "token=%" STR_FMT "&see_all=1", STR_ARG(t));
	while ((at = str_find(page, STR("name=\"shown\" value=\""))) != STR_NONE) {
		page = str_sub(page, at + 20, page.n);
		buf_addf(&b, "&shown=%" STR_FMT, STR_ARG(str_sub(page, 0, str_find_char(page, '"'))));
	}
	CHECK_INT(303, post("/inbox", buf_str(&b)));
	CHECK(says("did=seen&n=30"));
	CHECK_INT(200, get("/inbox"));
	CHECK(says("<span class=\"count\">61</span>"));
	CHECK_INT(200, get("/inbox?show=seen"));
	CHECK_INT(30, count("◌ seen"));
	CHECK_INT(200, get(print(&arena, "/inbox?source=%s", source_page(&other) + 8).p));
	CHECK_INT(1, count("name=\"shown\""));
	buf_free(&b);
	end();
}

static void
what_happens_to_sources_is_told_in_sentences_and_dismissed(void)
{
	struct store_news_new silent = { .kind = NEWS_SILENT, .facts = STR("lasted_s=777600\nusual_s=86400\nfrom_us=0\nto_us=0\ntrouble=news") };
	struct store_news_new gap = { .kind = NEWS_GAP, .facts = STR("from_us=1795640400000000\nto_us=1795671600000000") };
	struct store_source   s;
	struct str            t, tiding;

	if (!begin())
		return;
	s = add_source("https://a.example/feed", STR("데일리NK"), "");
	announce(&s, STR("x"), 0, &silent);
	announce(&s, STR("x"), 0, &gap);
	CHECK_INT(200, get("/inbox"));
	CHECK(says("silent for 9 days; its usual gap is 1 day.") && says("a gap from "));
	CHECK_INT(200, get("/news?lang=ko"));
	CHECK(says("9일째 조용합니다. 보통 간격은 하루입니다."));
	t = token();
	tiding = between("name=\"read\" value=\"", "\"");
	CHECK_INT(303, post("/news", print(&arena, "token=%" STR_FMT "&to=news&read=%" STR_FMT, STR_ARG(t), STR_ARG(tiding))));
	CHECK(says("Location: /news"));
	CHECK_INT(200, get("/news"));
	CHECK(!says("a gap from") && says("silent for 9 days"));
	CHECK_INT(303, post("/news", print(&arena, "token=%" STR_FMT "&read_all=1", STR_ARG(t))));
	CHECK_INT(200, get("/news"));
	CHECK(says("No news of your sources."));
	CHECK_INT(200, get("/news?show=all"));
	CHECK(says("silent for 9 days"));
	CHECK_INT(400, post("/news", print(&arena, "token=%" STR_FMT "&read=t-0", STR_ARG(t))));
	end();
}

static void
an_edited_page_is_shown_word_by_word(void)
{
	struct id                 was, later;
	struct store_article_view view;
	struct store_life_new     n = { .state = PAGE_EDITED, .what = WHAT_EDITED, .news = NEWS_EDITED,
		.facts = STR("before=closed <b>\nafter=moved") };
	struct store_none         none;
	struct err                err = { 0 };
	char                      shown[ID_SHOWN], copy[ID_SHOWN];

	if (!begin())
		return;
	was = add(STR("Office"), STR("The office was closed by force <b>. It had been open for nine years in the same street of the town."));
	later = add(STR("Office"), STR("The office was moved by agreement. It had been open for nine years in the same street of the town."));
	id_show(ID_ARTICLE, &was, shown);
	CHECK_INT(200, get(print(&arena, "/life/%s", shown).p));
	CHECK(says("Nothing has become of it"));
	CHECK_INT(ERR_OK, store_article_get(link_, &arena, &(struct store_name){ str_of(id_show(ID_ARTICLE, &later, copy)), ID_ARTICLE }, &view, &err));
	n.article = was;
	n.capture = view.capture;
	n.looked_us = os_now_us();
	n.next_us = n.looked_us + US_PER_S;
	CHECK_INT(ERR_OK, store_life_commit(link_, &arena, &n, &none, &err));
	CHECK_INT(200, get(print(&arena, "/life/%s", shown).p));
	CHECK(says("<del>closed by force &lt;b&gt;</del> <ins>moved by agreement</ins>"));
	CHECK(says("edited in words that the desk published") && says(print(&arena, "href=\"/item/%s\">what was there then", copy).p));
	CHECK_INT(200, get("/inbox"));
	CHECK(says("<del>closed &lt;b&gt;</del> <ins>moved</ins>") && says(print(&arena, "/life/%s", shown).p));
	CHECK_INT(404, get("/life/a-0000000000"));
	end();
}

TESTS(
	TEST(a_source_is_looked_for_shown_and_only_then_watched),
	TEST(a_list_is_taken_by_group_or_one_by_one),
	TEST(the_list_to_start_with_can_be_read_and_names_each_once),
	TEST(what_is_set_of_a_source_is_kept_with_its_reason_and_history),
	TEST(an_item_is_kept_or_dismissed_and_taken_back),
	TEST(a_long_inbox_is_paged_and_a_page_of_it_marked_as_seen),
	TEST(what_happens_to_sources_is_told_in_sentences_and_dismissed),
	TEST(an_edited_page_is_shown_word_by_word))
