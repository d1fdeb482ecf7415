#include "warc/gzip.h"

#include "base/arena.h"
#include "tests/check.h"

static void
what_is_packed_comes_back_and_equal_records_make_equal_bytes(void)
{
	struct buf one = BUF_INIT(MiB), two = BUF_INIT(MiB), back = BUF_INIT(MiB);
	struct bytes text = bytes_of(STR("WARC/1.1\r\n북한인권단체 북한인권단체 북한인권단체"));
	struct err err = { 0 };
	size_t used = 0;

	CHECK(td_gzip_member(&one, text, GZIP_SMALL, &err) == ERR_OK);
	CHECK(td_gzip_member(&two, text, GZIP_SMALL, &err) == ERR_OK);
	CHECK(str_eq(buf_str(&one), buf_str(&two)));
	buf_add(&one, STR("what follows"));
	CHECK(td_gunzip_member(&back, buf_bytes(&one), MiB, &used, &err) == ERR_OK);
	CHECK_STR(bytes_as_str(text), buf_str(&back));
	CHECK_INT(two.n, used);
	buf_free(&one), buf_free(&two), buf_free(&back);
}

static void
a_member_that_is_cut_or_flipped_is_refused(void)
{
	struct buf member = BUF_INIT(MiB);
	struct err err = { 0 };
	size_t used;

	CHECK(td_gzip_member(&member, bytes_of(STR("evidence evidence evidence")), GZIP_SMALL, &err) == ERR_OK);
	for (size_t i = 0; i < member.n; i++) {
		struct buf back = BUF_INIT(MiB);

		CHECK(td_gunzip_member(&back, (struct bytes){ (unsigned char *)member.p, i }, MiB, &used, &err) != ERR_OK);
		buf_free(&back);
		member.p[i] ^= 4;
		/* Header bytes that mean nothing (time, level, system) may differ; the content never. */
		if (td_gunzip_member(&back, buf_bytes(&member), MiB, &used, &err) == ERR_OK)
			CHECK_STR(STR("evidence evidence evidence"), buf_str(&back));
		member.p[i] ^= 4;
		buf_free(&back);
	}
	buf_free(&member);
}

static void
a_bomb_stops_at_the_limit(void)
{
	struct buf zeros = BUF_INIT(64 * MiB), member = BUF_INIT(MiB), back = BUF_INIT(128 * MiB);
	struct err err = { 0 };
	size_t used;
	char *p = buf_room(&zeros, 32 * MiB);

	memset(p, 0, 32 * MiB);
	zeros.n = 32 * MiB;
	CHECK(td_gzip_member(&member, buf_bytes(&zeros), GZIP_SMALL, &err) == ERR_LIMIT || !member.failed);
	buf_free(&member);
	member.limit = 64 * MiB;
	CHECK(td_gzip_member(&member, buf_bytes(&zeros), GZIP_SMALL, &err) == ERR_OK);
	CHECK(td_gunzip_member(&back, buf_bytes(&member), MiB, &used, &err) == ERR_LIMIT);
	buf_free(&zeros), buf_free(&member), buf_free(&back);
}

TESTS(
	TEST(what_is_packed_comes_back_and_equal_records_make_equal_bytes),
	TEST(a_member_that_is_cut_or_flipped_is_refused),
	TEST(a_bomb_stops_at_the_limit))
