/* Whatever the text: a comment in front changes nothing, no address is longer than the text allows, and an import is not lost behind one. */
#include <stdlib.h>
#include <string.h>

#include "css/css.h"

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
	static const char front[] = "/* url(x) */@import 'first.css';";
	struct css_refs   refs, more;
	struct arena      a;
	char             *text;

	arena_init(&a, 256 * MiB, no_more, NULL);
	td_css_refs(&a, (struct str){ (const char *)data, size }, &refs);
	text = arena_take(&a, size + sizeof(front));
	memcpy(text, front, sizeof(front) - 1);
	memcpy(text + sizeof(front) - 1, data, size);
	td_css_refs(&a, (struct str){ text, size + sizeof(front) - 1 }, &more);
	if (more.n == 0 || !more.v[0].is_import || !str_eq(more.v[0].url, STR("first.css")) ||
	    (more.n != refs.n + 1 && !more.is_cut))
		abort();
	for (size_t i = 0; i + 1 < more.n; i++)
		if (!str_eq(refs.v[i].url, more.v[i + 1].url) || refs.v[i].url.n > 2 * size)
			abort();
	arena_free(&a);
	return 0;
}
