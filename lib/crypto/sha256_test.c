#include "crypto/sha256.h"
#include "tests/check.h"

static void
check_hex(const char *want, const unsigned char sum[SHA256_B])
{
	char hex[SHA256_HEX_B];

	CHECK_STR(str_of(want), str_of(td_hex(sum, SHA256_B, hex)));
}

static struct bytes
repeated(char c, size_t n)
{
	unsigned char *p = malloc(n);

	if (p == NULL)
		abort();
	memset(p, c, n);
	return (struct bytes){ p, n };
}

/* The examples of FIPS 180-4 (NIST's "SHA256.pdf") and of NIST's additional test data. */
static void
the_examples_of_the_standard_come_out(void)
{
	static const struct { const char *in, *want; } row[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "\xbd", "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b" },
		{ "\xc9\x8c\x8e\x55", "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504" },
	};
	unsigned char sum[SHA256_B];

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		td_sha256(bytes_of(str_of(row[i].in)), sum);
		check_hex(row[i].want, sum);
	}
}

static void
a_million_letters_come_out(void)
{
	struct bytes   a = repeated('a', 1000000);
	struct sha256 *h = td_sha256_create();
	unsigned char  sum[SHA256_B];

	td_sha256(a, sum);
	check_hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", sum);
	for (size_t at = 0; at < a.n; at += 1000 / 8)
		td_sha256_add(h, (struct bytes){ a.p + at, 1000 / 8 });
	td_sha256_end(h, sum);
	check_hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", sum);
	td_sha256_destroy(h);
	free((void *)(uintptr_t)a.p);
}

static void
a_running_hash_starts_over_after_its_end(void)
{
	struct sha256 *h = td_sha256_create();
	unsigned char  sum[SHA256_B];

	td_sha256_add(h, bytes_of(STR("something else")));
	td_sha256_end(h, sum);
	td_sha256_add(h, bytes_of(STR("a")));
	td_sha256_add(h, (struct bytes){ NULL, 0 });
	td_sha256_add(h, bytes_of(STR("bc")));
	td_sha256_end(h, sum);
	check_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sum);
	td_sha256_end(h, sum);
	check_hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", sum);
	td_sha256_destroy(h);
	td_sha256_destroy(NULL);
}

TESTS(TEST(the_examples_of_the_standard_come_out), TEST(a_million_letters_come_out),
	TEST(a_running_hash_starts_over_after_its_end))
