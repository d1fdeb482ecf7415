/*
 * terms - a text as the units that a search compares, in every script.
 *
 * Words of letters and digits, folded: compatibility forms made plain (NFKC),
 * case folded, Latin letters without their marks (Tae-hŭi: tae, hui).  Scripts
 * that write no spaces, and Hangul, whose spaces do not divide what people look
 * for, come as overlapping pairs and then the last character alone: 대북한은
 * gives 대북 북한 한은 은.  So 북한 is found inside it, and 북 as the start of a
 * term.  Nothing is allocated.
 *
 *     struct terms t;
 *     struct term  term;
 *     td_terms_begin(&t, text);
 *     while (td_terms_next(&t, &term))
 *         ...
 */
#ifndef TEXT_TERMS_H
#define TEXT_TERMS_H

#include "base/str.h"

#define TERM_MAX_B 128          /* a longer word counts by its beginning */

struct term {
	struct str text;        /* folded; until the next call */
	size_t     from, to;    /* bytes of the source */
	bool       paired;      /* of a script that comes as pairs */
	bool       last;        /* the character alone that ends such a run ... */
	bool       alone;       /* ... and is the whole run */
};

struct terms_char {
	size_t from, to;
	char   p[4];
	size_t n;
};

struct terms {
	struct str        s;
	size_t            at;
	char              folded[4 * 64];       /* of one unit of normalisation, not yet taken */
	size_t            folded_n, folded_at;
	size_t            from, to;             /* where that unit stands */
	struct terms_char held;                 /* of a paired run */
	bool              holding, in_run;
	char              term[TERM_MAX_B];
};

void td_terms_begin(struct terms *, struct str);        /* valid UTF-8 */
bool td_terms_next(struct terms *, struct term *ret);

#endif
