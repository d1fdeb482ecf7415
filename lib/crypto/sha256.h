/* sha256 - FIPS 180-4, by libcrypto, which uses the processor's own instructions. */
#ifndef CRYPTO_SHA256_H
#define CRYPTO_SHA256_H

#include "base/str.h"

#define SHA256_B     32
#define SHA256_HEX_B 65     /* with NUL */

struct sha256;              /* a running hash, on the heap */

struct sha256 *td_sha256_create(void);                     /* NULL: no memory */
void           td_sha256_add(struct sha256 *, struct bytes);
void           td_sha256_end(struct sha256 *, unsigned char ret[SHA256_B]);   /* and start over */
void           td_sha256_destroy(struct sha256 *);         /* NULL is fine */

void           td_sha256(struct bytes, unsigned char ret[SHA256_B]);
const char    *td_hex(const unsigned char *, size_t n, char *out);            /* lower case; out holds 2n + 1 */

#endif
