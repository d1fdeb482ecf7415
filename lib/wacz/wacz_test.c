#include <stdlib.h>

#include "base/limits.h"
#include "tests/check.h"
#include "wacz/cdxj.h"
#include "wacz/zip.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* What the surt library of the replay tools gives for these. */
static void
an_address_is_turned_round_as_replay_tools_do(void)
{
	static const struct {
		const char *url, *surt;
	} cases[] = {
		{ "https://www.Example.org/Story/", "org,example)/story" }, { "http://example.org/", "org,example)/" },
		{ "http://www2.example.co.uk:8080/a?b=2&A=1", "uk,co,example:8080)/a?a=1&b=2" }, { "http://127.0.0.1:81/x", "1,0,0,127:81)/x" },
		{ "https://example.org/북한", "org,example)/%eb%b6%81%ed%95%9c" }, { "urn:x:Y", "urn:x:y" },
		{ "https://www.org/", "org)/" },
	};
	struct arena a;

	arena_init(&a, MiB, no_more, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_STR(str_of(cases[i].surt), td_surt(&a, str_of(cases[i].url)));
	arena_free(&a);
}

static void
a_line_has_time_address_and_place(void)
{
	struct cdxj_entry e = { .url = STR("https://example.org/"), .mime = STR("text/html"), .filename = STR("data.warc.gz"),
		.digest = STR("sha1:2OE5TSUE"), .status = 200, .date_us = 1530091800999999, .offset = 7, .length = 9 };
	struct buf   b = BUF_INIT(4096);
	struct arena a;

	arena_init(&a, MiB, no_more, NULL);
	td_cdxj_write(&a, &b, &e);
	CHECK_STR(STR("org,example)/ 20180627093000 {\"url\":\"https://example.org/\",\"mime\":\"text/html\",\"status\":\"200\","
	    "\"digest\":\"sha1:2OE5TSUE\",\"length\":\"9\",\"offset\":\"7\","
	    "\"filename\":\"data.warc.gz\",\"recordDigest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}"),
	    buf_str(&b));
	arena_free(&a);
	buf_free(&b);
}

/* Bytes taken from a file that unzip lists; its CRC is that of "hello". */
static void
a_zip_has_these_bytes(void)
{
	struct zip z = { .out = BUF_INIT(4096), .central = BUF_INIT(4096) };

	td_zip_add(&z, STR("a"), bytes_of(STR("hello")));
	CHECK(memcmp(z.out.p, "PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0\x86\xa6\x10\x36\5\0\0\0\5\0\0\0\1\0\0\0ahello", 36) == 0);
	td_zip_end(&z);
	CHECK(!z.out.failed);
	CHECK_INT(36 + 47 + 22, z.out.n);
	td_zip_free(&z);
}

static void
a_zip_that_does_not_fit_is_said(void)
{
	struct zip z = { .out = BUF_INIT(100), .central = BUF_INIT(4096) };

	td_zip_add(&z, STR("a"), bytes_of(STR("more than a hundred bytes are not to be had in a file of a hundred bytes, as everybody knows")));
	td_zip_end(&z);
	CHECK(z.out.failed);
	td_zip_free(&z);
}

TESTS(
	TEST(an_address_is_turned_round_as_replay_tools_do),
	TEST(a_line_has_time_address_and_place),
	TEST(a_zip_has_these_bytes),
	TEST(a_zip_that_does_not_fit_is_said))
