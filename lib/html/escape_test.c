#include "html/escape.h"

#include "tests/check.h"

static const struct { const char *in, *out; } cases[] = {
	{ "김태희 said",              "김태희 said" },
	{ "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
	{ "\" onmouseover='x'",        "&quot; onmouseover=&#39;x&#39;" },
	{ "",                          "" },
};

static void
text_never_becomes_markup(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf b = BUF_INIT(4096);

		html_add_text(&b, str_of(cases[i].in));
		CHECK(!b.failed);
		CHECK_STR(str_of(cases[i].out), buf_str(&b));
		buf_free(&b);
	}
}

static void
a_full_buffer_says_so_once_and_for_all(void)
{
	struct buf b = BUF_INIT(8);

	html_add_text(&b, STR("<<<"));
	html_add_text(&b, STR("x"));
	CHECK(b.failed);
	buf_free(&b);
}

TESTS(
	TEST(text_never_becomes_markup),
	TEST(a_full_buffer_says_so_once_and_for_all))
