/*
 * split - the documents of a WARC file of any length, a piece of the file at a time.
 *
 * A locked child looks at each piece; it only takes records apart, so that each
 * document is still read by a child of its own.  The caller keeps the place:
 *
 *     struct split_ask ask = { .piece = { bytes, n }, .is_last = at_end };
 *     struct split     s;
 *     extract_split(jail, &arena, &ask, &s, err);
 *     ... s.found ... s.faults ...
 *     ask.skip = s.skip, ask.is_lost = s.is_lost;     // go on at s.used of the piece, or with a larger piece when s.wants_more
 *
 * Responses are kept unless they redirect; resources and conversions too; of
 * these only what the reader can read (HTML, text, mail, PDF ...).
 */
#ifndef EXTRACT_SPLIT_H
#define EXTRACT_SPLIT_H

#include "extract/extract.h"

#define SPLIT_PIECE_B     (4 * MiB)                     /* a piece to begin with */
#define SPLIT_PIECE_MAX_B (LIMIT_BODY_B + MiB / 2)      /* one that is not wholly understood in so much is lost */

struct split_ask {
	struct bytes piece;
	int64_t      skip;              /* records of the first gzip member that were given before */
	bool         is_last;           /* the file ends with the piece */
	bool         is_lost;           /* the piece need not begin with a record: look for one */
};

/* One document, and where it stood. */
struct split_found {
	struct extract_record record;   /* its offset counts from the piece's start */
	struct extract_ask    ask;
};

extern const struct wire_desc split_found_desc;

struct split_fault {
	int64_t    at;                  /* from the piece's start */
	struct str what;                /* "a gzip member is broken or cut short" */
};

struct split {
	struct { struct split_found *v; size_t n; } found;
	struct { struct split_fault *v; size_t n; } faults;
	int64_t used;                   /* the next piece begins here; may be past the piece's end: skip the file so far */
	int64_t skip;                   /* for the next ask */
	int64_t records, others;        /* seen; of these no documents */
	bool    is_lost, wants_more;
};

/* ERR_FORMAT, ERR_LIMIT: nothing can be made of this piece; go on behind it with is_lost. */
enum err_code extract_split(struct jail *, struct arena *, const struct split_ask *, struct split *ret, struct err *) MUST_USE;

/* The row JAIL_SPLIT. */
void extract_split_warm_up(void);
int  extract_split_work(struct bytes ask, struct buf *answer);

#endif
