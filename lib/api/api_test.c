#include "tidings.h"

#include <pthread.h>

#include "tests/check.h"

static const char page[] = "<!doctype html><meta charset=utf-8><html lang=en><title>Three offices closed - Example Wire</title>"
	"<meta property=og:site_name content='Example Wire'><meta name=author content='Mina Park'><meta property=article:section content=World><meta property=article:tag content='North Korea'>"
	"<meta property=article:published_time content='2018-06-27T09:30:00+09:00'>"
	"<article><h1>Three offices closed</h1>"
	"<p>SEOUL, June 27 (Reuters) - Three groups that document prison camps in North Korea closed their offices on Wednesday, after their grants "
	"ended and nobody else would pay the rent, people who work there told Reuters.</p>"
	"<h2>No answer</h2><p>북한 인권 단체들은 예산이 삭감됐다고 밝혔다. The ministry would \xe2\x80\x9cstrive to\xe2\x80\x9d answer, a spokesman said on the phone, "
	"and did not say when. <a href='/offices'>The list of offices</a> has not changed since.</p></article>";

static struct tidings_ask
ask_of(const char *bytes, size_t n)
{
	struct tidings_ask ask = TIDINGS_ASK;

	ask.body = bytes;
	ask.body_n = n;
	ask.url = "https://wire.example/2018/06/27/offices";
	return ask;
}

static struct str
block_text(const struct tidings_article *a, size_t i)
{
	const struct tidings_block *b = tidings_block(a, i);

	return (struct str){ tidings_text(a, TIDINGS_MAIN, NULL) + b->from, b->to - b->from };
}

static const char *
why(const struct tidings_article *a, const char *field)
{
	for (size_t i = 0; i < tidings_count(a, TIDINGS_REASONS); i++)
		if (strcmp(tidings_reason(a, i)->field, field) == 0)
			return tidings_reason(a, i)->why;
	return "";
}

static void
a_page_says_who_wrote_what_and_when(void)
{
	struct tidings_ask         ask = ask_of(page, sizeof(page) - 1);
	struct tidings_article    *a;
	struct tidings_error       error;
	const struct tidings_date *date;

	CHECK_INT(TIDINGS_OK, tidings_read(&ask, &a, &error));
	CHECK_INT(TIDINGS_STORY, tidings_kind_of(a));
	CHECK_STR(STR("Three offices closed"), str_of(tidings_text(a, TIDINGS_TITLE, NULL)));
	CHECK_STR(STR("Example Wire"), str_of(tidings_text(a, TIDINGS_PUBLISHER, NULL)));
	CHECK_STR(STR("Mina Park"), str_of(tidings_byline(a, 0)));
	CHECK(tidings_byline(a, 1) == NULL);
	CHECK_STR(STR("en"), str_of(tidings_text(a, TIDINGS_LANGUAGE, NULL)));
	CHECK_STR(STR("KR"), str_of(tidings_text(a, TIDINGS_DATELINE_COUNTRY, NULL)));
	date = tidings_date(a, TIDINGS_PUBLISHED);
	CHECK(date != NULL && date->instant_us == INT64_C(1530059400000000) && date->precision >= TIDINGS_MINUTE && date->zone_min == 540);
	CHECK(date != NULL && date->source[0] != '\0' && strcmp(date->source, why(a, "published")) == 0);
	CHECK_STR(STR("2018-06-27T09:30:00+09:00"), str_of(date != NULL ? date->text : ""));
	CHECK_STR(STR("World"), str_of(tidings_text(a, TIDINGS_SECTION, NULL)));
	CHECK_STR(STR("North Korea"), str_of(tidings_tag(a, 0)));
	CHECK(tidings_date(a, TIDINGS_MODIFIED) == NULL && tidings_date(a, 99) == NULL);
	CHECK_STR(STR(""), str_of(tidings_text(a, 999, NULL)));
	tidings_free(a);
}

static void
blocks_cut_the_text_where_the_page_does(void)
{
	struct tidings_ask      ask = ask_of(page, sizeof(page) - 1);
	struct tidings_article *a;
	bool                    has_heading = false, has_korean = false;

	CHECK_INT(TIDINGS_OK, tidings_read(&ask, &a, NULL));
	for (size_t i = 0; i < tidings_count(a, TIDINGS_BLOCKS); i++) {
		has_heading |= tidings_block(a, i)->kind == TIDINGS_HEADING && str_eq(block_text(a, i), STR("No answer"));
		has_korean |= str_eq(str_sub(block_text(a, i), 0, 23), STR("북한 인권 단체들"));
	}
	CHECK(has_heading && has_korean);
	CHECK_STR(STR("https://wire.example/offices"), str_of(tidings_link(a, 0)->url));
	CHECK_INT(TIDINGS_LINK_CITED, tidings_link(a, 0)->kind);
	tidings_free(a);
}

static void
a_wrong_question_gets_a_sentence(void)
{
	struct tidings_ask      ask = ask_of(NULL, 5);
	struct tidings_article *a;
	struct tidings_error    error;

	CHECK_INT(TIDINGS_USAGE, tidings_read(&ask, &a, &error));
	CHECK(a == NULL && strstr(error.text, "ask.body: NULL") != NULL);
	ask = ask_of("x", 1);
	ask.size = 3;
	CHECK_INT(TIDINGS_USAGE, tidings_read(&ask, &a, &error));
	ask = ask_of("x", 1);
	ask.url = "https://wire.example/\xff";
	CHECK_INT(TIDINGS_USAGE, tidings_read(&ask, &a, &error));
	ask = ask_of("x", TIDINGS_BODY_MAX + 1);        /* never looked at */
	CHECK_INT(TIDINGS_LIMIT, tidings_read(&ask, &a, &error));
	CHECK_INT(TIDINGS_LIMIT, error.code);
}

/* From too little to enough, in small steps: each ceiling is reached somewhere else.  LeakSanitizer looks at the end. */
static void
any_ceiling_ends_in_a_sentence_and_leaks_nothing(void)
{
	const char              korean[] = "<meta charset=euc-kr><title>\xba\xcf\xc7\xd1</title><a href='http://\xba\xcf\xc7\xd1.example/'>\xc0\xce\xb1\xc7</a><p>\xba\xcf\xc7\xd1 \xc0\xce\xb1\xc7";
	const char              plain[] = "Three offices closed\n\n27 June 2018\n\nThe groups that\ndocument prison camps\nsaid so.\n\n- one\n- two\n\n> a quotation";
	const struct { const char *p; size_t n; } pages[] = { { page, sizeof(page) - 1 }, { korean, sizeof(korean) - 1 }, { plain, sizeof(plain) - 1 } };
	size_t                  refused = 0, read = 0;
	struct tidings_article *a;
	struct tidings_error    error;

	for (size_t k = 0; k < 3; k++) {
		for (size_t memory_b = 1; memory_b < 1 << 20; memory_b += memory_b / 40 + 1) {
			struct tidings_ask ask = ask_of(pages[k].p, pages[k].n);

			ask.memory_b = memory_b;
			if (tidings_read(&ask, &a, &error) == TIDINGS_OK) {
				read++;
				tidings_free(a);
			} else {
				refused++;
				CHECK(a == NULL && error.code == TIDINGS_LIMIT);
				CHECK(strstr(error.text, "needs more memory than") != NULL);
			}
		}
	}
	CHECK(refused > 100 && read > 20);
}

static void
the_page_may_go_while_the_article_stays(void)
{
	char                   *copy = strdup(page);
	struct tidings_ask      ask = ask_of(copy, sizeof(page) - 1);
	struct tidings_article *a;

	CHECK_INT(TIDINGS_OK, tidings_read(&ask, &a, NULL));
	memset(copy, '#', sizeof(page) - 1);
	free(copy);
	CHECK_STR(STR("Three offices closed"), str_of(tidings_text(a, TIDINGS_TITLE, NULL)));
	CHECK(strchr(tidings_text(a, TIDINGS_MAIN, NULL), '#') == NULL);
	tidings_free(a);
}

static void
no_page_at_all_is_an_article_without_text(void)
{
	struct tidings_ask      ask = TIDINGS_ASK;
	struct tidings_article *a;

	CHECK_INT(TIDINGS_OK, tidings_read(&ask, &a, NULL));
	CHECK_INT(TIDINGS_EMPTY, tidings_kind_of(a));
	CHECK_INT(0, tidings_count(a, TIDINGS_BLOCKS));
	CHECK(tidings_count(a, TIDINGS_WARNINGS) > 0);
	tidings_free(a);
}

enum { THREADS_N = 8, READS_N = 40 };

static void *
read_often(void *want)
{
	intptr_t wrong = 0;

	for (int i = 0; i < READS_N; i++) {
		/* Every third a page in another charset, cut elsewhere each time. */
		const char              euc[] = "<meta charset=euc-kr><title>\xba\xcf\xc7\xd1</title><p>\xba\xcf\xc7\xd1 \xc0\xce\xb1\xc7 \xb4\xdc\xc3\xbc";
		struct tidings_ask      ask = i % 3 == 0 ? ask_of(euc, sizeof(euc) - 1 - (size_t)i % 5) : ask_of(page, sizeof(page) - 1);
		struct tidings_article *a;
		char                   *json;

		if (i % 7 == 6)
			ask.memory_b = 30000;
		if (tidings_read(&ask, &a, NULL) != TIDINGS_OK)
			continue;
		json = tidings_json(a, NULL);
		wrong += i % 3 != 0 && strcmp(json, want) != 0;
		tidings_free_json(json);
		tidings_free(a);
	}
	return (void *)wrong;
}

static void
many_threads_read_the_same(void)
{
	struct tidings_ask      ask = ask_of(page, sizeof(page) - 1);
	struct tidings_article *a;
	pthread_t               thread[THREADS_N];
	intptr_t                wrong = 0;
	char                   *json;

	CHECK_INT(TIDINGS_OK, tidings_read(&ask, &a, NULL));
	json = tidings_json(a, NULL);
	for (int i = 0; i < THREADS_N; i++)
		CHECK(pthread_create(&thread[i], NULL, read_often, json) == 0);
	for (int i = 0; i < THREADS_N; i++) {
		void *said;

		pthread_join(thread[i], &said);
		wrong += (intptr_t)said;
	}
	CHECK_INT(0, wrong);
	tidings_free_json(json);
	tidings_free(a);
}

TESTS(
	TEST(a_page_says_who_wrote_what_and_when),
	TEST(blocks_cut_the_text_where_the_page_does),
	TEST(a_wrong_question_gets_a_sentence),
	TEST(any_ceiling_ends_in_a_sentence_and_leaks_nothing),
	TEST(the_page_may_go_while_the_article_stays),
	TEST(no_page_at_all_is_an_article_without_text),
	TEST(many_threads_read_the_same))
