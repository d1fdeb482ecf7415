#include "json/read.h"
#include "base/buf.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct str
value(struct arena *a, const char *text, const char *key)
{
	const struct json_node *doc = td_json_read(a, str_of(text));

	for (const struct json_node *n = doc; n != NULL; n = td_json_next(n, doc))
		if (str_eq(n->key, str_of(key)))
			return n->text;
	return STR("(none)");
}

static void
what_is_nearly_json_is_read(void)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "{\"k\":\"김\\uD83D\\uDE00\\n\"}", "김😀\n" }, { "<!-- {\"k\": \"a\",} -->", "a" }, { "[{\"x\":1}] {\"k\":12.5}", "12.5" },
		{ "//<![CDATA[\n{\"k\":\"line\nline\"}//]]>", "line\nline" }, { "{\"j\":true \"k\":\"b", "b" },
		{ "{\"j\":[1,2,{\"k\":\"\\q\\u00\"}", "qu00" }, { "}}]]{\"k\":null}", "null" }, { "{\"k\":\"\\u0000\\uD800x\"}", "\xef\xbf\xbd\xef\xbf\xbdx" },
		{ "", "(none)" }, { "{\"k", "(none)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a;

		arena_init(&a, MiB, no_more, NULL);
		CHECK_STR(str_of(cases[i].want), value(&a, cases[i].text, "k"));
		arena_free(&a);
	}
}

/* Whoever walks up from each node to the root is linear then; what follows the ends has its own parents again. */
static void
what_nests_too_deep_lies_in_what_is_deep_enough(void)
{
	struct buf              text = BUF_INIT(MiB);
	struct arena            a;
	const struct json_node *doc;
	size_t                  deepest = 0;

	arena_init(&a, MiB, no_more, NULL);
	for (int i = 0; i < 500; i++)
		buf_add(&text, STR("{\"a\":["));
	buf_add(&text, STR("\"in\""));
	for (int i = 0; i < 500; i++)
		buf_add(&text, STR("]}"));
	buf_add(&text, STR("{\"k\":\"out\"}"));
	doc = td_json_read(&a, buf_str(&text));
	for (const struct json_node *n = doc; n != NULL; n = td_json_next(n, doc)) {
		size_t depth = 0;

		for (const struct json_node *up = n->parent; up != NULL; up = up->parent)
			depth++;
		deepest = depth > deepest ? depth : deepest;
	}
	CHECK(deepest == JSON_DEPTH_MAX + 1);
	CHECK(doc->last->parent == doc);
	CHECK_STR(STR("out"), td_json_get(doc->last, STR("k"))->text);
	arena_free(&a);
	buf_free(&text);
}

TESTS(TEST(what_is_nearly_json_is_read), TEST(what_nests_too_deep_lies_in_what_is_deep_enough))
