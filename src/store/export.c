#include "store/statements.h"
#include "store/handlers.h"
#include "store/keys.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/base64.h"
#include "crypto/ecdsa.h"
#include "crypto/minisign.h"
#include "crypto/sha256.h"

static struct str
kept(struct arena *a, struct buf *b)
{
	struct str s = arena_copy(a, buf_str(b));

	buf_reset(b);
	return s;
}

static enum err_code
sign_package(struct store *s, struct arena *a, struct str hash, struct store_signatures *ret, struct err *err)
{
	struct buf    pem = BUF_INIT(4 * KiB), key = BUF_INIT(KiB), text = BUF_INIT(4 * KiB);
	unsigned char signature[ECDSA_B];

	if (keys_need_wacz(s->dir, &pem, err) == ERR_OK && !td_ecdsa_sign(buf_str(&pem), bytes_of(hash), signature, &key))
		(void)err_set(err, ERR_FORMAT, "keys/wacz.key: not a key that signs packages; nothing was signed");
	if (err->code == ERR_OK) {
		td_base64_write(&text, (struct bytes){ signature, sizeof(signature) });
		ret->wacz = kept(a, &text);
		td_base64_write(&text, buf_bytes(&key));
		ret->wacz_key = kept(a, &text);
	}
	if (pem.p != NULL)
		td_wipe(pem.p, pem.n);
	buf_free(&pem);
	buf_free(&key);
	buf_free(&text);
	return err->code;
}

enum err_code
on_export_sign(struct store *s, struct arena *a, const struct store_sign_ask *ask, struct store_signatures *ret, struct err *err)
{
	struct note_signer signer;
	struct buf         text = BUF_INIT(8 * KiB);

	*err = (struct err){ 0 };
	if (str_find_char(ask->comment, '\n') != STR_NONE)
		return err_set(err, ERR_FORMAT, "a comment of two lines; nothing was signed");
	if (ask->package_hash.n > 0 && sign_package(s, a, ask->package_hash, ret, err) != ERR_OK)
		return err->code;
	if (keys_need_export(s->dir, &signer, err) != ERR_OK)
		return err->code;
	td_minisign_write(&text, ask->manifest, ask->comment, signer.seed);
	ret->minisign = kept(a, &text);
	td_minisign_key_write(&text, signer.seed);
	ret->minisign_key = kept(a, &text);
	td_wipe(&signer, sizeof(signer));
	buf_free(&text);
	return ERR_OK;
}

enum err_code
on_export_commit(struct store *s, struct arena *a, const struct store_export_new *ask, struct store_export_done *ret,
	struct err *err)
{
	char               hex[SHA256_HEX_B], shown[SHA256_HEX_B + 8];
	struct ledger_line lines[3];

	(void)a;
	snprintf(shown, sizeof(shown), "sha256:%s", td_hex(ask->sha256, 32, hex));
	lines[0] = (struct ledger_line){ "subject", ask->subjects };
	lines[1] = (struct ledger_line){ "form", ask->form };
	lines[2] = (struct ledger_line){ "file", str_of(shown) };
	ret->ledger_seq = ledger_act(s, LEDGER_EXPORT, lines, 3);
	return db_failed(&s->db, err);
}
