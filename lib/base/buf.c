#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *
buf_room(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	char  *p;

	if (b->failed || more > b->limit - b->n) {
		b->failed = true;
		return NULL;
	}
	if (more <= b->cap - b->n)
		return b->p + b->n;
	while (cap < b->n + more)
		cap *= 2;
	if ((p = realloc(b->p, cap)) == NULL) {
		b->failed = true;
		return NULL;
	}
	b->p = p;
	b->cap = cap;
	return p + b->n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	b->p = NULL;
	b->n = b->cap = 0;
	b->failed = false;
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = false;
}

void
buf_add(struct buf *b, struct str s)
{
	char *to = s.n > 0 ? buf_room(b, s.n) : NULL;

	if (to == NULL)
		return;
	memcpy(to, s.p, s.n);
	b->n += s.n;
}

void
buf_add_bytes(struct buf *b, struct bytes s)
{
	buf_add(b, bytes_as_str(s));
}

void
buf_add_char(struct buf *b, char c)
{
	buf_add(b, (struct str){ &c, 1 });
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	char    line[512];
	va_list ap;
	int     n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(line))
		b->failed = true;       /* long text goes through buf_add() */
	else
		buf_add(b, (struct str){ line, (size_t)n });
}

void
buf_drop_front(struct buf *b, size_t n)
{
	if (n > 0 && n < b->n)
		memmove(b->p, b->p + n, b->n - n);
	b->n -= n < b->n ? n : b->n;
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

struct bytes
buf_bytes(const struct buf *b)
{
	return bytes_of(buf_str(b));
}

struct str
buf_keep(struct buf *b, struct arena *a)
{
	struct str kept = { b->n > 0 ? realloc(b->p, b->n) : NULL, b->n };

	if (kept.n == 0) {
		buf_free(b);
		return STR("");
	}
	if (kept.p == NULL)             /* it could not be made smaller: it stays as large as it is */
		kept.p = b->p;
	*b = (struct buf){ .limit = b->limit };
	arena_adopt(a, (void *)(uintptr_t)kept.p, kept.n);
	return kept;
}

static void
undo(void *b)
{
	buf_free(b);
}

struct buf *
buf_in(struct arena *a, size_t limit)
{
	struct buf *b = arena_new(a, struct buf);

	b->limit = limit;
	arena_defer(a, undo, b);
	return b;
}
