/* Whatever the bytes: the tokens' places never run backwards, views lie inside the input, and it ends. */
#include <stdlib.h>

#include "html/token_private.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
full(void *arg)
{
	(void)arg;
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena     a;
	struct tokenizer t;
	struct token     tok = { 0 };
	struct str       text;
	uint32_t         before = 0;
	size_t           tokens = 0;

	if (size == 0)
		return 0;
	text = (struct str){ (const char *)data + 1, size - 1 };
	arena_init(&a, 64 * MiB + 64 * size, full, NULL);
	td_token_init(&t, &a, text);
	t.state = data[0] % (STATE_CDATA + 1);
	t.cdata_allowed = data[0] & 64;
	t.last_start = STR("script");
	do {
		td_token_next(&t, &tok);
		if (tok.at < before || tok.at > text.n || ++tokens > text.n + 1)
			abort();
		before = tok.at;
		if (tok.kind == TOKEN_TEXT && tok.text.n == 0)
			abort();
		for (size_t i = 0; (tok.kind == TOKEN_START || tok.kind == TOKEN_END) && i < tok.attrs_n; i++)
			if (tok.attrs[i].name.n == 0 || tok.attrs[i].value.p == NULL)
				abort();
	} while (tok.kind != TOKEN_EOF);
	arena_free(&a);
	return 0;
}
