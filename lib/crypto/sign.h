/*
 * sign - Ed25519 signatures (RFC 8032), by libsodium.
 *
 * The secret is the 32-byte seed, drawn by the caller from os_random(); the
 * public key follows from it.  A signature is the same each time.
 */
#ifndef CRYPTO_SIGN_H
#define CRYPTO_SIGN_H

#include "base/str.h"

enum { SIGN_SEED_B = 32, SIGN_KEY_B = 32, SIGN_B = 64 };

void td_sign_key(const unsigned char seed[SIGN_SEED_B], unsigned char ret_key[SIGN_KEY_B]);
void td_sign(const unsigned char seed[SIGN_SEED_B], struct bytes message, unsigned char ret[SIGN_B]);
bool td_sign_is_good(const unsigned char key[SIGN_KEY_B], struct bytes message, const unsigned char signature[SIGN_B]);
/* Overwrite a secret; the compiler may not leave it out. */
void td_wipe(void *, size_t n);

#endif
