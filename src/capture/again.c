/* An address that the desk holds: it is asked whether it is still so, and "not modified" is kept as a revisit of what is here. */
#include <stdio.h>

#include "base/limits.h"
#include "capture/capture_private.h"
#include "crypto/sha256.h"
#include "http/message.h"

#define OK_STATUS "HTTP/1.1 200"

/* Its head, and what the server marked that version with; false: nothing to ask by. */
static bool
take_validators(struct arena *a, struct bytes block, int64_t payload_at, bool wants_body, struct earlier *e)
{
	struct http_head head;
	struct err       err;

	e->head = bytes_of(arena_copy(a, (struct str){ (const char *)block.p, (size_t)payload_at }));
	if (wants_body)
		e->body = bytes_of(arena_copy(a, (struct str){ (const char *)block.p + payload_at, block.n - (size_t)payload_at }));
	if (!str_starts(bytes_as_str(e->head), STR(OK_STATUS)) || td_http_head(a, e->head, &head, &err) != ERR_OK)
		return false;
	e->etag = td_http_field(&head, STR("ETag"));
	e->last_modified = td_http_field(&head, STR("Last-Modified"));
	return e->etag.n + e->last_modified.n > 0;
}

/* In an arena that goes away: a page may have many large pictures, and of those only the heads are needed. */
static bool
read_earlier(const struct capture_room *room, struct arena *own, struct str url, struct store_record_found *found, struct store_record_bytes *read)
{
	struct err err;

	return store_record_find(room->link, own, &(struct store_record_ask){ .url = url }, found, &err) == ERR_OK &&
	    !id_is_none(&found->capture) && found->record.block_b <= (int64_t)LIMIT_RESOURCE_B &&
	    store_record_read(room->link, own, &(struct store_record_name){ found->capture, found->index }, read, &err) == ERR_OK &&
	    read->record.payload_at > 0 && read->record.payload_at <= (int64_t)read->block.n;
}

bool
find_earlier(const struct capture_room *room, struct arena *a, struct str url, bool wants_body, struct earlier *ret)
{
	struct earlier            e = { .url = url };
	struct store_record_found found;
	struct store_record_bytes read;
	struct arena              own;
	bool                      good;
	char                      hex[SHA256_HEX_B], text[SHA256_HEX_B + 8];

	/* Through a proxy nobody shall see that we were here before: a validator is as good as a cookie. */
	if (!str_eq(fetch_route(room->fetch), STR("direct")))
		return false;
	arena_init(&own, 4 * LIMIT_RESOURCE_B, a->full, a->full_arg);
	good = read_earlier(room, &own, url, &found, &read) && take_validators(a, read.block, read.record.payload_at, wants_body, &e);
	if (good) {
		e.date_us = found.date_us;
		snprintf(text, sizeof(text), "sha256:%s", td_hex(read.record.payload_sha256, SHA256_B, hex));
		e.digest = arena_copy(a, str_of(text));
		*ret = e;
	}
	arena_free(&own);
	return good;
}

void
as_not_modified(const struct earlier *e, struct store_record_new *r)
{
	r->type = RECORD_REVISIT;
	r->payload_at = -1;
	r->profile = STR("http://netpreserve.org/warc/1.1/revisit/server-not-modified");
	r->refers_to_url = e->url;
	r->refers_to_date_us = e->date_us;
	r->payload_digest = e->digest;
}
