/* forms - what a letter's kind means for how lines are joined: case, direction, spaces, presentation forms. */
#ifndef TEXT_FORMS_H
#define TEXT_FORMS_H

#include "base/arena.h"

bool td_is_letter(uint32_t);
bool td_is_digit(uint32_t);             /* of any script */
bool td_is_lower(uint32_t);
bool td_is_mark(uint32_t);              /* stands on the letter before it */
bool td_is_right_to_left(uint32_t);     /* strong: letters of Hebrew, Arabic, Syriac ... */
bool td_is_left_to_right(uint32_t);     /* strong */
bool td_is_hangul(uint32_t);
/* Written without spaces, so that a line's end is none: Han, kana, their marks, Thai, Lao, Khmer, Burmese. */
bool td_is_unspaced(uint32_t);

/* Ligatures and presentation forms (U+FB00..FDFF, U+FE70..FEFC: fi, the joined shapes of Arabic) as plain letters. */
struct str td_plain_forms(struct arena *, struct str);

/* ICU's tables, before a process is locked. */
void td_forms_warm_up(void);

#endif
