/*
 * sealed - a record under a key of its own, inside a record that every reader of WARC accepts.
 *
 *     WARC-Type: metadata
 *     Content-Type: application/vnd.tidings.sealed; version=1
 *
 *     <nonce, ciphertext, tag: XChaCha20-Poly1305 of the record's gzip member>
 *
 * What it is about is "tidings-sealed/1" and the 16 bytes of the sealed
 * record's own id, so that it opens only as the record which the index names.
 * The outer record has an id and a date of its own and no address.
 */
#ifndef STORE_SEALED_H
#define STORE_SEALED_H

#include "base/err.h"
#include "base/id.h"
#include "crypto/seal.h"

/* Append the outer record; uuid is the sealed record's.  out->failed when it did not fit. */
void          sealed_write(struct buf *out, const struct id *uuid, struct bytes member, const unsigned char key[SEAL_KEY_B]);
/* Append the member.  ERR_FORMAT: no sealed record, or not of this key and id. */
enum err_code sealed_read(struct bytes outer, const struct id *uuid, const unsigned char key[SEAL_KEY_B], struct buf *ret,
	struct err *) MUST_USE;

#endif
