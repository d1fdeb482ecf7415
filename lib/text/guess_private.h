/* guess between its files. */
#ifndef TEXT_GUESS_PRIVATE_H
#define TEXT_GUESS_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/index.h"

/* An encoding of one byte a character and a language written in it. */
struct guess_single {
	const char *name;
	int         index;              /* enum index_single */
	const char *letters;            /* lower case, most frequent first, only those beyond ASCII */
};

enum guess_family { FAMILY_KOREAN, FAMILY_CHINA, FAMILY_TAIWAN, FAMILY_JAPAN };

struct guess_multi {
	const char        *name;
	enum guess_family  family;
};

extern const struct guess_single td_guess_singles[];
extern const size_t              td_guess_singles_n;
extern const struct guess_multi  td_guess_multis[];
extern const size_t              td_guess_multis_n;

/* Frequent characters of each family, most frequent first. */
extern const char *const td_guess_frequent[];

enum { SAMPLE_B = 2048, SEEN_N = 512 };

/*
 * Bytes beyond ASCII with one before and two behind each run, so that a decoder finds the halves it needs.  The same run
 * again says nothing new: a sign before each of a hundred links is one sign.
 */
struct sample {
	unsigned char b[SAMPLE_B + 8];
	size_t        n, high;          /* all, and those beyond ASCII */
	bool          has[128];         /* which bytes beyond ASCII there are */
	uint32_t      seen[SEEN_N];
};

/* guess_cost.c: what the sample costs when read so, in quarters of a bit. */

/* More than `limit` need not be known exactly. */
uint32_t td_guess_cost_single(const struct sample *, const struct guess_single *, uint32_t limit);

/* *ret_clean: no character is broken. */
uint32_t td_guess_cost_multi(const struct sample *, const struct guess_multi *, bool *ret_clean);

#endif
