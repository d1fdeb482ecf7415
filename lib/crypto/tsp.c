#include "crypto/tsp.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <time.h>

#include "base/civil.h"

/* SEQUENCE { version 1, { { sha-256, NULL }, OCTET STRING (32) }, nonce, certReq TRUE } */
void
td_tsp_request(struct buf *out, const unsigned char sha256[32], const unsigned char nonce[TSP_NONCE_B])
{
	static const unsigned char before[] = { 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
		0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
	unsigned char number[TSP_NONCE_B + 1] = { 0x01 };      /* positive, of nine bytes whatever is drawn */

	memcpy(number + 1, nonce, TSP_NONCE_B);
	buf_add_char(out, 0x30);
	buf_add_char(out, (char)(sizeof(before) + 32 + 2 + sizeof(number) + 3));
	buf_add_bytes(out, (struct bytes){ before, sizeof(before) });
	buf_add_bytes(out, (struct bytes){ sha256, 32 });
	buf_add(out, STR("\x02\x09"));
	buf_add_bytes(out, (struct bytes){ number, sizeof(number) });
	buf_add(out, STR("\x01\x01\xff"));
}

void
td_tsp_warm_up(void)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n;

	OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG | OPENSSL_INIT_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_ADD_ALL_DIGESTS, NULL);
	(void)EVP_Digest("", 0, sum, &n, EVP_sha256(), NULL);
	(void)EVP_Digest("", 0, sum, &n, EVP_sha512(), NULL);
}

static bool
to_us(const ASN1_TIME *t, int64_t *ret)
{
	struct tm tm;

	if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
		return false;
	*ret = (int64_t)timegm(&tm) * US_PER_S;
	return true;
}

static X509_STORE *
read_roots(struct str pem)
{
	X509_STORE *store = X509_STORE_new();
	BIO        *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	X509       *cert;

	while (store != NULL && bio != NULL && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
		(void)X509_STORE_add_cert(store, cert);         /* twice the same is no fault */
		X509_free(cert);
	}
	BIO_free(bio);
	return store;
}

struct check {
	struct bytes         sha256;
	const unsigned char *nonce;
	int64_t              at_us;
};

static TS_VERIFY_CTX *
make_context(const struct check *c, X509_STORE *store)
{
	TS_VERIFY_CTX *ctx = TS_VERIFY_CTX_new();
	unsigned char *imprint = OPENSSL_memdup(c->sha256.p, c->sha256.n);

	if (ctx == NULL || imprint == NULL) {
		OPENSSL_free(imprint);
		TS_VERIFY_CTX_free(ctx);
		return NULL;
	}
	TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
	TS_VERIFY_CTX_set_imprint(ctx, imprint, (long)c->sha256.n);
	X509_VERIFY_PARAM_set_purpose(X509_STORE_get0_param(store), X509_PURPOSE_TIMESTAMP_SIGN);
	if (c->at_us > 0)
		X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)(c->at_us / US_PER_S));
	(void)X509_STORE_up_ref(store);
	TS_VERIFY_CTX_set_store(ctx, store);
	return ctx;
}

/* OpenSSL compares it only where it made the request itself. */
static bool
is_nonce(TS_RESP *reply, const unsigned char *nonce)
{
	const ASN1_INTEGER *said = TS_TST_INFO_get_nonce(TS_RESP_get_tst_info(reply));
	unsigned char       number[TSP_NONCE_B + 1] = { 0x01 }, got[TSP_NONCE_B + 1];
	BIGNUM             *n = said != NULL ? ASN1_INTEGER_to_BN(said, NULL) : NULL;
	bool                same;

	memcpy(number + 1, nonce, TSP_NONCE_B);
	same = n != NULL && BN_bn2binpad(n, got, sizeof(got)) == sizeof(got) && memcmp(got, number, sizeof(got)) == 0;
	BN_free(n);
	return same;
}

/* The certificate that signed; its name and its end. */
static bool
read_signer(struct arena *a, TS_RESP *reply, struct tsp_token *t)
{
	STACK_OF(X509) *signers = PKCS7_get0_signers(TS_RESP_get_token(reply), NULL, 0);
	char            name[256] = "";
	bool            good = signers != NULL && sk_X509_num(signers) == 1 && to_us(X509_get0_notAfter(sk_X509_value(signers, 0)), &t->ends_us);

	if (good)
		(void)X509_NAME_get_text_by_NID(X509_get_subject_name(sk_X509_value(signers, 0)), NID_commonName, name, sizeof(name));
	/* Whatever an authority calls itself is shown as ASCII. */
	for (size_t i = 0; name[i] != '\0'; i++)
		if ((unsigned char)name[i] < ' ' || (unsigned char)name[i] > '~')
			name[i] = '?';
	t->who = arena_copy(a, str_of(name));
	sk_X509_free(signers);
	return good;
}

static enum err_code
check_reply(struct arena *a, TS_RESP *reply, struct check *c, X509_STORE *store, struct tsp_token *ret, struct err *err)
{
	TS_VERIFY_CTX *ctx;
	int64_t        status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(reply)));
	bool           good;

	if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
		return err_set(err, ERR_NET, "the authority refused (status %lld)", (long long)status);
	if (TS_RESP_get_token(reply) == NULL || TS_RESP_get_tst_info(reply) == NULL ||
	    !to_us(TS_TST_INFO_get_time(TS_RESP_get_tst_info(reply)), &ret->time_us) || !read_signer(a, reply, ret))
		return err_set(err, ERR_FORMAT, "the answer holds no token of one signer with a time");
	if (c->nonce != NULL && !is_nonce(reply, c->nonce))
		return err_set(err, ERR_FORMAT, "the token answers another question than ours");
	c->at_us = c->at_us < 0 ? ret->time_us : c->at_us;
	if ((ctx = make_context(c, store)) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory");
	good = TS_RESP_verify_response(ctx, reply) == 1;
	TS_VERIFY_CTX_free(ctx);
	return good ? ERR_OK : err_set(err, ERR_FORMAT, "the token is for something else, or not signed by a time authority that the roots know");
}

enum err_code
td_tsp_read(struct arena *a, struct bytes bytes, const unsigned char sha256[32], const unsigned char nonce[TSP_NONCE_B],
	struct str roots, int64_t at_us, struct tsp_token *ret, struct err *err)
{
	const unsigned char *p = bytes.p;
	struct check         c = { { sha256, 32 }, nonce, at_us };
	TS_RESP             *reply = d2i_TS_RESP(NULL, &p, (long)bytes.n);
	X509_STORE          *store;
	struct tsp_token     token = { 0 };
	enum err_code        code;

	if (reply == NULL)
		return err_set(err, ERR_FORMAT, "the answer is no time stamp");
	store = read_roots(roots);
	code = store == NULL ? err_set(err, ERR_NOMEM, "out of memory") :
	    p != bytes.p + bytes.n ? err_set(err, ERR_FORMAT, "bytes stand behind the time stamp") :
	    check_reply(a, reply, &c, store, &token, err);
	if (code == ERR_OK)
		*ret = token;
	X509_STORE_free(store);
	TS_RESP_free(reply);
	return code;
}
