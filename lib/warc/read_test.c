#include "warc/read.h"
#include "base/limits.h"
#include "tests/check.h"
#include "warc/gzip.h"
#include "warc/write.h"

static void
put_sample(struct buf *out, struct str body)
{
	struct warc_header  h = { .type = STR("response"), .uuid = { { 1, 2, 3 } }, .date_us = 1530091800000000,
		.target_url = STR("https://example.org/북한 news?a={b}"), .ip = STR("192.0.2.1"),
		.content_type = STR("application/http;msgtype=response"), .protocol = STR("http/1.1, tls/1.3") };
	struct warc_written w;
	struct buf          block = BUF_INIT(MiB);

	buf_add(&block, STR("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
	buf_add(&block, body);
	td_warc_write(out, &h, buf_bytes(&block), (int64_t)(block.n - body.n), &w);
	buf_free(&block);
}

static void
what_we_write_is_read_without_a_finding(void)
{
	struct buf         plain = BUF_INIT(MiB), packed = BUF_INIT(MiB);
	struct warc_reader r;
	struct warc_record record;
	struct err         err;

	put_sample(&plain, STR("كوريا الشمالية\xff"));
	CHECK(td_gzip_member(&packed, buf_bytes(&plain), GZIP_SMALL, &err) == ERR_OK);
	CHECK(td_gzip_member(&packed, buf_bytes(&plain), GZIP_FAST, &err) == ERR_OK);
	td_warc_open(&r, buf_bytes(&packed), MiB);
	for (int i = 0; i < 2; i++) {
		CHECK(td_warc_next(&r, &record));
		CHECK_STR(STR("https://example.org/%EB%B6%81%ED%95%9C%20news?a=%7Bb%7D"),
		    td_warc_field(&record, STR("warc-target-uri")));
		CHECK_STR(STR("كوريا الشمالية\xff"), str_sub(bytes_as_str(record.block), (size_t)record.payload_at, record.block.n));
		CHECK(record.is_http);
	}
	CHECK(!td_warc_next(&r, &record));
	CHECK_INT(0, r.faults_n + r.notes_n);
	td_warc_close(&r);
	buf_free(&plain);
	buf_free(&packed);
}

/* The verdict on a file: how many faults. */
static size_t
faults_of(struct bytes file)
{
	struct warc_reader r;
	struct warc_record record;
	size_t             n;

	td_warc_open(&r, file, LIMIT_BODY_B);
	while (td_warc_next(&r, &record))
		continue;
	n = r.faults_n;
	td_warc_close(&r);
	return n;
}

static bool
is_accepted(struct bytes file)
{
	struct warc_reader r;
	struct warc_record record;
	bool               good;

	td_warc_open(&r, file, LIMIT_BODY_B);
	while (td_warc_next(&r, &record))
		;
	good = td_warc_is_accepted(&r);
	td_warc_close(&r);
	return good;
}

static void
every_cut_and_every_changed_byte_of_a_block_is_found(void)
{
	struct buf plain = BUF_INIT(MiB);
	size_t     block;

	put_sample(&plain, STR("Seoul cuts funding"));
	block = str_find(buf_str(&plain), STR("HTTP/1.1 200"));
	for (size_t i = 0; i < plain.n; i++)
		CHECK(faults_of((struct bytes){ (unsigned char *)plain.p, i }) > 0);
	for (size_t i = block; i < plain.n - 4; i++) {
		plain.p[i] ^= 4;
		CHECK(faults_of(buf_bytes(&plain)) > 0);
		plain.p[i] ^= 4;
	}
	CHECK_INT(0, faults_of(buf_bytes(&plain)));
	buf_free(&plain);
}

static struct buf
file_of(const char *name)
{
	struct buf  b = BUF_INIT(8 * MiB);
	char        path[512];
	FILE       *f;

	snprintf(path, sizeof(path), "%s/archive/warc/%s", getenv("SHARED_DATA"), name);
	if ((f = fopen(path, "rb")) == NULL)
		return b;
	if (buf_room(&b, 8 * MiB) != NULL)
		b.n = fread(b.p, 1, 8 * MiB, f);
	fclose(f);
	return b;
}

/* What at least two of warcio, jwarc and JWAT say. */
static const struct {
	const char *name;
	bool        is_good;
} judged[] = {
#include "warc/read_judged_table.h"
};

/* Where we go our own way, and why. */
static const char *const own_way[] = {
	"jwat-valid-warcfile-fields-continuation.warc",  /* folded lines, which WARC/1.0 allows */
	"warcbench-example.com.warc",                    /* warcio finds a digest wrong that is right by jwarc, JWAT and sha256sum */
};

static bool
goes_own_way(const char *name)
{
	for (size_t i = 0; i < sizeof(own_way) / sizeof(*own_way); i++)
		if (strcmp(name, own_way[i]) == 0)
			return true;
	return false;
}

static void
our_verdict_is_that_of_most_validators(void)
{
	for (size_t i = 0; i < sizeof(judged) / sizeof(*judged); i++) {
		struct buf b = file_of(judged[i].name);
		bool       is_good = is_accepted(buf_bytes(&b));

		if (b.n > 0 && (is_good != judged[i].is_good) != goes_own_way(judged[i].name)) {
			fprintf(stderr, "%s: %s, not the verdict expected\n", judged[i].name, is_good ? "good" : "bad");
			checks_failed++;
		}
		buf_free(&b);
	}
}

int
main(void)
{
	const char *data = getenv("SHARED_DATA");
	char        probe[512];
	FILE       *f;

	static const struct check_test t[] = { TEST(what_we_write_is_read_without_a_finding),
		TEST(every_cut_and_every_changed_byte_of_a_block_is_found), TEST(our_verdict_is_that_of_most_validators) };

	snprintf(probe, sizeof(probe), "%s/archive/warc/%s", data ? data : "", judged[0].name);
	if ((f = fopen(probe, "rb")) != NULL) {
		fclose(f);
		return check_run(t, 3);
	}
	printf("ok 3 # SKIP no folder of archives in SHARED_DATA\n");
	return check_run(t, 2);
}
