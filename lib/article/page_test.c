/* What people complain about in other extractors, each as a small page of our own. */
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

static bool
has(const struct article *article, const char *words)
{
	return str_find(article->text, str_of(words)) != STR_NONE;
}

#define ONE "<p>The office by the harbour was closed in the spring, said the three people who had worked there since 1995.</p>"
#define TWO "<p>Nobody answered the telephone on Monday, and the letters, forty of them, were sent back unopened.</p>"

/* trafilatura #430, #432, #569, #588; readability-lxml #151; readability #669 */
static void
a_cookie_banner_is_not_the_story(void)
{
	struct article x = read_page(STR("<body><div id=cookie-consent class=modal><h2>We value your privacy</h2><p>We and our 812 partners store "
	    "cookies, identifiers, and other data, to show you what we like, to measure it, and to sell it, as our policy says at length.</p>"
	    "<p>You may accept, refuse, or choose, and change your mind, later, on a page that is hard to find, as is usual.</p></div>"
	    "<main><h1>The harbour office</h1>" ONE TWO "</main>"));

	CHECK(has(&x, "closed in the spring"));
	CHECK(has(&x, "sent back unopened"));
	CHECK(!has(&x, "partners"));
}

/* trafilatura #10, #769; readability #863, #807, #928 */
static void
headings_keep_their_levels(void)
{
	struct article x = read_page(STR("<article><h1>겨울</h1>" ONE "<h2 class=header-anchor-post>The first part</h2>" TWO "<h4>A smaller part</h4>" ONE));
	int64_t        levels[3] = { 0 };
	size_t         n = 0;

	for (size_t i = 0; i < x.blocks.n && n < 3; i++)
		if (x.blocks.v[i].kind == BLOCK_HEADING && x.blocks.v[i].level > 1)
			levels[n++] = x.blocks.v[i].level;
	CHECK_INT(2, n);
	CHECK_INT(2, levels[0]);
	CHECK_INT(4, levels[1]);
}

/* trafilatura #354, #829, #78; readability #697; #657 (colspan) */
static void
lists_and_tables_keep_their_rows(void)
{
	struct article x = read_page(STR("<article>" ONE "<ol><li>first<ul><li>inner</ul><li>second</ol><dl><dt>term<dd>meaning</dl>"
	    "<table><tr><th>Year<th>Desks<tr><td colspan=9007199254740992>2018<td>11</table>" TWO));

	CHECK(has(&x, "first\ninner\nsecond\nterm\nmeaning"));
	CHECK(has(&x, "Year\tDesks\n2018\t11"));
}

/* trafilatura #146, #404, #476, #511, #528 */
static void
nothing_is_said_twice_and_the_order_stays(void)
{
	struct article x = read_page(STR("<article>" ONE "<p>One of them, <b>a <i>cook</i></b>, said <a href=/x>that</a> she had <em>left</em>.</p>"
	    "<noscript>" ONE "</noscript>" TWO));
	size_t         first = str_find(x.text, STR("closed in the spring"));

	CHECK(has(&x, "One of them, a cook, said that she had left."));
	CHECK(first != STR_NONE && str_find(str_sub(x.text, first + 1, x.text.n), STR("closed in the spring")) == STR_NONE);
}

/* trafilatura #208; readability #381 */
static void
a_short_story_is_read(void)
{
	struct article x = read_page(STR("<header><a href=/>The Desk</a></header><h1>Office closed</h1><p>It is shut.</p><footer>© 2018</footer>"));

	CHECK(has(&x, "It is shut."));
	CHECK(!has(&x, "2018"));
}

static void
a_wrong_label_gives_way_to_the_bytes(void)
{
	struct article x = read_page(STR("<meta charset=euc-kr><p>\xbc\xad\xbf\xef\xc0\xc7 \xbb\xe7\xb9\xab\xbd\xc7"));

	CHECK(has(&x, "서울의 사무실"));
	x = read_page(STR("<meta charset=iso-8859-1><p>서울의 사무실은 봄에 문을 닫았다."));
	CHECK_STR(STR("서울의 사무실은 봄에 문을 닫았다."), x.text);
}

static void
published_is_not_modified(void)
{
	struct article x = read_page(STR("<meta property=article:modified_time content=2020-02-02T10:00:00Z>"
	    "<meta property=article:published_time content=2018-06-27T09:30:00+09:00><article>" ONE TWO));
	char           day[CIVIL_SHOWN];

	CHECK(str_starts(str_of(civil_iso(&x.published, day)), STR("2018-06-27")));
	CHECK(str_starts(str_of(civil_iso(&x.modified, day)), STR("2020-02-02")));
	x = read_page(STR("<meta property=og:updated_time content=2020-02-02T10:00:00Z><article>" ONE TWO));
	CHECK_INT(CIVIL_NONE, x.published.precision);
}

/* trafilatura #890 */
static void
a_table_without_wrappers_is_read_whole(void)
{
	struct article x = read_page(STR("<body><table><tr><td><a href=/>Home</a> <a href=/a>About</a><td>" ONE "<br>A line of its own, after a break, "
	    "that belongs to the story.<br><br>The last line, which others lose, stands here.<tr><td colspan=2>" TWO "</table>"));

	CHECK(has(&x, "closed in the spring"));
	CHECK(has(&x, "A line of its own"));
	CHECK(has(&x, "The last line, which others lose"));
	CHECK(has(&x, "sent back unopened"));
}

/* readability #381, #429, PR #796 */
static void
japanese_commas_count(void)
{
	struct article x = read_page(STR("<body><div class=b><p>事務所は春に閉まった、と三人の職員は語った。電話には誰も出ず、手紙は返された。</p><p>港の近くの建物は、今も空いている。看板は外され、窓には紙が貼られ、隣の店だけが、朝から開いている。</p>"
	    "</div><div class=c><p>Copyright notices, terms, privacy and imprint of this site</p></div>"));

	CHECK(has(&x, "電話には誰も出ず"));
	CHECK(has(&x, "今も空いている"));
	CHECK(!has(&x, "imprint"));
}

static void
a_builder_s_widgets_and_a_form_hold_the_story(void)
{
	struct article x = read_page(STR("<body><form id=aspnetForm><div class='elementor-widget-wrap has-sidebar'><h1>The harbour office</h1>"
	    "<div class='elementor-widget teaser-text'>" ONE TWO "</div></div></form>"));

	CHECK(has(&x, "closed in the spring"));
	CHECK(has(&x, "sent back unopened"));
}

static void
a_lead_above_the_story_belongs_to_it(void)
{
	struct article x = read_page(STR("<body><main><header><h1>The harbour office</h1><p>By Ana Ruiz</p><p>Three people lost their work and "
	    "forty letters came back unopened.</p></header><div class=body>" ONE TWO ONE TWO "</div></main>"));

	CHECK(str_find(x.text, STR("Three people lost")) < str_find(x.text, STR("closed in the spring")));
	CHECK(!has(&x, "Ana Ruiz"));
	CHECK_INT(1, x.byline.n);
}

static void
what_a_script_would_show_is_read_when_there_is_no_other(void)
{
	struct article x = read_page(STR("<body><p>Loading</p><div hidden id=S:0>" ONE TWO "</div>"));

	CHECK(has(&x, "closed in the spring"));
	x = read_page(STR("<body><article>" ONE TWO "</article><div hidden><p>A form that nobody sees, with words, and more words in it.</div>"));
	CHECK(!has(&x, "nobody sees"));
}

static void
long_comments_do_not_outweigh_a_short_story(void)
{
	struct article x = read_page(STR("<body><div class=k1><h1>The harbour office</h1>" ONE "</div><div class=k2><div class=x>" TWO TWO "</div><div class=x>" TWO
	    TWO "</div></div>"));

	CHECK(has(&x, "closed in the spring"));
	CHECK(!has(&x, "unopened"));
}

static void
a_heading_with_nothing_under_it_ends_no_story(void)
{
	struct article x = read_page(STR("<article><h1>The harbour office</h1>" ONE TWO ONE TWO ONE TWO ONE "<h3>See also</h3><p>Share:</p></article>"));

	CHECK(str_ends(x.text, STR("since 1995.")));
}

/* readability #381, PR #796; go-readability #26, #101: scripts without Latin commas, without spaces, without full stops. */
static void
every_script_is_prose(void)
{
	static const char *const stories[] = {
		"สำนักงานข้างท่าเรือปิดตัวลงในฤดูใบไม้ผลิ พนักงานสามคนที่ทำงานมาตั้งแต่ปี 2538 กล่าว", "ไม่มีใครรับโทรศัพท์ในวันจันทร์ และจดหมายสี่สิบฉบับถูกส่งคืนโดยไม่ได้เปิด",
		"أُغلق المكتب القريب من الميناء في الربيع، بحسب ثلاثة أشخاص عملوا فيه منذ عام 1995.", "لم يرد أحد على الهاتف يوم الاثنين، وأعيدت أربعون رسالة دون أن تُفتح.",
		"बंदरगाह के पास का कार्यालय वसंत में बंद कर दिया गया, वहाँ काम करने वाले तीन लोगों ने कहा।", "सोमवार को किसी ने फ़ोन नहीं उठाया और चालीस चिट्ठियाँ बिना खोले लौटा दी गईं।",
		"码头旁的办事处在春天关闭了，自一九九五年起在那里工作的三个人说。", "星期一没有人接电话，四十封信原封不动地退了回来。",
		"Контору у гавани закрыли весной, рассказали трое её сотрудников.", "В понедельник никто не отвечал, и сорок писем вернулись нераспечатанными.",
	};
	char page[2048];

	for (size_t i = 0; i < sizeof(stories) / sizeof(*stories); i += 2) {
		struct article x;

		snprintf(page, sizeof(page), "<body><ul class=menu><li><a href=/>%.30s</a><li><a href=/a>About</a></ul><div class=x><p>%s</p><p>%s</p></div>"
		    "<div class=foot><a href=/p>Privacy</a> <a href=/i>Imprint</a></div>", "Home", stories[i], stories[i + 1]);
		x = read_page(str_of(page));
		CHECK(has(&x, stories[i]));
		CHECK(has(&x, stories[i + 1]));
		CHECK(!has(&x, "Imprint"));
	}
}

/* trafilatura #432, readability #669: what readers wrote, by whatever name their language has for it. */
static void
comments_by_any_name_are_left_out(void)
{
	static const char *const names[] = { "comments", "komentarze", "kommentare", "comentarios", "userCommentList", "komentar-box", "yorumlar" };
	char page[2048];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct article x;

		snprintf(page, sizeof(page), "<body><article><h1>The harbour office</h1>" ONE TWO "</article><div class=%s><p>I never liked that office, "
		    "to be honest, and I said so at the time, to everybody.</p><p>Nor did I, but my sister worked there, and she did.</p></div>", names[i]);
		x = read_page(str_of(page));
		CHECK(has(&x, "sent back unopened"));
		CHECK(!has(&x, "to be honest"));
	}
}

/* An id that was made of a heading names the text's subject: no furniture. */
static void
an_anchor_made_of_a_heading_is_no_furniture(void)
{
	struct article x = read_page(STR("<body><main><h1>The harbour office</h1>" ONE TWO "<section id=sharing-letters-with-the-menu-of-friends><h2>"
	    "Sharing letters</h2><p>They were read aloud at supper, and copied, and sent on to those who had moved away.</p></section></main>"));

	CHECK(has(&x, "read aloud at supper"));
}

/* readability #615, #464: code keeps its lines; what is under a picture is a caption. */
static void
code_and_captions_are_kept_apart(void)
{
	struct article x = read_page(STR("<body><article><h1>The harbour office</h1>" ONE "<pre>first line\n  second line\n</pre>" TWO
	    "<blockquote><p>“We were not asked,” said one of them, who left the town that summer.</p></blockquote>" ONE "</article>"));
	int    seen = 0;

	CHECK(has(&x, "first line\n  second line"));
	for (size_t i = 0; i < x.blocks.n; i++)
		seen += x.blocks.v[i].kind == BLOCK_PRE ? 1 : x.blocks.v[i].kind == BLOCK_QUOTE ? 10 : 0;
	CHECK_INT(11, seen);
}

/* trafilatura #78: a page about products is not left with its footnotes. */
static void
a_story_in_several_boxes_is_read_whole(void)
{
	struct article x = read_page(STR("<body><main><h1>The harbour office</h1><section class=a><div>" ONE TWO "</div></section>"
	    "<section class=b><div><h2>서울의 겨울</h2><p>The second box tells what came of it: two of the three went home, and one stayed.</p></div></section>"
	    "<section class=c><div><p>The third box, which others lose, says that the letters were opened in the end, by a stranger.</p></div></section></main>"
	    "<footer>All rights reserved</footer>"));

	CHECK(has(&x, "one stayed"));
	CHECK(has(&x, "by a stranger"));
	CHECK(!has(&x, "rights"));
}

TESTS(
	TEST(every_script_is_prose),
	TEST(comments_by_any_name_are_left_out),
	TEST(an_anchor_made_of_a_heading_is_no_furniture),
	TEST(code_and_captions_are_kept_apart),
	TEST(a_story_in_several_boxes_is_read_whole),
	TEST(a_heading_with_nothing_under_it_ends_no_story),
	TEST(a_cookie_banner_is_not_the_story),
	TEST(headings_keep_their_levels),
	TEST(lists_and_tables_keep_their_rows),
	TEST(nothing_is_said_twice_and_the_order_stays),
	TEST(a_short_story_is_read),
	TEST(a_wrong_label_gives_way_to_the_bytes),
	TEST(published_is_not_modified),
	TEST(a_table_without_wrappers_is_read_whole),
	TEST(japanese_commas_count),
	TEST(a_builder_s_widgets_and_a_form_hold_the_story),
	TEST(a_lead_above_the_story_belongs_to_it),
	TEST(what_a_script_would_show_is_read_when_there_is_no_other),
	TEST(long_comments_do_not_outweigh_a_short_story))
