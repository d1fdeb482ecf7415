#include "html/build_private.h"

/* The list of active formatting elements, section 13.2.4.3. */

void
td_formatting_remove(struct builder *b, size_t i)
{
	b->formatting_n--;
	memmove(b->formatting + i, b->formatting + i + 1, (b->formatting_n - i) * sizeof(*b->formatting));
}

size_t
td_formatting_find(const struct builder *b, const struct html_node *n)
{
	for (size_t i = b->formatting_n; i-- > 0;)
		if (b->formatting[i].node == n)
			return i;
	return STR_NONE;
}

static uint64_t
sum_of(struct str s, uint64_t h)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return h * UINT64_C(0x9e3779b97f4a7c15) + s.n;
}

/*
 * Attributes compare in any order, so their sums are added up.  Whoever makes
 * two sums meet on purpose has one of his own bold marks forgotten.
 */
static uint64_t
attrs_sum(struct formatting *f)
{
	uint64_t sum = 1;

	for (size_t i = 0; f->sum == 0 && i < f->node->attrs_n; i++)
		sum += sum_of(f->node->attrs[i].value, sum_of(f->node->attrs[i].name, UINT64_C(0xcbf29ce484222325)));
	if (f->sum == 0)
		f->sum = sum;
	return f->sum;
}

struct formatting
td_formatting_of(struct html_node *n)
{
	return (struct formatting){ .node = n, .kind = (uint32_t)n->tag << 16 | n->attrs_n };
}

/* How many after the last marker have the same tag and as many attributes. */
static size_t
same_kind(const struct builder *b, uint32_t kind)
{
	size_t same = 0;

	for (size_t i = b->formatting_n; i-- > 0 && b->formatting[i].node != NULL;)
		same += b->formatting[i].kind == kind;
	return same;
}

/* "The Noah's Ark clause": at most three of a kind after the last marker. */
static void
noahs_ark(struct builder *b, struct formatting *f)
{
	size_t same = 0, first = STR_NONE;

	if (same_kind(b, f->kind) < 3)
		return;
	for (size_t i = b->formatting_n; i-- > 0 && b->formatting[i].node != NULL;) {
		if (b->formatting[i].kind == f->kind && attrs_sum(&b->formatting[i]) == attrs_sum(f)) {
			same++;
			first = i;
		}
	}
	if (same >= 3)
		td_formatting_remove(b, first);
}

void
td_formatting_push(struct builder *b, struct html_node *n)
{
	struct formatting f = td_formatting_of(n);

	noahs_ark(b, &f);
	if (b->formatting_n == FORMATTING_N)
		td_formatting_remove(b, 0);
	b->formatting[b->formatting_n++] = f;
}

void
td_formatting_marker(struct builder *b)
{
	if (b->formatting_n == FORMATTING_N)
		td_formatting_remove(b, 0);
	b->formatting[b->formatting_n++] = (struct formatting){ .node = NULL };
}

/* Clear the list up to the last marker. */
void
td_formatting_clear(struct builder *b)
{
	while (b->formatting_n > 0 && b->formatting[--b->formatting_n].node != NULL)
		continue;
}

void
td_formatting_reconstruct(struct builder *b)
{
	size_t i = b->formatting_n;

	while (i > 0 && b->formatting[i - 1].node != NULL && !b->formatting[i - 1].node->is_open)
		i--;
	for (; i < b->formatting_n && b->depths[b->open - 1] + 2u < b->depth_max; i++) {
		struct html_node *n = td_build_clone(b, b->formatting[i].node);

		td_insert_at(b, current(b), n);
		td_push(b, n);
		b->formatting[i].node = n;
	}
}
