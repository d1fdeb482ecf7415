#include "feed/xml.h"

#include <time.h>

#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* The events as one line: <name> text </name>. */
static void
check_events(const char *text, const char *want)
{
	struct buf   out = BUF_INIT(MiB);
	struct arena a;
	struct xml   x;

	arena_init(&a, 16 * MiB, no_more, NULL);
	td_xml_begin(&x, &a, str_of(text));
	while (td_xml_next(&x) != XML_EOF) {
		if (x.event == XML_TEXT) {
			td_xml_add_text(&out, x.text, x.is_cdata);
			continue;
		}
		buf_addf(&out, x.event == XML_OPEN ? "<%.*s" : "</%.*s", (int)x.name.local.n, x.name.local.p);
		for (size_t i = 0; x.event == XML_OPEN && i < x.attrs_n; i++)
			buf_addf(&out, " %.*s=%.*s", (int)x.attrs[i].local.n, x.attrs[i].local.p, (int)x.attrs[i].value.n, x.attrs[i].value.p);
		buf_add_char(&out, '>');
	}
	CHECK_STR(str_of(want), buf_str(&out));
	buf_free(&out);
	arena_free(&a);
}

static void
what_is_nearly_xml_is_read(void)
{
	static const char *const cases[][2] = {
		{ "<a>1 < 2 & 3 &nbsp;&#xe9;&bogus; AT&T</a>", "<a>1 < 2 & 3 \u00a0\u00e9&bogus; AT&T</a>" },
		{ "<a><b>x</a>y", "<a><b>x</b></a>y" }, { "<a>x</b>y</a>", "<a>xy</a>" }, { "<a b=1 c d='2>3'/>", "<a b=1 c= d=2>3></a>" },
		{ "<a><![CDATA[<b>&amp;]]></a>", "<a><b>&amp;</a>" }, { "<!DOCTYPE a [<!ENTITY x \"<y>]>\"> ]><a>&x;</a>", "<a>&x;</a>" },
		{ "<?xml version='1.0'?><!-- <a> --><a/>", "<a></a>" }, { "<a>x\r\ny\rz\x08</a>", "<a>x\ny\nz</a>" },
		{ "<a><김정은 시대></a>", "<a><김정은 시대></a>" }, { "<a href=\"x>y</a>", "<a href=x>y</a>" }, { "<a <b>x</b></a>", "<a><b>x</b></a>" },
		{ "<A>x</a>", "<A>x</A>" }, { "<a>don\xc2\x92t</a>", "<a>don\u2019t</a>" }, { "<a><![CDATA[cut", "<a>cut" }, { "<a", "" }, { "<a/", "" }, { "<a / b='c'/>", "<a b=c></a>" }, { "</a>", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_events(cases[i][0], cases[i][1]);
}

static enum xml_element
element_of(const char *text)
{
	struct arena a;
	struct xml   x;

	arena_init(&a, 16 * MiB, no_more, NULL);
	td_xml_begin(&x, &a, str_of(text));
	(void)td_xml_next(&x);
	arena_free(&a);
	return x.name.id;
}

static void
a_name_is_known_by_its_namespace_and_a_prefix_by_habit(void)
{
	CHECK_INT(XML_DC_DATE, element_of("<x:date xmlns:x='http://purl.org/dc/elements/1.1/'>"));
	CHECK_INT(XML_DC_DATE, element_of("<dc:DATE>"));
	CHECK_INT(XML_MEDIA_TITLE, element_of("<media:title xmlns:media='http://nobody.example/'>"));
	CHECK_INT(XML_TITLE, element_of("<title xmlns='http://www.w3.org/2005/Atom'>"));
	CHECK_INT(XML_TITLE, element_of("<title xmlns='http://nobody.example/'>"));
	CHECK_INT(XML_OTHER, element_of("<title xmlns='http://www.w3.org/1999/xhtml'>"));
	CHECK_INT(XML_OTHER, element_of("<bogus:title>"));
}

static size_t
deepest(size_t depth)
{
	struct buf   text = BUF_INIT(MiB);
	struct arena a;
	struct xml   x;
	size_t       most = 0;

	arena_init(&a, 16 * MiB, no_more, NULL);
	for (size_t i = 0; i < depth; i++)
		buf_add(&text, STR("<a>"));
	td_xml_begin(&x, &a, buf_str(&text));
	while (td_xml_next(&x) != XML_EOF)
		most = x.depth > most ? x.depth : most;
	buf_free(&text);
	arena_free(&a);
	return most;
}

static void
what_is_nested_too_deep_is_passed_over(void)
{
	CHECK_INT(LIMIT_FEED_DEPTH_N, deepest(LIMIT_FEED_DEPTH_N));
	CHECK_INT(LIMIT_FEED_DEPTH_N, deepest(LIMIT_FEED_DEPTH_N + 1));
	CHECK_INT(LIMIT_FEED_DEPTH_N, deepest(50000));
}

/* Which element's end is told of last, before the end of the text. */
static void
an_end_tag_of_an_outer_element_ends_what_was_passed_over(void)
{
	struct buf   text = BUF_INIT(MiB);
	struct arena a;
	struct xml   x;
	size_t       items = 0;

	arena_init(&a, 16 * MiB, no_more, NULL);
	buf_add(&text, STR("<rss><item><title>one</title><d>"));
	for (size_t i = 0; i < 5000; i++)
		buf_add(&text, STR("<b>"));
	buf_add(&text, STR("</d></item><item><title>two</title></item></rss>"));
	td_xml_begin(&x, &a, buf_str(&text));
	for (enum xml_event e; (e = td_xml_next(&x)) != XML_EOF;)
		items += e == XML_CLOSE && str_eq(x.name.local, STR("item"));
	CHECK_INT(2, (int64_t)items);
	buf_free(&text);
	arena_free(&a);
}

static int64_t
microseconds(const char *unit, size_t n)
{
	struct buf      text = BUF_INIT(64 * MiB);
	struct timespec from, to;
	struct arena    a;
	struct xml      x;

	arena_init(&a, 16 * MiB, no_more, NULL);
	buf_add(&text, STR("<a>"));
	for (size_t i = 0; i < n; i++)
		buf_add(&text, str_of(unit));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	td_xml_begin(&x, &a, buf_str(&text));
	while (td_xml_next(&x) != XML_EOF)
		;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	buf_free(&text);
	arena_free(&a);
	return (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
}

/* Twice the text must not take four times as long, whatever it is made of. */
static void
every_text_takes_time_in_proportion_to_its_length(void)
{
	static const char *const units[] = { "<", "<b>", "</b>", "<b", "&", "<!--", "<![CDATA[", "<!DOCTYPE ", "<!DOCTYPE a [\"", "<b c=\"", "<b c='", "<b c=d ",
		" c=\"\"", "<?", "</", "<b xmlns:a='b'>", "<b c=\"'>" };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		int64_t once = microseconds(units[i], 40000), twice = microseconds(units[i], 80000);

		if (twice > 3 * once + 20000)
			fprintf(stderr, "# %s: %lld and %lld us\n", units[i], (long long)once, (long long)twice);
		CHECK(twice <= 3 * once + 20000);
	}
}

TESTS(TEST(what_is_nearly_xml_is_read), TEST(a_name_is_known_by_its_namespace_and_a_prefix_by_habit),
	TEST(what_is_nested_too_deep_is_passed_over), TEST(an_end_tag_of_an_outer_element_ends_what_was_passed_over),
	TEST(every_text_takes_time_in_proportion_to_its_length))
