/*
 * Whatever the bytes, the labels and the ceiling: a read ends with an article whose
 * every answer is valid UTF-8 ending in NUL, with blocks in order inside the text, or
 * with a sentence; an article that fits under a ceiling is the same without one; and
 * nothing leaks (LeakSanitizer looks after each).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"
#include "tidings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_string(const char *s)
{
	must(s != NULL && td_utf8_is_valid(bytes_of(str_of(s))));
}

static void
check_blocks(const struct tidings_article *a)
{
	size_t      n, end = 0;
	const char *text = tidings_text(a, TIDINGS_MAIN, &n);

	for (size_t i = 0; i < tidings_count(a, TIDINGS_BLOCKS); i++) {
		const struct tidings_block *b = tidings_block(a, i);

		must(b->from >= end && b->from < b->to && b->to <= n);
		must(td_utf8_is_valid((struct bytes){ (const unsigned char *)text + b->from, b->to - b->from }));
		end = b->to;
	}
	must(tidings_block(a, tidings_count(a, TIDINGS_BLOCKS)) == NULL);
}

static void
check_lists(const struct tidings_article *a)
{
	for (size_t i = 0; i < tidings_count(a, TIDINGS_BYLINE); i++)
		check_string(tidings_byline(a, i));
	for (size_t i = 0; i < tidings_count(a, TIDINGS_TAGS); i++)
		check_string(tidings_tag(a, i));
	for (size_t i = 0; i < tidings_count(a, TIDINGS_WARNINGS); i++)
		check_string(tidings_warning(a, i));
	for (size_t i = 0; i < tidings_count(a, TIDINGS_LINKS); i++)
		check_string(tidings_link(a, i)->url), check_string(tidings_link(a, i)->text);
	for (size_t i = 0; i < tidings_count(a, TIDINGS_REASONS); i++)
		check_string(tidings_reason(a, i)->field), check_string(tidings_reason(a, i)->why);
	for (size_t i = 0; i < tidings_count(a, TIDINGS_CONTACTS); i++)
		check_string(tidings_contact(a, i)->name), check_string(tidings_contact(a, i)->role);
	for (int i = TIDINGS_PUBLISHED; i <= TIDINGS_DATELINE_DATE; i++) {
		const struct tidings_date *d = tidings_date(a, i);

		must(d == NULL || (d->precision > TIDINGS_NO_DATE && d->year >= 1 && d->year <= 9999 && d->iso[0] != '\0'));
	}
}

static void
check_article(const struct tidings_article *a)
{
	for (int i = TIDINGS_MAIN - 1; i <= TIDINGS_IMAGE_CREDIT + 1; i++) {
		size_t      n;
		const char *s = tidings_text(a, i, &n);

		check_string(s);
		must(strlen(s) == n);
	}
	must(tidings_kind_of(a) >= TIDINGS_STORY && tidings_kind_of(a) <= TIDINGS_PRODUCT);
	check_blocks(a);
	check_lists(a);
}

/* The first four bytes choose the question; the rest is the page. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = { NULL, "text/html", "text/plain", "application/xhtml+xml" };
	static const char *const charsets[] = { NULL, "utf-8", "euc-kr", "shift_jis", "gb18030", "iso-2022-jp", "windows-1252", "nonsense" };
	struct tidings_ask      ask = TIDINGS_ASK;
	struct tidings_article *article, *whole;
	struct tidings_error    error;
	char                   *json, *again;

	if (size < 4)
		return 0;
	ask.media_type = types[data[0] % 4];
	ask.charset = charsets[data[1] % 8];
	ask.url = data[2] & 1 ? "https://example.org/2018/06/27/a" : NULL;
	ask.memory_b = (size_t)1024 << data[3] % 20;
	ask.body = data + 4;
	ask.body_n = size - 4;
	if (tidings_read(&ask, &article, &error) != TIDINGS_OK) {
		must(article == NULL && error.code == TIDINGS_LIMIT && strstr(error.text, "not read") != NULL);
		return 0;
	}
	check_article(article);
	ask.memory_b = 0;
	must(tidings_read(&ask, &whole, NULL) == TIDINGS_OK);
	json = tidings_json(article, NULL);
	again = tidings_json(whole, NULL);
	must(json != NULL && again != NULL && strcmp(json, again) == 0);
	tidings_free_json(json);
	tidings_free_json(again);
	tidings_free(article);
	tidings_free(whole);
	return 0;
}
