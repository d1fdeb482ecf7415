#include "crypto/digest.h"

#include <openssl/evp.h>

static const struct {
	const char    *name;
	size_t         length;
	const EVP_MD *(*md)(void);
} known[] = {
	{ "sha1", 20, EVP_sha1 }, { "sha-1", 20, EVP_sha1 }, { "sha256", 32, EVP_sha256 }, { "sha-256", 32, EVP_sha256 },
	{ "sha512", 64, EVP_sha512 }, { "sha-512", 64, EVP_sha512 }, { "md5", 16, EVP_md5 },
};

#define KNOWN_N (sizeof(known) / sizeof(*known))

static size_t
find(struct str name)
{
	size_t i = 0;

	while (i < KNOWN_N && !str_eq_nocase(name, str_of(known[i].name)))
		i++;
	return i;
}

size_t
td_digest_length(struct str name)
{
	size_t i = find(name);

	return i < KNOWN_N ? known[i].length : 0;
}

size_t
td_digest(struct str name, struct bytes b, unsigned char ret[DIGEST_MAX_B])
{
	size_t   i = find(name);
	unsigned n = 0;

	if (i == KNOWN_N || EVP_Digest(b.n > 0 ? (const void *)b.p : "", b.n, ret, &n, known[i].md(), NULL) != 1)
		return 0;
	return n;
}
