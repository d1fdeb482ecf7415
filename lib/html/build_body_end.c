#include "html/build_private.h"

/* "Any other end tag" (13.2.6.4.7). */
bool
td_body_any_end_tag(struct builder *b, const struct token *tok)
{
	for (size_t i = b->open; i-- > 1;) {
		const struct html_node *n = b->stack[i];

		if (n->ns == NS_HTML && n->tag == tok->tag && (tok->tag != TAG_OTHER || str_eq(n->name, tok->name))) {
			td_imply_end_tags(b, tok->tag == TAG_OTHER ? TAG__COUNT : tok->tag);
			while (b->open > i)
				td_pop(b);
			return true;
		}
		if (element_is(n) & EL_SPECIAL)
			return true;
	}
	return true;
}

static void
end_block(struct builder *b, enum html_tag tag)
{
	if (!td_in_scope(b, tag, EL_SCOPE))
		return;
	td_imply_end_tags(b, TAG_OTHER);
	td_pop_to(b, tag);
}

static void
end_form(struct builder *b)
{
	struct html_node *form = b->form;
	size_t            at;

	if (b->open_n[TAG_TEMPLATE] > 0) {
		end_block(b, TAG_FORM);
		return;
	}
	b->form = NULL;
	if (form == NULL || !td_node_in_scope(b, form))
		return;
	td_imply_end_tags(b, TAG_OTHER);
	if ((at = td_stack_find(b, form)) != STR_NONE)
		td_stack_remove(b, at);
}

static void
end_item(struct builder *b, enum html_tag tag)
{
	if (!td_in_scope(b, tag, tag == TAG_LI ? EL_LIST_SCOPE : EL_SCOPE))
		return;
	td_imply_end_tags(b, tag);
	td_pop_to(b, tag);
}

/* Any heading's end tag closes any heading. */
static void
end_heading(struct builder *b)
{
	size_t i = b->open;

	while (i-- > 0 && !(element_is(b->stack[i]) & EL_HEADING))
		if (element_is(b->stack[i]) & EL_SCOPE)
			return;
	if (i == STR_NONE)
		return;
	td_imply_end_tags(b, TAG_OTHER);
	while (b->open > i)
		td_pop(b);
}

static void
end_marked(struct builder *b, enum html_tag tag)
{
	if (!td_in_scope(b, tag, EL_SCOPE))
		return;
	end_block(b, tag);
	td_formatting_clear(b);
}

bool
td_body_end_tag(struct builder *b, struct token *tok)
{
	struct token br = NO_ATTRS(TAG_BR);
	unsigned     is = td_tag_is[tok->tag];

	if (tok->tag == TAG_P) {
		if (!td_in_scope(b, TAG_P, EL_BUTTON_SCOPE))
			td_insert_tag(b, TAG_P);
		td_close_p(b);
		return true;
	}
	if (is & EL_FORMATTING) {
		td_adoption_agency(b, tok);
		return true;
	}
	if (is & EL_CLOSES_P) {
		end_block(b, tok->tag);
		return true;
	}
	switch (tok->tag) {
	case TAG_TEMPLATE:
		return td_mode_in_head(b, tok);
	case TAG_BODY: case TAG_HTML:
		if (!td_in_scope(b, TAG_BODY, EL_SCOPE))
			return true;
		b->mode = MODE_AFTER_BODY;
		return tok->tag == TAG_BODY;
	case TAG_BUTTON: case TAG_LISTING: case TAG_PRE: case TAG_SELECT:
		end_block(b, tok->tag);
		return true;
	case TAG_FORM:
		end_form(b);
		return true;
	case TAG_LI: case TAG_DD: case TAG_DT:
		end_item(b, tok->tag);
		return true;
	case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6:
		end_heading(b);
		return true;
	case TAG_APPLET: case TAG_MARQUEE: case TAG_OBJECT:
		end_marked(b, tok->tag);
		return true;
	case TAG_BR:
		br.at = tok->at;
		return td_mode_in_body(b, &br);
	default:
		return td_body_any_end_tag(b, tok);
	}
}
