/* What a text costs to write down when it is read in one encoding and one language. */
#include <stdlib.h>

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
	COST_KANA = 28, COST_KANA_NARROW = 52, COST_WIDE = 28, COST_USUAL = 50, COST_SELDOM = 64, COST_RARE = 80,
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
learn(const struct guess_single *g, struct letter_cost *ret)
{
	uint8_t ranks[RANKS_N];

	rank(g->letters, ranks);
	for (unsigned i = 0; i < 128; i++) {
		uint32_t    c = td_index_single[g->index][i], lower;
		enum letter kind = letter_of(c, &lower);
		unsigned    place = lower < RANKS_N ? ranks[lower] : 255;

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

	learn(g, &l);
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

/* Han, Hangul and kana of one family: its frequent ones by rank, others by how usual their row is. */
struct wide_cost {
	uint8_t cost[0x10000];
};

static void
fill(struct wide_cost *w, uint32_t from, uint32_t to, int cost)
{
	memset(w->cost + from, cost, to - from);
}

static void
fill_index(struct wide_cost *w, const uint16_t *index, size_t from, size_t to, int cost)
{
	for (size_t i = from; i < to; i++)
		if (index[i] >= 0x3000)
			w->cost[index[i]] = (uint8_t)cost;
}

/* The rows of the everyday character sets: KS X 1001, GB 2312 level 1, Big5 level 1, JIS level 1. */
static void
fill_rows(struct wide_cost *w, enum guess_family family)
{
	switch (family) {
	case FAMILY_KOREAN:
		fill(w, 0xac00, 0xd7a4, COST_RARE);
		for (size_t lead = 0xb0; lead <= 0xc8; lead++)
			fill_index(w, td_index_euc_kr, (lead - 0x81) * 190 + 0x60, (lead - 0x81) * 190 + 0xbe, COST_USUAL);
		for (size_t lead = 0xca; lead <= 0xfd; lead++)
			fill_index(w, td_index_euc_kr, (lead - 0x81) * 190 + 0x60, (lead - 0x81) * 190 + 0xbe, COST_SELDOM + 8);
		return;
	case FAMILY_CHINA:
		for (size_t lead = 0xb0; lead <= 0xf7; lead++)
			fill_index(w, td_index_gb18030, (lead - 0x81) * 190 + 0x60, (lead - 0x81) * 190 + 0xbe,
			    lead < 0xd8 ? COST_USUAL : COST_SELDOM);
		return;
	case FAMILY_TAIWAN:
		fill_index(w, td_index_big5, (0xa4 - 0x81) * 157, (0xc7 - 0x81) * 157, COST_USUAL);
		fill_index(w, td_index_big5, (0xc9 - 0x81) * 157, (0xfa - 0x81) * 157, COST_SELDOM);
		return;
	case FAMILY_JAPAN:
		fill_index(w, td_index_jis0208, 15 * 94, 47 * 94, COST_USUAL);
		fill_index(w, td_index_jis0208, 47 * 94, 84 * 94, COST_SELDOM);
		fill(w, 0x3041, 0x30ff, COST_KANA);
		fill(w, 0xff61, 0xffa0, COST_KANA_NARROW);
		return;
	}
}

static void
learn_wide(enum guess_family family, struct wide_cost *w)
{
	struct str s = str_of(td_guess_frequent[family]);
	unsigned   step = 0;

	memset(w->cost, COST_RARE, sizeof(w->cost));
	fill(w, 0, 0xa0, COST_CONTROL);
	fill(w, 0xa0, 0x100, COST_SELDOM);
	fill(w, 0x2010, 0x2500, COST_USUAL);
	fill(w, 0x3000, 0x3020, COST_WIDE);
	fill(w, 0xe000, 0xf900, COST_CONTROL);
	fill(w, 0xff00, 0xff5f, COST_WIDE + 8);
	fill_rows(w, family);
	/* Characters of the other shore are written in either encoding that has them. */
	for (struct str o = str_of(td_guess_frequent[FAMILY_TAIWAN]); family == FAMILY_CHINA && step < o.n;) {
		size_t   at = step;
		uint32_t c = td_utf8_next(o, &at);

		step = (unsigned)at;
		w->cost[c] = w->cost[c] < COST_USUAL + 4 ? w->cost[c] : COST_USUAL + 4;
	}
	step = 0;
	/* From 5 bits for the first of an alphabet to 10 for the last one listed. */
	for (size_t at = 0; at < s.n; step++) {
		uint32_t c = td_utf8_next(s, &at);
		unsigned cost = family == FAMILY_JAPAN && step < 60 ? 20 + step / 4 : 22 + (step < 40 ? step / 4 : 10 + (step - 40) / 24);

		if (c < 0x10000 && w->cost[c] > cost)
			w->cost[c] = (uint8_t)cost;
	}
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
	struct wide_cost *w = malloc(sizeof(*w));
	unsigned char     text[3 * sizeof(s->b) + DECODE_SPARE];
	struct decoding   d = { .p = s->b, .soft = s->b + s->n, .end = s->b + s->n, .out = text };
	struct str        out;
	uint32_t          cost = 0;

	if (w == NULL)
		return UINT32_MAX;
	learn_wide(g->family, w);
	decoder_of(g->name)(&d);
	out = (struct str){ (const char *)text, (size_t)(d.out - text) };
	*ret_clean = d.errors <= (s->n >= SAMPLE_B);              /* a full sample may end within a character */
	for (size_t at = 0; at < out.n;) {
		uint32_t c = td_utf8_next(out, &at);

		if (c >= 0x80)
			cost += c == UTF8_REPLACEMENT ? COST_NOTHING : c < 0x10000 ? w->cost[c] : COST_CONTROL;
	}
	free(w);
	return cost;
}
