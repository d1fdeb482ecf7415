/* sentence - where the sentences of a captured text begin and end, so that each can have its checkbox. */
#ifndef DESK_SENTENCE_H
#define DESK_SENTENCE_H

#include "base/str.h"

/*
 * The end of the sentence that begins at `from`, at most `to`, with the white
 * space that follows it.  Offsets of `text`, never inside a character.  After
 * . ! ? 。 and closing quotes; not after "U.S.", "Mr." or a single letter.
 */
size_t sentence_end(struct str text, size_t from, size_t to);

#endif
