#include "fetch/fetch_private.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "http/message.h"
#include "os/clock.h"
#include "text/utf8.h"

/* What the callbacks see: buffers only, since no arena call may run below curl's frame. */
struct taking {
	const struct fetch_options *o;
	const struct ranges        *allow;
	CURL                       *curl;
	struct buf                  request, head, framed;
	char                        tls_version[32], tls_cipher[64];
	int64_t                     heard_us;           /* ticks at the last byte */
	int64_t                     heard_b;
	bool                        is_chunked, head_ends, is_over, is_stalled, is_denied;
	char                        why[CURL_ERROR_SIZE];
};

static bool
is_empty_line(struct str line)
{
	return str_eq(line, STR("\r\n")) || str_eq(line, STR("\n"));
}

/* The suite of this very connection; asking later would find it closed. */
static void
note_tls(struct taking *t)
{
	struct curl_tlssessioninfo *tls = NULL;

	if (t->tls_version[0] != '\0' || curl_easy_getinfo(t->curl, CURLINFO_TLS_SSL_PTR, &tls) != CURLE_OK || tls == NULL ||
	    tls->backend != CURLSSLBACKEND_OPENSSL || tls->internals == NULL)
		return;
	snprintf(t->tls_version, sizeof(t->tls_version), "%s", SSL_get_version(tls->internals));
	snprintf(t->tls_cipher, sizeof(t->tls_cipher), "%s", SSL_get_cipher_name(tls->internals));
}

/* Line by line, as received.  A 1xx head is followed by the one that counts. */
static size_t
on_head(char *p, size_t size, size_t n, void *arg)
{
	struct taking *t = arg;
	struct str     line = { p, size * n };

	note_tls(t);
	if (t->head_ends) {
		buf_reset(&t->head);
		t->head_ends = t->is_chunked = false;
	}
	buf_add(&t->head, line);
	if (str_starts_nocase(line, STR("Transfer-Encoding:")) && str_find_nocase(line, STR("chunked")) != STR_NONE)
		t->is_chunked = true;
	t->head_ends = is_empty_line(line);
	return t->head.failed ? CURL_WRITEFUNC_ERROR : line.n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *arg)
{
	struct taking *t = arg;
	size_t         got = size * n, left = t->framed.limit - t->framed.n;

	buf_add(&t->framed, (struct str){ p, got < left ? got : left });
	t->is_over = got > left;
	return t->is_over || t->framed.failed ? CURL_WRITEFUNC_ERROR : got;
}

static int
on_debug(CURL *curl, curl_infotype type, char *p, size_t n, void *arg)
{
	struct taking *t = arg;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		buf_add(&t->request, (struct str){ p, n });
	return 0;
}

static int
on_progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up)
{
	struct taking *t = arg;
	int64_t        heard = now + (int64_t)t->head.n;

	(void)total, (void)up_total, (void)up;
	if (heard != t->heard_b) {
		t->heard_b = heard;
		t->heard_us = os_ticks_us();
	}
	t->is_stalled = heard > 0 && os_ticks_us() - t->heard_us > t->o->stall_ms * 1000;
	return t->is_stalled;
}

/* The second look, at the very address that is about to be connected. */
static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct taking *t = arg;
	struct address a;

	(void)purpose;
	if (!address_of_socket(&to->addr, &a) || !address_is_allowed(t->allow, &a)) {
		t->is_denied = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static void
set_limits(CURL *c, const struct fetch_options *o)
{
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)o->connect_ms);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)o->total_ms);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
}

static void
set_manners(CURL *c, struct curl_slist *fields)
{
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 1L);        /* so that its bytes reach us; it is refused below */
	curl_easy_setopt(c, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");                 /* whatever the environment says */
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "Tidings/" TIDINGS_VERSION);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, fields);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_CERTINFO, 1L);
}

static void
set_callbacks(CURL *c, struct taking *t)
{
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->why);
}

/* Resolve, refuse what is not public, and write curl's "host:port:address,address". */
static enum err_code
find_host(const struct fetch_options *o, const struct ranges *allow, const struct url *u, struct buf *line,
	struct buf *shown, struct err *err)
{
	struct addresses found;
	char             text[INET6_ADDRSTRLEN];
	size_t           used = 0;

	if (resolve(o, u->host, &found, err) != ERR_OK)
		return err->code;
	buf_add(line, u->host);
	buf_addf(line, ":%d:", td_url_port(u));
	for (size_t i = 0; i < found.n; i++) {
		const char *a = address_show(&found.v[i], text);
		bool        is_v6 = strchr(a, ':') != NULL;

		buf_addf(shown, "%s%s", i > 0 ? " " : "", a);
		if (address_is_allowed(allow, &found.v[i]))
			buf_addf(line, "%s%s%s%s", used++ > 0 ? "," : "", is_v6 ? "[" : "", a, is_v6 ? "]" : "");
	}
	buf_add_char(line, '\0');
	if (used == 0)
		return err_set(err, ERR_NET, "%" STR_FMT " is a private address (%s) and was not asked",
		    STR_ARG(str_sub(u->host, 0, 200)), address_show(&found.v[0], text));
	return line->failed || shown->failed ? err_set(err, ERR_NOMEM, "out of memory") : ERR_OK;
}

/* Nothing came: why, in words. */
static enum err_code
say_failure(const struct taking *t, CURLcode code, const struct url *u, struct err *err)
{
	const struct str host = str_sub(u->host, 0, 150);

	if (t->is_denied)
		return err_set(err, ERR_NET, "%" STR_FMT " is a private address and was not asked", STR_ARG(host));
	switch (code) {
	case CURLE_PEER_FAILED_VERIFICATION:
		return err_set(err, ERR_NET, "the certificate of %" STR_FMT " is not valid (%.150s)",
		    STR_ARG(host), t->why);
	case CURLE_SSL_CONNECT_ERROR:
		return err_set(err, ERR_NET, "no secure connection to %" STR_FMT " (%.150s)", STR_ARG(host), t->why);
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_ABORTED_BY_CALLBACK:
		return err_set(err, ERR_NET, "%" STR_FMT " did not answer in time", STR_ARG(host));
	case CURLE_COULDNT_CONNECT:
		return err_set(err, ERR_NET, "%" STR_FMT " refused the connection", STR_ARG(host));
	case CURLE_GOT_NOTHING:
		return err_set(err, ERR_NET, "%" STR_FMT " closed the connection without a reply", STR_ARG(host));
	default:
		return err_set(err, ERR_NET, "%" STR_FMT ": %.200s", STR_ARG(host),
		    t->why[0] != '\0' ? t->why : curl_easy_strerror(code));
	}
}

static struct bytes
kept(struct arena *a, const struct buf *b)
{
	return bytes_of(arena_copy(a, buf_str(b)));
}

static struct str
chain_pem(struct arena *a, CURL *c)
{
	struct curl_certinfo *chain = NULL;
	struct buf            pem = BUF_INIT(MiB);
	struct str            s;

	if (curl_easy_getinfo(c, CURLINFO_CERTINFO, &chain) == CURLE_OK && chain != NULL)
		for (int i = 0; i < chain->num_of_certs; i++)
			for (struct curl_slist *l = chain->certinfo[i]; l != NULL; l = l->next)
				if (str_starts(str_of(l->data), STR("Cert:"))) {
					buf_add(&pem, str_sub(str_of(l->data), 5, strlen(l->data)));
					if (!str_ends(buf_str(&pem), STR("\n")))
						buf_add_char(&pem, '\n');
				}
	s = arena_copy(a, buf_str(&pem));
	buf_free(&pem);
	return s;
}

static int64_t
time_of(CURL *c, CURLINFO what)
{
	curl_off_t us = 0;

	return curl_easy_getinfo(c, what, &us) == CURLE_OK ? (int64_t)us : 0;
}

/* Who answered and when. */
static void
note_connection(struct arena *a, struct taking *t, int64_t resolve_us, struct fetch_hop *hop)
{
	char *ip = NULL;
	long  port = 0;

	if (curl_easy_getinfo(t->curl, CURLINFO_PRIMARY_IP, &ip) == CURLE_OK && ip != NULL)
		hop->peer = arena_copy(a, str_of(ip));
	if (curl_easy_getinfo(t->curl, CURLINFO_PRIMARY_PORT, &port) == CURLE_OK)
		hop->peer_port = port;
	hop->resolved_us = resolve_us;
	hop->connected_us = resolve_us + time_of(t->curl, CURLINFO_CONNECT_TIME_T);
	if (t->tls_version[0] != '\0') {
		hop->secured_us = resolve_us + time_of(t->curl, CURLINFO_APPCONNECT_TIME_T);
		hop->tls.version = arena_copy(a, str_of(t->tls_version));
		hop->tls.cipher = arena_copy(a, str_of(t->tls_cipher));
		hop->tls.chain_pem = chain_pem(a, t->curl);
	}
	hop->first_byte_us = resolve_us + time_of(t->curl, CURLINFO_STARTTRANSFER_TIME_T);
}

struct str
fault_text(struct arena *a, struct str s)
{
	const bool is_utf8 = td_utf8_is_valid(bytes_of(s));
	char      *out = arena_take(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		out[i] = c < ' ' || c == 0x7f || (c > 0x7f && !is_utf8) ? '?' : s.p[i];
	}
	return (struct str){ out, s.n };
}

/* Not a reply of HTTP: kept as bytes, with the reason. */
static void
refuse(struct arena *a, const struct taking *t, struct str why, struct fetch_hop *hop)
{
	char *all = arena_take(a, t->head.n + t->framed.n + 1);

	if (t->head.n > 0)
		memcpy(all, t->head.p, t->head.n);
	if (t->framed.n > 0)
		memcpy(all + t->head.n, t->framed.p, t->framed.n);
	hop->is_refused = true;
	hop->status = 0;
	hop->head = (struct bytes){ 0 };
	hop->body = (struct bytes){ (const unsigned char *)all, t->head.n + t->framed.n };
	hop->fault = fault_text(a, why);
}

static void
note_cut(struct arena *a, const struct taking *t, CURLcode code, struct fetch_hop *hop)
{
	char text[96];

	if (t->is_over || hop->body.n > t->o->body_b) {
		hop->body.n = hop->body.n > t->o->body_b ? t->o->body_b : hop->body.n;
		snprintf(text, sizeof(text), "cut: more than the %zu bytes that we take", t->o->body_b);
		hop->cut = FETCH_CUT_LENGTH;
		hop->fault = arena_copy(a, str_of(text));
	} else if (code == CURLE_OPERATION_TIMEDOUT || t->is_stalled) {
		hop->cut = FETCH_CUT_TIME;
		hop->fault = STR("cut: the server was too slow; what came until then is kept");
	} else if (code != CURLE_OK) {
		hop->cut = FETCH_CUT_DISCONNECT;
		hop->fault = STR("cut: the connection ended before the page did; what came until then is kept");
	}
}

static void
note_body(struct arena *a, const struct taking *t, struct fetch_hop *hop)
{
	struct buf         plain = BUF_INIT(t->framed.limit);
	struct http_chunks chunks = { 0 };
	struct err         err;

	hop->framed_b = (int64_t)t->framed.n;
	td_sha256(buf_bytes(&t->framed), hop->framed_sha256);
	hop->is_chunked = t->is_chunked;
	if (!t->is_chunked) {
		hop->body = kept(a, &t->framed);
		return;
	}
	if (td_http_unchunk(&chunks, buf_bytes(&t->framed), &plain, &err) != ERR_OK)
		hop->fault = fault_text(a, str_of(err.text));
	hop->body = kept(a, &plain);
	buf_free(&plain);
}

/* What came becomes a reply, or says why it is none. */
static void
read_reply(struct arena *a, struct taking *t, CURLcode code, struct fetch_hop *hop)
{
	struct http_head head;
	struct err       err;
	char             why[256];

	if (t->head.n == 0) {
		refuse(a, t, STR("not a reply of HTTP/1 (no status line)"), hop);
		return;
	}
	if (code == CURLE_WEIRD_SERVER_REPLY || !t->head_ends || memchr(t->head.p, '\0', t->head.n) != NULL) {
		snprintf(why, sizeof(why), "not a reply of HTTP/1 (%.200s); what came before that is kept",
		    t->why[0] != '\0' ? t->why : "the head has no end");
		refuse(a, t, str_of(why), hop);
		return;
	}
	if (td_http_head(a, kept(a, &t->head), &head, &err) != ERR_OK) {
		refuse(a, t, str_of(err.text), hop);
		return;
	}
	if (!td_http_agree(&head, STR("Content-Length"))) {
		refuse(a, t, STR("the reply has two Content-Lengths that differ: nobody can say where it ends"), hop);
		return;
	}
	hop->head = kept(a, &t->head);
	hop->status = head.status;
	note_body(a, t, hop);
	note_cut(a, t, code, hop);
}

static enum err_code
perform(struct arena *a, struct taking *t, const struct url *u, const char *address, int64_t resolve_us,
	struct fetch_hop *hop, struct err *err)
{
	struct curl_slist *fields = curl_slist_append(NULL, "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
	struct curl_slist *more = fields ? curl_slist_append(fields, "Accept-Encoding: gzip, br") : NULL;
	struct curl_slist *host = curl_slist_append(NULL, address);
	char              *url = arena_take(a, hop->url.n + 1);
	CURLcode           code;
	enum err_code      result = ERR_OK;

	memcpy(url, hop->url.p, hop->url.n);
	t->curl = curl_easy_init();
	if (t->curl == NULL || more == NULL || host == NULL) {
		result = err_set(err, ERR_NOMEM, "out of memory");
		goto out;
	}
	set_limits(t->curl, t->o);
	set_manners(t->curl, more);
	set_callbacks(t->curl, t);
	curl_easy_setopt(t->curl, CURLOPT_RESOLVE, host);
	if (t->o->ca_file != NULL)
		curl_easy_setopt(t->curl, CURLOPT_CAINFO, t->o->ca_file);
	curl_easy_setopt(t->curl, CURLOPT_URL, url);
	t->heard_us = os_ticks_us();
	code = curl_easy_perform(t->curl);
	if (t->head.n == 0 && t->framed.n == 0) {
		result = say_failure(t, code, u, err);
		goto out;
	}
	hop->request = kept(a, &t->request);
	note_connection(a, t, resolve_us, hop);
	read_reply(a, t, code, hop);
out:
	curl_easy_cleanup(t->curl);
	curl_slist_free_all(fields);
	curl_slist_free_all(host);
	return result;
}

enum err_code
hop_take(const struct fetch_options *o, const struct ranges *allow, struct arena *a, const struct url *u,
	struct fetch_hop *ret, struct err *err)
{
	/* Chunk framing may be larger than the body; twice is for chunks of a few bytes. */
	struct taking    t = { .o = o, .allow = allow, .request = BUF_INIT(64 * KiB), .head = BUF_INIT(o->head_b),
		.framed = BUF_INIT(2 * o->body_b) };
	struct buf       line = BUF_INIT(8 * KiB), shown = BUF_INIT(4 * KiB);
	struct fetch_hop hop = { .url = td_url_write(a, u), .started_us = os_now_us() };
	int64_t          ticks = os_ticks_us();
	enum err_code    code = find_host(o, allow, u, &line, &shown, err);

	if (code == ERR_OK)
		code = perform(a, &t, u, line.p, os_ticks_us() - ticks, &hop, err);
	if (code == ERR_OK) {
		hop.addresses = arena_copy(a, buf_str(&shown));
		hop.ended_us = hop.started_us + (os_ticks_us() - ticks);
		*ret = hop;
	}
	buf_free(&t.request);
	buf_free(&t.head);
	buf_free(&t.framed);
	buf_free(&line);
	buf_free(&shown);
	return code;
}
