/* Whatever the page: every address is one of the web that can be read again, none is told twice. */
#include <stdlib.h>

#include "refs/refs.h"
#include "url/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* A page may be any text; what is no ASCII becomes "?", since decoding is another instrument's. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct html_tree tree;
	struct refs      refs;
	struct url       u;
	struct arena     a;
	struct err       err;
	char            *text;

	arena_init(&a, 1024 * MiB, no_more, NULL);
	text = arena_take(&a, size + 1);
	for (size_t i = 0; i < size; i++)
		text[i] = data[i] < 0x80 && data[i] != 0 ? (char)data[i] : '?';
	td_html_parse(&a, (struct str){ text, size }, NULL, &tree);
	if (td_refs_of_page(&a, tree.document, STR("https://a.example/b/c?d"), &refs, &err) != ERR_OK)
		abort();
	for (size_t i = 0; i < refs.list.n; i++) {
		if (td_url_parse(&a, refs.list.v[i].url, NULL, &u, &err) != ERR_OK || !td_url_is_web(&u) || u.has_fragment)
			abort();
		for (size_t k = 0; k < i && i < 200; k++)
			if (str_eq(refs.list.v[i].url, refs.list.v[k].url))
				abort();
	}
	arena_free(&a);
	return 0;
}
