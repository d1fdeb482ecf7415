#include "feed/opml.h"

#include "base/limits.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct opml
list_of(struct arena *a, const char *text)
{
	struct opml list = { 0 };
	struct err  err;

	CHECK_INT(ERR_OK, td_opml_read(a, bytes_of(str_of(text)), &list, &err));
	return list;
}

static void
groups_titles_and_korean_come_in_and_go_out(void)
{
	struct buf   out = BUF_INIT(MiB);
	struct arena a;
	struct opml  list, again;

	arena_init(&a, 64 * MiB, no_more, NULL);
	list = list_of(&a, "<opml version='1.0'><head><title>감시 &amp; 목록</title></head><body><outline text='한국'><outline text='법원'>"
	    "<outline text='판결' title='판결 소식' xmlUrl='https://h.example/1' htmlUrl='https://h.example/' language='ko'/></outline>"
	    "<outline text='b' XMLURL='https://h.example/2'></outline></outline><outline text='c' xmlUrl='https://h.example/3'/>"
	    "<outline text='again' xmlUrl='https://h.example/1'/><outline text='a note'/></body></opml>");
	CHECK_STR(STR("감시 & 목록"), list.title);
	CHECK_INT(3, list.feeds.n);
	CHECK_STR(STR("한국 / 법원"), list.feeds.v[0].group);
	CHECK_STR(STR("판결 소식"), list.feeds.v[0].title);
	CHECK_STR(STR("한국"), list.feeds.v[1].group);
	CHECK_STR(STR(""), list.feeds.v[2].group);
	td_opml_write(&list, &out);
	again = list_of(&a, (buf_add_char(&out, '\0'), out.p));
	CHECK_INT(3, again.feeds.n);
	CHECK_STR(STR("https://h.example/3"), again.feeds.v[0].url);
	CHECK_STR(STR("한국"), again.feeds.v[1].group);
	CHECK_STR(STR("한국 / 법원"), again.feeds.v[2].group);
	CHECK_STR(STR("ko"), again.feeds.v[2].language);
	buf_free(&out);
	arena_free(&a);
}

static void
what_names_no_feed_is_no_list(void)
{
	struct arena a;
	struct opml  list;
	struct err   err;

	arena_init(&a, 64 * MiB, no_more, NULL);
	CHECK_INT(ERR_FORMAT, td_opml_read(&a, bytes_of(STR("<html>")), &list, &err));
	list = list_of(&a, "<opml><body><outline text='x' xmlUrl='https://h.example/'>cut");
	CHECK_INT(1, list.feeds.n);
	arena_free(&a);
}

static void
a_list_is_read_to_its_limit(void)
{
	struct buf   text = BUF_INIT(16 * MiB);
	struct arena a;
	struct opml  list;

	arena_init(&a, 512 * MiB, no_more, NULL);
	for (int i = 0; i < LIMIT_OPML_N; i++)
		buf_addf(&text, "<outline xmlUrl='%d'/>", i);
	buf_add_char(&text, '\0');
	list = list_of(&a, text.p);
	CHECK(list.feeds.n == LIMIT_OPML_N && !list.is_over_limit);
	text.n--;
	buf_add(&text, STR("<outline xmlUrl='more'/>"));
	buf_add_char(&text, '\0');
	list = list_of(&a, text.p);
	CHECK(list.feeds.n == LIMIT_OPML_N && list.is_over_limit);
	buf_free(&text);
	arena_free(&a);
}

TESTS(TEST(groups_titles_and_korean_come_in_and_go_out), TEST(what_names_no_feed_is_no_list), TEST(a_list_is_read_to_its_limit))
