#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * With ARENA_DEBUG every item is a malloc of its own, so that AddressSanitizer
 * and valgrind see each one's end.
 */
#ifdef ARENA_DEBUG
#define BLOCK_MIN ((size_t)1)
#define BLOCK_MAX ((size_t)1)
#else
#define BLOCK_MIN (64 * KiB)
#define BLOCK_MAX MiB
#endif

struct arena_block {
	struct arena_block *next;
	size_t              used;
	size_t              size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena_deferred {
	struct arena_deferred *next;
	void                 (*undo)(void *);
	void                  *arg;
};

static noreturn void
arena_full(struct arena *a)
{
	if (a->full != NULL)
		a->full(a->full_arg);
	abort();                /* a `full` function that returns is a bug */
}

static size_t
round_up(size_t n)
{
	return (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/*
 * Blocks grow with what was taken.  A few large ones teach malloc to keep them for the next arena; many small ones it gives
 * back to the kernel each time, and half of a page's parse went into having them again.
 */
static size_t
block_size(const struct arena *a, size_t need)
{
	size_t size = a->used < BLOCK_MIN ? BLOCK_MIN : a->used > BLOCK_MAX ? BLOCK_MAX : a->used;

	return need > size ? need : size;
}

static struct arena_block *
arena_grow(struct arena *a, size_t need)
{
	size_t              size = block_size(a, need);
	struct arena_block *b = calloc(1, sizeof(*b) + size);

	if (b == NULL) {
		a->is_starved = true;
		arena_full(a);
	}
	b->size = size;
	b->next = a->blocks;
	return a->blocks = b;
}

void
arena_init(struct arena *a, size_t limit, void (*full)(void *), void *arg)
{
	*a = (struct arena){ .limit = limit, .full = full, .full_arg = arg };
}

void
arena_free(struct arena *a)
{
	while (a->deferred != NULL) {
		struct arena_deferred *d = a->deferred;

		a->deferred = d->next;
		d->undo(d->arg);
		free(d);
	}
	while (a->blocks != NULL) {
		struct arena_block *next = a->blocks->next;

		free(a->blocks);
		a->blocks = next;
	}
	a->used = 0;
}

void *
arena_take(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	void               *p;

	if (size > a->limit - a->used)          /* before rounding: no overflow */
		arena_full(a);
	size = round_up(size ? size : 1);
	if (b == NULL || size > b->size - b->used)
		b = arena_grow(a, size);
	p = b->bytes + b->used;
	b->used += size;
	a->used += size < a->limit - a->used ? size : a->limit - a->used;
	return p;
}

void *
arena_take_n(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		arena_full(a);
	return arena_take(a, n * size);
}

struct str
arena_copy(struct arena *a, struct str s)
{
	char *p = arena_take(a, s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

void
arena_defer(struct arena *a, void (*undo)(void *), void *arg)
{
	struct arena_deferred *d = malloc(sizeof(*d));

	if (d == NULL) {
		undo(arg);
		a->is_starved = true;
		arena_full(a);
	}
	*d = (struct arena_deferred){ a->deferred, undo, arg };
	a->deferred = d;
}

void
arena_adopt(struct arena *a, void *p, size_t n)
{
	if (n > a->limit - a->used) {
		free(p);
		arena_full(a);
	}
	a->used += n;
	arena_defer(a, free, p);
}
