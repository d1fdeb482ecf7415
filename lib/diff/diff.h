/*
 * diff - what changed between two copies of a text, word by word.
 *
 * A word is a run of letters and digits; of scripts that write no spaces (Han,
 * kana, Thai ...) it is one character, and so is every sign.  White space
 * counts for nothing.  What stands between two changes and is shorter than
 * three words belongs to them: people read one change there.
 *
 *     struct diff d;
 *     td_diff(&arena, before, after, &d);
 *     if (td_diff_touches(&d, excerpt_from, excerpt_to)) ...
 *
 * Changes are in order, do not overlap, and what is outside of them is the same in both but for
 * white space.  Found by words that are unique in both (patience), then by
 * Myers' greedy algorithm between them, within a budget: a text that was
 * rewritten from end to end is one change, and costs no more than its length.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "base/arena.h"

struct diff_change {
	size_t before_from, before_to;  /* bytes of the earlier text; equal: words were put in here */
	size_t after_from, after_to;    /* bytes of the later text; equal: words were taken out here */
};

struct diff {
	struct { struct diff_change *v; size_t n; } changes;
	size_t same_n;                  /* words that are in both, in order */
	size_t before_n, after_n;       /* words of each */
};

/* Both valid UTF-8.  A text's words past LIMIT_DIFF_WORDS_N count as one. */
void td_diff(struct arena *, struct str before, struct str after, struct diff *ret);

/* Is any byte of [from, to) of the earlier text changed, or something put into its midst? */
bool td_diff_touches(const struct diff *, size_t from, size_t to);

#endif
