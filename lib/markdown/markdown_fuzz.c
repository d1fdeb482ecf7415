/* Whatever is written: every tag that comes out is one of ours, with none but these attributes, and the words have no tag. */
#include <stdlib.h>

#include "base/limits.h"
#include "markdown/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static const char *const allowed[] = {
	"p>", "em>", "strong>", "code>", "code class=\"language-", "pre>", "blockquote>", "ul>", "ol>", "ol start=\"", "li>", "br />",
	"hr />", "h3>", "h4>", "h5>", "h6>", "a href=\"http:", "a href=\"https:", "a href=\"mailto:", "a>",
};

/* A relative address: no colon before the first / ? #. */
static bool
is_relative_link(struct str s)
{
	if (!str_starts(s, STR("a href=\"")))
		return false;
	for (size_t i = 8; i < s.n && strchr("/?#\"", s.p[i]) == NULL; i++)
		if (s.p[i] == ':')
			return false;
	return true;
}

static bool
is_allowed(struct str s)
{
	s = str_sub(s, s.n > 0 && s.p[0] == '/', s.n);
	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (str_starts_nocase(s, str_of(allowed[i])))
			return true;
	return is_relative_link(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct html  h;
	struct str   text, in = { (const char *)data, size };
	struct err   err;

	arena_init(&a, 256 * MiB, no_more, NULL);
	if (td_markdown_html(&a, in, &h, &err) == ERR_OK) {
		for (size_t i = 0; i < h.s.n; i++)
			if (h.s.p[i] == '<' && !is_allowed(str_sub(h.s, i + 1, h.s.n)))
				abort();
		if (td_markdown_text(&a, in, &text, &err) != ERR_OK)
			abort();
	}
	arena_free(&a);
	return 0;
}
