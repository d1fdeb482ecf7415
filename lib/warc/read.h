/*
 * warc/read - anybody's WARC file, record by record (ISO 28500:2017, and 1.0).
 *
 * Plain or gzip.  Whatever is odd is a finding with its offset: a fault when
 * the standard forbids it or bytes are wrong, a note when readers differ but
 * the content is sound.  td_warc_is_accepted() is the verdict that most of
 * warcio, jwarc and JWAT give: two kinds of notes, each of which another one
 * refuses, outvote the third.  Linear time; a record takes at most `limit_b` bytes
 * unpacked.  What the reader gives lives until the next td_warc_next().
 *
 *     struct warc_reader r;
 *     struct warc_record record;
 *     td_warc_open(&r, file, LIMIT_BODY_B + MiB);
 *     while (td_warc_next(&r, &record))
 *         ... td_warc_field(&record, STR("WARC-Target-URI")) ...
 *     if (r.faults_n > 0) ... r.finding[0].what ...
 *     td_warc_close(&r);
 */
#ifndef WARC_READ_H
#define WARC_READ_H

#include "base/buf.h"

enum { WARC_FIELDS_N = 256, WARC_FINDINGS_N = 64 };

/* Readers that others judge by; each refuses something that the others take. */
enum warc_judge { WARC_WARCIO = 1, WARC_JWARC = 2, WARC_JWAT = 4 };

struct warc_field {
	struct str name, value;       /* value without the spaces round it; a folded one still holds its line ends */
};

struct warc_finding {
	size_t      at;               /* of the record, or of its gzip member, in the file */
	bool        is_fault;
	const char *what;             /* a sentence's middle: "the block does not match its digest" */
};

struct warc_record {
	size_t            at;         /* in the file: of the record, or of its gzip member */
	struct str        version;    /* "WARC/1.1" */
	const struct warc_field *fields;
	size_t            fields_n;
	struct bytes      block;
	int64_t           payload_at; /* in the block, behind the HTTP head; 0 when the block is the payload */
	bool              is_http;    /* the block is an HTTP message */
	bool              is_cut;     /* the file ends before the block does */
};

struct warc_reader {
	struct bytes        file, data;       /* data: what records are taken from, the file or one member unpacked */
	size_t              at, data_at;      /* next member in the file; next record in the data */
	size_t              limit_b, member_at, in_member_n;
	bool                is_gzip, is_over;
	bool                skips_digests;    /* set after opening: heads and lengths only, for an index */
	struct buf          unpacked;
	struct warc_field   field[WARC_FIELDS_N], http[WARC_FIELDS_N];
	struct warc_finding finding[WARC_FINDINGS_N];
	size_t              findings_n;       /* those kept in finding[] */
	size_t              faults_n, notes_n, records_n;   /* all of them */
	unsigned            refused_by;       /* enum warc_judge, or'ed: which refuse something that is a note here */
};

void       td_warc_open(struct warc_reader *, struct bytes file, size_t limit_b);
bool       td_warc_next(struct warc_reader *, struct warc_record *ret);       /* false: no more can be read */
void       td_warc_close(struct warc_reader *);

/* After the last record: do at least two of the three judges take the file?  Not meant with skips_digests. */
bool       td_warc_is_accepted(const struct warc_reader *);

/* The first field of that name (ASCII case ignored); p is NULL when there is none. */
struct str td_warc_field(const struct warc_record *, struct str name);

#endif
