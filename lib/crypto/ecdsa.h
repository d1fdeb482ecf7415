/*
 * ecdsa - the signature that readers of WACZ know: ECDSA on P-384 over SHA-256.
 *
 * By OpenSSL, whose own generator makes key and nonce, so a signature differs
 * each time.  The secret key is PKCS #8 in PEM; a signature is r || s, 96 bytes
 * (IEEE P1363); a public key is SubjectPublicKeyInfo in DER.
 */
#ifndef CRYPTO_ECDSA_H
#define CRYPTO_ECDSA_H

#include "base/buf.h"

enum { ECDSA_B = 96 };

/* All three: false when OpenSSL refuses. */
bool td_ecdsa_make(struct buf *ret_pem);
bool td_ecdsa_sign(struct str pem, struct bytes message, unsigned char ret[ECDSA_B], struct buf *ret_public);
bool td_ecdsa_is_good(struct bytes public_key, struct bytes message, const unsigned char signature[ECDSA_B]);

#endif
