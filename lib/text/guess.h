/*
 * guess - which encoding bytes without a trustworthy label are in.
 *
 * Each candidate is asked what the text would cost to write down: decoded its
 * way, how surprising are the characters as some language's letters?  Common
 * ones cost a few bits, those of other alphabets many, those that nobody writes
 * most, a byte that means nothing more still.  The cheapest reading wins; a
 * tie goes to the earlier candidate, windows-1252 first.  What is known of a
 * language is its letters in the order of their frequency (guess_table.c), so
 * the whole model is two pages long.  Looks at no more than 4 KiB of bytes
 * beyond ASCII within the first 256 KiB.
 */
#ifndef TEXT_GUESS_H
#define TEXT_GUESS_H

#include "base/arena.h"

/* The standard's name, never NULL.  bytes: not valid UTF-8, no byte order mark. */
const char *td_guess(struct bytes);

/*
 * What to read them as when a label says `name`: that, unless the text is out of the question in it and at home in
 * another.  Labels are wrong often; but a label that might be right is believed.
 */
const char *td_guess_labelled(struct bytes, const char *name);

/* UTF-16 without a mark shows by its NULs: "UTF-16LE", "UTF-16BE" or NULL. */
const char *td_guess_utf16(struct bytes);

/* Is nearly everything beyond ASCII good UTF-8?  A page may hold a few foreign bytes. */
bool        td_guess_mostly_utf8(struct bytes, size_t good_for_one_bad);

#endif
