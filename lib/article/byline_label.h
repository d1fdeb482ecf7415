/*
 * byline_label - the words before a name that say who wrote: "By", "Von", "Par", "Автор:", "文／", "بقلم"; in some fifty languages
 * (lib/article only).
 *
 * Lengths are bytes of the text given.  Case is ignored in Latin, Greek, Cyrillic and Armenian.
 */
#ifndef ARTICLE_BYLINE_LABEL_H
#define ARTICLE_BYLINE_LABEL_H

#include "base/str.h"

/* The length of such words at its front: "By ", "Ein Interview von ", "Text und Fotos:", "글 ", "作者："; 0: none. */
size_t td_byline_label(struct str);
/* The same of words that begin other lines as well: "Di ", "Door ", "From ", "Text:". */
size_t td_byline_weak_label(struct str);
/* Can the line begin with either?  Quick, and true more often than it need be. */
bool   td_may_be_byline(struct str);
/* Is the line nothing but such words: "Written by", "Autor:"? */
bool   td_is_byline_label(struct str);
bool   td_is_weak_label(struct str);
/* Does it begin with a word that means "by" as well as "of" or "from": "Di Ana Ruiz", "Door ", "Του "? */
bool   td_is_weak_byline(struct str);

#endif
