#include "words/words.h"

#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
the_same_id_speaks_two_languages(void)
{
	CHECK_STR(STR("North Korea"), td_words(WORDS_EN, STR("country.KP")));
	CHECK_STR(STR("북한"), td_words(WORDS_KO, STR("country.KP")));
}

static void
an_unknown_id_is_empty(void)
{
	CHECK_INT(0, td_words(WORDS_KO, STR("no.such.id")).n);
	CHECK_INT(0, td_words(WORDS_EN, STR("")).n);
}

static const struct { const char *accept; unsigned offered; enum words_lang want; } accepts[] = {
	{ "",                            3, WORDS_EN },
	{ "ko",                          3, WORDS_KO },
	{ "ko-KR,ko;q=0.9,en-US;q=0.8",  3, WORDS_KO },
	{ "fr, en;q=0.5, ko;q=0.7",      3, WORDS_KO },
	{ "fr, en;q=0.8 , ko; q=0.7",    3, WORDS_EN },
	{ "ko;q=0, en;q=0.1",            3, WORDS_EN },
	{ "ko",                          1, WORDS_EN },
	{ "en",                          2, WORDS_KO },
	{ "한국어;q=9999,\xff;;;,,q=",   3, WORDS_EN },
};

static void
a_browser_gets_the_language_that_it_asks_for_most(void)
{
	for (size_t i = 0; i < sizeof(accepts) / sizeof(*accepts); i++)
		CHECK_INT(accepts[i].want, td_words_choose(str_of(accepts[i].accept), accepts[i].offered));
}

static void
places_are_filled_in_the_order_of_the_sentence(void)
{
	struct str   args[] = { STR("2018"), STR("6월") };
	struct arena a;

	arena_init(&a, 64 * KiB, no_more, NULL);
	CHECK_STR(STR("6월, 2018; {3} {x}"), td_words_fill(&a, STR("{2}, {1}; {3} {x}"), args, 2));
	CHECK_STR(STR("{"), td_words_fill(&a, STR("{"), args, 2));
	CHECK_STR(STR(""), td_words_fill(&a, STR(""), NULL, 0));
	arena_free(&a);
}

TESTS(
	TEST(the_same_id_speaks_two_languages),
	TEST(an_unknown_id_is_empty),
	TEST(a_browser_gets_the_language_that_it_asks_for_most),
	TEST(places_are_filled_in_the_order_of_the_sentence))
