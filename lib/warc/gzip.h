/*
 * gzip - one WARC record as one gzip member (RFC 1952), and back.
 *
 * The header is always the same (no name, no time), so equal records make
 * equal bytes.  libdeflate needs the whole record in memory, which we have
 * anyway, and checks the CRC when it reads.
 */
#ifndef WARC_GZIP_H
#define WARC_GZIP_H

#include "base/buf.h"
#include "base/err.h"

/* Small: level 6.  Fast: level 1, half the time for some 4 % more bytes. */
enum gzip_effort { GZIP_SMALL, GZIP_FAST };

/* Append the member.  ERR_LIMIT: it does not fit out's limit; ERR_NOMEM. */
enum err_code td_gzip_member(struct buf *out, struct bytes record, enum gzip_effort, struct err *) MUST_USE;

/*
 * Append a member that is not packed: `record` in `blocks_n` stored blocks, the
 * last of which may be empty, 18 + 5 * blocks_n + record.n bytes in all (RFC 1951
 * section 3.2.4).  For a member whose length is given.  false: more than blocks_n
 * * 65535 bytes, or it does not fit.
 */
bool          td_gzip_stored(struct buf *out, struct bytes record, size_t blocks_n) MUST_USE;

/*
 * Append what the member at the front of `in` holds, at most limit_b bytes;
 * *ret_used is its length.  ERR_FORMAT: no gzip member, cut, or its checksum is
 * wrong; ERR_LIMIT: it holds more.
 */
enum err_code td_gunzip_member(struct buf *out, struct bytes in, size_t limit_b, size_t *ret_used, struct err *) MUST_USE;

#endif
