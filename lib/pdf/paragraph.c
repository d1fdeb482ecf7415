/* Lines become paragraphs: what goes on, what begins anew, and what stands between two lines. */
#include "pdf/pdf_private.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/forms.h"
#include "text/utf8.h"

enum { HEADING_N = 250, HEADING_LINES = 4, SIZES = 400 };

/* All words of the document, to ask whether a word that a line's end divides is one. */
struct words {
	uint64_t *hash;         /* open addressing, 0: free */
	size_t    mask;
};

/* A paragraph in the making. */
struct writer {
	struct pdf_layout    *layout;
	struct article_given *given;
	struct words          words;
	struct buf            text;
	const struct pdf_line *first, *last;    /* lines of the paragraph; NULL: none */
	size_t                lines_n;
	int32_t               body;             /* the size of most letters */
	bool                  breaks_syllables; /* lines of Hangul end anywhere, not between words */
};

/* What the lines of one block have in common. */
struct shape {
	int32_t x0, x1, leading;                /* leading: the smallest step from line to line; 0: one line */
};

static uint64_t
hash_of(struct str s, struct str more)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	for (size_t i = 0; i < more.n; i++)
		h = (h ^ (unsigned char)more.p[i]) * UINT64_C(0x100000001b3);
	return h | 1;
}

static struct str
bare(struct str word)
{
	while (word.n > 0 && strchr(".,;:!?()[]\"'", word.p[word.n - 1]) != NULL)
		word.n--;
	while (word.n > 0 && strchr("([\"'", word.p[0]) != NULL)
		word = str_sub(word, 1, word.n);
	return word;
}

static size_t
slot_of(const struct words *w, uint64_t h)
{
	size_t i = (size_t)(h >> 16) & w->mask;

	while (w->hash[i] != 0 && w->hash[i] != h)
		i = (i + 1) & w->mask;
	return i;
}

static void
note_words(struct pdf_layout *l, struct words *ret)
{
	size_t n = 0, room = 64;

	for (size_t i = 0; i < l->lines_n; i++)
		for (size_t k = 0; k < l->lines[i].text.n; k++)
			n += l->lines[i].text.p[k] == ' ';
	while (room < 2 * (n + l->lines_n))
		room *= 2;
	*ret = (struct words){ arena_array(l->arena, room, uint64_t), room - 1 };
	for (size_t i = 0; i < l->lines_n; i++) {
		struct str rest = l->lines[i].text, word;

		while (str_cut(&rest, ' ', &word))
			if (rest.p != NULL)     /* a line's last word may be half of one */
				ret->hash[slot_of(ret, hash_of(bare(word), STR("")))] = hash_of(bare(word), STR(""));
	}
}

static bool
is_known(const struct words *w, struct str a, struct str b)
{
	uint64_t h = hash_of(a, b);

	return w->hash[slot_of(w, h)] == h;
}

static uint32_t
first_char(struct str s)
{
	size_t at = 0;

	return s.n > 0 ? td_utf8_next(s, &at) : 0;
}

static uint32_t
last_char(struct str s)
{
	size_t at = td_utf8_floor(s, s.n - 1);

	return s.n > 0 ? td_utf8_next(s, &at) : 0;
}

static struct str
last_word(struct str s)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != ' ' && s.p[at - 1] != '\n')
		at--;
	return str_sub(s, at, s.n);
}

static struct str
first_word(struct str s)
{
	struct str word = STR("");

	(void)str_cut(&s, ' ', &word);
	return word;
}

/* The bytes of a hyphen at the end that divides a word; 0: none. */
static size_t
hyphen_at_end(struct str s)
{
	static const struct str hyphens[] = { { "-", 1 }, { "\xe2\x80\x90", 3 }, { "\xc2\xad", 2 } };

	for (size_t i = 0; i < sizeof(hyphens) / sizeof(*hyphens); i++)
		if (str_ends(s, hyphens[i]) && s.n > hyphens[i].n && td_is_letter(last_char(str_sub(s, 0, s.n - hyphens[i].n))))
			return hyphens[i].n;
	return 0;
}

/* "har-" + "bour" is one word, "well-" + "known" too, but with its hyphen, if the document writes it so elsewhere. */
static void
join_divided(struct writer *w, size_t hyphen_n, struct str next)
{
	struct str all = buf_str(&w->text), with = last_word(all), head = str_sub(with, 0, with.n - hyphen_n);
	struct str tail = bare(first_word(next));
	bool       keeps = !td_is_lower(first_char(next)) ||
	    (is_known(&w->words, with, tail) && !is_known(&w->words, head, tail));

	if (!keeps)
		w->text.n -= hyphen_n;
}

/* Particles that end a word of Korean: 은 는 을 를 에 의 에서 부터 까지 으로 에게. */
static bool
ends_in_particle(struct str word)
{
	static const char *const particles[] = { "은", "는", "을", "를", "에", "의", "에서", "부터", "까지", "으로", "에게" };

	for (size_t i = 0; i < sizeof(particles) / sizeof(*particles); i++)
		if (word.n > strlen(particles[i]) && str_ends(word, str_of(particles[i])))
			return true;
	return false;
}

/* Korean has spaces, but its lines may end inside a word. */
static bool
divides_hangul(const struct writer *w, struct str next)
{
	struct str head = last_word(buf_str(&w->text)), tail = bare(first_word(next));

	if (is_known(&w->words, head, tail))
		return true;
	if (!w->breaks_syllables || (is_known(&w->words, head, STR("")) && is_known(&w->words, tail, STR(""))))
		return false;
	return !ends_in_particle(head) || td_utf8_count(tail) == 1;
}

static void
add_line(struct writer *w, const struct pdf_line *line)
{
	struct str so_far = buf_str(&w->text);
	uint32_t   before, after = first_char(line->text);
	size_t     hyphen;

	if (so_far.n == 0) {
		w->first = line;
	} else if ((hyphen = hyphen_at_end(so_far)) > 0 && td_is_letter(after)) {
		join_divided(w, hyphen, line->text);
	} else {
		before = last_char(so_far);
		if (!(td_is_unspaced(before) && td_is_unspaced(after)) &&
		    !(td_is_hangul(before) && td_is_hangul(after) && divides_hangul(w, line->text)))
			buf_add_char(&w->text, ' ');
	}
	buf_add(&w->text, line->text);
	w->last = line;
	w->lines_n++;
}

static int64_t
heading_level(const struct writer *w, int32_t height)
{
	int64_t percent = w->body > 0 ? INT64_C(100) * height / w->body : 100;

	return percent >= 175 ? 1 : percent >= 135 ? 2 : 3;
}

static size_t
bullet_at(struct str s)
{
	static const char *const marks[] = { "\xe2\x80\xa2", "\xe2\x96\xaa", "\xe2\x97\xa6", "\xe2\x80\xa3", "\xe2\x96\xa0", "\xe2\x97\x8f",
		"\xef\x82\xb7", "\xe2\x97\x8b", "\xe2\x96\xa1", "\xc2\xb7" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_starts(s, str_of(marks[i])) && s.n > strlen(marks[i]))
			return strlen(marks[i]);
	return 0;
}

static void
end_paragraph(struct writer *w)
{
	struct str      text = buf_str(&w->text);
	size_t          bullet;
	enum block_kind kind = BLOCK_PARAGRAPH;
	int64_t         level = 0;

	if (text.n == 0 || w->first == NULL)
		return;
	if ((bullet = bullet_at(text)) > 0) {
		kind = BLOCK_ITEM;
		level = 1;
		text = str_trim(str_sub(text, bullet, text.n));
	} else if (INT64_C(100) * w->first->height >= INT64_C(115) * w->body && w->lines_n <= HEADING_LINES && td_utf8_count(text) <= HEADING_N) {
		kind = BLOCK_HEADING;
		level = heading_level(w, w->first->height);
	}
	td_given_add(w->layout->arena, w->given, kind, level, w->first->page, arena_copy(w->layout->arena, text));
	buf_reset(&w->text);
	w->first = NULL;
	w->lines_n = 0;
}

static bool
same_size(const struct pdf_line *a, const struct pdf_line *b)
{
	int32_t larger = a->height > b->height ? a->height : b->height, difference = abs(a->height - b->height);

	return difference <= larger / 8;
}

/* Does a sentence end here?  Quotation marks and brackets may follow its mark. */
static bool
ends_sentence(struct str s)
{
	static const char *const ends[] = { ".", "!", "?", ":", "\xe2\x80\xa6", "\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f", "\xd8\x9f", "\xe0\xa5\xa4" };
	static const char *const closers[] = { "\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb", "\xe3\x80\x8d", "\xe3\x80\x8f" };
	bool again = true;

	while (again && s.n > 0) {
		again = false;
		for (size_t i = 0; i < sizeof(closers) / sizeof(*closers); i++)
			if (str_ends(s, str_of(closers[i]))) {
				s.n -= strlen(closers[i]);
				again = true;
			}
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(s, str_of(ends[i])))
			return true;
	return false;
}

/* How far a line ends before its block does, on the side where lines end. */
static int32_t
room_left(const struct pdf_line *line, const struct shape *shape)
{
	return line->is_rtl ? line->x0 - shape->x0 : shape->x1 - line->x1;
}

static int32_t
indent(const struct pdf_line *line, const struct shape *shape)
{
	return line->is_rtl ? shape->x1 - line->x1 : line->x0 - shape->x0;
}

/* Two lines of one block: does the second begin a paragraph? */
static bool
begins_in_block(const struct pdf_line *a, const struct pdf_line *b, const struct shape *shape)
{
	int32_t step = b->y0 - a->y0, width = shape->x1 - shape->x0, em = b->height;

	if (!same_size(a, b) || bullet_at(b->text) > 0)
		return true;
	if (shape->leading > 0 && INT64_C(100) * step > INT64_C(140) * shape->leading)
		return true;
	if (indent(b, shape) > em * 8 / 10 && indent(a, shape) < indent(b, shape) - em / 2 &&
	    (ends_sentence(a->text) || room_left(a, shape) > 2 * em) && bullet_at(a->text) == 0)
		return true;
	return ends_sentence(a->text) && room_left(a, shape) > (width / 4 > 2 * em ? width / 4 : 2 * em);
}

/* Two lines of neighbouring blocks, over a column's or a page's end too: does the second go on? */
static bool
goes_on(const struct pdf_line *a, const struct pdf_line *b, const struct shape *shape, size_t lines_n)
{
	uint32_t c = first_char(b->text);

	if (!same_size(a, b) || bullet_at(b->text) > 0 || ends_sentence(a->text))
		return false;
	/* In the same column a new block stands apart for a reason. */
	if (a->page == b->page && b->y0 >= a->y0 && b->y0 - a->y1 > 2 * a->height && abs(b->x0 - a->x0) < 2 * a->height)
		return false;
	if (hyphen_at_end(a->text) > 0 || td_is_lower(c))
		return true;
	return lines_n >= 2 && (td_is_unspaced(c) || td_is_hangul(c) || td_is_right_to_left(c)) && room_left(a, shape) <= 2 * a->height;
}

static struct shape
shape_of(const struct pdf_line *line, size_t n)
{
	struct shape s = { .x0 = line->x0, .x1 = line->x1 };

	for (size_t i = 0; i < n; i++) {
		int32_t step = i > 0 ? line[i].y0 - line[i - 1].y0 : 0;

		s.x0 = line[i].x0 < s.x0 ? line[i].x0 : s.x0;
		s.x1 = line[i].x1 > s.x1 ? line[i].x1 : s.x1;
		if (step > 0 && same_size(&line[i], &line[i - 1]) && (s.leading == 0 || step < s.leading))
			s.leading = step;
	}
	return s;
}

static size_t
end_of_block(const struct pdf_layout *l, size_t i)
{
	size_t end = i;

	while (end < l->lines_n && l->lines[end].block == l->lines[i].block)
		end++;
	return end;
}

/* Korean lines that all end within a letter of the edge, their spaces not stretched: broken inside words. */
static bool
breaks_syllables(const struct pdf_layout *l)
{
	size_t full = 0, lines = 0;

	for (size_t i = 0, end; i < l->lines_n; i = end) {
		struct shape shape;

		end = end_of_block(l, i);
		shape = shape_of(&l->lines[i], end - i);
		for (size_t k = i; k + 1 < end; k++) {
			const struct pdf_line *line = &l->lines[k];

			if (!td_is_hangul(last_char(line->text)) || begins_in_block(line, line + 1, &shape))
				continue;
			lines++;
			full += room_left(line, &shape) <= line->height * 105 / 100 && line->gap_max <= 3 * line->height / 4 &&
			    INT64_C(4) * line->gap_max <= INT64_C(5) * line->gap_min;
		}
	}
	return lines >= 3 && full * 20 >= lines * 19;
}

static int32_t
body_height(const struct pdf_layout *l)
{
	size_t count[SIZES] = { 0 }, best = 0;

	for (size_t i = 0; i < l->lines_n; i++) {
		int32_t half_points = l->lines[i].height / 500;

		if (!l->lines[i].is_edge && half_points > 0 && half_points < SIZES)
			count[half_points] += l->lines[i].text.n;
	}
	for (size_t i = 0; i < SIZES; i++)
		best = count[i] > count[best] ? i : best;
	return (int32_t)best * 500;
}

static size_t
without_edges(struct pdf_layout *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->lines_n; i++)
		if (!l->lines[i].is_edge)
			l->lines[n++] = l->lines[i];
	return n;
}

void
td_pdf_paragraphs(struct pdf_layout *l, struct article_given *g)
{
	struct writer w = { .layout = l, .given = g, .text = BUF_INIT(LIMIT_TEXT_B), .body = body_height(l) };
	struct shape  shape = { 0 }, last_shape = { 0 };
	size_t        block_from = 0, block_end = 0;

	l->lines_n = without_edges(l);
	td_pdf_sort_columns(l);
	w.breaks_syllables = breaks_syllables(l);
	note_words(l, &w.words);
	for (size_t i = 0; i < l->lines_n; i++) {
		const struct pdf_line *line = &l->lines[i];

		if (i == block_end) {
			block_from = i;
			block_end = end_of_block(l, i);
			last_shape = shape;
			shape = shape_of(line, block_end - block_from);
		}
		if (w.first != NULL && (i > block_from ? begins_in_block(w.last, line, &shape) :
		    !goes_on(w.last, line, &last_shape, w.lines_n)))
			end_paragraph(&w);
		add_line(&w, line);
	}
	end_paragraph(&w);
	buf_free(&w.text);
}
