/* A tombstone is exactly as long as what it covers, whatever that is, and is a record that every reader takes. */
#include "store/tombstone.h"

#include "tests/check.h"
#include "warc/gzip.h"
#include "warc/read.h"

static struct tombstone
of_length(int64_t length)
{
	return (struct tombstone){ .at = { .segment = "20261124-000001.warc.gz", .offset = 7, .length = length, .uuid = { { 1, 2, 3 } } },
		.time_us = 1764000000123456, .erasure = 17 };
}

/* false: it cannot be that short. */
static bool
is_sound(int64_t length)
{
	struct tombstone    t = of_length(length);
	struct buf          b = BUF_INIT(4 * MiB), again = BUF_INIT(4 * MiB);
	struct blob_place   p;
	size_t              block_b;
	struct warc_reader *r = calloc(1, sizeof(*r));
	struct warc_record  record;
	bool                made = tombstone_make(&t, &b, &p, &block_b);

	if (made) {
		CHECK_INT(length, b.n);
		CHECK_INT(length, p.length);
		td_warc_open(r, buf_bytes(&b), 4 * MiB);
		CHECK(td_warc_next(r, &record));
		CHECK_INT(block_b, record.block.n);
		CHECK(str_starts(bytes_as_str(record.block), STR("tidings-tombstone/1\r\nThe records that stood here were erased on ")));
		CHECK(str_find(bytes_as_str(record.block), STR("Entry 17 of this desk's ledger")) != STR_NONE);
		CHECK(!td_warc_next(r, &record));
		CHECK_INT(0, r->faults_n + r->notes_n);
		td_warc_close(r);
		CHECK(tombstone_make(&t, &again, &p, &block_b));
		CHECK_STR(buf_str(&b), buf_str(&again));
	}
	free(r);
	buf_free(&b);
	buf_free(&again);
	return made;
}

static void
every_length_from_the_shortest_on_can_be_had(void)
{
	int64_t least = 200;

	while (!is_sound(least) && least < 2000)
		least++;
	fprintf(stderr, "# the shortest has %lld bytes\n", (long long)least);
	CHECK(least < 500);
	for (int64_t n = least; n < least + 1500 && checks_failed == 0; n++)
		CHECK(is_sound(n));
	for (int64_t n = 9990; n < 10700 && checks_failed == 0; n++)
		CHECK(is_sound(n));
	for (int64_t n = 65300; n < 65900 && checks_failed == 0; n += 3)
		CHECK(is_sound(n));
	for (int64_t n = 131000; n < 131400 && checks_failed == 0; n += 7)
		CHECK(is_sound(n));
	for (int64_t n = 1000000; n < 1000700 && checks_failed == 0; n += 97)
		CHECK(is_sound(n));
}

TESTS(TEST(every_length_from_the_shortest_on_can_be_had))
