#include "article/furniture_words.h"

#include <stddef.h>

#include "tests/check.h"

static int
words_past_the_mask(const char *const lists[26])
{
	int n = 0;

	for (size_t i = 0; i < 26; i++)
		for (const char *p = lists[i]; p != NULL && *p != '\0'; p += *p == ' ') {
			n += p[0] != (char)('a' + i) || p[1] < 'a' || p[1] > 'z' || (second_letters[i] >> (p[1] - 'a') & 1) == 0;
			while (*p != ' ' && *p != '\0')
				p++;
		}
	return n;
}

static void
every_word_stands_under_its_first_letter_and_its_second_is_known(void)
{
	CHECK_INT(0, words_past_the_mask(hard_words));
	CHECK_INT(0, words_past_the_mask(soft_words));
	CHECK_INT(0, words_past_the_mask(post_words));
	CHECK_INT(0, words_past_the_mask(goods_words));
}

TESTS(TEST(every_word_stands_under_its_first_letter_and_its_second_is_known))
