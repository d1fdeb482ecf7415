#include "article/main.h"

#include "article/furniture.h"
#include "base/limits.h"
#include "text/utf8.h"

#define SHARE_TO_DESCEND 0.75   /* a child with this much of the prose is the better root */
#define SHARE_TO_FORGIVE 0.35   /* soft furniture that holds this much of the page's prose is none */
#define SHARE_TO_KEEP    0.50   /* the same, of hard furniture and of what is hidden */
#define SHARE_OF_STORY   0.15   /* the headline's surroundings that hold this much are the story's */
#define LEAD_B           60     /* a lead is that long, or a shorter sentence */
#define LEAD_SENTENCE_B  25
#define TAIL_B           40     /* a last line shorter than this that is no sentence is furniture */
#define TAIL_OF_B        600    /* of stories at least that long */
#define SHARE_TOO_LITTLE 0.10   /* a page that keeps no more than this of its prose was judged too hard */

/* One element, in document order, so that a parent always stands before its children. */
struct part {
	const struct html_node *node;
	size_t                  parent;
	size_t                  end;         /* the first part past everything inside this one */
	double                  all;         /* weight of its paragraphs, children included */
	double                  own;         /* of the text directly in it */
	double                  prose;       /* the same without furniture */
	size_t                  text_n, link_n;
	enum furniture          grade;
	bool                    holds_head;  /* the headline, or what says it is the story */
	bool                    is_furniture, in_furniture;
};

struct page {
	struct arena           *arena;
	const struct html_node *headline;    /* NULL: none */
	struct part            *parts;
	size_t                  n;
	size_t                  bytes;       /* of text under them */
};

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_block(const struct html_node *n)
{
	switch (n->tag) {
	case TAG_ADDRESS: case TAG_ARTICLE: case TAG_ASIDE: case TAG_BLOCKQUOTE: case TAG_BODY: case TAG_CAPTION: case TAG_CENTER:
	case TAG_DD: case TAG_DETAILS: case TAG_DIV: case TAG_DL: case TAG_DT: case TAG_FIGCAPTION: case TAG_FIGURE: case TAG_FOOTER:
	case TAG_FORM: case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: case TAG_HEADER: case TAG_HR:
	case TAG_LI: case TAG_MAIN: case TAG_NAV: case TAG_OL: case TAG_P: case TAG_PRE: case TAG_SECTION: case TAG_SUMMARY:
	case TAG_TABLE: case TAG_TBODY: case TAG_TR: case TAG_UL: case TAG_HGROUP:
		return true;
	default:
		return false;
	}
}

/* Letters that count, and the commas of several scripts: both say prose.  A Han letter says as much as three others. */
static double
prose_of(struct str s, size_t *ret_n)
{
	size_t n = 0, commas = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_utf8_next(s, &at);

		if (c > ' ' && c != 0xa0)
			n += c >= 0x2e80 && c < 0xd7b0 ? 2 : 1;
		commas += c == ',' || c == 0x60c || c == 0x3001 || c == 0xff0c || c == 0x3002;
	}
	*ret_n = n;
	return (double)n + 20 * (double)commas;
}

static bool
in_link(const struct page *p, size_t i)
{
	for (int up = 0; up < 4 && p->parts[i].node->tag != TAG_A; up++)
		i = p->parts[i].parent;
	return p->parts[i].node->tag == TAG_A;
}

/* Does the page itself say that this is its story? */
static bool
is_story(const struct html_node *n)
{
	return n->tag == TAG_MAIN || (n->attrs_n > 0 && str_eq_nocase(td_html_attr(n, STR("itemprop")), STR("articleBody")));
}

static void
add_letters(struct page *p, size_t i, struct str text)
{
	size_t letters;
	double prose = prose_of(text, &letters);

	p->bytes += text.n;
	p->parts[i].text_n += letters;
	if (in_link(p, i))
		p->parts[i].link_n += letters;
	else if (letters >= 20)
		p->parts[i].own += prose;
}

static size_t
count_elements(const struct html_node *root)
{
	size_t n = 1;

	for (const struct html_node *e = td_html_next(root, root); e != NULL; e = td_html_next(e, root))
		n += e->kind == HTML_ELEMENT;
	return n;
}

/* All elements that have a part in what is said, with the text that stands directly in them. */
static void
collect(struct page *p, const struct html_node *body)
{
	const struct html_node *n = body;
	bool                    skip = false;

	p->parts = arena_array(p->arena, count_elements(body), struct part);
	p->parts[p->n++] = (struct part){ .node = body };
	for (size_t now = 0; (n = skip ? td_html_after(n, body) : td_html_next(n, body)) != NULL;) {
		while (p->parts[now].node != n->parent && now != 0)
			now = p->parts[now].parent;
		skip = false;
		if (n->kind == HTML_ELEMENT) {
			enum furniture grade = td_furniture(n);

			if ((skip = grade == FURNITURE_NEVER))
				continue;
			p->parts[p->n] = (struct part){ .node = n, .parent = now, .grade = grade, .holds_head = n == p->headline || is_story(n) };
			now = p->n++;
		} else if (n->kind == HTML_TEXT) {
			add_letters(p, now, n->text);
		}
	}
}

static void
sum_up(struct page *p)
{
	for (size_t i = p->n; i-- > 1;) {
		struct part *e = &p->parts[i], *up = &p->parts[e->parent];

		if (e->end == 0)
			e->end = i + 1;
		if (up->end < e->end)
			up->end = e->end;
		e->all += e->own;
		up->all += e->all;
		up->text_n += e->text_n;
		up->link_n += e->link_n;
		up->holds_head |= e->holds_head;
	}
	p->parts[0].all += p->parts[0].own;
}

/* Is it furniture in this place?  Everything up to `forgiven` is not. */
static bool
stands_aside(const struct page *p, const struct part *e, enum furniture forgiven)
{
	double share = e->all / (p->parts[0].all + 1);

	if (e->grade <= forgiven)
		return false;
	if (e->grade == FURNITURE_SOFT)
		return !e->holds_head && share < SHARE_TO_FORGIVE;
	return share <= SHARE_TO_KEEP;
}

/* What is left of the page's prose when furniture is taken away. */
static double
take_furniture_away(struct page *p, enum furniture forgiven)
{
	for (size_t i = 1; i < p->n; i++) {
		struct part *e = &p->parts[i];

		e->is_furniture = stands_aside(p, e, forgiven);
		e->in_furniture = e->is_furniture || p->parts[e->parent].in_furniture;
	}
	for (size_t i = 0; i < p->n; i++)
		p->parts[i].prose = p->parts[i].own;
	for (size_t i = p->n; i-- > 1;)
		if (!p->parts[i].in_furniture)
			p->parts[p->parts[i].parent].prose += p->parts[i].prose;
	return p->parts[0].prose;
}

/* The smallest surroundings of the headline that hold a story; else the body. */
static size_t
around_headline(const struct page *p)
{
	for (size_t i = p->n; i-- > 1;)
		if (p->parts[i].node == p->headline && !p->parts[i].in_furniture) {
			while (i > 0 && p->parts[i].prose <= SHARE_OF_STORY * p->parts[0].prose)
				i = p->parts[i].parent;
			return i;
		}
	return 0;
}

/* Down from there, as long as one child holds most of the prose. */
static size_t
choose(const struct page *p)
{
	size_t root = around_headline(p);

	for (size_t i = root + 1; i < p->n; i++) {
		const struct part *e = &p->parts[i];

		if (e->parent == root && !e->in_furniture && is_block(e->node) && e->node->tag != TAG_P &&
		    e->prose >= SHARE_TO_DESCEND * p->parts[root].prose && e->prose > 0)
			root = i;
	}
	return root;
}

/* ---- writing ---- */

enum zone { ZONE_NONE, ZONE_LEAD, ZONE_STORY };

struct writer {
	const struct page *page;
	size_t             top;              /* what is walked: it holds root and headline */
	size_t             root;
	size_t             lead_from;        /* the first part after the headline; past root when there is no lead */
	enum zone          zone;             /* of the open block */
	struct main_text  *out;
	char              *text;
	size_t             n, from;          /* the open block begins at `from` */
	size_t             link_n;           /* bytes of the open block that stand in links */
	enum block_kind    kind;
	int64_t            level;
	bool               space_due;
	bool               was_break;
};

static void
drop_block(struct writer *w)
{
	w->n = w->from;
	w->link_n = 0;
	w->space_due = w->was_break = false;
}

static bool
ends_sentence(struct str s)
{
	static const char *const marks[] = { ".", "!", "?", "…", "。", "！", "？", "\"", "”", "“", "»", "؟", "۔", "।" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_ends(s, str_of(marks[i])))
			return true;
	return false;
}

/* A line that is nothing but links is a way to other pages; between headline and story only sentences are its lead. */
static bool
is_kept(const struct writer *w, struct str block)
{
	if (w->zone == ZONE_LEAD)
		return (w->kind == BLOCK_PARAGRAPH || w->kind == BLOCK_HEADING) && w->link_n * 3 < block.n &&
		    (block.n >= LEAD_B || (block.n >= LEAD_SENTENCE_B && ends_sentence(block)));
	return w->kind == BLOCK_HEADING || w->link_n * 10 <= block.n * 9;
}

static void
end_block(struct writer *w)
{
	struct main_text *out = w->out;
	size_t            size = w->n - w->from;

	if (size == 0 || w->n > LIMIT_TEXT_B || out->blocks_n == LIMIT_BLOCKS_N || !is_kept(w, (struct str){ w->text + w->from, size })) {
		out->cut |= size > 0 && (w->n > LIMIT_TEXT_B || out->blocks_n == LIMIT_BLOCKS_N);
		drop_block(w);
		return;
	}
	out->blocks[out->blocks_n++] = (struct block){ w->kind, w->level, (int64_t)w->from, (int64_t)w->n };
	w->text[w->n++] = '\n';
	w->text[w->n++] = '\n';
	w->from = w->n;
	drop_block(w);
}

static void
add_text(struct writer *w, struct str s, bool linked)
{
	size_t before = w->n;

	for (size_t i = 0; i < s.n; i++) {
		bool nbsp = i + 1 < s.n && (unsigned char)s.p[i] == 0xc2 && (unsigned char)s.p[i + 1] == 0xa0;

		if (is_space(s.p[i]) || nbsp) {
			w->space_due |= w->n > w->from;
			i += nbsp;
			continue;
		}
		if (w->space_due && w->n > w->from)
			w->text[w->n++] = ' ';
		w->space_due = w->was_break = false;
		w->text[w->n++] = s.p[i];
	}
	w->link_n += linked ? w->n - before : 0;
}

static void
kind_of(const struct page *p, size_t i, size_t top, enum block_kind *ret, int64_t *ret_level)
{
	int64_t depth = 0;
	bool    is_item = false;

	*ret_level = 0;
	*ret = BLOCK_PARAGRAPH;
	for (; i != top; i = p->parts[i].parent) {
		enum html_tag tag = p->parts[i].node->tag;

		if (tag >= TAG_H1 && tag <= TAG_H6) {
			*ret_level = (int64_t)tag - TAG_H1 + 1;
			*ret = BLOCK_HEADING;
			return;
		}
		if (tag == TAG_FIGCAPTION || tag == TAG_CAPTION)
			*ret = BLOCK_CAPTION;
		else if (tag == TAG_PRE)
			*ret = BLOCK_PRE;
		else if (tag == TAG_BLOCKQUOTE && *ret == BLOCK_PARAGRAPH && !is_item)
			*ret = BLOCK_QUOTE;
		else if (tag == TAG_TR && *ret == BLOCK_PARAGRAPH && !is_item)
			*ret = BLOCK_ROW;
		is_item |= tag == TAG_LI || tag == TAG_DD || tag == TAG_DT;
		depth += tag == TAG_UL || tag == TAG_OL || tag == TAG_DL;
		if (*ret != BLOCK_PARAGRAPH)
			return;
	}
	if (is_item) {
		*ret = BLOCK_ITEM;
		*ret_level = depth > 0 ? depth : 1;
	}
}

/* A list, table or box that is mostly links and says little else. */
static bool
is_link_farm(const struct part *e)
{
	return is_block(e->node) && e->text_n > 0 && e->link_n * 10 > e->text_n * 6 && e->text_n - e->link_n < 200 &&
	    e->node->tag != TAG_P && !(e->node->tag >= TAG_H1 && e->node->tag <= TAG_H6);
}

static void
write_break(struct writer *w, const struct html_node *n)
{
	if (n->tag == TAG_BR && !w->was_break) {
		w->was_break = w->space_due = w->n > w->from;
	} else {
		end_block(w);
	}
}

/* A heading with nothing under it, "Share:", "See also": no story ends with these. */
static void
drop_tail(struct writer *w)
{
	struct main_text *out = w->out;

	while (out->blocks_n > 1 && w->n > TAIL_OF_B) {
		const struct block *last = &out->blocks[out->blocks_n - 1];
		struct str          text = str_sub((struct str){ w->text, w->n }, (size_t)last->from, (size_t)last->to);

		if (last->kind != BLOCK_HEADING && (last->kind != BLOCK_PARAGRAPH || text.n >= TAIL_B || ends_sentence(text)))
			break;
		w->n = (size_t)last->from;
		out->blocks_n--;
	}
}

/* Where text stands that is directly in `now`, before `next`. */
static enum zone
zone_of(const struct writer *w, size_t now, size_t next)
{
	if (now >= w->root && now < w->page->parts[w->root].end)
		return ZONE_STORY;
	return next >= w->lead_from && next <= w->root ? ZONE_LEAD : ZONE_NONE;
}

static void
write_text(struct writer *w, size_t now, size_t next, struct str text)
{
	if (w->n == w->from) {
		kind_of(w->page, now, w->top, &w->kind, &w->level);
		w->zone = zone_of(w, now, next);
	}
	if (w->zone != ZONE_NONE)
		add_text(w, text, in_link(w->page, now));
}

static void
write_blocks(struct writer *w)
{
	const struct page      *p = w->page;
	const struct html_node *top = p->parts[w->top].node, *n = top;
	size_t                  now = w->top, next = w->top + 1;
	bool                    skip = false;

	while ((n = skip ? td_html_after(n, top) : td_html_next(n, top)) != NULL) {
		skip = false;
		while (p->parts[now].node != n->parent && now != w->top) {
			if (is_block(p->parts[now].node))
				end_block(w);
			else if (p->parts[now].node->tag == TAG_TD || p->parts[now].node->tag == TAG_TH)
				w->space_due = true;
			now = p->parts[now].parent;
		}
		if (n->kind == HTML_TEXT)
			write_text(w, now, next, n->text);
		if (n->kind != HTML_ELEMENT)
			continue;
		if (next >= p->n || p->parts[next].node != n) {
			skip = true;
			continue;
		}
		if (n->tag == TAG_BR || is_block(n))
			write_break(w, n);
		skip = p->parts[next].in_furniture || is_link_farm(&p->parts[next]);
		now = next;
		next = skip ? p->parts[next].end : next + 1;
	}
	end_block(w);
}

/* Where writing begins: the root, or above it, where the headline and what stands between them are. */
static void
find_lead(struct writer *w)
{
	const struct part *parts = w->page->parts;
	size_t             head = 0;

	w->top = w->root;
	w->lead_from = w->page->n;
	for (size_t i = 1; i < w->root && head == 0; i++)
		head = parts[i].node == w->page->headline && !parts[i].in_furniture ? i : 0;
	if (head == 0 || parts[head].end > w->root)
		return;
	while (w->top > head)
		w->top = parts[w->top].parent;
	w->lead_from = parts[head].end;
}

void
td_article_main(struct arena *a, const struct html_tree *tree, const struct html_node *headline, struct main_text *ret)
{
	const struct html_node *body = td_html_find(tree->document, TAG_BODY);
	struct page             page = { .arena = a, .headline = headline };
	struct main_text        out = { .why = "the page has no body" };
	struct writer           w = { .page = &page, .out = &out };

	if (body != NULL) {
		collect(&page, body);
		sum_up(&page);
		for (enum furniture f = FURNITURE_NO; f < FURNITURE_HIDDEN; f++)
			if (take_furniture_away(&page, f) >= SHARE_TOO_LITTLE * page.parts[0].all)
				break;
		w.root = choose(&page);
		find_lead(&w);
		/* A block ends where an element begins or ends: at most two an element, each with two line feeds and a space. */
		w.text = arena_take(a, page.bytes + 6 * page.n + 16);
		out.blocks = arena_array(a, 2 * page.n + 2, struct block);
		write_blocks(&w);
		drop_tail(&w);
		while (w.n > 0 && w.text[w.n - 1] == '\n')
			w.n--;
		out.text = (struct str){ w.text, w.n };
		out.root = page.parts[w.root].node;
		out.why = "the element with most of the page's prose";
		out.confidence = page.parts[0].prose > 0 ? (int64_t)(100 * page.parts[w.root].prose / page.parts[0].prose) : 0;
	}
	*ret = out;
}
