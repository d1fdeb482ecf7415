#include "article/article.h"
#include "base/limits.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct article
sample(void)
{
	static struct block blocks[] = { { BLOCK_PARAGRAPH, 0, 0, 6 } };
	static struct reason why[] = { { { "title", 5 }, { "meta og:title", 13 }, 90 } };
	struct article a = { .title = STR("“Quote” & 인권"), .text = STR("북한"), .subject = STR("KP") };

	a.blocks.v = blocks, a.blocks.n = 1;
	a.why.v = why, a.why.n = 1;
	a.published = (struct civil){ 2018, 6, 27, 0, 0, 0, CIVIL_NO_ZONE, CIVIL_DAY };
	return a;
}

static void
a_copy_shares_nothing_and_ends_in_nul(void)
{
	struct article in = sample(), out;
	struct arena   a;

	arena_init(&a, MiB, no_more, NULL);
	td_wire_copy(&a, &article_desc, &in, &out);
	CHECK_STR(in.title, out.title);
	CHECK(out.title.p != in.title.p && out.title.p[out.title.n] == '\0');
	CHECK(out.why.v != in.why.v && out.why.n == 1 && out.why.v[0].why.p[13] == '\0');
	CHECK_STR(STR("meta og:title"), out.why.v[0].why);
	CHECK_INT(6, out.blocks.v[0].to);
	CHECK_INT(27, out.published.day);
	arena_free(&a);
}

static void
what_is_put_comes_back(void)
{
	struct article in = sample(), out;
	struct buf     b = BUF_INIT(MiB);
	struct arena   a;
	struct err     err = { 0 };

	arena_init(&a, MiB, no_more, NULL);
	td_wire_put(&b, &article_desc, &in);
	CHECK(!b.failed);
	CHECK(td_wire_get(&a, &article_desc, buf_bytes(&b), &out, &err) == ERR_OK);
	CHECK_STR(in.title, out.title);
	CHECK_INT(1, out.blocks.n);
	CHECK_INT(6, out.blocks.v[0].to);
	CHECK_INT(27, out.published.day);
	arena_free(&a);
	buf_free(&b);
}

/* Every cut and every flipped byte of a good message is refused or still obeys the table. */
static void
a_damaged_message_never_breaks_its_limits(void)
{
	struct article in = sample(), out;
	struct buf     b = BUF_INIT(MiB);
	struct arena   a;
	struct err     err = { 0 };

	td_wire_put(&b, &article_desc, &in);
	for (size_t i = 0; i < b.n; i++) {
		arena_init(&a, 16 * MiB, no_more, NULL);
		CHECK(td_wire_get(&a, &article_desc, (struct bytes){ (unsigned char *)b.p, i }, &out, &err) == ERR_FORMAT);
		b.p[i] ^= 0x55;
		if (td_wire_get(&a, &article_desc, buf_bytes(&b), &out, &err) == ERR_OK)
			CHECK(out.title.n <= LIMIT_FIELD_B && out.kind < ARTICLE_KIND__COUNT);
		b.p[i] ^= 0x55;
		arena_free(&a);
	}
	buf_free(&b);
}

static void
json_leaves_out_what_is_absent(void)
{
	struct article in = sample();
	struct buf     b = BUF_INIT(MiB);

	td_wire_json(&b, &article_desc, &in);
	CHECK_STR(STR("{\"kind\":\"story\",\"title\":\"“Quote” & 인권\",\"published\":\"2018-06-27\",\"subject\":\"KP\","
	    "\"text\":\"북한\",\"blocks\":[{\"kind\":\"paragraph\",\"level\":0,\"from\":0,\"to\":6}],"
	    "\"why\":{\"title\":\"meta og:title\"}}"), buf_str(&b));
	buf_free(&b);
}

static void
a_list_over_its_limit_is_not_sent(void)
{
	struct article in = sample();
	struct buf     b = BUF_INIT(16 * MiB);

	in.warnings.n = LIMIT_LIST_N + 1;
	in.warnings.v = calloc(in.warnings.n, sizeof(*in.warnings.v));
	td_wire_put(&b, &article_desc, &in);
	CHECK(b.failed);
	free(in.warnings.v);
	buf_free(&b);
}

TESTS(
	TEST(a_copy_shares_nothing_and_ends_in_nul),
	TEST(what_is_put_comes_back),
	TEST(a_damaged_message_never_breaks_its_limits),
	TEST(json_leaves_out_what_is_absent),
	TEST(a_list_over_its_limit_is_not_sent))
