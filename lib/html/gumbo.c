#include "html/tree.h"

#include <gumbo.h>
#include <stdlib.h>

#include "base/limits.h"

/*
 * Gumbo takes time in the square of a tag's attributes and of the depth of
 * open elements, and frees its tree by recursion.  So it never sees such a
 * page: a copy is made in which the attributes and start tags past these
 * limits are blanks.  Offsets stay as they were.
 */
#define ATTRS_MAX      256
#define FORMATTING_MAX 64

struct copy {
	struct arena     *arena;
	struct html_tree *tree;
	size_t            nodes_max;
	struct str        source;    /* what gumbo read */
};

static int
compare_tag(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_of(*(const char *const *)row));
}

static enum html_tag
tag_of(struct str name)
{
	static const char *const names[] = {
#define X(NAME, text) text,
		HTML_TAGS(X)
#undef X
	};
	const char *const *at = bsearch(&name, names, sizeof(names) / sizeof(*names), sizeof(*names), compare_tag);

	return at != NULL ? (enum html_tag)(at - names + 1) : TAG_OTHER;
}

/* ---- what gumbo is spared ---- */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

/* The end of the tag that begins at `at`; attributes past the limit become blanks. */
static size_t
scan_tag(char *p, size_t n, size_t at)
{
	size_t attrs = 0, keep_to = 0;
	bool   in_name = true;

	for (at++; at < n && p[at] != '>'; at++) {
		if (is_space(p[at]) || p[at] == '/') {
			in_name = false;
		} else if (p[at] == '=' && at + 1 < n) {
			while (at + 1 < n && is_space(p[at + 1]))
				at++;
			if (at + 1 < n && (p[at + 1] == '"' || p[at + 1] == '\'')) {
				const char *end = memchr(p + at + 2, p[at + 1], n - at - 2);

				at = end != NULL ? (size_t)(end - p) : n - 1;
				in_name = false;
			}
		} else if (!in_name) {
			in_name = true;
			if (++attrs == ATTRS_MAX + 1)
				keep_to = at;
		}
	}
	if (keep_to > 0 && at > keep_to)
		memset(p + keep_to, ' ', at - keep_to);
	return at;
}

/* Past the raw text of a script or style: "</script" is looked for, nothing else. */
static size_t
skip_raw(struct str page, size_t at, struct str name)
{
	for (const char *p; at < page.n && (p = memmem(page.p + at, page.n - at, "</", 2)) != NULL; at++) {
		at = (size_t)(p - page.p);
		if (str_starts_nocase(str_sub(page, at + 2, page.n), name))
			return at;
	}
	return page.n;
}

enum shape { SHAPE_NONE, SHAPE_OPENS, SHAPE_FORMATS, SHAPE_RAW };

static enum shape
shape_of(enum html_tag tag)
{
	switch (tag) {
	case TAG_SCRIPT: case TAG_STYLE: case TAG_TEXTAREA: case TAG_TITLE: case TAG_XMP: case TAG_IFRAME: case TAG_NOEMBED:
		return SHAPE_RAW;
	case TAG_A: case TAG_B: case TAG_BIG: case TAG_CODE: case TAG_EM: case TAG_FONT: case TAG_I: case TAG_NOBR: case TAG_S:
	case TAG_SMALL: case TAG_STRIKE: case TAG_STRONG: case TAG_TT: case TAG_U:
		return SHAPE_FORMATS;
	case TAG_AREA: case TAG_BASE: case TAG_BASEFONT: case TAG_BGSOUND: case TAG_BR: case TAG_COL: case TAG_EMBED: case TAG_HR:
	case TAG_IMG: case TAG_INPUT: case TAG_LINK: case TAG_META: case TAG_PARAM: case TAG_SOURCE: case TAG_TRACK: case TAG_WBR:
	case TAG_P: case TAG_LI: case TAG_DT: case TAG_DD: case TAG_TD: case TAG_TH: case TAG_TR: case TAG_TBODY: case TAG_THEAD:
	case TAG_TFOOT: case TAG_OPTION: case TAG_OPTGROUP: case TAG_HTML: case TAG_HEAD: case TAG_BODY:
		return SHAPE_NONE;      /* empty, or closed by the next of its kind */
	default:
		return SHAPE_OPENS;
	}
}

/* The name of the tag at `at` in lower case; empty when it is none that HTML knows. */
static enum html_tag
tag_at(struct str page, size_t at)
{
	char   name[16];
	size_t n = 0;

	while (at + n < page.n && n < sizeof(name) && (is_letter(page.p[at + n]) || (page.p[at + n] >= '1' && page.p[at + n] <= '6'))) {
		name[n] = (char)(page.p[at + n] | 0x20);
		n++;
	}
	if (n > 1 && name[0] == 'h' && n == 2 && name[1] >= '1')
		name[1] = page.p[at + 1];
	return tag_of((struct str){ name, n });
}

static void
spare(struct str page, char *p, size_t depth_max)
{
	size_t depth = 0, formats = 0;

	for (size_t at = 0, end; at + 1 < page.n; at = end) {
		const char *open = memchr(p + at, '<', page.n - at - 1);
		enum shape  shape;
		size_t      name_at, *level;
		bool        closes;

		if (open == NULL)
			return;
		at = (size_t)(open - p);
		closes = p[at + 1] == '/';
		name_at = at + 1 + closes;
		end = at + 1;
		if (name_at >= page.n || !is_letter(p[name_at])) {
			const char *comment = str_starts(str_sub(page, at, page.n), STR("<!--")) ?
			    memmem(p + at + 4, page.n - at - 4, "-->", 3) : NULL;

			end = comment != NULL ? (size_t)(comment - p) : end;
			continue;
		}
		shape = shape_of(tag_at(page, name_at));
		level = shape == SHAPE_FORMATS ? &formats : &depth;
		end = scan_tag(p, page.n, name_at);
		if (shape == SHAPE_RAW && !closes) {
			size_t name_n = 0;

			while (is_letter(page.p[name_at + name_n]))
				name_n++;
			end = skip_raw(page, end, str_sub(page, name_at, name_at + name_n));
		} else if (shape == SHAPE_OPENS || shape == SHAPE_FORMATS) {
			if (closes)
				*level -= *level > 0;
			else if (*level >= (shape == SHAPE_FORMATS ? FORMATTING_MAX : depth_max))
				memset(p + at, ' ', end - at + (end < page.n));
			else
				++*level;
		}
	}
}

/* ---- gumbo's tree into ours ---- */

static struct html_node *
add_node(struct copy *c, struct html_node *parent, enum html_kind kind)
{
	struct html_node *n = arena_new(c->arena, struct html_node);

	n->kind = kind;
	n->parent = parent;
	c->tree->nodes++;
	if (parent == NULL)
		return n;
	if ((n->prev = parent->last) != NULL)
		n->prev->next = n;
	else
		parent->first = n;
	parent->last = n;
	return n;
}

static void
copy_attrs(struct copy *c, struct html_node *n, const GumboVector *from)
{
	n->attrs = arena_array(c->arena, from->length, struct html_attr);
	n->attrs_n = from->length;
	for (size_t i = 0; i < from->length; i++) {
		const GumboAttribute *a = from->data[i];

		n->attrs[i].name = arena_copy(c->arena, str_of(a->name));
		n->attrs[i].value = arena_copy(c->arena, str_of(a->value));
	}
}

static void
copy_name(struct copy *c, struct html_node *n, const GumboElement *e)
{
	const char *known = gumbo_normalized_tagname(e->tag);

	if (known != NULL && known[0] != '\0') {
		n->name = str_of(known);
	} else {
		GumboStringPiece piece = e->original_tag;

		gumbo_tag_from_original_text(&piece);
		n->name = arena_copy(c->arena, (struct str){ piece.data, piece.length });
		for (size_t i = 0; i < n->name.n; i++)
			if (n->name.p[i] >= 'A' && n->name.p[i] <= 'Z')
				((char *)(uintptr_t)n->name.p)[i] |= 0x20;
	}
	n->ns = (enum html_ns)e->tag_namespace;
	n->tag = n->ns == NS_HTML ? tag_of(n->name) : TAG_OTHER;
}

/* Copies one node; *ret_children is what stands below it. */
static struct html_node *
copy_node(struct copy *c, struct html_node *parent, const GumboNode *from, const GumboVector **ret_children)
{
	struct html_node *n;

	*ret_children = NULL;
	if (from->type == GUMBO_NODE_ELEMENT || from->type == GUMBO_NODE_TEMPLATE) {
		n = add_node(c, parent, HTML_ELEMENT);
		copy_name(c, n, &from->v.element);
		copy_attrs(c, n, &from->v.element.attributes);
		n->at = from->v.element.original_tag.length > 0 ? (uint32_t)from->v.element.start_pos.offset : 0;
		if (from->type == GUMBO_NODE_TEMPLATE)
			(n->content = add_node(c, NULL, HTML_DOCUMENT))->parent = n;    /* until leave() */
		*ret_children = &from->v.element.children;
		return n;
	}
	n = add_node(c, parent, from->type == GUMBO_NODE_COMMENT ? HTML_COMMENT : HTML_TEXT);
	n->text = arena_copy(c->arena, str_of(from->v.text.text));
	n->at = (uint32_t)from->v.text.start_pos.offset;
	return n;
}

static struct html_node *
leave(struct html_node *n)
{
	struct html_node *up = n->parent;

	if (n->kind != HTML_DOCUMENT)
		return up;
	n->parent = NULL;               /* a template's content hangs in no tree */
	return up->parent;
}

/* Gumbo's nodes know their parent and their place in it: no stack is needed. */
static void
copy_tree(struct copy *c, const GumboNode *document)
{
	const GumboVector *list = &document->v.document.children;
	const GumboNode   *owner = document;
	struct html_node  *to = c->tree->document;
	size_t             i = 0;

	for (;;) {
		const GumboVector *below;
		struct html_node  *n;

		if (i == list->length) {
			if (owner == document)
				return;
			i = owner->index_within_parent + 1;
			owner = owner->parent;
			list = owner == document ? &document->v.document.children : &owner->v.element.children;
			to = leave(to);
			continue;
		}
		if (c->tree->nodes >= c->nodes_max) {
			c->tree->cut = true;
			return;
		}
		n = copy_node(c, to, list->data[i], &below);
		if (below != NULL && below->length > 0) {
			owner = list->data[i];
			list = below;
			to = n->content != NULL ? n->content : n;
			i = 0;
		} else {
			i++;
		}
	}
}

static void
copy_doctype(struct copy *c, const GumboDocument *d)
{
	struct html_node *n;
	struct str        public = str_of(d->public_identifier), system = str_of(d->system_identifier);
	char             *both;

	if (!d->has_doctype)
		return;
	n = add_node(c, c->tree->document, HTML_DOCTYPE);
	n->name = arena_copy(c->arena, str_of(d->name));
	both = arena_take(c->arena, public.n + 1 + system.n + 1);
	memcpy(both, public.p, public.n);
	memcpy(both + public.n + 1, system.p, system.n);
	n->text = (struct str){ both, public.n + 1 + system.n };
}

void
td_html_parse(struct arena *a, struct str text, const struct html_options *options, struct html_tree *ret)
{
	struct html_tree tree = { 0 };
	struct copy      c = { .arena = a, .tree = &tree, .nodes_max = LIMIT_NODES_N, .source = arena_copy(a, text) };
	GumboOptions     how = kGumboDefaultOptions;
	GumboOutput     *out;
	size_t           depth_max = LIMIT_DEPTH_N;

	if (options != NULL && options->nodes_max > 0)
		c.nodes_max = options->nodes_max;
	if (options != NULL && options->depth_max > 0)
		depth_max = options->depth_max;
	spare(c.source, (char *)(uintptr_t)c.source.p, depth_max);
	tree.document = add_node(&c, NULL, HTML_DOCUMENT);
	how.max_errors = 0;
	out = gumbo_parse_with_options(&how, c.source.p, c.source.n);
	tree.quirks = out->document->v.document.doc_type_quirks_mode == GUMBO_DOCTYPE_NO_QUIRKS ? QUIRKS_NO :
	    out->document->v.document.doc_type_quirks_mode == GUMBO_DOCTYPE_LIMITED_QUIRKS ? QUIRKS_LIMITED : QUIRKS_YES;
	copy_doctype(&c, &out->document->v.document);
	copy_tree(&c, out->document);
	gumbo_destroy_output(&how, out);
	*ret = tree;
}
