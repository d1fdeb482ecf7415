/* What a page says in JSON-LD, by whoever reads it: which scripts are read, and what it costs when they are made to be slow. */
#include <time.h>

#include "article/read.h"
#include "base/limits.h"
#include "tests/check.h"

#ifdef TIDINGS_SANITIZED
#define INPUT_B (16 * KiB)
#else
#define INPUT_B (256 * KiB)      /* the smaller of the two */
#endif
#define TRIES   8
#define FAST_S  0.020

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
read_page(struct arena *a, struct str page, struct article *ret)
{
	struct article_ask ask = { .url = STR("https://desk.example/a"), .media_type = STR("text/html"), .charset = STR("utf-8"), .body = bytes_of(page) };

	arena_init(a, LIMIT_JAIL_MEMORY_B, no_more, NULL);
	td_article_read(a, &ask, ret);
}

static struct str
author_of(struct arena *a, const char *page)
{
	struct article article;

	read_page(a, str_of(page), &article);
	return article.byline.n > 0 ? article.byline.v[0] : STR("(nobody)");
}

/* Who wrote it is asked, because no other reader looks into a script for that. */
static void
a_script_that_forgot_its_type_is_read_when_it_speaks_of_schema_org(void)
{
#define SAYS "\"author\":{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"}}</script><p>Eleven boats stayed in the harbour."
	static const struct { const char *page, *want; } cases[] = {
		{ "<script>{\"@context\":\"https://schema.org\"," SAYS, "Ana Ruiz" },
		{ "<script>\n [{\"@context\": \"http://schema.org\"," SAYS, "Ana Ruiz" },
		{ "<script type=application/ld+json>{" SAYS, "Ana Ruiz" },
		{ "<script>{\"@context\":\"https://example.org\"," SAYS, "(nobody)" },
		{ "<script type=text/template>{\"@context\":\"https://schema.org\"," SAYS, "(nobody)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a;

		CHECK_STR(str_of(cases[i].want), author_of(&a, cases[i].page));
		arena_free(&a);
	}
}

/* Each makes some reader ask much of every node: for its parents, for its brothers, for what it refers to. */
static const struct { const char *name, *before, *repeat; } families[] = {
	{ "lists in lists", "", "[" },
	{ "authors of authors", "", "{\"author\":" },
	{ "dates, ever deeper", "", "{\"datePublished\":\"2024-06-03\",\"@type\":\"Person\",\"x\":" },
	{ "dates of one thing", "{", "\"datePublished\":\"2024-06-03\"," },
	{ "pictures of one thing", "{", "\"image\":1," },
	{ "references to nobody", "[", "{\"author\":{\"@id\":\"#nobody\"}}," },
	{ "authors without a name", "{\"author\":[", "{}," },
	{ "a text of escapes", "{\"headline\":\"", "\\ud83d" },
	{ "ends without a beginning", "", "}]" },
	{ "tags", "{\"keywords\":\"", "a," },
};

static double
seconds_for(const char *before, const char *repeat, size_t size)
{
	struct buf      page = BUF_INIT(4 * INPUT_B);
	struct arena    a;
	struct article  article;
	struct timespec t0, t1;

	buf_add(&page, STR("<script type=application/ld+json>"));
	buf_add(&page, str_of(before));
	while (page.n < size && !page.failed)
		buf_add(&page, str_of(repeat));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	read_page(&a, buf_str(&page), &article);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	arena_free(&a);
	buf_free(&page);
	return (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
}

static void
twice_as_much_of_it_costs_twice_the_time(void)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		double one, two;
		int    tries = 0;

		do {
			one = seconds_for(families[i].before, families[i].repeat, INPUT_B);
			two = seconds_for(families[i].before, families[i].repeat, 2 * INPUT_B);
		} while (two > 2.3 * one && two > FAST_S && ++tries < TRIES);
		printf("# %-26s %7.1f ms, %.2f times\n", families[i].name, two * 1000, two / one);
#ifndef TIDINGS_SANITIZED
		CHECK(tries < TRIES);
		CHECK(two < 1);
#endif
	}
}

TESTS(TEST(a_script_that_forgot_its_type_is_read_when_it_speaks_of_schema_org), TEST(twice_as_much_of_it_costs_twice_the_time))
