/*
 * Whatever the bytes: what is decoded is valid UTF-8 and not much longer, the
 * encoding has a name, and bytes that are UTF-8 already stay as they are when they say so.
 * A '<' comes out for each that went in, whatever stands before it (0x3c is no second byte but in UTF-16 and ISO-2022-JP).
 */
#include <stdlib.h>

#include "base/limits.h"
#include "text/charset.h"
#include "text/decode.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

static void
check_ascii(struct arena *a, struct bytes body, const char *name)
{
	size_t replaced = 0;

	if (name == NULL || strncmp(name, "UTF-16", 6) == 0 || strcmp(name, "ISO-2022-JP") == 0 || strcmp(name, "replacement") == 0)
		return;
	if (count(bytes_of(td_decode(a, body, name, &replaced)), '<') != count(body, '<'))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const labels[] = { "", "utf-8", "euc-kr", "shift_jis", "gb18030", "big5", "euc-jp", "iso-2022-jp", "utf-16le",
		"windows-1251", "koi8-r", "none such", "utf-16be", "gbk", "iso-8859-7", "windows-874", "x-user-defined", "iso-2022-kr" };
	const char    *label = size > 0 ? labels[data[0] % (sizeof(labels) / sizeof(*labels))] : "";
	struct bytes   body = { data + (size > 0), size - (size > 0) };
	struct arena   a;
	struct charset c;
	struct str     text;

	arena_init(&a, 64 * MiB, no_more, NULL);
	text = td_charset_decode(&a, body, str_of(label), &c);
	if (!td_utf8_is_valid(bytes_of(text)) || c.name == NULL || text.n > 4 * body.n + 8)
		abort();
	if (str_eq(str_of(label), STR("utf-8")) && td_utf8_is_valid(body) && body.n > 3 && body.p[0] < 0x80 && memchr(body.p, 0, body.n) == NULL &&
	    (text.n != body.n || memcmp(text.p, body.p, body.n) != 0))
		abort();
	if (!td_utf8_is_valid(bytes_of(text)) || text.n > 3 * body.n + 3)
		abort();
	check_ascii(&a, body, td_charset_of_label(str_of(label)));
	arena_free(&a);
	return 0;
}
