/* Text and Markdown as people really save them, each a small file of our own. */
#include "document/read.h"

#include "tests/check.h"

static struct arena   a;
static struct article x;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
read_file(const char *name, struct str s)
{
	struct article_ask ask = { .file = str_of(name), .url = STR(""), .media_type = STR(""), .charset = STR(""), .body = bytes_of(s) };

	arena_free(&a);
	arena_init(&a, 256 * MiB, no_more, NULL);
	td_document_read(&a, &ask, &x);
}

static struct str
block(size_t i)
{
	return i < x.blocks.n ? str_sub(x.text, (size_t)x.blocks.v[i].from, (size_t)x.blocks.v[i].to) : STR("(none)");
}

static enum block_kind
kind(size_t i)
{
	return i < x.blocks.n ? x.blocks.v[i].kind : BLOCK_KIND__COUNT;
}

static void
broken_lines_are_joined_and_the_headline_found(void)
{
	read_file("a.txt", STR("The harbour office\n\nThe office by the harbour was closed in the spring, said the\n"
	    "three people who had worked there since 1995, and nobody had\nanswered the telephone on Monday.\n\nThe letters, forty of them, were sent back unopened on the\n"
	    "same day, said one of them.\n"));
	CHECK_STR(STR("The harbour office"), x.title);
	CHECK_INT(3, x.blocks.n);
	CHECK_STR(STR("The office by the harbour was closed in the spring, said the three people who had worked there since 1995, and nobody had "
	    "answered the telephone on Monday."), block(1));
}

static void
a_line_may_be_a_paragraph(void)
{
	read_file("a.txt", STR("The office by the harbour was closed in the spring, said the three people who had worked there since 1995, and nobody answered.\n"
	    "The letters, forty of them, were sent back unopened on the same day, said one of the three who had written them and waited.\n"
	    "Nobody knows why.\n"));
	CHECK_INT(3, x.blocks.n);
	CHECK_STR(STR("Nobody knows why."), block(2));
}

static void
lines_of_scripts_without_spaces_get_none(void)
{
	read_file("a.txt", STR("港の事務所は春に閉鎖されたと、一九九五年からそこで働いていた三\n人が語り、月曜日には誰も電話に出なかったと、その日のうちに伝えら\nれた。\n"));
	CHECK_STR(STR("港の事務所は春に閉鎖されたと、一九九五年からそこで働いていた三人が語り、月曜日には誰も電話に出なかったと、その日のうちに伝えられた。"), block(0));
}

static void
quotes_lists_and_underlined_headings_are_such(void)
{
	read_file("a.txt", STR("Report\n======\n\nFirst words.\n> quoted one\n> quoted two\nAfter it.\n\n- point one\n- point two\n  goes on\n\nPart\n----\nEnd.\n"));
	CHECK_INT(BLOCK_HEADING, kind(0));
	CHECK_STR(STR("Report"), x.title);
	CHECK_INT(BLOCK_QUOTE, kind(2));
	CHECK_STR(STR("quoted one quoted two"), block(2));
	CHECK_INT(BLOCK_ITEM, kind(4));
	CHECK_STR(STR("point two goes on"), block(5));
	CHECK_INT(BLOCK_HEADING, kind(6));
}

static void
a_file_of_windows_notepad_in_utf_16_is_read(void)
{
	static const char bytes[] = "\xff\xfe" "\x81\xbd\x5c\xd5" "\r\0\n\0" "\r\0\n\0" "o\0k\0.\0";

	read_file("a.txt", (struct str){ bytes, sizeof(bytes) - 1 });
	CHECK_STR(STR("북한\n\nok."), x.text);
}

static void
the_genre_applies_to_text_too(void)
{
	read_file("a.txt", STR("Offices close in Seoul\n\nICC Note: The funding has ended.\n\n06/27/2018 North Korea (Channel News Asia) - The office of a foundation was closed, "
	    "a spokesman told Reuters on Wednesday.\n\n[Full Story]\n"));
	CHECK_STR(STR("Offices close in Seoul"), x.title);
	CHECK_STR(STR("Channel News Asia"), x.carrier);
	CHECK_STR(STR("North Korea"), x.dateline.place);
	CHECK_STR(STR("The funding has ended."), x.note);
}

static void
markdown_keeps_what_it_marks(void)
{
	read_file("a.md", STR("---\ntitle: \"항구 사무실\"\ndate: 2018-06-27\nauthors: [김태희, Lee Min]\n---\n## 둘째\n\nWords *with* `code` and [a link](https://example.org/x)\nover lines.\n\n"
	    "> quoted\n\n1. one\n   - inner\n2. two\n\n```\nkept  as\n it is\n```\n\n| Year | Desks |\n|---|---|\n| 2018 | 11 |\n\n<script>x</script>\n\n港の事\n務所\n"));
	CHECK_STR(STR("항구 사무실"), x.title);
	CHECK_INT(2018, x.published.year);
	CHECK_INT(2, x.byline.n);
	CHECK_STR(STR("Lee Min"), x.byline.n == 2 ? x.byline.v[1] : STR(""));
	CHECK_INT(BLOCK_HEADING, kind(0));
	CHECK_STR(STR("Words with code and a link over lines."), block(1));
	CHECK_INT(BLOCK_QUOTE, kind(2));
	CHECK_INT(BLOCK_ITEM, kind(3));
	CHECK_INT(2, x.blocks.n > 4 ? x.blocks.v[4].level : 0);
	CHECK_STR(STR("two"), block(5));
	CHECK_INT(BLOCK_PRE, kind(6));
	CHECK_STR(STR("kept  as\n it is"), block(6));
	CHECK_INT(BLOCK_ROW, kind(7));
	CHECK_STR(STR("2018 11"), block(8));
	CHECK_STR(STR("港の事務所"), block(9));
	CHECK_STR(STR("https://example.org/x"), x.links.n > 0 ? x.links.v[0].url : STR(""));
	read_file("b.md", STR("---\nno end of it\n\ntext\n"));
	CHECK(str_find(x.text, STR("no end of it")) != STR_NONE);
}

static void
markdown_too_deep_is_read_as_text_and_said(void)
{
	char deep[200];

	memset(deep, '>', sizeof(deep));
	deep[199] = 'x';
	read_file("a.md", (struct str){ deep, sizeof(deep) });
	CHECK_STR(STR("x"), x.text);
	CHECK_STR(STR("the Markdown is longer or deeper than we take; read as plain text"), x.warnings.n > 0 ? x.warnings.v[0] : STR(""));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(broken_lines_are_joined_and_the_headline_found),
		TEST(a_line_may_be_a_paragraph),
		TEST(lines_of_scripts_without_spaces_get_none),
		TEST(quotes_lists_and_underlined_headings_are_such),
		TEST(a_file_of_windows_notepad_in_utf_16_is_read),
		TEST(the_genre_applies_to_text_too),
		TEST(markdown_keeps_what_it_marks),
		TEST(markdown_too_deep_is_read_as_text_and_said),
	};
	int bad = check_run(tests, sizeof(tests) / sizeof(*tests));

	arena_free(&a);
	return bad;
}
