#include "crypto/seal.h"

#include <sodium.h>

_Static_assert((int)SEAL_KEY_B == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key is as long as libsodium has it");
_Static_assert((int)SEAL_NONCE_B == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "and the nonce");
_Static_assert((int)SEAL_TAG_B == crypto_aead_xchacha20poly1305_ietf_ABYTES, "and the tag");

void
td_seal(struct buf *out, const unsigned char key[SEAL_KEY_B], const unsigned char nonce[SEAL_NONCE_B], struct bytes about,
	struct bytes plain)
{
	char *room = buf_room(out, plain.n + SEAL_EXTRA_B);

	if (room == NULL)
		return;
	memcpy(room, nonce, SEAL_NONCE_B);
	/* Fails for no reason but a length of more than 2^38 bytes. */
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt((unsigned char *)room + SEAL_NONCE_B, NULL, plain.p, plain.n, about.p, about.n,
	    NULL, nonce, key);
	out->n += plain.n + SEAL_EXTRA_B;
}

bool
td_unseal(struct buf *out, const unsigned char key[SEAL_KEY_B], struct bytes about, struct bytes sealed)
{
	char *room = sealed.n >= SEAL_EXTRA_B ? buf_room(out, sealed.n - SEAL_EXTRA_B + 1) : NULL;

	if (room == NULL || crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)room, NULL, NULL, sealed.p + SEAL_NONCE_B,
	    sealed.n - SEAL_NONCE_B, about.p, about.n, sealed.p, key) != 0)
		return false;
	out->n += sealed.n - SEAL_EXTRA_B;
	return true;
}
