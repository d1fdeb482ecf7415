/* hmac - HMAC-SHA-256 (RFC 2104): who has the key wrote it, and nobody else can tell anything from it. */
#ifndef CRYPTO_HMAC_H
#define CRYPTO_HMAC_H

#include "base/str.h"

enum { HMAC_B = 32 };

void td_hmac(struct bytes key, struct bytes message, unsigned char ret[HMAC_B]);
/* In a time that does not tell where they differ. */
bool td_hmac_is(const unsigned char want[HMAC_B], struct bytes got);

#endif
