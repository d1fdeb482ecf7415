/* A sealed value opens with its own key and what it is about, and with nothing else. */
#include "crypto/seal.h"

#include "tests/check.h"

static void
from_hex(const char *hex, unsigned char *out)
{
	for (size_t i = 0; hex[2 * i] != '\0'; i++) {
		unsigned v;

		CHECK_INT(1, sscanf(hex + 2 * i, "%2x", &v));
		out[i] = (unsigned char)v;
	}
}

/* draft-irtf-cfrg-xchacha-03, A.3.1. */
static void
the_standards_example_is_sealed_as_it_says(void)
{
	static const char want[] = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
	    "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c6"
	    "8b13b52ec0875924c1c7987947deafd8780acf49";
	const struct str text = STR("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
	unsigned char    key[SEAL_KEY_B], nonce[SEAL_NONCE_B], about[12], sealed[200];
	struct buf       out = BUF_INIT(KiB), back = BUF_INIT(KiB);

	from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f", key);
	from_hex("404142434445464748494a4b4c4d4e4f5051525354555657", nonce);
	from_hex("50515253c0c1c2c3c4c5c6c7", about);
	from_hex(want, sealed);
	td_seal(&out, key, nonce, (struct bytes){ about, sizeof(about) }, bytes_of(text));
	CHECK_INT(text.n + SEAL_EXTRA_B, out.n);
	CHECK(out.n == text.n + SEAL_EXTRA_B && memcmp(out.p, nonce, SEAL_NONCE_B) == 0);
	CHECK(out.n == text.n + SEAL_EXTRA_B && memcmp(out.p + SEAL_NONCE_B, sealed, text.n + SEAL_TAG_B) == 0);
	CHECK(td_unseal(&back, key, (struct bytes){ about, sizeof(about) }, buf_bytes(&out)));
	CHECK_STR(text, buf_str(&back));
	buf_free(&out);
	buf_free(&back);
}

static void
another_key_another_subject_or_any_changed_bit_does_not_open(void)
{
	unsigned char key[SEAL_KEY_B] = { 1 }, nonce[SEAL_NONCE_B] = { 2 };
	struct buf    out = BUF_INIT(KiB), back = BUF_INIT(KiB);

	td_seal(&out, key, nonce, bytes_of(STR("record 1")), bytes_of(STR("a secret")));
	for (size_t i = 0; i < out.n * 8; i++) {
		out.p[i / 8] = (char)(out.p[i / 8] ^ 1 << i % 8);
		CHECK(!td_unseal(&back, key, bytes_of(STR("record 1")), buf_bytes(&out)));
		out.p[i / 8] = (char)(out.p[i / 8] ^ 1 << i % 8);
	}
	for (size_t n = 0; n < out.n; n++)
		CHECK(!td_unseal(&back, key, bytes_of(STR("record 1")), (struct bytes){ (unsigned char *)out.p, n }));
	CHECK(!td_unseal(&back, key, bytes_of(STR("record 2")), buf_bytes(&out)));
	key[31] = 1;
	CHECK(!td_unseal(&back, key, bytes_of(STR("record 1")), buf_bytes(&out)));
	CHECK_INT(0, back.n);
	key[31] = 0;
	CHECK(td_unseal(&back, key, bytes_of(STR("record 1")), buf_bytes(&out)));
	CHECK_STR(STR("a secret"), buf_str(&back));
	buf_free(&out);
	buf_free(&back);
}

static void
nothing_can_be_sealed_too(void)
{
	unsigned char key[SEAL_KEY_B] = { 1 }, nonce[SEAL_NONCE_B] = { 2 };
	struct buf    out = BUF_INIT(KiB), back = BUF_INIT(KiB), small = BUF_INIT(SEAL_EXTRA_B);

	td_seal(&out, key, nonce, (struct bytes){ 0 }, (struct bytes){ 0 });
	CHECK_INT(SEAL_EXTRA_B, out.n);
	CHECK(td_unseal(&back, key, (struct bytes){ 0 }, buf_bytes(&out)));
	CHECK_INT(0, back.n);
	td_seal(&small, key, nonce, (struct bytes){ 0 }, bytes_of(STR("x")));
	CHECK(small.failed);
	buf_free(&out);
	buf_free(&back);
	buf_free(&small);
}

TESTS(
	TEST(the_standards_example_is_sealed_as_it_says),
	TEST(another_key_another_subject_or_any_changed_bit_does_not_open),
	TEST(nothing_can_be_sealed_too))
