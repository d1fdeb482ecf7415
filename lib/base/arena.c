#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

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

/* What may be taken without asking again: of the block, and of the limit. */
static void
set_room(struct arena *a)
{
	size_t block = (size_t)(a->end - a->next), left = a->limit - a->used;

	a->room = block < left ? block : left;
}

/*
 * Blocks grow with what was taken.  A few large ones teach malloc to keep them for the next arena; many small ones it gives
 * back to the kernel each time, and half of a page's parse went into having them again.
 */
static size_t
block_size(const struct arena *a, size_t need)
{
	size_t least = a->first_b > 0 && a->first_b < BLOCK_MIN ? a->first_b : BLOCK_MIN;
	size_t size = a->used < least ? least : a->used > BLOCK_MAX ? BLOCK_MAX : a->used;

	return need > size ? need : size;
}

static unsigned char *
add_block(struct arena *a, struct arena_block *b)
{
	if (b == NULL) {
		a->is_starved = true;
		arena_full(a);
	}
	b->next = a->blocks;
	a->blocks = b;
	return b->bytes;
}

/*
 * What is large has a block of its own, zeroed at once, for the kernel has such pages lying about.  The rest is zeroed piece
 * by piece as it is taken: a whole block zeroed in advance has left the processor's cache by the time that it is filled.
 */
void *
arena_take_slowly(struct arena *a, size_t size)
{
	size_t n = arena_round(size ? size : 1);
	void  *p;

	if (size > a->limit - a->used)          /* before rounding: no overflow */
		arena_full(a);
	if (n > BLOCK_MAX) {
		p = add_block(a, calloc(1, sizeof(struct arena_block) + n));
	} else {
		if (n > (size_t)(a->end - a->next)) {
			size_t block = block_size(a, n);

			a->next = add_block(a, malloc(sizeof(struct arena_block) + block));
			a->end = a->next + block;
		}
		p = memset(a->next, 0, n);
		a->next += n;
	}
	a->used += n < a->limit - a->used ? n : a->limit - a->used;
	set_room(a);
	return p;
}

void
arena_init(struct arena *a, size_t limit, void (*full)(void *), void *arg)
{
	*a = (struct arena){ .limit = limit, .full = full, .full_arg = arg };
}

void
arena_init_small(struct arena *a, size_t limit, size_t first_b, void (*full)(void *), void *arg)
{
	*a = (struct arena){ .limit = limit, .first_b = first_b, .full = full, .full_arg = arg };
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
	a->used = a->room = 0;
	a->next = a->end = NULL;
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
	set_room(a);
	arena_defer(a, free, p);
}
