#include "html/build_private.h"

struct str
td_token_attr(const struct token *tok, struct str name)
{
	for (size_t i = 0; i < tok->attrs_n; i++)
		if (str_eq(tok->attrs[i].name, name))
			return tok->attrs[i].value;
	return (struct str){ NULL, 0 };
}

/* The white space a text token begins with becomes *ret, the rest stays.  True when there is a rest. */
static bool
split_space(struct token *tok, struct token *ret)
{
	size_t n = 0;

	while (n < tok->text.n && byte_is(tok->text.p[n], BYTE_SPACE))
		n++;
	*ret = *tok;
	ret->text = str_sub(tok->text, 0, n);
	tok->text = str_sub(tok->text, n, tok->text.n);
	tok->at += (uint32_t)n;
	return tok->text.n > 0;
}

/* The "initial" insertion mode (13.2.6.4.1). */
bool
td_mode_initial(struct builder *b, struct token *tok)
{
	struct html_node *n;
	struct token      space;
	char             *ids;

	if (tok->kind == TOKEN_TEXT && !split_space(tok, &space))
		return true;
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, b->tree.document);
		return true;
	}
	b->mode = MODE_BEFORE_HTML;
	if (tok->kind != TOKEN_DOCTYPE) {
		b->tree.quirks = QUIRKS_YES;
		return false;
	}
	n = td_build_node(b, HTML_DOCTYPE, tok->at);
	n->name = tok->name;
	if (tok->public_id.n + tok->system_id.n > 0) {
		ids = arena_take(b->arena, tok->public_id.n + 1 + tok->system_id.n);
		if (tok->public_id.n > 0)
			memcpy(ids, tok->public_id.p, tok->public_id.n);
		if (tok->system_id.n > 0)
			memcpy(ids + tok->public_id.n + 1, tok->system_id.p, tok->system_id.n);
		n->text = (struct str){ ids, tok->public_id.n + 1 + tok->system_id.n };
	}
	td_tree_append(b->tree.document, n);
	b->tree.quirks = td_quirks_of(tok);
	return true;
}

/* "Act as if an end tag named head, body, html or br" and no other. */
static bool
is_other_end(const struct token *tok)
{
	return tok->kind == TOKEN_END && tok->tag != TAG_HEAD && tok->tag != TAG_BODY && tok->tag != TAG_HTML &&
	    tok->tag != TAG_BR;
}

/* 13.2.6.4.2 */
bool
td_mode_before_html(struct builder *b, struct token *tok)
{
	struct token space, html = NO_ATTRS(TAG_HTML);
	bool         given = is_start(tok, TAG_HTML);

	if (tok->kind == TOKEN_DOCTYPE || is_other_end(tok) || (tok->kind == TOKEN_TEXT && !split_space(tok, &space)))
		return true;
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, b->tree.document);
		return true;
	}
	b->html.node = td_build_element(b, given ? tok : &html, NS_HTML);
	td_tree_append(b->tree.document, b->html.node);
	td_push(b, b->html.node);
	b->mode = MODE_BEFORE_HEAD;
	return given;
}

/* 13.2.6.4.3 */
bool
td_mode_before_head(struct builder *b, struct token *tok)
{
	struct token space;

	if (tok->kind == TOKEN_DOCTYPE || is_other_end(tok) || (tok->kind == TOKEN_TEXT && !split_space(tok, &space)))
		return true;
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, NULL);
		return true;
	}
	if (is_start(tok, TAG_HTML))
		return td_mode_in_body(b, tok);
	b->mode = MODE_IN_HEAD;
	if (is_start(tok, TAG_HEAD)) {
		b->head = td_insert_element(b, tok);
		return true;
	}
	b->head = td_insert_tag(b, TAG_HEAD);
	return false;
}

/* The generic raw text and RCDATA element parsing algorithms (13.2.6.2). */
void
td_raw_text(struct builder *b, const struct token *tok, enum token_state state)
{
	td_insert_element(b, tok);
	b->t.state = state;
	b->original_mode = b->mode;
	b->mode = MODE_TEXT;
}

static void
start_template(struct builder *b, struct token *tok)
{
	td_insert_element(b, tok);
	td_formatting_marker(b);
	b->frameset_ok = false;
	b->mode = b->template_modes[b->templates++] = MODE_IN_TEMPLATE;
}

void
td_end_template(struct builder *b)
{
	if (b->open_n[TAG_TEMPLATE] == 0)
		return;
	td_imply_end_tags_thoroughly(b);
	td_pop_to(b, TAG_TEMPLATE);
	td_formatting_clear(b);
	if (b->templates > 0)
		b->templates--;
	td_reset_mode(b);
}

/* A start tag that belongs into the head; false: it does not. */
static bool
head_start_tag(struct builder *b, struct token *tok)
{
	switch (tok->tag) {
	case TAG_BASE: case TAG_BASEFONT: case TAG_BGSOUND: case TAG_LINK: case TAG_META:
		td_insert_void(b, tok);
		return true;
	case TAG_TITLE:
		td_raw_text(b, tok, STATE_RCDATA);
		return true;
	case TAG_NOFRAMES: case TAG_STYLE:
		td_raw_text(b, tok, STATE_RAWTEXT);
		return true;
	case TAG_SCRIPT:
		td_raw_text(b, tok, STATE_SCRIPT);
		return true;
	case TAG_NOSCRIPT:
		td_insert_element(b, tok);
		b->mode = MODE_IN_HEAD_NOSCRIPT;
		return true;
	case TAG_TEMPLATE:
		start_template(b, tok);
		return true;
	case TAG_HEAD:
		return true;
	default:
		return false;
	}
}

/* 13.2.6.4.4 */
bool
td_mode_in_head(struct builder *b, struct token *tok)
{
	struct token space;
	bool         rest;

	switch (tok->kind) {
	case TOKEN_TEXT:
		rest = split_space(tok, &space);
		td_insert_text(b, &space);
		if (!rest)
			return true;
		break;
	case TOKEN_COMMENT:
		td_insert_comment(b, tok, NULL);
		return true;
	case TOKEN_DOCTYPE:
		return true;
	case TOKEN_START:
		if (tok->tag == TAG_HTML)
			return td_mode_in_body(b, tok);
		if (head_start_tag(b, tok))
			return true;
		break;
	case TOKEN_END:
		if (tok->tag == TAG_TEMPLATE)
			td_end_template(b);
		if (tok->tag == TAG_HEAD) {
			td_pop(b);
			b->mode = MODE_AFTER_HEAD;
		}
		if (is_other_end(tok) || tok->tag == TAG_HEAD)
			return true;
		break;
	case TOKEN_EOF:
		break;
	}
	td_pop(b);
	b->mode = MODE_AFTER_HEAD;
	return false;
}

/* 13.2.6.4.5 */
bool
td_mode_in_head_noscript(struct builder *b, struct token *tok)
{
	struct token space;
	bool         rest;

	if (tok->kind == TOKEN_DOCTYPE || (tok->kind == TOKEN_END && tok->tag != TAG_NOSCRIPT && tok->tag != TAG_BR) ||
	    is_start(tok, TAG_HEAD) || is_start(tok, TAG_NOSCRIPT))
		return true;
	if (tok->kind == TOKEN_COMMENT)
		return td_mode_in_head(b, tok);
	if (tok->kind == TOKEN_TEXT) {
		rest = split_space(tok, &space);
		td_insert_text(b, &space);
		if (!rest)
			return true;
	}
	if (tok->kind == TOKEN_START) {
		switch (tok->tag) {
		case TAG_HTML:
			return td_mode_in_body(b, tok);
		case TAG_BASEFONT: case TAG_BGSOUND: case TAG_LINK: case TAG_META: case TAG_NOFRAMES: case TAG_STYLE:
			return td_mode_in_head(b, tok);
		default:
			break;
		}
	}
	td_pop(b);
	b->mode = MODE_IN_HEAD;
	return is_end(tok, TAG_NOSCRIPT);
}

/* Head matter after the head: it goes there all the same. */
static bool
late_head(struct builder *b, struct token *tok)
{
	size_t at;

	td_push(b, b->head);
	td_mode_in_head(b, tok);
	at = td_stack_find(b, b->head);
	if (at != STR_NONE)
		td_stack_remove(b, at);
	return true;
}

/* 13.2.6.4.6 */
bool
td_mode_after_head(struct builder *b, struct token *tok)
{
	struct token space;
	bool         rest;

	if (tok->kind == TOKEN_TEXT) {
		rest = split_space(tok, &space);
		td_insert_text(b, &space);
		if (!rest)
			return true;
	}
	if (tok->kind == TOKEN_COMMENT) {
		td_insert_comment(b, tok, NULL);
		return true;
	}
	if (tok->kind == TOKEN_DOCTYPE || is_start(tok, TAG_HEAD))
		return true;
	if (is_start(tok, TAG_HTML))
		return td_mode_in_body(b, tok);
	if (is_start(tok, TAG_FRAMESET)) {
		td_insert_element(b, tok);
		b->mode = MODE_IN_FRAMESET;
		return true;
	}
	if (tok->kind == TOKEN_START && (td_tag_is[tok->tag] & EL_HEAD) && b->head != NULL)
		return late_head(b, tok);
	if (is_end(tok, TAG_TEMPLATE))
		return td_mode_in_head(b, tok);
	if (tok->kind == TOKEN_END && tok->tag != TAG_BODY && tok->tag != TAG_HTML && tok->tag != TAG_BR)
		return true;
	b->mode = MODE_IN_BODY;
	if (is_start(tok, TAG_BODY)) {
		b->body.node = td_insert_element(b, tok);
		b->frameset_ok = false;
		return true;
	}
	b->body.node = td_insert_tag(b, TAG_BODY);
	return false;
}

/* 13.2.6.4.8 */
bool
td_mode_text(struct builder *b, struct token *tok)
{
	if (tok->kind == TOKEN_TEXT) {
		td_insert_text(b, tok);
		return true;
	}
	td_pop(b);
	b->mode = b->original_mode;
	return tok->kind == TOKEN_END;
}
