#include "fetch/fetch_private.h"

#include "tests/check.h"

static bool
allowed(const char *allow, const char *address)
{
	struct ranges  r;
	struct address a;
	struct err     err;

	return ranges_parse(str_of(allow), &r, &err) == ERR_OK && address_parse(str_of(address), &a) &&
	    address_is_allowed(&r, &a);
}

static void
private_addresses_are_refused_in_every_form(void)
{
	static const char *const no[] = { "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254",
		"100.64.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "[::ffff:10.0.0.1]",
		"64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1", "fe80::1", "fec0::1", "fd00::1", "ff02::1", "2001:db8::1",
		"2001::1" };

	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++) {
		if (allowed("", no[i]))
			fprintf(stderr, "%s\n", no[i]);
		CHECK(!allowed("", no[i]));
	}
}

static void
public_addresses_are_not(void)
{
	CHECK(allowed("", "8.8.8.8"));
	CHECK(allowed("", "172.32.0.1"));
	CHECK(allowed("", "100.128.0.1"));
	CHECK(allowed("", "2606:2800:220:1::1"));
	CHECK(allowed("", "64:ff9b::808:808"));
}

static void
what_the_desk_lists_is_reached(void)
{
	CHECK(allowed("127.0.0.0/8 fd00::/8", "127.0.0.1"));
	CHECK(allowed("127.0.0.0/8  fd00::/8", "fd12::1"));
	CHECK(!allowed("127.0.0.0/8", "10.0.0.1"));
	CHECK(!allowed("10.0.0.0/25", "10.0.0.128"));
	CHECK(allowed("10.0.0.7", "10.0.0.7"));
}

static void
what_is_no_range_is_named(void)
{
	struct ranges r;
	struct err    err;

	CHECK_INT(ERR_FORMAT, ranges_parse(STR("10.0.0.0/33"), &r, &err));
	CHECK_INT(ERR_FORMAT, ranges_parse(STR("localhost"), &r, &err));
	CHECK_INT(ERR_FORMAT, ranges_parse(STR("10.0.0.0/"), &r, &err));
}

TESTS(TEST(private_addresses_are_refused_in_every_form), TEST(public_addresses_are_not), TEST(what_the_desk_lists_is_reached),
	TEST(what_is_no_range_is_named))
