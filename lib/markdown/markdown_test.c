#include "markdown/markdown.h"

#include "base/limits.h"
#include "tests/check.h"

static struct arena a;
static struct err   err;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static const struct { const char *in, *html, *text; } cases[] = {
	{ "김태희 said \"no\" -- & left...", "<p>김태희 said &quot;no&quot; -- &amp; left...</p>\n", "김태희 said \"no\" -- & left..." },
	{ "One\ntwo\n\nthree *four*", "<p>One\ntwo</p>\n<p>three <em>four</em></p>\n", "One two\nthree four" },
	{ "# One", "<h3>One</h3>\n", "One" },
	{ "###### Six", "<h6>Six</h6>\n", "Six" },
	{ "a <b onclick=\"x\">bold</b> c", "<p>a bold c</p>\n", "a bold c" },
	{ "<script>alert(1)</script>\n\nafter", "<p>after</p>\n", "after" },
	{ "<!-- x -->\n\nafter", "<p>after</p>\n", "after" },
	{ "[a](https://example.org/?x=1&y=2 \"t\")", "<p><a href=\"https://example.org/?x=1&amp;y=2\" title=\"t\">a</a></p>\n", "a" },
	{ "[a](javascript:alert(1)) <javascript:alert(2)>", "<p>a javascript:alert(2)</p>\n", "a javascript:alert(2)" },
	{ "[a](JavaScript&colon;alert(1)) [b](data:text/html,x) [c](&#1;javascript:x) [d]()", "<p>a b c d</p>\n", "a b c d" },
	{ "![북한](https://example.org/x.png) ![](data:image/png;base64,x)", "<p>북한 </p>\n", "북한" },
	{ "<press@example.org> and [b](../x.html)", "<p><a href=\"mailto:press@example.org\">press@example.org</a> and "
	  "<a href=\"../x.html\">b</a></p>\n", "press@example.org and b" },
	{ "> quoted\n\n* one\n* two", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
	  "quoted\none\ntwo" },
	{ "\xff broken \xe1\x80", "<p>\xef\xbf\xbd broken \xef\xbf\xbd</p>\n", "\xef\xbf\xbd broken \xef\xbf\xbd" },
	{ "", "", "" },
};

static void
a_note_becomes_safe_markup(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct html h = { { NULL, 0 } };

		CHECK_INT(ERR_OK, td_markdown_html(&a, str_of(cases[i].in), &h, &err));
		CHECK_STR(str_of(cases[i].html), h.s);
	}
}

static void
a_note_becomes_words(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s = { NULL, 0 };

		CHECK_INT(ERR_OK, td_markdown_text(&a, str_of(cases[i].in), &s, &err));
		CHECK_STR(str_of(cases[i].text), s);
	}
}

static struct str
repeated(const char *what, size_t n)
{
	size_t len = strlen(what);
	char  *p = arena_take(&a, n + 1);

	for (size_t i = 0; i < n; i++)
		p[i] = what[i % len];
	return (struct str){ p, n };
}

static void
a_note_of_the_limit_is_taken_and_one_byte_more_is_not(void)
{
	struct html h;

	CHECK_INT(ERR_OK, td_markdown_html(&a, repeated("word ", LIMIT_NOTE_B), &h, &err));
	CHECK_INT(ERR_LIMIT, td_markdown_html(&a, repeated("word ", LIMIT_NOTE_B + 1), &h, &err));
}

static void
depth_and_references_that_multiply_are_refused(void)
{
	struct html h;
	struct str  bomb = repeated("[a]", LIMIT_NOTE_B);

	CHECK_INT(ERR_OK, td_markdown_html(&a, repeated(">", MARKDOWN_DEPTH_N - 2), &h, &err));
	CHECK_INT(ERR_LIMIT, td_markdown_html(&a, repeated(">", MARKDOWN_DEPTH_N + 1), &h, &err));
	memcpy((char *)(uintptr_t)bomb.p, "[a]: /xxxxxxxxxxxxx\n\n", 21);
	CHECK_INT(ERR_LIMIT, td_markdown_html(&a, bomb, &h, &err));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(a_note_becomes_safe_markup),
		TEST(a_note_becomes_words),
		TEST(a_note_of_the_limit_is_taken_and_one_byte_more_is_not),
		TEST(depth_and_references_that_multiply_are_refused),
	};
	int bad;

	arena_init(&a, 64 * MiB, no_more, NULL);
	bad = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return bad;
}
