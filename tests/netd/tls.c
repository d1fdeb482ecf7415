/* A throw-away authority, and a certificate for each name that is asked for.  Some names have bad ones. */
#include "netd.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

#define DAY (24 * 60 * 60)

static EVP_PKEY *authority_key, *host_key;
static X509     *authority;

static bool
add_extension(X509 *x, X509 *issuer, int what, const char *value)
{
	X509V3_CTX      ctx;
	X509_EXTENSION *e;
	bool            done;

	X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
	e = X509V3_EXT_conf_nid(NULL, &ctx, what, value);
	done = e != NULL && X509_add_ext(x, e, -1) == 1;
	X509_EXTENSION_free(e);
	return done;
}

/* A certificate of `name`; issuer NULL: signed by itself.  Valid from `from` to `to`, in days from now. */
static X509 *
make(const char *name, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key, int from, int to)
{
	static long serial = 1;
	X509       *x = X509_new();
	X509_NAME  *n = x == NULL ? NULL : X509_get_subject_name(x);
	char        alt[300];

	if (n == NULL)
		return NULL;
	snprintf(alt, sizeof(alt), "DNS:%.256s", name);
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
	X509_gmtime_adj(X509_getm_notBefore(x), (long)from * DAY);
	X509_gmtime_adj(X509_getm_notAfter(x), (long)to * DAY);
	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8, (const unsigned char *)(strlen(name) < 64 ? name : "a long name"), -1, -1, 0);
	X509_set_issuer_name(x, issuer == NULL ? n : X509_get_subject_name(issuer));
	X509_set_pubkey(x, key);
	add_extension(x, issuer == NULL ? x : issuer, NID_basic_constraints, issuer == NULL ? "critical,CA:TRUE" : "CA:FALSE");
	add_extension(x, issuer == NULL ? x : issuer, NID_subject_alt_name, alt);
	X509_sign(x, issuer_key, EVP_sha256());
	return x;
}

/* expired.test, wrong-host.test and self-signed.test are what they are called. */
static int
choose(SSL *ssl, int *alert, void *unused)
{
	const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
	X509       *x;

	(void)alert;
	(void)unused;
	if (name == NULL)
		name = "no-name.test";
	if (strcmp(name, "expired.test") == 0)
		x = make(name, host_key, authority, authority_key, -400, -35);
	else if (strcmp(name, "wrong-host.test") == 0)
		x = make("somebody-else.test", host_key, authority, authority_key, -1, 365);
	else if (strcmp(name, "self-signed.test") == 0)
		x = make(name, host_key, NULL, host_key, -1, 365);
	else
		x = make(name, host_key, authority, authority_key, -1, 365);
	SSL_use_certificate(ssl, x);
	SSL_use_PrivateKey(ssl, host_key);
	X509_free(x);
	return SSL_TLSEXT_ERR_OK;
}

static bool
save(const char *path)
{
	FILE *f = fopen(path, "we");
	bool  done = f != NULL && PEM_write_X509(f, authority) == 1;

	return f != NULL && fclose(f) == 0 && done;
}

bool
tls_authority(const char *ca_path)
{
	authority_key = EVP_EC_gen("P-256");
	host_key = EVP_EC_gen("P-256");
	authority = authority_key == NULL || host_key == NULL ? NULL : make("netd.test", authority_key, NULL, authority_key, -1, 3650);
	return authority != NULL && (ca_path == NULL || save(ca_path));
}

SSL_CTX *
tls_create(void)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (ctx == NULL)
		return NULL;
	SSL_CTX_set_tlsext_servername_callback(ctx, choose);
	SSL_CTX_use_certificate(ctx, authority);
	SSL_CTX_use_PrivateKey(ctx, authority_key);
	SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	return ctx;
}
