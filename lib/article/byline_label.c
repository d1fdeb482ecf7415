#include "article/byline_label.h"

#include "article/marks.h"
#include "text/utf8.h"

enum { LABEL_B = 64, KEY_B = 3, WORK_B = 24, WORDS_MAX = 5 };

/* What stands before a name, in lower case, sorted bytewise.  Those that are words of their own end in a space or a colon. */
static const char *const labels[] = {
	"a cura di ", "a cura di: ", "a report by ", "af journalist ", "all posts by ", "alle artikel von ",
	"alle beiträge von ", "analyse von ", "analysis by ", "article by ", "article by: ", "article de ",
	"article par ", "article written by ", "articolo di ", "artikel av ", "artikel von ", "aufgezeichnet von ",
	"auteur :", "auteur(s) :", "auteur(s):", "auteur:", "auteur: ", "author ", "author(s) ", "author(s):", "author:",
	"author: ", "authored by ", "authors ", "authors:", "authors: ", "autor tekstu:", "autor textu:",
	"autor článku:", "autor(a):", "autor(en):", "autor(es):", "autor*in:", "autor*innen:", "autor/in:",
	"autor/innen:", "autor:", "autor: ", "autor:in ", "autor:in:", "autor_in:", "autora ", "autora:", "autore/i:",
	"autore:", "autoren:", "autoren: ", "autores:", "autori:", "autorica:", "autorid:", "autorin ", "autorin:",
	"autorinnen:", "autorius:", "autorka:", "autorka: ", "autors:", "autorzy:", "autorė:", "autoři:", "avtor:",
	"avtorica:", "beitrag von ", "beiträge von ", "bericht von ", "besedilo:", "blaðamaður:", "blog by ", "by ",
	"by:", "by: ", "bài và ảnh:", "bài:", "bởi ", "column by ", "commentary by ", "compiled by ", "contributed by ",
	"contributed by: ", "created by ", "created by: ", "crónica de ", "deur: ", "ditulis oleh ", "door: ",
	"edited and written by ", "egilea ", "egilea:", "ein artikel von ", "ein beitrag von ", "ein gastbeitrag von ",
	"eingestellt von ", "entretien : ", "entrevista de ", "erfasst von ", "erstellt von ", "escribe:",
	"escrito por ", "essay by ", "essay von ", "forfatter:", "foto und text:", "författare:", "gastautor ",
	"gastautor:", "gastautorin ", "gastautorin:", "gastbeitrag von ", "gepostet von ", "geschreven door ",
	"geschreven door: ", "geschrieben von ", "geschrieben von: ", "gespeichert von ", "guest post by ", "haber:",
	"hazırlayan:", "hazırlayanlar:", "höfundur:", "høfundur:", "imeandaliwa na ", "imeandikwa na ",
	"imechapishwa na ", "informe de ", "interview by ", "interview und text:", "interview von ", "interview: von ",
	"intervista di ", "inviato ", "isinulat ni ", "journalist:", "jurnalis:", "kirjoittaja ", "kirjoittaja:",
	"kirjoittanut ", "kolumne von ", "kommentar von ", "kronikk av ", "krønike av ", "készítette:", "laporan ",
	"laporan:", "may-akda:", "muallif:", "muhabir:", "muəllif:", "mwandishi ", "mwandishi wetu ", "mwandishi:",
	"müəllif:", "napisala ", "napisao ", "napisao/la:", "napisał ", "napisała ", "napsal ", "napsala ", "napísal ",
	"napísala ", "nga: ", "người viết:", "oleh ", "oleh:", "op-ed by ", "opinion by ", "oprac. ", "oprac.: ",
	"opracowanie:", "opracował ", "opracowała ", "outeur:", "par ", "par :", "par:", "parengė ", "penulis ",
	"penulis:", "per: ", "pewarta ", "pewarta:", "photos and text by ", "phóng viên:", "piše ", "piše:", "piše: ",
	"pm von ", "por ", "por:", "por: ", "post author", "post by ", "posted by ", "posted by: ",
	"posted on behalf of ", "posts by ", "pressemitteilung von ", "propos recueillis par ",
	"propos recueillis par : ", "protokoll:", "pubblicato da ", "publicado por ", "publicat de ", "published by ",
	"published by: ", "publiziert von ", "publié par ", "připravil ", "připravila ", "realizat de ",
	"redactado por ", "redactat per ", "redactora:", "redaktion:", "redaktorka:", "relacja:", "reportage de ",
	"reportage von ", "reportagem:", "reportaje de ", "reported by ", "reported by: ", "reporter:", "reporting by ",
	"review by ", "rezension von ", "riporter:", "rozmawia ", "rozmawiał ", "rozmawiała ", "rédigé par ",
	"rédigé par : ", "rédigé par: ", "röportaj:", "scris de ", "scris de: ", "scritto da ", "scritto da: ",
	"servizio di ", "shkruan ", "shkruan:", "skrevet af ", "skrevet af: ", "skrevet av ", "skrevet av: ",
	"skribent:", "skriven av ", "skrywer:", "story by ", "submitted by ", "sulat ni ", "szerző ", "szerző:",
	"szerzők:", "szöveg:", "tekst av ", "tekst:", "tekstas:", "teksti:", "testo di ", "text & fotos:",
	"text a foto:", "text and photographs by ", "text and photos by ", "text by ", "text de ", "text und bilder:",
	"text und foto:", "text und fotos:", "text und interview:", "text von ", "text/fotos:", "text: von ", "texte :",
	"texte de ", "texte:", "texto de ", "texto:", "toimittaja ", "toimittaja:", "tác giả ", "tác giả :", "tác giả:",
	"ulat ni ", "un article de ", "une tribune de ", "verfasser:", "verfasser: ", "verfasst von ", "verfasst von: ",
	"verslaggever:", "veröffentlicht von ", "view all posts by ", "viết bởi ", "von ", "von:", "von: ", "wartawan:",
	"words and photos by ", "words by ", "written by ", "written by: ", "yazan ", "yazan:", "yazar ", "yazar:",
	"yazı:", "zeige alle beiträge von ", "écrit par ", "écrit par : ", "írta ", "írta:", "írta: ", "αρθρογράφος:",
	"γράφει ", "γράφει η ", "γράφει ο ", "γράφει:", "γράφει: ", "γράφουν οι ", "γράφουν: ", "επιμέλεια:", "κείμενο:",
	"ρεπορτάζ:", "συγγραφέας:", "συντάκτης:", "συντάκτρια:", "της δημοσιογράφου ", "автор ", "автор - ",
	"автор материала:", "автор статьи:", "автор текста ", "автор текста:", "автор – ", "автор — ", "автор:",
	"автори:", "авторка:", "авторы:", "аутор:", "аўтар:", "аўтарка:", "беседовал ", "беседовала ", "бичсэн:",
	"бэлтгэсэн:", "дайындаған:", "даярлаған:", "жазган:", "жазған:", "журналист:", "журналіст:", "журналістка:",
	"записав ", "записал ", "записала ", "зохиогч:", "корреспондент ", "корреспондент:", "материал подготовил ",
	"материал подготовила ", "мақала авторы:", "муаллиф:", "муаллифи:", "нийтэлсэн:", "пише:", "пишува:",
	"подготовил ", "подготовила ", "подготовили ", "підготував ", "підготувала ", "підготували ", "розмовляв ",
	"розмовляла ", "спецкор:", "спілкувався ", "спілкувалася ", "сурвалжилсан:", "сурвалжлагч:", "сэтгүүлч:",
	"текст — ", "текст:", "текст: ", "լրագրող:", "լրագրող՝", "հեղինակ ", "հեղինակ:", "հեղինակ՝", "հեղինակ՝ ",
	"պատրաստեց՝", "כותב:", "כותבת:", "כתב ", "כתב:", "כתבה:", "כתבה: ", "כתבת:", "מאת ", "מאת:", "أعده ", "أعدّه ",
	"إعداد ", "إعداد:", "از قلم ", "اعداد:", "الصحفي:", "الكاتب:", "الكاتبة:", "بذریعہ ", "بقلم ", "بقلم :", "بقلم/",
	"بقلم:", "به قلم ", "به قلم:", "بواسطة ", "بواسطة:", "تحریر :", "تحریر:", "حوار:", "خبرنگار:", "رپورٹ:",
	"رپورٹر:", "كتب ", "كتب/", "كتب:", "كتبت ", "كتبت/", "كتبت:", "كتبه ", "كتبه:", "كتبها ", "لکھاری:", "مراسل:",
	"مصنف:", "نامہ نگار:", "نوشته ", "نوشته:", "نوشته‌ی ", "نویسنده ", "نویسنده :", "نویسنده:", "نگارنده:",
	"گزارش از ", "گزارشگر:", "द्वारा ", "पत्रकार:", "प्रस्तुति:", "रचनाकार:", "रिपोर्ट:", "रिपोर्टर:", "लिखित:",
	"लेखक ", "लेखक :", "लेखक:", "लेखिका:", "संवाददाता:", "প্রতিবেদক:", "প্রতিবেদন:", "রচনা:", "লিখেছেন ", "লিখেছেন:",
	"লেখক :", "লেখক:", "লেখা:", "লেখিকা:", "ਲੇਖਕ:", "લેખક:", "ஆசிரியர்:", "எழுதியவர் ", "எழுதியவர்:", "எழுத்தாளர்:",
	"கட்டுரையாளர்:", "செய்தியாளர்:", "రచన:", "రచయిత:", "లేఖకుడు:", "ಬರಹ:", "ಲೇಖಕ:", "ಲೇಖಕರು:", "എഴുതിയത്:", "ലേഖകൻ:",
	"ലേഖിക:", "රචනය:", "ලියුවේ:", "ලේඛක:", "บทความโดย ", "ผู้สื่อข่าว:", "ผู้เขียน ", "ผู้เขียน:", "รายงานโดย ",
	"เขียนโดย ", "เขียนโดย:", "เรื่อง:", "เรื่องโดย ", "โดย ", "โดย:", "ຂຽນໂດຍ ", "ຂຽນໂດຍ:", "ຜູ້ຂຽນ:", "ໂດຍ ",
	"ໂດຍ:", "စာရေးသူ:", "ရေးသားသူ ", "ရေးသားသူ -", "ရေးသားသူ –", "ရေးသားသူ:", "ရေးသူ:", "သတင်းထောက် -",
	"သတင်းထောက်:", "ავტორი ", "ავტორი - ", "ავტორი:", "მოამზადა:", "ჟურნალისტი:", "ዘጋቢ:", "ዘጋቢ፡", "ዘጋቢ፦", "ደራሲ:",
	"ደራሲ፡", "ደራሲ፦", "ጸሐፊ:", "ጸሐፊ፡", "ጸሐፊ፦", "ጸሓፊ:", "ጸሓፊ፡", "ጸሓፊ፦", "ដោយ ", "ដោយ ៖", "ដោយ:", "ដោយ៖", "សរសេរដោយ ",
	"សរសេរដោយ៖", "អ្នកនិពន្ធ:", "អ្នកនិពន្ធ៖", "អ្នកយកព័ត៌មាន៖", "ライター:", "ライター：", "主笔：", "主筆：", "作者 ", "作者/", "作者:",
	"作者丨", "作者／", "作者：", "作者｜", "供稿：", "写真・文／", "取材・執筆：", "取材・文／", "取材・文：", "取材・文＝", "取材：", "口述：", "執筆/", "執筆:",
	"執筆・", "執筆者:", "執筆者：", "執筆／", "執筆：", "寄稿・", "寄稿：", "投稿者:", "投稿者：", "採訪/", "採訪・撰文：", "採訪：", "撰文", "撰文/", "撰文:",
	"撰文／", "撰文：", "撰文｜", "撰稿:", "撰稿：", "文/", "文=", "文・", "文・写真／", "文・写真：", "文丨", "文字/", "文字：", "文稿：", "文責:", "文責・",
	"文責：", "文／", "文：", "文＝", "文｜", "新华社记者", "書いた人：", "本報記者", "本报记者", "構成・", "構成／", "構成：", "特派記者", "特約記者", "特约记者",
	"筆者:", "筆者：", "編譯/", "編譯：", "編輯：", "編集・執筆：", "编译/", "编译：", "编辑：", "著者:", "著者：", "著：", "記者", "記者 ", "記者/", "記者:",
	"記者／", "記者：", "記者｜", "记者", "记者 ", "记者:", "记者：", "记者｜", "责任编辑：", "通讯员：", "采写/", "采写:", "采写丨", "采写：", "采访：", "구성=",
	"글/", "글:", "글=", "글·사진 ", "글ㅣ", "글쓴이", "글쓴이 ", "글쓴이:", "글｜", "기고:", "기고=", "기고자:", "기자 :", "기자:", "기자명 ", "대담=",
	"번역=", "본사기자 ", "본사기자:", "본지기자 ", "인터뷰:", "입력기자 ", "작성:", "작성기자 ", "작성자", "작성자 ", "작성자 :", "작성자:", "저자:", "정리=",
	"취재/글 ", "취재:", "취재=", "취재·글", "취재·글 ", "취재기자 ", "취재기자:", "특파기자 ", "필자 ", "필자:",
};

/* The same, sorted too, but such words begin other lines as well: they are taken off a byline and alone make none. */
static const char *const weak_labels[] = {
	"about ", "about the author", "af ", "auteur ", "autor ", "autoren ", "av ", "bericht:", "da ", "da redação",
	"deur ", "di ", "door ", "escribe ", "from ", "frá ", "från ", "interview ", "interview:", "kirj. ", "more by ", "more from ",
	"na ", "nga ", "ngo ", "ni ", "od ", "per ", "pisze ", "quelle:", "rašo ", "reporter ", "tekst ", "tekst: ",
	"teksti ", "text ", "text:", "texte ", "texto ", "texto: ", "theo ", "vom ", "words:", "writer:", "από ", "από την ",
	"από τον ", "κείμενο ", "της ", "του ", "від ", "од ", "от ", "از ", "تقرير ", "تقرير: ", "رپورٹ ", "گزارش ", "文 ",
	"来源：", "글 ",
};

/* Sorted too: what somebody writes, and what stands between such words: "Ein Interview von", "Text und Fotos:", "an analysis by". */
static const char *const works[] = { "analyse", "analysis", "análise", "análisis", "article", "articolo", "artigo",
	"artikel", "artículo", "beitrag", "bericht", "billet", "blog", "chronique", "column", "columna", "coluna",
	"commentary", "commento", "crónica", "editorial", "entretien", "entrevista", "essay", "gastbeitrag",
	"gastkommentar", "glosse", "interview", "intervista", "kolumne", "kommentar", "kommentti", "krönika", "opinie",
	"opinion", "opinião", "opinión", "post", "protokoll", "rede", "report", "reportage", "reportagem", "reportaje",
	"review", "rezension", "servizio", "story", "tekst", "testo", "text", "texte", "texto", "tribune", "words" };
static const char *const joiners[] = { "&", "+", "/", "a", "an", "and", "bild", "bilder", "das", "der", "die", "e", "ein",
	"eine", "en", "et", "foto", "fotografie", "fotos", "guest", "i", "illustration", "images", "och", "og",
	"photographs", "photography", "photos", "pictures", "produktion", "the", "un", "una", "und", "une", "video", "y" };
static const char *const prepositions[] = { "af", "av", "by", "di", "door", "par", "por", "von" };

/* The first of a sorted list that begins with these bytes; n: none does. */
static size_t
first_with(const char *const *list, size_t n, struct str key)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (strncmp(list[mid], key.p, key.n) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
is_with(const char *const *list, size_t n, size_t i, struct str key)
{
	return i < n && strncmp(list[i], key.p, key.n) == 0;
}

/* s in lower case. */
static size_t
longest_at(struct str s, const char *const *list, size_t n)
{
	struct str key = str_sub(s, 0, KEY_B);
	size_t     best = 0;

	for (size_t i = first_with(list, n, key); key.n == KEY_B && is_with(list, n, i, key); i++)
		if (strlen(list[i]) > best && str_starts(s, str_of(list[i])))
			best = strlen(list[i]);
	return best;
}

/* The front of s in lower case, byte for byte: labels of Cyrillic and Greek have capitals too. */
static struct str
front_in_lower(struct str s, char out[LABEL_B])
{
	size_t n = 0;

	for (size_t at = 0, next; at < s.n && n + 4 < LABEL_B; at = next) {
		next = at;
		n += td_utf8_put(td_lower(td_utf8_next(s, &next)), out + n);
	}
	return (struct str){ out, n };
}

static bool
is_listed(struct str word, const char *const *list, size_t n)
{
	size_t i = first_with(list, n, word);

	return is_with(list, n, i, word) && list[i][word.n] == '\0';
}

#define IS_ONE_OF(word, list) is_listed(word, list, sizeof(list) / sizeof(*(list)))

/* "ein interview von ", "words and photos by ", "text und fotos:" */
static size_t
work_label(struct str low)
{
	size_t at = 0, works_n = 0, end;

	for (int i = 0; i < WORDS_MAX && at < low.n; i++, at = end + 1) {
		struct str word;

		if ((end = str_find_char(str_sub(low, at, low.n), ' ')) == STR_NONE)
			end = low.n - at;
		word = str_sub(low, at, end += at);
		if (works_n > 0 && IS_ONE_OF(word, prepositions))
			return end < low.n ? end + 1 : end;
		if (word.n > 1 && word.p[word.n - 1] == ':')
			return works_n > 0 && IS_ONE_OF(str_sub(word, 0, word.n - 1), works) ? end : 0;
		if (IS_ONE_OF(word, works))
			works_n++;
		else if (!IS_ONE_OF(word, joiners))
			return 0;
	}
	return 0;
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

size_t
td_byline_label(struct str s)
{
	char       room[LABEL_B];
	struct str low = front_in_lower(s, room);
	size_t     best = longest_at(low, labels, sizeof(labels) / sizeof(*labels));

	/* "ByAna Ruiz": the space was an element's margin. */
	if (best == 0 && s.n > 3 && (str_starts(s, STR("By")) || str_starts(s, STR("BY"))) && is_capital(s.p[2]) && !is_capital(s.p[3]))
		best = 2;
	return best > 0 ? best : work_label(low);
}

size_t
td_byline_weak_label(struct str s)
{
	char low[LABEL_B];

	return longest_at(front_in_lower(s, low), weak_labels, sizeof(weak_labels) / sizeof(*weak_labels));
}

static struct str
trimmed(struct str s)
{
	while (s.n > 0 && strchr("-,;.:*/|~ \t\n", s.p[0]) != NULL)
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && strchr("-,;:*/|~ \t\n", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

static bool
is_in_lower(struct str s, const char *const *list, size_t n)
{
	char       room[LABEL_B];
	struct str key;

	s = trimmed(s);
	if (s.n < 2 || s.n + 4 >= LABEL_B)
		return false;
	s = front_in_lower(s, room);
	key = str_sub(s, 0, KEY_B);
	for (size_t i = first_with(list, n, key); is_with(list, n, i, key); i++)
		if (str_eq(s, trimmed(str_of(list[i]))))
			return true;
	return false;
}

/* Most lines begin with a word of ASCII that no label begins with: they need not be looked at twice. */
static bool
is_hopeless(struct str s)
{
	char   low[WORK_B];
	size_t n = 0;

	for (; n < s.n && n < sizeof(low) && s.p[n] != ' ' && s.p[n] != ':'; n++) {
		if ((unsigned char)s.p[n] >= 0x80)
			return false;
		low[n] = s.p[n] >= 'A' && s.p[n] <= 'Z' ? (char)(s.p[n] | 0x20) : s.p[n];
	}
	if (n < KEY_B)
		return n == 0 && s.n < KEY_B;
	return !is_with(labels, sizeof(labels) / sizeof(*labels), first_with(labels, sizeof(labels) / sizeof(*labels), (struct str){ low, KEY_B }),
	    (struct str){ low, KEY_B }) && !IS_ONE_OF(((struct str){ low, n }), works) && !IS_ONE_OF(((struct str){ low, n }), joiners);
}

bool
td_may_be_byline(struct str s)
{
	char   low[4];
	size_t at = 0, n = sizeof(labels) / sizeof(*labels);

	if (s.n == 0)
		return false;
	(void)td_utf8_put(td_lower(td_utf8_next(s, &at)), low);
	return is_with(labels, n, first_with(labels, n, (struct str){ low, 1 }), (struct str){ low, 1 }) &&
	    (!is_hopeless(s) || str_starts(s, STR("By")) || str_starts(s, STR("BY")));
}

bool
td_is_byline_label(struct str s)
{
	char       room[LABEL_B];
	struct str low;

	s = trimmed(s);
	low = front_in_lower(s, room);
	return is_in_lower(s, labels, sizeof(labels) / sizeof(*labels)) || (low.n > 0 && work_label(low) == low.n);
}

bool
td_is_weak_label(struct str s)
{
	return is_in_lower(s, weak_labels, sizeof(weak_labels) / sizeof(*weak_labels));
}

bool
td_is_weak_byline(struct str s)
{
	static const char *const by[] = { "af ", "av ", "deur ", "di ", "door ", "nga ", "ni ", "της ", "του ", "από ", "از " };
	char       room[LABEL_B];
	struct str low = front_in_lower(s, room);

	for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++)
		if (str_starts(low, str_of(by[i])))
			return true;
	return false;
}
