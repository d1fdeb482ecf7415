#include "fetch/tls.h"

#include <stdlib.h>

#include "base/limits.h"

/* One remembered session; the table is small and walked only when a connection is made. */
struct remembered {
	char        *key;
	SSL_SESSION *session;
	uint64_t     used;              /* higher: more lately */
};

struct sessions {
	struct remembered v[LIMIT_SESSIONS_N];
	uint64_t          clock;
};

/* What hangs on one connection's SSL_CTX, which may live longer than the hop that made it. */
struct joined {
	struct sessions *sessions;
	bool             is_fresh;
	char             key[];
};

static int ex_index = -1;

static void
free_joined(void *parent, void *p, CRYPTO_EX_DATA *ad, int idx, long argl, void *argp)
{
	(void)parent, (void)ad, (void)idx, (void)argl, (void)argp;
	free(p);
}

static struct remembered *
find(struct sessions *s, const char *key)
{
	for (size_t i = 0; i < LIMIT_SESSIONS_N; i++)
		if (s->v[i].key != NULL && strcmp(s->v[i].key, key) == 0)
			return &s->v[i];
	return NULL;
}

static void
forget(struct remembered *r)
{
	free(r->key);
	SSL_SESSION_free(r->session);
	*r = (struct remembered){ 0 };
}

/* Its old place, an empty one, or that of the one unused for longest. */
static struct remembered *
place_for(struct sessions *s, const char *key)
{
	struct remembered *r = find(s, key), *oldest = &s->v[0];

	if (r != NULL)
		return r;
	for (size_t i = 0; i < LIMIT_SESSIONS_N; i++)
		if (s->v[i].used < oldest->used)
			oldest = &s->v[i];
	return oldest;
}

static int
on_new_session(SSL *ssl, SSL_SESSION *session)
{
	struct joined     *j = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), ex_index);
	struct remembered *r;
	char              *key;

	if (j == NULL || SSL_get_verify_result(ssl) != X509_V_OK || (key = strdup(j->key)) == NULL)
		return 0;
	r = place_for(j->sessions, j->key);
	forget(r);
	*r = (struct remembered){ .key = key, .session = session, .used = ++j->sessions->clock };
	return 1;               /* the reference is ours */
}

/* Just before the first message goes out. */
static void
on_info(const SSL *ssl, int where, int value)
{
	struct joined     *j = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), ex_index);
	struct remembered *r;

	(void)value;
	if ((where & SSL_CB_HANDSHAKE_START) == 0 || j == NULL || j->is_fresh || SSL_get_session(ssl) != NULL ||
	    (r = find(j->sessions, j->key)) == NULL)
		return;
	r->used = ++j->sessions->clock;
	if (SSL_SESSION_is_resumable(r->session))
		SSL_set_session((SSL *)(uintptr_t)ssl, r->session);
}

struct sessions *
sessions_create(void)
{
	if (ex_index < 0)
		ex_index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, free_joined);
	return ex_index >= 0 ? calloc(1, sizeof(struct sessions)) : NULL;
}

void
sessions_destroy(struct sessions *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < LIMIT_SESSIONS_N; i++)
		forget(&s->v[i]);
	free(s);
}

bool
sessions_join(struct sessions *s, SSL_CTX *ctx, struct str key, bool is_fresh)
{
	struct joined *j = malloc(sizeof(*j) + key.n + 1);

	if (j == NULL)
		return false;
	j->sessions = s;
	j->is_fresh = is_fresh;
	memcpy(j->key, key.p, key.n);
	j->key[key.n] = '\0';
	if (SSL_CTX_set_ex_data(ctx, ex_index, j) != 1) {
		free(j);
		return false;
	}
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
	SSL_CTX_sess_set_new_cb(ctx, on_new_session);
	SSL_CTX_set_info_callback(ctx, on_info);
	return true;
}

void
tls_chain(SSL *ssl, struct buf *out)
{
	STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
	BIO            *pem = BIO_new(BIO_s_mem());
	char           *p;
	long            n;

	for (int i = 0; pem != NULL && chain != NULL && i < sk_X509_num(chain); i++)
		if (PEM_write_bio_X509(pem, sk_X509_value(chain, i)) != 1)
			break;
	if (pem != NULL && (n = BIO_get_mem_data(pem, &p)) > 0)
		buf_add(out, (struct str){ p, (size_t)n });
	BIO_free(pem);
}
