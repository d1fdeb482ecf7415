/* Pages that are no story are said to be none, and stories are not. */
#include "article/read.h"

#include <stdio.h>

#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct arena a;

static struct article
read_page(struct str page)
{
	struct article_ask ask = { .media_type = STR("text/html"), .body = bytes_of(page) };
	struct article     article;

	arena_free(&a);
	arena_init(&a, 64 * MiB, no_more, NULL);
	td_article_read(&a, &ask, &article);
	return article;
}

/* Its kind, when a sentence among the warnings says that it is no story; stories have no such sentence. */
static enum article_kind
kind_of(struct str page)
{
	struct article x = read_page(page);
	bool           is_said = false;

	for (size_t i = 0; i < x.warnings.n; i++)
		is_said |= str_starts(x.warnings.v[i], STR("the page is")) || str_starts(x.warnings.v[i], STR("the page shows")) ||
		    str_starts(x.warnings.v[i], STR("there is no text"));
	CHECK_INT(x.kind != ARTICLE_STORY, is_said);
	return x.kind;
}

/* n times the same block, its number in it. */
static struct str
repeated(const char *before, int n, const char *block, const char *after)
{
	static struct buf out = BUF_INIT(MiB);

	buf_reset(&out);
	buf_add(&out, str_of(before));
	for (int i = 1; i <= n; i++)
		for (const char *p = block; *p != '\0'; p++)
			*p == '#' ? buf_addf(&out, "%d", i) : buf_add_char(&out, *p);
	buf_add(&out, str_of(after));
	return buf_str(&out);
}

static const struct { const char *headline, *one, *two; } scripts[] = {
	{ "The harbour office", "The office by the harbour was closed in the spring, said the three people who had worked there since 1995.",
	  "Nobody answered the telephone on Monday, and the letters, forty of them, were sent back unopened." },
	{ "서울의 겨울", "항구 옆 사무실이 봄에 문을 닫았다고 1995년부터 그곳에서 일해 온 세 사람이 말했다.", "월요일에는 아무도 전화를 받지 않았고, 편지 마흔 통은 뜯지도 않은 채 돌아왔다." },
	{ "مكتب الميناء", "أُغلق المكتب القريب من الميناء في الربيع، بحسب ثلاثة أشخاص عملوا فيه منذ عام 1995.", "لم يرد أحد على الهاتف يوم الاثنين، وأعيدت أربعون رسالة دون أن تُفتح." },
	{ "港口办事处", "码头旁的办事处在春天关闭了，自一九九五年起在那里工作的三个人说。这座大楼至今空着。", "星期一没有人接电话，四十封信原封不动地退了回来。没有人知道原因，也没有人来问。" },
	{ "ဆိပ်ကမ်းရုံး", "ဆိပ်ကမ်းဘေးက ရုံးကို နွေဦးမှာ ပိတ်လိုက်တယ်လို့ အဲဒီမှာ အလုပ်လုပ်ခဲ့တဲ့ လူသုံးယောက်က ပြောပါတယ်။", "တနင်္လာနေ့မှာ ဖုန်းကို ဘယ်သူမှ မကိုင်ဘဲ စာလေးဆယ်ကို မဖွင့်ဘဲ ပြန်ပို့ခဲ့ပါတယ်။" },
};
#define SCRIPTS_N (sizeof(scripts) / sizeof(*scripts))

static struct str
page_of(size_t script, const char *shape)
{
	static struct buf out = BUF_INIT(MiB);

	buf_reset(&out);
	for (const char *p = shape; *p != '\0'; p++)
		buf_add(&out, *p == '@' ? str_of(scripts[script].headline) : *p == '1' ? str_of(scripts[script].one) :
		    *p == '2' ? str_of(scripts[script].two) : (struct str){ p, 1 });
	return buf_str(&out);
}

static void
a_story_is_a_story_in_any_script_with_or_without_claims(void)
{
	for (size_t i = 0; i < SCRIPTS_N; i++) {
		CHECK_INT(ARTICLE_STORY, kind_of(page_of(i, "<body><nav><a href=/>@</a></nav><h1>@</h1><div><p>1</p><p>2</p><p>1 2</p></div><footer>@</footer>")));
		CHECK_INT(ARTICLE_STORY, kind_of(page_of(i, "<meta property=og:type content=article><body><article><h1>@</h1><p>1</p><p>2</p></article>"
		    "<div class=comments><div class=c><p>2</p></div><div class=c><p>2</p></div><div class=c><p>2</p></div></div>")));
	}
}

static void
a_front_page_is_said_to_be_a_list(void)
{
	for (size_t i = 0; i < SCRIPTS_N; i++) {
		struct str block = page_of(i, "<div class=card><h3><a href='/n/#'>@ # @ #</a></h3><span class=d>#</span></div>");
		char       card[2048];

		snprintf(card, sizeof(card), "%.*s", (int)block.n, block.p);
		CHECK_INT(ARTICLE_INDEX, kind_of(repeated("<meta property=og:type content=website><body><main><div class=grid>", 60, card, "</div></main>")));
	}
}

static void
a_discussion_is_said_to_be_one(void)
{
	for (size_t i = 0; i < SCRIPTS_N; i++) {
		struct str block = page_of(i, "<div class='message post' id=post-#><div class=message-user><a href='/u/#'>user #</a></div>"
		    "<time datetime=2024-03-0#>#</time><div class=message-body>1 # 2</div><a href='#'>#</a></div>");
		char       post[4096];

		snprintf(post, sizeof(post), "%.*s", (int)block.n, block.p);
		CHECK_INT(ARTICLE_FORUM, kind_of(repeated("<script type=application/ld+json>{\"@type\":\"DiscussionForumPosting\"}</script><body><h1>Where to</h1>"
		    "<div class=thread>", 9, post, "</div><form class=reply-form><textarea></textarea><button>+</button></form>")));
	}
}

static void
goods_for_sale_are_said_to_be_such(void)
{
	for (size_t i = 0; i < SCRIPTS_N; i++)
		CHECK_INT(ARTICLE_PRODUCT, kind_of(page_of(i, "<meta property=og:type content=product><script type=application/ld+json>{\"@type\":\"Product\","
		    "\"offers\":{\"@type\":\"Offer\",\"price\":\"29\"}}</script><body><h1 class=product-title>@</h1><div class=product-price>€ 29</div>"
		    "<form class=cart><select><option>S</select><select><option>L</select><input><button>+</button><button>-</button></form>"
		    "<div class=product-description><p>1</p><ul><li>@<li>@</ul></div><div class=product-related><a href=/a>€ 49</a></div>")));
}

static void
a_wall_is_said_to_be_one(void)
{
	static const char *const walls[] = {
		"<title>Just a moment...</title><body><h1>example.org</h1><p>Verify you are human by completing the action below.</p>",
		"<body><h1>Before you go on</h1><p>We use cookies and other data to keep our services running. If you agree, we will use cookies to measure what you read.</p><p>Cookies are small files.</p><button>Accept</button>",
		"<body><h1>쿠키 안내</h1><p>저희는 쿠키를 사용합니다. 쿠키는 작은 파일이며, 쿠키를 거부하실 수 있습니다.</p>",
		"<body><h1>Cookies</h1><p>Wir verwenden Cookies. Mit Cookies messen wir, was Sie lesen; Cookies sind kleine Dateien.</p>",
	};

	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++)
		CHECK_INT(ARTICLE_WALL, kind_of(str_of(walls[i])));
}

static void
a_page_that_wants_a_browser_is_said_to_want_one(void)
{
	static const char *const shells[] = {
		"<body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
		"<body><p>이 페이지를 보려면 자바스크립트를 사용해야 합니다.</p>",
		"<body><p>Для работы сайта включите JavaScript.</p>",
		"<body><p>请开启JavaScript后再访问。</p>",
	};

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++)
		CHECK_INT(ARTICLE_NEEDS_BROWSER, kind_of(str_of(shells[i])));
}

static void
a_story_about_cookies_or_scripts_is_a_story(void)
{
	CHECK_INT(ARTICLE_STORY, kind_of(STR("<body><article><h1>The court and the cookie</h1><p>The court in Luxembourg ruled on Tuesday that a box ticked "
	    "beforehand is no consent, and that whoever sets a cookie must say how long it stays.</p><p>The judges sided with an association of "
	    "consumers, which had gone to law against a lottery in 2013; the lottery had asked for consent to advertising on the same page.</p><p>"
	    "Publishers said that they would study the ruling. The ministry in Berlin, which had let things be for a decade, said nothing at all on "
	    "the day, and its spokeswoman was not to be reached by telephone in the evening.</p></article>")));
}

static void
a_page_with_nothing_on_it_is_empty(void)
{
	CHECK_INT(ARTICLE_EMPTY, kind_of(STR("<body><img src=a.gif>")));
}

TESTS(
	TEST(a_story_is_a_story_in_any_script_with_or_without_claims),
	TEST(a_front_page_is_said_to_be_a_list),
	TEST(a_discussion_is_said_to_be_one),
	TEST(goods_for_sale_are_said_to_be_such),
	TEST(a_wall_is_said_to_be_one),
	TEST(a_page_that_wants_a_browser_is_said_to_want_one),
	TEST(a_story_about_cookies_or_scripts_is_a_story),
	TEST(a_page_with_nothing_on_it_is_empty))
