/*
 * Plain text: paragraphs between empty lines, or lines where there are none;
 * lines that a mail program or an editor broke are joined again.
 */
#include "article/given.h"
#include "article/parts.h"
#include "base/limits.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { WRAP_MOST = 100, WRAP_LEAST = 40, TITLE_N = 150 };

struct reader {
	struct arena         *arena;
	struct article_given *given;
	struct buf           *text;             /* of the part in the making */
	enum block_kind       kind;
	int64_t               level;
	size_t                lines_n, last_width;
	size_t                wrap;             /* lines are broken at this width; 0: a line is a paragraph */
	bool                  has_empty_lines;
	bool                  stood_alone;      /* the line before this one, already a part */
};

/* Columns: letters of East Asia take two. */
static size_t
width_of(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_utf8_next(s, &at);

		n += (td_is_unspaced(c) && c >= 0x2e80) || td_is_hangul(c) ? 2 : 1;
	}
	return n;
}

/* The widest line, when most of those inside paragraphs come near it; else 0: nobody broke these lines. */
static size_t
find_wrap(struct str s, bool *ret_has_empty_lines)
{
	struct str line, next;
	size_t     widest = 0, inner = 0, full = 0;

	*ret_has_empty_lines = false;
	for (struct str rest = s; str_cut(&rest, '\n', &line);) {
		size_t w = width_of(str_trim(line));

		*ret_has_empty_lines |= w == 0 && rest.p != NULL && rest.n > 0;
		widest = w > widest ? w : widest;
	}
	if (widest > WRAP_MOST || widest < WRAP_LEAST)
		return 0;
	(void)str_cut(&s, '\n', &line);
	for (line = str_trim(line); str_cut(&s, '\n', &next); line = str_trim(next)) {
		if (line.n == 0 || str_trim(next).n == 0)
			continue;
		inner++;
		full += width_of(line) * 10 >= widest * 7;
	}
	return full * 10 >= inner * 6 && inner > 0 ? widest : 0;
}

static void
flush(struct reader *r)
{
	struct str text = td_draft_fold(r->arena, buf_str(r->text));

	td_given_add(r->arena, r->given, r->kind, r->level, 0, text);
	buf_reset(r->text);
	r->kind = BLOCK_PARAGRAPH;
	r->level = 0;
	r->lines_n = 0;
}

static uint32_t
edge(struct str s, bool last)
{
	size_t at = last && s.n > 0 ? td_utf8_floor(s, s.n - 1) : 0;

	return s.n > 0 ? td_utf8_next(s, &at) : ' ';
}

static void
add_line(struct reader *r, struct str line)
{
	if (r->text->n > 0 && !(td_is_unspaced(edge(buf_str(r->text), true)) && td_is_unspaced(edge(line, false))))
		buf_add_char(r->text, ' ');
	buf_add(r->text, line);
	r->lines_n++;
	r->last_width = width_of(line);
}

static void
begin(struct reader *r, enum block_kind kind, int64_t level)
{
	flush(r);
	r->kind = kind;
	r->level = level;
}

/* "# Heading"; the level, 0: none. */
static int64_t
heading_level(struct str s)
{
	int64_t n = 0;

	while (n < 6 && (size_t)n < s.n && s.p[n] == '#')
		n++;
	return n > 0 && (size_t)n < s.n && s.p[n] == ' ' ? n : 0;
}

/* A line of = or - under a heading. */
static bool
is_underline(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != line.p[0])
			return false;
	return line.n >= 3 && (line.p[0] == '=' || line.p[0] == '-');
}

/* "- point", "* point", "• point": the bytes of the mark and its space, 0: none. */
static size_t
mark_at(struct str s)
{
	static const char *const marks[] = { "- ", "* ", "\xe2\x80\xa2 ", "\xe2\x80\xa3 ", "\xe2\x97\xa6 ", "\xc2\xb7 " };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_starts(s, str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

static bool
ends_sentence(struct str s)
{
	return s.n > 0 && (strchr(".!?:;,\"", s.p[s.n - 1]) != NULL || str_ends(s, STR("\xe3\x80\x82")) || str_ends(s, STR("\xe2\x80\x9d")));
}

/* A short line without an end, between others, is a line of furniture and no part of a sentence. */
static bool
stands_alone(const struct reader *r, struct str line)
{
	size_t w = width_of(line);

	return w > 0 && w < 64 && !ends_sentence(line) && (r->wrap == 0 || w * 10 < r->wrap * 6);
}

/* Does this line go on where the last one stopped? */
static bool
goes_on(const struct reader *r, struct str line)
{
	if (r->lines_n == 0)
		return true;
	if (r->wrap > 0)        /* a short last line ends a paragraph where no empty line does */
		return r->has_empty_lines || r->last_width * 10 >= r->wrap * 7 || !ends_sentence(buf_str(r->text));
	return r->has_empty_lines && !(r->last_width > WRAP_MOST && width_of(line) > WRAP_MOST);
}

static void
add_text(struct reader *r, struct str line)
{
	if (r->kind == BLOCK_PARAGRAPH && !goes_on(r, line))
		flush(r);
	if (r->kind == BLOCK_PARAGRAPH && r->lines_n == 0 && stands_alone(r, line)) {
		add_line(r, line);
		flush(r);
		r->stood_alone = true;
		return;
	}
	add_line(r, line);
}

/* A line of = or - makes a heading of the one line above it. */
static void
underline(struct reader *r, struct str line, bool stood_alone)
{
	struct article_given *g = r->given;
	int64_t               level = line.p[0] == '=' ? 1 : 2;

	if (stood_alone && g->parts.n > 0) {
		g->parts.v[g->parts.n - 1].kind = BLOCK_HEADING;
		g->parts.v[g->parts.n - 1].level = level;
	} else if (r->lines_n == 1 && r->kind == BLOCK_PARAGRAPH) {
		r->kind = BLOCK_HEADING;
		r->level = level;
	}
	flush(r);
}

static void
take_line(struct reader *r, struct str raw)
{
	struct str line = str_trim(raw);
	int64_t    level = heading_level(line);
	size_t     mark = mark_at(line);
	bool       quoted = line.n > 0 && line.p[0] == '>', stood_alone = r->stood_alone;

	r->stood_alone = false;
	while (line.n > 0 && (line.p[0] == '>' || line.p[0] == ' '))
		line = str_sub(line, 1, line.n);
	if (quoted != (r->kind == BLOCK_QUOTE && r->lines_n > 0) && line.n > 0)
		begin(r, quoted ? BLOCK_QUOTE : BLOCK_PARAGRAPH, 0);
	if (line.n == 0) {
		flush(r);
	} else if (level > 0 && !quoted) {
		begin(r, BLOCK_HEADING, level);
		add_line(r, str_trim(str_sub(line, (size_t)level, line.n)));
		flush(r);
	} else if (mark > 0 && !quoted) {
		begin(r, BLOCK_ITEM, 1 + (int64_t)(line.p - raw.p) / 2 % 8);
		add_line(r, str_trim(str_sub(line, mark, line.n)));
	} else if (is_underline(line) && !quoted) {
		underline(r, line, stood_alone);
	} else if (quoted) {
		add_line(r, line);
	} else {
		add_text(r, line);
	}
}

/* The first line, standing by itself, is the headline unless it is a dateline, an address or a sentence. */
static void
find_headline(struct article_given *g)
{
	struct dateline  d;
	struct civil     date;
	struct given_part *p = &g->parts.v[0];

	if (g->parts.n < 2 || p->kind != BLOCK_PARAGRAPH || td_utf8_count(p->text) > TITLE_N || ends_sentence(p->text))
		return;
	if (td_dateline_genre(p->text, &d) > 0 || td_dateline_wire(p->text, &d) > 0 || td_date_read(p->text, &date) > 0 ||
	    str_find_char(p->text, '@') != STR_NONE || str_find(p->text, STR("://")) != STR_NONE || str_find_char(p->text, ':') != STR_NONE)
		return;
	if (g->parts.v[1].text.n > p->text.n) {
		p->kind = BLOCK_HEADING;
		p->level = 1;
	}
}

void
td_given_plain(struct arena *a, struct article_given *g, struct str s)
{
	struct reader r = { .arena = a, .given = g, .text = buf_in(a, LIMIT_TEXT_B) };
	struct str    line;
	bool          is_first = g->parts.n == 0;

	r.wrap = find_wrap(s, &r.has_empty_lines);
	while (str_cut(&s, '\n', &line))
		take_line(&r, line);
	flush(&r);
	buf_free(r.text);
	if (is_first && g->title.n == 0)
		find_headline(g);
}
