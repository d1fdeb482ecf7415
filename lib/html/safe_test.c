#include "base/limits.h"
#include "html/safe.h"
#include "html/serialize.h"
#include "tests/check.h"

static struct arena arena;

static void
arena_full(void *arg)
{
	(void)arg;
	abort();
}

static struct html_node *
parse(struct str text)
{
	struct html_tree tree;

	arena_free(&arena);
	arena_init(&arena, 64 * MiB, arena_full, NULL);
	td_html_parse(&arena, text, NULL, &tree);
	return tree.document;
}

static void
check_safe(const char *in, const char *want)
{
	struct buf out = BUF_INIT(LIMIT_PAGE_B);

	CHECK_STR(str_of(want), td_html_safe(parse(str_of(in)), &out).s);
	buf_free(&out);
	arena_free(&arena);
}

static void
prose_comes_out_as_it_was(void)
{
	check_safe("<h1>김태희</h1><p>One <b>two</b> <span class=x>three</span><br>4 &lt; 5 &amp; &quot;",
	    "<h1>김태희</h1><p>One <b>two</b> three<br>4 &lt; 5 &amp; &quot;</p>");
	check_safe("<table border=1><tr><td rowspan=2>أ<td>2</table>",
	    "<table><tbody><tr><td>أ</td><td>2</td></tr></tbody></table>");
	check_safe("<pre>\n\nx</pre>", "<pre>\n\nx</pre>");
}

static void
only_three_schemes_make_a_link(void)
{
	check_safe("<a href=' https://example.org/?a=1&b=2 ' onclick=x>1</a>",
	    "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">1</a>");
	check_safe("<a href='mailto:desk@example.org'>1</a>",
	    "<a href=\"mailto:desk@example.org\" rel=\"noopener noreferrer nofollow\">1</a>");
	check_safe("<a href='java\nscript:alert(1)'>1</a>", "<a>1</a>");
	check_safe("<a href='&#1;javascript:alert(1)'>1</a>", "<a>1</a>");
	check_safe("<a href='data:text/html,x'>1</a><a href='//example.org'>2</a><a href='/x'>3</a>",
	    "<a>1</a><a>2</a><a>3</a>");
}

static void
no_script_style_or_form_comes_out(void)
{
	check_safe("a<script>b</script><style>c</style><svg><script>d</script><p>e", "a<p>e</p>");
	check_safe("<template><img src=x onerror=y></template><iframe>f</iframe><select><option>g</select>h", "h");
	check_safe("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">i</noscript>j", "<p>ij</p>");
	check_safe("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x&gt;\">", "");
	check_safe("<img src=x onerror=y><marquee onstart=y>k</marquee><xmp></xmp><!-- l -->", "k");
}

static void
too_long_is_empty_not_half(void)
{
	struct buf  out = BUF_INIT(16);
	struct html h = td_html_safe(parse(STR("<p>a long sentence that does not fit")), &out);

	CHECK(out.failed);
	CHECK_INT(0, h.s.n);
	buf_free(&out);
	arena_free(&arena);
}

static void
a_tree_is_written_as_inner_html_would(void)
{
	static const struct { const char *in, *want; } table[] = {
		{ "<p title='\"&<\xC2\xA0'>1 < 2 & \"\xC2\xA0", "<html><head></head><body><p title=\"&quot;&amp;&lt;&nbsp;\">"
		    "1 &lt; 2 &amp; \"&nbsp;</p></body></html>" },
		{ "<!doctype html><script>a<b</script><br><!-- c -->", "<!DOCTYPE html><html><head><script>a<b</script></head>"
		    "<body><br><!-- c --></body></html>" },
		{ "<template><p>1<template>2</template></template>3", "<html><head><template><p>1<template>2</template></p>"
		    "</template></head><body>3</body></html>" },
		{ "<svg viewbox=1 xlink:href=x><path/></svg>", "<html><head></head><body><svg viewBox=\"1\" xlink:href=\"x\">"
		    "<path></path></svg></body></html>" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct buf out = BUF_INIT(LIMIT_PAGE_B);

		td_html_serialize(parse(str_of(table[i].in)), &out);
		CHECK_STR(str_of(table[i].want), buf_str(&out));
		buf_free(&out);
	}
	arena_free(&arena);
}

TESTS(TEST(prose_comes_out_as_it_was),
	TEST(only_three_schemes_make_a_link),
	TEST(no_script_style_or_form_comes_out),
	TEST(too_long_is_empty_not_half),
	TEST(a_tree_is_written_as_inner_html_would))
