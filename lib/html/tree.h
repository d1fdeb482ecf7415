/*
 * tree - an HTML page as nodes, the same whoever parsed it.
 *
 * A tree lives in one arena and is never freed alone.  Names of HTML elements
 * and their attributes are lower case; text is UTF-8 without NUL.  A node
 * knows where it began in the decoded text, so that a sentence can be traced
 * to its place in the capture.  No walk here recurses.
 *
 *     struct html_tree tree;
 *     td_html_parse(&arena, text, NULL, &tree);
 *     for (struct html_node *n = tree.document; n != NULL; n = td_html_next(n, tree.document))
 *         if (n->tag == TAG_TITLE) ...
 *
 * Follows the WHATWG HTML standard, section 13.2 "Parsing HTML documents",
 * scripting flag off.
 */
#ifndef HTML_TREE_H
#define HTML_TREE_H

#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"
#include "html/tags.h"

enum html_kind { HTML_DOCUMENT, HTML_DOCTYPE, HTML_ELEMENT, HTML_TEXT, HTML_COMMENT };
enum html_ns { NS_HTML, NS_SVG, NS_MATHML };
enum html_quirks { QUIRKS_NO, QUIRKS_LIMITED, QUIRKS_YES };

struct html_attr {
	struct str name;         /* in foreign elements as the standard adjusts it: "viewBox", "xlink:href" */
	struct str value;
};

/* A page has a node for every few bytes, so its fields are packed. */
struct html_node {
	struct html_node *parent, *prev, *next, *first, *last;
	enum html_kind    kind : 3;
	enum html_ns      ns : 2;
	bool              is_open : 1;   /* the parser's own: it is on the stack of open elements */
	enum html_tag     tag;       /* TAG_OTHER: see name; also TAG_OTHER outside NS_HTML */
	uint16_t          attrs_n;   /* at most LIMIT_ATTRS_N */
	uint32_t          at;        /* offset in the decoded text; 0 for implied elements */
	struct str        name;      /* of an element or doctype */
	struct str        text;      /* of a text, comment or doctype ("public\0system") node */
	union {
		struct html_attr *attrs;     /* of an element */
		size_t            room_b;    /* of a text: how much its copy may grow, the parser's own; 0: the text is a view */
	};
	struct html_node *content;   /* of a template: its own fragment, whose parent is the template; else NULL */
};

static_assert(sizeof(enum html_tag) == 1 && LIMIT_ATTRS_N <= UINT16_MAX, "a node's fields are too narrow");

struct html_options {
	size_t nodes_max;        /* 0: LIMIT_NODES_N; the token that reaches it is finished, then the tree is cut */
	size_t depth_max;        /* 0: LIMIT_DEPTH_N, at least 32; what is nested deeper becomes a sibling */
};

struct html_tree {
	struct html_node *document;
	enum html_quirks  quirks;
	size_t            nodes;     /* how many there are */
	bool              cut;       /* a limit (nodes, memory, attributes of a tag) was met; the tree holds what came before */
};

/* Never fails; a page of any bytes has a tree.  text must be valid UTF-8 and outlive the tree. */
void td_html_parse(struct arena *, struct str text, const struct html_options *, struct html_tree *ret);

/* As the inside of an element of that name: document holds what innerHTML would make (section 13.4). */
void td_html_parse_fragment(struct arena *, struct str text, enum html_ns, struct str context,
	const struct html_options *, struct html_tree *ret);

/* Depth first.  The node after `n` under `root`; NULL at the end. */
struct html_node *td_html_next(const struct html_node *n, const struct html_node *root);
/* The same, but past everything inside `n`. */
struct html_node *td_html_after(const struct html_node *n, const struct html_node *root);

/* An attribute's value; p is NULL when there is none.  name in lower case. */
struct str td_html_attr(const struct html_node *, struct str name);
bool       td_html_has_attr(const struct html_node *, struct str name);
/* Does the class attribute hold this word (ASCII case ignored)? */
bool       td_html_has_class(const struct html_node *, struct str word);
/* The first element of this tag under root, or NULL. */
struct html_node *td_html_find(const struct html_node *root, enum html_tag);
/* All text under the node, white space folded to one space, trimmed. */
struct str td_html_text(struct arena *, const struct html_node *);

#endif
