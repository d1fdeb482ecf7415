/* What came over the wire becomes a reply, or says why it is none. */
#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "fetch/fetch_private.h"
#include "http/message.h"
#include "text/utf8.h"

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

static int64_t
time_of(CURL *c, CURLINFO what)
{
	curl_off_t us = 0;

	return curl_easy_getinfo(c, what, &us) == CURLE_OK ? (int64_t)us : 0;
}

/* Who answered and when. */
static void
note_connection(struct hop *h, struct fetch_hop *r)
{
	long port = 0;

	r->is_proxied = h->route->is_proxied;
	r->is_reused = !h->is_opened;
	if (!r->is_proxied && curl_easy_getinfo(h->curl, CURLINFO_PRIMARY_PORT, &port) == CURLE_OK) {
		r->peer = str_of(h->peer);
		r->peer_port = port;
	}
	r->addresses = buf_str(&h->addresses);
	r->resolved_us = h->resolved_us;
	r->connected_us = h->resolved_us + time_of(h->curl, CURLINFO_CONNECT_TIME_T);
	r->first_byte_us = h->resolved_us + time_of(h->curl, CURLINFO_STARTTRANSFER_TIME_T);
	if (h->tls_version[0] == '\0')
		return;
	r->secured_us = h->resolved_us + time_of(h->curl, CURLINFO_APPCONNECT_TIME_T);
	r->tls = (struct fetch_tls){ str_of(h->tls_version), str_of(h->tls_cipher), buf_str(&h->pem), h->is_resumed };
}

/* Not a reply of HTTP: kept as bytes, with the reason. */
static void
refuse(struct arena *a, struct hop *h, struct str why, struct fetch_hop *r)
{
	buf_free(&h->plain);
	h->plain.limit = h->head.n + h->framed.n;
	buf_add(&h->plain, buf_str(&h->head));
	buf_add(&h->plain, buf_str(&h->framed));
	r->is_refused = true;
	r->status = 0;
	r->head = (struct bytes){ 0 };
	r->body = buf_bytes(&h->plain);
	r->fault = fault_text(a, why);
}

static void
note_cut(struct arena *a, const struct hop *h, struct fetch_hop *r)
{
	char text[96];

	if (h->is_over || r->body.n > h->body_b) {
		r->body.n = r->body.n > h->body_b ? h->body_b : r->body.n;
		snprintf(text, sizeof(text), "cut: more than the %zu bytes that we take", h->body_b);
		r->cut = FETCH_CUT_LENGTH;
		r->fault = arena_copy(a, str_of(text));
	} else if (h->code == CURLE_OPERATION_TIMEDOUT || h->is_stalled) {
		r->cut = FETCH_CUT_TIME;
		r->fault = STR("cut: the server was too slow; what came until then is kept");
	} else if (h->code != CURLE_OK) {
		r->cut = FETCH_CUT_DISCONNECT;
		r->fault = STR("cut: the connection ended before the page did; what came until then is kept");
	}
}

static void
note_body(struct arena *a, struct hop *h, struct fetch_hop *r)
{
	struct http_chunks chunks = { 0 };
	struct err         err;

	r->framed_b = (int64_t)h->framed.n;
	td_sha256(buf_bytes(&h->framed), r->framed_sha256);
	r->is_chunked = h->is_chunked;
	r->body = buf_bytes(&h->framed);
	if (!h->is_chunked)
		return;
	h->plain.limit = h->framed.limit;
	if (td_http_unchunk(&chunks, buf_bytes(&h->framed), &h->plain, &err) != ERR_OK)
		r->fault = fault_text(a, str_of(err.text));
	r->body = buf_bytes(&h->plain);
	buf_free(&h->framed);
}

void
reply_read(struct arena *a, struct hop *h, struct fetch_hop *r)
{
	struct http_head head;
	struct err       err;
	char             why[256];

	*r = (struct fetch_hop){ .url = h->target, .request = buf_bytes(&h->request), .started_us = h->started_us,
		.ended_us = h->ended_us };
	note_connection(h, r);
	if (h->head.n == 0) {
		refuse(a, h, STR("not a reply of HTTP/1 (no status line)"), r);
	} else if (h->code == CURLE_WEIRD_SERVER_REPLY || !h->head_ends || memchr(h->head.p, '\0', h->head.n) != NULL) {
		/* When it was we who stopped, curl has only that to say. */
		snprintf(why, sizeof(why), "not a reply of HTTP/1 (%.200s); what came before that is kept",
		    h->is_stalled ? "the head did not end in time" : h->why[0] != '\0' ? h->why : "the head has no end");
		refuse(a, h, str_of(why), r);
	} else if (td_http_head(a, buf_bytes(&h->head), &head, &err) != ERR_OK) {
		refuse(a, h, str_of(err.text), r);
	} else if (!td_http_agree(&head, STR("Content-Length"))) {
		refuse(a, h, STR("the reply has two Content-Lengths that differ: nobody can say where it ends"), r);
	} else {
		r->head = buf_bytes(&h->head);
		r->status = head.status;
		note_body(a, h, r);
		note_cut(a, h, r);
	}
}

void
reply_move(struct arena *a, struct hop *h, struct fetch_hop *r)
{
	struct buf   *b = r->body.p == buf_bytes(&h->plain).p ? &h->plain : r->body.p == buf_bytes(&h->framed).p ? &h->framed : NULL;
	struct str   *text[] = { &r->url, &r->addresses, &r->peer, &r->tls.version, &r->tls.cipher, &r->tls.chain_pem, &r->fault };
	struct bytes *bytes[] = { &r->request, &r->head };

	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++)
		*text[i] = arena_copy(a, *text[i]);
	for (size_t i = 0; i < sizeof(bytes) / sizeof(*bytes); i++)
		*bytes[i] = bytes_of(arena_copy(a, bytes_as_str(*bytes[i])));
	/* The body may be most of what there is: its memory changes hands. */
	if (r->body.n > 0 && b != NULL)
		r->body.p = bytes_of(buf_keep(b, a)).p;
	else
		r->body = bytes_of(arena_copy(a, bytes_as_str(r->body)));
}

struct str
reply_location(struct arena *a, const struct fetch_hop *r)
{
	struct http_head head;
	struct err       err;
	bool             moved = (r->status >= 301 && r->status <= 303) || r->status == 307 || r->status == 308;

	if (!moved || r->is_refused || td_http_head(a, r->head, &head, &err) != ERR_OK)
		return (struct str){ 0 };
	return td_http_field(&head, STR("Location"));
}
