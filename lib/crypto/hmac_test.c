/* RFC 4231. */
#include "crypto/hmac.h"

#include "crypto/sha256.h"
#include "tests/check.h"

static void
check(struct str key, struct str message, const char *want)
{
	unsigned char mac[HMAC_B];
	char          hex[SHA256_HEX_B];

	td_hmac(bytes_of(key), bytes_of(message), mac);
	CHECK_STR(str_of(want), str_of(td_hex(mac, sizeof(mac), hex)));
	CHECK(td_hmac_is(mac, (struct bytes){ mac, sizeof(mac) }));
	CHECK(!td_hmac_is(mac, (struct bytes){ mac, sizeof(mac) - 1 }));
	hex[0] = (char)(mac[31] ^= 1);
	CHECK(!td_hmac_is(mac, bytes_of(message)));
}

static void
the_standard_s_cases_come_out(void)
{
	char long_key[131], eleven[20];

	memset(long_key, 0xaa, sizeof(long_key));
	memset(eleven, 0x0b, sizeof(eleven));
	check((struct str){ eleven, sizeof(eleven) }, STR("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	check(STR("Jefe"), STR("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	check((struct str){ long_key, sizeof(long_key) }, STR("Test Using Larger Than Block-Size Key - Hash Key First"),
	    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TESTS(TEST(the_standard_s_cases_come_out))
