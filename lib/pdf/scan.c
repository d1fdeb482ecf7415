/* The tags of pdftotext -bbox-layout, one after the other: page, block, line, word, and the head's title and meta. */
#include "pdf/pdf_private.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/forms.h"

#define LENGTH_MAX 100000000    /* 100,000 points; PDF has at most 14,400 */

struct word {
	int32_t    x0, x1;
	struct str text;
};

struct scan {
	struct pdf_layout *layout;
	struct word       *words;
	size_t             words_n, words_room;
	int32_t            block;
};

static int32_t
length(struct str s)
{
	int64_t v = 0, scale = 1000;
	bool    minus = s.n > 0 && s.p[0] == '-', fraction = false;

	for (size_t i = minus; i < s.n && scale > 0 && v < INT64_C(1000) * LENGTH_MAX; i++) {
		if (s.p[i] == '.' && !fraction) {
			fraction = true;
			v *= 1000;
		} else if (s.p[i] >= '0' && s.p[i] <= '9') {
			scale /= fraction ? 10 : 1;
			v = fraction ? v + (s.p[i] - '0') * scale : v * 10 + (s.p[i] - '0');
		} else {
			break;
		}
	}
	v = fraction ? v : v * 1000;
	v = v > LENGTH_MAX ? LENGTH_MAX : v;
	return (int32_t)(minus ? -v : v);
}

/* The value of NAME="…" in a tag. */
static struct str
attribute(struct str tag, struct str name_and_mark)
{
	size_t at = str_find(tag, name_and_mark);

	if (at == STR_NONE)
		return STR("");
	tag = str_sub(tag, at + name_and_mark.n, tag.n);
	at = str_find_char(tag, '"');
	return str_sub(tag, 0, at == STR_NONE ? tag.n : at);
}

/* The five that poppler writes. */
static struct str
unescape(struct arena *a, struct str s)
{
	static const struct { struct str name; char c; } names[] = {
		{ { "&amp;", 5 }, '&' }, { { "&lt;", 4 }, '<' }, { { "&gt;", 4 }, '>' }, { { "&quot;", 6 }, '"' }, { { "&apos;", 6 }, '\'' },
	};
	char  *p;
	size_t n = 0;

	if (str_find_char(s, '&') == STR_NONE)
		return s;
	p = arena_take(a, s.n + 1);
	while (s.n > 0) {
		size_t skip = 1;
		char   c = s.p[0];

		for (size_t i = 0; c == '&' && i < sizeof(names) / sizeof(*names); i++)
			if (str_starts(s, names[i].name)) {
				c = names[i].c;
				skip = names[i].name.n;
				break;
			}
		p[n++] = c;
		s = str_sub(s, skip, s.n);
	}
	return (struct str){ p, n };
}

static void
add_page(struct pdf_layout *l, struct str tag)
{
	if (l->pages_n == l->pages_room) {
		size_t           room = l->pages_room > 0 ? 2 * l->pages_room : 16;
		struct pdf_page *more = arena_array(l->arena, room, struct pdf_page);

		if (l->pages_n > 0)
			memcpy(more, l->pages, l->pages_n * sizeof(*more));
		l->pages = more;
		l->pages_room = room;
	}
	l->pages[l->pages_n++] = (struct pdf_page){ length(attribute(tag, STR("width=\""))), length(attribute(tag, STR("height=\""))) };
}

static struct pdf_line *
add_line(struct pdf_layout *l)
{
	if (l->lines_n == LIMIT_BLOCKS_N)
		return NULL;
	if (l->lines_n == l->lines_room) {
		size_t           room = l->lines_room > 0 ? 2 * l->lines_room : 64;
		struct pdf_line *more = arena_array(l->arena, room, struct pdf_line);

		if (l->lines_n > 0)
			memcpy(more, l->lines, l->lines_n * sizeof(*more));
		l->lines = more;
		l->lines_room = room;
	}
	return &l->lines[l->lines_n++];
}

static void
add_word(struct scan *s, struct str tag, struct str text)
{
	if (s->words_n == s->words_room) {
		size_t       room = s->words_room > 0 ? 2 * s->words_room : 64;
		struct word *more = arena_array(s->layout->arena, room, struct word);

		if (s->words_n > 0)
			memcpy(more, s->words, s->words_n * sizeof(*more));
		s->words = more;
		s->words_room = room;
	}
	text = str_trim(unescape(s->layout->arena, text));
	if (text.n > 0)
		s->words[s->words_n++] = (struct word){ length(attribute(tag, STR("xMin=\""))), length(attribute(tag, STR("xMax=\""))), text };
}

static int
by_place(const void *a, const void *b)
{
	const struct word *v = a, *w = b;

	return (v->x0 > w->x0) - (v->x0 < w->x0);
}

/* The dots that lead from a title to its page become one mark. */
static size_t
shorten_leaders(char *p, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n;) {
		size_t end = i, dots = 0;

		while (end < n && (p[end] == '.' || (p[end] == ' ' && dots > 0))) {
			dots += p[end] == '.';
			end++;
		}
		if (dots < 5) {         /* an ellipsis has three, and the place for our mark is three bytes and two spaces */
			p[to++] = p[i++];
			continue;
		}
		memcpy(p + to, to > 0 && p[to - 1] != ' ' ? " \xe2\x80\xa6 " : "\xe2\x80\xa6  ", 5);
		to += 5 - !(to > 0 && p[to - 1] != ' ');
		i = end;
	}
	return to;
}

static void
end_line(struct scan *s, struct str tag)
{
	struct pdf_layout *l = s->layout;
	struct pdf_line   *line;
	size_t             room = 0, n = 0;
	char              *p;

	if (s->words_n == 0 || l->pages_n == 0 || (line = add_line(l)) == NULL)
		return;
	qsort(s->words, s->words_n, sizeof(*s->words), by_place);
	for (size_t i = 0; i < s->words_n; i++)
		room += s->words[i].text.n + 1;
	p = arena_take(l->arena, room);
	*line = (struct pdf_line){ .page = (int32_t)l->pages_n, .block = s->block, .x0 = length(attribute(tag, STR("xMin=\""))),
		.y0 = length(attribute(tag, STR("yMin=\""))), .x1 = length(attribute(tag, STR("xMax=\""))),
		.y1 = length(attribute(tag, STR("yMax=\""))) };
	line->height = line->y1 - line->y0;
	for (size_t i = 0; i < s->words_n; i++) {
		int32_t gap = i > 0 ? s->words[i].x0 - s->words[i - 1].x1 : 0;

		if (i > 0) {
			p[n++] = ' ';
			line->gap_min = i == 1 || gap < line->gap_min ? gap : line->gap_min;
			line->gap_max = i == 1 || gap > line->gap_max ? gap : line->gap_max;
		}
		memcpy(p + n, s->words[i].text.p, s->words[i].text.n);
		n += s->words[i].text.n;
	}
	for (n = shorten_leaders(p, n); n > 0 && p[n - 1] == ' '; n--)
		;
	line->text = td_plain_forms(l->arena, td_pdf_read_order(l->arena, (struct str){ p, n }, &line->is_rtl));
	s->words_n = 0;
}

static void
take_meta(struct pdf_layout *l, struct str tag)
{
	struct str name = attribute(tag, STR("name=\"")), value = unescape(l->arena, attribute(tag, STR("content=\"")));

	if (str_eq(name, STR("Author")))
		l->author = value;
	else if (str_eq(name, STR("CreationDate")))
		l->created = value;
	else if (str_eq(name, STR("ModDate")))
		l->modified = value;
}

static void
take_tag(struct scan *s, struct str tag, struct str text, struct str *line_tag)
{
	if (str_starts(tag, STR("word ")))
		add_word(s, tag, text);
	else if (str_starts(tag, STR("line ")))
		*line_tag = tag;
	else if (str_starts(tag, STR("/line")))
		end_line(s, *line_tag);
	else if (str_starts(tag, STR("block ")))
		s->block++;
	else if (str_starts(tag, STR("page ")))
		add_page(s->layout, tag);
	else if (str_starts(tag, STR("/doc")))
		s->layout->is_whole = true;
	else if (str_starts(tag, STR("title")))
		s->layout->title = unescape(s->layout->arena, text);
	else if (str_starts(tag, STR("meta ")))
		take_meta(s->layout, tag);
}

void
td_pdf_scan(struct arena *a, struct str rest, struct pdf_layout *ret)
{
	struct scan s = { .layout = ret };
	struct str  line_tag = STR("");
	size_t      at;

	*ret = (struct pdf_layout){ .arena = a };
	while ((at = str_find_char(rest, '<')) != STR_NONE) {
		struct str tag, text;

		rest = str_sub(rest, at + 1, rest.n);
		if ((at = str_find_char(rest, '>')) == STR_NONE)
			break;
		tag = str_sub(rest, 0, at);
		rest = str_sub(rest, at + 1, rest.n);
		at = str_find_char(rest, '<');
		text = str_sub(rest, 0, at == STR_NONE ? rest.n : at);
		take_tag(&s, tag, text, &line_tag);
	}
}
