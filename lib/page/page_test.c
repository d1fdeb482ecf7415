#include "page/page.h"

#include "tests/check.h"

static struct arena a;
static struct err   err;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct str
sentence(const void *self, struct str id)
{
	(void)self;
	return str_eq(id, STR("full.story")) ? STR("기사 원문 <b>") : (struct str){ NULL, 0 };
}

static const struct page_words words = { sentence, NULL };

/* What the template prints with these values; an error's text if it is refused. */
static struct str
shown(const char *template, const struct page_values *values)
{
	struct page_file file = { STR("t.html"), str_of(template) };
	struct page_set *set;
	struct buf       out = BUF_INIT(MiB);
	struct str       s;

	err.text[0] = '\0';
	if (td_page_load(&a, &file, 1, &set, &err) != ERR_OK ||
	    td_page_print(set, STR("t.html"), values, &words, &out, &err) != ERR_OK) {
		buf_free(&out);
		return str_of(err.text);
	}
	s = arena_copy(&a, buf_str(&out));
	buf_free(&out);
	return s;
}

static struct page_values *
some_values(void)
{
	struct page_values *v = td_page_values(&a), *row;

	td_page_str(v, "title", STR("“Seoul” <cuts> & \"김태희\""));
	td_page_str(v, "empty", STR(""));
	td_page_str(v, "words", STR("북한 a&b/c"));
	td_page_i64(v, "count", -3);
	td_page_flag(v, "on", true);
	td_page_flag(v, "off", false);
	td_page_url(v, "url", STR("https://example.org/?a=1&b=\"2\""));
	td_page_url(v, "next", STR("../notes/가.html"));
	td_page_url(v, "bad", STR("javascript:alert(1)"));
	td_page_html(v, "body", (struct html){ STR("<p>ok</p>") });
	for (int i = 0; i < 2; i++) {
		row = td_page_add(v, "items");
		td_page_i64(row, "nr", i + 1);
		td_page_str(td_page_add(row, "tags"), "tag", i == 0 ? STR("<x>") : STR("인권"));
	}
	return v;
}

static const struct { const char *template, *want; } prints[] = {
	{ "<p>{{title}}</p>", "<p>“Seoul” &lt;cuts&gt; &amp; &quot;김태희&quot;</p>" },
	{ "<a title=\"{{ title }}\">x</a>", "<a title=\"“Seoul” &lt;cuts&gt; &amp; &quot;김태희&quot;\">x</a>" },
	{ "<title>{{title}}</title>", "<title>“Seoul” &lt;cuts&gt; &amp; &quot;김태희&quot;</title>" },
	{ "{{body}}|{{count}}|{{never.set}}", "<p>ok</p>|-3|" },
	{ "{{#items}}{{nr}}:{{#tags}}{{tag}} of {{nr}} {{title}}{{/tags}};{{/items}}",
	  "1:&lt;x&gt; of 1 “Seoul” &lt;cuts&gt; &amp; &quot;김태희&quot;;2:인권 of 2 “Seoul” &lt;cuts&gt; &amp; &quot;김태희&quot;;" },
	{ "{{#empty}}no{{/empty}}{{^empty}}yes{{/empty}}{{#off}}no{{/off}}{{#on}}on{{/on}}{{^none}}none{{/none}}", "yesonnone" },
	{ "<p>{{t:full.story}}</p>", "<p>기사 원문 &lt;b&gt;</p>" },
	{ "<p title='{{t:full.story}}'>", "<p title='기사 원문 &lt;b&gt;'>" },
	{ "<option{{#on}} selected{{/on}}{{#off}} disabled{{/off}}>", "<option selected>" },
	{ "<li class=\"a{{#on}} b{{/on}}\">", "<li class=\"a b\">" },
	{ "<ul>\n\t{{#items}}\n\t<li>{{nr}}</li>\n\t{{/items}}\n</ul>\n", "<ul>\n\t<li>1</li>\n\t<li>2</li>\n</ul>\n" },
	{ "<!doctype html><!-- {x} --><script>if (a < b) c();</script><p>}}</p>",
	  "<!doctype html><!-- {x} --><script>if (a < b) c();</script><p>}}</p>" },
};

static void
a_value_is_escaped_by_where_it_stands(void)
{
	for (size_t i = 0; i < sizeof(prints) / sizeof(*prints); i++)
		CHECK_STR(str_of(prints[i].want), shown(prints[i].template, some_values()));
}

static const struct { const char *url, *want; } urls[] = {
	{ "https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2" },
	{ "HTTP://example.org", "HTTP://example.org" },
	{ "mailto:press@example.org", "mailto:press@example.org" },
	{ "../notes/a:b.html", "../notes/a:b.html" },
	{ "notes/북한.html#x", "notes/북한.html#x" },
	{ "javascript:alert(1)", "#" },
	{ "JaVaScRiPt:alert(1)", "#" },
	{ "java\tscript:alert(1)", "#" },
	{ " javascript:alert(1)", "#" },
	{ "\1javascript:alert(1)", "#" },
	{ "data:text/html,x", "#" },
	{ "file:///etc/passwd", "#" },
	{ "vbscript:x", "#" },
	{ ":x", "#" },
	{ "/a\"onclick=\"x", "/a&quot;onclick=&quot;x" },
};

static void
only_http_mailto_and_relative_addresses_are_printed(void)
{
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct page_values *v = td_page_values(&a);
		struct str          got;

		td_page_url(v, "u", str_of(urls[i].url));
		got = shown("<a href=\"{{u}}\">", v);
		CHECK_STR(str_of(urls[i].want), str_sub(got, 9, got.n - 2));
	}
}

static void
text_is_never_an_address(void)
{
	CHECK_STR(STR("<a href=\"#\">"), shown("<a href=\"{{title}}\">", some_values()));
	CHECK_STR(STR("<form action='#'>"), shown("<form action='{{count}}'>", some_values()));
}

static void
inside_an_address_a_value_is_one_component(void)
{
	CHECK_STR(STR("<a href=\"/s?q=%EB%B6%81%ED%95%9C%20a%26b%2Fc\">"), shown("<a href=\"/s?q={{words}}\">", some_values()));
	CHECK_STR(STR("<a href=\"../notes/가.html/-3\">"), shown("<a href=\"{{next}}/{{count}}\">", some_values()));
	CHECK_STR(STR("<a href=\"/https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D%222%22\">"),
	    shown("<a href=\"/{{url}}\">", some_values()));
}

static const char *const refused[] = {
	"<script>var a = {{title}};</script>",
	"<SCRIPT>{{t:full.story}}</SCRIPT>",
	"<style>{{title}}</style>",
	"<script>{{#on}}x{{/on}}</script>",
	"<{{title}}>",
	"<h{{count}}>",
	"</{{title}}>",
	"<p {{title}}>",
	"<p {{title}}=\"x\">",
	"<p class={{title}}>",
	"<p class=a{{title}}>",
	"<p class= \"{{title}}\">",
	"<p onclick=\"{{title}}\">",
	"<p OnFoo='{{title}}'>",
	"<p style=\"{{title}}\">",
	"<iframe srcdoc=\"{{title}}\"></iframe>",
	"<img srcset=\"{{url}}\">",
	"<meta http-equiv=\"refresh\" content=\"{{title}}\">",
	"<meta content=\"{{title}}\" http-equiv=\"refresh\">",
	"<a href=\"java{{url}}\">",
	"<a href=\"{{url}}{{bad}}\">",
	"<a href=\"{{t:full.story}}\">",
	"<a href=\"{{#on}}{{url}}{{/on}}{{bad}}\">",
	"<!-- {{title}} -->",
	"<!-- {{title}}",
	"<!doctype {{title}}>",
	"<![CDATA[ > {{title}} ]]>",
	"<p>{{#on}}<b {{/on}}>",
	"<p{{#on}}x{{/on}}>",
	"<p{{#on}} a{{/on}}b>",
	"<p title=\"{{#on}}\"{{/on}}>",
	"<title>{{#on}}</title>{{/on}}",
	"{{#on}}", "{{/on}}", "{{#on}}{{#off}}{{/on}}{{/off}}", "{{title", "{{}}", "{{a b}}", "{{&title}}", "{{{title}}}",
	"{{>nothing.html}}", "{{>t.html}}", "<p title=\"{{>t.html}}\">",
	"a < b", "<p", "<p title=\"", "<title>", "<textarea>", "<p \"x\">", "<p a=\"x\"b>",
};

static void
a_slot_where_no_value_is_safe_is_refused_when_loading(void)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct page_file file = { STR("t.html"), str_of(refused[i]) };
		struct page_set *set = NULL;

		CHECK_INT(ERR_FORMAT, td_page_load(&a, &file, 1, &set, &err));
		CHECK(set == NULL);
		CHECK(str_starts(str_of(err.text), STR("t.html:")));
	}
}

static void
a_refusal_names_file_line_and_fault(void)
{
	CHECK_STR(STR("t.html:3: a slot in an attribute that takes code or styles: title; the template was refused"),
	    shown("<p>\n북한\n<p style=\"{{title}}\">", some_values()));
}

static void
markup_is_not_printed_into_an_attribute(void)
{
	CHECK_STR(STR("t.html: {{body}} is markup and stands in an attribute or title; the page was not made"),
	    shown("<p title=\"{{body}}\">", some_values()));
}

static void
a_page_that_fails_leaves_nothing_behind(void)
{
	struct page_file file = { STR("t.html"), STR("<p>{{t:no.such}}</p>") };
	struct page_set *set;
	struct buf       out = BUF_INIT(MiB);

	buf_add(&out, STR("before"));
	CHECK_INT(ERR_OK, td_page_load(&a, &file, 1, &set, &err));
	CHECK_INT(ERR_MISSING, td_page_print(set, STR("t.html"), some_values(), &words, &out, &err));
	CHECK_STR(STR("before"), buf_str(&out));
	CHECK(str_find(str_of(err.text), STR("no.such")) != STR_NONE);
	CHECK_INT(ERR_MISSING, td_page_print(set, STR("u.html"), some_values(), &words, &out, &err));
	buf_free(&out);
}

static void
a_later_file_of_the_same_name_replaces_the_earlier(void)
{
	struct page_file files[] = { { STR("a.html"), STR("[{{>b.html}}]") }, { STR("b.html"), STR("<broken") },
		{ STR("b.html"), STR("{{count}}") } };
	struct page_set *set;
	struct buf       out = BUF_INIT(MiB);

	CHECK_INT(ERR_OK, td_page_load(&a, files, 3, &set, &err));
	CHECK(td_page_has(set, STR("b.html")) && !td_page_has(set, STR("c.html")));
	CHECK_INT(ERR_OK, td_page_print(set, STR("a.html"), some_values(), NULL, &out, &err));
	CHECK_STR(STR("[-3]"), buf_str(&out));
	buf_free(&out);
}

/* Each file includes the next twice: 2^20 parts if they were printed. */
static void
templates_that_multiply_are_refused(void)
{
	struct page_file files[20];
	struct page_set *set;

	for (int i = 0; i < 20; i++) {
		char name[8], text[64];

		snprintf(name, sizeof(name), "%02d", i);
		snprintf(text, sizeof(text), i < 19 ? "{{>%02d}}{{>%02d}}" : "x", i + 1, i + 1);
		files[i] = (struct page_file){ arena_copy(&a, str_of(name)), arena_copy(&a, str_of(text)) };
	}
	CHECK_INT(ERR_FORMAT, td_page_load(&a, files, 20, &set, &err));
	CHECK_INT(ERR_OK, td_page_load(&a, files + 20 - PAGE_DEPTH_N, PAGE_DEPTH_N, &set, &err));
	CHECK_INT(ERR_FORMAT, td_page_load(&a, files + 19 - PAGE_DEPTH_N, PAGE_DEPTH_N + 1, &set, &err));
}

/* A list looked up outwards from its own element is found again: 100^4 turns. */
static void
lists_that_multiply_end_at_the_step_limit(void)
{
	struct page_values *v = td_page_values(&a);

	for (int i = 0; i < 100; i++)
		td_page_add(v, "l");
	CHECK(str_starts(shown("{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}", v), STR("t.html: a page of more than")));
}

static void
setting_a_name_again_replaces_its_value(void)
{
	struct page_values *v = some_values();

	td_page_str(v, "items", STR("x"));
	CHECK_STR(STR("x"), shown("{{#items}}{{items}}{{/items}}", v));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(a_value_is_escaped_by_where_it_stands),
		TEST(only_http_mailto_and_relative_addresses_are_printed),
		TEST(text_is_never_an_address),
		TEST(inside_an_address_a_value_is_one_component),
		TEST(a_slot_where_no_value_is_safe_is_refused_when_loading),
		TEST(a_refusal_names_file_line_and_fault),
		TEST(markup_is_not_printed_into_an_attribute),
		TEST(a_page_that_fails_leaves_nothing_behind),
		TEST(a_later_file_of_the_same_name_replaces_the_earlier),
		TEST(templates_that_multiply_are_refused),
		TEST(lists_that_multiply_end_at_the_step_limit),
		TEST(setting_a_name_again_replaces_its_value),
	};
	int bad;

	arena_init(&a, 64 * MiB, no_more, NULL);
	bad = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return bad;
}
