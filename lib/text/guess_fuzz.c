/*
 * Whatever the page: an encoding is found and the text is valid UTF-8 without NUL, at most three times as long; and bytes that
 * are UTF-8 stay as they are when they say so.  The first byte says which label came with it.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "text/charset.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_page(struct arena *a, struct bytes body, const char *label)
{
	struct charset c;
	struct str     text = td_charset_decode(a, body, str_of(label), &c);

	MUST(td_utf8_is_valid(bytes_of(text)) && c.name != NULL && c.why != NULL && text.n <= 3 * body.n + 3);
	MUST(text.n == 0 || memchr(text.p, '\0', text.n) == NULL);
	if (strcmp(label, "utf-8") == 0 && td_utf8_is_valid(body) && body.n > 3 && body.p[0] < 0x80 && memchr(body.p, 0, body.n) == NULL)
		MUST(text.n == body.n && memcmp(text.p, body.p, body.n) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const labels[] = { "", "utf-8", "euc-kr", "gbk", "koi8-r", "iso-8859-7", "iso-8859-1", "shift_jis" };
	struct arena a;

	if (size == 0)
		return 0;
	arena_init(&a, 64 * MiB, no_more, NULL);
	check_page(&a, (struct bytes){ data + 1, size - 1 }, labels[data[0] % (sizeof(labels) / sizeof(*labels))]);
	arena_free(&a);
	return 0;
}
