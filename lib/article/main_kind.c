/*
 * What kind of page this is: a story, a list, a discussion, goods for sale.
 *
 * By what the page says of itself, by the largest row of blocks alike on it (cards, posts, rows of goods) and by what stands in
 * that row.  The weights are those of main_kind_table.c, chosen by tools/tune-kind.py.
 */
#include "article/main_private.h"

#include <math.h>

#include "article/claims.h"

enum { ROW_CARDS_MIN = 3, PARAGRAPH_LETTERS = 80, CARD_PROSE_LETTERS = 60, TEASER_LETTERS = 24 };

/* The blocks alike that say most. */
struct row {
	uint32_t parent, cards;
	uint32_t letters, link_n;
	uint32_t with_time, with_money, with_prose, with_heading;
};

static float
share(float part, float all)
{
	return all > 0 ? part / all : 0;
}

/* log2(1 + n) / 10, at most 1. */
static float
log_of(float n)
{
	return fminf(log2f(1 + n) / 10, 1);
}

/* Is it one of a row of blocks alike that may be cards or posts? */
static bool
is_in_row(const struct element *e)
{
	return e->twins >= ROW_CARDS_MIN && !e->in_furniture && e->run_to > e->run_from;
}

static size_t
largest_row(const struct page *p)
{
	uint32_t *letters = arena_array(p->arena, p->n, uint32_t);      /* [parent] */
	size_t    best = 0;

	for (size_t i = 1; i < p->n; i++)
		if (is_in_row(&p->elements[i])) {
			uint32_t parent = p->elements[i].parent;

			letters[parent] += p->elements[i].text_n;
			best = letters[parent] > letters[best] ? parent : best;
		}
	return best;
}

static void
add_card(const struct page *p, const struct element *e, struct row *row)
{
	bool has_time = false, has_money = false, has_prose = false, has_heading = false;

	for (size_t i = e->run_from; i < e->run_to; i++) {
		const struct run *r = &p->runs[i];

		has_time |= p->elements[r->element].in_time;
		has_money |= r->money > 0 && r->digits > 0;
		has_prose |= r->letters >= CARD_PROSE_LETTERS && r->link_n * 3 < r->letters;
		has_heading |= r->kind == BLOCK_HEADING;
	}
	row->cards++;
	row->letters += e->text_n;
	row->link_n += e->link_n;
	row->with_time += has_time;
	row->with_money += has_money;
	row->with_prose += has_prose;
	row->with_heading += has_heading;
}

static void
measure_row(const struct page *p, struct row *row)
{
	*row = (struct row){ .parent = (uint32_t)largest_row(p) };
	for (size_t i = row->parent + 1; i < p->elements[row->parent].end; i = p->elements[i].end)
		if (is_in_row(&p->elements[i]))
			add_card(p, &p->elements[i], row);
}

static void
row_features(const struct page *p, float *k)
{
	struct row row;
	float      cards;

	measure_row(p, &row);
	cards = (float)row.cards;
	k[K_CARDS] = log_of(cards);
	k[K_CARD_SHARE] = share((float)row.letters, (float)p->elements[0].text_n);
	k[K_CARD_LETTERS] = log_of(share((float)row.letters, cards));
	k[K_CARD_LINKS] = share((float)row.link_n, (float)row.letters);
	k[K_CARD_TIMES] = share((float)row.with_time, cards);
	k[K_CARD_MONEY] = share((float)row.with_money, cards);
	k[K_CARD_PROSE] = share((float)row.with_prose, cards);
	k[K_CARD_HEADINGS] = share((float)row.with_heading, cards);
}

static void
run_features(const struct page *p, float *k)
{
	size_t n = 0, money = 0, times = 0, paragraphs = 0, headings = 0, sentences = 0, in_root = 0, letters = 0, link_n = 0, teasers = 0, bed = 0, in_bed = 0;

	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run     *r = &p->runs[i];
		const struct element *e = &p->elements[r->element];

		if (e->in_furniture)
			continue;
		n++;
		letters += r->letters;
		link_n += r->link_n;
		money += r->money > 0 && r->digits > 0;
		times += e->in_time;
		teasers += r->link_n == r->letters && r->letters >= TEASER_LETTERS ? r->letters : 0;
		headings += r->kind == BLOCK_HEADING;
		if (r->letters < PARAGRAPH_LETTERS || r->link_n * 3 >= r->letters || r->stops + r->commas == 0)
			continue;
		paragraphs++;
		bed += e->host == p->bed;
		in_bed += e->host == p->bed ? r->letters : 0;
		sentences += r->letters;
		in_root += r->element >= p->root && r->element < p->elements[p->root].end ? r->letters : 0;
	}
	k[K_RUNS] = log_of((float)n);
	k[K_LETTERS] = log_of((float)letters / 30);
	k[K_LINKS] = share((float)link_n, (float)letters);
	k[K_MONEY] = log_of((float)money * 10);
	k[K_MONEY_SHARE] = share((float)money, (float)n);
	k[K_TIMES] = log_of((float)times * 10);
	k[K_PARAGRAPHS] = log_of((float)paragraphs * 10);
	k[K_PROSE_SHARE] = share((float)sentences, (float)letters);
	k[K_HEADINGS] = share((float)headings, (float)n);
	k[K_ROOT_SHARE] = share((float)in_root, (float)sentences);
	k[K_TEASERS] = share((float)teasers, (float)letters);
	k[K_BED] = log_of((float)bed * 10);
	k[K_BED_SHARE] = share((float)in_bed, (float)sentences);
	k[K_CONTROLS] = share(p->elements[0].controls, (float)(n + p->elements[0].controls));
}

void
td_main_kind_features(const struct page *p, float k[K__COUNT])
{
	memset(k, 0, K__COUNT * sizeof(*k));
	k[K_BIAS] = 1;
	k[K_SAYS_ARTICLE] = (p->claims & CLAIM_ARTICLE) != 0;
	k[K_SAYS_PRODUCT] = (p->claims & CLAIM_PRODUCT) != 0;
	k[K_SAYS_LIST] = (p->claims & CLAIM_LIST) != 0;
	k[K_SAYS_FORUM] = (p->claims & CLAIM_FORUM) != 0;
	k[K_SAYS_SITE] = (p->claims & CLAIM_SITE) != 0;
	k[K_SAYS_NOTHING] = p->claims == 0;
	k[K_HEADLINE] = p->head > 0;
	k[K_POSTS] = log_of((float)p->posts_n);
	k[K_GOODS] = log_of((float)p->goods_n);
	run_features(p, k);
	row_features(p, k);
}

void
td_main_kind(struct page *p)
{
	float k[K__COUNT], score[SHAPE__COUNT] = { 0 }, best, all = 0;

	td_main_kind_features(p, k);
	for (size_t i = 0; i < K__COUNT; i++)
		for (size_t s = 0; s < SHAPE__COUNT; s++)
			score[s] += k[i] * td_main_kind_weights[i][s];
	best = fmaxf(fmaxf(score[SHAPE_STORY], score[SHAPE_INDEX]), fmaxf(score[SHAPE_FORUM], score[SHAPE_PRODUCT]));
	for (size_t s = 0; s < SHAPE__COUNT; s++)
		all += p->chance[s] = expf(score[s] - best);
	for (size_t s = 0; s < SHAPE__COUNT; s++)
		p->chance[s] /= all;
}
