#include "crypto/sha256.h"

#include <stdlib.h>

#include <openssl/evp.h>

struct sha256 {
	EVP_MD_CTX *ctx;
};

/*
 * SHA-256 over memory fails only when libcrypto was built without it.  Nobody
 * upstairs could do anything about that, and going on would put a wrong digest
 * under evidence.
 */
static void
must(int ok)
{
	if (ok != 1)
		abort();
}

struct sha256 *
td_sha256_create(void)
{
	struct sha256 *h = calloc(1, sizeof(*h));

	if (h == NULL || (h->ctx = EVP_MD_CTX_new()) == NULL) {
		free(h);
		return NULL;
	}
	must(EVP_DigestInit_ex2(h->ctx, EVP_sha256(), NULL));
	return h;
}

void
td_sha256_add(struct sha256 *h, struct bytes b)
{
	if (b.n > 0)
		must(EVP_DigestUpdate(h->ctx, b.p, b.n));
}

void
td_sha256_end(struct sha256 *h, unsigned char ret[SHA256_B])
{
	must(EVP_DigestFinal_ex(h->ctx, ret, NULL));
	must(EVP_DigestInit_ex2(h->ctx, NULL, NULL));
}

void
td_sha256_destroy(struct sha256 *h)
{
	if (h == NULL)
		return;
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

void
td_sha256(struct bytes b, unsigned char ret[SHA256_B])
{
	must(EVP_Digest(b.n > 0 ? (const void *)b.p : "", b.n, ret, NULL, EVP_sha256(), NULL));
}

const char *
td_hex(const unsigned char *p, size_t n, char *out)
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digit[p[i] >> 4];
		out[2 * i + 1] = digit[p[i] & 15];
	}
	out[2 * n] = '\0';
	return out;
}
