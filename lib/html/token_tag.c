#include <endian.h>
#include <stdlib.h>

#include "base/limits.h"
#include "html/token_private.h"

/* Up to here duplicates are found by looking; beyond, the tag's end sorts them out. */
#define FEW_ATTRS 16

const struct str td_tag_names[TAG__COUNT] = {
#define X(NAME, text) [TAG_##NAME] = { text, sizeof(text) - 1 },
	HTML_TAGS(X)
#undef X
};

/* Eight bytes are the whole name, most often: key and length say then what it is. */
static enum html_tag
tag_by_key(uint64_t key, struct str name)
{
	uint64_t      slot = ((key ^ ((uint64_t)name.n << 56)) * td_tag_multiplier) >> (64 - TAG_SLOT_BITS);
	enum html_tag tag = td_tag_slots[slot];

	if (td_tag_keys[tag] != key || td_tag_names[tag].n != name.n)
		return TAG_OTHER;
	return name.n <= 8 || str_eq(td_tag_names[tag], name) ? tag : TAG_OTHER;
}

enum html_tag
td_tag_find(struct str lower)
{
	uint64_t key = 0;

	for (size_t i = 0; i < lower.n && i < 8; i++)
		key |= (uint64_t)(unsigned char)lower.p[i] << (8 * i);
	return tag_by_key(key, lower);
}

/* 0x80 in each byte of eight that is neither a lower case letter nor a digit. */
static uint64_t
not_plain(uint64_t eight)
{
	const uint64_t each = UINT64_C(0x0101010101010101), low = eight & 0x7f * each;
	uint64_t       letter = (low + (0x80 - 'a') * each) & ~(low + (0x7f - 'z') * each);
	uint64_t       digit = (low + (0x80 - '0') * each) & ~(low + (0x7f - '9') * each);

	return 0x80 * each & (eight | ~(letter | digit));
}

/* Written from what is at hand: read back so soon, it would have to wait for its own writing. */
static void
name_is(struct tokenizer *t, struct token *tok, struct str name, uint64_t key)
{
	tok->name = name;
	tok->tag = tag_by_key(key, name);
	if (tok->kind == TOKEN_START)
		t->last_start = name;
}

/* A name of up to seven plain bytes, read as one number; false when it is no such name. */
static bool
short_name(struct tokenizer *t, struct token *tok)
{
	uint64_t eight, stops;
	size_t   n;

	if (t->end - t->p < 8)
		return false;
	memcpy(&eight, t->p, 8);
	eight = le64toh(eight);
	stops = not_plain(eight);
	n = stops != 0 ? (size_t)__builtin_ctzll(stops) / 8 : 0;
	if (n == 0 || !byte_is(t->p[n], BYTE_NAME))
		return false;
	name_is(t, tok, (struct str){ t->p, n }, eight & ((UINT64_C(1) << 8 * n) - 1));
	t->p += n;
	return true;
}

/* Tag name state (13.2.5.8). */
static void
tag_name(struct tokenizer *t, struct token *tok)
{
	const char *from = t->p, *p = from;
	uint64_t    key = 0;
	bool        odd = false;

	if (short_name(t, tok))
		return;
	for (; p < t->end && !byte_is(*p, BYTE_NAME); p++) {
		if (p - from < 8)
			key |= (uint64_t)(unsigned char)byte_lower(*p) << (8 * (p - from));
		odd |= byte_is(*p, BYTE_UPPER) || *p == '\0';
	}
	name_is(t, tok, odd ? td_token_lower(t, from, p) : (struct str){ from, (size_t)(p - from) }, key);
	t->p = p;
}

/* A value with character references, CR or NUL, as it is meant. */
static struct str
decode_value(struct tokenizer *t, const char *from, const char *to)
{
	size_t     room = (size_t)(to - from);
	char      *out;
	size_t     n = 0;
	struct str ref;

	/* The longest a reference gets is 6/5 of what was written (html-tables.py checks it); a NUL triples. */
	room += t->has_nul ? 2 * room : room / 5;
	out = arena_take(t->arena, room + 8);
	while (from < to) {
		size_t used = *from == '&' ? td_token_charref(from, to, true, &ref, t->small) : 0;

		if (used > 0 || *from == '\0') {
			ref = used > 0 ? ref : REPLACEMENT;
			memcpy(out + n, ref.p, ref.n);
			n += ref.n;
		} else if (*from != '\r') {
			out[n++] = *from;
		} else if (from + 1 >= t->end || from[1] != '\n') {
			out[n++] = '\n';
		}
		from += used > 0 ? used : 1;
	}
	return (struct str){ out, n };
}

static struct str
value_of(struct tokenizer *t, const char *from, const char *to)
{
	size_t n = (size_t)(to - from);

	if (memchr(from, '&', n) != NULL || (t->has_cr && memchr(from, '\r', n) != NULL) ||
	    (t->has_nul && memchr(from, '\0', n) != NULL))
		return decode_value(t, from, to);
	return (struct str){ from, n };
}

/* From before attribute value to after attribute value (13.2.5.35 to 39).  False: the file ended. */
static bool
attr_value(struct tokenizer *t, struct str *ret)
{
	const char *p = t->p, *from;

	while (p < t->end && byte_is(*p, BYTE_SPACE))
		p++;
	if (p < t->end && (*p == '"' || *p == '\'')) {
		from = p + 1;
		p = memchr(from, *p, (size_t)(t->end - from));
		t->p = p != NULL ? p + 1 : t->end;
		if (p == NULL)
			return false;
	} else {
		from = p;
		while (p < t->end && !byte_is(*p, BYTE_SPACE) && *p != '>')
			p++;
		t->p = p;
	}
	*ret = value_of(t, from, p);
	return true;
}

static void
add_attr(struct tokenizer *t, struct token *tok, struct html_attr attr)
{
	size_t n = tok->attrs_n;

	for (size_t i = 0; n < FEW_ATTRS && i < n; i++)
		if (str_eq(t->attrs[i].name, attr.name))
			return;
	if (n == LIMIT_ATTRS_N) {
		t->attrs_dropped = true;
		return;
	}
	if (n == t->attrs_cap) {
		struct html_attr *old = t->attrs;

		t->attrs_cap = n > 0 ? 2 * n : FEW_ATTRS;
		t->attrs = arena_array(t->arena, t->attrs_cap, struct html_attr);
		if (n > 0)
			memcpy(t->attrs, old, n * sizeof(*old));
	}
	t->attrs[n] = attr;
	tok->attrs_n = n + 1;
}

static int
by_name_then_place(const void *a, const void *b)
{
	const struct html_attr *const *x = a, *const *y = b;
	int                           d = str_cmp((*x)->name, (*y)->name);

	return d != 0 ? d : (*x > *y) - (*x < *y);
}

/*
 * The first of a name wins (13.2.5.33).  Sorting and not hashing: the names are
 * the sender's choice, and whoever can choose them can make a hash collide.
 */
size_t
td_attrs_unique(struct arena *a, struct html_attr *attrs, size_t n)
{
	struct html_attr **order = arena_array(a, n, struct html_attr *);
	size_t             kept = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = &attrs[i];
	qsort(order, n, sizeof(struct html_attr *), by_name_then_place);
	for (size_t i = n; i-- > 1;)
		if (str_eq(order[i]->name, order[i - 1]->name))
			order[i]->value.p = NULL;
	for (size_t i = 0; i < n; i++)
		if (attrs[i].value.p != NULL)
			attrs[kept++] = attrs[i];
	return kept;
}

/* Attribute name and after attribute name states (13.2.5.33, 34), then its value.  False: the file ended. */
static bool
attr(struct tokenizer *t, struct token *tok)
{
	const char      *from = t->p, *p = from + 1;     /* an '=' may stand first */
	struct html_attr a = { .value = STR("") };
	bool             odd = byte_is(*from, BYTE_UPPER) || *from == '\0';

	for (; p < t->end && !byte_is(*p, BYTE_ATTR); p++)
		odd |= byte_is(*p, BYTE_UPPER) || *p == '\0';
	a.name = odd ? td_token_lower(t, from, p) : (struct str){ from, (size_t)(p - from) };
	while (p < t->end && byte_is(*p, BYTE_SPACE))
		p++;
	t->p = p;
	if (p < t->end && *p == '=') {
		t->p++;
		if (!attr_value(t, &a.value))
			return false;
	}
	add_attr(t, tok, a);
	return true;
}

/* Before attribute name and self-closing start tag states (13.2.5.32, 40).  False: the file ended. */
static bool
attrs(struct tokenizer *t, struct token *tok)
{
	while (t->p < t->end) {
		char c = *t->p;

		if (c == '>') {
			t->p++;
			return true;
		}
		if (byte_is(c, BYTE_SPACE) || c == '/') {
			t->p++;
			tok->self_closing = c == '/' && t->p < t->end && *t->p == '>';
		} else if (!attr(t, tok)) {
			return false;
		}
	}
	return false;
}

void
td_token_tag(struct tokenizer *t, struct token *tok)
{
	tok->attrs_n = 0;
	tok->self_closing = false;
	tag_name(t, tok);
	if (t->p < t->end && *t->p == '>') {
		t->p++;
		return;
	}
	if (!attrs(t, tok)) {
		/* "eof-in-tag": the tag is dropped. */
		t->p = t->end;
		tok->kind = TOKEN_EOF;
		tok->at = (uint32_t)(t->end - t->start);
		return;
	}
	if (tok->attrs_n > FEW_ATTRS)
		tok->attrs_n = td_attrs_unique(t->arena, t->attrs, tok->attrs_n);
	tok->attrs = t->attrs;
}
