/* A proof, checkpoint, key or bundle that is accepted is written again as the same bytes; nothing unsigned is signed. */
#include <stdlib.h>

#include "ledger/checkpoint.h"
#include "ledger/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
try_proof(struct str text)
{
	struct ledger_proof p;
	struct buf          again = BUF_INIT(4 * PROOF_TEXT_B);
	struct err          err;
	struct str          note;

	if (td_ledger_proof_parse(text, &p, &err) != ERR_OK)
		return;
	note = (struct str){ p.checkpoint.text.p, (size_t)(text.p + text.n - p.checkpoint.text.p) };
	td_ledger_proof_write(&again, buf_bytes(&p.extra), p.index, p.path, p.path_n, note);
	/* Without the extra line, which a proof need not have. */
	must(str_eq(buf_str(&again), text) || (p.extra.n == 0 && again.n == text.n + sizeof("extra \n") - 1));
	td_ledger_proof_free(&p);
	buf_free(&again);
}

static void
try_checkpoint(struct str text)
{
	static const unsigned char seed[32] = { 9 };
	struct note_signer         s;
	struct checkpoint          c;
	struct err                 err;

	must(td_note_signer_init(&s, STR("fuzz/log"), NOTE_SIGNATURE, seed));
	if (td_checkpoint_parse(text, &c, &err) == ERR_OK)
		must(c.text.n + 1 + c.signatures.n == text.n && !td_note_is_signed(c.text, c.signatures, &s.key, NULL));
}

static void
try_request(struct str text)
{
	struct add_checkpoint c;
	struct buf            again = BUF_INIT(4 * PROOF_TEXT_B);
	struct err            err;

	if (td_add_checkpoint_parse(text, &c, &err) != ERR_OK)
		return;
	td_add_checkpoint_write(&again, c.old, c.path, c.path_n, (struct str){ c.checkpoint.text.p,
	    (size_t)(text.p + text.n - c.checkpoint.text.p) });
	must(str_eq(buf_str(&again), text));
	buf_free(&again);
}

static void
try_key(struct str text)
{
	struct note_key k;
	struct buf      again = BUF_INIT(1024);

	if (td_note_key_parse(text, &k)) {
		td_note_key_write(&k, &again);
		must(str_eq(buf_str(&again), text));
	}
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes rest = { data, size }, entry;
	struct buf   again = BUF_INIT(size + 16);

	try_proof(bytes_as_str(rest));
	try_checkpoint(bytes_as_str(rest));
	try_request(bytes_as_str(rest));
	try_key(bytes_as_str(rest));
	while (td_bundle_take(&rest, &entry))
		td_bundle_add(&again, entry);
	must(again.n + rest.n == size && (again.n == 0 || memcmp(again.p, data, again.n) == 0));
	buf_free(&again);
	return 0;
}
