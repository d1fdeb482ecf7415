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
};

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
		TEST(a_long_page_is_not_broken_where_a_chunk_ends),
	};
	int code;

	td_charset_warm_up();
	arena_init(&a, 64 * MiB, no_more, NULL);
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return code;
}
