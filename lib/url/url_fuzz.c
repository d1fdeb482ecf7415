/* Whatever the bytes: refused, or an address whose written form reads as itself. */
#include <stdlib.h>

#include "base/limits.h"
#include "url/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check(struct arena *a, struct str in, const struct url *base)
{
	struct url u, again;
	struct err err;
	struct str one;

	if (td_url_parse(a, in, base, &u, &err) != ERR_OK)
		return;
	one = td_url_write(a, &u);
	if (one.n > LIMIT_URL_B)
		return;
	if (td_url_parse(a, one, NULL, &again, &err) != ERR_OK || !str_eq(one, td_url_write(a, &again)))
		abort();
	for (size_t i = 0; i < one.n; i++)
		if ((unsigned char)one.p[i] < ' ' || (unsigned char)one.p[i] > '~')
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const bases[] = { "https://example.org:8080/a/b?c#d", "file:///C:/x/y", "non-special://h/p", "data:x" };
	struct arena a;
	struct url   base;
	struct err   err;
	struct str   in = { (const char *)data, size };

	arena_init(&a, 4 * MiB, no_more, NULL);
	check(&a, in, NULL);
	for (size_t i = 0; i < sizeof(bases) / sizeof(*bases); i++)
		if (td_url_parse(&a, str_of(bases[i]), NULL, &base, &err) == ERR_OK)
			check(&a, in, &base);
	arena_free(&a);
	return 0;
}
