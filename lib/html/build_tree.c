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
	struct html_node *n = arena_new(b->arena, struct html_node);

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

/* A place in the tree: the last child of parent, or before a child of it. */
struct place {
	struct html_node *parent, *before;
};

/* Where foster parenting puts things (13.2.6.1, step 2). */
static struct place
foster_place(const struct builder *b)
{
	size_t i = b->open;

	while (i-- > 0 && !is_html(b->stack[i], TAG_TABLE) && !is_html(b->stack[i], TAG_TEMPLATE))
		continue;
	if (i == (size_t)-1)
		return (struct place){ b->stack[0], NULL };
	if (b->stack[i]->tag == TAG_TEMPLATE)
		return (struct place){ b->stack[i]->content, NULL };
	if (b->stack[i]->parent != NULL)
		return (struct place){ b->stack[i]->parent, b->stack[i] };
	return (struct place){ b->stack[i > 0 ? i - 1 : 0], NULL };
}

/* The appropriate place for inserting a node (13.2.6.1). */
static struct place
place(const struct builder *b, struct html_node *target)
{
	struct place at = { target, NULL };

	if (b->fostering && fosters(target))
		at = foster_place(b);
	if (at.parent->content != NULL)
		at.parent = at.parent->content;
	return at;
}

static void
put(struct place at, struct html_node *n)
{
	if (at.before != NULL)
		insert_before(at.before, n);
	else
		td_tree_append(at.parent, n);
}

void
td_insert_at(struct builder *b, struct html_node *target, struct html_node *n)
{
	if (n->parent != NULL)
		td_tree_remove(n);
	put(place(b, target), n);
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
extend(struct builder *b, struct html_node *t, const struct token *tok)
{
	struct str *have = &t->text;
	size_t      n = have->n + tok->text.n;
	char       *room;

	if (t->room_b == 0 && !tok->fleeting && have->p + have->n == tok->text.p) {
		have->n = n;
		return;
	}
	if (t->room_b < n) {
		size_t cap = n < 32 ? 64 : 2 * n;

		room = arena_take(b->arena, cap);
		if (have->n > 0)
			memcpy(room, have->p, have->n);
		have->p = room;
		t->room_b = cap;
	} else {
		/* room_b > 0: the bytes are ours, taken above. */
		memcpy(&room, &have->p, sizeof(room));
	}
	memcpy(room + have->n, tok->text.p, tok->text.n);
	have->n = n;
}

/* Insert a character (13.2.6.1). */
void
td_insert_text(struct builder *b, const struct token *tok)
{
	struct html_node *near, *n;
	struct place      at;

	if (tok->text.n == 0)
		return;
	at = place(b, current(b));
	if (at.parent->kind == HTML_DOCUMENT && at.parent->parent == NULL)
		return;
	near = at.before != NULL ? at.before->prev : at.parent->last;
	if (near != NULL && near->kind == HTML_TEXT) {
		extend(b, near, tok);
		return;
	}
	n = td_build_node(b, HTML_TEXT, tok->at);
	if (tok->fleeting)
		extend(b, n, tok);
	else
		n->text = tok->text;
	put(at, n);
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
