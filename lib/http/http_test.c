#include <zlib.h>

#include "base/limits.h"
#include "http/decode.h"
#include "http/message.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct arena a;

static void
a_head_gives_its_fields_and_says_where_it_ends(void)
{
	static const char reply[] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=\"EUC-KR\"\r\nX-이름:  값 \r\n"
	    "Content-Length: 5\r\n\r\nbody\n";
	struct http_head h;
	struct http_type t;
	struct err       err = { 0 };

	CHECK(td_http_head(&a, bytes_of(str_of(reply)), &h, &err) == ERR_OK);
	CHECK_INT(404, h.status);
	CHECK_STR(STR("Not Found"), h.reason);
	CHECK_STR(STR("값"), td_http_field(&h, STR("x-이름")));
	CHECK_STR(STR("body\n"), str_sub(str_of(reply), h.length_b, sizeof(reply)));
	t = td_http_type(&a, td_http_field(&h, STR("content-type")));
	CHECK_STR(STR("text/html"), t.essence);
	CHECK_STR(STR("EUC-KR"), t.charset);
	CHECK(td_http_agree(&h, STR("content-length")));
}

static void
what_is_no_reply_is_refused(void)
{
	static const char *const bad[] = { "", "<html>hello", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 2000 x\r\n\r\n",
		"HTTP/1.1 200 OK\r\nA: b\r\n" };
	struct http_head h;
	struct err       err = { 0 };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(td_http_head(&a, bytes_of(str_of(bad[i])), &h, &err) == ERR_FORMAT);
}

static void
two_lengths_that_differ_are_seen(void)
{
	struct http_head h;
	struct err       err = { 0 };

	CHECK(td_http_head(&a, bytes_of(STR("HTTP/1.1 200 OK\nContent-Length: 5\ncontent-length: 6\n\n")), &h, &err) == ERR_OK);
	CHECK(!td_http_agree(&h, STR("Content-Length")));
}

static const struct { const char *in, *out; bool done, broken; } chunked[] = {
	{ "5\r\nhello\r\n0\r\n\r\n", "hello", true, false }, { "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nT: v\r\n\r\n", "hello!", true, false },
	{ "5\r\nhel", "hel", false, false }, { "hello", "", false, true }, { "5\r\nhelloX", "hello", false, true },
	{ "FFFFFFFFFFFFFFFFF\r\n", "", false, true }, { "\r\n", "", false, true },
};

static void
chunks_are_put_together_however_they_arrive(void)
{
	for (size_t i = 0; i < sizeof(chunked) / sizeof(*chunked); i++) {
		struct http_chunks c = { 0 };
		struct buf         out = BUF_INIT(MiB);
		struct err         err = { 0 };
		enum err_code      code = ERR_OK;

		for (const char *p = chunked[i].in; *p != '\0' && code == ERR_OK; p++)
			code = td_http_unchunk(&c, (struct bytes){ (const unsigned char *)p, 1 }, &out, &err);
		CHECK_STR(str_of(chunked[i].out), buf_str(&out));
		CHECK_INT(chunked[i].done, c.is_done);
		CHECK_INT(chunked[i].broken, c.is_broken);
		buf_free(&out);
	}
}

static void
a_decoded_reply_keeps_its_head_but_for_the_coding(void)
{
	struct buf out = BUF_INIT(MiB);

	td_http_unchunked_head(&out, bytes_of(STR("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\nX: y\r\n\r\n")), 7);
	CHECK_STR(STR("HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nX-Archive-Orig-Content-Length: 99\r\nX: y\r\n"
	    "Content-Length: 7\r\n\r\n"), buf_str(&out));
	buf_reset(&out);
	td_http_unchunked_head(&out, bytes_of(STR("HTTP/1.1 200 OK\nTransfer-Encoding : chunked\n\tx\n\n")), 0);
	CHECK_STR(STR("HTTP/1.1 200 OK\nX-Archive-Orig-Transfer-Encoding : chunked\n\tx\nContent-Length: 0\r\n\r\n"), buf_str(&out));
	buf_free(&out);
}

static struct buf
gzipped(size_t zeros)
{
	struct buf b = BUF_INIT(64 * MiB);
	z_stream   z = { 0 };
	char       block[4096] = "";

	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_out = (unsigned char *)buf_room(&b, MiB);
	z.avail_out = MiB;
	for (size_t n = 0; n < zeros; n += sizeof(block)) {
		z.next_in = (unsigned char *)block, z.avail_in = sizeof(block);
		deflate(&z, Z_NO_FLUSH);
	}
	deflate(&z, Z_FINISH);
	b.n = z.total_out;
	deflateEnd(&z);
	return b;
}

static void
a_bomb_stops_early_and_says_so(void)
{
	struct buf bomb = gzipped(512 * MiB), out = BUF_INIT(128 * MiB);
	struct err err = { .text = "" };

	CHECK(td_http_decode(&out, buf_bytes(&bomb), STR("gzip"), &err) == ERR_LIMIT);
	CHECK(out.n <= LIMIT_DECODED_B + 64 * KiB);
	CHECK(str_find(str_of(err.text), STR("unpacks to more")) != STR_NONE);
	buf_free(&bomb), buf_free(&out);
}

static void
a_bomb_fills_what_its_reader_can_hold_and_no_more(void)
{
	struct buf bomb = gzipped(64 * MiB), out = BUF_INIT(MiB);
	struct err err = { .text = "" };

	CHECK(td_http_decode(&out, buf_bytes(&bomb), STR("gzip"), &err) == ERR_LIMIT);
	CHECK(!out.failed && out.n > 900 * KiB && out.n <= MiB);
	buf_free(&bomb), buf_free(&out);
}

static void
a_cut_body_gives_what_came_and_an_unlabelled_one_is_unpacked(void)
{
	struct buf b = gzipped(64 * KiB), out = BUF_INIT(MiB);
	struct err err = { .text = "" };

	CHECK(td_http_decode(&out, buf_bytes(&b), STR(""), &err) == ERR_OK);
	CHECK_INT(64 * KiB, out.n);
	buf_reset(&out);
	CHECK(td_http_decode(&out, (struct bytes){ (unsigned char *)b.p, b.n - 8 }, STR("gzip"), &err) == ERR_FORMAT);
	CHECK_INT(64 * KiB, out.n);
	buf_free(&b), buf_free(&out);
}

static void
codings_that_nobody_knows_or_that_lie_leave_the_bytes(void)
{
	struct buf out = BUF_INIT(MiB);
	struct err err = { .text = "" };

	CHECK(td_http_decode(&out, bytes_of(STR("plain 북한")), STR("gzip"), &err) == ERR_OK);
	CHECK_STR(STR("plain 북한"), buf_str(&out));
	buf_reset(&out);
	CHECK(td_http_decode(&out, bytes_of(STR("plain")), STR("rot13"), &err) == ERR_FORMAT);
	CHECK_STR(STR("plain"), buf_str(&out));
	buf_reset(&out);
	CHECK(td_http_decode(&out, bytes_of(STR("plain")), STR("br, br, br, br"), &err) == ERR_LIMIT);
	buf_free(&out);
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(a_head_gives_its_fields_and_says_where_it_ends), TEST(what_is_no_reply_is_refused),
		TEST(two_lengths_that_differ_are_seen), TEST(chunks_are_put_together_however_they_arrive),
		TEST(a_decoded_reply_keeps_its_head_but_for_the_coding), TEST(a_bomb_stops_early_and_says_so),
		TEST(a_bomb_fills_what_its_reader_can_hold_and_no_more),
		TEST(a_cut_body_gives_what_came_and_an_unlabelled_one_is_unpacked),
		TEST(codings_that_nobody_knows_or_that_lie_leave_the_bytes),
	};
	int code;

	arena_init(&a, 16 * MiB, no_more, NULL);
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return code;
}
