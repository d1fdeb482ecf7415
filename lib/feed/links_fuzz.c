/* Whatever the page and the selector (up to the first NUL): links are absolute, of the web, each once, and no more than the limit. */
#include <stdlib.h>

#include "base/limits.h"
#include "feed/links.h"
#include "text/charset.h"

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
	size_t              n = 0;
	struct links_select select;
	struct charset      charset;
	struct html_tree    tree;
	struct feed_doc     doc;
	struct arena        a;
	struct err          err;

	if (size > MiB)
		return 0;
	while (n < size && data[n] != '\0')
		n++;
	if (td_links_select((struct str){ (const char *)data, n }, &select, &err) != ERR_OK)
		select.n = 0;
	arena_init(&a, LIMIT_JAIL_MEMORY_B, no_more, NULL);
	td_html_parse(&a, td_charset_decode(&a, (struct bytes){ data + n, size - n }, STR("utf-8"), &charset), NULL, &tree);
	td_links_read(&a, &tree, STR("https://h.example/list"), &select, &doc);
	if (doc.items.n > LIMIT_FEED_LIST_N)
		abort();
	for (size_t i = 0; i < doc.items.n; i++) {
		struct str link = doc.items.v[i].about.link;

		if (!str_starts(link, STR("http://")) && !str_starts(link, STR("https://")))
			abort();
		for (size_t k = 0; k < i; k++)
			if (str_eq(link, doc.items.v[k].about.link))
				abort();
	}
	arena_free(&a);
	return 0;
}
