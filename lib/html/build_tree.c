#include "html/build_private.h"

void
td_tree_append(struct html_node *parent, struct html_node *n)
{
	n->parent = parent;
	n->prev = parent->last;
	n->next = NULL;
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
}

static void
insert_before(struct html_node *where, struct html_node *n)
{
	n->parent = where->parent;
	n->prev = where->prev;
	n->next = where;
	if (where->prev != NULL)
		where->prev->next = n;
	else
		where->parent->first = n;
	where->prev = n;
}

void
td_tree_remove(struct html_node *n)
{
	if (n->parent == NULL)
		return;
	if (n->prev != NULL)
		n->prev->next = n->next;
	else
		n->parent->first = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	else
		n->parent->last = n->prev;
	n->parent = n->prev = n->next = NULL;
}

void
td_tree_move_children(struct html_node *from, struct html_node *to)
{
	for (struct html_node *n = from->first; n != NULL; n = n->next)
		n->parent = to;
	if (from->first == NULL)
		return;
	from->first->prev = to->last;
	if (to->last != NULL)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	from->first = from->last = NULL;
}

struct html_node *
td_build_node(struct builder *b, enum html_kind kind, uint32_t at)
{
	struct html_node *n;

	if (kind == HTML_TEXT)
		n = &arena_new(b->arena, struct text_node)->node;
	else
		n = arena_new(b->arena, struct html_node);
	n->kind = kind;
	n->at = at;
	b->tree.nodes++;
	return n;
}

/* Create an element for a token (13.2.6.1). */
struct html_node *
td_build_element(struct builder *b, const struct token *tok, enum html_ns ns)
{
	struct html_node *n = td_build_node(b, HTML_ELEMENT, tok->at);

	n->ns = ns;
	n->tag = ns == NS_HTML ? tok->tag : TAG_OTHER;
	n->name = tok->name;
	if (tok->attrs_n > 0) {
		n->attrs = arena_array(b->arena, tok->attrs_n, struct html_attr);
		memcpy(n->attrs, tok->attrs, tok->attrs_n * sizeof(*tok->attrs));
		n->attrs_n = tok->attrs_n;
	}
	if (n->tag == TAG_TEMPLATE) {
		n->content = td_build_node(b, HTML_DOCUMENT, tok->at);
		n->content->parent = n;
	}
	b->has_selectedcontent |= n->tag == TAG_SELECTEDCONTENT;
	return n;
}

/* Attributes of formatting elements never change, so a clone shares them. */
struct html_node *
td_build_clone(struct builder *b, const struct html_node *of)
{
	struct html_node *n = td_build_node(b, HTML_ELEMENT, of->at);

	n->ns = of->ns;
	n->tag = of->tag;
	n->name = of->name;
	n->attrs = of->attrs;
	n->attrs_n = of->attrs_n;
	return n;
}

static bool
fosters(const struct html_node *n)
{
	return n->ns == NS_HTML && (n->tag == TAG_TABLE || n->tag == TAG_TBODY || n->tag == TAG_TFOOT ||
	    n->tag == TAG_THEAD || n->tag == TAG_TR);
}

/* Where foster parenting puts things: inside *ret_parent, before *ret_before if there is one (13.2.6.1, step 2). */
static void
foster_place(const struct builder *b, struct html_node **ret_parent, struct html_node **ret_before)
{
	size_t i = b->open;

	*ret_before = NULL;
	while (i-- > 0 && !is_html(b->stack[i], TAG_TABLE) && !is_html(b->stack[i], TAG_TEMPLATE))
		continue;
	if (i == (size_t)-1) {
		*ret_parent = b->stack[0];
	} else if (b->stack[i]->tag == TAG_TEMPLATE) {
		*ret_parent = b->stack[i]->content;
	} else if (b->stack[i]->parent != NULL) {
		*ret_parent = b->stack[i]->parent;
		*ret_before = b->stack[i];
	} else {
		*ret_parent = b->stack[i > 0 ? i - 1 : 0];
	}
}

/* The appropriate place for inserting a node (13.2.6.1). */
static void
place(const struct builder *b, struct html_node *target, struct html_node **ret_parent, struct html_node **ret_before)
{
	*ret_parent = target;
	*ret_before = NULL;
	if (b->fostering && fosters(target))
		foster_place(b, ret_parent, ret_before);
	if ((*ret_parent)->content != NULL)
		*ret_parent = (*ret_parent)->content;
}

void
td_insert_at(struct builder *b, struct html_node *target, struct html_node *n)
{
	struct html_node *parent, *before;

	td_tree_remove(n);
	place(b, target, &parent, &before);
	if (before != NULL)
		insert_before(before, n);
	else
		td_tree_append(parent, n);
}

struct html_node *
td_insert_foreign(struct builder *b, const struct token *tok, enum html_ns ns)
{
	struct html_node *n = td_build_element(b, tok, ns);

	td_insert_at(b, current(b), n);
	td_push(b, n);
	return n;
}

struct html_node *
td_insert_element(struct builder *b, const struct token *tok)
{
	return td_insert_foreign(b, tok, NS_HTML);
}

struct html_node *
td_insert_tag(struct builder *b, enum html_tag tag)
{
	struct token tok = NO_ATTRS(tag);

	return td_insert_element(b, &tok);
}

void
td_insert_void(struct builder *b, const struct token *tok)
{
	td_insert_at(b, current(b), td_build_element(b, tok, NS_HTML));
}

/* A text node grows by doubling a copy of its own, unless the next run simply follows in the input. */
static void
extend(struct builder *b, struct text_node *t, const struct token *tok)
{
	struct str *have = &t->node.text;
	size_t      n = have->n + tok->text.n;
	char       *room;

	if (t->cap == 0 && !tok->fleeting && have->p + have->n == tok->text.p) {
		have->n = n;
		return;
	}
	if (t->cap < n) {
		size_t cap = n < 32 ? 64 : 2 * n;

		room = arena_take(b->arena, cap);
		if (have->n > 0)
			memcpy(room, have->p, have->n);
		have->p = room;
		t->cap = cap;
	} else {
		/* cap > 0: the bytes are ours, taken above. */
		memcpy(&room, &have->p, sizeof(room));
	}
	memcpy(room + have->n, tok->text.p, tok->text.n);
	have->n = n;
}

/* Insert a character (13.2.6.1). */
void
td_insert_text(struct builder *b, const struct token *tok)
{
	struct html_node *parent, *before, *near, *n;

	if (tok->text.n == 0)
		return;
	place(b, current(b), &parent, &before);
	if (parent->kind == HTML_DOCUMENT && parent->parent == NULL)
		return;
	near = before != NULL ? before->prev : parent->last;
	if (near != NULL && near->kind == HTML_TEXT) {
		extend(b, (struct text_node *)near, tok);
		return;
	}
	n = td_build_node(b, HTML_TEXT, tok->at);
	if (tok->fleeting)
		extend(b, (struct text_node *)n, tok);
	else
		n->text = tok->text;
	if (before != NULL)
		insert_before(before, n);
	else
		td_tree_append(parent, n);
}

/* parent: NULL for the appropriate place. */
void
td_insert_comment(struct builder *b, const struct token *tok, struct html_node *parent)
{
	struct html_node *n = td_build_node(b, HTML_COMMENT, tok->at);

	n->text = tok->text;
	if (parent != NULL)
		td_tree_append(parent, n);
	else
		td_insert_at(b, current(b), n);
}
