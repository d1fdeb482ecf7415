/*
 * sight - where on a page the headline and the story are, in bytes of shown text (lib/article only).
 *
 * What stands beside the headline is the story's own: its date, its people.  What stands in menus, comments and lists
 * of other stories belongs to them.
 */
#ifndef ARTICLE_SIGHT_H
#define ARTICLE_SIGHT_H

#include "html/tree.h"

struct sight {
	const struct html_node *root;           /* where the story stands; NULL: not known */
	size_t                  headline;       /* where the headline begins; without one where the story does */
	size_t                  story, story_end;
};

enum sight_place { SIGHT_BESIDE, SIGHT_ABOVE, SIGHT_IN_STORY, SIGHT_FAR, SIGHT_BEHIND, SIGHT_OUTSIDE };

void             td_sight(const struct html_tree *, const struct html_node *headline, const struct html_node *root, struct sight *ret);
/* Where is the text that begins at `at`? */
enum sight_place td_sight_place(const struct sight *, size_t at);
/* Is this text shown, and so counted? */
bool             td_is_shown(const struct html_node *text);
/* Does the element stand in a menu, among comments or other stories? */
bool             td_in_furniture(const struct sight *, const struct html_node *);

#endif
