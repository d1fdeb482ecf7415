#include "css/css.h"

#include "base/limits.h"

struct scan {
	struct arena    *a;
	struct str       s;
	size_t           i;
	bool             in_import;     /* between "@import" and its end */
	struct css_refs *out;
};

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	    (unsigned char)c >= 0x80;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static size_t
put_utf8(char *out, uint32_t c)
{
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x80)
		return out[0] = (char)c, 1;
	if (c < 0x800)
		return out[0] = (char)(0xc0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
	if (c < 0x10000)
		return out[0] = (char)(0xe0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)), out[2] = (char)(0x80 | (c & 63)), 3;
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 63));
	out[2] = (char)(0x80 | (c >> 6 & 63));
	out[3] = (char)(0x80 | (c & 63));
	return 4;
}

/* The escape whose backslash stands at i: section 4.3.7.  What it stands for is appended; returns what follows it. */
static size_t
take_escape(struct str s, size_t i, char *out, size_t *n)
{
	uint32_t value = 0;
	int      digits = 0;

	if (++i == s.n)
		return i;
	if (s.p[i] == '\n')
		return i + 1;           /* a string goes on */
	if (hex_digit(s.p[i]) < 0) {
		out[(*n)++] = s.p[i];
		return i + 1;
	}
	for (; digits < 6 && i < s.n && hex_digit(s.p[i]) >= 0; digits++)
		value = value << 4 | (uint32_t)hex_digit(s.p[i++]);
	*n += put_utf8(out + *n, value);
	return i < s.n && is_space(s.p[i]) ? i + 1 : i;
}

static void
add(struct scan *c, struct str raw, bool is_import)
{
	/* An escape is two bytes at least and stands for four at most ("\ff" is four for two). */
	char  *out = arena_take(c->a, 2 * raw.n + 4);
	size_t n = 0;

	if (c->out->n == LIMIT_REFS_N) {
		c->out->is_cut = true;
		return;
	}
	for (size_t i = 0; i < raw.n;) {
		if (raw.p[i] == '\\')
			i = take_escape(raw, i, out, &n);
		else
			out[n++] = raw.p[i++];
	}
	if (n > 0 && n <= LIMIT_URL_B)
		c->out->v[c->out->n++] = (struct css_ref){ { out, n }, is_import };
}

static void
skip_comment(struct scan *c)
{
	size_t end = str_find(str_sub(c->s, c->i + 2, c->s.n), STR("*/"));

	c->i = end == STR_NONE ? c->s.n : c->i + 2 + end + 2;
}

/* A string whose quote stands at c->i; a line end without backslash ends a bad one. */
static struct str
take_string(struct scan *c)
{
	char   quote = c->s.p[c->i++];
	size_t from = c->i;

	while (c->i < c->s.n && c->s.p[c->i] != quote && c->s.p[c->i] != '\n')
		c->i += c->s.p[c->i] == '\\' && c->i + 1 < c->s.n ? 2 : 1;
	if (c->i > c->s.n)
		c->i = c->s.n;
	from = from > c->i ? c->i : from;
	return str_sub(c->s, from, c->i < c->s.n ? c->i++ : c->i);
}

/* Behind "url(": quoted or not (section 4.3.6). */
static void
take_url(struct scan *c)
{
	size_t     from;
	struct str raw;

	while (c->i < c->s.n && is_space(c->s.p[c->i]))
		c->i++;
	if (c->i < c->s.n && (c->s.p[c->i] == '"' || c->s.p[c->i] == '\'')) {
		add(c, take_string(c), c->in_import);
		return;
	}
	from = c->i;
	while (c->i < c->s.n && c->s.p[c->i] != ')')
		c->i += c->s.p[c->i] == '\\' && c->i + 1 < c->s.n ? 2 : 1;
	raw = str_sub(c->s, from, c->i < c->s.n ? c->i : c->s.n);
	while (raw.n > 0 && is_space(raw.p[raw.n - 1]))
		raw.n--;
	/* A quote, a bracket or a space in the middle makes it no address. */
	for (size_t i = 0; i < raw.n; i += raw.p[i] == '\\' ? 2 : 1)
		if (is_space(raw.p[i]) || raw.p[i] == '"' || raw.p[i] == '\'' || raw.p[i] == '(')
			return;
	add(c, raw, c->in_import);
}

/* A word, and what it says of what follows. */
static void
take_word(struct scan *c)
{
	bool       is_at = c->s.p[c->i] == '@';
	size_t     from = c->i += is_at;
	struct str word;

	while (c->i < c->s.n && is_name(c->s.p[c->i]))
		c->i++;
	word = str_sub(c->s, from, c->i);
	if (is_at)
		c->in_import = str_eq_nocase(word, STR("import"));
	else if (str_eq_nocase(word, STR("url")) && c->i < c->s.n && c->s.p[c->i] == '(') {
		c->i++;
		take_url(c);
	}
}

void
td_css_refs(struct arena *a, struct str text, struct css_refs *ret)
{
	struct css_refs refs = { .v = arena_array(a, LIMIT_REFS_N, struct css_ref) };
	struct scan     c = { .a = a, .s = text, .out = &refs };

	while (c.i < c.s.n && !refs.is_cut) {
		char ch = c.s.p[c.i];

		if (ch == '/' && c.i + 1 < c.s.n && c.s.p[c.i + 1] == '*') {
			skip_comment(&c);
		} else if (ch == '"' || ch == '\'') {
			struct str string = take_string(&c);

			if (c.in_import)
				add(&c, string, true);
			c.in_import = false;
		} else if (ch == '@' || is_name(ch)) {
			take_word(&c);
		} else {
			if (ch == ';' || ch == '{')
				c.in_import = false;
			c.i += ch == '\\' && c.i + 1 < c.s.n ? 2 : 1;
		}
	}
	*ret = refs;
}
