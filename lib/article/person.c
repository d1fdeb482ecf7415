#include "article/person.h"

#include "article/byline_label.h"
#include "article/marks.h"
#include "article/month_names.h"
#include "article/parts.h"
#include "base/limits.h"
#include "text/utf8.h"

enum { NAME_B = 80, LINE_B = 1000, WORDS_MAX = 6 };

/* Where a name ends and something else begins. */
static const char *const tails[] = { " on ", " am ", " at ", " in ", " le ", " el ", " (", "(", " – ", " — ", " - ", "- ", " @", " im Gespräch", " Illustration", " Head ", " Senior ", " Tech ", " Tech Reporter", " reporter", " Editor", " Fotos ", " / ", ": ", " · ",
	" ⋅ ", " • ", "•", " | ", "|", "｜", " for ", " from ", " of the ", " with ", " mit ", " für ", " pour ", " para ", " avec ", " updated", " last updated", " published", " posted",
	" Follow", " follow", " Alle Artikel", " Alle Beiträge", " Stand ", " Last updated", " Last Updated", " Updated", " Published", " Posted", " Joined", " Profile", " Former ", " vom ", " um ", " il ", "／", "（", " [", " <", "<", "\t", " aus ", " Aktualisiert", " Edited by ",
	" edited by ", " Foto:", " Fotos:", " Photo", " Bild:", " reports", " writes", " explains", "＝", " = ", "=" };

/* What stands behind a name in Korean, Chinese and Japanese, and ends it. */
static const char *const offices[] = { "특파원", "선임기자", "수습기자", "인턴기자", "전문기자", "객원기자", "기자", "논설위원", "편집위원", "위원", "칼럼니스트", "교수", "아나운서", "앵커",
	"通讯员", "記者", "记者", "特派員", "特派员", "編集委員", "论说委员", "氏", "さん", " द्वारा" };

/* Whole words that no person is called by. */
static const char *const nobody[] = { "staff", "admin", "administrator", "editor", "editors", "editorial", "redaktion", "newsroom", "desk", "author",
	"guest", "anonymous", "unknown", "webmaster", "redaction", "rédaction", "redacción", "redação", "redazione", "redakce", "redakcja", "redactie",
	"redaktionen", "redaksi", "редакция", "редакція", "correspondent", "correspondents", "team", "null", "undefined", "none", "contributor",
	"contributors", "agencies", "agency", "agenturen", "news", "gmbh", "ag", "ltd", "inc", "llc", "verlag", "magazin", "magazine", "zeitung",
	"presse", "press", "pressestelle", "ministry", "foundation", "stiftung", "institute", "institut", "university", "network", "media", "online",
	"company", "committee", "association", "comments", "comment", "kommentare", "minutes", "min", "read", "share", "print", "login", "menu", "home", "search", "category",
	"tags", "updated", "published", "veröffentlicht", "posted", "publiziert", "date", "datum", "photo", "foto", "fotos", "video", "image", "getty", "images", "wordpress",
	"wordpressadmin", "twitter", "facebook", "instagram", "email", "subscribe", "newsletter", "autor", "autoren", "autorin", "auteur", "autores", "beitrag", "artikel",
	"article", "profil", "profile", "website", "blog", "office", "service", "group", "hauptnavigation", "last", "type", "size", "use", "case",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
	"samstag", "sonntag", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "joined", "view", "full", "übersicht", "the", "vorlesen", "kontakt", "hören", "stand", "drucken", "abo", "notified", "e.v.", "e.v", NULL };
/* Parts that no name has, in scripts without spaces and elsewhere. */
static const char *const parts[] = { "@", "://", "www.", ".com", ".de", ".org", ".net", ".ch", "{", "[", "?", "!", "…", "...", "\"", "»", "«", "„", "“", "©", "&", "#", "【", "】", "：", "：",
	"편집국", "편집부", "관리자", "운영자", "뉴스팀", "취재팀", "보도국", "신문", "일보", "뉴스", "編集部", "取材班", "报社", "報社", "新闻", "新聞", "编辑部", "通讯社", "通信社",
	"网", "客户端", "редакц", "تحرير", "وكالات", "وكالة", "מערכת", "กองบรรณาธิการ", "डेस्क", "ডেস্ক", "নিজস্ব", "ban biên tập", "no author", "guest post" };
static const char *const degrees[] = { "phd", "ph.d", "ph.d.", "md", "m.d.", "mba", "bsn", "rn", "esq", "esq.", "jr", "jr.", "sr", "sr.", "cpa", "cfp", "dvm", "ma", "m.a.",
	"msc", "mph", "jd", "lcsw", "rd", "rdn", "vmd", "ba", "bs", "ms", "ii", "iii", "cfa" };

static size_t
space_b(struct str s, size_t at)
{
	if (at >= s.n)
		return 0;
	if (s.p[at] == ' ' || (s.p[at] >= '\t' && s.p[at] <= '\r'))
		return 1;
	return str_starts(str_sub(s, at, s.n), STR("\xc2\xa0")) ? 2 : 0;
}

static struct str
trim(struct str s)
{
	size_t n;

	s = str_trim(s);
	while ((n = space_b(s, 0)) > 0 || (s.n > 0 && (n = strchr("-,;.:*/|~", s.p[0]) != NULL)))
		s = str_sub(s, n, s.n);
	while (s.n > 0 && strchr(" ,;:*/|-\n\t~", s.p[s.n - 1]) != NULL)
		s.n--;
	return s.n > 2 && str_ends(s, STR("\xc2\xa0")) ? trim(str_sub(s, 0, s.n - 2)) : s;
}

static bool
is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static struct str
without_labels(struct str s)
{
	size_t n;

	s = trim(s);
	for (int i = 0; i < 3; i++) {
		size_t weak = td_byline_weak_label(s);

		n = td_byline_label(s);
		if ((n = n > weak ? n : weak) == 0)
			break;
		s = trim(str_sub(s, n, s.n));
	}
	return s;
}

/* "Nov" behind a name begins a date; "May" and "April" may be names themselves. */
static bool
is_month(struct str s, size_t at)
{
	size_t end;

	/* "Lee Jun" is a name, "Ana Ruiz Jun" the front of a date. */
	return td_month_at(s, at, STR(""), &end) != NULL && ((end == s.n && str_find_char(str_trim(str_sub(s, 0, at)), ' ') != STR_NONE) || end + 1 == s.n || (s.p[end] == ' ' && s.p[end + 1] <= '9')) &&
	    !str_starts(str_sub(s, at, s.n), STR("May")) && !str_starts(str_sub(s, at, s.n), STR("April")) &&
	    !str_starts(str_sub(s, at, s.n), STR("June")) && !str_starts(str_sub(s, at, s.n), STR("August"));
}

static bool
ends_with_word(struct str s, struct str word)
{
	return word.n > 0 && s.n > word.n + 1 && s.p[s.n - word.n - 1] == ' ' && str_ends(s, word);
}

/* "Ana (Anita) Ruiz" goes on behind its bracket. */
static bool
is_inside(struct str s, size_t at, const char *tail)
{
	size_t shut = str_find_char(str_sub(s, at, s.n), ')');

	return str_eq(str_trim(str_of(tail)), STR("(")) && shut != STR_NONE && at + shut + 2 < s.n && s.p[at + shut + 1] == ' ' &&
	    is_upper((unsigned char)s.p[at + shut + 2]);
}

static struct str
without_tail(struct str s)
{
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		size_t at = str_find(s, str_of(tails[i]));

		if (at != STR_NONE && at > 0 && !is_inside(s, at, tails[i]))
			s = str_sub(s, 0, at);
		else if (ends_with_word(s, str_trim(str_of(tails[i]))))
			s = str_sub(s, 0, s.n - str_trim(str_of(tails[i])).n);
	}
	for (size_t i = 2; i < s.n; i++)        /* "Ana Ruiz 3. Juni", "Ana Ruiz Jun 3", "홍길동 2024.06.03" */
		if (s.p[i - 1] == ' ' && ((s.p[i] >= '0' && s.p[i] <= '9') || is_month(s, i)))
			s = str_sub(s, 0, i);
	return trim(s);
}

/* "홍길동 기자 a@b.kr" is 홍길동. */
static struct str
without_office(struct str s)
{
	for (size_t i = 0; i < sizeof(offices) / sizeof(*offices); i++) {
		size_t at = str_find(s, str_of(offices[i]));

		if (at != STR_NONE && at >= 4)
			return trim(str_sub(s, 0, at));
	}
	return s;
}

static bool
has_one_of(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_nocase(s, str_of(list[i])) != STR_NONE)
			return true;
	return false;
}

static bool
is_one_of(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, str_of(list[i])))
			return true;
	return false;
}

/* Where the last word begins. */
static size_t
last_space(struct str s)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != ' ')
		at--;
	return at;
}

struct shape {
	size_t words, capitals, digits, chars;
	bool   wide, foreign;   /* letters of Han, kana, Hangul; of another script without capitals here */
	bool   bad;             /* a word that no person is called by */
};

static struct shape
shape_of(struct str s)
{
	struct shape h = { 0 };
	struct str   rest = s, word;

	h.chars = td_utf8_count(s);
	for (size_t i = 0; i < s.n; i++) {
		h.digits += s.p[i] >= '0' && s.p[i] <= '9';
		h.wide |= (unsigned char)s.p[i] >= 0xe3 && (unsigned char)s.p[i] <= 0xed;
		h.foreign |= (unsigned char)s.p[i] >= 0xce;
	}
	while (str_cut(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		h.words++;
		h.capitals += is_upper((unsigned char)word.p[0]) || (unsigned char)word.p[0] >= 0xc3;
		for (size_t i = 0; nobody[i] != NULL; i++)
			h.bad |= str_eq_nocase(word, str_of(nobody[i]));
	}
	return h;
}

static bool
begins_small(struct str word)
{
	size_t   at = 0;
	uint32_t c = td_utf8_next(word, &at);

	return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff) || (c >= 0x100 && c <= 0x17f && td_lower(c) == c) || (c >= 0x3ac && c <= 0x3ce) ||
	    (c >= 0x430 && c <= 0x45f);
}

/* "Übersicht über Vorteile": a word that begins small and is none of those inside names. */
static bool
has_small_word(struct str s)
{
	static const char *const inside[] = { "de", "la", "le", "du", "del", "della", "dei", "di", "da", "das", "do", "dos", "e", "y", "i", "van", "von", "vom", "den",
		"der", "ter", "ten", "te", "zu", "zum", "zur", "und", "af", "av", "al", "el", "bin", "bint", "ibn", "ben", "abu", "ould", "st.", "d'", "mc", "o'", "ap",
		"op", "het", "in", "'t" };
	struct str word;

	while (str_cut(&s, ' ', &word))
		if (word.n > 0 && begins_small(word) && !is_one_of(word, inside, sizeof(inside) / sizeof(*inside)) &&
		    !str_starts(word, STR("al-")) && !str_starts(word, STR("el-")) && !str_starts(word, STR("d'")) && !str_starts(word, STR("d\xe2\x80\x99")))
			return true;
	return false;
}

static bool
is_person(const struct person_names *n, struct str s, bool sure)
{
	struct shape h;
	size_t       end;

	if (s.n < 2 || s.n > NAME_B || td_agency_at(s) == s.n || td_is_byline_label(s) || td_is_weak_label(s))
		return false;
	h = shape_of(s);
	if (h.words == 1 && td_month_at(s, 0, STR(""), &end) != NULL && end == s.n && s.n > 5)
		return false;
	if (h.bad || h.words > WORDS_MAX || h.chars < 2 || has_one_of(s, parts, sizeof(parts) / sizeof(*parts)))
		return false;
	if (n->site != NULL && str_eq(td_name_key(n->arena, s), td_name_key(n->arena, n->site->name)))
		return false;
	if (h.wide && h.words == 1)
		return h.chars <= (sure ? 12 : 5) && h.digits == 0;
	if (h.digits > 0)
		return sure && h.words == 1 && h.digits * 2 < h.chars;
	if (!sure && has_small_word(s))
		return false;
	if (h.foreign)
		return h.words >= (sure ? 1 : 2);
	/* "… zu einer Reise durch die Literatur einlädt." */
	if (s.p[s.n - 1] == '.' && h.words > 1 && s.n - last_space(s) > 5)
		return false;
	/* People have two names that begin large: "Ana de la Cruz"; one alone must be said to be an author's. */
	return sure ? h.capitals * 2 >= h.words || h.words == 1 : h.capitals >= 2 && h.capitals * 2 >= h.words;
}

/* "the Example Editorial Team", "Redaktion Beispiel": many, whatever else is in the line. */
static bool
is_collective(struct str s)
{
	static const char *const words[] = { "team", "editorial", "redaktion", "staff", "redacción", "redação", "rédaction", "redazione", "redakcja", "redakce",
		"redactie", "newsroom", "desk" };
	static const char *const ends[] = { " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", "|", "(", " \xc2\xb7 " };
	struct str first, last;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t at = str_find(s, str_of(ends[i]));

		s = at != STR_NONE ? str_trim(str_sub(s, 0, at)) : s;
	}
	first = str_sub(s, 0, str_find_char(s, ' ')), last = str_sub(s, last_space(s), s.n);
	return is_one_of(last, words, sizeof(words) / sizeof(*words)) || is_one_of(first, words, sizeof(words) / sizeof(*words));
}

/* "Peter Maahn/SP-X": the agency behind a name. */
static struct str
without_slash(struct str s)
{
	size_t at = str_find_char(s, '/');

	return at != STR_NONE && str_find_char(str_sub(s, 0, at), ' ') != STR_NONE ? trim(str_sub(s, 0, at)) : s;
}

static bool
add_one(struct person_names *n, struct str s, bool sure)
{
	s = without_labels(s);
	if (is_collective(s))
		return false;
	s = without_slash(without_tail(without_office(s)));
	if (!is_person(n, s, sure) || n->list.n == LIMIT_LIST_N)
		return false;
	for (size_t i = 0; i < n->list.n; i++)
		if (str_eq_nocase(n->list.v[i], s))
			return false;
	n->list.v[n->list.n++] = s;
	return true;
}

static size_t
between_at(struct str s, size_t at)
{
	static const char *const between[] = { ",", ";", " and ", " und ", " et ", " y ", " & ", " e ", " og ", " och ", " en ", " oraz ", " ja ", " és ", " și ",
		" şi ", " ve ", " và ", " dan ", " i ", " и ", " та ", " і ", " και ", " و", " با ", " 및 ", "·", "•", "\n", "|", "、", "，", "；", "،", " /", "/ ", " with ",
		" mit ", " avec " };

	for (size_t k = 0; k < sizeof(between) / sizeof(*between); k++)
		if (between[k][0] == s.p[at] && str_starts_nocase(str_sub(s, at, s.n), str_of(between[k])))
			return strlen(between[k]);
	return 0;
}

/* Behind a comma stands another name, or what somebody is: "Kim Min-ji, editor", "Ana Ruiz, MD". */
static bool
is_appendix(struct str s, bool first_has_two)
{
	/* "Projektleiterin der Stiftung", "CEO of Example" */
	static const char *const of_what[] = { " of ", " at ", " der ", " des ", " bei ", " beim ", " für ", " im ", " in ", " for ", " chez ", " pour ", " para ",
		" w ", " на ", " в ", " для " };
	size_t words = 1;

	s = trim(s);
	if (is_one_of(s, degrees, sizeof(degrees) / sizeof(*degrees)))
		return true;
	for (size_t i = 0; first_has_two && i < sizeof(of_what) / sizeof(*of_what); i++) {
		size_t at = str_find(s, str_of(of_what[i]));

		if (at != STR_NONE && str_find_char(str_sub(s, 0, at), ' ') == STR_NONE)
			return true;
	}
	for (size_t i = 0; i < s.n; i++)
		words += s.p[i] == ' ';
	return first_has_two && words == 1 && s.n > 0 && (unsigned char)s.p[0] < 0x80;
}

size_t
td_person_add(struct person_names *n, struct str line, bool sure)
{
	size_t before = n->list.n, from = 0, k;
	bool   first_has_two = false;

	line = td_unescaped(n->arena, str_sub(line, 0, td_utf8_floor(line, LINE_B)));
	line = without_labels(td_plain_text(n->arena, &(struct html_node){ .kind = HTML_TEXT, .text = str_sub(line, 0, td_utf8_floor(line, LINE_B)) }));
	for (size_t i = 0; i <= line.n; i++) {
		struct str one;

		k = i < line.n ? between_at(line, i) : 1;
		if (k == 0)
			continue;
		one = str_sub(line, from, i);
		if (from == 0)
			first_has_two = str_find_char(trim(one), ' ') != STR_NONE;
		if ((from > 0 && is_appendix(one, first_has_two)) || add_one(n, one, sure) || from > 0)
			(void)one;
		else if (!sure)
			break;          /* a line that does not begin with a name has none */
		from = i + k;
		i = from - 1;
	}
	return n->list.n - before;
}
