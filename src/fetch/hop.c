/* One request, carried by libcurl. */
#include "fetch/fetch_private.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "fetch/tls.h"
#include "os/clock.h"

static bool
is_empty_line(struct str line)
{
	return str_eq(line, STR("\r\n")) || str_eq(line, STR("\n"));
}

/* The suite and the certificates of this very connection; asking later would find it closed. */
static void
note_tls(struct hop *h)
{
	struct curl_tlssessioninfo *tls = NULL;

	if (h->tls_version[0] != '\0' || curl_easy_getinfo(h->curl, CURLINFO_TLS_SSL_PTR, &tls) != CURLE_OK || tls == NULL ||
	    tls->backend != CURLSSLBACKEND_OPENSSL || tls->internals == NULL)
		return;
	snprintf(h->tls_version, sizeof(h->tls_version), "%s", SSL_get_version(tls->internals));
	snprintf(h->tls_cipher, sizeof(h->tls_cipher), "%s", SSL_get_cipher_name(tls->internals));
	h->is_resumed = SSL_session_reused(tls->internals) == 1;
	tls_chain(tls->internals, &h->pem);
}

/* Line by line, as received.  A 1xx head is followed by the one that counts. */
static size_t
on_head(char *p, size_t size, size_t n, void *arg)
{
	struct hop *h = arg;
	struct str  line = { p, size * n };

	note_tls(h);
	if (h->head_ends) {
		buf_reset(&h->head);
		h->head_ends = h->is_chunked = false;
	}
	buf_add(&h->head, line);
	if (str_starts_nocase(line, STR("Transfer-Encoding:")) && str_find_nocase(line, STR("chunked")) != STR_NONE)
		h->is_chunked = true;
	h->head_ends = is_empty_line(line);
	return h->head.failed ? CURL_WRITEFUNC_ERROR : line.n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *arg)
{
	struct hop *h = arg;
	size_t      got = size * n, left = h->framed.limit - h->framed.n;

	note_tls(h);
	buf_add(&h->framed, (struct str){ p, got < left ? got : left });
	h->is_over = got > left;
	return h->is_over || h->framed.failed ? CURL_WRITEFUNC_ERROR : got;
}

/* A kept connection may turn out to be dead: curl then sends the request anew over another. */
static int
on_debug(CURL *curl, curl_infotype type, char *p, size_t n, void *arg)
{
	struct hop *h = arg;

	(void)curl;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	if (str_ends(buf_str(&h->request), STR("\r\n\r\n")))
		buf_reset(&h->request);
	buf_add(&h->request, (struct str){ p, n });
	return 0;
}

/* A server has time to begin, and must then keep to a walking pace. */
static int
on_progress(void *arg, curl_off_t total, curl_off_t got, curl_off_t up_total, curl_off_t up)
{
	struct hop   *h = arg;
	const int64_t heard = (int64_t)(h->framed.n + h->head.n), now = os_ticks_us();
	const int64_t pace = h->o->stall_ms * LIMIT_SLOWEST_BS / 1000;

	(void)total, (void)got, (void)up_total, (void)up;
	if (!h->head_ends && heard == 0 && h->request.n == 0)
		h->window_us = now;             /* connecting has a limit of its own */
	if (!h->head_ends && now - h->window_us > h->o->head_ms * 1000)
		h->is_stalled = true;
	if (h->head_ends && now - h->window_us > h->o->stall_ms * 1000) {
		h->is_stalled = heard - h->window_b < (pace > 1 ? pace : 1);
		h->window_us = now;
		h->window_b = heard;
	}
	return h->is_stalled;
}

/* The second look, at the very address that is about to be connected. */
static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct hop    *h = arg;
	struct address a;
	int            port;
	bool           may = address_of_socket(&to->addr, &a, &port);

	(void)purpose;
	if (h->route->is_proxied)
		may = may && memcmp(a.b, h->route->address.b, sizeof(a.b)) == 0 && port == h->route->port;
	else
		may = may && address_is_allowed(h->allow, &a);
	h->is_denied = !may;
	h->is_opened = may;
	return may ? socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol) : CURL_SOCKET_BAD;
}

static CURLcode
on_tls(CURL *curl, void *ctx, void *arg)
{
	struct hop *h = arg;

	(void)curl;
	return sessions_join(h->sessions, ctx, buf_str(&h->key), h->ask->is_fresh) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

static void
set_limits(CURL *c, const struct hop *h)
{
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)h->o->connect_ms);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(h->ask->total_ms > 0 ? h->ask->total_ms : h->o->total_ms));
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	/* What a request needs, a thousand times at once. */
	curl_easy_setopt(c, CURLOPT_BUFFERSIZE, (long)(8 * KiB));
	curl_easy_setopt(c, CURLOPT_UPLOAD_BUFFERSIZE, (long)(16 * KiB));
}

/* The program and its version; the desk only where a person asked for it, for this source. */
static void
set_agent(CURL *c, const struct hop *h)
{
	char agent[sizeof("Tidings/" TIDINGS_VERSION " ()") + CONTACT_B];

	snprintf(agent, sizeof(agent), h->ask->contact.n > 0 ? "Tidings/" TIDINGS_VERSION " (%" STR_FMT ")" : "Tidings/" TIDINGS_VERSION "%" STR_FMT,
	    STR_ARG(h->ask->contact));
	curl_easy_setopt(c, CURLOPT_USERAGENT, agent);
}

static void
set_manners(CURL *c, const struct hop *h)
{
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 1L);        /* so that its bytes reach us; it is refused below */
	curl_easy_setopt(c, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, h->ask->is_fresh ? 1L : 0L);
	set_agent(c, h);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->fields);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);   /* ours, see tls.h */
	if (h->o->ca_file != NULL)
		curl_easy_setopt(c, CURLOPT_CAINFO, h->o->ca_file);
}

/* Whatever the environment says, this is the way out. */
static void
set_route(CURL *c, const struct hop *h)
{
	char isolation[ISOLATION_B + 1];

	curl_easy_setopt(c, CURLOPT_DNS_CACHE_TIMEOUT, -1L);    /* pruning a large one costs more than a request */
	if (!h->route->is_proxied) {
		curl_easy_setopt(c, CURLOPT_PROXY, "");
		curl_easy_setopt(c, CURLOPT_RESOLVE, h->resolve);
		return;
	}
	snprintf(isolation, sizeof(isolation), "%" STR_FMT, STR_ARG(h->ask->isolation));
	curl_easy_setopt(c, CURLOPT_PROXY, h->route->url);
	curl_easy_setopt(c, CURLOPT_NOPROXY, "");
	curl_easy_setopt(c, CURLOPT_PROXYUSERNAME, isolation[0] != '\0' ? isolation : "none");
	curl_easy_setopt(c, CURLOPT_PROXYPASSWORD, "tidings");
}

static void
set_callbacks(CURL *c, struct hop *h)
{
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, h);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, h);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, h);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, h);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, h);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_FUNCTION, on_tls);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_DATA, h);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->why);
	curl_easy_setopt(c, CURLOPT_PRIVATE, h);
}

/* curl's "host:port:address,address", of those that may be reached. */
enum err_code
hop_resolved(struct hop *h, const struct addresses *found, struct err *err)
{
	struct buf line = BUF_INIT(8 * KiB);
	char       text[INET6_ADDRSTRLEN];
	size_t     used = 0;

	buf_add(&line, h->url.host);
	buf_addf(&line, ":%d:", td_url_port(&h->url));
	for (size_t i = 0; i < found->n; i++) {
		const char *a = address_show(&found->v[i], text);
		bool        is_v6 = strchr(a, ':') != NULL;

		buf_addf(&h->addresses, "%s%s", i > 0 ? " " : "", a);
		if (address_is_allowed(h->allow, &found->v[i]))
			buf_addf(&line, "%s%s%s%s", used++ > 0 ? "," : "", is_v6 ? "[" : "", a, is_v6 ? "]" : "");
	}
	buf_add_char(&line, '\0');
	if (used > 0 && !line.failed)
		h->resolve = curl_slist_append(NULL, line.p);
	buf_free(&line);
	h->resolved_us = os_ticks_us() - h->ticks_us;
	if (used == 0)
		return err_set(err, ERR_NET, "%" STR_FMT " is a private address (%s) and was not asked",
		    STR_ARG(str_sub(h->url.host, 0, 200)), address_show(&found->v[0], text));
	return h->resolve == NULL ? err_set(err, ERR_NOMEM, "out of memory") : ERR_OK;
}

static bool
add_field(struct hop *h, const char *name, struct str value)
{
	struct buf         line = BUF_INIT(VALIDATOR_B + 64);
	struct curl_slist *more;

	buf_addf(&line, "%s: ", name);
	buf_add(&line, value);
	buf_add_char(&line, '\0');
	more = line.failed ? NULL : curl_slist_append(h->fields, line.p);
	buf_free(&line);
	if (more != NULL)
		h->fields = more;
	return more != NULL;
}

static bool
add_fields(struct hop *h)
{
	bool ok = add_field(h, "Accept", STR("text/html,application/xhtml+xml,*/*;q=0.8")) &&
	    add_field(h, "Accept-Encoding", STR("gzip, br"));

	if (h->is_valid_here && h->ask->etag.n > 0)
		ok = ok && add_field(h, "If-None-Match", h->ask->etag);
	if (h->is_valid_here && h->ask->last_modified.n > 0)
		ok = ok && add_field(h, "If-Modified-Since", h->ask->last_modified);
	if (h->ask->post_type.n > 0)
		ok = ok && add_field(h, "Content-Type", h->ask->post_type) && add_field(h, "Expect", STR(""));
	return ok;
}

static void
set_post(CURL *c, const struct hop *h)
{
	if (h->ask->post_type.n == 0)
		return;
	curl_easy_setopt(c, CURLOPT_POST, 1L);
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)h->ask->post.n);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, h->ask->post.p);
}

enum err_code
hop_start(struct hop *h, struct err *err)
{
	struct buf url = BUF_INIT(LIMIT_URL_B * 3 + 1);

	buf_add(&url, h->target);
	buf_add_char(&url, '\0');
	buf_addf(&h->key, "%s %" STR_FMT ":%d ", h->route->url, STR_ARG(h->url.host), td_url_port(&h->url));
	buf_add(&h->key, h->ask->isolation);
	h->curl = curl_easy_init();
	if (h->curl == NULL || url.failed || h->key.failed || !add_fields(h)) {
		buf_free(&url);
		return err_set(err, ERR_NOMEM, "out of memory");
	}
	set_limits(h->curl, h);
	set_manners(h->curl, h);
	set_route(h->curl, h);
	set_callbacks(h->curl, h);
	set_post(h->curl, h);
	curl_easy_setopt(h->curl, CURLOPT_URL, url.p);
	buf_free(&url);
	h->window_us = os_ticks_us();
	return ERR_OK;
}

void
hop_ended(struct hop *h, CURLcode code)
{
	char *ip = NULL;

	h->code = code;
	h->ended_us = h->started_us + (os_ticks_us() - h->ticks_us);
	if (!h->route->is_proxied && curl_easy_getinfo(h->curl, CURLINFO_PRIMARY_IP, &ip) == CURLE_OK && ip != NULL)
		snprintf(h->peer, sizeof(h->peer), "%s", ip);
}

void
hop_free(struct hop *h)
{
	curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->fields);
	curl_slist_free_all(h->resolve);
	buf_free(&h->request);
	buf_free(&h->head);
	buf_free(&h->framed);
	buf_free(&h->plain);
	buf_free(&h->addresses);
	buf_free(&h->pem);
	buf_free(&h->key);
}

bool
hop_heard(const struct hop *h)
{
	return h->head.n > 0 || h->framed.n > 0;
}

enum err_code
hop_failure(const struct hop *h, enum fetch_failure *ret, struct err *err)
{
	const struct str host = str_sub(h->url.host, 0, 150);

	if (h->is_denied) {
		*ret = FETCH_PRIVATE;
		return err_set(err, ERR_NET, "%" STR_FMT " is a private address and was not asked", STR_ARG(host));
	}
	switch (h->code) {
	case CURLE_PEER_FAILED_VERIFICATION:
		*ret = FETCH_BAD_CERTIFICATE;
		return err_set(err, ERR_NET, "the certificate of %" STR_FMT " is not valid (%.150s)", STR_ARG(host), h->why);
	case CURLE_SSL_CONNECT_ERROR:
		*ret = FETCH_BAD_TLS;
		return err_set(err, ERR_NET, "no secure connection to %" STR_FMT " (%.150s)", STR_ARG(host), h->why);
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_ABORTED_BY_CALLBACK:
		*ret = FETCH_SILENT;
		return err_set(err, ERR_NET, "%" STR_FMT " did not answer in time", STR_ARG(host));
	case CURLE_COULDNT_CONNECT:
		*ret = FETCH_UNREACHED;
		return h->route->is_proxied ? err_set(err, ERR_NET, "the proxy of this desk cannot be reached; it is the only way out") :
		    err_set(err, ERR_NET, "%" STR_FMT " refused the connection", STR_ARG(host));
	case CURLE_PROXY:
		*ret = FETCH_UNREACHED;
		return err_set(err, ERR_NET, "the proxy could not reach %" STR_FMT " (%.150s)", STR_ARG(host), h->why);
	case CURLE_GOT_NOTHING:
		*ret = FETCH_CLOSED;
		return err_set(err, ERR_NET, "%" STR_FMT " closed the connection without a reply", STR_ARG(host));
	default:
		*ret = FETCH_FAILED;
		return err_set(err, ERR_NET, "%" STR_FMT ": %.200s", STR_ARG(host),
		    h->why[0] != '\0' ? h->why : curl_easy_strerror(h->code));
	}
}
