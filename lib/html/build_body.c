#include "html/build_private.h"

/* Attributes that <html> and <body> bring again; finish() keeps the first of each name. */
void
td_merge_attrs(struct builder *b, struct more_attrs *more, const struct token *tok)
{
	struct html_node *n = more->node;
	size_t            need;

	if (n == NULL || tok->attrs_n == 0)
		return;
	need = n->attrs_n + tok->attrs_n;
	if (need > LIMIT_ATTRS_N) {
		b->t.attrs_dropped = true;
		return;
	}
	if (more->cap < need) {
		struct html_attr *old = n->attrs;

		more->cap = 2 * need;
		n->attrs = arena_array(b->arena, more->cap, struct html_attr);
		if (n->attrs_n > 0)
			memcpy(n->attrs, old, n->attrs_n * sizeof(*old));
	}
	memcpy(n->attrs + n->attrs_n, tok->attrs, tok->attrs_n * sizeof(*tok->attrs));
	n->attrs_n = need;
}

static bool
body_is_second(const struct builder *b)
{
	return b->open > 1 && is_html(b->stack[1], TAG_BODY);
}

static void
start_frameset(struct builder *b, const struct token *tok)
{
	if (!body_is_second(b) || !b->frameset_ok)
		return;
	td_tree_remove(b->stack[1]);
	while (b->open > 1)
		td_pop(b);
	td_insert_element(b, tok);
	b->mode = MODE_IN_FRAMESET;
}

/* li, dd and dt close their like, unless something special stands between. */
static void
start_item(struct builder *b, const struct token *tok)
{
	b->frameset_ok = false;
	for (size_t i = b->open; i-- > 0;) {
		const struct html_node *n = b->stack[i];
		bool                    like = tok->tag == TAG_LI ? is_html(n, TAG_LI) : is_html(n, TAG_DD) || is_html(n, TAG_DT);

		if (like) {
			enum html_tag tag = n->tag;

			td_imply_end_tags(b, tag);
			td_pop_to(b, tag);
			break;
		}
		if ((element_is(n) & EL_SPECIAL) && !is_html(n, TAG_ADDRESS) && !is_html(n, TAG_DIV) && !is_html(n, TAG_P))
			break;
	}
	td_close_p(b);
	td_insert_element(b, tok);
}

static void
insert_formatting(struct builder *b, const struct token *tok)
{
	td_formatting_reconstruct(b);
	td_formatting_push(b, td_insert_element(b, tok));
}

static void
start_a(struct builder *b, const struct token *tok)
{
	for (size_t i = b->formatting_n; i-- > 0 && b->formatting[i].node != NULL;) {
		const struct html_node *old = b->formatting[i].node;

		if (old->tag != TAG_A)
			continue;
		td_adoption_agency(b, tok);
		if ((i = td_formatting_find(b, old)) != STR_NONE)
			td_formatting_remove(b, i);
		if ((i = td_stack_find(b, old)) != STR_NONE)
			td_stack_remove(b, i);
		break;
	}
	insert_formatting(b, tok);
}

static void
start_nobr(struct builder *b, const struct token *tok)
{
	td_formatting_reconstruct(b);
	if (td_in_scope(b, TAG_NOBR, EL_SCOPE))
		td_adoption_agency(b, tok);
	insert_formatting(b, tok);
}

static bool
close_select(struct builder *b)
{
	if (!td_in_scope(b, TAG_SELECT, EL_SCOPE))
		return false;
	td_pop_to(b, TAG_SELECT);
	return true;
}

static void
start_input(struct builder *b, const struct token *tok)
{
	if (b->context != NULL && is_html(b->context, TAG_SELECT))
		return;
	close_select(b);
	td_formatting_reconstruct(b);
	td_insert_void(b, tok);
	if (!str_eq_nocase(td_token_attr(tok, STR("type")), STR("hidden")))
		b->frameset_ok = false;
}

static void
start_select(struct builder *b, const struct token *tok)
{
	if ((b->context != NULL && is_html(b->context, TAG_SELECT)) || close_select(b))
		return;
	td_formatting_reconstruct(b);
	td_insert_element(b, tok);
	b->frameset_ok = false;
}

static void
start_option(struct builder *b, const struct token *tok)
{
	if (td_in_scope(b, TAG_SELECT, EL_SCOPE))
		td_imply_end_tags(b, tok->tag == TAG_OPTION ? TAG_OPTGROUP : TAG_OTHER);
	else if (is_html(current(b), TAG_OPTION))
		td_pop(b);
	td_formatting_reconstruct(b);
	td_insert_element(b, tok);
}

static void
start_hr(struct builder *b, const struct token *tok)
{
	td_close_p(b);
	if (td_in_scope(b, TAG_SELECT, EL_SCOPE))
		td_imply_end_tags(b, TAG_OTHER);
	td_insert_void(b, tok);
	b->frameset_ok = false;
}

static void
start_form(struct builder *b, const struct token *tok)
{
	bool              in_template = b->open_n[TAG_TEMPLATE] > 0;
	struct html_node *form;

	if (b->form != NULL && !in_template)
		return;
	td_close_p(b);
	form = td_insert_element(b, tok);
	if (!in_template)
		b->form = form;
}

static void
start_button(struct builder *b, const struct token *tok)
{
	if (td_in_scope(b, TAG_BUTTON, EL_SCOPE)) {
		td_imply_end_tags(b, TAG_OTHER);
		td_pop_to(b, TAG_BUTTON);
	}
	td_formatting_reconstruct(b);
	td_insert_element(b, tok);
	b->frameset_ok = false;
}

static void
start_ruby_part(struct builder *b, const struct token *tok)
{
	if (td_in_scope(b, TAG_RUBY, EL_SCOPE))
		td_imply_end_tags(b, tok->tag == TAG_RP || tok->tag == TAG_RT ? TAG_RTC : TAG_OTHER);
	td_insert_element(b, tok);
}

static void
start_foreign(struct builder *b, struct token *tok, enum html_ns ns)
{
	td_formatting_reconstruct(b);
	td_foreign_adjust(b, tok, ns);
	td_insert_foreign(b, tok, ns);
	if (tok->self_closing)
		td_pop(b);
}

/* Elements whose text knows no markup. */
static void
start_raw(struct builder *b, struct token *tok)
{
	if (tok->tag == TAG_XMP) {
		td_close_p(b);
		td_formatting_reconstruct(b);
	}
	if (tok->tag != TAG_NOEMBED)
		b->frameset_ok = false;
	td_raw_text(b, tok, tok->tag == TAG_TEXTAREA ? STATE_RCDATA : STATE_RAWTEXT);
	b->skip_newline = tok->tag == TAG_TEXTAREA;
}

/* The blocks that are more than blocks. */
static void
start_block(struct builder *b, const struct token *tok)
{
	if (tok->tag != TAG_TABLE || b->tree.quirks != QUIRKS_YES)
		td_close_p(b);
	if ((td_tag_is[tok->tag] & EL_HEADING) && (element_is(current(b)) & EL_HEADING))
		td_pop(b);
	td_insert_element(b, tok);
	if (tok->tag == TAG_PRE || tok->tag == TAG_LISTING) {
		b->skip_newline = true;
		b->frameset_ok = false;
	} else if (tok->tag == TAG_TABLE) {
		b->frameset_ok = false;
		b->mode = MODE_IN_TABLE;
	} else if (tok->tag == TAG_PLAINTEXT) {
		b->t.state = STATE_PLAINTEXT;
	}
}

/* html, body and frameset inside a body. */
static void
start_again(struct builder *b, const struct token *tok)
{
	if (tok->tag == TAG_FRAMESET) {
		start_frameset(b, tok);
	} else if (b->open_n[TAG_TEMPLATE] > 0) {
		return;
	} else if (tok->tag == TAG_HTML) {
		td_merge_attrs(b, &b->html, tok);
	} else if (body_is_second(b)) {
		b->frameset_ok = false;
		td_merge_attrs(b, &b->body, tok);
	}
}

/* A start tag, "in body" (13.2.6.4.7). */
static bool
start_tag(struct builder *b, struct token *tok)
{
	unsigned is = td_tag_is[tok->tag];

	/* style: long table */
	if (is & EL_HEAD)
		return td_mode_in_head(b, tok);
	if (is & EL_CLOSES_P) {
		start_block(b, tok);
		return true;
	}
	switch (tok->tag) {
	case TAG_HTML: case TAG_BODY: case TAG_FRAMESET:
		start_again(b, tok);
		return true;
	case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: case TAG_PRE: case TAG_LISTING:
	case TAG_PLAINTEXT: case TAG_TABLE:
		start_block(b, tok);
		return true;
	case TAG_FORM:
		start_form(b, tok);
		return true;
	case TAG_LI: case TAG_DD: case TAG_DT:
		start_item(b, tok);
		return true;
	case TAG_BUTTON:
		start_button(b, tok);
		return true;
	case TAG_A:
		start_a(b, tok);
		return true;
	case TAG_NOBR:
		start_nobr(b, tok);
		return true;
	case TAG_B: case TAG_BIG: case TAG_CODE: case TAG_EM: case TAG_FONT: case TAG_I: case TAG_S: case TAG_SMALL:
	case TAG_STRIKE: case TAG_STRONG: case TAG_TT: case TAG_U:
		insert_formatting(b, tok);
		return true;
	case TAG_APPLET: case TAG_MARQUEE: case TAG_OBJECT:
		td_formatting_reconstruct(b);
		td_insert_element(b, tok);
		td_formatting_marker(b);
		b->frameset_ok = false;
		return true;
	case TAG_IMAGE:
		tok->tag = TAG_IMG;
		tok->name = td_tag_names[TAG_IMG];
		return false;
	case TAG_AREA: case TAG_BR: case TAG_EMBED: case TAG_IMG: case TAG_KEYGEN: case TAG_WBR:
		td_formatting_reconstruct(b);
		td_insert_void(b, tok);
		b->frameset_ok = false;
		return true;
	case TAG_INPUT:
		start_input(b, tok);
		return true;
	case TAG_PARAM: case TAG_SOURCE: case TAG_TRACK:
		td_insert_void(b, tok);
		return true;
	case TAG_HR:
		start_hr(b, tok);
		return true;
	case TAG_TEXTAREA: case TAG_XMP: case TAG_IFRAME: case TAG_NOEMBED:
		start_raw(b, tok);
		return true;
	case TAG_SELECT:
		start_select(b, tok);
		return true;
	case TAG_OPTGROUP: case TAG_OPTION:
		start_option(b, tok);
		return true;
	case TAG_RB: case TAG_RTC: case TAG_RP: case TAG_RT:
		start_ruby_part(b, tok);
		return true;
	case TAG_MATH:
		start_foreign(b, tok, NS_MATHML);
		return true;
	case TAG_SVG:
		start_foreign(b, tok, NS_SVG);
		return true;
	case TAG_CAPTION: case TAG_COL: case TAG_COLGROUP: case TAG_FRAME: case TAG_HEAD: case TAG_TBODY: case TAG_TD:
	case TAG_TFOOT: case TAG_TH: case TAG_THEAD: case TAG_TR:
		return true;
	default:
		td_formatting_reconstruct(b);
		td_insert_element(b, tok);
		return true;
	}
}

static void
text(struct builder *b, const struct token *tok)
{
	if (tok->nul)
		return;
	td_formatting_reconstruct(b);
	td_insert_text(b, tok);
	if (b->frameset_ok && !is_space_text(tok->text))
		b->frameset_ok = false;
}

bool
td_mode_in_body(struct builder *b, struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_TEXT:
		text(b, tok);
		return true;
	case TOKEN_COMMENT:
		td_insert_comment(b, tok, NULL);
		return true;
	case TOKEN_START:
		return start_tag(b, tok);
	case TOKEN_END:
		return td_body_end_tag(b, tok);
	case TOKEN_EOF:
		return b->templates > 0 ? td_mode_in_template(b, tok) : true;
	case TOKEN_DOCTYPE:
		break;
	}
	return true;
}
