/*
 * keys - the desk's secrets, one file each in keys/, readable by their owner alone.
 *
 *     keys/ledger.key     signs the log's checkpoints: PRIVATE+KEY+ORIGIN+HEX+BASE64 (C2SP signed-note)
 *     keys/minisign.key     signs manifests of exports, for minisign; the same form
 *     keys/witness.key    cosigns the logs of partners; the same form
 *     keys/wacz.key       signs packages for readers of WACZ: ECDSA P-384, PKCS #8 in PEM
 *
 * The last three are made when they are first needed.  The log's name (origin) is part of its key: the desk's public name in ASCII
 * and eight random characters, fixed when the key is made.  A key that is lost is
 * not made again in silence: who follows the log must hear of a new one.
 */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include "ledger/note.h"

/* keys/ledger.key below the folder `dir`, a new one.  ERR_EXISTS: there is one. */
enum err_code keys_make_log(struct str dir, struct str desk_name, struct err *) MUST_USE;
/* ERR_MISSING: there is none; ERR_FORMAT: it is no key.  Wipe *ret with td_wipe() after use. */
enum err_code keys_read_log(struct str dir, struct note_signer *ret, struct err *) MUST_USE;

/* keys/ledger.key.next, a new one under the same name; it signs nothing before keys_settle_next(). */
enum err_code keys_make_next(struct str dir, struct str name, struct note_signer *ret, struct err *) MUST_USE;
/* If there is a next one: it takes the place of ledger.key, whose bytes are overwritten, when `counts` is its vkey; else it goes. */
enum err_code keys_settle_next(struct str dir, struct str counts, struct err *) MUST_USE;

/* The desk's key of this file, made when there is none; "minisign.key" is named after the log's. */
enum err_code keys_need_export(struct str dir, struct note_signer *ret, struct err *) MUST_USE;
/* The desk's own cosigner key, of kind 0x04, another key than the log's. */
enum err_code keys_need_witness(struct str dir, struct note_signer *ret, struct err *) MUST_USE;
/* Append the PEM; wipe it after use. */
enum err_code keys_need_wacz(struct str dir, struct buf *ret_pem, struct err *) MUST_USE;

#endif
