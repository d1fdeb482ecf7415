#include "html/build_private.h"

/* Templates, framesets, and what comes after the body. */

/* 13.2.6.4.17, "eof": every template that is still open ends. */
static bool
template_eof(struct builder *b)
{
	if (b->open_n[TAG_TEMPLATE] == 0)
		return true;
	td_pop_to(b, TAG_TEMPLATE);
	td_formatting_clear(b);
	if (b->templates > 0)
		b->templates--;
	td_reset_mode(b);
	return false;
}

static enum mode
template_mode_for(enum html_tag tag)
{
	switch (tag) {
	case TAG_CAPTION: case TAG_COLGROUP: case TAG_TBODY: case TAG_TFOOT: case TAG_THEAD:
		return MODE_IN_TABLE;
	case TAG_COL:
		return MODE_IN_COLUMN_GROUP;
	case TAG_TR:
		return MODE_IN_TABLE_BODY;
	case TAG_TD: case TAG_TH:
		return MODE_IN_ROW;
	default:
		return MODE_IN_BODY;
	}
}

bool
td_mode_in_template(struct builder *b, struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_TEXT: case TOKEN_COMMENT: case TOKEN_DOCTYPE:
		return td_mode_in_body(b, tok);
	case TOKEN_EOF:
		return template_eof(b);
	case TOKEN_END:
		return tok->tag == TAG_TEMPLATE ? td_mode_in_head(b, tok) : true;
	case TOKEN_START:
		break;
	}
	if (td_tag_is[tok->tag] & EL_HEAD)
		return td_mode_in_head(b, tok);
	b->mode = template_mode_for(tok->tag);
	if (b->templates > 0)
		b->template_modes[b->templates - 1] = b->mode;
	return false;
}

/* 13.2.6.4.19 */
bool
td_mode_after_body(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_TEXT && is_space_text(tok->text))
		return td_mode_in_body(b, tok);
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, b->stack[0]);
		return true;
	}
	if (tok->kind == TOKEN_DOCTYPE || tok->kind == TOKEN_EOF)
		return true;
	if (is_start(tok, TAG_HTML))
		return td_mode_in_body(b, tok);
	if (is_end(tok, TAG_HTML)) {
		if (b->context == NULL)
			b->mode = MODE_AFTER_AFTER_BODY;
		return true;
	}
	b->mode = MODE_IN_BODY;
	return false;
}

/* Where only white space counts, the rest of a text goes away. */
static void
insert_space_of(struct builder *b, const struct token *tok)
{
	struct token space = *tok;
	size_t       from = 0, to;

	while (from < tok->text.n) {
		for (to = from; to < tok->text.n && byte_is(tok->text.p[to], BYTE_SPACE);)
			to++;
		space.text = str_sub(tok->text, from, to);
		td_insert_text(b, &space);
		for (from = to; from < tok->text.n && !byte_is(tok->text.p[from], BYTE_SPACE);)
			from++;
	}
}

static bool
frameset_start_tag(struct builder *b, struct token *tok)
{
	switch (tok->tag) {
	case TAG_HTML:
		return td_mode_in_body(b, tok);
	case TAG_FRAMESET:
		td_insert_element(b, tok);
		return true;
	case TAG_FRAME:
		td_insert_void(b, tok);
		return true;
	case TAG_NOFRAMES:
		return td_mode_in_head(b, tok);
	default:
		return true;
	}
}

/* 13.2.6.4.20 */
bool
td_mode_in_frameset(struct builder *b, struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_TEXT:
		insert_space_of(b, tok);
		return true;
	case TOKEN_COMMENT:
		td_insert_comment(b, tok, NULL);
		return true;
	case TOKEN_START:
		return frameset_start_tag(b, tok);
	case TOKEN_END:
		if (tok->tag != TAG_FRAMESET || b->open == 1)
			return true;
		td_pop(b);
		if (b->context == NULL && !is_html(current(b), TAG_FRAMESET))
			b->mode = MODE_AFTER_FRAMESET;
		return true;
	case TOKEN_DOCTYPE: case TOKEN_EOF:
		break;
	}
	return true;
}

/* 13.2.6.4.21 */
bool
td_mode_after_frameset(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_TEXT)
		insert_space_of(b, tok);
	else if (tok->kind == TOKEN_COMMENT)
		td_insert_comment(b, tok, NULL);
	else if (is_start(tok, TAG_HTML))
		return td_mode_in_body(b, tok);
	else if (is_start(tok, TAG_NOFRAMES))
		return td_mode_in_head(b, tok);
	else if (is_end(tok, TAG_HTML))
		b->mode = MODE_AFTER_AFTER_FRAMESET;
	return true;
}

/* 13.2.6.4.22 */
bool
td_mode_after_after_body(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, b->tree.document);
		return true;
	}
	if (tok->kind == TOKEN_DOCTYPE || is_start(tok, TAG_HTML) ||
	    (tok->kind == TOKEN_TEXT && is_space_text(tok->text)))
		return td_mode_in_body(b, tok);
	if (tok->kind == TOKEN_EOF)
		return true;
	b->mode = MODE_IN_BODY;
	return false;
}

/* 13.2.6.4.23 */
bool
td_mode_after_after_frameset(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_COMMENT)
		td_insert_comment(b, tok, b->tree.document);
	else if (tok->kind == TOKEN_TEXT)
		insert_space_of(b, tok);
	else if (is_start(tok, TAG_HTML))
		return td_mode_in_body(b, tok);
	else if (is_start(tok, TAG_NOFRAMES))
		return td_mode_in_head(b, tok);
	return true;
}
