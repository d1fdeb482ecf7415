#include "crypto/sha256.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"
#include "tests/check.h"

static const unsigned char salt[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255 };

static void
put_sample(struct buf *statement, struct buf *entry)
{
	static const struct ledger_line line[] = { { "subject", { "c-0", 3 } }, { "url", { "https://example.org/%20\n\r북한", sizeof("https://example.org/%20\n\r북한") - 1 } } };

	td_ledger_statement(statement, LEDGER_CAPTURE, 1530091800000000, line, 2, salt);
	td_ledger_entry(entry, LEDGER_CAPTURE, 1530091800000000, buf_bytes(statement));
}

/* The digests were taken with printf and sha256sum. */
static void
an_entry_has_these_bytes_and_no_others(void)
{
	struct buf    statement = BUF_INIT(4096), entry = BUF_INIT(4096);
	unsigned char leaf[32];
	char          hex[SHA256_HEX_B];

	put_sample(&statement, &entry);
	CHECK_STR(STR("tidings-statement/1\nkind capture\ntime 2018-06-27T09:30:00.000000Z\nsubject c-0\n"
	    "url https://example.org/%2520%0A%0D북한\nsalt 000102030405060708090a0b0c0d0eff\n"), buf_str(&statement));
	CHECK_STR(STR("tidings-ledger/1\nkind capture\ntime 2018-06-27T09:30:00.000000Z\n"
	    "commit sha256:71e2d30b7eaeb7b4b07167de204589887db7997d70fe8d99321a4c91303f2c5d\n"), buf_str(&entry));
	td_ledger_leaf(buf_bytes(&entry), leaf);
	CHECK_STR(STR("ac4e6c0c8b956c32d30e57e3c23e5ab833c6708512071b5df2f056177e0c8220"), str_of(td_hex(leaf, 32, hex)));
	buf_free(&statement);
	buf_free(&entry);
}

static void
every_changed_byte_is_refused(void)
{
	struct buf statement = BUF_INIT(4096), entry = BUF_INIT(4096);
	struct err err;

	put_sample(&statement, &entry);
	CHECK(td_ledger_check(buf_bytes(&entry), buf_bytes(&statement), &err) == ERR_OK);
	for (size_t i = 0; i < statement.n; i++) {
		statement.p[i] ^= 1;
		CHECK(td_ledger_check(buf_bytes(&entry), buf_bytes(&statement), &err) == ERR_FORMAT);
		statement.p[i] ^= 1;
	}
	for (size_t i = 0; i < entry.n; i++) {
		entry.p[i] ^= 1;
		CHECK(td_ledger_check(buf_bytes(&entry), buf_bytes(&statement), &err) == ERR_FORMAT);
		entry.p[i] ^= 1;
	}
	buf_free(&statement);
	buf_free(&entry);
}

enum { LEAVES = 40 };
static struct merkle_hash leaves[LEAVES];

/* The eight leaves of Certificate Transparency's own tests, then more. */
static void
fill(void)
{
	static const struct { const char *p; size_t n; } ct[8] = { { "", 0 }, { "\x00", 1 }, { "\x10", 1 }, { "\x20\x21", 2 },
		{ "\x30\x31", 2 }, { "\x40\x41\x42\x43", 4 }, { "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
		{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 } };

	for (size_t i = 0; i < LEAVES; i++) {
		struct str s = i < 8 ? (struct str){ ct[i].p, ct[i].n } : str_sub(STR("0123456789abcdefghijklmnopqrstuvwxyz....."), 0, i);

		td_ledger_leaf(bytes_of(s), leaves[i].b);
	}
}

/* RFC 6962's definition, word for word. */
static void
defined_head(const struct merkle_hash *leaf, size_t n, struct merkle_hash *ret)
{
	unsigned char both[65] = { 1 };
	size_t        k = 1;

	if (n == 1) {
		*ret = leaf[0];
		return;
	}
	while (k * 2 < n)
		k *= 2;
	defined_head(leaf, k, (struct merkle_hash *)(void *)(both + 1));
	defined_head(leaf + k, n - k, (struct merkle_hash *)(void *)(both + 33));
	td_sha256((struct bytes){ both, sizeof(both) }, ret->b);
}

static void
heads_are_those_of_certificate_transparency_and_of_the_definition(void)
{
	struct merkle_hash head, want;
	char               hex[SHA256_HEX_B];

	fill();
	td_merkle_head_of(leaves, 0, &head);
	CHECK_STR(STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), str_of(td_hex(head.b, 32, hex)));
	td_merkle_head_of(leaves, 1, &head);
	CHECK_STR(STR("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"), str_of(td_hex(head.b, 32, hex)));
	td_merkle_head_of(leaves, 8, &head);
	CHECK_STR(STR("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"), str_of(td_hex(head.b, 32, hex)));
	for (size_t n = 1; n <= LEAVES; n++) {
		td_merkle_head_of(leaves, n, &head);
		defined_head(leaves, n, &want);
		CHECK(memcmp(head.b, want.b, 32) == 0);
	}
}

static void
every_inclusion_proof_holds_and_holds_for_nothing_else(void)
{
	struct merkle_hash proof[MERKLE_PROOF_N + 1], head;

	fill();
	for (size_t n = 1; n <= LEAVES; n++)
		for (size_t i = 0; i < n; i++) {
			size_t made = td_merkle_inclusion(leaves, n, i, proof);

			td_merkle_head_of(leaves, n, &head);
			CHECK(td_merkle_is_included(&leaves[i], i, n, proof, made, &head));
			CHECK(n == 1 || !td_merkle_is_included(&leaves[i], i ^ 1, n, proof, made, &head));
			CHECK(!td_merkle_is_included(&leaves[(i + 1) % LEAVES], i, n, proof, made, &head));
			CHECK(!td_merkle_is_included(&leaves[i], n, n, proof, made, &head));
			CHECK(made == 0 || !td_merkle_is_included(&leaves[i], i, n, proof, made - 1, &head));
			proof[made] = head;
			CHECK(!td_merkle_is_included(&leaves[i], i, n, proof, made + 1, &head));
		}
	CHECK(!td_merkle_is_included(&leaves[0], 0, 0, proof, 0, &head));
}

static void
every_consistency_proof_holds_and_holds_for_nothing_else(void)
{
	struct merkle_hash proof[MERKLE_PROOF_N + 1], head, older;

	fill();
	for (size_t n = 1; n <= LEAVES; n++)
		for (size_t m = 1; m <= n; m++) {
			size_t made = td_merkle_consistency(leaves, n, m, proof);

			td_merkle_head_of(leaves, n, &head);
			td_merkle_head_of(leaves, m, &older);
			CHECK(td_merkle_is_consistent(m, &older, n, &head, proof, made));
			CHECK(m == n || !td_merkle_is_consistent(m, &head, n, &head, proof, made));
			CHECK(m == n || !td_merkle_is_consistent(m, &older, n, &older, proof, made));
			CHECK(made == 0 || !td_merkle_is_consistent(m, &older, n, &head, proof, made - 1));
			proof[made] = head;
			CHECK(!td_merkle_is_consistent(m, &older, n, &head, proof, made + 1));
		}
	CHECK(!td_merkle_is_consistent(0, &older, 5, &head, proof, 0));
}

TESTS(TEST(an_entry_has_these_bytes_and_no_others), TEST(every_changed_byte_is_refused),
	TEST(heads_are_those_of_certificate_transparency_and_of_the_definition),
	TEST(every_inclusion_proof_holds_and_holds_for_nothing_else),
	TEST(every_consistency_proof_holds_and_holds_for_nothing_else))
