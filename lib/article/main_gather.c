/* One walk over the tree: its elements with what they weigh, its text cut into runs. */
#include "article/main_private.h"

#include "base/limits.h"

enum { CHUNK_LETTERS_MIN = 20, COMMA_LETTERS = 20, CELL_LETTERS_MAX = 200 };

struct walk {
	struct page *page;
	size_t       now;                    /* the innermost open element */
	struct run   run;                    /* the open run; from == page->text_n while it is empty */
	bool         is_open;
	bool         space_due, was_break;
};

bool
td_main_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
td_main_run_text(const struct page *p, const struct run *r)
{
	return (struct str){ p->text + r->from, r->to - r->from };
}

static bool
is_block(enum html_tag tag)
{
	switch (tag) {
	case TAG_ADDRESS: case TAG_ARTICLE: case TAG_ASIDE: case TAG_BLOCKQUOTE: case TAG_BODY: case TAG_CAPTION: case TAG_CENTER:
	case TAG_DD: case TAG_DETAILS: case TAG_DIV: case TAG_DL: case TAG_DT: case TAG_FIGCAPTION: case TAG_FIGURE: case TAG_FOOTER:
	case TAG_FORM: case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: case TAG_HEADER: case TAG_HR:
	case TAG_LI: case TAG_MAIN: case TAG_NAV: case TAG_OL: case TAG_P: case TAG_PRE: case TAG_SECTION: case TAG_SUMMARY:
	case TAG_TABLE: case TAG_TBODY: case TAG_TR: case TAG_TD: case TAG_TH: case TAG_UL: case TAG_HGROUP: case TAG_FIELDSET:
		return true;
	default:
		return false;
	}
}

/* ---- growing ---- */

static void *
grown(struct arena *a, const void *old, size_t n, size_t *room, size_t size)
{
	void *more;

	*room = *room > 0 ? *room * 2 : 256;
	more = arena_take_n(a, *room, size);
	if (n > 0)
		memcpy(more, old, n * size);
	return more;
}

static void
need_text(struct page *p, size_t n)
{
	while (p->text_room - p->text_n < n)
		p->text = grown(p->arena, p->text, p->text_n, &p->text_room, 1);
}

/* ---- runs ---- */

static void
end_run(struct walk *w)
{
	struct page *p = w->page;

	w->space_due = w->was_break = false;
	if (!w->is_open)
		return;
	w->is_open = false;
	while (p->text_n > w->run.from && td_main_is_space(p->text[p->text_n - 1]))
		p->text_n--;
	if (p->text_n == w->run.from)
		return;
	w->run.to = (uint32_t)p->text_n;
	if (p->runs_n == p->runs_room)
		p->runs = grown(p->arena, p->runs, p->runs_n, &p->runs_room, sizeof(*p->runs));
	p->runs[p->runs_n++] = w->run;
	need_text(p, RUN_GAP);
	memset(p->text + p->text_n, '\t', RUN_GAP);
	p->text_n += RUN_GAP;
}

static void
open_run(struct walk *w)
{
	const struct element *e = &w->page->elements[w->now];

	if (w->is_open && w->page->text_n > w->run.from)
		return;
	w->is_open = true;
	w->run = (struct run){ .from = (uint32_t)w->page->text_n, .element = (uint32_t)w->now, .kind = e->kind };
	if (e->kind == BLOCK_HEADING)
		w->run.level = e->heading;
	else if (e->kind == BLOCK_ITEM)
		w->run.level = e->lists > 0 ? e->lists : 1;
}

struct count {
	uint32_t letters, stops, commas, digits, money;
};

/* What a character says about prose.  i is that of its lead byte; s has valid UTF-8. */
static void
count_char(struct count *c, const unsigned char *s, size_t left)
{
	unsigned char a = s[0], b = left > 1 ? s[1] : 0, d = left > 2 ? s[2] : 0;

	c->letters += a >= 0xe3 && a <= 0xed ? 2 : 1;
	if (a < 0x80) {
		c->digits += a >= '0' && a <= '9';
		c->money += a == '$';
		c->commas += a == ',';
		c->stops += (a == '.' || a == '!' || a == '?') && (left == 1 || s[1] <= ' ' || s[1] == '"');
	} else if (a == 0xe3) {
		c->commas += b == 0x80 && d == 0x81;
		c->stops += b == 0x80 && d == 0x82;
	} else if (a == 0xef) {
		c->commas += b == 0xbc && d == 0x8c;
		c->stops += b == 0xbc && (d == 0x81 || d == 0x9f || d == 0x8e);
	} else if (a == 0xd8) {
		c->commas += b == 0x8c || b == 0x9b;
		c->stops += b == 0x9f;
	} else if (a == 0xe0) {
		c->stops += b == 0xa5 && (d == 0xa4 || d == 0xa5);
	} else if (a == 0xe1) {
		c->commas += (b == 0x81 && d == 0x8a) || (b == 0x8d && d == 0xa3);
		c->stops += (b == 0x81 && d == 0x8b) || (b == 0x9f && d == 0x94) || (b == 0x8d && d == 0xa2);
	} else if (a == 0xdb) {
		c->stops += b == 0x94;
	} else if (a == 0xe2) {
		c->stops += b == 0x80 && d == 0xa6;
		c->money += b == 0x82 && d >= 0xa0;
	} else if (a == 0xc2) {
		c->money += b == 0xa3 || b == 0xa5;
	}
}

/* White space and what is as good as none: no-break and wide spaces; soft hyphens and byte order marks say nothing. */
static size_t
space_at(const unsigned char *s, size_t left, bool *ret_is_nothing)
{
	*ret_is_nothing = false;
	if (s[0] <= ' ')
		return 1;
	if (s[0] == 0xc2 && left > 1 && (s[1] == 0xa0 || s[1] == 0xad)) {
		*ret_is_nothing = s[1] == 0xad;
		return 2;
	}
	if (left < 3)
		return 0;
	if (s[0] == 0xe3 && s[1] == 0x80 && s[2] == 0x80)
		return 3;
	if (s[0] == 0xe2 && s[1] == 0x80 && ((s[2] >= 0x80 && s[2] <= 0x8a) || s[2] == 0xaf || s[2] == 0xa8 || s[2] == 0xa9))
		return 3;
	*ret_is_nothing = s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf;
	return *ret_is_nothing ? 3 : 0;
}

static void
add_folded(struct walk *w, struct str s, struct count *c)
{
	const unsigned char *u = (const unsigned char *)s.p;
	struct page         *p = w->page;
	char                *out;
	size_t               n, from = w->run.from;

	need_text(p, s.n + 2);
	out = p->text;
	n = p->text_n;
	for (size_t i = 0; i < s.n;) {
		bool   is_nothing = false;
		size_t space = u[i] <= ' ' || u[i] >= 0xc2 ? space_at(u + i, s.n - i, &is_nothing) : 0;

		if (space > 0) {
			w->space_due |= !is_nothing && n > from;
			i += space;
			continue;
		}
		if (w->space_due)
			out[n++] = ' ';
		w->space_due = w->was_break = false;
		count_char(c, u + i, s.n - i);
		do
			out[n++] = s.p[i++];
		while (i < s.n && (u[i] & 0xc0) == 0x80);
	}
	p->text_n = n;
}

/* Code and verse: line ends and what is before a line stay. */
static void
add_as_written(struct walk *w, struct str s, struct count *c)
{
	struct page *p = w->page;

	need_text(p, s.n + 2);
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i] == '\t' ? ' ' : s.p[i];

		if (ch == '\r' || (p->text_n == w->run.from && td_main_is_space(ch)))
			continue;
		if (!td_main_is_space(ch) && (ch & 0xc0) != 0x80)
			count_char(c, (const unsigned char *)s.p + i, s.n - i);
		p->text[p->text_n++] = ch;
	}
}

static void
add_text(struct walk *w, struct str s)
{
	struct page    *p = w->page;
	struct element *e = &p->elements[w->now];
	struct count    c = { 0 };

	open_run(w);
	if (e->in_pre)
		add_as_written(w, s, &c);
	else
		add_folded(w, s, &c);
	w->run.letters += c.letters;
	w->run.stops += c.stops;
	w->run.commas += c.commas;
	w->run.digits += c.digits;
	w->run.money += c.money;
	e->text_n += c.letters;
	if (e->in_link) {
		w->run.link_n += c.letters;
		e->link_n += c.letters;
	} else if (c.letters >= CHUNK_LETTERS_MIN) {
		e->own += (float)(c.letters + COMMA_LETTERS * c.commas);
	}
}

/* ---- elements ---- */

/* Does the page itself say that this is its story? */
static bool
is_story(const struct html_node *n)
{
	return n->tag == TAG_MAIN || (n->attrs_n > 0 && str_eq_nocase(td_html_attr(n, STR("itemprop")), STR("articleBody")));
}

static bool
is_heading(enum html_tag tag)
{
	return tag >= TAG_H1 && tag <= TAG_H6;
}

static uint8_t
kind_of(enum html_tag tag, uint8_t of_parent)
{
	switch (tag) {
	case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6:
		return BLOCK_HEADING;
	case TAG_FIGCAPTION: case TAG_CAPTION:
		return BLOCK_CAPTION;
	case TAG_PRE:
		return BLOCK_PRE;
	case TAG_BLOCKQUOTE:
		return BLOCK_QUOTE;
	case TAG_LI: case TAG_DD: case TAG_DT:
		return BLOCK_ITEM;
	case TAG_TABLE:
		return BLOCK_PARAGRAPH;
	default:
		return of_parent;
	}
}

static void
open_element(struct walk *w, const struct html_node *n, enum furniture grade, const struct furniture_names *names)
{
	struct page          *p = w->page;
	struct element       *e;
	const struct element *up;

	if (p->n == p->room)
		p->elements = grown(p->arena, p->elements, p->n, &p->room, sizeof(*p->elements));
	up = &p->elements[w->now];
	e = &p->elements[p->n];
	*e = (struct element){ .node = n, .parent = (uint32_t)w->now, .grade = (uint8_t)grade, .is_block = is_block(n->tag),
		.kind = kind_of(n->tag, up->kind), .in_link = up->in_link || n->tag == TAG_A, .in_pre = up->in_pre || n->tag == TAG_PRE,
		.lists = up->lists, .heading = is_heading(n->tag) ? (uint8_t)(n->tag - TAG_H1 + 1) : up->heading, .holds_head = n == p->headline || is_story(n) };
	p->posts_n += names->post;
	p->goods_n += names->goods;
	e->inside = names->content ? IN_CONTENT : 0;
	e->make = names->make * 31 + (uint32_t)n->tag;
	e->in_time = up->in_time || n->tag == TAG_TIME;
	if (e->kind == BLOCK_PARAGRAPH && names->caption)
		e->kind = BLOCK_CAPTION;
	if ((n->tag == TAG_UL || n->tag == TAG_OL || n->tag == TAG_DL) && e->lists < 255)
		e->lists++;
	e->block = e->is_block ? (uint32_t)p->n : up->block;
	w->now = p->n++;
	if (e->is_block)
		end_run(w);
	e->run_from = (uint32_t)p->runs_n;
}

static void
close_element(struct walk *w)
{
	struct page    *p = w->page;
	struct element *e = &p->elements[w->now];

	if (e->is_block)
		end_run(w);
	e->run_to = (uint32_t)p->runs_n;
	e->end = (uint32_t)p->n;
	w->now = e->parent;
}

static void
line_break(struct walk *w)
{
	if (w->page->elements[w->now].in_pre && w->is_open) {
		need_text(w->page, 1);
		w->page->text[w->page->text_n++] = '\n';
	} else if (w->was_break) {
		end_run(w);
	} else {
		w->was_break = w->space_due = w->is_open && w->page->text_n > w->run.from;
	}
}

static void
count_control(struct element *e, enum html_tag tag)
{
	e->controls += tag == TAG_BUTTON || tag == TAG_INPUT || tag == TAG_SELECT || tag == TAG_TEXTAREA;
}

static void
walk(struct walk *w, const struct html_node *body)
{
	struct page            *p = w->page;
	const struct html_node *n = body;
	bool                    skip = false;

	while ((n = skip ? td_html_after(n, body) : td_html_next(n, body)) != NULL) {
		struct furniture_names names;
		enum furniture         grade;

		while (p->elements[w->now].node != n->parent && w->now != 0)
			close_element(w);
		skip = false;
		if (n->kind == HTML_TEXT)
			add_text(w, n->text);
		if (n->kind != HTML_ELEMENT)
			continue;
		if (n->tag == TAG_BR || n->tag == TAG_WBR) {
			skip = true;
			if (n->tag == TAG_BR)
				line_break(w);
		} else if ((grade = td_furniture_named(n, &names)) == FURNITURE_NEVER) {
			skip = true;
			count_control(&p->elements[w->now], n->tag);
		} else {
			open_element(w, n, grade, &names);
		}
	}
	while (w->now != 0)
		close_element(w);
	end_run(w);
	p->elements[0].run_to = (uint32_t)p->runs_n;
	p->elements[0].end = (uint32_t)p->n;
}

static void
sum_up(struct page *p)
{
	for (size_t i = p->n; i-- > 0;) {
		struct element *e = &p->elements[i], *up = &p->elements[e->parent];

		e->all += e->own;
		if (i == 0)
			break;
		up->all += e->all;
		up->text_n += e->text_n;
		up->link_n += e->link_n;
		up->controls = (uint16_t)(up->controls + e->controls);
		up->holds_head |= e->holds_head;
	}
	p->prose = p->elements[0].all;
}

/* A row of a table of facts: at least two cells that say something, and each says one short thing. */
static bool
is_row(const struct page *p, size_t i)
{
	const struct element *row = &p->elements[i];

	if (row->node->tag != TAG_TR || row->run_to - row->run_from < 2)
		return false;
	for (size_t cell = i + 1; cell < row->end; cell = p->elements[cell].end)
		if (p->elements[cell].run_to - p->elements[cell].run_from > 1)
			return false;
	for (size_t k = row->run_from; k < row->run_to; k++)
		if (p->runs[k].letters > CELL_LETTERS_MAX)
			return false;
	return true;
}

static void
join(struct page *p, struct run *row, const struct run *cell)
{
	p->text[row->to++] = '\t';
	memmove(p->text + row->to, p->text + cell->from, cell->to - cell->from);
	row->to += cell->to - cell->from;
	row->kind = BLOCK_ROW;
	row->letters += cell->letters;
	row->link_n += cell->link_n;
	row->stops += cell->stops;
	row->commas += cell->commas;
	row->digits += cell->digits;
	row->money += cell->money;
}

/* The cells of a row become one run, a tab between them. */
static void
join_rows(struct page *p)
{
	uint32_t *place = arena_array(p->arena, p->runs_n + 1, uint32_t);    /* first 1 where a cell joins the one before, then where it went */
	size_t    n = 0;

	for (size_t i = 1; i < p->n; i++)
		if (is_row(p, i))
			for (size_t k = p->elements[i].run_from + 1; k < p->elements[i].run_to; k++)
				place[k] = 1;
	for (size_t k = 0; k < p->runs_n; k++) {
		if (place[k] == 1)
			join(p, &p->runs[n - 1], &p->runs[k]);
		else
			p->runs[n++] = p->runs[k];
		place[k] = (uint32_t)n - 1;
	}
	for (size_t i = 0; i < p->n; i++) {
		struct element *e = &p->elements[i];

		e->run_to = e->run_to > e->run_from ? place[e->run_to - 1] + 1 : (uint32_t)(e->run_from < p->runs_n ? place[e->run_from] : n);
		e->run_from = e->run_from < p->runs_n ? place[e->run_from] : (uint32_t)n;
		e->run_to = e->run_to < e->run_from ? e->run_from : e->run_to;
	}
	p->runs_n = n;
}

void
td_main_gather(struct page *p, const struct html_node *body, size_t nodes)
{
	struct walk w = { .page = p };

	p->room = nodes / 2 + 1;
	p->elements = arena_array(p->arena, p->room, struct element);
	p->elements[p->n++] = (struct element){ .node = body, .is_block = true, .kind = BLOCK_PARAGRAPH };
	walk(&w, body);
	join_rows(p);
	sum_up(p);
}
