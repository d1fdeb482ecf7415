#include "json/read.h"

#include "text/utf8.h"

struct reader {
	struct arena     *arena;
	struct str        in;
	size_t            at;
	struct json_node *now;      /* the open list or object */
	struct str        key;
	bool              has_key;
	size_t            nodes;
	size_t            depth, too_deep;       /* what is open, and what was opened beyond the limit */
};

const struct json_node *
td_json_next(const struct json_node *n, const struct json_node *root)
{
	if (n->first != NULL)
		return n->first;
	for (; n != NULL && n != root; n = n->parent)
		if (n->next != NULL)
			return n->next;
	return NULL;
}

const struct json_node *
td_json_get(const struct json_node *n, struct str key)
{
	size_t asked = 0;

	if (n == NULL || n->kind != JSON_OBJECT)
		return NULL;
	for (n = n->first; n != NULL && asked < JSON_MEMBERS_MAX; n = n->next, asked++)
		if (str_eq(n->key, key))
			return n;
	return NULL;
}

static struct json_node *
add(struct reader *r, enum json_kind kind, struct str text)
{
	struct json_node *n = arena_new(r->arena, struct json_node);

	*n = (struct json_node){ .parent = r->now, .kind = kind, .text = text, .key = r->has_key ? r->key : STR("") };
	r->has_key = false;
	r->nodes++;
	if (r->now == NULL)
		return n;
	if (r->now->last != NULL)
		r->now->last->next = n;
	else
		r->now->first = n;
	return r->now->last = n;
}

static bool
hex4(struct str s, uint32_t *ret)
{
	uint32_t v = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = i < s.n ? (char)(s.p[i] | 0x20) : 'x';

		if (!((s.n > i && s.p[i] >= '0' && s.p[i] <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		v = v << 4 | (uint32_t)(c >= 'a' ? c - 'a' + 10 : s.p[i] - '0');
	}
	*ret = v;
	return true;
}

/* \uXXXX at `at`, with its second half if it has one; returns how many bytes were read. */
static size_t
unicode_escape(struct str s, uint32_t *ret)
{
	uint32_t low;

	if (s.n < 6 || !hex4(str_sub(s, 2, s.n), ret))
		return 0;
	if (*ret >= 0xd800 && *ret < 0xdc00 && s.n >= 12 && s.p[6] == '\\' && s.p[7] == 'u' && hex4(str_sub(s, 8, s.n), &low) &&
	    low >= 0xdc00 && low < 0xe000) {
		*ret = 0x10000 + ((*ret - 0xd800) << 10) + (low - 0xdc00);
		return 12;
	}
	if (*ret == 0)
		*ret = UTF8_REPLACEMENT;        /* no NUL inside */
	return 6;
}

/* An escape never writes more bytes than it took. */
static size_t
unescape(struct str s, char *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/ \f\n\r\t";
	size_t            n = 0;

	for (size_t i = 0; i < s.n;) {
		const char *known;
		uint32_t    c;
		size_t      took;

		if (s.p[i] != '\\' || i + 1 == s.n) {
			out[n++] = s.p[i++];
		} else if (s.p[i + 1] == 'u' && (took = unicode_escape(str_sub(s, i, s.n), &c)) > 0) {
			n += td_utf8_put(c, out + n);
			i += took;
		} else if ((known = memchr(from, s.p[i + 1], sizeof(from) - 1)) != NULL) {
			out[n++] = to[known - from];
			i += 2;
		} else {
			out[n++] = s.p[++i];
			i++;
		}
	}
	return n;
}

static struct str
read_string(struct reader *r)
{
	size_t from = ++r->at;
	bool   escaped = false;
	struct str raw;
	char  *out;

	for (; r->at < r->in.n && r->in.p[r->at] != '"'; r->at++)
		if (r->in.p[r->at] == '\\' && r->at + 1 < r->in.n)
			escaped = true, r->at++;
	raw = str_sub(r->in, from, r->at);
	r->at += r->at < r->in.n;
	if (!escaped)
		return raw;
	out = arena_take(r->arena, raw.n + 1);
	return (struct str){ out, unescape(raw, out) };
}

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
}

/* The end is counted also when the limit kept its beginning out. */
static void
open_one(struct reader *r, enum json_kind kind)
{
	struct json_node *n = add(r, kind, STR(""));

	if (r->depth == JSON_DEPTH_MAX) {
		r->too_deep++;
		return;
	}
	r->now = n;
	r->depth++;
}

static void
close_one(struct reader *r)
{
	r->has_key = false;
	if (r->too_deep > 0) {
		r->too_deep--;
	} else if (r->depth > 0) {
		r->now = r->now->parent;
		r->depth--;
	}
}

static void
read_one(struct reader *r)
{
	char   c = r->in.p[r->at];
	size_t from = r->at;

	if (c == '{' || c == '[') {
		open_one(r, c == '{' ? JSON_OBJECT : JSON_LIST);
		r->at++;
	} else if (c == '}' || c == ']') {
		close_one(r);
		r->at++;
	} else if (c == '"') {
		struct str s = read_string(r);

		if (r->now->kind == JSON_OBJECT && !r->has_key)
			r->key = s, r->has_key = true;
		else
			add(r, JSON_STRING, s);
	} else if (is_word(c)) {
		while (r->at < r->in.n && is_word(r->in.p[r->at]))
			r->at++;
		/* Outside of any value it is a comment, or CDATA. */
		if (r->now->parent != NULL && (r->now->kind == JSON_LIST || r->has_key))
			add(r, JSON_WORD, str_sub(r->in, from, r->at));
	} else {
		r->at++;
	}
}

const struct json_node *
td_json_read(struct arena *a, struct str text)
{
	struct reader     r = { .arena = a, .in = text };
	struct json_node *root = add(&r, JSON_LIST, STR(""));

	r.now = root;
	while (r.at < text.n && r.nodes < JSON_NODES_MAX)
		read_one(&r);
	return root;
}
