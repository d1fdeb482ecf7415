#include "text/terms.h"

#include "base/buf.h"
#include "tests/check.h"

/* The terms of a text, with a space between them. */
static struct str
terms_of(struct str text)
{
	static char  line[1024];
	struct terms t;
	struct term  term;
	size_t       n = 0;

	td_terms_begin(&t, text);
	while (td_terms_next(&t, &term))
		n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%" STR_FMT, n > 0 ? " " : "", STR_ARG(term.text));
	return (struct str){ line, n };
}

static void
words_are_folded_and_marks_left_out_in_latin(void)
{
	CHECK_STR(STR("the defector s office kim tae hui"), terms_of(STR("The defector’s OFFICE (Kim Tae-hŭi)")));
	CHECK_STR(STR("strasse lodz orebro"), terms_of(STR("Straße Łódź Örebro")));
	CHECK_STR(STR("cafe"), terms_of(STR("cafe\xcc\x81")));
}

static void
hangul_comes_in_pairs_and_the_last_syllable_alone(void)
{
	CHECK_STR(STR("대북 북한 한은 은"), terms_of(STR("대북한은")));
	CHECK_STR(STR("북한 한 인권 권"), terms_of(STR("북한 인권")));
	CHECK_STR(STR("북"), terms_of(STR("북")));
	CHECK_STR(STR(""), terms_of(STR("—…!")));
}

static void
decomposed_hangul_is_the_same_text(void)
{
	CHECK_STR(terms_of(STR("한글")), STR("한글 글"));
	CHECK_STR(STR("한글 글"), terms_of(STR("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xb3\xe1\x86\xaf")));
}

static void
scripts_and_numbers_divide(void)
{
	CHECK_STR(STR("2018 년 6 월"), terms_of(STR("2018년６월")));
	CHECK_STR(STR("北朝 朝鮮 鮮の の人 人権 権"), terms_of(STR("北朝鮮の人権")));
	CHECK_STR(STR("ким чен ын"), terms_of(STR("Ким Чен Ын")));
	CHECK_STR(STR("حقوق الإنسان"), terms_of(STR("حقوق الإنسان")));
	CHECK_STR(STR("covid19"), terms_of(STR("COVID19")));
}

static void
places_are_those_of_the_source(void)
{
	struct terms t;
	struct term  term;

	td_terms_begin(&t, STR("a 북한은 Ünï"));
	CHECK(td_terms_next(&t, &term));
	CHECK(td_terms_next(&t, &term));
	CHECK_INT(2, term.from);
	CHECK_INT(8, term.to);
	CHECK(td_terms_next(&t, &term) && td_terms_next(&t, &term) && term.last && !term.alone);
	CHECK(td_terms_next(&t, &term));
	CHECK_INT(12, term.from);
	CHECK_INT(17, term.to);
	CHECK(!td_terms_next(&t, &term));
}

TESTS(
	TEST(words_are_folded_and_marks_left_out_in_latin),
	TEST(hangul_comes_in_pairs_and_the_last_syllable_alone),
	TEST(decomposed_hangul_is_the_same_text),
	TEST(scripts_and_numbers_divide),
	TEST(places_are_those_of_the_source))
