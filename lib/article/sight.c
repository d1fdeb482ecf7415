#include "article/sight.h"

#include "article/furniture.h"

enum { ABOVE_B = 250, BESIDE_B = 500, FIRST_B = 1500, BEHIND_B = 500 };

bool
td_is_shown(const struct html_node *text)
{
	enum html_tag tag = text->parent->tag;

	return tag != TAG_SCRIPT && tag != TAG_STYLE && tag != TAG_TITLE && tag != TAG_NOSCRIPT && tag != TAG_TEXTAREA && tag != TAG_OPTION;
}

void
td_sight(const struct html_tree *tree, const struct html_node *headline, const struct html_node *root, struct sight *ret)
{
	const struct html_node *end = root != NULL ? td_html_after(root, tree->document) : NULL;
	struct sight            s = { .root = root };
	size_t                  at = 0;
	bool                    has_headline = false, has_end = false;

	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document)) {
		if (n == headline)
			s.headline = at, has_headline = true;
		if (n == root)
			s.story = at;
		if (n == end && end != NULL)
			s.story_end = at, has_end = true;
		if (n->kind == HTML_TEXT && td_is_shown(n))
			at += n->text.n;
	}
	if (!has_end)
		s.story_end = at;
	if (!has_headline)
		s.headline = s.story;
	*ret = s;
}

enum sight_place
td_sight_place(const struct sight *s, size_t at)
{
	if (at < s->headline)
		return s->headline - at <= ABOVE_B ? SIGHT_ABOVE : SIGHT_FAR;
	if (at - s->headline <= BESIDE_B || (at >= s->story && at - s->story <= BESIDE_B / 2))
		return SIGHT_BESIDE;
	if (at >= s->story_end && s->story_end > s->headline)
		return at - s->story_end <= BEHIND_B ? SIGHT_BEHIND : SIGHT_OUTSIDE;
	return at - s->headline <= FIRST_B || (at >= s->story && at - s->story <= FIRST_B) ? SIGHT_IN_STORY : SIGHT_FAR;
}

bool
td_in_furniture(const struct sight *s, const struct html_node *e)
{
	for (; e != NULL && e != s->root && e->tag != TAG_BODY; e = e->parent)
		if (td_furniture(e) == FURNITURE_HARD)
			return true;
	return false;
}
