/*
 * marks - small questions about names: what the makers of a page call an
 * element, and whether two texts name the same thing (lib/article only).
 */
#ifndef ARTICLE_MARKS_H
#define ARTICLE_MARKS_H

#include "base/arena.h"
#include "html/tree.h"

/* Has a class or id one of these words?  Its words stand between anything but letters and where aCapitalBegins; ASCII
 * case ignored.  words: lower case, ended by NULL. */
bool td_names_any(struct str names, const char *const *words);
/* The first letters of such words, a bit each, and the same question for who asks it often. */
uint32_t td_first_letters(const char *const *words);
bool     td_names_with(struct str names, const char *const *words, uint32_t letters);
/* The same of the element's class, id, itemprop and data-testid. */
bool td_element_named(const struct html_node *, const char *const *words);

/* The lower case of a letter in Latin, Greek, Cyrillic; other scripts of the news have none. */
uint32_t td_lower(uint32_t code_point);

/* "O&#039;Hara", escaped once too often by a template, is O'Hara. */
struct str td_unescaped(struct arena *, struct str);

/* Letters and digits alone, in lower case: "STERN.de" and "Stern DE" are one. */
struct str td_name_key(struct arena *, struct str);

/* All text under a node save scripts, styles and controls; a line break or a block is a space.  Folded, trimmed. */
struct str td_plain_text(struct arena *, const struct html_node *);
/* The same with " | " where two elements touch without a space: "Ana Ruiz | Follow". */
struct str td_parted_text(struct arena *, const struct html_node *);

#endif
