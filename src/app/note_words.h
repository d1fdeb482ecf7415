/* note_words - what people type after `tidings note`, turned into fields. */
#ifndef APP_NOTE_WORDS_H
#define APP_NOTE_WORDS_H

#include "store/verbs.h"

/* "120-480" gives offsets; anything else is words that the store looks for. */
struct excerpt note_excerpt(struct str);

/*
 * "Name, Role <mail@example.org>; interviews with Somebody".  A bare name that
 * stands in the page's own contact line takes role, address and the others of
 * that line from there.
 */
struct store_contact note_contact(struct arena *, struct str, const struct contact *on_page);

/* A new note's fields as far as the article knows them: the desk changes what is wrong. */
void note_from_article(struct store_note *, const struct store_article_view *);

bool note_status_from(struct str, enum note_status *ret);
bool note_sensitivity_from(struct str, enum sensitivity *ret);

#endif
