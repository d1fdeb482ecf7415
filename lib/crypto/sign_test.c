#include "base/buf.h"
#include "crypto/base64.h"
#include "crypto/ecdsa.h"
#include "crypto/sha256.h"
#include "crypto/sign.h"
#include "tests/check.h"

/* RFC 4648 section 10. */
static void
base64_is_written_and_read_as_the_standard_says(void)
{
	static const struct {
		const char *plain, *coded;
	} cases[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" }, { "북한", "67aB7ZWc" }, { "\xff\xfe\xfd", "//79" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf    b = BUF_INIT(64);
		unsigned char back[64];
		size_t        n = 99;

		td_base64_write(&b, bytes_of(str_of(cases[i].plain)));
		CHECK_STR(str_of(cases[i].coded), buf_str(&b));
		CHECK(td_base64_read(str_of(cases[i].coded), back, sizeof(back), &n));
		CHECK_STR(str_of(cases[i].plain), ((struct str){ (const char *)back, n }));
		buf_free(&b);
	}
}

static void
base64_has_one_spelling(void)
{
	static const char *const bad[] = { "Zg", "Zg=", "Zh==", "Zm9=", "Zm8=Zm8=", "Zg==\n", " Zg==", "Z-==", "====", "Z===" };
	unsigned char            out[16];
	size_t                   n;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!td_base64_read(str_of(bad[i]), out, sizeof(out), &n));
	CHECK(!td_base64_read(STR("Zm9vYmFy"), out, 5, &n));
	CHECK(td_base64_read(STR("Zm9vYmFy"), out, 6, &n));
}

/* RFC 8032 section 7.1, test 2. */
static void
a_signature_is_that_of_the_standard(void)
{
	static const unsigned char seed[32] = { 0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11,
		0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb };
	unsigned char              key[32], signature[64];
	char                       hex[129];

	td_sign_key(seed, key);
	CHECK_STR(STR("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), str_of(td_hex(key, 32, hex)));
	td_sign(seed, bytes_of(STR("\x72")), signature);
	CHECK_STR(STR("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
	    str_of(td_hex(signature, 64, hex)));
	CHECK(td_sign_is_good(key, bytes_of(STR("\x72")), signature));
	for (size_t i = 0; i < 64; i++) {
		signature[i] ^= 1;
		CHECK(!td_sign_is_good(key, bytes_of(STR("\x72")), signature));
		signature[i] ^= 1;
	}
}

static void
an_ecdsa_signature_is_good_for_its_bytes_alone(void)
{
	struct buf    pem = BUF_INIT(4096), key = BUF_INIT(4096);
	unsigned char signature[ECDSA_B];

	CHECK(td_ecdsa_make(&pem));
	CHECK(td_ecdsa_sign(buf_str(&pem), bytes_of(STR("북한")), signature, &key));
	CHECK(td_ecdsa_is_good(buf_bytes(&key), bytes_of(STR("북한")), signature));
	CHECK(!td_ecdsa_is_good(buf_bytes(&key), bytes_of(STR("북힌")), signature));
	signature[95] ^= 1;
	CHECK(!td_ecdsa_is_good(buf_bytes(&key), bytes_of(STR("북한")), signature));
	CHECK(!td_ecdsa_sign(STR("no key"), bytes_of(STR("x")), signature, &key));
	buf_free(&pem);
	buf_free(&key);
}

TESTS(
	TEST(an_ecdsa_signature_is_good_for_its_bytes_alone),
	TEST(base64_is_written_and_read_as_the_standard_says),
	TEST(base64_has_one_spelling),
	TEST(a_signature_is_that_of_the_standard))
