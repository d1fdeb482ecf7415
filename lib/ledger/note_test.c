#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "tests/check.h"

#define DASH "\xe2\x80\x94"

/* The key and the note of the signed-note reference implementation's manual. */
static void
a_note_of_the_reference_is_good(void)
{
	const struct str note = STR("If you think cryptography is the answer to your problem,\n"
	    "then you don't know what your problem is.\n\n"
	    DASH " PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
	struct note_key  key;
	struct str       text, signatures;
	struct err       err;

	CHECK(td_note_key_parse(STR("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &key));
	CHECK_INT(ERR_OK, td_note_split(note, &text, &signatures, &err));
	CHECK(td_note_is_signed(text, signatures, &key, NULL));
	CHECK(!td_note_is_signed(str_sub(text, 0, text.n - 1), signatures, &key, NULL));
}

static struct note_signer
signer(const char *name, enum note_kind kind)
{
	static const unsigned char seed[32] = "thirty-two bytes of no secret...";
	struct note_signer         s;

	CHECK(td_note_signer_init(&s, str_of(name), kind, seed));
	return s;
}

static void
a_secret_key_comes_back_from_its_text(void)
{
	struct note_signer s = signer("desk-k3x9/log", NOTE_SIGNATURE), back;
	struct note_key    key;
	struct buf         secret = BUF_INIT(512), open = BUF_INIT(512);

	td_note_signer_write(&s, &secret);
	td_note_key_write(&s.key, &open);
	CHECK(td_note_signer_parse(buf_str(&secret), &back));
	CHECK(td_note_key_parse(buf_str(&open), &key));
	CHECK(memcmp(&back, &s, sizeof(s)) == 0);
	CHECK(memcmp(&key, &s.key, sizeof(key)) == 0);
	for (size_t i = 0; i < open.n; i++) {
		open.p[i] ^= 1;
		CHECK(!td_note_key_parse(buf_str(&open), &key));
		open.p[i] ^= 1;
	}
	buf_free(&secret);
	buf_free(&open);
}

static void
names_with_spaces_or_plus_are_none(void)
{
	static const unsigned char key[32] = { 1 };
	static const char *const   bad[] = { "", "a b", "a+b", "a\n", "a\x7f" };
	struct note_key            k;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!td_note_key_init(&k, str_of(bad[i]), NOTE_SIGNATURE, key));
	CHECK(td_note_key_init(&k, STR("서울/log"), NOTE_SIGNATURE, key));
}

/* A checkpoint, signed by its log and cosigned by a witness. */
static void
put_sample(struct buf *b)
{
	struct note_signer log = signer("desk-k3x9/log", NOTE_SIGNATURE), witness = signer("partner/witness", NOTE_COSIGNATURE);
	struct merkle_hash head;
	struct buf         lines = BUF_INIT(1024);

	td_merkle_head_of(NULL, 0, &head);
	td_checkpoint_write(b, STR("desk-k3x9/log"), 12, &head);
	td_note_sign(&lines, buf_str(b), &log, 0);
	td_note_sign(&lines, buf_str(b), &witness, 1530091800);
	buf_add_char(b, '\n');
	buf_add(b, buf_str(&lines));
	buf_free(&lines);
}

static void
a_checkpoint_says_who_signed_it_and_when_it_was_cosigned(void)
{
	struct note_signer log = signer("desk-k3x9/log", NOTE_SIGNATURE), witness = signer("partner/witness", NOTE_COSIGNATURE),
	    other = signer("somebody/witness", NOTE_COSIGNATURE);
	struct buf         b = BUF_INIT(4096);
	struct checkpoint  c;
	struct err         err;
	int64_t            time_s = 0;

	put_sample(&b);
	CHECK_INT(ERR_OK, td_checkpoint_parse(buf_str(&b), &c, &err));
	CHECK_STR(STR("desk-k3x9/log"), c.origin);
	CHECK_INT(12, c.size);
	CHECK(td_note_is_signed(c.text, c.signatures, &log.key, NULL));
	CHECK(td_note_is_signed(c.text, c.signatures, &witness.key, &time_s));
	CHECK_INT(1530091800, time_s);
	CHECK(!td_note_is_signed(c.text, c.signatures, &other.key, NULL));
	CHECK(str_starts(td_note_line_of(c.text, c.signatures, &witness.key), STR(DASH " partner/witness ")));
	buf_free(&b);
}

static void
no_changed_byte_of_a_checkpoint_stays_signed(void)
{
	struct note_signer log = signer("desk-k3x9/log", NOTE_SIGNATURE), witness = signer("partner/witness", NOTE_COSIGNATURE);
	struct buf         b = BUF_INIT(4096);
	struct checkpoint  c;
	struct err         err;

	put_sample(&b);
	for (size_t i = 0; i < b.n; i++) {
		b.p[i] ^= 1;
		if (td_checkpoint_parse(buf_str(&b), &c, &err) == ERR_OK)
			CHECK(!td_note_is_signed(c.text, c.signatures, &log.key, NULL) ||
			    !td_note_is_signed(c.text, c.signatures, &witness.key, NULL));
		b.p[i] ^= 1;
	}
	buf_free(&b);
}

static void
what_is_no_checkpoint_is_refused(void)
{
	static const char *const bad[] = {
		"", "\n", "a/log\n12\n", "a/log\n12\nAAAA\n\n" DASH " a/log AAAA\n",
		"a/log\n012\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" DASH " a/log AAAA\n",
		"a/log\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" DASH " a/log AAAA\n",
		"\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" DASH " a/log AAAA\n",
		"a/log\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n", "a/log\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- a/log AAAA\n",
		"a/log\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" DASH " a/log\n",
		"a/log\r\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" DASH " a/log AAAA\n",
		"a/log\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nmore\n\n" DASH " a/log AAAA\n",
	};
	struct checkpoint c;
	struct err        err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_INT(ERR_FORMAT, td_checkpoint_parse(str_of(bad[i]), &c, &err));
	/* Signatures of kinds that we do not know, and extension lines, are others' business. */
	CHECK_INT(ERR_OK, td_checkpoint_parse(STR("a/log\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n\n"
	    DASH " a/log AAAA\n"), &c, &err));
}

static void
a_proof_comes_back_from_its_text_and_holds(void)
{
	struct buf          checkpoint = BUF_INIT(4096), text = BUF_INIT(8192), entry = BUF_INIT(1024), line = BUF_INIT(1024);
	struct ledger_proof p;
	struct merkle_hash  leaf[5], path[MERKLE_PROOF_N], head;
	struct note_signer  log = signer("desk-k3x9/log", NOTE_SIGNATURE);
	struct err          err;
	size_t              n;

	td_ledger_entry(&entry, LEDGER_CAPTURE, 1530091800000000, bytes_of(STR("no statement")));
	memset(leaf, 7, sizeof(leaf));
	td_ledger_leaf(buf_bytes(&entry), leaf[3].b);
	n = td_merkle_inclusion(leaf, 5, 3, path);
	td_merkle_head_of(leaf, 5, &head);
	td_checkpoint_write(&checkpoint, STR("desk-k3x9/log"), 5, &head);
	td_note_sign(&line, buf_str(&checkpoint), &log, 0);
	buf_add_char(&checkpoint, '\n');
	buf_add(&checkpoint, buf_str(&line));
	buf_free(&line);
	td_ledger_proof_write(&text, bytes_of(STR("no statement")), 3, path, n, buf_str(&checkpoint));
	CHECK_INT(ERR_OK, td_ledger_proof_parse(buf_str(&text), &p, &err));
	CHECK_INT(3, p.index);
	CHECK_STR(STR("no statement"), buf_str(&p.extra));
	CHECK(td_ledger_proof_holds(&p, buf_bytes(&entry)));
	CHECK(td_note_is_signed(p.checkpoint.text, p.checkpoint.signatures, &log.key, NULL));
	entry.p[20] ^= 1;
	CHECK(!td_ledger_proof_holds(&p, buf_bytes(&entry)));
	td_ledger_proof_free(&p);
	buf_free(&checkpoint);
	buf_free(&text);
	buf_free(&entry);
}

TESTS(
	TEST(a_note_of_the_reference_is_good),
	TEST(a_secret_key_comes_back_from_its_text),
	TEST(names_with_spaces_or_plus_are_none),
	TEST(a_checkpoint_says_who_signed_it_and_when_it_was_cosigned),
	TEST(no_changed_byte_of_a_checkpoint_stays_signed),
	TEST(what_is_no_checkpoint_is_refused),
	TEST(a_proof_comes_back_from_its_text_and_holds))
