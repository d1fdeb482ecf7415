/*
 * minisign - signatures of files that minisign and signify check: Ed25519, the legacy form "Ed".
 *
 * A signature file has four lines; the second signs the file, the fourth signs
 * that signature and the trusted comment.  Keys are told apart by eight bytes,
 * here the first of the public key's SHA-256.
 */
#ifndef CRYPTO_MINISIGN_H
#define CRYPTO_MINISIGN_H

#include "base/buf.h"
#include "crypto/sign.h"

/* The base64 line: what `minisign -P` takes. */
void td_minisign_key_write(struct buf *out, const unsigned char seed[SIGN_SEED_B]);
/* comment: one line. */
void td_minisign_write(struct buf *out, struct bytes file, struct str comment, const unsigned char seed[SIGN_SEED_B]);

#endif
