/*
 * embed - files that were put into the program when it was built (tools/embed.c).
 *
 *     extern const struct embed_file desk_pages[];
 *     for (const struct embed_file *f = desk_pages; f->name != NULL; f++)
 *         ... str_of(f->name), embed_text(f) ...
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

struct embed_file {
	const char *name;               /* without its folder; NULL ends the table */
	const char *start, *end;        /* never freed, never changed */
};

static inline struct str
embed_text(const struct embed_file *f)
{
	return (struct str){ f->start, (size_t)(f->end - f->start) };
}

#endif
