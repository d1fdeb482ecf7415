/* Whatever the bytes: refused, or a value that can be put and read again to the same JSON. */
#include <stdlib.h>

#include "article/article.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena   a;
	struct article first, again;
	struct err     err;
	struct buf     wire = BUF_INIT(64 * MiB), one = BUF_INIT(64 * MiB), two = BUF_INIT(64 * MiB);

	arena_init(&a, 64 * MiB, no_more, NULL);
	if (td_wire_get(&a, &article_desc, (struct bytes){ data, size }, &first, &err) == ERR_OK) {
		td_wire_put(&wire, &article_desc, &first);
		if (wire.failed || td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) != ERR_OK)
			abort();
		td_wire_json(&one, &article_desc, &first);
		td_wire_json(&two, &article_desc, &again);
		if (!str_eq(buf_str(&one), buf_str(&two)))
			abort();
	}
	buf_free(&wire);
	buf_free(&one);
	buf_free(&two);
	arena_free(&a);
	return 0;
}
