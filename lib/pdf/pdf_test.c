/* Layouts as pdftotext writes them, of our own making. */
#include "pdf/pdf.h"

#include "tests/check.h"

static struct arena         a;
static struct article_given g;
static struct pdf_facts     facts;
static struct buf           out = BUF_INIT(16 * MiB);
static double               left, top, size;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
begin(void)
{
	arena_free(&a);
	arena_init(&a, 256 * MiB, no_more, NULL);
	g = (struct article_given){ 0 };
	buf_reset(&out);
	buf_add(&out, STR("<head><title>A &quot;report&quot;</title>\n<meta name=\"Author\" content=\"김태희\"/>\n"
	    "<meta name=\"CreationDate\" content=\"2018-06-27T09:30:00+09\"/></head><body><doc>\n"));
}

static void
page(void)
{
	buf_add(&out, STR("<page width=\"595.000000\" height=\"842.000000\">\n<flow>\n"));
	left = 72;
	top = 120;
	size = 11;
}

static void
block(void)
{
	buf_add(&out, STR("<block xMin=\"0\">\n"));
}

/* One line, its words half a letter's size wide a byte; it ends at `right` when that is not 0. */
static void
line(const char *text)
{
	struct str rest = str_of(text), word;
	double     x = left, y = top;

	buf_addf(&out, "<line xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">\n", left, y, left + (double)rest.n * size / 2, y + size);
	while (str_cut(&rest, ' ', &word)) {
		double width = (double)word.n * size / 2;

		buf_addf(&out, "<word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">%" STR_FMT "</word>\n", x, y, x + width, y + size, STR_ARG(word));
		x += width + size / 2;
	}
	buf_add(&out, STR("</line>\n"));
	top += size * 1.4;
}

static void
read_all(void)
{
	buf_add(&out, STR("</doc></body></html>\n"));
	td_pdf_read(&a, buf_bytes(&out), &g, &facts);
}

static struct str
part(size_t i)
{
	return i < g.parts.n ? g.parts.v[i].text : STR("(none)");
}

static void
what_the_file_says_of_itself_is_taken(void)
{
	begin(), page(), block();
	line("Nobody answered.");
	read_all();
	CHECK_STR(STR("A \"report\""), g.title);
	CHECK_INT(1, g.byline.n);
	CHECK_STR(STR("김태희"), g.byline.v[0]);
	CHECK_INT(2018, g.published.year);
	CHECK_INT(540, g.published.zone_min);
	CHECK(facts.is_whole);
}

static void
lines_become_paragraphs_and_divided_words_whole(void)
{
	begin(), page(), block();
	line("The well-known office by the har-");
	line("bour was closed in the well-");
	line("known way, said the three people");
	line("who had worked there.");
	read_all();
	CHECK_INT(1, g.parts.n);
	CHECK_STR(STR("The well-known office by the harbour was closed in the well-known way, said the three people who had worked there."), part(0));
	CHECK_INT(1, g.parts.v[0].page);
}

static void
no_space_comes_between_lines_of_scripts_that_have_none(void)
{
	begin(), page(), block();
	line("港の事務所は春に閉鎖されたと三人が");
	line("語った。月曜日には誰も電話に出な");
	line("かった。");
	block(), top += 40;
	line("办公室在春天关闭了，三个");
	line("人说。");
	read_all();
	CHECK_STR(STR("港の事務所は春に閉鎖されたと三人が語った。月曜日には誰も電話に出なかった。"), part(0));
	CHECK_STR(STR("办公室在春天关闭了，三个人说。"), part(1));
}

static void
korean_lines_are_joined_as_they_were_broken(void)
{
	begin(), page(), block();
	/* Ragged: broken between words. */
	line("서울에 있는 재단의 사무실은 봄에 문을");
	line("닫았다고 세 사람이");
	line("말했다. 아무도 없었다.");
	read_all();
	CHECK_STR(STR("서울에 있는 재단의 사무실은 봄에 문을 닫았다고 세 사람이 말했다. 아무도 없었다."), part(0));
	begin(), page(), block();
	/* Every line as full as the next: broken anywhere. */
	line("서울에 있는 재단의 사무실은 봄에 문을 닫");
	line("았다고 세 사람이 말했다고 그 사람은 전했");
	line("는데 아무도 그의 말을 믿지는 않았다고 한");
	line("다.");
	read_all();
	CHECK_STR(STR("서울에 있는 재단의 사무실은 봄에 문을 닫았다고 세 사람이 말했다고 그 사람은 전했는데 아무도 그의 말을 믿지는 않았다고 한다."), part(0));
}

static void
a_line_from_right_to_left_is_read_so(void)
{
	begin(), page(), block();
	/* As seen: last word leftmost, letters turned, the number and the name not; brackets by their shapes. */
	line("(NK News) 2018 ماع يف عيبرلا بتكملا قلغأ");
	read_all();
	CHECK_STR(STR("أغلق المكتب الربيع في عام 2018 (NK News)"), part(0));
	begin(), page(), block();
	line("The word ةملك is one word");
	read_all();
	CHECK_STR(STR("The word كلمة is one word"), part(0));
	begin(), page(), block();
	line("\xef\xba\x8d\xef\xbb\xb7\xef\xba\x8d ofﬁce");        /* presentation forms, a ligature */
	read_all();
	CHECK_STR(STR("ا\xd9\x84\xd8\xa3ا office"), part(0));
}

static void
running_heads_and_page_numbers_are_left_out(void)
{
	char text[64];

	begin();
	for (int i = 1; i <= 5; i++) {
		page(), block();
		top = 30, size = 9;
		line("Annual report 2018 of the harbour office");
		block(), top = 120, size = 11;
		snprintf(text, sizeof(text), "Sentence number %d stands alone here.", i);
		line(text);
		block(), top = 810, size = 9;
		snprintf(text, sizeof(text), "- %d -", i);
		line(text);
	}
	read_all();
	CHECK_INT(5, g.parts.n);
	CHECK_INT(10, facts.edges_n);
	CHECK_STR(STR("Sentence number 1 stands alone here."), part(0));
	CHECK_STR(STR("Sentence number 5 stands alone here."), part(4));
	CHECK_INT(5, g.parts.n == 5 ? g.parts.v[4].page : 0);
}

static void
a_sentence_goes_on_over_the_page_and_belongs_to_the_first(void)
{
	begin(), page(), block();
	line("The letters, forty of them, were sent");
	page(), block();
	line("back unopened on the same day.");
	block(), top += 30;
	line("Another paragraph.");
	read_all();
	CHECK_STR(STR("The letters, forty of them, were sent back unopened on the same day."), part(0));
	CHECK_INT(1, g.parts.v[0].page);
	CHECK_STR(STR("Another paragraph."), part(1));
	CHECK_INT(2, g.parts.n == 2 ? g.parts.v[1].page : 0);
}

static void
larger_letters_are_headings_and_bullets_items(void)
{
	begin(), page(), block();
	size = 22;
	line("The harbour office");
	block(), size = 15, top += 20;
	line("The spring");
	block(), size = 11, top += 20;
	line("Nobody answered the telephone on Monday, and the letters,");
	line("forty of them, were sent back unopened on the same day.");
	block(), top += 20;
	line("• first point");
	line("• second point");
	read_all();
	CHECK_INT(5, g.parts.n);
	CHECK_INT(BLOCK_HEADING, g.parts.v[0].kind);
	CHECK_INT(1, g.parts.v[0].level);
	CHECK_INT(2, g.parts.v[1].level);
	CHECK_INT(BLOCK_ITEM, g.parts.v[4].kind);
	CHECK_STR(STR("second point"), part(4));
}

static void
a_table_of_contents_keeps_number_title_and_page_together(void)
{
	begin(), page(), block();
	line("1");
	block(), left = 100, top -= size * 1.4;
	line("Introduction . . . . . . . . 5");
	block(), left = 72, top += 10;
	line("2");
	block(), left = 100, top -= size * 1.4;
	line("The spring.......... 12");
	read_all();
	CHECK_STR(STR("1 Introduction … 5"), part(0));
	CHECK_STR(STR("2 The spring … 12"), part(1));
}

static void
pages_without_words_are_counted_and_a_cut_layout_gives_what_stood_before(void)
{
	begin(), page(), page(), block();
	line("One sentence.");
	td_pdf_read(&a, (struct bytes){ (const unsigned char *)out.p, out.n }, &g, &facts);
	CHECK_INT(2, facts.pages_n);
	CHECK_INT(1, facts.empty_n);
	CHECK(!facts.is_whole);
	CHECK_STR(STR("One sentence."), part(0));
	CHECK_INT(2, g.parts.n == 1 ? g.parts.v[0].page : 0);
}

TESTS(
	TEST(what_the_file_says_of_itself_is_taken),
	TEST(lines_become_paragraphs_and_divided_words_whole),
	TEST(no_space_comes_between_lines_of_scripts_that_have_none),
	TEST(korean_lines_are_joined_as_they_were_broken),
	TEST(a_line_from_right_to_left_is_read_so),
	TEST(running_heads_and_page_numbers_are_left_out),
	TEST(a_sentence_goes_on_over_the_page_and_belongs_to_the_first),
	TEST(larger_letters_are_headings_and_bullets_items),
	TEST(a_table_of_contents_keeps_number_title_and_page_together),
	TEST(pages_without_words_are_counted_and_a_cut_layout_gives_what_stood_before))
