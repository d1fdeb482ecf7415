#include "html/build_private.h"

#define SCOPE_ALL (EL_SCOPE | EL_LIST_SCOPE | EL_BUTTON_SCOPE)
#define BLOCK     (EL_SPECIAL | EL_CLOSES_P)

const uint16_t td_tag_is[TAG__COUNT] = {
	[TAG_A] = EL_FORMATTING, [TAG_B] = EL_FORMATTING, [TAG_BIG] = EL_FORMATTING, [TAG_CODE] = EL_FORMATTING,
	[TAG_EM] = EL_FORMATTING, [TAG_FONT] = EL_FORMATTING, [TAG_I] = EL_FORMATTING, [TAG_NOBR] = EL_FORMATTING,
	[TAG_S] = EL_FORMATTING, [TAG_SMALL] = EL_FORMATTING, [TAG_STRIKE] = EL_FORMATTING,
	[TAG_STRONG] = EL_FORMATTING, [TAG_TT] = EL_FORMATTING, [TAG_U] = EL_FORMATTING,
	[TAG_ADDRESS] = BLOCK, [TAG_ARTICLE] = BLOCK, [TAG_ASIDE] = BLOCK, [TAG_BLOCKQUOTE] = BLOCK,
	[TAG_CENTER] = BLOCK, [TAG_DETAILS] = BLOCK, [TAG_DIALOG] = EL_CLOSES_P, [TAG_DIR] = BLOCK, [TAG_DIV] = BLOCK,
	[TAG_DL] = BLOCK, [TAG_FIELDSET] = BLOCK, [TAG_FIGCAPTION] = BLOCK, [TAG_FIGURE] = BLOCK, [TAG_FOOTER] = BLOCK,
	[TAG_HEADER] = BLOCK, [TAG_HGROUP] = BLOCK, [TAG_MAIN] = BLOCK, [TAG_MENU] = BLOCK, [TAG_NAV] = BLOCK,
	[TAG_OL] = BLOCK | EL_LIST_SCOPE, [TAG_SEARCH] = BLOCK, [TAG_SECTION] = BLOCK, [TAG_SUMMARY] = BLOCK,
	[TAG_UL] = BLOCK | EL_LIST_SCOPE, [TAG_P] = BLOCK | EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_H1] = EL_SPECIAL | EL_HEADING, [TAG_H2] = EL_SPECIAL | EL_HEADING, [TAG_H3] = EL_SPECIAL | EL_HEADING,
	[TAG_H4] = EL_SPECIAL | EL_HEADING, [TAG_H5] = EL_SPECIAL | EL_HEADING, [TAG_H6] = EL_SPECIAL | EL_HEADING,
	[TAG_APPLET] = EL_SPECIAL | SCOPE_ALL, [TAG_MARQUEE] = EL_SPECIAL | SCOPE_ALL,
	[TAG_OBJECT] = EL_SPECIAL | SCOPE_ALL, [TAG_CAPTION] = EL_SPECIAL | SCOPE_ALL | EL_IMPLIED_THOROUGH,
	[TAG_TABLE] = EL_SPECIAL | SCOPE_ALL | EL_TABLE_SCOPE, [TAG_HTML] = EL_SPECIAL | SCOPE_ALL | EL_TABLE_SCOPE,
	[TAG_TEMPLATE] = EL_SPECIAL | SCOPE_ALL | EL_TABLE_SCOPE | EL_HEAD,
	[TAG_TD] = EL_SPECIAL | SCOPE_ALL | EL_IMPLIED_THOROUGH, [TAG_TH] = EL_SPECIAL | SCOPE_ALL | EL_IMPLIED_THOROUGH,
	[TAG_TR] = EL_SPECIAL | EL_IMPLIED_THOROUGH, [TAG_TBODY] = EL_SPECIAL | EL_IMPLIED_THOROUGH,
	[TAG_THEAD] = EL_SPECIAL | EL_IMPLIED_THOROUGH, [TAG_TFOOT] = EL_SPECIAL | EL_IMPLIED_THOROUGH,
	[TAG_COLGROUP] = EL_SPECIAL | EL_IMPLIED_THOROUGH, [TAG_SELECT] = EL_SPECIAL | SCOPE_ALL,
	[TAG_BUTTON] = EL_SPECIAL | EL_BUTTON_SCOPE, [TAG_BODY] = EL_SPECIAL, [TAG_HEAD] = EL_SPECIAL,
	[TAG_FORM] = EL_SPECIAL, [TAG_IFRAME] = EL_SPECIAL, [TAG_LISTING] = EL_SPECIAL, [TAG_NOEMBED] = EL_SPECIAL,
	[TAG_NOSCRIPT] = EL_SPECIAL, [TAG_PLAINTEXT] = EL_SPECIAL, [TAG_PRE] = EL_SPECIAL, [TAG_TEXTAREA] = EL_SPECIAL,
	[TAG_XMP] = EL_SPECIAL, [TAG_FRAMESET] = EL_SPECIAL, [TAG_NOFRAMES] = EL_SPECIAL | EL_HEAD,
	[TAG_SCRIPT] = EL_SPECIAL | EL_HEAD, [TAG_STYLE] = EL_SPECIAL | EL_HEAD, [TAG_TITLE] = EL_SPECIAL | EL_HEAD,
	[TAG_AREA] = EL_SPECIAL | EL_VOID, [TAG_BASE] = EL_SPECIAL | EL_HEAD | EL_VOID,
	[TAG_BASEFONT] = EL_SPECIAL | EL_HEAD | EL_VOID, [TAG_BGSOUND] = EL_SPECIAL | EL_HEAD | EL_VOID,
	[TAG_BR] = EL_SPECIAL | EL_VOID, [TAG_COL] = EL_SPECIAL | EL_VOID, [TAG_EMBED] = EL_SPECIAL | EL_VOID,
	[TAG_FRAME] = EL_SPECIAL | EL_VOID, [TAG_HR] = EL_SPECIAL | EL_VOID, [TAG_IMG] = EL_SPECIAL | EL_VOID,
	[TAG_INPUT] = EL_SPECIAL | EL_VOID, [TAG_KEYGEN] = EL_SPECIAL | EL_VOID,
	[TAG_LINK] = EL_SPECIAL | EL_HEAD | EL_VOID, [TAG_META] = EL_SPECIAL | EL_HEAD | EL_VOID,
	[TAG_PARAM] = EL_SPECIAL | EL_VOID, [TAG_SOURCE] = EL_SPECIAL | EL_VOID, [TAG_TRACK] = EL_SPECIAL | EL_VOID,
	[TAG_WBR] = EL_SPECIAL | EL_VOID,
	[TAG_DD] = EL_SPECIAL | EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_DT] = EL_SPECIAL | EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_LI] = EL_SPECIAL | EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_OPTGROUP] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH, [TAG_OPTION] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_RB] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH, [TAG_RP] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
	[TAG_RT] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH, [TAG_RTC] = EL_IMPLIED_END | EL_IMPLIED_THOROUGH,
};

unsigned
td_foreign_is(const struct html_node *n)
{
	static const struct str math[] = { { "mi", 2 }, { "mo", 2 }, { "mn", 2 }, { "ms", 2 }, { "mtext", 5 },
		{ "annotation-xml", 14 } };
	static const struct str svg[] = { { "foreignObject", 13 }, { "desc", 4 }, { "title", 5 } };
	const struct str       *names = n->ns == NS_SVG ? svg : math;
	size_t                  names_n = n->ns == NS_SVG ? 3 : 6;

	for (size_t i = 0; i < names_n; i++)
		if (str_eq(n->name, names[i]))
			return EL_SPECIAL | SCOPE_ALL;
	return 0;
}

void
td_push(struct builder *b, struct html_node *n)
{
	size_t i = b->open++;

	b->stack[i] = n;
	b->depths[i] = (uint16_t)(i > 0 ? b->depths[i - 1] + 1 : 1);
	n->is_open = true;
	if (n->ns == NS_HTML)
		b->open_n[n->tag]++;
}

void
td_stack_put(struct builder *b, size_t i, struct html_node *n)
{
	memmove(b->stack + i + 1, b->stack + i, (b->open - i) * sizeof(*b->stack));
	memmove(b->depths + i + 1, b->depths + i, (b->open - i) * sizeof(*b->depths));
	b->stack[i] = n;
	b->depths[i] = (uint16_t)(i > 0 ? b->depths[i - 1] + 1 : 1);
	b->open++;
	n->is_open = true;
	if (n->ns == NS_HTML)
		b->open_n[n->tag]++;
}

/* What is known of an open element beside the stack. */
static void
forget_open(struct builder *b, struct html_node *n)
{
	n->is_open = false;
	if (n->ns == NS_HTML)
		b->open_n[n->tag]--;
}

void
td_stack_remove(struct builder *b, size_t i)
{
	forget_open(b, b->stack[i]);
	b->open--;
	memmove(b->stack + i, b->stack + i + 1, (b->open - i) * sizeof(*b->stack));
	memmove(b->depths + i, b->depths + i + 1, (b->open - i) * sizeof(*b->depths));
}

/* The html element stays: what comes after it still needs a place. */
void
td_pop(struct builder *b)
{
	if (b->open > 1)
		forget_open(b, b->stack[--b->open]);
}

void
td_pop_to(struct builder *b, enum html_tag tag)
{
	while (b->open > 1) {
		bool found = is_html(current(b), tag);

		td_pop(b);
		if (found)
			return;
	}
}

size_t
td_stack_find(const struct builder *b, const struct html_node *n)
{
	for (size_t i = b->open; n->is_open && i-- > 0;)
		if (b->stack[i] == n)
			return i;
	return STR_NONE;
}

/* Has an element in a specific scope (13.2.4.2).  scope: the bit of the elements that end the search. */
bool
td_in_scope(const struct builder *b, enum html_tag tag, unsigned scope)
{
	if (b->open_n[tag] == 0)
		return false;
	for (size_t i = b->open; i-- > 0;) {
		if (is_html(b->stack[i], tag))
			return true;
		if (element_is(b->stack[i]) & scope)
			return false;
	}
	return false;
}

bool
td_node_in_scope(const struct builder *b, const struct html_node *n)
{
	if (!n->is_open)
		return false;
	for (size_t i = b->open; i-- > 0;) {
		if (b->stack[i] == n)
			return true;
		if (element_is(b->stack[i]) & EL_SCOPE)
			return false;
	}
	return false;
}

/* Generate implied end tags (13.2.6.3); TAG_OTHER: no exception. */
void
td_imply_end_tags(struct builder *b, enum html_tag but)
{
	while ((element_is(current(b)) & EL_IMPLIED_END) && current(b)->tag != but)
		td_pop(b);
}

void
td_imply_end_tags_thoroughly(struct builder *b)
{
	while (element_is(current(b)) & EL_IMPLIED_THOROUGH)
		td_pop(b);
}

/* Clear the stack back to a table, table body or table row context (13.2.6.4.9, 13, 14). */
void
td_clear_stack_to(struct builder *b, enum html_tag x, enum html_tag y, enum html_tag z)
{
	while (b->open > 1 && !is_html(current(b), x) && !is_html(current(b), y) && !is_html(current(b), z) &&
	    !is_html(current(b), TAG_TEMPLATE))
		td_pop(b);
}

/* Close a p element (13.2.6.4.7), if there is one in button scope. */
void
td_close_p(struct builder *b)
{
	if (td_in_scope(b, TAG_P, EL_BUTTON_SCOPE))
		td_pop_to(b, TAG_P);
}

static enum mode
mode_for(const struct builder *b, const struct html_node *n, bool last)
{
	if (n->ns != NS_HTML)
		return last ? MODE_IN_BODY : MODE__COUNT;
	switch (n->tag) {
	case TAG_TD:
	case TAG_TH:       return last ? MODE_IN_BODY : MODE_IN_CELL;
	case TAG_TR:       return MODE_IN_ROW;
	case TAG_TBODY:
	case TAG_THEAD:
	case TAG_TFOOT:    return MODE_IN_TABLE_BODY;
	case TAG_CAPTION:  return MODE_IN_CAPTION;
	case TAG_COLGROUP: return MODE_IN_COLUMN_GROUP;
	case TAG_TABLE:    return MODE_IN_TABLE;
	case TAG_TEMPLATE: return b->templates > 0 ? b->template_modes[b->templates - 1] : MODE_IN_BODY;
	case TAG_HEAD:     return last ? MODE_IN_BODY : MODE_IN_HEAD;
	case TAG_BODY:     return MODE_IN_BODY;
	case TAG_FRAMESET: return MODE_IN_FRAMESET;
	case TAG_HTML:     return b->head == NULL ? MODE_BEFORE_HEAD : MODE_AFTER_HEAD;
	default:           return last ? MODE_IN_BODY : MODE__COUNT;
	}
}

/* Reset the insertion mode appropriately (13.2.4.1). */
void
td_reset_mode(struct builder *b)
{
	for (size_t i = b->open; i-- > 0;) {
		bool                    last = i == 0;
		const struct html_node *n = last && b->context != NULL ? b->context : b->stack[i];
		enum mode               m = mode_for(b, n, last);

		if (m != MODE__COUNT) {
			b->mode = m;
			return;
		}
	}
}
