#include "html/build_private.h"

/* "Anything else" (13.2.6.4.9): as in body, but out of the table. */
static bool
foster(struct builder *b, struct token *tok)
{
	bool done;

	b->fostering = true;
	done = td_mode_in_body(b, tok);
	b->fostering = false;
	return done;
}

static bool
holds_no_text(const struct html_node *n)
{
	return n->ns == NS_HTML && (n->tag == TAG_TABLE || n->tag == TAG_TBODY || n->tag == TAG_TEMPLATE ||
	    n->tag == TAG_TFOOT || n->tag == TAG_THEAD || n->tag == TAG_TR);
}

static void
keep_pending(struct builder *b, const struct token *tok)
{
	if (tok->nul)
		return;
	if (b->pending_n == b->pending_cap) {
		struct run *old = b->pending;

		b->pending_cap = b->pending_cap > 0 ? 2 * b->pending_cap : 16;
		b->pending = arena_array(b->arena, b->pending_cap, struct run);
		if (b->pending_n > 0)
			memcpy(b->pending, old, b->pending_n * sizeof(*old));
	}
	b->pending[b->pending_n++] = (struct run){ tok->fleeting ? arena_copy(b->arena, tok->text) : tok->text, tok->at };
}

/* 13.2.6.4.10 */
bool
td_mode_in_table_text(struct builder *b, struct token *tok)
{
	bool space = true;

	if (tok->kind == TOKEN_TEXT) {
		keep_pending(b, tok);
		return true;
	}
	for (size_t i = 0; i < b->pending_n; i++)
		space = space && is_space_text(b->pending[i].text);
	for (size_t i = 0; i < b->pending_n; i++) {
		struct token text = { .kind = TOKEN_TEXT, .text = b->pending[i].text, .at = b->pending[i].at };

		if (space)
			td_insert_text(b, &text);
		else
			foster(b, &text);
	}
	b->pending_n = 0;
	b->mode = b->original_mode;
	return false;
}

static void
start_in_context(struct builder *b, const struct token *tok, enum mode mode)
{
	td_clear_stack_to(b, TAG_TABLE, TAG_HTML, TAG_HTML);
	td_insert_element(b, tok);
	b->mode = mode;
}

/* A row or a cell without the elements around it: they are implied. */
static bool
imply(struct builder *b, enum html_tag tag, enum mode mode)
{
	struct token implied = NO_ATTRS(tag);

	start_in_context(b, &implied, mode);
	return false;
}

static bool
end_table(struct builder *b)
{
	if (!td_in_scope(b, TAG_TABLE, EL_TABLE_SCOPE))
		return false;
	td_pop_to(b, TAG_TABLE);
	td_reset_mode(b);
	return true;
}

static void
table_form(struct builder *b, const struct token *tok)
{
	if (b->open_n[TAG_TEMPLATE] > 0 || b->form != NULL)
		return;
	b->form = td_insert_element(b, tok);
	td_pop(b);
}

static bool
table_start_tag(struct builder *b, struct token *tok)
{
	switch (tok->tag) {
	case TAG_CAPTION:
		td_clear_stack_to(b, TAG_TABLE, TAG_HTML, TAG_HTML);
		td_formatting_marker(b);
		td_insert_element(b, tok);
		b->mode = MODE_IN_CAPTION;
		return true;
	case TAG_COLGROUP:
		start_in_context(b, tok, MODE_IN_COLUMN_GROUP);
		return true;
	case TAG_COL:
		return imply(b, TAG_COLGROUP, MODE_IN_COLUMN_GROUP);
	case TAG_TBODY: case TAG_TFOOT: case TAG_THEAD:
		start_in_context(b, tok, MODE_IN_TABLE_BODY);
		return true;
	case TAG_TD: case TAG_TH: case TAG_TR:
		return imply(b, TAG_TBODY, MODE_IN_TABLE_BODY);
	case TAG_TABLE:
		return !end_table(b);
	case TAG_STYLE: case TAG_SCRIPT: case TAG_TEMPLATE:
		return td_mode_in_head(b, tok);
	case TAG_INPUT:
		if (!str_eq_nocase(td_token_attr(tok, STR("type")), STR("hidden")))
			return foster(b, tok);
		td_insert_void(b, tok);
		return true;
	case TAG_FORM:
		table_form(b, tok);
		return true;
	default:
		return foster(b, tok);
	}
}

static bool
table_end_tag(struct builder *b, struct token *tok)
{
	switch (tok->tag) {
	case TAG_TABLE:
		end_table(b);
		return true;
	case TAG_BODY: case TAG_CAPTION: case TAG_COL: case TAG_COLGROUP: case TAG_HTML: case TAG_TBODY: case TAG_TD:
	case TAG_TFOOT: case TAG_TH: case TAG_THEAD: case TAG_TR:
		return true;
	case TAG_TEMPLATE:
		return td_mode_in_head(b, tok);
	default:
		return foster(b, tok);
	}
}

/* 13.2.6.4.9 */
bool
td_mode_in_table(struct builder *b, struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_TEXT:
		if (!holds_no_text(current(b)))
			return foster(b, tok);
		b->original_mode = b->mode;
		b->mode = MODE_IN_TABLE_TEXT;
		return false;
	case TOKEN_COMMENT:
		td_insert_comment(b, tok, NULL);
		return true;
	case TOKEN_DOCTYPE:
		return true;
	case TOKEN_START:
		return table_start_tag(b, tok);
	case TOKEN_END:
		return table_end_tag(b, tok);
	case TOKEN_EOF:
		break;
	}
	return td_mode_in_body(b, tok);
}

static bool
is_cell_or_body(enum html_tag tag)
{
	return tag == TAG_CAPTION || tag == TAG_COL || tag == TAG_COLGROUP || tag == TAG_TBODY || tag == TAG_TD ||
	    tag == TAG_TFOOT || tag == TAG_TH || tag == TAG_THEAD || tag == TAG_TR;
}

/* 13.2.6.4.11 */
bool
td_mode_in_caption(struct builder *b, struct token *tok)
{
	bool ends = is_end(tok, TAG_CAPTION) || is_end(tok, TAG_TABLE) ||
	    (tok->kind == TOKEN_START && is_cell_or_body(tok->tag));

	if (ends) {
		if (!td_in_scope(b, TAG_CAPTION, EL_TABLE_SCOPE))
			return true;
		td_imply_end_tags(b, TAG_OTHER);
		td_pop_to(b, TAG_CAPTION);
		td_formatting_clear(b);
		b->mode = MODE_IN_TABLE;
		return is_end(tok, TAG_CAPTION);
	}
	if (tok->kind == TOKEN_END && (is_cell_or_body(tok->tag) || tok->tag == TAG_BODY || tok->tag == TAG_HTML))
		return true;
	return td_mode_in_body(b, tok);
}

/* 13.2.6.4.12 */
bool
td_mode_in_column_group(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_TEXT) {
		struct token space = *tok;
		size_t       n = 0;

		while (n < tok->text.n && byte_is(tok->text.p[n], BYTE_SPACE))
			n++;
		space.text = str_sub(tok->text, 0, n);
		td_insert_text(b, &space);
		tok->text = str_sub(tok->text, n, tok->text.n);
		tok->at += (uint32_t)n;
		if (tok->text.n == 0)
			return true;
	}
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, NULL);
		return true;
	}
	if (tok->kind == TOKEN_DOCTYPE || is_end(tok, TAG_COL))
		return true;
	if (is_start(tok, TAG_HTML) || tok->kind == TOKEN_EOF)
		return td_mode_in_body(b, tok);
	if (is_start(tok, TAG_COL)) {
		td_insert_void(b, tok);
		return true;
	}
	if (is_start(tok, TAG_TEMPLATE) || is_end(tok, TAG_TEMPLATE))
		return td_mode_in_head(b, tok);
	if (!is_html(current(b), TAG_COLGROUP))
		return true;
	td_pop(b);
	b->mode = MODE_IN_TABLE;
	return is_end(tok, TAG_COLGROUP);
}

static bool
in_table_scope_any(const struct builder *b)
{
	return td_in_scope(b, TAG_TBODY, EL_TABLE_SCOPE) || td_in_scope(b, TAG_THEAD, EL_TABLE_SCOPE) ||
	    td_in_scope(b, TAG_TFOOT, EL_TABLE_SCOPE);
}

static void
leave_table_body(struct builder *b)
{
	td_clear_stack_to(b, TAG_TBODY, TAG_TFOOT, TAG_THEAD);
	td_pop(b);
	b->mode = MODE_IN_TABLE;
}

/* 13.2.6.4.13 */
bool
td_mode_in_table_body(struct builder *b, struct token *tok)
{
	bool section = tok->tag == TAG_TBODY || tok->tag == TAG_TFOOT || tok->tag == TAG_THEAD;

	if (is_start(tok, TAG_TR) || is_start(tok, TAG_TD) || is_start(tok, TAG_TH)) {
		struct token tr = NO_ATTRS(TAG_TR);

		td_clear_stack_to(b, TAG_TBODY, TAG_TFOOT, TAG_THEAD);
		td_insert_element(b, tok->tag == TAG_TR ? tok : &tr);
		b->mode = MODE_IN_ROW;
		return tok->tag == TAG_TR;
	}
	if (tok->kind == TOKEN_END && section) {
		if (td_in_scope(b, tok->tag, EL_TABLE_SCOPE))
			leave_table_body(b);
		return true;
	}
	if ((tok->kind == TOKEN_START && (section || is_cell_or_body(tok->tag))) || is_end(tok, TAG_TABLE)) {
		if (!in_table_scope_any(b))
			return true;
		leave_table_body(b);
		return false;
	}
	if (tok->kind == TOKEN_END && tok->tag != TAG_TABLE &&
	    (is_cell_or_body(tok->tag) || tok->tag == TAG_BODY || tok->tag == TAG_HTML))
		return true;
	return td_mode_in_table(b, tok);
}

/* False: there is no row to leave. */
static bool
leave_row(struct builder *b)
{
	if (!td_in_scope(b, TAG_TR, EL_TABLE_SCOPE))
		return false;
	td_clear_stack_to(b, TAG_TR, TAG_HTML, TAG_HTML);
	td_pop(b);
	b->mode = MODE_IN_TABLE_BODY;
	return true;
}

/* 13.2.6.4.14 */
bool
td_mode_in_row(struct builder *b, struct token *tok)
{
	bool section = tok->tag == TAG_TBODY || tok->tag == TAG_TFOOT || tok->tag == TAG_THEAD;

	if (is_start(tok, TAG_TD) || is_start(tok, TAG_TH)) {
		td_clear_stack_to(b, TAG_TR, TAG_HTML, TAG_HTML);
		td_insert_element(b, tok);
		td_formatting_marker(b);
		b->mode = MODE_IN_CELL;
		return true;
	}
	if (is_end(tok, TAG_TR)) {
		leave_row(b);
		return true;
	}
	if ((tok->kind == TOKEN_START && is_cell_or_body(tok->tag)) || is_end(tok, TAG_TABLE))
		return !leave_row(b);
	if (tok->kind == TOKEN_END && section)
		return !td_in_scope(b, tok->tag, EL_TABLE_SCOPE) || !leave_row(b);
	if (tok->kind == TOKEN_END && (is_cell_or_body(tok->tag) || tok->tag == TAG_BODY || tok->tag == TAG_HTML))
		return true;
	return td_mode_in_table(b, tok);
}

static void
close_cell(struct builder *b)
{
	td_imply_end_tags(b, TAG_OTHER);
	while (b->open > 1 && !is_html(current(b), TAG_TD) && !is_html(current(b), TAG_TH))
		td_pop(b);
	td_pop(b);
	td_formatting_clear(b);
	b->mode = MODE_IN_ROW;
}

/* 13.2.6.4.15 */
bool
td_mode_in_cell(struct builder *b, struct token *tok)
{
	bool open = td_in_scope(b, TAG_TD, EL_TABLE_SCOPE) || td_in_scope(b, TAG_TH, EL_TABLE_SCOPE);

	if (tok->kind == TOKEN_START && is_cell_or_body(tok->tag)) {
		if (open)
			close_cell(b);
		return !open;
	}
	if (tok->kind != TOKEN_END)
		return td_mode_in_body(b, tok);
	switch (tok->tag) {
	case TAG_TD: case TAG_TH:
		if (!td_in_scope(b, tok->tag, EL_TABLE_SCOPE))
			return true;
		td_imply_end_tags(b, TAG_OTHER);
		td_pop_to(b, tok->tag);
		td_formatting_clear(b);
		b->mode = MODE_IN_ROW;
		return true;
	case TAG_BODY: case TAG_CAPTION: case TAG_COL: case TAG_COLGROUP: case TAG_HTML:
		return true;
	case TAG_TABLE: case TAG_TBODY: case TAG_TFOOT: case TAG_THEAD: case TAG_TR:
		if (!td_in_scope(b, tok->tag, EL_TABLE_SCOPE) || !open)
			return true;
		close_cell(b);
		return false;
	default:
		return td_mode_in_body(b, tok);
	}
}
