/*
 * warc/write - one WARC/1.1 record as bytes (ISO 28500:2017).
 *
 * Header block, block, two CRLF; digests are "sha256:" and lower-case hex,
 * dates have microseconds, the id is <urn:uuid:…>.  A record is one value:
 * the store compresses it into one gzip member and appends it.
 *
 * Header values are cleaned of CR, LF and NUL; what may not stand in a URI
 * (RFC 3986 section 2) is percent-encoded.  WARC-Payload-Digest is written only
 * when payload_at >= 0 and the payload is what all readers hash alike: never
 * for a body that still is in chunks.
 */
#ifndef WARC_WRITE_H
#define WARC_WRITE_H

#include "base/buf.h"
#include "base/id.h"

struct warc_header {
	struct str type;               /* "response" */
	struct id  uuid, concurrent_to;
	struct id  refers_to;          /* conversion: the record it was made from */
	struct str target_url;         /* "": none (warcinfo) */
	struct str content_type;
	struct str ip, protocol, tls, truncated, filename;   /* "": not written; protocol may hold several, comma-separated */
	struct str refers_to_url;      /* revisit */
	struct str profile;            /* revisit */
	const unsigned char *original_payload_sha256;        /* revisit: 32 bytes, the payload that was not stored again; or NULL */
	struct str payload_digest;     /* revisit out of a foreign file: its digest in its own words, "sha1:…"; "": see above */
	int64_t    date_us, refers_to_date_us;
};

#define WARC_URN 46                /* "urn:uuid:" + 36 characters + NUL */

/* What was written, for the index. */
struct warc_written {
	unsigned char record_sha256[32];    /* of everything appended, without the two CRLF at the end */
	unsigned char block_sha256[32], payload_sha256[32];
	size_t        block_at;             /* offset of the block in what was appended */
};

/* payload_at: offset in block, -1: no payload.  out->failed when it did not fit. */
void td_warc_write(struct buf *out, const struct warc_header *, struct bytes block, int64_t payload_at,
	struct warc_written *ret);

/* The record every file begins with; software is "Tidings/0.1.0".  No host, no person: the file may be handed out. */
void td_warc_info(struct buf *out, const struct id *uuid, int64_t date_us, struct str filename, struct str software,
	struct warc_written *ret);

/* "urn:uuid:…", all 128 bits as they are: whoever makes ids may set version and variant (RFC 9562 section 5.4). */
const char *td_warc_urn(const struct id *, char out[WARC_URN]);

#endif
