#include "article/marks.h"

#include "text/utf8.h"

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static uint32_t
letter_bit(char c)
{
	return UINT32_C(1) << ((c | 0x20) & 31);
}

uint32_t
td_first_letters(const char *const *words)
{
	uint32_t letters = 0;

	for (; *words != NULL; words++)
		letters |= letter_bit((*words)[0]);
	return letters;
}

static bool
is_listed(struct str word, const char *const *words, uint32_t letters)
{
	if ((letters & letter_bit(word.p[0])) == 0)
		return false;
	for (; *words != NULL; words++)
		if ((word.p[0] | 0x20) == (*words)[0] && str_eq_nocase(word, str_of(*words)))
			return true;
	return false;
}

bool
td_names_any(struct str names, const char *const *words)
{
	return td_names_with(names, words, UINT32_MAX);
}

bool
td_names_with(struct str names, const char *const *words, uint32_t letters)
{
	size_t from = 0, hump = 0;

	for (size_t i = 0; i <= names.n; i++) {
		bool letter = i < names.n && is_letter(names.p[i]);
		bool begins = letter && i > from && names.p[i] <= 'Z' && names.p[i - 1] >= 'a';

		if (letter && !begins)
			continue;
		if (i > hump && is_listed(str_sub(names, hump, i), words, letters))
			return true;
		if (!letter && i > from && hump > from && is_listed(str_sub(names, from, i), words, letters))
			return true;
		hump = letter ? i : i + 1;
		from = letter ? from : i + 1;
	}
	return false;
}

bool
td_element_named(const struct html_node *e, const char *const *words)
{
	for (size_t i = 0; i < e->attrs_n; i++) {
		struct str name = e->attrs[i].name;

		if ((str_eq(name, STR("class")) || str_eq(name, STR("id")) || str_eq(name, STR("itemprop")) || str_eq(name, STR("data-testid"))) &&
		    td_names_any(e->attrs[i].value, words))
			return true;
	}
	return false;
}

uint32_t
td_lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c >= 0x531 && c <= 0x556)
		return c + 48;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) || (c >= 0x1e00 && c <= 0x1eff))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	return c;
}

struct str
td_unescaped(struct arena *a, struct str s)
{
	size_t           at = str_find_char(s, '&');
	struct html_tree tree;

	if (at == STR_NONE || str_find_char(str_sub(s, at, s.n), ';') == STR_NONE)
		return s;
	td_html_parse_fragment(a, s, NS_HTML, STR("textarea"), NULL, &tree);
	return td_html_text(a, tree.document);
}

static bool
is_mark(uint32_t c)
{
	if (c < 0x80)
		return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
	return c <= 0xbf || (c >= 0x2000 && c <= 0x206f) || (c >= 0x2190 && c <= 0x27bf) || (c >= 0x3000 && c <= 0x303f) ||
	    (c >= 0xff00 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20) || c == 0xff5c || c == 0xfeff;
}

struct str
td_name_key(struct arena *a, struct str s)
{
	char  *p = arena_take(a, s.n + 4);
	size_t n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = td_lower(td_utf8_next(s, &at));

		if (!is_mark(c))
			n += td_utf8_put(c, p + n);
	}
	return (struct str){ p, n };
}

static bool
parts_words(enum html_tag tag)
{
	switch (tag) {
	case TAG_BR: case TAG_DIV: case TAG_P: case TAG_LI: case TAG_H1: case TAG_H2: case TAG_H3: case TAG_TD: case TAG_DT: case TAG_DD:
		return true;
	default:
		return false;
	}
}

/* Appends with white space folded; a no-break space is a space. */
static size_t
fold(char *out, size_t n, struct str s, bool *due)
{
	for (size_t i = 0; i < s.n; i++) {
		bool wide = s.p[i] == '\xc2' && i + 1 < s.n && s.p[i + 1] == '\xa0';

		if (wide || s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r')) {
			i += wide;
			*due = n > 0;
			continue;
		}
		if (*due)
			out[n++] = ' ';
		*due = false;
		out[n++] = s.p[i];
	}
	return n;
}

/* Scripts, styles, controls, drawings. */
static bool
is_silent(const struct html_node *e)
{
	switch (e->tag) {
	case TAG_SCRIPT: case TAG_STYLE: case TAG_TEMPLATE: case TAG_BUTTON: case TAG_SELECT: case TAG_TEXTAREA: case TAG_NOSCRIPT:
	case TAG_IFRAME: case TAG_RT: case TAG_RP:
		return true;
	default:
		return e->ns != NS_HTML;
	}
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str
text_of(struct arena *a, const struct html_node *root, bool parted)
{
	size_t                  room = root->kind == HTML_TEXT ? root->text.n : 0, n = 0;
	const struct html_node *last = NULL;
	bool                    due = false;
	char                   *out;

	if (root->kind == HTML_ELEMENT && is_silent(root))
		return STR("");
	for (const struct html_node *e = td_html_next(root, root); e != NULL; e = td_html_next(e, root))
		room += e->kind == HTML_TEXT ? e->text.n + 4 : 1;
	out = arena_take(a, room + 1);
	if (root->kind == HTML_TEXT)
		n = fold(out, n, root->text, &due);
	for (const struct html_node *e = td_html_next(root, root), *next; e != NULL; e = next) {
		next = td_html_next(e, root);
		if (e->kind == HTML_ELEMENT && is_silent(e))
			next = td_html_after(e, root);
		else if (e->kind == HTML_TEXT && e->text.n > 0) {
			if (parted && last != NULL && last->parent != e->parent && n > 0 && !due && !is_space(e->text.p[0])) {
				memcpy(out + n, " | ", 3);
				n += 3;
			}
			n = fold(out, n, e->text, &due);
			last = e;
		}
		if ((e->kind == HTML_ELEMENT && parts_words(e->tag)) || (next != NULL && e->parent != next->parent && parts_words(e->parent->tag) &&
		    e->parent != root))
			due = n > 0;
	}
	return (struct str){ out, n };
}

struct str
td_plain_text(struct arena *a, const struct html_node *root)
{
	return text_of(a, root, false);
}

struct str
td_parted_text(struct arena *a, const struct html_node *root)
{
	return text_of(a, root, true);
}
