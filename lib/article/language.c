/* The language: what the page says, unless its script says otherwise. */
#include "article/parts.h"

#include <stdlib.h>

#include "text/utf8.h"

enum script { SCRIPT_LATIN, SCRIPT_HANGUL, SCRIPT_KANA, SCRIPT_HAN, SCRIPT_CYRILLIC, SCRIPT_ARABIC, SCRIPT_GREEK, SCRIPT_HEBREW,
	SCRIPT_THAI, SCRIPT_DEVANAGARI, SCRIPT_BENGALI, SCRIPT_TAMIL, SCRIPT_GEORGIAN, SCRIPT_ARMENIAN, SCRIPT_BURMESE, SCRIPT_KHMER,
	SCRIPT__COUNT };

/* The language of a script that (nearly) only one language of the news writes in; "" where several do. */
static const char *const language_of[SCRIPT__COUNT] = {
	[SCRIPT_LATIN] = "", [SCRIPT_HANGUL] = "ko", [SCRIPT_KANA] = "ja", [SCRIPT_HAN] = "zh", [SCRIPT_CYRILLIC] = "ru",
	[SCRIPT_ARABIC] = "ar", [SCRIPT_GREEK] = "el", [SCRIPT_HEBREW] = "he", [SCRIPT_THAI] = "th", [SCRIPT_DEVANAGARI] = "hi",
	[SCRIPT_BENGALI] = "bn", [SCRIPT_TAMIL] = "ta", [SCRIPT_GEORGIAN] = "ka", [SCRIPT_ARMENIAN] = "hy", [SCRIPT_BURMESE] = "my",
	[SCRIPT_KHMER] = "km",
};

static const struct { uint32_t from, to; enum script script; } ranges[] = {
	{ 'A', 'Z', SCRIPT_LATIN }, { 'a', 'z', SCRIPT_LATIN }, { 0xc0, 0x24f, SCRIPT_LATIN }, { 0x370, 0x3ff, SCRIPT_GREEK },
	{ 0x400, 0x52f, SCRIPT_CYRILLIC }, { 0x530, 0x58f, SCRIPT_ARMENIAN }, { 0x590, 0x5ff, SCRIPT_HEBREW }, { 0x600, 0x6ff, SCRIPT_ARABIC },
	{ 0x900, 0x97f, SCRIPT_DEVANAGARI }, { 0x980, 0x9ff, SCRIPT_BENGALI }, { 0xb80, 0xbff, SCRIPT_TAMIL }, { 0xe00, 0xe7f, SCRIPT_THAI },
	{ 0x1000, 0x109f, SCRIPT_BURMESE }, { 0x10a0, 0x10ff, SCRIPT_GEORGIAN }, { 0x1100, 0x11ff, SCRIPT_HANGUL },
	{ 0x1780, 0x17ff, SCRIPT_KHMER }, { 0x3040, 0x30ff, SCRIPT_KANA }, { 0x3400, 0x9fff, SCRIPT_HAN }, { 0xac00, 0xd7a3, SCRIPT_HANGUL },
};

/* Languages in Latin letters, and their commonest small words, sorted bytewise. */
enum { EN = 1 << 0, DE = 1 << 1, FR = 1 << 2, ES = 1 << 3, IT = 1 << 4, PT = 1 << 5, NL = 1 << 6, PL = 1 << 7, SV = 1 << 8, TR = 1 << 9,
	ID = 1 << 10, VI = 1 << 11, LANGUAGES = 12, SMALL_WORD_B = 9 };
static const char *const latin_languages[LANGUAGES] = { "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "id", "vi" };
static const struct small_word { char word[SMALL_WORD_B + 1]; uint16_t languages; } small_words[] = {
	{ "and", EN }, { "att", SV }, { "auf", DE }, { "av", SV }, { "bir", TR }, { "bu", TR }, { "che", IT }, { "cho", VI },
	{ "com", PT }, { "con", ES }, { "có", VI }, { "của", VI }, { "da", PT | TR }, { "dalam", ID }, { "dan", ID },
	{ "dans", FR }, { "dari", ID }, { "das", DE }, { "dat", NL }, { "de", ES | PT | NL | TR }, { "del", IT },
	{ "della", IT }, { "den", DE }, { "dengan", ID }, { "der", DE }, { "des", FR }, { "det", SV }, { "di", IT | ID },
	{ "die", DE }, { "do", PT | PL }, { "e", PT }, { "een", NL }, { "el", ES }, { "em", PT }, { "en", ES | NL | SV },
	{ "est", FR }, { "et", FR }, { "for", EN }, { "för", SV }, { "gibi", TR }, { "het", NL }, { "i", PL }, { "il", IT },
	{ "ile", TR }, { "in", EN }, { "ini", ID }, { "is", EN }, { "ist", DE }, { "için", TR }, { "jest", PL },
	{ "không", VI }, { "la", FR | ES | IT }, { "le", FR }, { "les", FR }, { "los", ES }, { "là", VI }, { "med", SV },
	{ "met", NL }, { "mit", DE }, { "một", VI }, { "na", PL }, { "người", VI }, { "nicht", DE }, { "nie", PL },
	{ "niet", NL }, { "non", IT }, { "não", PT }, { "o", PT }, { "och", SV }, { "od", PL }, { "of", EN },
	{ "olarak", TR }, { "op", NL }, { "pada", ID }, { "para", PT }, { "per", IT }, { "por", ES }, { "pour", FR },
	{ "på", SV }, { "que", FR | ES | PT }, { "się", PL }, { "som", SV }, { "sono", IT }, { "that", EN }, { "the", EN },
	{ "tidak", ID }, { "to", EN }, { "trong", VI }, { "um", PT }, { "un", IT }, { "una", ES }, { "und", DE },
	{ "une", FR }, { "untuk", ID }, { "van", NL }, { "ve", TR }, { "von", DE }, { "voor", NL }, { "và", VI },
	{ "w", PL }, { "was", EN }, { "with", EN }, { "y", ES }, { "yang", ID }, { "z", PL }, { "är", SV }, { "çok", TR },
	{ "được", VI }, { "że", PL },
};

static enum script
script_of(uint32_t c)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].script;
	return SCRIPT__COUNT;
}

static enum script
main_script(struct str s)
{
	size_t count[SCRIPT__COUNT] = { 0 };
	size_t best = SCRIPT_LATIN;

	for (size_t at = 0; at < s.n && at < 20000;) {
		enum script k = script_of(td_utf8_next(s, &at));

		if (k < SCRIPT__COUNT)
			count[k]++;
	}
	/* Han and kana letters say more than a Latin letter does. */
	for (size_t k = 0; k < SCRIPT__COUNT; k++)
		if (count[k] * (k == SCRIPT_LATIN ? 1 : 2) > count[best] * (best == SCRIPT_LATIN ? 1 : 2))
			best = k;
	return best == SCRIPT_HAN && count[SCRIPT_KANA] * 10 > count[SCRIPT_HAN] ? SCRIPT_KANA : (enum script)best;
}

static int
compare_word(const void *key, const void *row)
{
	return strcmp(key, ((const struct small_word *)row)->word);
}

/* The languages of which this is a small word, as bits; ASCII case does not count. */
static unsigned
languages_with(struct str word)
{
	char                     low[SMALL_WORD_B + 1] = { 0 };
	const struct small_word *found;

	if (word.n == 0 || word.n > SMALL_WORD_B)
		return 0;
	for (size_t i = 0; i < word.n; i++)
		low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] | 0x20) : word.p[i];
	found = bsearch(low, small_words, sizeof(small_words) / sizeof(*small_words), sizeof(*small_words), compare_word);
	return found != NULL ? found->languages : 0;
}

static const char *
latin_language(struct str s)
{
	size_t     hits[LANGUAGES] = { 0 }, best = 0, words = 0;
	struct str word;

	for (s = str_sub(s, 0, td_utf8_floor(s, 4000)); str_cut(&s, ' ', &word); words++)
		for (unsigned i = 0, with = languages_with(word); with != 0; i++, with >>= 1)
			hits[i] += with & 1;
	for (size_t i = 1; i < LANGUAGES; i++)
		best = hits[i] > hits[best] ? i : best;
	return hits[best] * 12 > words ? latin_languages[best] : "";
}

static bool
is_tag(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return s.n >= 2 && s.n <= 35;
}

void
td_language(struct draft *d)
{
	struct article   *a = d->article;
	struct html_node *html = d->tree != NULL ? td_html_find(d->tree->document, TAG_HTML) : NULL;
	struct str        said = html != NULL ? str_trim(td_html_attr(html, STR("lang"))) : STR("");
	enum script       script = main_script(a->text);
	const char       *seen = script == SCRIPT_LATIN ? latin_language(a->text) : language_of[script];

	if (a->text.n < 80 || seen[0] == '\0' || (said.n >= 2 && str_starts_nocase(said, str_of(seen)) && is_tag(said))) {
		if (is_tag(said)) {
			a->language = said;
			td_draft_why(d, "language", 85, "the page's lang");
		}
		return;
	}
	/* Ukrainian, Persian and others share a script: there the page is believed. */
	if ((script == SCRIPT_CYRILLIC || script == SCRIPT_ARABIC || script == SCRIPT_DEVANAGARI) && is_tag(said) &&
	    !str_starts_nocase(said, STR("en"))) {
		a->language = said;
		td_draft_why(d, "language", 85, "the page's lang");
		return;
	}
	a->language = str_of(seen);
	td_draft_why(d, "language", 75, script == SCRIPT_LATIN ? "its commonest words" : "its script");
}
