#include "dns/dns.h"

#include "tests/check.h"

static enum err_code
reply_to(const char *answers, size_t n, unsigned count, unsigned flags, struct dns_reply *ret)
{
	struct buf    question = BUF_INIT(512), reply = BUF_INIT(2048);
	struct err    err;
	enum err_code code;

	CHECK(td_dns_question(&question, 7, STR("News.example.ORG"), DNS_A));
	buf_add(&reply, buf_str(&question));
	reply.p[2] = (char)(flags >> 8);
	reply.p[3] = (char)flags;
	reply.p[7] = (char)count;
	buf_add(&reply, (struct str){ answers, n });
	code = td_dns_reply(buf_bytes(&reply), buf_bytes(&question), ret, &err);
	buf_free(&question);
	buf_free(&reply);
	return code;
}

#define ADDRESS "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"
#define ALIAS   "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\3\1x\0" "\1x\0\0\1\0\1\0\0\0\5\0\4\xc0\0\2\2"
#define OTHER   "\1y\0\0\1\0\1\0\0\0\5\0\4\xc0\0\2\2"

static void
addresses_are_read(void)
{
	struct dns_reply r;

	CHECK_INT(ERR_OK, reply_to(ADDRESS, sizeof(ADDRESS) - 1, 1, 0x8180, &r));
	CHECK_INT(1, r.n);
	CHECK(memcmp(r.address[0], "\xc0\0\2\1", 4) == 0 && r.ttl_s == 60);
}

static void
an_alias_is_followed_inside_the_reply(void)
{
	struct dns_reply r;

	CHECK_INT(ERR_OK, reply_to(ALIAS, sizeof(ALIAS) - 1, 2, 0x8180, &r));
	CHECK_INT(1, r.n);
	CHECK(memcmp(r.address[0], "\xc0\0\2\2", 4) == 0);
}

static void
an_address_of_another_name_is_not_taken(void)
{
	struct dns_reply r;

	CHECK_INT(ERR_OK, reply_to(OTHER, sizeof(OTHER) - 1, 1, 0x8180, &r));
	CHECK_INT(0, r.n);
}

static void
a_reply_cut_short_is_refused(void)
{
	struct dns_reply r;

	CHECK_INT(ERR_FORMAT, reply_to(ADDRESS, sizeof(ADDRESS) - 2, 1, 0x8180, &r));
	CHECK_INT(ERR_FORMAT, reply_to(ADDRESS, sizeof(ADDRESS) - 1, 1, 0x0180, &r));
	CHECK_INT(ERR_NET, reply_to("", 0, 0, 0x8182, &r));
}

static void
a_name_that_does_not_exist_is_said(void)
{
	struct dns_reply r;

	CHECK_INT(ERR_OK, reply_to("", 0, 0, 0x8183, &r));
	CHECK(r.is_no_name);
}

TESTS(TEST(addresses_are_read), TEST(an_alias_is_followed_inside_the_reply), TEST(an_address_of_another_name_is_not_taken),
	TEST(a_reply_cut_short_is_refused), TEST(a_name_that_does_not_exist_is_said))
