#include "crypto/hmac.h"

#include <sodium.h>

void
td_hmac(struct bytes key, struct bytes message, unsigned char ret[HMAC_B])
{
	crypto_auth_hmacsha256_state s;

	crypto_auth_hmacsha256_init(&s, key.p, key.n);
	crypto_auth_hmacsha256_update(&s, message.p, message.n);
	crypto_auth_hmacsha256_final(&s, ret);
}

bool
td_hmac_is(const unsigned char want[HMAC_B], struct bytes got)
{
	return got.n == HMAC_B && sodium_memcmp(want, got.p, HMAC_B) == 0;
}
