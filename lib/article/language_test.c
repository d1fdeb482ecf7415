#include "article/read.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

#define GERMAN "<article><h1>Elf Boote blieben im Hafen</h1><p>Das Hafenamt sagte, dass in jenem Winter elf Boote dort geblieben seien, und niemand " \
	"wusste, wann das Eis gehen würde. Die Fischer warteten in ihren Häusern auf den Frühling.</p><p>Im März kam der Wind aus dem Süden, und " \
	"die Kinder liefen jeden Morgen an die Mole, um zu sehen, ob das Wasser wieder offen war.</p></article>"
#define KOREAN "<article><h1>열한 척의 배가 항구에 남았다</h1><p>항구 사무소는 그해 겨울에 열한 척의 배가 남아 있었다고 말했다. 얼음이 언제 녹을지 아무도 몰랐다.</p></article>"
#define BOKMAL "<article><h1>Elleve båter ble i havnen</h1><p>Havnekontoret sa at elleve båter ble liggende der den vinteren, og ingen visste når isen " \
	"ville gå. Fiskerne ventet hjemme på våren, og barna løp hver morgen ned til moloen for å se om vannet var åpent igjen.</p></article>"

#define UKRAINIAN "<article><h1>Одинадцять човнів залишилися в гавані</h1><p>Управління порту повідомило, що тієї зими там залишилися одинадцять човнів, " \
	"і ніхто не знав, коли зійде лід. Рибалки чекали весни у своїх домівках, а діти щоранку бігали до молу подивитися, чи не відкрилася вода. " \
	"У березні з півдня прийшов вітер, і перші човни вийшли в море.</p></article>"

/* lang is often a template's, never changed: the text decides, and what agrees with it is taken as written. */
static const struct { const char *page, *language, *why; } cases[] = {
	{ "<html lang=de-AT>" GERMAN, "de-AT", "the page's lang; its text agrees" },
	{ "<html lang=en>" GERMAN, "de", "its words; the page says another" },
	{ "<html>" GERMAN, "de", "its words" },
	{ "<html lang=en-US><meta property=og:locale content=de_CH>" GERMAN, "de-CH", "meta og:locale; its text agrees" },
	{ "<html lang=en><meta http-equiv=Content-Language content='de, en'>" GERMAN, "de", "meta content-language; its text agrees" },
	{ "<html lang=en><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"inLanguage\":\"de-DE\"}</script>" GERMAN, "de-DE",
	    "JSON-LD inLanguage; its text agrees" },
	{ "<html lang=ko_KR>" KOREAN, "ko-KR", "the page's lang; its text agrees" },
	{ "<html lang=en>" KOREAN, "ko", "its script; the page says another" },
	{ "<html lang=nb>" BOKMAL, "nb", "the page's lang; its text agrees" },
	{ "<html lang=ru>" UKRAINIAN, "uk", "its words; the page says another" },
	{ "<html lang=da><article><h1>Elleve</h1><p>" "Elleve båter ble liggende i havnen den vinteren.</p></article>", "da", "the page's lang; its text is near to that" },
	{ "<html lang=fi><article><h1>Ok</h1><p>Ok.</p></article>", "fi", "the page's lang" },
	{ "<html lang='{{lang}}'>" GERMAN, "de", "its words" },
	{ "<html lang=x-default>" KOREAN, "ko", "its script" },
	{ "<html><p>2018-06-27</p>", "", "" },
};

static struct str
why_of(const struct article *a, struct str field)
{
	for (size_t i = 0; i < a->why.n; i++)
		if (str_eq(a->why.v[i].field, field))
			return a->why.v[i].why;
	return STR("");
}

static void
the_text_decides_where_the_page_s_own_word_is_a_template_s(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct article_ask ask = { .media_type = STR("text/html; charset=utf-8"), .charset = STR("utf-8"), .body = bytes_of(str_of(cases[i].page)) };
		struct arena       a;
		struct article     r;

		arena_init(&a, 64 * MiB, no_more, NULL);
		td_article_read(&a, &ask, &r);
		CHECK_STR(str_of(cases[i].language), r.language);
		if (cases[i].why[0] != '\0')
			CHECK(str_starts(why_of(&r, STR("language")), str_of(cases[i].why)));
		arena_free(&a);
	}
}

TESTS(TEST(the_text_decides_where_the_page_s_own_word_is_a_template_s))
