/*
 * hostile - families of pages made to be slow or large, for the test and the bench that measure them.
 *
 * hostile_make() repeats a family's piece until the page has `size` bytes.
 */
#ifndef HTML_HOSTILE_H
#define HTML_HOSTILE_H

#include "base/buf.h"

struct hostile_family {
	const char *name, *before, *repeat;      /* %d in `repeat` counts; \1 stands for NUL */
};

static const struct hostile_family hostile_families[] = {
	{ "attributes", "<p", " a%d=1" },
	{ "the same attribute", "<p", " a=1" },
	{ "attributes of many bodies", "<body>", "<body a%d=1>" },
	{ "references in a value", "", "<p title='&amp;&notit;&#%d;'>" },
	{ "nesting", "", "<div>" },
	{ "nesting in a paragraph", "<p>", "<span><p>" },
	{ "a long name", "<", "a" },
	{ "formatting", "", "<b><i><p>" },
	{ "formatting of many kinds", "", "<font size=%d>x" },
	{ "formatting, then paragraphs", "<b><i><u><s><tt>", "<p>x</p>" },
	{ "nested links", "", "<a href=%d><div>" },
	{ "misnested ends", "<b><i><u><div><p>", "</b><b></i><i><p>" },
	{ "adoption through blocks", "", "<a><div></a>" },
	{ "ends of nothing", "", "</p></br></x%d>" },
	{ "tables", "", "<table><tr><td>" },
	{ "foster parents", "<table>", "<a>x<tr>" },
	{ "text fostered in turns", "<table>", "a<tr><td>&amp;b" },
	{ "a span of 2^53 columns", "<table><tr>", "<td colspan=9007199254740992 rowspan=9007199254740992>x" },
	{ "references", "", "&amp&#x%d;&notit" },
	{ "ampersands", "", "&" },
	{ "open comments", "", "<!--" },
	{ "comments", "", "<!--x--!><!-->" },
	{ "NUL bytes", "", "\1<\1p\1>\1" },
	{ "UTF-7", "<meta charset=utf-7>", "+ADw-script+AD4-%d" },
	{ "select", "", "<select><option><optgroup>" },
	{ "selected content", "<select><button><selectedcontent></button><option selected>", "<b>x</b>" },
	{ "templates", "", "<template><tr>" },
	{ "foreign content", "", "<svg><desc><math><mi>" },
	{ "CDATA in foreign content", "<svg>", "<![CDATA[x]]><p><svg>" },
	{ "doctypes", "", "<!doctype html public \"" },
	{ "escaped scripts", "<script>", "<!--<script></script" },
	{ "scripts", "", "<script>x</script>" },
	{ "forms that end outside", "", "<form><div></form>" },
	{ "unclosed everything", "", "<p><table><script><title></x><!" },
	{ "headings and items", "", "<ul><li><h1><dd>" },
	{ "deep lists", "", "<ol><li>" },
	{ "one text", "<p>", "words without an end " },
	{ "many small texts", "<p>", "x<br>" },
	{ "carriage returns", "<pre>", "\r\n\r" },
	{ "framesets", "<frameset>", "<frameset><frame>" },
};
#define HOSTILE_FAMILIES_N (sizeof(hostile_families) / sizeof(*hostile_families))

static inline void
hostile_make(const struct hostile_family *f, size_t size, struct buf *out)
{
	const char *number = strstr(f->repeat, "%d");

	buf_add(out, str_of(f->before));
	for (int i = 0; out->n < size && !out->failed; i++) {
		if (number == NULL) {
			buf_add(out, str_of(f->repeat));
			continue;
		}
		buf_add(out, (struct str){ f->repeat, (size_t)(number - f->repeat) });
		buf_addf(out, "%d", i);
		buf_add(out, str_of(number + 2));
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i] == '\1')
			out->p[i] = '\0';
}

#endif
