/* Which element holds the story: where the page's own prose is densest, furniture aside. */
#include "article/main_private.h"

#include "article/claims.h"

#define SHARE_TO_DESCEND 0.75F   /* a child with this much of the prose is the better root */
#define SHARE_WIDE       0.90F
#define SHARE_NARROW     0.50F
#define SHARE_TO_FORGIVE 0.35F   /* soft furniture that holds this much of the page's prose is none */
#define SHARE_TO_KEEP    0.50F   /* the same, of hard furniture and of what is hidden */
#define SHARE_TO_KEEP_APART 0.80F /* of hard furniture that does not hold the headline */
#define SHARE_OF_STORY   0.15F   /* the headline's surroundings that hold this much are the story's */
#define SHARE_TOO_LITTLE 0.10F   /* a page that keeps no more than this of its prose was judged too hard */

/* Is it furniture in this place?  Everything up to `forgiven` is not. */
static bool
stands_aside(const struct page *p, const struct element *e, enum furniture forgiven)
{
	float share = e->all / (p->prose + 1);
	bool  is_elsewhere = p->headline != NULL || (p->claims & CLAIM_ARTICLE) != 0;

	if (e->grade <= forgiven)
		return false;
	if (e->grade == FURNITURE_SOFT)
		return !e->holds_head && share < SHARE_TO_FORGIVE;
	/* A long cookie notice or many comments: the story has its headline somewhere else. */
	return share <= (e->grade == FURNITURE_HARD && is_elsewhere && !e->holds_head ? SHARE_TO_KEEP_APART : SHARE_TO_KEEP);
}

/* What is left of the page's prose when furniture is taken away. */
static float
take_furniture_away(struct page *p, enum furniture forgiven)
{
	for (size_t i = 1; i < p->n; i++) {
		struct element *e = &p->elements[i];

		e->is_furniture = stands_aside(p, e, forgiven);
		e->in_furniture = e->is_furniture || p->elements[e->parent].in_furniture;
	}
	for (size_t i = 0; i < p->n; i++)
		p->elements[i].prose = p->elements[i].own;
	for (size_t i = p->n; i-- > 1;)
		if (!p->elements[i].in_furniture)
			p->elements[p->elements[i].parent].prose += p->elements[i].prose;
	return p->elements[0].prose;
}

/* The smallest surroundings of the headline that hold a story; else the body. */
static size_t
around_headline(struct page *p)
{
	for (size_t i = p->n; i-- > 1;)
		if (p->elements[i].node == p->headline && !p->elements[i].in_furniture) {
			p->head = i;
			while (i > 0 && p->elements[i].prose <= SHARE_OF_STORY * p->elements[0].prose)
				i = p->elements[i].parent;
			return i;
		}
	return 0;
}

/* Down from there, as long as one child holds most of the prose. */
static size_t
descend(const struct page *p, size_t root, float share)
{
	for (size_t i = root + 1; i < p->n; i++) {
		const struct element *e = &p->elements[i];

		if (e->parent == root && !e->in_furniture && e->is_block && e->node->tag != TAG_P &&
		    e->prose >= share * p->elements[root].prose && e->prose > 0)
			root = i;
	}
	return root;
}

void
td_main_find_root(struct page *p)
{
	for (enum furniture f = FURNITURE_NO; f < FURNITURE_HIDDEN; f++)
		if (take_furniture_away(p, f) >= SHARE_TOO_LITTLE * p->prose)
			break;
	p->narrow = around_headline(p);
	p->wide = descend(p, p->narrow, SHARE_WIDE);
	p->root = descend(p, p->wide, SHARE_TO_DESCEND);
	p->narrow = descend(p, p->root, SHARE_NARROW);
}
