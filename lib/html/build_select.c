#include "html/build_private.h"

/*
 * selectedcontent shows a copy of the option that is selected.  The standard
 * copies each time an option is closed (section 4.10.10); the tree after the
 * last token is the same when it is done once, at the end.
 */

static struct html_node *
next_of(struct html_node *n, const struct html_node *root, enum html_tag tag)
{
	do
		n = td_html_next(n, root);
	while (n != NULL && !is_html(n, tag));
	return n;
}

static bool
has(const struct html_node *n, struct str name)
{
	for (size_t i = 0; i < n->attrs_n; i++)
		if (str_eq(n->attrs[i].name, name))
			return true;
	return false;
}

/* The last that says so; else the first that may be chosen. */
static struct html_node *
selected_option(struct html_node *select)
{
	struct html_node *best = NULL, *first = NULL;

	for (struct html_node *n = next_of(select, select, TAG_OPTION); n != NULL; n = next_of(n, select, TAG_OPTION)) {
		if (has(n, STR("selected")))
			best = n;
		if (first == NULL && !has(n, STR("disabled")))
			first = n;
	}
	return best != NULL ? best : first;
}

static struct html_node *
copy_of(struct builder *b, const struct html_node *n)
{
	struct html_node *copy = td_build_node(b, n->kind, n->at);

	copy->ns = n->ns;
	copy->tag = n->tag;
	copy->name = n->name;
	copy->text = n->text;
	if (n->attrs_n > 0)
		copy->attrs = n->attrs;     /* a text's room stays with its first owner */
	copy->attrs_n = n->attrs_n;
	return copy;
}

static size_t
depth_of(const struct html_node *n)
{
	size_t depth = 0;

	for (; n->parent != NULL; n = n->parent)
		depth++;
	return depth;
}

/* Copies what is under `from` to under `to`, as far as the limits of nodes and depth let it. */
static void
copy_children(struct builder *b, const struct html_node *from, struct html_node *to)
{
	const struct html_node *n = from;
	size_t                  depth = depth_of(to);

	while (!is_full(b)) {
		if (n->first != NULL && depth < b->depth_max) {
			n = n->first;
			depth++;
		} else {
			b->tree.cut |= n->first != NULL;
			while (n != from && n->next == NULL) {
				n = n->parent;
				to = to->parent;
				depth--;
			}
			if (n == from)
				return;
			n = n->next;
			to = to->parent;
		}
		td_tree_append(to, copy_of(b, n));
		to = to->last;
	}
	b->tree.cut = true;
}

static bool
is_inside(const struct html_node *n, const struct html_node *of)
{
	while (n != NULL && n != of)
		n = n->parent;
	return n != NULL;
}

/* A select that stands inside a copied option is left alone, so no copy is copied again. */
void
td_fill_selectedcontent(struct builder *b)
{
	struct html_node *root = b->tree.document, *select = next_of(root, root, TAG_SELECT);

	while (select != NULL) {
		struct html_node *shown = next_of(select, select, TAG_SELECTEDCONTENT);
		struct html_node *option = shown != NULL ? selected_option(select) : NULL;

		if (option != NULL && !is_inside(shown, option) && shown->first == NULL)
			copy_children(b, option, shown);
		select = td_html_after(select, root);
		if (select != NULL && !is_html(select, TAG_SELECT))
			select = next_of(select, root, TAG_SELECT);
	}
}
