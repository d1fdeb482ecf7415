#include "text/language.h"

#include <string.h>

#include "text/utf8.h"

enum { BEST_EFFORT = 0x4000, WORD_B = 24, LETTERS_MIN = 2 };

/*
 * CLD2's ExtDetectLanguageSummary() and LanguageCode(), by the names that its compiler gave them: its header is C++.
 * public/compact_lang_det.h: text, bytes, is plain, hints, flags, languages[3], percents[3], scores[3], chunks, text bytes,
 * is reliable.  An enum is an int there.
 */
int         cld2_detect(const char *, int, bool, const void *, int, int[3], int[3], double[3], void *, int *, bool *)
	__asm__("_ZN4CLD224ExtDetectLanguageSummaryEPKcibPKNS_8CLDHintsEiPNS_8LanguageEPiPdPSt6vectorINS_11ResultChunkESaISA_EES7_Pb");
const char *cld2_code(int) __asm__("_ZN4CLD212LanguageCodeENS_8LanguageE");

/* A table of the full set: naming it keeps that library among those that the linker loads, before CLD2's own small set. */
extern const char               cld2_quads __asm__("_ZN4CLD29kQuad_objE");
__attribute__((used)) static const char *const full_tables = &cld2_quads;

enum script { OTHER, LATIN, CYRILLIC, HANGUL, KANA, HAN, THAI, GREEK, GEORGIAN, ARMENIAN, BURMESE, KHMER, TAMIL, BENGALI, SCRIPT__COUNT };

/* The language of a script that only one language of the news writes in. */
static const char *const language_of[SCRIPT__COUNT] = { [HANGUL] = "ko", [KANA] = "ja", [THAI] = "th", [GREEK] = "el",
	[GEORGIAN] = "ka", [ARMENIAN] = "hy", [BURMESE] = "my", [KHMER] = "km", [TAMIL] = "ta" };

/* By the first code point of a block of 128 that one script has; 0xac00 and 0x4e00 are more than a block. */
static enum script
script_of(uint32_t c)
{
	if (c < 0x250)
		return c >= 'A' && ((c | 0x20) <= 'z' || c >= 0xc0) && (c | 0x20) >= 'a' ? LATIN : OTHER;
	if (c >= 0xac00 && c <= 0xd7a3)
		return HANGUL;
	if (c >= 0x3400 && c <= 0x9fff)
		return HAN;
	if (c >= 0x3040 && c <= 0x30ff)
		return KANA;
	if (c >= 0x400 && c <= 0x52f)
		return CYRILLIC;
	switch (c >> 7) {
	case 0x370 >> 7:  return c >= 0x370 ? GREEK : OTHER;
	case 0x380 >> 7:  return GREEK;
	case 0x980 >> 7:  return BENGALI;
	case 0xb80 >> 7:  return TAMIL;
	case 0xe00 >> 7:  return THAI;
	case 0x1000 >> 7: return BURMESE;
	case 0x1080 >> 7: return c >= 0x10a0 ? GEORGIAN : BURMESE;
	case 0x1100 >> 7: case 0x1180 >> 7: return HANGUL;
	case 0x1780 >> 7: return KHMER;
	case 0x500 >> 7:  return c >= 0x531 ? ARMENIAN : OTHER;
	case 0x580 >> 7:  return c < 0x590 ? ARMENIAN : OTHER;
	default:          return OTHER;
	}
}

static enum script
main_script(struct str s, size_t *ret_letters)
{
	size_t count[SCRIPT__COUNT] = { 0 }, best = OTHER;

	for (size_t at = 0; at < s.n;) {
		unsigned char c = (unsigned char)s.p[at];

		if (c < 0x80)
			at++, count[LATIN] += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		else {
			uint32_t     point = td_utf8_next(s, &at);
			enum script  k = script_of(point);

			count[k] += k != OTHER || point >= 0x370;
		}
	}
	/* Han, kana and Hangul letters say more than a Latin letter does. */
	for (size_t k = 0; k < SCRIPT__COUNT; k++)
		if (count[k] * (k <= LATIN ? 1 : 2) > count[best] * (best <= LATIN ? 1 : 2))
			best = k;
	*ret_letters = count[best];
	return best == HAN && count[KANA] * 10 > count[HAN] ? KANA : (enum script)best;
}

/* Languages that are taken for each other. */
static const char *const alike[] = { " hr bs sr sh cnr ", " id ms ", " no nb nn ", " tl fil ", " zh yue wuu lzh cmn ", " fa prs ", " az azb ", " uz uzb ",
	" ku kmr ckb ", " sq als " };
static const char *const cousins[] = { " bg mk sr ", " ru uk be ", " da no nb nn sv ", " cs sk ", " pt gl es ca ", " hi mr ne bh mai ", " fa ps ur ku ckb ar sd ug ",
	" af nl fy ", " tr az tk uz ", " ti am ", " bo dz ", " kk ky tt ba ", " xh zu st nso ", " rw rn ", " bn as ", " he yi ", " sl hr " };

static bool
is_in(const char *group, struct str code)
{
	char key[12];

	if (code.n == 0 || code.n > 8)
		return false;
	key[0] = ' ';
	for (size_t i = 0; i < code.n; i++)
		key[i + 1] = code.p[i] >= 'A' && code.p[i] <= 'Z' ? (char)(code.p[i] | 0x20) : code.p[i];
	memcpy(key + 1 + code.n, " ", 2);
	return strstr(group, key) != NULL;
}

static struct str
primary(struct str code)
{
	size_t end = str_find_char(code, '-');

	return end == STR_NONE ? code : str_sub(code, 0, end);
}

static bool
are_in_one(const char *const *groups, size_t n, struct str a, struct str b)
{
	for (size_t i = 0; i < n; i++)
		if (is_in(groups[i], a) && is_in(groups[i], b))
			return true;
	return false;
}

enum language_near
td_languages_near(struct str a, struct str b)
{
	a = primary(a), b = primary(b);
	if (str_eq_nocase(a, b) || are_in_one(alike, sizeof(alike) / sizeof(*alike), a, b))
		return LANGUAGES_ALIKE;
	return are_in_one(cousins, sizeof(cousins) / sizeof(*cousins), a, b) ? LANGUAGES_NEAR : LANGUAGES_APART;
}

/* Of `group`, each language's own words; a word of two languages is no sign. */
static const struct { const char *group, *code, *words; } signs[] = {
	{ " hr bs sr ", "hr", " svatko nitko tko netko tijekom tjedan tjedna tisuća glede siječnja veljače ožujka travnja svibnja lipnja "
	    "srpnja kolovoza rujna listopada studenoga studenog prosinca sveučilište zrakoplov kazneno kaznenog čimbenik točno sudionika sudionici neovisno "
	    "suradnja suradnje sustav sustava obitelj obitelji snošljivost promicanje promicati prijamu osobito vlak otok otoka glazba "
	    "kolodvor ured ureda vijeće vijeća županija županije ministarstvo ravnatelj spol spola sigurnost " },
	{ " hr bs sr ", "bs", " ko niko svako neko sedmica sedmice hiljada historija januara februara marta aprila maja juna jula augusta septembra oktobra "
	    "novembra decembra sedmicu krivično krivičnog uopšte opšte opšta saradnja saradnje sistema porodica porodice lica lice univerzitet " },
	{ " hr bs sr ", "sr", " gde reč reči pre posle svet sveta vreme vremena nedelja nedelje deo uvek čovek čoveka ljude beograd hiljada "
	    "saveta savet dece deca prema vlade videti lice bezbednost bezbednosti mesto " },
	{ " id ms ", "id", " bahwa karena bisa namun saat serta ketika mobil uang senin rabu kamis jumat minggu februari maret mei juni juli agustus "
	    "desember kantor mahasiswa berbeda kualitas universitas polisi komunitas sipil kabupaten provinsi tewas warga gubernur manusiawi pihak "
	    "perkawinan perserikatan pernyataan menimbang diperlakukan apapun siapapun maupun berbagai sejak penduduk pengadilan pidana " },
	{ " id ms ", "ms", " bahawa kerana beliau iaitu ialah daripada isnin khamis jumaat sabtu ahad mac jun julai ogos disember pejabat pelajar berbeza "
	    "kualiti universiti polis komuniti awam hendaklah sesiapa mana-mana kerajaan mengikut apa-apa semasa sungguhpun samarata lain-lain "
	    "bagaimanapun sebarang supaya manakala wang kereta mahkamah " },
	{ " bg sr mk ", "bg", " всеки всички човек не са със във е по като които който която което към или право своя свои си други срещу тази този това "
	    "при бъде че както трябва нито никой обект върху между през след също " },
	{ " bg sr mk ", "sr", " свако сваки сви човек није су са у је као који које која ка или право својих своју се други против ова овај ово при бити "
	    "буде како мора нико нити између после такође што од " },
	{ " bg sr mk ", "mk", " секој сите човек не се со во е како кои кој која кое кон или право своја своите други против оваа овој ова при биде дека "
	    "треба никој ниту меѓу по исто што од " },
	{ " da no nn sv ", "no", " av etter ikke mellom noe noen ble nå gjøre uten sosial sosiale rettigheter retten når "
	    "menneskerettighetene enhver mot hvis ulike verken diskriminering politiske " },
	{ " da no nn sv ", "da", " af efter mellem noget nogen bliver blev nu gøre uden social sociale rettigheder når "
	    "menneskerettighederne enhver mod hvis forskellige politiske undtagelse " },
	{ " da no nn sv ", "nn", " ikkje òg eg noko nokon frå kvar kven vart gjere utan rettar kvifor ein eit korleis ho "
	    "menneskerettane einkvan sjølv dei berre " },
	{ " da no nn sv ", "sv", " och att från inte eftersom till är ett mellan efter någon något blev utan sociala sade när mot rättigheter enligt "
	    "där även också " },
	{ " af nl ", "nl", " het een ik niet zijn deze dit zij hij wordt worden van der naar heeft dat elke ieder iedereen rechten mensen bij " },
	{ " af nl ", "af", " die nie ek hy sy is wat vir sal hulle elkeen regte mense by met geregtig enige " },
	{ " cs sk ", "cs", " je jsou že který která které při nebo být byl byla podle jeho však ještě také každý jako svobody v " },
	{ " cs sk ", "sk", " je sú že ktorý ktorá ktoré pri alebo byť bol bola podľa jeho však ešte tiež každý ako slobody v " },
};

static bool
has_word(const char *words, struct str word)
{
	char key[WORD_B + 3];

	if (word.n == 0 || word.n > WORD_B)
		return false;
	key[0] = ' ';
	for (size_t i = 0; i < word.n; i++)
		key[i + 1] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] | 0x20) : word.p[i];
	/* Only the first letter of a word is large in prose: U+0410 to U+042F. */
	if (word.n > 1 && (unsigned char)word.p[0] == 0xd0 && (unsigned char)word.p[1] >= 0x90 && (unsigned char)word.p[1] <= 0xaf) {
		key[1] = (unsigned char)word.p[1] < 0xa0 ? word.p[0] : '\xd1';
		key[2] = (char)((unsigned char)word.p[1] < 0xa0 ? word.p[1] + 0x20 : word.p[1] - 0x20);
	}
	memcpy(key + 1 + word.n, " ", 2);
	return strstr(words, key) != NULL;
}

/* Of the languages near to `code`, that with most of its own words in the text; `code` when none has more.  *ret_margin: by how
 * many, -1 when `code` is near to none. */
static const char *
by_words(struct str text, const char *code, int *ret_margin)
{
	enum { SIGNS = sizeof(signs) / sizeof(*signs) };
	int         hits[SIGNS] = { 0 }, second = 0;
	size_t      first = SIGNS, n = 0, group[SIGNS];
	struct str  word;

	*ret_margin = -1;
	for (size_t i = 0; i < SIGNS; i++)
		if (is_in(signs[i].group, str_of(code)))
			group[n++] = i;
	if (n == 0)
		return code;

	while (str_cut(&text, ' ', &word)) {
		while (word.n > 0 && strchr(".,;:!?()\"", word.p[word.n - 1]) != NULL)
			word.n--;
		for (size_t i = 0; i < n; i++)
			hits[group[i]] += has_word(signs[group[i]].words, word);
	}
	for (size_t i = 0; i < n; i++)
		if (first == SIGNS || hits[group[i]] > hits[first] || (hits[group[i]] == hits[first] && strcmp(signs[group[i]].code, code) == 0))
			second = first == SIGNS ? 0 : hits[first], first = group[i];
		else if (hits[group[i]] > second)
			second = hits[group[i]];
	*ret_margin = hits[first] - second;
	return hits[first] > second ? signs[first].code : code;
}

static size_t
count_any(struct str s, const char *const *letters)
{
	size_t n = 0;

	for (; *letters != NULL; letters++)
		for (size_t at = 0, k; (k = str_find(str_sub(s, at, s.n), str_of(*letters))) != STR_NONE; at += k + 1)
			n++;
	return n;
}

/* Cyrillic: letters that only one of two near languages writes. */
static const char *
by_letters(struct str text, const char *code)
{
	static const char *const serbian[] = { "ј", "љ", "њ", "ђ", "ћ", "џ", NULL }, *const east[] = { "й", "ю", "я", "щ", "ь", NULL },
	    *const bulgarian[] = { "ъ", NULL }, *const ukrainian[] = { "і", "ї", "є", "ґ", NULL }, *const russian[] = { "ы", "э", "ё", NULL },
	    *const macedonian[] = { "ѓ", "ќ", "ѕ", NULL };
	bool is_serbian = strcmp(code, "sr") == 0 || strcmp(code, "mk") == 0;

	if (!is_serbian && strcmp(code, "bg") != 0 && strcmp(code, "ru") != 0)
		return code;
	if (is_serbian && count_any(text, serbian) == 0 && count_any(text, east) > 0)
		return count_any(text, ukrainian) > 0 ? "uk" : count_any(text, russian) > 0 ? "ru" : "bg";
	if (strcmp(code, "sr") == 0 && count_any(text, macedonian) > 1)
		return "mk";
	return strcmp(code, "ru") == 0 && count_any(text, russian) == 0 && count_any(text, bulgarian) > 1 ? "bg" : code;
}

/* CLD2's own codes are older than BCP 47's. */
static const char *
modern(const char *code)
{
	static const char *const pairs[][2] = { { "iw", "he" }, { "jw", "jv" }, { "in", "id" }, { "mo", "ro" }, { "un", "" }, { "xxx", "" }, { "sh", "sr" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (strcmp(code, pairs[i][0]) == 0)
			return pairs[i][1];
	return code;
}

static void
by_quadgrams(struct str text, struct language_guess *g)
{
	int         languages[3], percents[3], seen_b;
	double      scores[3];
	bool        reliable;
	int         first = cld2_detect(text.p, (int)text.n, true, NULL, BEST_EFFORT, languages, percents, scores, NULL, &seen_b, &reliable);
	const char *code = modern(cld2_code(first)), *better;
	int         margin;

	*g = (struct language_guess){ .code = code, .is_sure = reliable && percents[0] >= 60, .why = "its words" };
	if (strcmp(better = by_letters(text, code), code) != 0) {
		g->code = better, g->why = "its letters";
		return;
	}
	g->code = by_words(text, code, &margin);
	g->is_sure = g->is_sure && margin != 0;
	/* Without any sign: more is written in the one than in the other. */
	if (margin == 0)
		g->code = strcmp(g->code, "bs") == 0 ? "hr" : strcmp(g->code, "ms") == 0 ? "id" : g->code;
}

void
td_language_guess(struct str text, struct language_guess *ret)
{
	static const char *const shinjitai[] = { "総", "択", "県", "円", "気", "広", "実", "発", "経", "戦", "対", "駅", "続", "沢", "図", "単", "帰", "労", "働",
		"権", NULL };
	struct language_guess    g = { "", false, "" };
	size_t                   letters;
	enum script              script;

	text = str_sub(text, 0, td_utf8_floor(text, text.n < LANGUAGE_LOOK_B ? text.n : LANGUAGE_LOOK_B));
	script = main_script(text, &letters);
	if (letters < LETTERS_MIN) {
		*ret = g;
		return;
	}
	if (language_of[script] != NULL) {
		*ret = (struct language_guess){ language_of[script], true, "its script" };
		return;
	}
	by_quadgrams(text, &g);
	/* Japanese has kana, or letters in a form of its own; the quadgrams do not know every word of the others. */
	if (script == HAN && strncmp(g.code, "zh", 2) != 0 && (strcmp(g.code, "ja") != 0 || count_any(text, shinjitai) == 0))
		g = (struct language_guess){ "zh", true, "its script" };
	if (script == CYRILLIC && g.code[0] == '\0')
		g = (struct language_guess){ "ru", false, "its script" };
	*ret = g;
}
