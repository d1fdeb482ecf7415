/* Each hop of a way as records: what was asked, what came, and how it was had. */
#include "capture/capture_private.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "http/message.h"
#include "os/clock.h"
#include "text/utf8.h"

void
put_str(struct json *j, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	td_json_key(j, name);
	td_json_str(j, td_utf8_is_valid(bytes_of(value)) ? value : STR("not UTF-8"));
}

void
put_i64(struct json *j, const char *name, int64_t value)
{
	td_json_key(j, name);
	td_json_i64(j, value);
}

/* How far the clock may be trusted: the kernel's own bound, and what the server thought the time was. */
static void
put_clock(struct json *j, struct arena *a, const struct fetch_hop *hop)
{
	struct http_head head;
	struct err       err;
	int64_t          error_us = os_clock_error_us();

	if (error_us >= 0)
		put_i64(j, "clock_error_us", error_us);
	else
		put_str(j, "clock", STR("no time service sets it; nobody vouches for these times"));
	if (!hop->is_refused && td_http_head(a, hop->head, &head, &err) == ERR_OK)
		put_str(j, "server_date", td_http_field(&head, STR("Date")));
}

/* How this hop was had: all that the bytes themselves do not say. */
static struct bytes
metadata(struct arena *a, const struct way *way, bool is_last, const struct fetch_hop *hop)
{
	struct buf   out = BUF_INIT(4 * MiB);
	struct json  j = { .out = &out };
	char         shown[CIVIL_SHOWN], hex[SHA256_HEX_B];
	struct bytes b;

	td_json_object(&j);
	put_str(&j, "software", STR("Tidings/" TIDINGS_VERSION));
	put_str(&j, "trigger", way->why);
	put_str(&j, "started", str_of(instant_iso_us(hop->started_us, shown)));
	put_str(&j, "ended", str_of(instant_iso_us(hop->ended_us, shown)));
	put_clock(&j, a, hop);
	put_i64(&j, "resolved_us", hop->resolved_us);
	put_i64(&j, "connected_us", hop->connected_us);
	put_i64(&j, "secured_us", hop->secured_us);
	put_i64(&j, "first_byte_us", hop->first_byte_us);
	if (hop->is_proxied)
		put_str(&j, "route", STR("through a proxy, which asked for the name; the server's address is not known"));
	put_str(&j, "dns", hop->addresses);
	put_str(&j, "peer", hop->peer);
	if (!hop->is_proxied)
		put_i64(&j, "peer_port", hop->peer_port);
	put_str(&j, "connection", hop->is_reused ? STR("kept from an earlier request") : STR("new"));
	put_str(&j, "tls_version", hop->tls.version);
	put_str(&j, "tls_cipher", hop->tls.cipher);
	if (hop->tls.is_resumed)
		put_str(&j, "tls_session", STR("resumed: the certificates were shown on an earlier connection"));
	put_str(&j, "tls_chain", hop->tls.chain_pem);
	put_str(&j, "framing", hop->is_chunked ? STR("chunked") : STR("plain"));
	if (!hop->is_refused) {
		put_i64(&j, "framed_bytes", hop->framed_b);
		put_str(&j, "framed_sha256", str_of(td_hex(hop->framed_sha256, SHA256_B, hex)));
	}
	put_str(&j, "truncated", str_of(fetch_cut_name[hop->cut]));
	put_str(&j, "fault", hop->fault);
	if (is_last)
		put_str(&j, "not_followed", way->not_followed);
	put_str(&j, "robots", way->robots);
	td_json_end(&j);
	b = bytes_of(arena_copy(a, buf_str(&out)));
	buf_free(&out);
	return b;
}

/* Head and body as one block; chunks are gone, and the head says that they were. */
static struct bytes
response_block(struct arena *a, const struct fetch_hop *hop, int64_t *ret_payload_at)
{
	struct buf head = BUF_INIT(2 * LIMIT_HEAD_B);
	char      *all;
	size_t     n;

	if (hop->is_chunked)
		td_http_unchunked_head(&head, hop->head, hop->body.n);
	else
		buf_add_bytes(&head, hop->head);
	n = head.n;
	all = arena_take(a, n + hop->body.n + 1);
	memcpy(all, head.p, n);
	if (hop->body.n > 0)
		memcpy(all + n, hop->body.p, hop->body.n);
	buf_free(&head);
	*ret_payload_at = (int64_t)n;
	return (struct bytes){ (const unsigned char *)all, n + hop->body.n };
}

/*
 * A body that is not as long as its head says (cut, or of a 304) is no whole message: without "msgtype=response" readers
 * take it for what it is.  The head itself stays as it came.
 */
static struct str
response_type(struct arena *a, const struct fetch_hop *hop)
{
	struct http_head head;
	struct err       err;
	struct str       said;
	int64_t          length;

	if (hop->is_refused)
		return STR("application/octet-stream");
	if (hop->is_chunked || td_http_head(a, hop->head, &head, &err) != ERR_OK)
		return STR("application/http;msgtype=response");
	said = td_http_field(&head, STR("Content-Length"));
	if (said.p != NULL && (!str_to_i64(said, 0, INT64_MAX, &length) || (size_t)length != hop->body.n))
		return STR("application/http");
	return STR("application/http;msgtype=response");
}

/* "TLSv1.3" as the field has it: "http/1.1, tls/1.3". */
static struct str
protocols(struct arena *a, struct str version)
{
	char text[64];

	snprintf(text, sizeof(text), "http/1.1, tls/%" STR_FMT, STR_ARG(str_starts(version, STR("TLSv")) ? str_sub(version, 4, version.n) : version));
	return arena_copy(a, str_of(text));
}

int64_t
add_hop(struct arena *a, const struct way *way, bool is_last, const struct fetch_hop *hop, size_t *n, struct store_record_new *list)
{
	const struct store_record_new common = { .target_url = hop->url, .date_us = hop->started_us, .ip = hop->peer,
		.protocol = hop->tls.version.n > 0 ? protocols(a, hop->tls.version) : STR("http/1.1"), .tls = hop->tls.cipher, .payload_at = -1 };
	struct store_record_new *v = &list[*n];
	struct id                response = os_random_uuid();

	for (size_t i = 0; i < RECORDS_A_HOP; i++) {
		v[i] = common;
		v[i].uuid = i == 1 ? response : os_random_uuid();
		if (i != 1)
			v[i].concurrent_to = response;
	}
	v[0].type = RECORD_REQUEST;
	v[0].content_type = STR("application/http;msgtype=request");
	v[0].block = hop->request;
	v[1].type = hop->is_refused ? RECORD_METADATA : RECORD_RESPONSE;
	v[1].content_type = response_type(a, hop);
	v[1].truncated = str_of(fetch_cut_name[hop->cut]);
	v[1].block = hop->is_refused ? hop->body : response_block(a, hop, &v[1].payload_at);
	v[2].type = RECORD_METADATA;
	v[2].content_type = STR("application/json");
	/* Of no address: readers that replay by address would show it in the page's place. */
	v[2].ip = v[2].protocol = v[2].tls = v[2].target_url = STR("");
	v[2].block = metadata(a, way, is_last, hop);
	*n += RECORDS_A_HOP;
	return hop->is_refused ? -1 : (int64_t)*n - 2;
}
