/*
 * buf - bytes being written; its failure is sticky, ask once at the end.
 *
 * A buf owns its memory.  It cannot be made without saying how large it may
 * get; an append that does not fit (or finds no memory) sets `failed`, and all
 * later appends do nothing.
 *
 *     struct buf b = BUF_INIT(LIMIT_PAGE_B);
 *     buf_add(&b, STR("Seoul cuts "));
 *     buf_addf(&b, "%d jobs", n);
 *     if (b.failed) ...
 *     buf_free(&b);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	char  *p;
	size_t n, cap;
	size_t limit;   /* never grows past this */
	bool   failed;  /* an append did not fit; later appends do nothing */
};

#define BUF_INIT(max) { .limit = (max) }

/* A buffer that goes with the arena, however its user is left (a full arena may jump); it may be freed before. */
struct buf  *buf_in(struct arena *, size_t limit);
void         buf_free(struct buf *);            /* leaves it empty and usable again */
void         buf_reset(struct buf *);           /* empty, memory kept, not failed */
void         buf_add(struct buf *, struct str);
void         buf_add_bytes(struct buf *, struct bytes);
void         buf_add_char(struct buf *, char);
void         buf_addf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void         buf_drop_front(struct buf *, size_t n);   /* n <= b->n */
char        *buf_room(struct buf *, size_t more);     /* space for `more` bytes at the end, or NULL and failed */
struct str   buf_str(const struct buf *);       /* valid until the next append */
struct bytes buf_bytes(const struct buf *);     /* the same, as bytes */
struct str   buf_keep(struct buf *, struct arena *);    /* the memory becomes the arena's, the buf is as new; no copy */

#endif
