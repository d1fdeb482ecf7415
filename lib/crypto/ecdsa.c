#include "crypto/ecdsa.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

bool
td_ecdsa_make(struct buf *ret_pem)
{
	EVP_PKEY *key = EVP_EC_gen("P-384");
	BIO      *bio = BIO_new(BIO_s_mem());
	char     *p = NULL;
	bool      good = key != NULL && bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1;

	if (good) {
		long n = BIO_get_mem_data(bio, &p);

		buf_add(ret_pem, (struct str){ p, (size_t)n });
		OPENSSL_cleanse(p, (size_t)n);
	}
	BIO_free(bio);
	EVP_PKEY_free(key);
	return good && !ret_pem->failed;
}

static EVP_PKEY *
read_key(struct str pem)
{
	BIO      *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	EVP_PKEY *key = bio != NULL ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	return key;
}

/* DER, as OpenSSL has it, to r || s. */
static bool
to_raw(const unsigned char *der, size_t n, unsigned char ret[ECDSA_B])
{
	ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &der, (long)n);
	bool       good = s != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(s), ret, ECDSA_B / 2) == ECDSA_B / 2 &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(s), ret + ECDSA_B / 2, ECDSA_B / 2) == ECDSA_B / 2;

	ECDSA_SIG_free(s);
	return good;
}

static bool
put_public(EVP_PKEY *key, struct buf *ret)
{
	unsigned char *der = NULL;
	int            n = i2d_PUBKEY(key, &der);

	if (n > 0)
		buf_add_bytes(ret, (struct bytes){ der, (size_t)n });
	OPENSSL_free(der);
	return n > 0 && !ret->failed;
}

bool
td_ecdsa_sign(struct str pem, struct bytes message, unsigned char ret[ECDSA_B], struct buf *ret_public)
{
	EVP_PKEY     *key = read_key(pem);
	EVP_MD_CTX   *c = EVP_MD_CTX_new();
	unsigned char der[256];
	size_t        n = sizeof(der);
	bool          good;

	good = key != NULL && c != NULL && EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
	    EVP_DigestSign(c, der, &n, message.p, message.n) == 1 && to_raw(der, n, ret) && put_public(key, ret_public);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good;
}

bool
td_ecdsa_is_good(struct bytes public_key, struct bytes message, const unsigned char signature[ECDSA_B])
{
	const unsigned char *p = public_key.p;
	EVP_PKEY            *key = d2i_PUBKEY(NULL, &p, (long)public_key.n);
	EVP_MD_CTX          *c = EVP_MD_CTX_new();
	ECDSA_SIG           *s = ECDSA_SIG_new();
	BIGNUM              *r = BN_bin2bn(signature, ECDSA_B / 2, NULL), *t = BN_bin2bn(signature + ECDSA_B / 2, ECDSA_B / 2, NULL);
	unsigned char       *der = NULL;
	int                  n = -1;
	bool                 good = s != NULL && ECDSA_SIG_set0(s, r, t) == 1 && (n = i2d_ECDSA_SIG(s, &der)) > 0;

	good = good && key != NULL && c != NULL && EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
	    EVP_DigestVerify(c, der, (size_t)n, message.p, message.n) == 1;
	OPENSSL_free(der);
	ECDSA_SIG_free(s);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good;
}
