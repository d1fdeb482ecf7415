/* Whatever the text: as many nodes as allowed at most, every string valid UTF-8. */
#include <stdlib.h>

#include "json/read.h"
#include "text/utf8.h"

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
	struct arena            a;
	const struct json_node *doc;
	size_t                  n = 0;

	arena_init(&a, 64 * MiB, no_more, NULL);
	doc = td_json_read(&a, (struct str){ (const char *)data, td_utf8_valid_prefix((struct bytes){ data, size }) });
	for (const struct json_node *v = doc; v != NULL; v = td_json_next(v, doc), n++)
		if (!td_utf8_is_valid(bytes_of(v->text)) || !td_utf8_is_valid(bytes_of(v->key)))
			abort();
	if (n > JSON_NODES_MAX)
		abort();
	arena_free(&a);
	return 0;
}
