/* digest - the hashes that other people's archives name; ours is always SHA-256 (crypto/sha256.h). */
#ifndef CRYPTO_DIGEST_H
#define CRYPTO_DIGEST_H

#include "base/str.h"

#define DIGEST_MAX_B 64

/* name: "sha1", "sha256", "sha512", "md5", any case, "sha-256" too.  How long the hash is, or 0: not known or not to be had. */
size_t td_digest_length(struct str name);
size_t td_digest(struct str name, struct bytes, unsigned char ret[DIGEST_MAX_B]);

#endif
