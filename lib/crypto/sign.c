#include "crypto/sign.h"

#include <sodium.h>

void
td_sign_key(const unsigned char seed[SIGN_SEED_B], unsigned char ret_key[SIGN_KEY_B])
{
	unsigned char secret[crypto_sign_SECRETKEYBYTES];

	crypto_sign_seed_keypair(ret_key, secret, seed);
	sodium_memzero(secret, sizeof(secret));
}

void
td_sign(const unsigned char seed[SIGN_SEED_B], struct bytes message, unsigned char ret[SIGN_B])
{
	unsigned char key[SIGN_KEY_B], secret[crypto_sign_SECRETKEYBYTES];

	crypto_sign_seed_keypair(key, secret, seed);
	crypto_sign_detached(ret, NULL, message.p, message.n, secret);
	sodium_memzero(secret, sizeof(secret));
}

bool
td_sign_is_good(const unsigned char key[SIGN_KEY_B], struct bytes message, const unsigned char signature[SIGN_B])
{
	return crypto_sign_verify_detached(signature, message.p, message.n, key) == 0;
}

void
td_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}
