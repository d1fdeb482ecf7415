#include "html/build_private.h"

#define OUTER_LOOPS 8
#define INNER_LOOPS 3

/* The last formatting element of this tag after the last marker; STR_NONE: none. */
static size_t
formatting_of_tag(const struct builder *b, enum html_tag tag)
{
	for (size_t i = b->formatting_n; i-- > 0 && b->formatting[i].node != NULL;)
		if (b->formatting[i].node->tag == tag)
			return i;
	return STR_NONE;
}

/* The topmost special element below place `from` in the stack; STR_NONE: none. */
static size_t
furthest_block(const struct builder *b, size_t from)
{
	for (size_t i = from + 1; i < b->open; i++)
		if (element_is(b->stack[i]) & EL_SPECIAL)
			return i;
	return STR_NONE;
}

/*
 * Step 14, the inner loop: the elements between the formatting element (at
 * stack place `top`) and the furthest block are cloned or dropped.  Returns
 * what is to be moved; *bookmark is a place in the formatting list, or left.
 */
static struct html_node *
inner_loop(struct builder *b, size_t top, size_t furthest, size_t *bookmark)
{
	struct html_node *block = b->stack[furthest], *last = block;

	for (size_t i = furthest, count = 1; --i > top; count++) {
		struct html_node *node = b->stack[i];
		size_t            entry = td_formatting_find(b, node);

		if (count > INNER_LOOPS && entry != STR_NONE) {
			td_formatting_remove(b, entry);
			*bookmark -= *bookmark != STR_NONE && entry < *bookmark;
			entry = STR_NONE;
		}
		if (entry == STR_NONE) {
			td_stack_remove(b, i);
			continue;
		}
		node->is_open = false;
		node = td_build_clone(b, node);
		node->is_open = true;
		b->formatting[entry].node = b->stack[i] = node;
		if (last == block)
			*bookmark = entry + 1;
		td_tree_remove(last);
		td_tree_append(node, last);
		last = node;
	}
	return last;
}

/* Steps 13 to 19, for the formatting element at list place `entry` and stack place `top`. */
static void
adopt(struct builder *b, size_t entry, size_t top, size_t furthest)
{
	struct html_node *formatting = b->formatting[entry].node, *block = b->stack[furthest];
	struct html_node *ancestor = b->stack[top - 1], *last, *clone;
	size_t            bookmark = entry, place = STR_NONE;

	last = inner_loop(b, top, furthest, &place);
	entry = td_formatting_find(b, formatting);
	bookmark = place != STR_NONE ? place : entry;
	td_insert_at(b, ancestor, last);
	clone = td_build_clone(b, formatting);
	td_tree_move_children(block, clone);
	td_tree_append(block, clone);
	/* The bookmark may stand behind the element that goes away. */
	td_formatting_remove(b, entry);
	bookmark -= entry < bookmark;
	memmove(b->formatting + bookmark + 1, b->formatting + bookmark,
	    (b->formatting_n - bookmark) * sizeof(*b->formatting));
	b->formatting[bookmark] = td_formatting_of(clone);
	b->formatting_n++;
	td_stack_remove(b, top);
	td_stack_put(b, td_stack_find(b, block) + 1, clone);
}

/* The adoption agency algorithm (13.2.6.4.7). */
void
td_adoption_agency(struct builder *b, const struct token *tok)
{
	if (is_html(current(b), tok->tag) && td_formatting_find(b, current(b)) == STR_NONE) {
		td_pop(b);
		return;
	}
	for (int i = 0; i < OUTER_LOOPS; i++) {
		size_t            entry = formatting_of_tag(b, tok->tag), top, furthest;
		struct html_node *formatting;

		if (entry == STR_NONE) {
			td_body_any_end_tag(b, tok);
			return;
		}
		formatting = b->formatting[entry].node;
		top = td_stack_find(b, formatting);
		if (top == STR_NONE) {
			td_formatting_remove(b, entry);
			return;
		}
		if (!td_node_in_scope(b, formatting))
			return;
		furthest = furthest_block(b, top);
		if (furthest == STR_NONE) {
			while (b->open > top)
				td_pop(b);
			td_formatting_remove(b, entry);
			return;
		}
		adopt(b, entry, top, furthest);
	}
}
