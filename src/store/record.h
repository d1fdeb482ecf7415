/*
 * record - what the store can be asked about single WARC records; part of store/verbs.h.
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "base/arena.h"
#include "base/id.h"

enum record_type { RECORD_REQUEST, RECORD_RESPONSE, RECORD_METADATA, RECORD_RESOURCE, RECORD_REVISIT, RECORD_CONVERSION,
	RECORD_TYPE__COUNT };
extern const char *const record_type_name[RECORD_TYPE__COUNT];     /* WARC-Type */

struct store_record {
	struct id        uuid;
	enum record_type type;
	struct str       target_url, content_type, segment;   /* segment: "20261124-000001.warc.gz" */
	int64_t          offset, length;                      /* of the gzip member in the segment */
	int64_t          block_b, payload_at;
	unsigned char    sha256[32];                          /* of the whole record, uncompressed */
	unsigned char    payload_sha256[32];
};

struct store_record_name {
	struct id capture;
	int64_t   index;                     /* in capture.records */
};

struct store_record_bytes {
	struct store_record record;
	struct bytes        block;
};

/* A record as its file has it: the gzip member. */
struct store_record_member {
	struct bytes  member;
	unsigned char sha256[32];            /* of it */
};

/*
 * A reply that is held in full: of this address and date; else with this
 * payload ("sha256:…"); with no date and no digest the newest of this address.
 */
struct store_record_ask {
	struct str digest, url;
	int64_t    date_us;
};

struct store_record_found {
	struct id           capture;         /* none: there is no such reply here */
	int64_t             index, date_us;  /* date_us: its WARC-Date */
	struct store_record record;
};

#endif
