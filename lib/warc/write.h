/*
 * warc/write - one WARC/1.1 record as bytes (ISO 28500:2017).
 *
 * Header block, block, two CRLF; digests are "sha256:" and lower-case hex,
 * dates have microseconds, the id is <urn:uuid:…>.  A record is one value:
 * the store compresses it into one gzip member and appends it.
 *
 * Header values are cleaned of CR, LF and NUL; a target URI with anything but
 * visible ASCII in it is percent-encoded.  WARC-Payload-Digest is written only
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
	struct str target_url;         /* "": none (warcinfo) */
	struct str content_type;
	struct str ip, protocol, tls, truncated, filename;   /* "": not written; protocol may hold several, comma-separated */
	struct str refers_to_url;      /* revisit */
	struct str profile;            /* revisit */
	int64_t    date_us, refers_to_date_us;
};

/* What was written, for the index. */
struct warc_written {
	unsigned char record_sha256[32];    /* of everything appended, without the two CRLF at the end */
	unsigned char block_sha256[32], payload_sha256[32];
	size_t        block_at;             /* offset of the block in what was appended */
};

/* payload_at: offset in block, -1: no payload.  out->failed when it did not fit. */
void td_warc_write(struct buf *out, const struct warc_header *, struct bytes block, int64_t payload_at,
	struct warc_written *ret);

#endif
