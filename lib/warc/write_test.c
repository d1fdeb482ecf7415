#include "warc/write.h"

#include "base/arena.h"
#include "tests/check.h"

/* 2018-06-27T09:30:00.000001Z */
#define WHEN INT64_C(1530091800000001)

static const struct id one = { { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0x4d, 0xef, 0x81, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef } };
static const struct id two = { { 1 } };

static void
is_written(const struct warc_header *h, struct str block, int64_t payload_at, struct str want)
{
	struct buf          out = BUF_INIT(64 * KiB);
	struct warc_written w;

	td_warc_write(&out, h, bytes_of(block), payload_at, &w);
	CHECK_STR(want, buf_str(&out));
	CHECK_STR(block, str_sub(buf_str(&out), w.block_at, w.block_at + block.n));
	buf_free(&out);
}

/* The digests are those of sha256sum over the block, and over what follows its empty line. */
static void
a_response_is_these_very_bytes(void)
{
	const struct warc_header h = { .type = STR("response"), .uuid = one, .concurrent_to = two, .date_us = WHEN,
		.target_url = STR("https://example.org/북한?a={b}%20c%"), .ip = STR("2001:db8::1"), .protocol = STR("http/1.1, tls/1.3"),
		.tls = STR("TLS_AES_256_GCM_SHA384"), .truncated = STR("disconnect"),
		.content_type = STR("application/http;msgtype=response") };

	is_written(&h, STR("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n서울\xff\r\n\r\n"), 45, STR(
	    "WARC/1.1\r\n"
	    "WARC-Type: response\r\n"
	    "WARC-Record-ID: <urn:uuid:12345678-9abc-4def-8123-456789abcdef>\r\n"
	    "WARC-Date: 2018-06-27T09:30:00.000001Z\r\n"
	    "WARC-Target-URI: https://example.org/%EB%B6%81%ED%95%9C?a=%7Bb%7D%20c%25\r\n"
	    "WARC-Concurrent-To: <urn:uuid:01000000-0000-0000-0000-000000000000>\r\n"
	    "WARC-IP-Address: 2001:db8::1\r\n"
	    "WARC-Protocol: http/1.1\r\n"
	    "WARC-Protocol: tls/1.3\r\n"
	    "WARC-Cipher-Suite: TLS_AES_256_GCM_SHA384\r\n"
	    "WARC-Truncated: disconnect\r\n"
	    "WARC-Block-Digest: sha256:91976e422374ca4e7925ad28444077784876deebe6b59988a33eafbfe774c78e\r\n"
	    "WARC-Payload-Digest: sha256:d309e25855d633a6b7e4ee9eecc56ae55691f4794425807f31b04b229ef8127e\r\n"
	    "Content-Type: application/http;msgtype=response\r\n"
	    "Content-Length: 56\r\n\r\n"
	    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n서울\xff\r\n\r\n"
	    "\r\n\r\n"));
}

static void
a_record_without_a_payload_has_no_payload_digest(void)
{
	const struct warc_header h = { .type = STR("metadata"), .uuid = one, .date_us = WHEN, .target_url = STR("urn:x"),
		.content_type = STR("application/json") };

	is_written(&h, STR(""), -1, STR(
	    "WARC/1.1\r\n"
	    "WARC-Type: metadata\r\n"
	    "WARC-Record-ID: <urn:uuid:12345678-9abc-4def-8123-456789abcdef>\r\n"
	    "WARC-Date: 2018-06-27T09:30:00.000001Z\r\n"
	    "WARC-Target-URI: urn:x\r\n"
	    "WARC-Block-Digest: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r\n"
	    "Content-Type: application/json\r\n"
	    "Content-Length: 0\r\n\r\n"
	    "\r\n\r\n"));
}

static void
a_payload_may_be_empty_or_the_whole_block(void)
{
	const struct warc_header h = { .type = STR("resource"), .uuid = one, .date_us = WHEN };
	struct warc_written      w;
	struct buf               out = BUF_INIT(64 * KiB);

	td_warc_write(&out, &h, bytes_of(STR("ab")), 2, &w);
	CHECK(str_find(buf_str(&out), STR("Payload-Digest: sha256:e3b0c44298fc1c149afbf4c8996fb924")) != STR_NONE);
	td_warc_write(&out, &h, bytes_of(STR("ab")), 0, &w);
	CHECK(memcmp(w.block_sha256, w.payload_sha256, sizeof(w.block_sha256)) == 0);
	buf_free(&out);
}

static void
a_strangers_line_end_makes_no_field(void)
{
	const struct warc_header h = { .type = STR("response"), .uuid = one, .date_us = WHEN,
		.target_url = STR("http://a/\r\nWARC-Type: forged"), .content_type = STR("text/html\r\nX: y"), .ip = STR("1\n2\0003") };
	struct warc_written      w;
	struct buf               out = BUF_INIT(64 * KiB);

	td_warc_write(&out, &h, bytes_of(STR("")), -1, &w);
	CHECK(str_find(buf_str(&out), STR("\nX: y")) == STR_NONE && str_find(buf_str(&out), STR("\nWARC-Type: forged")) == STR_NONE);
	CHECK(str_find(buf_str(&out), STR("WARC-IP-Address: 123\r\n")) != STR_NONE);
	buf_free(&out);
}

static void
a_record_that_does_not_fit_is_not_written_by_halves(void)
{
	const struct warc_header h = { .type = STR("response"), .uuid = one, .date_us = WHEN };
	struct warc_written      w = { .block_at = 7 };
	struct buf               out = BUF_INIT(100);

	td_warc_write(&out, &h, bytes_of(STR("block")), -1, &w);
	CHECK(out.failed);
	CHECK_INT(7, w.block_at);
	buf_free(&out);
}

TESTS(
	TEST(a_response_is_these_very_bytes),
	TEST(a_record_without_a_payload_has_no_payload_digest),
	TEST(a_payload_may_be_empty_or_the_whole_block),
	TEST(a_strangers_line_end_makes_no_field),
	TEST(a_record_that_does_not_fit_is_not_written_by_halves))
