#include "html/token_private.h"

#define UPPER (BYTE_UPPER | BYTE_ALPHA)

const uint8_t td_byte_class[256] = {
	['\0'] = BYTE_TEXT,
	['\t'] = BYTE_SPACE | BYTE_NAME | BYTE_ATTR,
	['\n'] = BYTE_SPACE | BYTE_NAME | BYTE_ATTR,
	['\f'] = BYTE_SPACE | BYTE_NAME | BYTE_ATTR,
	['\r'] = BYTE_SPACE | BYTE_NAME | BYTE_ATTR,
	[' '] = BYTE_SPACE | BYTE_NAME | BYTE_ATTR,
	['&'] = BYTE_TEXT,
	['/'] = BYTE_NAME | BYTE_ATTR,
	['<'] = BYTE_TEXT,
	['='] = BYTE_ATTR,
	['>'] = BYTE_NAME | BYTE_ATTR,
	['0'] = BYTE_DIGIT, ['1'] = BYTE_DIGIT, ['2'] = BYTE_DIGIT, ['3'] = BYTE_DIGIT, ['4'] = BYTE_DIGIT,
	['5'] = BYTE_DIGIT, ['6'] = BYTE_DIGIT, ['7'] = BYTE_DIGIT, ['8'] = BYTE_DIGIT, ['9'] = BYTE_DIGIT,
	['A'] = UPPER, ['B'] = UPPER, ['C'] = UPPER, ['D'] = UPPER, ['E'] = UPPER, ['F'] = UPPER, ['G'] = UPPER,
	['H'] = UPPER, ['I'] = UPPER, ['J'] = UPPER, ['K'] = UPPER, ['L'] = UPPER, ['M'] = UPPER, ['N'] = UPPER,
	['O'] = UPPER, ['P'] = UPPER, ['Q'] = UPPER, ['R'] = UPPER, ['S'] = UPPER, ['T'] = UPPER, ['U'] = UPPER,
	['V'] = UPPER, ['W'] = UPPER, ['X'] = UPPER, ['Y'] = UPPER, ['Z'] = UPPER,
	['a'] = BYTE_ALPHA, ['b'] = BYTE_ALPHA, ['c'] = BYTE_ALPHA, ['d'] = BYTE_ALPHA, ['e'] = BYTE_ALPHA,
	['f'] = BYTE_ALPHA, ['g'] = BYTE_ALPHA, ['h'] = BYTE_ALPHA, ['i'] = BYTE_ALPHA, ['j'] = BYTE_ALPHA,
	['k'] = BYTE_ALPHA, ['l'] = BYTE_ALPHA, ['m'] = BYTE_ALPHA, ['n'] = BYTE_ALPHA, ['o'] = BYTE_ALPHA,
	['p'] = BYTE_ALPHA, ['q'] = BYTE_ALPHA, ['r'] = BYTE_ALPHA, ['s'] = BYTE_ALPHA, ['t'] = BYTE_ALPHA,
	['u'] = BYTE_ALPHA, ['v'] = BYTE_ALPHA, ['w'] = BYTE_ALPHA, ['x'] = BYTE_ALPHA, ['y'] = BYTE_ALPHA,
	['z'] = BYTE_ALPHA,
};

void
td_token_init(struct tokenizer *t, struct arena *a, struct str text)
{
	*t = (struct tokenizer){ .arena = a, .start = text.n > 0 ? text.p : "" };
	t->p = t->start;
	t->end = t->start + text.n;
	t->has_cr = memchr(t->start, '\r', text.n) != NULL;
	t->has_nul = memchr(t->start, '\0', text.n) != NULL;
}

static struct str
view(const char *from, const char *to)
{
	return (struct str){ from, (size_t)(to - from) };
}

/* A NUL is three bytes as U+FFFD; the arena is asked once, for the worst. */
static struct str
rewrite(struct tokenizer *t, const char *from, const char *to, bool lower)
{
	size_t nuls = 0, n = 0;
	char  *out;

	for (const char *p = from; t->has_nul && p < to; p++)
		nuls += *p == '\0';
	out = arena_take(t->arena, (size_t)(to - from) + 2 * nuls + 1);
	for (const char *p = from; p < to; p++) {
		if (*p == '\0') {
			memcpy(out + n, REPLACEMENT.p, 3);
			n += 3;
		} else if (*p != '\r') {
			out[n++] = lower ? byte_lower(*p) : *p;
		} else if (p + 1 >= t->end || p[1] != '\n') {
			out[n++] = '\n';
		}
	}
	return (struct str){ out, n };
}

struct str
td_token_clean(struct tokenizer *t, const char *from, const char *to)
{
	size_t n = (size_t)(to - from);

	if ((t->has_cr && memchr(from, '\r', n) != NULL) || (t->has_nul && memchr(from, '\0', n) != NULL))
		return rewrite(t, from, to, false);
	return view(from, to);
}

struct str
td_token_lower(struct tokenizer *t, const char *from, const char *to)
{
	for (const char *p = from; p < to; p++)
		if (byte_is(*p, BYTE_UPPER) || *p == '\0')
			return rewrite(t, from, to, true);
	return view(from, to);
}

static void
give_text(struct tokenizer *t, struct token *tok, const char *to)
{
	tok->kind = TOKEN_TEXT;
	tok->text = t->has_cr ? td_token_clean(t, t->p, to) : view(t->p, to);
	tok->nul = tok->fleeting = false;
	t->p = to;
}

/* At a byte that is no plain text: NUL or '&'. */
static void
give_odd(struct tokenizer *t, struct token *tok, const char *limit)
{
	const char *from = t->p;
	size_t      n;

	tok->kind = TOKEN_TEXT;
	tok->nul = tok->fleeting = false;
	t->p++;
	switch (*from) {
	case '\0':
		tok->nul = t->state == STATE_DATA || t->state == STATE_CDATA;
		tok->text = tok->nul ? view(from, from + 1) : REPLACEMENT;
		return;
	default:
		n = td_token_charref(from, limit, false, &tok->text, t->small);
		tok->fleeting = tok->text.p == t->small;
		if (n == 0)
			tok->text = view(from, t->p);
		else
			t->p = from + n;
	}
}

/* An ampersand that begins no reference is text like any other. */
static bool
is_mere_ampersand(const struct tokenizer *t, const char *p)
{
	return *p == '&' && p + 1 < t->end && p[1] != '#' && !byte_is(p[1], BYTE_ALPHA);
}

/* Data state (13.2.5.1), at something that is not '<'. */
static void
data(struct tokenizer *t, struct token *tok)
{
	const char *q = t->p;

	while (q < t->end && (!byte_is(*q, BYTE_TEXT) || is_mere_ampersand(t, q)))
		q++;
	if (q > t->p)
		give_text(t, tok, q);
	else
		give_odd(t, tok, t->end);
}

/* Text in which no tag can stand until t->raw_end: the five states from RCDATA to CDATA section. */
static void
raw(struct tokenizer *t, struct token *tok)
{
	bool        refs = t->state == STATE_RCDATA;
	size_t      n = (size_t)(t->raw_end - t->p);
	const char *q = t->p;

	if (!refs && !t->has_cr && !t->has_nul) {
		give_text(t, tok, t->raw_end);
		return;
	}
	while (q < t->p + n && (!byte_is(*q, BYTE_TEXT) || *q == '<' || (*q == '&' && !refs)))
		q++;
	if (q > t->p)
		give_text(t, tok, q);
	else
		give_odd(t, tok, t->raw_end);
}

/* Tag open (13.2.5.6) and end tag open (13.2.5.7) states.  False: "</>" or the start of a CDATA section: no token. */
static bool
tag_open(struct tokenizer *t, struct token *tok)
{
	const char *p = t->p + 1;
	bool        end = p < t->end && *p == '/';

	p += end;
	if (p < t->end && byte_is(*p, BYTE_ALPHA)) {
		t->p = p;
		tok->kind = end ? TOKEN_END : TOKEN_START;
		td_token_tag(t, tok);
	} else if (p == t->end || (!end && *p != '!' && *p != '?')) {
		give_text(t, tok, p);
	} else if (end && *p == '>') {
		t->p = p + 1;
		return false;
	} else if (end || *p == '?') {
		td_token_bogus(t, tok, p);
	} else {
		t->p = p + 1;
		td_token_markup(t, tok);
		return t->state != STATE_CDATA;
	}
	return true;
}

/* A step where no markup is known, or at the end of it. */
static bool
raw_step(struct tokenizer *t, struct token *tok)
{
	if (t->raw_end == NULL)
		t->raw_end = td_token_raw_end(t);
	if (t->p < t->raw_end) {
		raw(t, tok);
		return tok->text.n > 0;
	}
	t->raw_end = NULL;
	if (t->state == STATE_CDATA && t->p < t->end)
		t->p += strlen("]]>");
	t->state = STATE_DATA;
	return false;
}

/* One step; false when it read something that makes no token. */
static inline bool
step(struct tokenizer *t, struct token *tok)
{
	if (t->state != STATE_DATA)
		return raw_step(t, tok);
	if (t->p == t->end) {
		tok->kind = TOKEN_EOF;
		return true;
	}
	if (*t->p == '<')
		return tag_open(t, tok);
	data(t, tok);
	return tok->text.n > 0;
}

void
td_token_next(struct tokenizer *t, struct token *ret)
{
	do {
		ret->at = (uint32_t)(t->p - t->start);
	} while (!step(t, ret));
}
