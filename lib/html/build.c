#include "html/build_private.h"

static bool (*const modes[MODE__COUNT])(struct builder *, struct token *) = {
	[MODE_INITIAL] = td_mode_initial, [MODE_BEFORE_HTML] = td_mode_before_html,
	[MODE_BEFORE_HEAD] = td_mode_before_head, [MODE_IN_HEAD] = td_mode_in_head,
	[MODE_IN_HEAD_NOSCRIPT] = td_mode_in_head_noscript, [MODE_AFTER_HEAD] = td_mode_after_head,
	[MODE_IN_BODY] = td_mode_in_body, [MODE_TEXT] = td_mode_text, [MODE_IN_TABLE] = td_mode_in_table,
	[MODE_IN_TABLE_TEXT] = td_mode_in_table_text, [MODE_IN_CAPTION] = td_mode_in_caption,
	[MODE_IN_COLUMN_GROUP] = td_mode_in_column_group, [MODE_IN_TABLE_BODY] = td_mode_in_table_body,
	[MODE_IN_ROW] = td_mode_in_row, [MODE_IN_CELL] = td_mode_in_cell, [MODE_IN_TEMPLATE] = td_mode_in_template,
	[MODE_AFTER_BODY] = td_mode_after_body, [MODE_IN_FRAMESET] = td_mode_in_frameset,
	[MODE_AFTER_FRAMESET] = td_mode_after_frameset, [MODE_AFTER_AFTER_BODY] = td_mode_after_after_body,
	[MODE_AFTER_AFTER_FRAMESET] = td_mode_after_after_frameset,
};

/*
 * Too deep: the current node is closed, so that what comes is its sibling.  What
 * closing it means to the formatting elements, the templates and the mode is
 * done as its own end tag would.
 */
static void
make_room(struct builder *b)
{
	const struct html_node *n = current(b);
	size_t                  entry = element_is(n) & EL_FORMATTING ? td_formatting_find(b, n) : STR_NONE;

	if (is_html(n, TAG_TEMPLATE)) {
		td_end_template(b);
		return;
	}
	td_pop(b);
	if (entry != STR_NONE)
		td_formatting_remove(b, entry);
	if (n->ns != NS_HTML)
		return;
	switch (n->tag) {
	case TAG_APPLET: case TAG_MARQUEE: case TAG_OBJECT:
		td_formatting_clear(b);
		break;
	case TAG_CAPTION: case TAG_TD: case TAG_TH:
		td_formatting_clear(b);
		td_reset_mode(b);
		break;
	case TAG_TABLE: case TAG_TBODY: case TAG_THEAD: case TAG_TFOOT: case TAG_TR: case TAG_COLGROUP: case TAG_FRAMESET:
		td_reset_mode(b);
		break;
	default:
		break;
	}
}

static void
check_depth(struct builder *b, const struct token *tok)
{
	if (tok->kind != TOKEN_START || b->mode == MODE_TEXT || b->mode == MODE_IN_TABLE_TEXT)
		return;
	while (b->open > 2 && b->depths[b->open - 1] + (size_t)DEPTH_SPARE > b->depth_max)
		make_room(b);
}

bool
td_process_html(struct builder *b, struct token *tok)
{
	return modes[b->mode](b, tok);
}

/* The tree construction dispatcher (13.2.6). */
static void
construct(struct builder *b, struct token *tok)
{
	if (b->skip_newline) {
		b->skip_newline = false;
		if (tok->kind == TOKEN_TEXT && tok->text.p[0] == '\n')
			tok->text = str_sub(tok->text, 1, tok->text.n);
		if (tok->kind == TOKEN_TEXT && tok->text.n == 0)
			return;
	}
	if (b->open > 0)
		check_depth(b, tok);
	while (!(is_in_foreign(b) && td_is_foreign_token(b, tok) ? td_foreign(b, tok) : td_process_html(b, tok)))
		continue;
}

static void
init(struct builder *b, struct arena *a, struct str text, const struct html_options *o)
{
	size_t depth = o != NULL && o->depth_max > 0 ? o->depth_max : LIMIT_DEPTH_N;

	*b = (struct builder){ .arena = a, .mode = MODE_INITIAL, .frameset_ok = true };
	b->nodes_max = o != NULL && o->nodes_max > 0 ? o->nodes_max : LIMIT_NODES_N;
	b->used_max = a->used + LIMIT_TREE_B + text.n;
	b->depth_max = depth < 4 * DEPTH_SPARE ? 4 * DEPTH_SPARE : depth > 8192 ? 8192 : depth;
	b->stack = arena_array(a, b->depth_max + DEPTH_SPARE, struct html_node *);
	b->depths = arena_array(a, b->depth_max + DEPTH_SPARE, uint16_t);
	b->template_modes = arena_array(a, b->depth_max + DEPTH_SPARE, enum mode);
	td_token_init(&b->t, a, text);
	b->tree.document = td_build_node(b, HTML_DOCUMENT, 0);
}

static void
finish(struct builder *b, struct html_tree *ret)
{
	struct more_attrs *more[] = { &b->html, &b->body };

	for (size_t i = 0; i < 2; i++)
		if (more[i]->cap > 0)
			more[i]->node->attrs_n = (uint16_t)td_attrs_unique(b->arena, more[i]->node->attrs, more[i]->node->attrs_n);
	if (b->has_selectedcontent)
		td_fill_selectedcontent(b);
	b->tree.cut |= b->t.attrs_dropped;
	*ret = b->tree;
}

static void
run(struct builder *b)
{
	struct token tok = { 0 };

	do {
		b->t.cdata_allowed = is_in_foreign(b);
		td_token_next(&b->t, &tok);
		if (is_full(b) && tok.kind != TOKEN_EOF) {
			b->tree.cut = true;
			tok.kind = TOKEN_EOF;
		}
		construct(b, &tok);
	} while (tok.kind != TOKEN_EOF);
}

void
td_html_parse(struct arena *a, struct str text, const struct html_options *options, struct html_tree *ret)
{
	struct builder b;

	init(&b, a, text, options);
	run(&b);
	finish(&b, ret);
}

static enum token_state
state_in(const struct html_node *context)
{
	if (context->ns != NS_HTML)
		return STATE_DATA;
	switch (context->tag) {
	case TAG_TITLE:
	case TAG_TEXTAREA:  return STATE_RCDATA;
	case TAG_STYLE:
	case TAG_XMP:
	case TAG_IFRAME:
	case TAG_NOEMBED:
	case TAG_NOFRAMES:  return STATE_RAWTEXT;
	case TAG_SCRIPT:    return STATE_SCRIPT;
	case TAG_PLAINTEXT: return STATE_PLAINTEXT;
	default:            return STATE_DATA;
	}
}

/* Section 13.4. */
void
td_html_parse_fragment(struct arena *a, struct str text, enum html_ns ns, struct str name,
	const struct html_options *options, struct html_tree *ret)
{
	struct builder    b;
	struct html_node  context = { .kind = HTML_ELEMENT, .ns = ns, .name = name };
	struct token      html = NO_ATTRS(TAG_HTML);
	struct html_node *root;

	context.tag = ns == NS_HTML ? td_tag_find(name) : TAG_OTHER;
	init(&b, a, text, options);
	b.context = &context;
	b.t.state = state_in(&context);
	root = td_build_element(&b, &html, NS_HTML);
	td_tree_append(b.tree.document, root);
	td_push(&b, root);
	if (is_html(&context, TAG_TEMPLATE))
		b.template_modes[b.templates++] = MODE_IN_TEMPLATE;
	td_reset_mode(&b);
	if (is_html(&context, TAG_FORM))
		b.form = &context;
	run(&b);
	td_tree_remove(root);
	td_tree_move_children(root, b.tree.document);
	b.tree.nodes--;
	finish(&b, ret);
}
