#include "text/guess.h"

#include "text/guess_private.h"
#include "text/utf8.h"

enum { LOOK_B = 256 * 1024 };

/* In quarters of a bit, as the costs are. */
enum {
	COST_UNUSUAL = 16,              /* any other encoding than the web's default: two or three signs prove nothing */
	COST_AT_HOME = 20,              /* a byte: no text costs so little in a wrong encoding */
	COST_MARGIN = 256,              /* what a label is worth beside an eighth of the cost ... */
	COST_MARGIN_DEFAULT = 64        /* ... and the one that servers and editors put there unasked */
};

/* FNV-1a; a slot holds the last run that fell there. */
static bool
is_new(struct sample *s, size_t from)
{
	uint32_t h = 2166136261;

	for (size_t i = from; i < s->n; i++)
		h = (h ^ s->b[i]) * 16777619;
	if (s->seen[h % SEEN_N] == h)
		return false;
	s->seen[h % SEEN_N] = h;
	return true;
}

static size_t
next_high(struct bytes in, size_t at)
{
	uint64_t eight;

	for (; at + 8 <= in.n; at += 8) {
		memcpy(&eight, in.p + at, 8);
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (at < in.n && in.p[at] < 0x80)
		at++;
	return at;
}

static void
count_high(struct sample *s)
{
	s->high = 0;
	memset(s->has, 0, sizeof(s->has));
	for (size_t i = 0; i < s->n; i++) {
		if (s->b[i] < 0x80)
			continue;
		s->high++;
		s->has[s->b[i] & 0x7f] = true;
	}
}

static void
take_sample(struct bytes in, struct sample *s)
{
	size_t at = 0, taken = 0, last, from;

	in.n = in.n < LOOK_B ? in.n : LOOK_B;
	s->n = 0;
	memset(s->seen, 0, sizeof(s->seen));
	while ((at = next_high(in, at)) < in.n && s->n + 4 < SAMPLE_B) {
		from = s->n;
		if (at > taken)
			s->b[s->n++] = in.p[at - 1];
		for (last = at; at < in.n && at - last <= 2 && s->n < SAMPLE_B; at++) {
			if (in.p[at] >= 0x80)
				last = at;
			s->b[s->n++] = in.p[at];
		}
		taken = at;
		if (!is_new(s, from))
			s->n = from;
	}
	count_high(s);
}

/* Only the bytes that two encodings read differently, each between its neighbours. */
static void
take_differences(struct bytes in, const uint16_t *one, const uint16_t *other, struct sample *s)
{
	in.n = in.n < LOOK_B ? in.n : LOOK_B;
	s->n = 0;
	memset(s->seen, 0, sizeof(s->seen));
	for (size_t at = next_high(in, 0); at < in.n && s->n + 4 < SAMPLE_B; at = next_high(in, at + 1)) {
		unsigned char b = in.p[at] & 0x7f;

		if (one[b] == other[b])
			continue;
		s->b[s->n] = at > 0 ? in.p[at - 1] : ' ';
		s->b[s->n + 1] = in.p[at];
		s->b[s->n + 2] = at + 1 < in.n ? in.p[at + 1] : ' ';
		s->b[s->n + 3] = ' ';
		s->n += 4;
		if (!is_new(s, s->n - 4))
			s->n -= 4;
	}
	count_high(s);
}

struct cheapest {
	const char *name;
	uint32_t    cost;
};

static void
keep_cheaper(struct cheapest *best, const char *name, uint32_t cost)
{
	cost += strcmp(name, "windows-1252") != 0 ? COST_UNUSUAL : 0;
	if (cost < best->cost)
		*best = (struct cheapest){ name, cost };
}

/* ISO's and Windows' encodings of one language differ in a few bytes, which the sample may lack: all of the page decides. */
static const struct guess_single *
better_twin(struct bytes in, const struct guess_single *g)
{
	static const int twins[][2] = { { INDEX_WINDOWS_1253, INDEX_ISO_8859_7 }, { INDEX_WINDOWS_1250, INDEX_ISO_8859_2 } };

	for (size_t i = 0; i < 2 * sizeof(twins) / sizeof(*twins); i++) {
		int           index = twins[i / 2][i % 2], other = twins[i / 2][1 - i % 2];
		struct sample s;

		for (size_t k = 0; index == g->index && k < td_guess_singles_n; k++) {
			const struct guess_single *twin = &td_guess_singles[k];

			if (twin->index != other || strcmp(twin->letters, g->letters) != 0)
				continue;
			take_differences(in, td_index_single[index], td_index_single[other], &s);
			return td_guess_cost_single(&s, twin, UINT32_MAX) < td_guess_cost_single(&s, g, UINT32_MAX) ? twin : g;
		}
	}
	return g;
}

static struct cheapest
cheapest_single(struct bytes in, const struct sample *s)
{
	struct cheapest best = { "windows-1252", UINT32_MAX - COST_UNUSUAL };
	size_t          which = 0;

	for (size_t i = 0; i < td_guess_singles_n; i++) {
		uint32_t before = best.cost;

		keep_cheaper(&best, td_guess_singles[i].name, td_guess_cost_single(s, &td_guess_singles[i], best.cost));
		which = best.cost < before ? i : which;
	}
	best.name = better_twin(in, &td_guess_singles[which])->name;
	return best;
}

static struct cheapest
cheapest_multi(const struct sample *s)
{
	struct cheapest best = { "GBK", UINT32_MAX - COST_UNUSUAL };
	bool            clean;

	for (size_t i = 0; i < td_guess_multis_n; i++)
		keep_cheaper(&best, td_guess_multis[i].name, td_guess_cost_multi(s, &td_guess_multis[i], &clean));
	return best;
}

/* What a label's own encoding costs. */
struct own {
	uint32_t cost;                  /* UINT32_MAX: it is not among the candidates */
	bool     whole_pairs;           /* it has pairs, and none is broken */
	bool     dense;                 /* the language is written with hardly any ASCII: the cost a byte means something */
};

static struct own
cost_own(const struct sample *s, const char *name)
{
	struct own own = { .cost = UINT32_MAX };

	for (size_t i = 0; i < td_guess_singles_n; i++) {
		const struct guess_single *g = &td_guess_singles[i];
		uint32_t cost = strcmp(name, g->name) == 0 ? td_guess_cost_single(s, g, own.cost) : UINT32_MAX;

		if (cost < own.cost)
			own = (struct own){ cost, false, (unsigned char)g->letters[0] >= 0xcd };
	}
	for (size_t i = 0; i < td_guess_multis_n; i++)
		if (strcmp(strcmp(name, "gb18030") == 0 ? "GBK" : name, td_guess_multis[i].name) == 0)
			own.cost = td_guess_cost_multi(s, &td_guess_multis[i], &own.whole_pairs), own.dense = true;
	return own;
}

const char *
td_guess(struct bytes in)
{
	struct sample   s;
	struct cheapest single, multi;

	take_sample(in, &s);
	single = cheapest_single(in, &s);
	multi = cheapest_multi(&s);
	return multi.cost < single.cost ? multi.name : single.name;
}

const char *
td_guess_labelled(struct bytes in, const char *name)
{
	struct sample   s;
	struct own      own;
	struct cheapest best;
	uint32_t        margin = strcmp(name, "windows-1252") == 0 ? COST_MARGIN_DEFAULT : COST_MARGIN;

	take_sample(in, &s);
	own = cost_own(&s, name);
	if (own.cost == UINT32_MAX || (own.dense && own.cost < COST_AT_HOME * s.high))
		return name;
	best = cheapest_multi(&s);
	/* That every pair is whole is no accident: then only another encoding of pairs can be meant. */
	if (!own.whole_pairs) {
		struct cheapest single = cheapest_single(in, &s);

		best = single.cost <= best.cost ? single : best;
	}
	return own.cost - own.cost / 8 > best.cost + margin ? best.name : name;
}

const char *
td_guess_utf16(struct bytes in)
{
	size_t n = (in.n < 2048 ? in.n : 2048) & ~(size_t)1, nul[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		nul[i & 1] += in.p[i] == 0;
	if (n < 8 || (nul[0] > 0 && nul[1] > 0) || (nul[0] + nul[1]) * 8 < n)
		return NULL;
	return nul[1] > 0 ? "UTF-16LE" : "UTF-16BE";
}

bool
td_guess_mostly_utf8(struct bytes in, size_t good_for_one_bad)
{
	struct sample s;
	struct bytes  left;
	size_t        good = 0, bad = 0, n;

	take_sample(in, &s);
	for (left = (struct bytes){ s.b, s.n }; left.n > 0; left = (struct bytes){ left.p + n, left.n - n }) {
		n = td_utf8_bad_length(left);
		if (left.p[0] < 0x80)
			continue;
		if (td_utf8_is_valid((struct bytes){ left.p, n }))
			good++;
		else
			bad++;
	}
	return good > bad * good_for_one_bad;
}
