/* The language: what the page says, unless its script says otherwise. */
#include "article/parts.h"
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

/* Commonest small words of languages in Latin letters, each with a space on both sides. */
static const struct { const char *language, *words; } small_words[] = {
	{ "en", " the of and to in that is was for with " }, { "de", " der die und den das von mit ist nicht auf " },
	{ "fr", " le la les des et est une dans que pour " }, { "es", " el la los de que y en una por con " },
	{ "it", " il di che la per un del non sono della " }, { "pt", " o de que e do da em um para com não " },
	{ "nl", " de het een van en dat niet voor met op " }, { "pl", " w na i się z nie do że jest od " },
	{ "sv", " och att det som en på är av för med " }, { "tr", " ve bir bu için ile da de olarak çok gibi " },
	{ "id", " yang dan di untuk dengan dari ini tidak dalam pada " }, { "vi", " và của là không được có cho trong người một " },
};

#define LANGUAGES    (sizeof(small_words) / sizeof(*small_words))
#define SMALL_WORD_B 9

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

/* " word " in lower case, as the lists have it; false when it is too long to be there. */
static bool
as_listed(struct str word, char ret[SMALL_WORD_B + 2])
{
	if (word.n == 0 || word.n > SMALL_WORD_B)
		return false;
	ret[0] = ret[word.n + 1] = ' ';
	for (size_t i = 0; i < word.n; i++)
		ret[i + 1] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] | 0x20) : word.p[i];
	return true;
}

static const char *
latin_language(struct str s)
{
	size_t     hits[LANGUAGES] = { 0 }, best = 0, words = 0;
	char       listed[SMALL_WORD_B + 2];
	struct str word;

	for (s = str_sub(s, 0, td_utf8_floor(s, 4000)); str_cut(&s, ' ', &word); words++)
		if (as_listed(word, listed))
			for (size_t i = 0; i < LANGUAGES; i++)
				hits[i] += str_find(str_of(small_words[i].words), (struct str){ listed, word.n + 2 }) != STR_NONE;
	for (size_t i = 1; i < LANGUAGES; i++)
		best = hits[i] > hits[best] ? i : best;
	return hits[best] * 12 > words ? small_words[best].language : "";
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
