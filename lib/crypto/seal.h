/*
 * seal - a value under a key of its own: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), by libsodium.
 *
 * A sealed value is nonce (24 bytes), ciphertext, tag (16 bytes).  `about` is
 * not in it, but without the same `about` it does not open.  Who has destroyed
 * the key has destroyed the value.  Nonce and key are drawn by the caller from
 * os_random(); a key seals one value and no more.
 */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "base/buf.h"
#include "base/err.h"

enum { SEAL_KEY_B = 32, SEAL_NONCE_B = 24, SEAL_TAG_B = 16, SEAL_EXTRA_B = SEAL_NONCE_B + SEAL_TAG_B };

/* Append the sealed value; out->failed when it did not fit. */
void td_seal(struct buf *out, const unsigned char key[SEAL_KEY_B], const unsigned char nonce[SEAL_NONCE_B], struct bytes about,
	struct bytes plain);
/* Append what was sealed.  false: another key, another `about`, or a byte has changed; then nothing is appended. */
bool td_unseal(struct buf *out, const unsigned char key[SEAL_KEY_B], struct bytes about, struct bytes sealed) MUST_USE;

#endif
