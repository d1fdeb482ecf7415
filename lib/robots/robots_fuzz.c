/* Whatever the file: no rule is longer than its line, a fragment changes no answer, and neither does a comment in front. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "robots/robots.h"

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
	static const char mark[] = "# a comment\n";
	struct robots     r, with_comment;
	struct str        url;
	struct arena      a;
	char             *more;
	bool              allowed;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_robots_parse(&a, (struct bytes){ data, size }, STR("Tidings"), &r);
	for (size_t i = 0; i < r.rules.n; i++)
		if (r.rules.v[i].pattern.n > 3 * LIMIT_ROBOTS_LINE_B)
			abort();
	url = (struct str){ (const char *)data, size < 200 ? size : 200 };
	allowed = td_robots_allow(&r, url);
	if (str_find_char(url, '#') == STR_NONE && str_find_char(url, '/') != STR_NONE) {
		more = arena_take(&a, url.n + 2);
		memcpy(more, url.p, url.n);
		memcpy(more + url.n, "#x", 2);
		if (td_robots_allow(&r, (struct str){ more, url.n + 2 }) != allowed)
			abort();
	}
	if (size > 2 && size < LIMIT_ROBOTS_B / 2 && data[0] < 0x80) {
		more = arena_take(&a, size + sizeof(mark));
		memcpy(more, mark, sizeof(mark) - 1);
		memcpy(more + sizeof(mark) - 1, data, size);
		td_robots_parse(&a, (struct bytes){ (unsigned char *)more, size + sizeof(mark) - 1 }, STR("Tidings"), &with_comment);
		if (with_comment.rules.n != r.rules.n || td_robots_allow(&with_comment, url) != allowed)
			abort();
	}
	arena_free(&a);
	return 0;
}
