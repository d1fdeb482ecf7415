#include "html/serialize.h"

#include "html/build_private.h"

/* "Escaping a string" (13.3): in an attribute the quote, elsewhere not; since 2025 < and > in both. */
static void
escape(struct buf *out, struct str s, bool attribute)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str as = { NULL, 0 };
		size_t     n = 1;

		if (s.p[i] == '&') {
			as = STR("&amp;");
		} else if (s.p[i] == '<') {
			as = STR("&lt;");
		} else if (s.p[i] == '>') {
			as = STR("&gt;");
		} else if (s.p[i] == '"' && attribute) {
			as = STR("&quot;");
		} else if (s.p[i] == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0') {
			as = STR("&nbsp;");
			n = 2;
		}
		if (as.n == 0)
			continue;
		buf_add(out, str_sub(s, from, i));
		buf_add(out, as);
		from = i + n;
		i += n - 1;
	}
	buf_add(out, str_sub(s, from, s.n));
}

/* Elements whose text is written as it is; noscript is not among them, scripting being off. */
static bool
is_raw(const struct html_node *n)
{
	if (n == NULL || n->kind != HTML_ELEMENT || n->ns != NS_HTML)
		return false;
	switch (n->tag) {
	case TAG_STYLE: case TAG_SCRIPT: case TAG_XMP: case TAG_IFRAME: case TAG_NOEMBED: case TAG_NOFRAMES:
	case TAG_PLAINTEXT:
		return true;
	default:
		return false;
	}
}

static bool
serializes_as_void(const struct html_node *n)
{
	return n->ns == NS_HTML && (td_tag_is[n->tag] & EL_VOID);
}

static void
open_tag(struct buf *out, const struct html_node *n)
{
	buf_add(out, STR("<"));
	buf_add(out, n->name);
	for (size_t i = 0; i < n->attrs_n; i++) {
		buf_add(out, STR(" "));
		buf_add(out, n->attrs[i].name);
		buf_add(out, STR("=\""));
		escape(out, n->attrs[i].value, true);
		buf_add(out, STR("\""));
	}
	buf_add(out, STR(">"));
}

static void
open_node(struct buf *out, const struct html_node *n)
{
	switch (n->kind) {
	case HTML_ELEMENT:
		open_tag(out, n);
		break;
	case HTML_TEXT:
		if (is_raw(n->parent))
			buf_add(out, n->text);
		else
			escape(out, n->text, false);
		break;
	case HTML_COMMENT:
		buf_add(out, STR("<!--"));
		buf_add(out, n->text);
		buf_add(out, STR("-->"));
		break;
	case HTML_DOCTYPE:
		buf_add(out, STR("<!DOCTYPE "));
		buf_add(out, n->name);
		buf_add(out, STR(">"));
		break;
	case HTML_DOCUMENT:
		break;
	}
}

static void
close_node(struct buf *out, const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT || serializes_as_void(n))
		return;
	buf_add(out, STR("</"));
	buf_add(out, n->name);
	buf_add(out, STR(">"));
}

/* A template's children are those of its content, whose parent is the template. */
static const struct html_node *
first_in(const struct html_node *n)
{
	return n->content != NULL ? n->content->first : n->first;
}

static const struct html_node *
holder_of(const struct html_node *n)
{
	const struct html_node *up = n->parent;

	return up != NULL && up->kind == HTML_DOCUMENT && up->parent != NULL ? up->parent : up;
}

void
td_html_serialize(const struct html_node *root, struct buf *out)
{
	const struct html_node *n = first_in(root);

	if (root->kind == HTML_DOCUMENT && root->parent != NULL)
		root = root->parent;     /* a template's content: the walk ends at its template */
	while (n != NULL && n != root) {
		open_node(out, n);
		if (first_in(n) != NULL && !(n->kind == HTML_ELEMENT && serializes_as_void(n))) {
			n = first_in(n);
			continue;
		}
		close_node(out, n);
		while (n->next == NULL && (n = holder_of(n)) != root)
			close_node(out, n);
		if (n != root)
			n = n->next;
	}
}
