#include "text/charset.h"

#include "text/utf8.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct arena a;

/* The same words, as different pages would send them. */
static const struct { const char *bytes, *label, *name, *text; } pages[] = {
	{ "\xba\xcf\xc7\xd1\xc0\xce\xb1\xc7", "euc-kr", "EUC-KR", "북한인권" },
	{ "\x8c\x63", "ks_c_5601-1987", "EUC-KR", "똠" },              /* windows-949, not EUC-KR proper */
	{ "\x93\x8c\x8b\x9e", "Shift_JIS", "Shift_JIS", "東京" },
	{ "\xb1\xb1\xbe\xa9", "gb2312", "GBK", "北京" },
	{ "\xa5\x5f\xa8\xca", "big5", "Big5", "北京" },
	{ "\xed\xcf\xd3\xcb\xd7\xc1", "koi8-r", "KOI8-R", "Москва" },
	{ "\x93quoted\x94", "iso-8859-1", "windows-1252", "“quoted”" },
	{ "북한인권", "iso-8859-1", "UTF-8", "북한인권" },              /* valid UTF-8 overrules a wrong label */
	{ "\xef\xbb\xbf인권", "euc-kr", "UTF-8", "인권" },
	{ "<meta charset=euc-kr>\xc0\xce\xb1\xc7", "", "EUC-KR", "<meta charset=euc-kr>인권" },
	{ "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\xcc", "", "windows-1251",
	    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">М" },
	{ "plain", "no-such-thing", "UTF-8", "plain" },
	{ "<?xml version='1.0' encoding='koi8-r'?><a>\xed\xcf", "", "KOI8-R", "<?xml version='1.0' encoding='koi8-r'?><a>Мо" },
	{ "<!-- <meta charset=big5> --><meta charset=euc-kr>\xc0\xce", "", "EUC-KR", "<!-- <meta charset=big5> --><meta charset=euc-kr>인" },
	{ "x\x1b$B\x46|\x1b(B", "", "ISO-2022-JP", "x日" },
	{ "<p>\xc7\xd1", "iso-2022-kr", "replacement", "\xef\xbf\xbd" },     /* browsers refuse it, so do we */
};

/* No label, or one that cannot be: a sentence is enough. */
static const struct { const char *bytes, *label, *name, *text; } riddles[] = {
	{ "<p>\xbc\xad\xbf\xef\xc0\xc7 \xbb\xe7\xb9\xab\xbd\xc7\xc0\xba \xba\xbd\xbf\xa1 \xb9\xae\xc0\xbb \xb4\xdd\xbe\xd2\xb4\xd9.", "", "EUC-KR",
	    "<p>서울의 사무실은 봄에 문을 닫았다." },
	{ "<p>\xbc\xad\xbf\xef\xc0\xc7 \xbb\xe7\xb9\xab\xbd\xc7\xc0\xba \xba\xbd\xbf\xa1 \xb9\xae\xc0\xbb \xb4\xdd\xbe\xd2\xb4\xd9.", "iso-8859-1", "EUC-KR",
	    "<p>서울의 사무실은 봄에 문을 닫았다." },
	{ "<p>\xce\xf4\xe8\xf1 \xe7\xe0\xea\xf0\xfb\xeb \xe4\xe2\xe5\xf0\xe8 \xe2\xe5\xf1\xed\xee\xe9.", "", "windows-1251", "<p>Офис закрыл двери весной." },
	{ "<p>\xef\xc6\xc9\xd3 \xda\xc1\xcb\xd2\xd9\xcc \xc4\xd7\xc5\xd2\xc9 \xd7\xc5\xd3\xce\xcf\xca.", "utf-8", "KOI8-R", "<p>Офис закрыл двери весной." },
	{ "<p>Das B\xfcro schlo\xdf im Fr\xfchjahr seine T\xfcren.", "", "windows-1252", "<p>Das Büro schloß im Frühjahr seine Türen." },
	{ "<p>Biuro zamkn\xea\xb3o drzwi wiosn\xb1, a pieni\xb1" "dze sko\xf1" "czy\xb3y si\xea.", "", "ISO-8859-2",
	    "<p>Biuro zamknęło drzwi wiosną, a pieniądze skończyły się." },
	{ "<p>\xe4\xe4\xe4\xe4 \xa9 2018 \x93quoted\x94 it\x92s", "iso-8859-1", "windows-1252", "<p>ääää © 2018 “quoted” it’s" },
	{ "&copy; \xa9 2002, all rights \xae", "", "windows-1252", "&copy; © 2002, all rights ®" },
};

static void
a_sentence_tells_its_encoding_without_a_label_or_against_it(void)
{
	for (size_t i = 0; i < sizeof(riddles) / sizeof(*riddles); i++) {
		struct charset c;
		struct str s = td_charset_decode(&a, bytes_of(str_of(riddles[i].bytes)), str_of(riddles[i].label), &c);

		CHECK_STR(str_of(riddles[i].text), s);
		CHECK_STR(str_of(riddles[i].name), str_of(c.name));
	}
}

static void
a_few_foreign_bytes_do_not_make_another_page_of_it(void)
{
	static const char mixed[] = "<p>서울의 사무실은 봄에 문을 닫았다. \xff 그리고 \xe9 끝.";
	static const char wide[] = "<\0p\0>\0\x1c\xc1\xb8\xc6";
	struct charset c;

	td_charset_decode(&a, bytes_of(str_of(mixed)), STR("utf-8"), &c);
	CHECK_STR(STR("UTF-8"), str_of(c.name));
	CHECK_INT(2, c.replaced);
	td_charset_decode(&a, bytes_of(str_of(mixed)), STR("euc-kr"), &c);
	CHECK_STR(STR("UTF-8"), str_of(c.name));
	CHECK_STR(STR("<p>서울"), td_charset_decode(&a, (struct bytes){ (const unsigned char *)wide, sizeof(wide) - 1 }, STR(""), &c));
}

static void
the_prescan_ends_where_the_standard_ends_it(void)
{
	struct buf b = BUF_INIT(64 * KiB);
	struct charset c;

	/* A tag that 1024 bytes cut is not believed there, but found by the longer look. */
	buf_add(&b, STR("<title>"));
	while (b.n < 1010)
		buf_add_char(&b, 'x');
	buf_add(&b, STR("</title><meta charset=euc-kr>\xc0\xce\xb1\xc7"));
	td_charset_decode(&a, buf_bytes(&b), STR(""), &c);
	CHECK_STR(STR("meta"), str_of(c.why));
	CHECK_STR(STR("EUC-KR"), str_of(c.name));
	buf_free(&b);
}

static void
every_page_is_read_in_its_own_encoding(void)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct charset c;
		struct str s = td_charset_decode(&a, bytes_of(str_of(pages[i].bytes)), str_of(pages[i].label), &c);

		CHECK_STR(str_of(pages[i].text), s);
		CHECK_STR(str_of(pages[i].name), str_of(c.name));
	}
}

static void
whatever_the_bytes_the_text_is_valid_and_has_no_nul(void)
{
	for (unsigned seed = 1; seed < 400; seed++) {
		unsigned char b[97];
		struct charset c;
		struct str s;
		unsigned x = seed;

		for (size_t i = 0; i < sizeof(b); i++)
			b[i] = (unsigned char)((x = x * 1103515245 + 12345) >> 16);
		s = td_charset_decode(&a, (struct bytes){ b, sizeof(b) }, str_of(seed % 3 ? "utf-8" : "gb18030"), &c);
		CHECK(td_utf8_is_valid(bytes_of(s)));
		CHECK(s.n == 0 || memchr(s.p, '\0', s.n) == NULL);
	}
}

static void
a_long_page_is_not_broken_where_a_chunk_ends(void)
{
	struct buf b = BUF_INIT(1 << 20);
	struct charset c;
	struct str s;

	buf_add_char(&b, 'x');
	for (int i = 0; i < 20000; i++)
		buf_add(&b, STR("\x95\x32\x82\x36"));            /* U+20000 in gb18030: a pair in UTF-16 */
	s = td_charset_decode(&a, buf_bytes(&b), STR("gb18030"), &c);
	CHECK_INT(1 + 4 * 20000, s.n);
	CHECK_INT(0, c.replaced);
	buf_free(&b);
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(every_page_is_read_in_its_own_encoding), TEST(whatever_the_bytes_the_text_is_valid_and_has_no_nul),
		TEST(a_long_page_is_not_broken_where_a_chunk_ends), TEST(a_sentence_tells_its_encoding_without_a_label_or_against_it),
		TEST(a_few_foreign_bytes_do_not_make_another_page_of_it), TEST(the_prescan_ends_where_the_standard_ends_it),
	};
	int code;

	arena_init(&a, 64 * MiB, no_more, NULL);
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return code;
}
