#include "words/words.h"

#include "base/buf.h"
#include "words_table.h"

_Static_assert(WORDS_LANGS == WORDS_LANG__COUNT, "lib/words/meson.build gives the languages in the order of the enum");

static const char *const names[WORDS_LANG__COUNT] = { [WORDS_EN] = "English", [WORDS_KO] = "한국어" };

struct str
td_words_tag(enum words_lang lang)
{
	return str_of(words_tags[lang]);
}

struct str
td_words_name(enum words_lang lang)
{
	return str_of(names[lang]);
}

bool
td_words_lang(struct str tag, enum words_lang *ret)
{
	struct str primary = tag;

	for (size_t i = 0; i < tag.n && primary.n == tag.n; i++)
		if (tag.p[i] == '-' || tag.p[i] == '_')
			primary = str_sub(tag, 0, i);
	for (size_t l = 0; l < WORDS_LANG__COUNT; l++)
		if (str_eq_nocase(primary, str_of(words_tags[l]))) {
			*ret = (enum words_lang)l;
			return true;
		}
	return false;
}

struct str
td_words(enum words_lang lang, struct str id)
{
	size_t from = 0, to = sizeof(words_table) / sizeof(*words_table);

	while (from < to) {
		size_t     mid = from + (to - from) / 2;
		int        d = str_cmp(id, words_table[mid].id);
		struct str text;

		if (d == 0) {
			text = words_table[mid].text[lang];
			return text.n > 0 ? text : words_table[mid].text[WORDS_EN];
		}
		if (d < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return (struct str){ "", 0 };
}

/* The index of the argument at s[i], or STR_NONE. */
static size_t
place_at(struct str s, size_t i)
{
	if (i + 2 < s.n && s.p[i] == '{' && s.p[i + 1] >= '1' && s.p[i + 1] <= '9' && s.p[i + 2] == '}')
		return (size_t)(s.p[i + 1] - '1');
	return STR_NONE;
}

struct str
td_words_fill(struct arena *a, struct str sentence, const struct str *args, size_t n)
{
	size_t size = 0, at = 0;
	char  *out;

	for (size_t i = 0; i < sentence.n; i++) {
		size_t arg = place_at(sentence, i);

		size += arg < n ? args[arg].n : 1;
		i += arg < n ? 2 : 0;
	}
	out = arena_take(a, size + 1);
	for (size_t i = 0; i < sentence.n; i++) {
		size_t arg = place_at(sentence, i);

		if (arg >= n) {
			out[at++] = sentence.p[i];
			continue;
		}
		if (args[arg].n > 0)
			memcpy(out + at, args[arg].p, args[arg].n);
		at += args[arg].n;
		i += 2;
	}
	return (struct str){ out, at };
}

/* ";q=0.8" as thousandths; nonsense counts as 0. */
static int
quality(struct str params)
{
	size_t at = str_find_nocase(params, STR("q="));
	int    value = 0, scale = 1000;

	if (at == STR_NONE)
		return 1000;
	for (size_t i = at + 2; i < params.n && i < at + 7; i++) {
		char c = params.p[i];

		if (c == '.')
			continue;
		if (c < '0' || c > '9')
			break;
		value += (c - '0') * scale;
		scale /= 10;
	}
	return value > 1000 ? 0 : value;
}

enum words_lang
td_words_choose(struct str accept, unsigned offered)
{
	enum words_lang best = WORDS_EN, lang;
	struct str      part, tag;
	int             best_q = 0;

	while (best < WORDS_LANG__COUNT - 1 && (offered & 1u << best) == 0)
		best++;
	while (str_cut(&accept, ',', &part)) {
		struct str params = part;
		int        q;

		if (!str_cut(&params, ';', &tag))
			continue;
		q = quality(params);
		if (td_words_lang(str_trim(tag), &lang) && (offered & 1u << lang) != 0 && q > best_q) {
			best = lang;
			best_q = q;
		}
	}
	return best;
}
