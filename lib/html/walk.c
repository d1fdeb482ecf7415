#include "html/tree.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

struct html_node *
td_html_after(const struct html_node *n, const struct html_node *root)
{
	while (n != NULL && n != root) {
		if (n->next != NULL)
			return n->next;
		n = n->parent;
	}
	return NULL;
}

struct html_node *
td_html_next(const struct html_node *n, const struct html_node *root)
{
	return n->first != NULL ? n->first : td_html_after(n, root);
}

static const struct html_attr *
find_attr(const struct html_node *n, struct str name)
{
	for (size_t i = 0; i < n->attrs_n; i++)
		if (str_eq(n->attrs[i].name, name))
			return &n->attrs[i];
	return NULL;
}

struct str
td_html_attr(const struct html_node *n, struct str name)
{
	const struct html_attr *a = find_attr(n, name);

	if (a == NULL)
		return (struct str){ NULL, 0 };
	return a->value.p != NULL ? a->value : STR("");
}

bool
td_html_has_attr(const struct html_node *n, struct str name)
{
	return find_attr(n, name) != NULL;
}

bool
td_html_has_class(const struct html_node *n, struct str word)
{
	struct str rest = td_html_attr(n, STR("class"));
	size_t     from = 0;

	for (size_t i = 0; i <= rest.n; i++) {
		if (i < rest.n && !is_space(rest.p[i]))
			continue;
		if (i > from && str_eq_nocase(str_sub(rest, from, i), word))
			return true;
		from = i + 1;
	}
	return false;
}

struct html_node *
td_html_find(const struct html_node *root, enum html_tag tag)
{
	for (struct html_node *n = td_html_next(root, root); n != NULL; n = td_html_next(n, root))
		if (n->kind == HTML_ELEMENT && n->tag == tag)
			return n;
	return NULL;
}

/* Adds s to out[at...], white space folded; a space is only due once more text comes. */
static size_t
fold(char *out, size_t at, struct str s, bool *space_due)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_space(s.p[i])) {
			*space_due = at > 0;
			continue;
		}
		if (*space_due)
			out[at++] = ' ';
		*space_due = false;
		out[at++] = s.p[i];
	}
	return at;
}

struct str
td_html_text(struct arena *a, const struct html_node *root)
{
	size_t room = 0, at = 0;
	bool   space_due = false;
	char  *out;

	if (root->kind == HTML_TEXT)
		room = root->text.n;
	for (struct html_node *n = td_html_next(root, root); n != NULL; n = td_html_next(n, root))
		room += n->kind == HTML_TEXT ? n->text.n : 0;
	out = arena_take(a, room + 1);
	if (root->kind == HTML_TEXT)
		at = fold(out, at, root->text, &space_due);
	for (struct html_node *n = td_html_next(root, root); n != NULL; n = td_html_next(n, root))
		if (n->kind == HTML_TEXT)
			at = fold(out, at, n->text, &space_due);
	return (struct str){ out, at };
}
