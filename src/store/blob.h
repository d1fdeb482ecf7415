/*
 * blob - evidence on disk: WARC records in segments, appended, never changed.
 *
 * The only way to the files in captures/.  A segment is YYYYMMDD-NNNNNN.warc.gz,
 * one gzip member a record, a warcinfo record first.  Appends become part of
 * the desk when blob_settle() is called after the database has committed; what
 * was appended before that is cut off by blob_abandon(); after a crash the next start
 * brings in whole captures and cuts off the rest.
 *
 *     blob_begin(s, err);
 *     blob_append(s, &header, block, -1, false, &place, err);     any number
 *     blob_sync(s, err);
 *     ... rows, COMMIT ...
 *     blob_settle(s);
 */
#ifndef STORE_BLOB_H
#define STORE_BLOB_H

#include "base/buf.h"
#include "base/err.h"
#include "store/sealed.h"
#include "warc/write.h"

struct store;

#define SEGMENT_NAME 40

struct blobs {
	int     fd;                          /* of the open segment; -1: none */
	char    name[SEGMENT_NAME];
	char    day[9];
	int64_t committed, end;              /* bytes acknowledged, bytes written */
	bool    touched;                     /* something was appended in this transaction */
	bool    is_new;                      /* the file was made in this transaction */
	char    old[SEGMENT_NAME];           /* the segment that this one follows, to be made read-only; "": none */
};

struct blob_place {
	char    segment[SEGMENT_NAME];
	int64_t offset, length;
	unsigned char member_sha256[32];     /* of the gzip member */
	struct warc_written written;
	bool                is_sealed;
	unsigned char       key[SEAL_KEY_B]; /* that seals it */
};

/* A record where it stands. */
struct blob_ref {
	char                 segment[SEGMENT_NAME];
	int64_t              offset, length;
	struct id            uuid;
	bool                 is_sealed;
	unsigned char        key[SEAL_KEY_B];
};

/* Brings in what a crash left whole and cuts off the rest (recover.c). */
enum err_code blob_open(struct store *, struct err *) MUST_USE;
void          blob_close(struct store *);
/* Opens today's segment; seals the one before when it is full or of another day. */
enum err_code blob_begin(struct store *, struct err *) MUST_USE;
/* seals: under a new key, which is in *ret and nowhere else. */
enum err_code blob_append(struct store *, const struct warc_header *, struct bytes block, int64_t payload_at, bool seals,
	struct blob_place *ret, struct err *) MUST_USE;
enum err_code blob_sync(struct store *, struct err *) MUST_USE;
void          blob_settle(struct store *);
void          blob_abandon(struct store *);

/*
 * One record, uncompressed and opened, and the hash of its bytes in the file (may be NULL; also set on
 * ERR_FORMAT).  ERR_MISSING; ERR_FORMAT: no gzip member of that length, or it does not open.
 */
enum err_code blob_read(struct store *, const struct blob_ref *, struct buf *ret, unsigned char ret_sha256[32],
	struct err *) MUST_USE;
/* Its gzip member, opened. */
enum err_code blob_read_member(struct store *, const struct blob_ref *, struct buf *ret, struct err *) MUST_USE;
/* Where a record stands, and its key when it is sealed.  ERR_MISSING: no row has this id. */
enum err_code blob_find(struct store *, const struct id *uuid, struct blob_ref *ret, struct err *) MUST_USE;

/* ── for recovery ─────────────────────────────────────────────────────── */

int           blob_file(struct store *, const char *name, int flags);
/* The open segment gets no more: its hash goes into the ledger. */
enum err_code blob_seal(struct store *, struct err *) MUST_USE;
/* The rows of a segment and of the warcinfo record that it begins with. */
void          blob_add_rows(struct store *, const char day[9], const struct id *uuid, const struct blob_place *info,
	size_t record_n);

#endif
