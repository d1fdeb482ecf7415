#include "article/read.h"
#include <stdio.h>

#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

#define FRONT "<html lang=en><title>Harbour</title><nav><a href=/>Home</a> <a href=/world>World</a></nav><article><h1>Eleven boats stayed</h1>" \
	"<p>Eleven boats stayed in the harbour that winter, the harbour office said, and nobody knew when the ice would go. "
#define BACK " Fishermen waited in their houses for the spring, and children ran to the pier each morning to see whether the water was open.</p>" \
	"<p>In March the wind came from the south, and the first boats went out to sea again before the month was over.</p></article>" \
	"<div class=related><a href=/2024/06/harbour-closes>The harbour office closes its doors for the winter</a></div>" \
	"<footer><a href=/imprint>Imprint</a></footer>"

/* The link is the page's third: two stand in its menu. */
static const struct { const char *link, *kind; } in_story[] = {
	{ "<a href=https://other.example/report>a report</a>", "cited" },
	{ "<a href=/2023/earlier>as we wrote</a>", "cited" },
	{ "<a href=/files/report.PDF>the report</a>", "document" },
	{ "<a href=/files/보고서.hwp>보고서</a>", "document" },
	{ "<a href=https://x.com/office/status/123>said</a>", "cited" },
	{ "<a href=https://x.com/office>@office</a>", "social" },
	{ "<a href='https://www.facebook.com/sharer.php?u=https://desk.example/a'>share</a>", "social" },
	{ "<a href=https://notfacebook.com/about>said</a>", "cited" },
	{ "<a href=https://web.archive.org/web/2018/https://gone.example/a>kept copy</a>", "archive" },
	{ "<a href=mailto:press@desk.example>write</a>", "mail" },
	{ "<a href=/photo.jpg>photo</a>", "media" },
	{ "<a href=https://wire.example/1>[Full Story]</a>", "source" },
	{ "출처: <a href=https://wire.example/1>연합뉴스</a>", "source" },
	{ "<b>Quelle:</b> <a href=https://wire.example/1>Agentur</a>", "source" },
	{ "来源：<a href=https://wire.example/1>新华社</a>", "source" },
	{ "A source of <a href=https://wire.example/1>ours</a>", "cited" },
};

static struct article
read_page(struct arena *a, const char *link, char *room, size_t size)
{
	struct article_ask ask = { .url = STR("https://desk.example/2024/06/harbour"), .media_type = STR("text/html"), .charset = STR("utf-8") };
	struct article     r;

	snprintf(room, size, "%s%s%s", FRONT, link, BACK);
	ask.body = bytes_of(str_of(room));
	td_article_read(a, &ask, &r);
	return r;
}

static void
a_link_in_the_story_says_what_it_leads_to(void)
{
	for (size_t i = 0; i < sizeof(in_story) / sizeof(*in_story); i++) {
		char           page[4096];
		struct arena   a;
		struct article r;

		arena_init(&a, 64 * MiB, no_more, NULL);
		r = read_page(&a, in_story[i].link, page, sizeof(page));
		CHECK_INT(5, r.links.n);
		if (r.links.n == 5) {
			CHECK_STR(str_of(in_story[i].kind), str_of(link_kind_name[r.links.v[2].kind]));
		}
		arena_free(&a);
	}
}

static void
what_stands_around_the_story_is_told_from_it(void)
{
	char           page[4096];
	struct arena   a;
	struct article r;

	arena_init(&a, 64 * MiB, no_more, NULL);
	r = read_page(&a, "<a href=https://other.example/report>a report</a>", page, sizeof(page));
	CHECK_INT(5, r.links.n);
	CHECK_INT(LINK_OTHER, r.links.v[0].kind);
	CHECK_INT(LINK_OTHER, r.links.v[1].kind);
	CHECK_INT(LINK_RELATED, r.links.v[3].kind);
	CHECK_INT(LINK_OTHER, r.links.v[4].kind);
	arena_free(&a);
}

TESTS(TEST(a_link_in_the_story_says_what_it_leads_to), TEST(what_stands_around_the_story_is_told_from_it))
