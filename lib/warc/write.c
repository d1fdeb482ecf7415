#include "warc/write.h"

#include "base/civil.h"
#include "crypto/sha256.h"

/* A header value ends at CR LF, so a stranger's bytes must hold neither. */
static void
put_clean(struct buf *out, struct str v)
{
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] != '\r' && v.p[i] != '\n' && v.p[i] != '\0')
			buf_add_char(out, v.p[i]);
}

static void
put_field(struct buf *out, const char *name, struct str v)
{
	if (v.n == 0)
		return;
	buf_addf(out, "%s: ", name);
	put_clean(out, v);
	buf_add(out, STR("\r\n"));
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* RFC 3986 section 2: unreserved, reserved, and "%" before two hex digits. */
static bool
may_stand_in_uri(struct str v, size_t i)
{
	unsigned char c = (unsigned char)v.p[i];

	if (c == '%')
		return i + 2 < v.n && is_hex(v.p[i + 1]) && is_hex(v.p[i + 2]);
	return c > 0x20 && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL;
}

static void
put_uri(struct buf *out, const char *name, struct str v)
{
	if (v.n == 0)
		return;
	buf_addf(out, "%s: ", name);
	for (size_t i = 0; i < v.n; i++) {
		if (may_stand_in_uri(v, i))
			buf_add_char(out, v.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned char)v.p[i]);
	}
	buf_add(out, STR("\r\n"));
}

static void
put_id(struct buf *out, const char *name, const struct id *id)
{
	char urn[WARC_URN];

	if (!id_is_none(id))
		buf_addf(out, "%s: <%s>\r\n", name, td_warc_urn(id, urn));
}

static void
put_date(struct buf *out, const char *name, int64_t us)
{
	char shown[CIVIL_SHOWN];

	put_field(out, name, str_of(instant_iso_us(us, shown)));
}

static void
put_digest(struct buf *out, const char *name, const unsigned char sum[SHA256_B])
{
	char hex[SHA256_HEX_B];

	buf_addf(out, "%s: sha256:%s\r\n", name, td_hex(sum, SHA256_B, hex));
}

/* One WARC-Protocol line each: the field may repeat, its value is one protocol. */
static void
put_protocols(struct buf *out, struct str all)
{
	struct str one;

	while (str_cut(&all, ',', &one))
		put_field(out, "WARC-Protocol", str_trim(one));
}

const char *
td_warc_urn(const struct id *id, char out[WARC_URN])
{
	char   hex[2 * sizeof(id->b) + 1];
	char  *p = out;

	td_hex(id->b, sizeof(id->b), hex);
	memcpy(p, "urn:uuid:", 9);
	p += 9;
	for (size_t i = 0; i < 2 * sizeof(id->b); i++) {
		if (i == 8 || i == 12 || i == 16 || i == 20)
			*p++ = '-';
		*p++ = hex[i];
	}
	*p = '\0';
	return out;
}

static void
put_header(struct buf *out, const struct warc_header *h, size_t block_n, const struct warc_written *w,
	bool has_payload)
{
	buf_add(out, STR("WARC/1.1\r\n"));
	put_field(out, "WARC-Type", h->type);
	put_id(out, "WARC-Record-ID", &h->uuid);
	put_date(out, "WARC-Date", h->date_us);
	put_field(out, "WARC-Filename", h->filename);
	put_uri(out, "WARC-Target-URI", h->target_url);
	put_id(out, "WARC-Concurrent-To", &h->concurrent_to);
	put_id(out, "WARC-Refers-To", &h->refers_to);
	put_field(out, "WARC-IP-Address", h->ip);
	put_protocols(out, h->protocol);
	put_field(out, "WARC-Cipher-Suite", h->tls);
	put_field(out, "WARC-Profile", h->profile);
	if (h->refers_to_url.n > 0) {
		put_uri(out, "WARC-Refers-To-Target-URI", h->refers_to_url);
		if (h->refers_to_date_us != 0)
			put_date(out, "WARC-Refers-To-Date", h->refers_to_date_us);
	}
	put_field(out, "WARC-Truncated", h->truncated);
	put_digest(out, "WARC-Block-Digest", w->block_sha256);
	if (h->payload_digest.n > 0)
		put_field(out, "WARC-Payload-Digest", h->payload_digest);
	else if (has_payload)
		put_digest(out, "WARC-Payload-Digest", w->payload_sha256);
	put_field(out, "Content-Type", h->content_type);
	buf_addf(out, "Content-Length: %zu\r\n\r\n", block_n);
}

void
td_warc_write(struct buf *out, const struct warc_header *h, struct bytes block, int64_t payload_at,
	struct warc_written *ret)
{
	struct warc_written w = { 0 };
	size_t              start = out->n;
	bool                has_payload = payload_at >= 0 && (uint64_t)payload_at <= block.n;

	td_sha256(block, w.block_sha256);
	if (h->original_payload_sha256 != NULL) {
		memcpy(w.payload_sha256, h->original_payload_sha256, SHA256_B);
		has_payload = true;
	} else if (has_payload) {
		td_sha256((struct bytes){ block.p + payload_at, block.n - (size_t)payload_at }, w.payload_sha256);
	}
	put_header(out, h, block.n, &w, has_payload);
	w.block_at = out->n - start;
	buf_add_bytes(out, block);
	if (!out->failed)
		td_sha256((struct bytes){ (unsigned char *)out->p + start, out->n - start }, w.record_sha256);
	buf_add(out, STR("\r\n\r\n"));
	if (!out->failed)
		*ret = w;
}

void
td_warc_info(struct buf *out, const struct id *uuid, int64_t date_us, struct str filename, struct str software,
	struct warc_written *ret)
{
	struct buf         block = BUF_INIT(4096);
	struct warc_header h = { .type = STR("warcinfo"), .uuid = *uuid, .date_us = date_us, .filename = filename,
		.content_type = STR("application/warc-fields") };

	put_field(&block, "software", software);
	put_field(&block, "format", STR("WARC File Format 1.1"));
	put_field(&block, "conformsTo", STR("https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"));
	if (block.failed)
		out->failed = true;
	td_warc_write(out, &h, buf_bytes(&block), -1, ret);
	buf_free(&block);
}
