#include "markdown/markdown.h"

#include <cmark.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"

#define HEADING_SHIFT 2
#define RESULT_B      (64 * MiB)

/*
 * cmark copies a reference's address for each use: uses times the longest
 * address must stay bounded, and no address is longer than the note.
 */
static bool
may_explode(struct str s)
{
	size_t uses = 0;

	if (str_find(s, STR("]:")) == STR_NONE)
		return false;
	for (size_t i = 0; i < s.n; i++)
		uses += s.p[i] == ']';
	return uses * s.n > RESULT_B;
}

static bool
is_safe_link(struct str url)
{
	size_t i;

	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return false;
	for (i = 0; i < url.n && strchr(":/?#", url.p[i]) == NULL; i++)
		;
	if (i == url.n || url.p[i] != ':')
		return url.n > 0;
	url = str_sub(url, 0, i);
	return str_eq_nocase(url, STR("http")) || str_eq_nocase(url, STR("https")) || str_eq_nocase(url, STR("mailto"));
}

/* The children take the node's place. */
static void
unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
	cmark_node_free(node);
}

/* A node that is left behind may go: the iterator has its next step in hand, which is not below it. */
static void
make_safe(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		unwrap(node);
		break;
	case CMARK_NODE_IMAGE:
		unwrap(node);
		break;
	case CMARK_NODE_LINK:
		if (!is_safe_link(str_of(cmark_node_get_url(node))))
			unwrap(node);
		break;
	case CMARK_NODE_HEADING: {
		int level = cmark_node_get_heading_level(node) + HEADING_SHIFT;

		(void)cmark_node_set_heading_level(node, level > 6 ? 6 : level);
		break;
	}
	default:
		break;
	}
}

static bool
is_leaf(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
	case CMARK_NODE_THEMATIC_BREAK:
		return true;
	default:
		return false;
	}
}

/* False: too deep. */
static bool
clean(cmark_node *document)
{
	cmark_iter      *iter = cmark_iter_new(document);
	cmark_event_type event;
	int              depth = 0;

	while (depth <= MARKDOWN_DEPTH_N && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (is_leaf(node))
			make_safe(node);
		else if (event == CMARK_EVENT_ENTER)
			depth++;
		else {
			depth--;
			make_safe(node);
		}
	}
	cmark_iter_free(iter);
	return depth <= MARKDOWN_DEPTH_N;
}

static enum err_code
read_note(struct str s, cmark_node **ret, struct err *err)
{
	cmark_node *document;

	if (s.n > LIMIT_NOTE_B)
		return err_set(err, ERR_LIMIT, "the note: %zu bytes, more than the %zu we take; refused", s.n, LIMIT_NOTE_B);
	if (may_explode(s))
		return err_set(err, ERR_LIMIT, "the note: too many references in too long a text; refused");
	document = cmark_parse_document(s.n > 0 ? s.p : "", s.n, CMARK_OPT_VALIDATE_UTF8);
	if (!clean(document)) {
		cmark_node_free(document);
		return err_set(err, ERR_LIMIT, "the note: quotations or lists deeper than %d; refused", MARKDOWN_DEPTH_N);
	}
	*ret = document;
	return ERR_OK;
}

static bool
is_block_end(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
}

static void
add_words(struct buf *out, cmark_node *node, cmark_event_type event)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_CODE_BLOCK:
		buf_add(out, str_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_add_char(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_add_char(out, '\n');
		break;
	default:
		if (event == CMARK_EVENT_EXIT && is_block_end(node))
			buf_add_char(out, '\n');
		break;
	}
}

enum err_code
td_markdown_html(struct arena *a, struct str s, struct html *ret, struct err *err)
{
	cmark_node *document;
	char       *markup;

	if (read_note(s, &document, err) != ERR_OK)
		return err->code;
	markup = cmark_render_html(document, CMARK_OPT_DEFAULT);
	cmark_node_free(document);
	*ret = (struct html){ arena_copy(a, str_of(markup)) };
	free(markup);
	return ERR_OK;
}

enum err_code
td_markdown_text(struct arena *a, struct str s, struct str *ret, struct err *err)
{
	struct buf       out = BUF_INIT(RESULT_B);
	cmark_node      *document;
	cmark_iter      *iter;
	cmark_event_type event;

	if (read_note(s, &document, err) != ERR_OK)
		return err->code;
	iter = cmark_iter_new(document);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		add_words(&out, cmark_iter_get_node(iter), event);
	cmark_iter_free(iter);
	cmark_node_free(document);
	*ret = arena_copy(a, str_trim(buf_str(&out)));
	buf_free(&out);
	return ERR_OK;
}
