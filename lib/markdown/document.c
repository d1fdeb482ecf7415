#include "markdown/document.h"

#include <cmark.h>
#include <stdlib.h>

#include "base/limits.h"
#include "markdown/markdown.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { ROWS_N = 10000 };

struct walk {
	struct arena         *arena;
	struct article_given *given;
	struct buf            text;             /* of the block in the making; lines end as written */
	int                   lists_n, quotes_n;
	bool                  begins_item;      /* the next paragraph is the first of its item */
	size_t                links_room;
};

static uint32_t
last_char(struct str s)
{
	size_t at = s.n > 0 ? td_utf8_floor(s, s.n - 1) : 0;

	return s.n > 0 ? td_utf8_next(s, &at) : ' ';
}

static uint32_t
first_char(struct str s)
{
	size_t at = 0;

	return s.n > 0 ? td_utf8_next(s, &at) : ' ';
}

/* Lines become one; between two letters of a script without spaces stands none. */
static struct str
one_line(struct arena *a, struct str s)
{
	struct buf out = BUF_INIT(s.n + 16);
	struct str line;

	while (str_cut(&s, '\n', &line)) {
		line = str_trim(line);
		if (out.n > 0 && line.n > 0 && !(td_is_unspaced(last_char(buf_str(&out))) && td_is_unspaced(first_char(line))))
			buf_add_char(&out, ' ');
		buf_add(&out, line);
	}
	s = td_given_fold(a, buf_str(&out));
	buf_free(&out);
	return s;
}

/* "|---|:--:|": what divides a table's head from its body. */
static bool
is_rule(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (strchr("|-: ", line.p[i]) == NULL)
			return false;
	return true;
}

static bool
is_table(struct str s)
{
	struct str line;
	size_t     rows = 0, rules = 0;

	while (str_cut(&s, '\n', &line)) {
		line = str_trim(line);
		if (line.n < 2 || line.p[0] != '|')
			return false;
		rows++;
		rules += is_rule(line);
	}
	return rows >= 2 && rules == 1;
}

static void
add_rows(struct walk *w, struct str s)
{
	struct str line, cell;

	for (int n = 0; n < ROWS_N && str_cut(&s, '\n', &line); n++) {
		struct buf row = BUF_INIT(line.n + 16);

		line = str_trim(line);
		while (!is_rule(line) && str_cut(&line, '|', &cell)) {
			if (row.n > 0 && str_trim(cell).n > 0)
				buf_add_char(&row, ' ');
			buf_add(&row, str_trim(cell));
		}
		td_given_add(w->arena, w->given, BLOCK_ROW, 0, 0, td_given_fold(w->arena, buf_str(&row)));
		buf_free(&row);
	}
}

static void
end_paragraph(struct walk *w)
{
	struct str      s = buf_str(&w->text);
	enum block_kind kind = w->quotes_n > 0 ? BLOCK_QUOTE : w->begins_item ? BLOCK_ITEM : BLOCK_PARAGRAPH;

	if (kind == BLOCK_PARAGRAPH && is_table(s))
		add_rows(w, s);
	else
		td_given_add(w->arena, w->given, kind, kind == BLOCK_ITEM ? w->lists_n : 0, 0, one_line(w->arena, s));
	w->begins_item = false;
	buf_reset(&w->text);
}

static void
add_link(struct walk *w, struct str url)
{
	struct article_given *g = w->given;

	if (g->links.v == NULL)
		g->links.v = arena_array(w->arena, LIMIT_LINKS_N, struct article_link);
	if (url.n > 0 && g->links.n < LIMIT_LINKS_N)
		g->links.v[g->links.n++] = (struct article_link){ .url = arena_copy(w->arena, url), .text = STR("") };
}

static void
leave(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		end_paragraph(w);
		break;
	case CMARK_NODE_HEADING:
		td_given_add(w->arena, w->given, BLOCK_HEADING, cmark_node_get_heading_level(node), 0, one_line(w->arena, buf_str(&w->text)));
		buf_reset(&w->text);
		break;
	case CMARK_NODE_LIST:
		w->lists_n--;
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		w->quotes_n--;
		break;
	default:
		break;
	}
}

static void
enter(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		buf_add(&w->text, str_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		buf_add_char(&w->text, '\n');
		break;
	case CMARK_NODE_CODE_BLOCK:
		td_given_add(w->arena, w->given, BLOCK_PRE, 0, 0, arena_copy(w->arena, str_trim(str_of(cmark_node_get_literal(node)))));
		break;
	case CMARK_NODE_LINK:
		add_link(w, str_of(cmark_node_get_url(node)));
		break;
	case CMARK_NODE_LIST:
		w->lists_n++;
		break;
	case CMARK_NODE_ITEM:
		w->begins_item = true;
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		w->quotes_n++;
		break;
	default:
		break;
	}
}

/* Quotations and lists within each other; a leaf is entered and not left. */
static bool
is_too_deep(cmark_node *document)
{
	cmark_iter      *iter = cmark_iter_new(document);
	cmark_event_type event;
	int              depth = 0, deepest = 0;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));
		bool            nests = type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST || type == CMARK_NODE_EMPH ||
		    type == CMARK_NODE_STRONG;

		depth += nests ? (event == CMARK_EVENT_ENTER ? 1 : -1) : 0;
		deepest = depth > deepest ? depth : deepest;
	}
	cmark_iter_free(iter);
	return deepest > MARKDOWN_DEPTH_N;
}

/* As in markdown.c: an address is copied for each use of its reference. */
static bool
may_explode(struct str s)
{
	size_t uses = 0;

	if (str_find(s, STR("]:")) == STR_NONE)
		return false;
	for (size_t i = 0; i < s.n; i++)
		uses += s.p[i] == ']';
	return uses * 2048 > LIMIT_DECODED_B && uses * s.n > LIMIT_DECODED_B;
}

bool
td_markdown_document(struct arena *a, struct article_given *g, struct str s)
{
	struct walk      w = { .arena = a, .given = g, .text = BUF_INIT(LIMIT_TEXT_B) };
	cmark_node      *document;
	cmark_iter      *iter;
	cmark_event_type event;

	if (s.n > MARKDOWN_FILE_B || may_explode(s))
		return false;
	document = cmark_parse_document(s.n > 0 ? s.p : "", s.n, CMARK_OPT_VALIDATE_UTF8);
	if (is_too_deep(document)) {
		cmark_node_free(document);
		return false;
	}
	iter = cmark_iter_new(document);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER)
			enter(&w, cmark_iter_get_node(iter));
		else
			leave(&w, cmark_iter_get_node(iter));
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
	buf_free(&w.text);
	return true;
}
