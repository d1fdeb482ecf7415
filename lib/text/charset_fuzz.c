/*
 * Whatever the bytes: what a decoder makes of them is valid UTF-8, at most three times as long, and the same in two halves
 * where the first ends in ASCII.  A '<' comes out for each that went in, whatever stands before it (0x3c is no second byte
 * but in UTF-16 and ISO-2022-JP).  The first byte says which decoder.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "text/decode.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static size_t
count(struct bytes b, unsigned char c)
{
	size_t n = 0;

	for (size_t i = 0; i < b.n; i++)
		n += b.p[i] == c;
	return n;
}

static bool
holds_ascii(const char *name)
{
	return strncmp(name, "UTF-16", 6) != 0 && strcmp(name, "ISO-2022-JP") != 0 && strcmp(name, "replacement") != 0;
}

/* ASCII ends whatever went before, so the text behind a line's end is its own. */
static void
check_halves(struct arena *a, struct bytes body, const char *name, struct str whole)
{
	const unsigned char *end = body.n > 0 ? memchr(body.p, '\n', body.n) : NULL;
	struct bytes         first, second;
	struct str           one, two;
	size_t               n = 0;

	if (end == NULL)
		return;
	first = (struct bytes){ body.p, (size_t)(end + 1 - body.p) };
	second = (struct bytes){ end + 1, body.n - first.n };
	one = td_decode(a, first, name, &n);
	two = td_decode(a, second, name, &n);
	MUST(str_eq(str_sub(whole, 0, one.n), one) && str_eq(str_sub(whole, one.n, whole.n), two));
}

static void
check_decoder(struct arena *a, struct bytes body, const char *name)
{
	size_t     replaced = 0;
	struct str text = td_decode(a, body, name, &replaced);

	MUST(td_utf8_is_valid(bytes_of(text)) && text.n <= 3 * body.n + 3 && replaced <= body.n);
	if (!holds_ascii(name))
		return;
	MUST(count(bytes_of(text), '<') == count(body, '<'));
	check_halves(a, body, name, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "UTF-8", "EUC-KR", "Shift_JIS", "gb18030", "Big5", "EUC-JP", "ISO-2022-JP", "UTF-16LE",
		"UTF-16BE", "windows-1253", "KOI8-R", "x-user-defined", "replacement" };
	struct arena a;

	if (size == 0)
		return 0;
	arena_init(&a, 64 * MiB, no_more, NULL);
	check_decoder(&a, (struct bytes){ data + 1, size - 1 }, names[data[0] % (sizeof(names) / sizeof(*names))]);
	arena_free(&a);
	return 0;
}
