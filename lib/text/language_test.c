#include "text/language.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "http/decode.h"
#include "tests/check.h"

/* One sentence about a harbour, in the languages that a desk of ours is written to in. */
static const struct { const char *code, *text; } sentences[] = {
	{ "ko", "항구 사무소는 그해 겨울에 열한 척의 배가 남아 있었다고 말했다." },
	{ "ko", "KBS는 25일 UN 인권이사회(UNHRC)에서 결의안이 나왔다고 보도했다." },
	{ "en", "The harbour office said that eleven boats had stayed there that winter." },
	{ "zh", "港口办公室说，那年冬天有十一艘船留在那里。" },
	{ "zh-Hant", "港口辦公室說，那年冬天有十一艘船留在那裡，沒有人知道冰甚麼時候會融化。" },
	{ "ja", "港の事務所によると、その冬は十一隻の船が残っていた。" },
	{ "ru", "Управление порта сообщило, что той зимой там остались одиннадцать лодок." },
	{ "uk", "Управління порту повідомило, що тієї зими там залишилися одинадцять човнів." },
	{ "bg", "Пристанището съобщи, че през онази зима там са останали единадесет лодки." },
	{ "sr", "Лучка управа је саопштила да је те зиме тамо остало једанаест чамаца." },
	{ "de", "Das Hafenamt sagte, dass in jenem Winter elf Boote dort geblieben seien." },
	{ "fr", "Le bureau du port a déclaré que onze bateaux y étaient restés cet hiver-là." },
	{ "es", "La oficina del puerto dijo que once barcos se habían quedado allí aquel invierno." },
	{ "pt", "O escritório do porto disse que onze barcos ficaram lá naquele inverno." },
	{ "it", "L'ufficio del porto ha detto che undici barche erano rimaste lì quell'inverno." },
	{ "nl", "Het havenkantoor zei dat er die winter elf boten waren achtergebleven." },
	{ "pl", "Urząd portowy poinformował, że tej zimy zostało tam jedenaście łodzi." },
	{ "cs", "Přístavní úřad uvedl, že tam té zimy zůstalo jedenáct lodí." },
	{ "hu", "A kikötői hivatal szerint azon a télen tizenegy hajó maradt ott." },
	{ "ro", "Biroul portului a declarat că în acea iarnă au rămas acolo unsprezece bărci." },
	{ "tr", "Liman ofisi, o kış orada on bir teknenin kaldığını söyledi." },
	{ "vi", "Văn phòng cảng cho biết mùa đông năm đó có mười một chiếc thuyền ở lại." },
	{ "id", "Kantor pelabuhan mengatakan bahwa sebelas perahu tetap berada di sana karena cuaca." },
	{ "ms", "Pejabat pelabuhan berkata bahawa sebelas bot kekal di sana kerana cuaca." },
	{ "ar", "قال مكتب الميناء إن أحد عشر قاربا بقيت هناك في ذلك الشتاء." },
	{ "fa", "دفتر بندر گفت که در آن زمستان یازده قایق در آنجا مانده بودند." },
	{ "ur", "بندرگاہ کے دفتر نے کہا کہ اس سردی میں گیارہ کشتیاں وہاں رہ گئیں۔" },
	{ "he", "משרד הנמל מסר כי באותו חורף נותרו שם אחת עשרה סירות." },
	{ "hi", "बंदरगाह कार्यालय ने कहा कि उस सर्दी में ग्यारह नावें वहाँ रह गईं।" },
	{ "bn", "বন্দর কার্যালয় জানিয়েছে, সেই শীতে এগারোটি নৌকা সেখানে ছিল।" },
	{ "th", "สำนักงานท่าเรือกล่าวว่าฤดูหนาวปีนั้นมีเรือสิบเอ็ดลำจอดอยู่" },
	{ "el", "Το λιμεναρχείο δήλωσε ότι εκείνον τον χειμώνα έμειναν εκεί έντεκα βάρκες." },
	{ "am", "የወደቡ ጽሕፈት ቤት በዚያ ክረምት አሥራ አንድ ጀልባዎች እዚያ እንደቀሩ ተናገረ።" },
	{ "my", "ထိုဆောင်းရာသီတွင် လှေဆယ့်တစ်စင်း ကျန်ရှိခဲ့သည်ဟု ဆိပ်ကမ်းရုံးက ပြောသည်။" },
	{ "ti", "ሰብ ኵሉ ብመንፅር ክብርን መሰላትን ሓራን ማዕርን ኮይኑ ይውለድ።" },
};

static void
a_sentence_tells_its_language(void)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++) {
		struct language_guess g;

		td_language_guess(str_of(sentences[i].text), &g);
		CHECK_STR(str_of(sentences[i].code), str_of(g.code));
	}
}

static void
what_has_no_words_has_no_language(void)
{
	static const char *const nothing[] = { "", " ", "2018-06-27 14:00", "— … !", "7" };

	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++) {
		struct language_guess g;

		td_language_guess(str_of(nothing[i]), &g);
		CHECK_STR(STR(""), str_of(g.code));
		CHECK(!g.is_sure);
	}
}

static void
near_languages_are_near_and_others_are_not(void)
{
	CHECK_INT(LANGUAGES_ALIKE, td_languages_near(STR("ko-KR"), STR("ko")));
	CHECK_INT(LANGUAGES_ALIKE, td_languages_near(STR("ZH-tw"), STR("zh-Hant")));
	CHECK_INT(LANGUAGES_ALIKE, td_languages_near(STR("nb-NO"), STR("no")));
	CHECK_INT(LANGUAGES_ALIKE, td_languages_near(STR("hr"), STR("bs")));
	CHECK_INT(LANGUAGES_NEAR, td_languages_near(STR("da"), STR("no")));
	CHECK_INT(LANGUAGES_NEAR, td_languages_near(STR("ru"), STR("uk")));
	CHECK_INT(LANGUAGES_APART, td_languages_near(STR("en"), STR("de")));
	CHECK_INT(LANGUAGES_APART, td_languages_near(STR(""), STR("de")));
	CHECK_INT(LANGUAGES_APART, td_languages_near(STR("e"), STR("i")));
}

/* The front of a text decides for all of it, and a character is not cut in two. */
static void
only_the_front_is_looked_at(void)
{
	struct buf            b = BUF_INIT(64 * KiB);
	struct language_guess g;

	buf_add_char(&b, 'x');
	while (b.n < LANGUAGE_LOOK_B + 20)
		buf_add(&b, STR("항"));
	while (b.n < 30000)
		buf_add(&b, STR("The harbour office said that eleven boats had stayed. "));
	td_language_guess(buf_str(&b), &g);
	CHECK_STR(STR("ko"), str_of(g.code));
	buf_free(&b);
}

struct score {
	int n, right;
};

static void
count(struct score *s, struct str code, struct str guess)
{
	s->n++;
	s->right += str_eq(code, guess) || (str_eq(code, STR("zh")) && str_eq(guess, STR("zh-Hant")));
}

static bool
read_all(const char *path, struct buf *ret)
{
	struct buf raw = BUF_INIT(8 * MiB);
	struct err err;
	FILE      *f = fopen(path, "rb");
	char       part[16384];
	size_t     n;
	bool       ok;

	if (f == NULL)
		return false;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&raw, (struct str){ part, n });
	fclose(f);
	ok = td_http_decode(ret, buf_bytes(&raw), STR("gzip"), &err) == ERR_OK;
	buf_free(&raw);
	return ok;
}

/* The Declaration of Human Rights: 3,580 paragraphs of 58 languages, and their first six words. */
static void
the_declaration_is_known_in_58_languages(void)
{
	const char  *folder = getenv("SHARED_DATA");
	char         path[4096];
	struct buf   b = BUF_INIT(8 * MiB);
	struct str   rest, line, code, size;
	struct score para = { 0 }, few = { 0 }, ours = { 0 };

	snprintf(path, sizeof(path), "%s/lid/udhr_lid.tsv.gz", folder != NULL ? folder : "");
	if (folder == NULL || !read_all(path, &b)) {
		buf_free(&b);
		CHECK_SKIP("no udhr_lid.tsv.gz");
	}
	for (rest = buf_str(&b); str_cut(&rest, '\n', &line);) {
		struct language_guess g;

		if (!str_cut(&line, '\t', &code) || !str_cut(&line, '\t', &size))
			continue;
		td_language_guess(line, &g);
		count(str_eq(size, STR("para")) ? &para : &few, code, str_of(g.code));
		if (str_eq(code, STR("ko")) || str_eq(code, STR("en")) || str_eq(code, STR("zh")) || str_eq(code, STR("ja")))
			count(&ours, code, str_of(g.code));
	}
	CHECK_INT(3580, para.n);
	CHECK(para.right * 1000 >= para.n * 990);
	CHECK(few.right * 1000 >= few.n * 960);
	CHECK_INT(ours.n, ours.right);
	buf_free(&b);
}

static void
no_more(void *unused)
{
	(void)unused;
	abort();
}

static void
a_language_is_named_in_the_reader_s_own(void)
{
	struct arena a;

	arena_init(&a, 64 * KiB, no_more, NULL);
	CHECK_STR(STR("Korean"), td_language_name(&a, STR("ko"), STR("en")));
	CHECK_STR(STR("한국어"), td_language_name(&a, STR("ko"), STR("ko")));
	CHECK_STR(STR("중국어(번체)"), td_language_name(&a, STR("zh-Hant"), STR("ko")));
	CHECK_STR(STR("qqx"), td_language_name(&a, STR("qqx"), STR("en")));
	CHECK_STR(STR("<no tag>"), td_language_name(&a, STR("<no tag>"), STR("en")));
	CHECK_STR(STR(""), td_language_name(&a, STR(""), STR("en")));
	arena_free(&a);
}

TESTS(TEST(a_sentence_tells_its_language), TEST(what_has_no_words_has_no_language), TEST(near_languages_are_near_and_others_are_not),
	TEST(a_language_is_named_in_the_reader_s_own), TEST(only_the_front_is_looked_at), TEST(the_declaration_is_known_in_58_languages))
