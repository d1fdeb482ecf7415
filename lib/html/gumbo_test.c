/*
 * Ours against gumbo: two readers of one standard must agree on clean markup, written by hand or generated: what a careful
 * person might write, with the tags that may be left out left out at times.
 */
#include "html/gumbo_compare.h"
#include "tests/check.h"

#define MADE_N 1500               /* generated pages; ten times as many with TIDINGS_LONG=yes */

static void
we_and_gumbo_agree_on_clean_markup(void)
{
	static const char *const pages[] = {
		("<!DOCTYPE html><html lang=ko><head><meta charset=utf-8><title>서울 &amp; 부산</title></head><body><h1 id=a>제목</h1>"
		"<p class='b c'>문장 <b>하나</b> &lt;둘&gt; <a href='/x?y=1&amp;z=2'>셋</a>.</p></body></html>"),
		"<!DOCTYPE html><title>أخبار</title><ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>d<dd>e</dl>",
		"<table><caption>x</caption><colgroup><col><col></colgroup><thead><tr><th>1<tbody><tr><td>2<td>3</table>",
		"<p>1<p>2<blockquote><p>3</blockquote><pre>\n 4\r\n5</pre><hr><img src=a alt='b'><br/>6",
		"<b>1<i>2</b>3</i><a>4<a>5</a><p><b>6<p>7</b>",
		"<table>1<tr><td>2<b>3</table>4<form><input type=hidden name=x value='&copy;'><textarea>\n5</textarea></form>",
		"<script>if (a < b && c) document.write('<p>');</script><style>p > a { }</style><noscript><p>n</p></noscript>",
		"<ruby>漢<rt>kan</ruby><iframe src=x><p></iframe><object><param name=a></object><svg><path d=z /></svg>&nbsp;&#8212;",
		"<!-- a --><!doctype html><!-- b --><html><!-- c --><head></head><!-- d --><body>e</body><!-- f --></html><!-- g -->",
		"<template><tr><td>1</td></tr></template><details><summary>2</summary>3</details><nobr>4<nobr>5",
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct buf ours = BUF_INIT(MiB), gumbos = BUF_INIT(MiB);

		agree(str_of(pages[i]), &ours, &gumbos);
		CHECK_STR(buf_str(&gumbos), buf_str(&ours));
		buf_free(&ours);
		buf_free(&gumbos);
	}
}

struct writer {
	struct buf b;
	uint32_t   chance;
};

static unsigned
pick(struct writer *w, unsigned n)
{
	w->chance = w->chance * 1664525 + 1013904223;
	return (w->chance >> 8) % n;
}

static void
write_words(struct writer *w)
{
	static const char *const words[] = { "office", "문을 닫았다", "a &amp; b", "&lt;i&gt;", "café", "&nbsp;", "x &#8212; y", "東京", "  two\n", "&copy;",
		"1 < 2", "أخبار" };

	for (unsigned n = 1 + pick(w, 4); n > 0; n--) {
		buf_add(&w->b, str_of(words[pick(w, 12)]));
		buf_add_char(&w->b, ' ');
	}
}

static void
open_tag(struct writer *w, const char *tag)
{
	static const char *const attrs[] = { " class=\"a b\"", " id=x", " title='it&#39;s &amp; so'", " data-n=\"1\"", " hidden" };
	unsigned which = pick(w, 9);

	buf_addf(&w->b, "<%s%s>", tag, which < 5 ? attrs[which] : "");
}

static void
close_tag(struct writer *w, const char *tag, bool may_be_left_out)
{
	if (!may_be_left_out || pick(w, 3) > 0)
		buf_addf(&w->b, "</%s>", tag);
}

static void
write_inline(struct writer *w, int depth)
{
	static const char *const tags[] = { "b", "i", "em", "strong", "code", "span", "sub", "q", "cite", "small" };
	const char *tag = tags[pick(w, 10)];

	write_words(w);
	if (depth == 0)
		return;
	switch (pick(w, 6)) {
	case 0: buf_add(&w->b, STR("<br>")); break;
	case 1: buf_add(&w->b, STR("<img src='a.png' alt=\"x\">")); break;
	case 2: buf_add(&w->b, STR("<!-- note --><wbr>")); break;
	default:
		open_tag(w, tag);
		write_inline(w, depth - 1);
		close_tag(w, tag, false);
	}
	write_words(w);
}

static void write_blocks(struct writer *w, int depth);

static void
write_table(struct writer *w, int depth)
{
	open_tag(w, "table");
	if (pick(w, 3) == 0)
		buf_add(&w->b, STR("<caption>c</caption><colgroup><col><col></colgroup>"));
	for (unsigned rows = 1 + pick(w, 3); rows > 0; rows--) {
		open_tag(w, "tr");
		for (unsigned cells = 1 + pick(w, 3); cells > 0; cells--) {
			const char *cell = pick(w, 4) == 0 ? "th" : "td";

			open_tag(w, cell);
			if (pick(w, 4) == 0)
				write_blocks(w, depth - 1);
			else
				write_inline(w, 1);
			close_tag(w, cell, true);
		}
		close_tag(w, "tr", true);
	}
	close_tag(w, "table", false);
}

static void
write_list(struct writer *w, int depth)
{
	bool        terms = pick(w, 4) == 0;
	const char *list = terms ? "dl" : pick(w, 2) == 0 ? "ul" : "ol";

	open_tag(w, list);
	for (unsigned items = 1 + pick(w, 4); items > 0; items--) {
		const char *item = !terms ? "li" : pick(w, 2) == 0 ? "dt" : "dd";

		open_tag(w, item);
		write_inline(w, 2);
		if (pick(w, 5) == 0 && strcmp(item, "dt") != 0)
			write_blocks(w, depth - 1);
		close_tag(w, item, true);
	}
	close_tag(w, list, false);
}

static void
write_blocks(struct writer *w, int depth)
{
	static const char *const boxes[] = { "div", "section", "article", "blockquote", "figure", "aside", "header", "nav", "main" };
	static const char *const lines[] = { "p", "h1", "h2", "h3", "pre", "address" };

	for (unsigned n = 1 + pick(w, 3); n > 0 && depth >= 0; n--) {
		unsigned    kind = pick(w, 8);
		const char *tag = kind < 3 ? lines[pick(w, 6)] : boxes[pick(w, 9)];

		if (kind == 7) {
			write_table(w, depth);
		} else if (kind == 6) {
			write_list(w, depth);
		} else if (kind == 5) {
			buf_add(&w->b, STR("<script>if (a < b) c('</p>');</script><hr><svg viewBox='0 0 1 1'><path d=z /></svg>"));
		} else {
			open_tag(w, tag);
			if (kind < 3)
				write_inline(w, 3);
			else
				write_blocks(w, depth - 1);
			close_tag(w, tag, strcmp(tag, "p") == 0);
		}
	}
}

static void
write_page(struct writer *w)
{
	bool bare = pick(w, 4) == 0;

	buf_add(&w->b, STR("<!DOCTYPE html>\n"));
	if (!bare)
		buf_add(&w->b, STR("<html lang=ko><head><meta charset=utf-8>"));
	buf_add(&w->b, STR("<title>서울 &amp; 부산</title><style>p > a { }</style>\n"));
	if (!bare)
		buf_add(&w->b, STR("</head><body class=x>"));
	write_blocks(w, 4);
	if (!bare)
		buf_add(&w->b, STR("</body></html>"));
}

static void
we_and_gumbo_agree_on_pages_as_a_person_would_write_them(void)
{
	unsigned n = getenv("TIDINGS_LONG") != NULL ? 10 * MADE_N : MADE_N, same = 0;

	for (unsigned i = 0; i < n; i++) {
		struct writer w = { .b = BUF_INIT(MiB), .chance = 7 * i + 1 };
		struct buf    ours = BUF_INIT(16 * MiB), gumbos = BUF_INIT(16 * MiB);

		write_page(&w);
		if (agree(buf_str(&w.b), &ours, &gumbos))
			same++;
		else
			fprintf(stderr, "# differs: number %u\n%.*s\n", i, (int)w.b.n, w.b.p);
		buf_free(&ours);
		buf_free(&gumbos);
		buf_free(&w.b);
	}
	printf("# %u of %u pages the same\n", same, n);
	CHECK_INT(n, same);
}

TESTS(TEST(we_and_gumbo_agree_on_clean_markup), TEST(we_and_gumbo_agree_on_pages_as_a_person_would_write_them))
