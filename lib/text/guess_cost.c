/* What a text costs to write down when it is read in one encoding and one language. */
#include "text/decode_private.h"
#include "text/guess_private.h"

/* What a character costs, in quarters of a bit. */
enum {
	COST_FIRST = 12,                /* a language's commonest letter; each rank of an alphabet adds one */
	COST_UPPER = 6,                 /* more for a capital ... */
	COST_UPPER_INSIDE = 32,         /* ... more for one behind a small letter ... */
	COST_UPPER_ALONE = 12,          /* ... and for one that is no part of a word */
	COST_MARK = 24,                 /* quotation marks, dashes, the no-break space */
	COST_ORDINAL = 30,              /* small raised numbers and letters */
	COST_SYMBOL = 44,               /* what stands between words at times */
	COST_SYMBOL_INSIDE = 20,        /* more for one that a letter follows at once, and for a closing mark that opens a word */
	COST_FOREIGN = 56,              /* a letter of another language */
	COST_MIXED = 24,                /* more for one that stands beside a letter of ASCII and is not Latin */
	SIGNS_N = 255,                  /* a sign that comes more often than this is decoration, and costs no more */
	COST_CONTROL = 90, COST_NOTHING = 120,
	COST_KANA = 28, COST_KANA_NARROW = 52,
	COST_WIDE = 28,                 /* signs of East Asia */
	COST_USUAL = 50, COST_SELDOM = 64, COST_RARE = 80
};

enum letter { LETTER_NONE, LETTER_LOWER, LETTER_UPPER, LETTER_PLAIN };

/* Case and letterhood as far as the single-byte encodings reach; *ret_lower is the small form. */
static enum letter
letter_of(uint32_t c, uint32_t *ret_lower)
{
	*ret_lower = c;
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? ((c & 0x20) != 0 ? LETTER_LOWER : LETTER_UPPER) : LETTER_NONE;
	if (c < 0xc0 || c == 0xd7 || c == 0xf7)
		return LETTER_NONE;
	if (c < 0xdf)
		return *ret_lower = c + 0x20, LETTER_UPPER;
	if (c < 0x100)
		return LETTER_LOWER;
	if (c < 0x180) {
		bool odd_is_small = c < 0x139 || (c > 0x148 && c < 0x179);
		bool small = ((c & 1) != 0) == odd_is_small || c == 0x138 || c == 0x17f;

		if (c == 0x178)
			return *ret_lower = 0xff, LETTER_UPPER;
		return small ? LETTER_LOWER : (*ret_lower = c + 1, LETTER_UPPER);
	}
	if (c >= 0x386 && c < 0x3ac)
		return *ret_lower = c == 0x386 ? 0x3ac : c < 0x38b ? c + 37 : c == 0x38c ? 0x3cc : c < 0x390 ? c + 63 : c + 32,
		    c == 0x390 ? LETTER_LOWER : LETTER_UPPER;
	if (c >= 0x3ac && c < 0x3cf)
		return LETTER_LOWER;
	if (c >= 0x400 && c < 0x430)
		return *ret_lower = c < 0x410 ? c + 0x50 : c + 0x20, LETTER_UPPER;
	if (c >= 0x430 && c < 0x460)
		return LETTER_LOWER;
	if (c == 0x490 || c == 0x491)
		return *ret_lower = 0x491, c == 0x490 ? LETTER_UPPER : LETTER_LOWER;
	return (c >= 0x300 && c < 0x370) || (c >= 0x5d0 && c < 0x700) || (c >= 0xe01 && c < 0xe5b) || c == 0x192 || c == 0x1a1 ||
	    c == 0x1b0 ? LETTER_PLAIN : LETTER_NONE;
}

static bool
is_mark(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2026) || c == 0xa0 || c == 0xad || c == 0xab || c == 0xbb || c == 0xb7 || c == 0xa9 || c == 0xa7 || c == 0xb0 ||
	    c == 0x2116 || c == 0x20ac || c == 0x60c || c == 0x61f || c == 0xa3 || c == 0xbf || c == 0xa1 || c == 0xae || c == 0x200c;
}

static bool
is_ordinal(uint32_t c)
{
	return c == 0xaa || c == 0xba || c == 0xb2 || c == 0xb3 || c == 0xb9 || c == 0xa6;
}

/* Where each letter up to U+0E7F stands in a language's order of frequency; 255: it is none. */
enum { RANKS_N = 0xe80 };

static void
rank(const char *letters, uint8_t ranks[RANKS_N])
{
	struct str s = str_of(letters);
	uint8_t    n = 0;

	memset(ranks, 255, RANKS_N);
	for (size_t at = 0; at < s.n; n++) {
		uint32_t c = td_utf8_next(s, &at);

		ranks[c] = n < ranks[c] ? n : ranks[c];
	}
}

struct letter_cost {
	uint8_t cost[128];
	uint8_t kind[128];              /* enum letter */
	bool    closes[128];            /* no letter follows, unless one goes before */
	bool    latin[128];
};

static void
learn(const struct guess_single *g, const struct sample *s, struct letter_cost *ret)
{
	uint8_t ranks[RANKS_N];

	rank(g->letters, ranks);
	for (unsigned i = 0; i < 128; i++) {
		uint32_t    c = td_index_single[g->index][i], lower;
		enum letter kind;
		unsigned    place;

		if (!s->has[i])
			continue;
		kind = letter_of(c, &lower);
		place = lower < RANKS_N ? ranks[lower] : 255;
		ret->kind[i] = (uint8_t)kind;
		ret->latin[i] = c < 0x370;
		ret->closes[i] = c == 0x2019 || c == 0x201d || c == 0xbb || c == 0x2026;
		if (place < 255)
			ret->cost[i] = (uint8_t)(COST_FIRST + place + (kind == LETTER_UPPER ? COST_UPPER : 0));
		else if (c == 0)
			ret->cost[i] = COST_NOTHING;
		else if (c < 0xa0)
			ret->cost[i] = COST_CONTROL;
		else
			ret->cost[i] = is_mark(c) ? COST_MARK : is_ordinal(c) ? COST_ORDINAL : kind != LETTER_NONE ? COST_FOREIGN : COST_SYMBOL;
	}
}

static enum letter
kind_at(const struct sample *s, const struct letter_cost *l, size_t at)
{
	uint32_t ignored;

	if (at >= s->n)
		return LETTER_NONE;
	return s->b[at] < 0x80 ? letter_of(s->b[at], &ignored) : (enum letter)l->kind[s->b[at] & 0x7f];
}

static bool
is_ascii_letter(const struct sample *s, size_t at)
{
	uint32_t ignored;

	return at < s->n && s->b[at] < 0x80 && letter_of(s->b[at], &ignored) != LETTER_NONE;
}

/* What a letter costs beside its neighbours more than alone. */
static uint32_t
cost_of_place(const struct sample *s, const struct letter_cost *l, size_t i, enum letter before, enum letter now, enum letter next)
{
	unsigned at = s->b[i] & 0x7f;
	uint32_t cost = 0;

	if (now != LETTER_NONE) {
		if (now == LETTER_UPPER && before == LETTER_LOWER)
			cost += COST_UPPER_INSIDE;
		if (now == LETTER_UPPER && before == LETTER_NONE && next == LETTER_NONE)
			cost += COST_UPPER_ALONE;
		if (!l->latin[at] && ((i > 0 && is_ascii_letter(s, i - 1)) || is_ascii_letter(s, i + 1)))
			cost += COST_MIXED;
	} else if (next != LETTER_NONE) {
		if (l->closes[at] ? before == LETTER_NONE : l->cost[at] == COST_SYMBOL || l->cost[at] == COST_ORDINAL)
			cost += COST_SYMBOL_INSIDE;
	}
	return cost;
}

uint32_t
td_guess_cost_single(const struct sample *s, const struct guess_single *g, uint32_t limit)
{
	struct letter_cost l;
	uint8_t            signs[128] = { 0 };
	uint32_t           cost = 0;
	enum letter        before = LETTER_NONE, now, next;

	learn(g, s, &l);
	now = kind_at(s, &l, 0);
	for (size_t i = 0; i < s->n && cost <= limit; i++, before = now, now = next) {
		unsigned at = s->b[i] & 0x7f;

		next = kind_at(s, &l, i + 1);
		if (s->b[i] < 0x80 || (now == LETTER_NONE && signs[at] == SIGNS_N))
			continue;
		signs[at] += now == LETTER_NONE;
		cost += l.cost[at] + cost_of_place(s, &l, i, before, now, next);
	}
	return cost;
}

/* The frequent characters of one family and what they cost: open addressing, code 0 is a free slot. */
enum { MAP_N = 2048 };

struct frequent {
	uint16_t code[MAP_N];
	uint8_t  cost[MAP_N];
};

static size_t
slot_of(const struct frequent *f, uint32_t c)
{
	size_t i = c * 2654435761u >> 21;

	while (f->code[i] != 0 && f->code[i] != c)
		i = (i + 1) % MAP_N;
	return i;
}

static void
add_frequent(struct frequent *f, uint32_t c, unsigned cost)
{
	size_t i = slot_of(f, c);

	if (f->code[i] == c && f->cost[i] <= cost)
		return;
	f->code[i] = (uint16_t)c;
	f->cost[i] = (uint8_t)cost;
}

/* From 5 bits for the first to 10 for the last one listed; kana come before the Han of Japan. */
static void
learn_frequent(enum guess_family family, struct frequent *f)
{
	struct str s = str_of(td_guess_frequent[family]);
	unsigned   place = 0;

	memset(f->code, 0, sizeof(f->code));
	for (size_t at = 0; at < s.n; place++)
		add_frequent(f, td_utf8_next(s, &at), family == FAMILY_JAPAN && place < 60 ? 20 + place / 4 :
		    22 + (place < 40 ? place / 4 : 10 + (place - 40) / 24));
	/* What the other shore writes is written in either encoding that has it. */
	s = str_of(td_guess_frequent[FAMILY_TAIWAN]);
	for (size_t at = 0; family == FAMILY_CHINA && at < s.n;)
		add_frequent(f, td_utf8_next(s, &at), COST_USUAL);
}

static bool
is_between(uint32_t c, uint32_t low, uint32_t high)
{
	return c >= low && c <= high;
}

static uint32_t
cost_of_wide(const struct frequent *f, enum guess_family family, uint32_t c)
{
	size_t i = slot_of(f, c);

	if (f->code[i] == c)
		return f->cost[i];
	if (c == UTF8_REPLACEMENT)
		return COST_NOTHING;
	if (c < 0xa0 || is_between(c, 0xe000, 0xf8ff) || c > 0xffff)
		return COST_CONTROL;
	if (is_between(c, 0x3000, 0x301f))
		return COST_WIDE;
	if (is_between(c, 0xff01, 0xff5e))
		return COST_WIDE + 8;
	if (is_between(c, 0x2010, 0x24ff))
		return COST_USUAL;
	if (is_between(c, 0x3041, 0x30fe))
		return family == FAMILY_JAPAN ? COST_KANA : COST_SELDOM;
	if (is_between(c, 0xff61, 0xff9f))
		return COST_KANA_NARROW;
	if (is_between(c, 0xac00, 0xd7a3))
		return COST_USUAL + 4;
	if (is_between(c, 0x4e00, 0x9fff))
		return family == FAMILY_KOREAN ? COST_RARE : COST_USUAL + 10;
	return COST_RARE;
}

static void (*
decoder_of(const char *name))(struct decoding *)
{
	return strcmp(name, "EUC-KR") == 0 ? td_decode_euc_kr : strcmp(name, "GBK") == 0 ? td_decode_gb18030 :
	    strcmp(name, "Big5") == 0 ? td_decode_big5 : strcmp(name, "EUC-JP") == 0 ? td_decode_euc_jp : td_decode_shift_jis;
}

uint32_t
td_guess_cost_multi(const struct sample *s, const struct guess_multi *g, bool *ret_clean)
{
	struct frequent f;
	unsigned char   text[3 * sizeof(s->b) + DECODE_SPARE];
	struct decoding d = { .p = s->b, .soft = s->b + s->n, .end = s->b + s->n, .out = text };
	struct str      out;
	uint32_t        cost = 0;

	learn_frequent(g->family, &f);
	decoder_of(g->name)(&d);
	out = (struct str){ (const char *)text, (size_t)(d.out - text) };
	*ret_clean = d.errors <= (s->n >= SAMPLE_B);              /* a full sample may end within a character */
	for (size_t at = 0; at < out.n;) {
		uint32_t c = td_utf8_next(out, &at);

		cost += c >= 0x80 ? cost_of_wide(&f, g->family, c) : 0;
	}
	return cost;
}
