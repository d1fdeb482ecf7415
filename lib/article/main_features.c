/* What is known about a run before it is judged. */
#include "article/main_private.h"

#include "article/claims.h"
#include "base/limits.h"

/* Runs in elements of the same make, whose parents and their parents are: lines of cards, of posts, of tables. */
struct alike {
	uint32_t make, runs, letters, links, sentences;
};

enum { PROSE_LETTERS = 45, PARAGRAPH_LETTERS = 80, WEIGHED_LETTERS = 20, COMMA_LETTERS = 20, PROBES_MAX = 8, AREA_RUNS = 4,
	LEAD_LETTERS = 50, LEAD_SENTENCE_LETTERS = 21 };

struct context {
	struct page *page;
	size_t       bed_last;       /* its last run */
	size_t       last;           /* the root's last paragraph; runs_n: none */
	uint32_t     from_top, head_at;      /* letters */
	float        prose, before;  /* letters of paragraphs in the root; of those before this run */
	uint32_t    *only_links;     /* [i]: runs before i that are nothing but links */
	uint32_t    *headings;       /* [i]: headings before i */
	bool        *again;          /* [i]: a later run says the same */
	uint32_t    *first;          /* [i]: the first run that says the same */
	uint32_t    *said;           /* hash table of runs + 1; 0: free */
	struct alike *alike;         /* hash table; runs == 0: free */
	uint32_t    *group;          /* [i]: where in alike the run is counted */
	size_t       said_size;
	float        of_page[F_SITE_SOFT - F_PAGE_LETTERS];
};

/* ---- elements ---- */

/* Paragraphs, lists and tables of one story lie in one host, as flowers in a bed. */
static bool
is_part_of_bed(enum html_tag tag)
{
	switch (tag) {
	case TAG_LI: case TAG_UL: case TAG_OL: case TAG_DL: case TAG_DD: case TAG_DT: case TAG_TR: case TAG_TBODY: case TAG_TD: case TAG_TH:
	case TAG_TABLE: case TAG_BLOCKQUOTE: case TAG_FIGURE: case TAG_FIGCAPTION: case TAG_P: case TAG_PRE: case TAG_H1: case TAG_H2: case TAG_H3:
	case TAG_H4: case TAG_H5: case TAG_H6: case TAG_CAPTION: case TAG_HR: case TAG_HGROUP: case TAG_ADDRESS: case TAG_CENTER:
		return true;
	default:
		return false;
	}
}

static uint8_t
inside_of(enum html_tag tag)
{
	switch (tag) {
	case TAG_ARTICLE:
		return IN_ARTICLE;
	case TAG_MAIN:
		return IN_MAIN;
	case TAG_HEADER:
		return IN_HEADER;
	case TAG_FOOTER:
		return IN_FOOTER;
	case TAG_ASIDE:
		return IN_ASIDE;
	default:
		return 0;
	}
}

/* A card, a comment, a teaser: what may stand in a row of its like. */
static bool
is_card(const struct element *e)
{
	return e->is_block && e->node->tag != TAG_P && e->node->tag != TAG_LI && e->node->tag != TAG_TR && e->node->tag != TAG_TD;
}

static bool
same_make(const struct html_node *a, const struct html_node *b)
{
	return a->tag == b->tag && a->attrs_n == b->attrs_n && str_eq(td_html_attr(a, STR("class")), td_html_attr(b, STR("class")));
}

static void
count_twins(struct page *p)
{
	uint32_t *last = arena_array(p->arena, p->n, uint32_t);

	for (size_t i = 1; i < p->n; i++) {
		struct element *e = &p->elements[i];
		uint32_t        before = last[e->parent];

		e->twins = 1;
		if (!is_card(e))
			continue;
		if (before > 0 && same_make(p->elements[before].node, e->node))
			e->twins = p->elements[before].twins + 1;
		last[e->parent] = (uint32_t)i;
	}
	/* The last of a row knows how many there are, and tells the others. */
	memset(last, 0, p->n * sizeof(*last));
	for (size_t i = p->n; i-- > 1;) {
		struct element *e = &p->elements[i];
		uint32_t        after = last[e->parent];

		if (!is_card(e))
			continue;
		if (after > 0 && p->elements[after].twins > e->twins && same_make(p->elements[after].node, e->node))
			e->twins = p->elements[after].twins;
		last[e->parent] = (uint32_t)i;
	}
}

static void
inherit(struct page *p)
{
	p->elements[0].bed = 0;
	for (size_t i = 1; i < p->n; i++) {
		struct element       *e = &p->elements[i];
		const struct element *up = &p->elements[e->parent];
		bool                  is_panel;

		e->bed = 0;
		e->depth = up->depth + 1;
		e->inside |= up->inside | inside_of(e->node->tag);
		is_panel = e->grade == FURNITURE_HIDDEN && e->node->tag != TAG_NOSCRIPT && e->all > 0;
		e->is_hidden = up->is_hidden || (is_panel && e->is_furniture);
		e->aside = e->is_furniture && e->grade > up->aside && !is_panel ? e->grade : up->aside;
		e->named = e->grade > up->named ? e->grade : up->named;
		e->soft_n = up->soft_n + (e->grade == FURNITURE_SOFT && up->soft_n < UINT8_MAX);
		e->host = e->is_block && !is_part_of_bed(e->node->tag) ? (uint32_t)i : up->host;
		e->twin = i == p->root ? 0 : up->twin;
		if (i != p->root && is_card(e) && e->twins > (e->twin > 0 ? p->elements[e->twin].twins : 1))
			e->twin = (uint32_t)i;
	}
}

static void
make_beds(struct context *c)
{
	struct page *p = c->page;

	p->bed = p->elements[p->root].host;
	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run *r = &p->runs[i];
		struct element   *h = &p->elements[p->elements[r->element].host];

		if (r->letters - r->link_n >= WEIGHED_LETTERS)
			h->bed += (float)(r->letters - r->link_n + COMMA_LETTERS * r->commas);
	}
	for (size_t i = 0; i < p->n; i++)
		if (i >= p->root && i < p->elements[p->root].end && !p->elements[i].in_furniture && p->elements[i].bed > p->elements[p->bed].bed)
			p->bed = i;
	for (size_t i = 0; i < p->runs_n; i++)
		if (p->elements[p->runs[i].element].host == p->bed)
			c->bed_last = i;
}

/* ---- runs ---- */

static float
share(float part, float all)
{
	return all > 0 ? part / all : 0;
}

/* log2(1 + n) / 10, straight between powers of two, at most 1. */
static float
log_of(float n)
{
	float power = 1;
	int   k = 0;

	for (n += 1; k < 10 && 2 * power <= n; k++)
		power *= 2;
	return k < 10 ? ((float)k + (n / power - 1)) / 10 : 1;
}

bool
td_main_is_prose(const struct run *r)
{
	return r->letters >= PROSE_LETTERS && r->link_n * 3 < r->letters;
}

static bool
is_paragraph(const struct run *r)
{
	return r->letters >= PARAGRAPH_LETTERS && r->link_n * 3 < r->letters && r->stops + r->commas > 0;
}

static bool
is_within(const struct page *p, const struct run *r, size_t element)
{
	return r->element >= element && r->element < p->elements[element].end;
}

static bool
ends_with_colon(struct str s)
{
	return str_ends(s, STR(":")) || str_ends(s, STR("："));
}

static void
own_features(const struct page *p, const struct run *r, float *f)
{
	f[F_BIAS] = 1;
	f[F_LINKS] = share((float)r->link_n, (float)r->letters);
	f[F_ONLY_LINK] = r->link_n == r->letters;
	f[F_SENTENCE] = td_main_ends_sentence(td_main_run_text(p, r));
	f[F_STOPS] = (float)(r->stops + r->commas < 8 ? r->stops + r->commas : 8) / 8;
	f[F_DIGITS] = share((float)r->digits, (float)r->letters);
	f[F_HEADING] = r->kind == BLOCK_HEADING;
	f[F_ITEM] = r->kind == BLOCK_ITEM;
	f[F_CAPTION] = r->kind == BLOCK_CAPTION;
	f[F_QUOTE] = r->kind == BLOCK_QUOTE;
	f[F_PRE] = r->kind == BLOCK_PRE;
	f[F_LENGTH] = log_of((float)r->letters);
	f[F_COLON] = ends_with_colon(td_main_run_text(p, r));
	f[F_MONEY] = r->money > 0 && r->digits > 0;
	f[F_TIME] = p->elements[r->element].in_time;
	f[F_IN_P] = p->elements[p->elements[r->element].block].node->tag == TAG_P;
}

static void
place_features(const struct page *p, const struct run *r, float *f)
{
	const struct element *e = &p->elements[r->element];

	f[F_SOFT] = e->aside == FURNITURE_SOFT;
	f[F_HARD] = e->aside == FURNITURE_HARD;
	f[F_SOFT_N] = (float)(e->soft_n < 4 ? e->soft_n : 4) / 4;
	f[F_NAMED] = e->named > e->aside && !e->is_hidden;
	f[F_HIDDEN] = e->is_hidden;
	f[F_HEADER] = (e->inside & IN_HEADER) != 0;
	f[F_FOOTER] = (e->inside & IN_FOOTER) != 0;
	f[F_ASIDE] = (e->inside & IN_ASIDE) != 0;
	f[F_ARTICLE] = (e->inside & IN_ARTICLE) != 0;
	f[F_MAIN] = (e->inside & IN_MAIN) != 0;
	f[F_CONTENT] = (e->inside & IN_CONTENT) != 0;
	f[F_WIDE] = is_within(p, r, p->wide);
	f[F_ROOT] = is_within(p, r, p->root);
	f[F_NARROW] = is_within(p, r, p->narrow);
	f[F_AFTER_ROOT] = r->element >= p->elements[p->root].end;
	f[F_BEFORE_HEAD] = p->head > 0 && r->element < p->head;
	f[F_LEAD] = p->head > 0 && r->element >= p->elements[p->head].end && r->element < p->root && r->link_n * 3 < r->letters &&
	    (r->letters >= LEAD_LETTERS || (r->letters >= LEAD_SENTENCE_LETTERS && f[F_SENTENCE] > 0));
	f[F_IN_HEAD] = p->head > 0 && is_within(p, r, p->head);
	f[F_DEEPER] = ((float)p->elements[e->block].depth - (float)p->elements[p->root].depth) / 10;
}

static void
box_features(const struct context *c, size_t i, float *f)
{
	const struct page    *p = c->page;
	const struct element *e = &p->elements[p->runs[i].element];
	const struct element *host = &p->elements[e->host], *up = &p->elements[p->elements[host->parent].host];

	f[F_BED] = host->bed < p->elements[p->bed].bed ? share(host->bed, p->elements[p->bed].bed) : share(p->elements[p->bed].bed, host->bed);
	f[F_HOST_SHARE] = share(host->bed, p->prose);
	f[F_AFTER_BED] = i > c->bed_last;
	f[F_UP_SHARE] = share(up->all, p->prose);
	f[F_HOST_LINKS] = share((float)host->link_n, (float)host->text_n);
	f[F_UP_LINKS] = share((float)up->link_n, (float)up->text_n);
	f[F_CONTROLS] = share(host->controls, (float)(host->run_to - host->run_from + host->controls));
	f[F_UP_CONTROLS] = share(up->controls, (float)(up->run_to - up->run_from + up->controls));
	f[F_UP_MEAN] = log_of(share((float)up->text_n, (float)(up->run_to - up->run_from)));
	if (e->twin > 0) {
		const struct element *t = &p->elements[e->twin];

		if (f[F_AFTER_ROOT] > 0 && p->elements[t->parent].all > p->elements[p->root].all && c->headings[t->run_to] == c->headings[t->run_from])
			f[F_OUTWEIGHS] = p->chance[SHAPE_STORY];
		f[F_TWIN_LINKS] = share((float)t->link_n, (float)t->text_n);
		f[F_TWIN_ONLY] = share((float)(c->only_links[t->run_to] - c->only_links[t->run_from]), (float)(t->run_to - t->run_from));
	}
}

static float
said_in(const struct run *r)
{
	return log_of((float)(r->letters - r->link_n));
}

static void
row_features(const struct page *p, size_t i, float *f)
{
	static const float weight[AREA_RUNS] = { 0.2F, 0.14F, 0.1F, 0.06F };

	for (size_t d = 1; d <= AREA_RUNS; d++) {
		const struct run *before = i >= d ? &p->runs[i - d] : NULL, *after = i + d < p->runs_n ? &p->runs[i + d] : NULL;

		if (before != NULL)
			f[F_AREA] += weight[d - 1] * said_in(before) * (1 - share((float)before->link_n, (float)before->letters));
		if (after != NULL)
			f[F_AREA] += weight[d - 1] * said_in(after) * (1 - share((float)after->link_n, (float)after->letters));
	}
	f[F_PREV_TEXT] = i > 0 ? said_in(&p->runs[i - 1]) : 0;
	f[F_NEXT_TEXT] = i + 1 < p->runs_n ? said_in(&p->runs[i + 1]) : 0;
}

static uint64_t
hash_of(struct str s)
{
	uint64_t h = 14695981039346656037U;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211U;
	return h;
}

/* The first run that says this word for word.  What finds no place in few tries is taken for new. */
static uint32_t
first_said(struct context *c, size_t i)
{
	const struct page *p = c->page;
	struct str         text = td_main_run_text(p, &p->runs[i]);
	size_t             at = (size_t)(hash_of(text) >> 20) & (c->said_size - 1);

	for (int tries = 0; tries < PROBES_MAX; tries++, at = (at + 1) & (c->said_size - 1)) {
		if (c->said[at] == 0) {
			c->said[at] = (uint32_t)i + 1;
			return (uint32_t)i;
		}
		if (str_eq(td_main_run_text(p, &p->runs[c->said[at] - 1]), text))
			return c->said[at] - 1;
	}
	return (uint32_t)i;
}

static void
count_said(struct context *c)
{
	for (size_t i = 0; i < c->page->runs_n; i++) {
		c->first[i] = first_said(c, i);
		if (c->first[i] < i)
			c->again[c->first[i]] = true;
	}
}

static uint32_t
make_of(const struct page *p, const struct run *r)
{
	const struct element *e = &p->elements[r->element], *up = &p->elements[e->parent];

	return (e->make * 31 + up->make) * 31 + p->elements[up->parent].make + 1;
}

static void
count_alike(struct context *c)
{
	const struct page *p = c->page;

	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run *r = &p->runs[i];
		uint32_t          make = make_of(p, r);
		size_t            at = (make * 2654435761U >> 7) & (c->said_size - 1);

		for (int tries = 1; tries < PROBES_MAX && c->alike[at].runs > 0 && c->alike[at].make != make; tries++)
			at = (at + 1) & (c->said_size - 1);
		c->group[i] = (uint32_t)at;
		c->alike[at].make = make;
		c->alike[at].runs++;
		c->alike[at].letters += r->letters;
		c->alike[at].links += r->link_n;
		c->alike[at].sentences += td_main_ends_sentence(td_main_run_text(p, r));
	}
}

static void
alike_features(const struct context *c, size_t i, float *f)
{
	const struct alike *a = &c->alike[c->group[i]];

	f[F_ALIKE] = log_of((float)(a->runs - 1));
	f[F_ALIKE_MEAN] = log_of(share((float)a->letters, (float)a->runs));
	f[F_ALIKE_LINKS] = share((float)a->links, (float)a->letters);
	f[F_ALIKE_SENTENCES] = share((float)a->sentences, (float)a->runs);
}

/* ---- the page ---- */

static void
page_features(struct context *c)
{
	const struct page    *p = c->page;
	const struct element *body = &p->elements[0], *root = &p->elements[p->root];
	size_t                paragraphs = 0;
	float                 f[F__COUNT] = { 0 };

	for (size_t i = 0; i < p->runs_n; i++) {
		c->only_links[i + 1] = c->only_links[i] + (p->runs[i].link_n == p->runs[i].letters);
		c->headings[i + 1] = c->headings[i] + (p->runs[i].kind == BLOCK_HEADING);
		if (!is_paragraph(&p->runs[i]))
			continue;
		paragraphs++;
		if (is_within(p, &p->runs[i], p->root)) {
			c->prose += (float)p->runs[i].letters;
			c->last = i;
		}
	}
	f[F_PAGE_LETTERS] = log_of((float)body->text_n / 30);
	f[F_PAGE_LETTERS] = f[F_PAGE_LETTERS] < 0.6F ? 0 : f[F_PAGE_LETTERS] - 0.6F;
	f[F_PAGE_RUNS] = log_of(share((float)root->text_n, (float)(root->run_to - root->run_from)));
	f[F_PAGE_PROSE] = log_of((float)paragraphs * 10);
	f[F_PAGE_BED] = share(p->elements[p->bed].bed, body->prose);
	f[F_SAYS_ARTICLE] = (p->claims & CLAIM_ARTICLE) != 0;
	f[F_SAYS_SITE] = (p->claims & CLAIM_SITE) != 0;
	memcpy(c->of_page, f + F_PAGE_LETTERS, sizeof(c->of_page));
}

static void
context_init(struct context *c, struct page *p)
{
	*c = (struct context){ .page = p, .said_size = 16, .last = p->runs_n };
	while (c->said_size < 2 * p->runs_n)
		c->said_size *= 2;
	c->said = arena_array(p->arena, c->said_size, uint32_t);
	c->alike = arena_array(p->arena, c->said_size, struct alike);
	c->first = arena_array(p->arena, p->runs_n + 1, uint32_t);
	c->group = arena_array(p->arena, p->runs_n + 1, uint32_t);
	c->again = arena_array(p->arena, p->runs_n + 1, bool);
	c->only_links = arena_array(p->arena, p->runs_n + 1, uint32_t);
	c->headings = arena_array(p->arena, p->runs_n + 1, uint32_t);
	count_twins(p);
	inherit(p);
	make_beds(c);
	page_features(c);
	count_said(c);
	count_alike(c);
	td_main_kind(p);
}

void
td_main_features(struct page *p, void (*each)(void *, size_t run, const float *f), void *arg)
{
	struct context c;
	bool           no_article = (p->claims & CLAIM_ARTICLE) == 0 && p->claims != 0;

	context_init(&c, p);
	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run *r = &p->runs[i];
		float             f[F__COUNT] = { 0 };

		own_features(p, r, f);
		place_features(p, r, f);
		box_features(&c, i, f);
		row_features(p, i, f);
		f[F_DUPLICATE] = c.first[i] < i;
		f[F_SAID_AGAIN] = c.again[i];
		alike_features(&c, i, f);
		f[F_FROM_TOP] = share((float)c.from_top, (float)p->elements[0].text_n);
		f[F_FROM_HEAD] = p->head > 0 && r->element >= p->elements[p->head].end ? log_of((float)(c.from_top - c.head_at) / 8) : 0;
		f[F_TAIL] = i > c.last;
		f[F_POSITION] = share(c.before, c.prose);
		memcpy(f + F_PAGE_LETTERS, c.of_page, sizeof(c.of_page));
		f[F_SITE_SOFT] = no_article ? f[F_SOFT] : 0;
		f[F_SITE_LINK] = no_article ? f[F_ONLY_LINK] : 0;
		each(arg, i, f);
		c.from_top += r->letters;
		if (r->element <= p->head)
			c.head_at = c.from_top;
		c.before += is_paragraph(r) && is_within(p, r, p->root) ? (float)r->letters : 0;
	}
}
