/*
 * id - the name of a row, the same in every copy of the desk.
 *
 * An id is 128 random bits.  A person sees the kind's letter, a dash and the
 * first ten characters of its base 32 form: c-4k7zq0m2vd.  The alphabet is
 * Crockford's in lower case (no i, l, o, u), the first character holds the top
 * five bits.  People may type any prefix that is still unique.
 *
 *     char shown[ID_SHOWN];
 *     printf("%s\n", id_show(ID_CAPTURE, &c.id, shown));
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/str.h"

struct id {
	unsigned char b[16];    /* all zero: no id */
};

enum id_kind { ID_ANY, ID_CAPTURE, ID_ARTICLE, ID_NOTE, ID_SOURCE, ID_PERSON, ID_JOB, ID_ITEM, ID_NEWS, ID_KIND__COUNT };

#define ID_SHOWN 16      /* "c-" + 10 characters + NUL, rounded up */
#define ID_WHOLE 32      /* "c-" + 26 characters + NUL, rounded up */

/* What a person typed: a kind (ID_ANY when there was no letter) and a range of ids. */
struct id_prefix {
	enum id_kind kind;
	struct id    from, to;   /* both inclusive */
};

char id_letter(enum id_kind);           /* '\0' for ID_ANY */
bool id_is_none(const struct id *);
bool id_eq(const struct id *, const struct id *);

/* Both write into and return `out`. */
const char *id_show(enum id_kind, const struct id *, char out[ID_SHOWN]);
const char *id_show_whole(enum id_kind, const struct id *, char out[ID_WHOLE]);

/* "c-4k7z", "C-4K7Z" or "4k7z" with 1 to 26 characters; false: not the form of an id. */
bool id_parse(struct str, struct id_prefix *ret);

#endif
