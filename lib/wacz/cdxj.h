/*
 * cdxj - the index of a WARC file that replay tools read (CDXJ 0.1.0 of the Webrecorder specs).
 *
 *     org,example)/story 20180627093000 {"url":"https://example.org/story","mime":"text/html",…}
 *
 * A line is the address turned round (SURT), the time to the second and one
 * JSON object; lines are sorted bytewise by whoever has them all.
 */
#ifndef WACZ_CDXJ_H
#define WACZ_CDXJ_H

#include "base/arena.h"
#include "base/buf.h"

struct cdxj_entry {
	struct str    url, mime, filename;
	struct str    digest;                /* of the payload, "sha256:…"; "": not known */
	int64_t       status;                /* 0: not said */
	int64_t       date_us, offset, length;
	unsigned char member_sha256[32];
};

/* "org,example)/story?a=1&b=2": lower case, no www, sorted query; an address that cannot be read stands as it is. */
struct str td_surt(struct arena *, struct str url);
/* Without its line end. */
void       td_cdxj_write(struct arena *, struct buf *out, const struct cdxj_entry *);

#endif
