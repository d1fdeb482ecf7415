/* verify_private - what the files of verify share. */
#ifndef STORE_VERIFY_PRIVATE_H
#define STORE_VERIFY_PRIVATE_H

#include "store/store_private.h"

struct verify {
	struct store              *s;
	struct arena              *a;
	struct store_verify_found *found;
	int64_t                    only;         /* seq of the one capture, or 0 */
	bool                       is_gentle;
};

void       verify_say(struct verify *, struct str where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Nothing wrong, and worth saying. */
void       verify_remark(struct verify *, struct str where, struct str what);
/* The lines of the act of this entry; "": none. */
struct str verify_act(struct verify *, int64_t entry);
/* An entry whose statement is gone: an erasure says so.  capture: 0: none. */
void       verify_erased(struct verify *, int64_t entry, int64_t erasure, int64_t capture);
size_t     verify_tombstone_lines(struct verify *, int64_t entry, struct ledger_line **ret);
/* A sealed record whose key was destroyed. */
void       verify_shut(struct verify *, struct str where, const struct blob_ref *, const unsigned char member_sha256[32]);
/* A record's row, and its capture's when it holds the document. */
struct verify_index {
	struct str type, target_url, content_type, final_url;    /* final_url: "" unless we fetched it */
	int64_t    date_us, status;                              /* date_us 0: not kept then */
	bool       is_main;
};
void       verify_header(struct verify *, struct str where, const struct verify_index *, struct str header, struct str block);
struct str verify_place(struct verify *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Keys, contradictions, acts. */
void       verify_acts(struct verify *);

/* The steps of the log, each from `position`; false: nothing is left of it. */
bool       verify_tiles(struct verify *, int64_t *position);
bool       verify_checkpoints(struct verify *, int64_t *position);

#endif
