/* erase_private - what an erasure concerns; shared by erase_look.c (says it) and erase.c (does it). */
#ifndef STORE_ERASE_PRIVATE_H
#define STORE_ERASE_PRIVATE_H

#include "store/store_private.h"

struct erase_capture {
	int64_t   seq, records;
	struct id id;
	bool      is_sealed, is_gone;
};

struct erase_note {
	int64_t    seq;
	struct id  id;
	bool       stays;                /* it is public */
	struct str heading;
	int64_t    published_us;
};

struct erase_plan {
	int64_t    root, article, held_us;      /* article: 0: none */
	struct id  id;
	struct str url, final_url;
	struct { struct erase_capture *v; size_t n; } captures;       /* the page's own first, then its files' and text's */
	struct { struct erase_note *v; size_t n; } notes;
	struct { int64_t *v; size_t n; } entries;                     /* whose statements go */
};

/* What the ledger says of a tombstone. */
struct tombstone_row {
	struct blob_ref at;              /* uuid: of the record that stands there now */
	unsigned char   sha256[32], file_sha256[32];
	int64_t         erasure;
	bool            is_full;         /* the segment was full: file_sha256 is its hash from then on */
};

/* The lines of its statement; how many. */
size_t        tombstone_lines(struct arena *, const struct tombstone_row *, struct ledger_line **ret);

/* ERR_MISSING: no such capture. */
enum err_code erase_plan_make(struct store *, struct arena *, const struct id *capture, struct erase_plan *ret, struct err *) MUST_USE;
/* The plan in words of the verbs, with what stays elsewhere. */
void          erase_tell(struct store *, struct arena *, const struct erase_plan *, struct store_erasure *ret);

#endif
