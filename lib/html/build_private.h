/*
 * build - tree construction, section 13.2.6: tokens in, nodes out.
 *
 * Everything that a token may have to look through has a ceiling: the stack of
 * open elements by depth_max, the list of active formatting elements by
 * FORMATTING_N.  So the work for one token is bounded, and a page costs what
 * its length costs.
 *
 * A mode is a function; it answers false when it switched modes (or changed
 * the stack) and the same token must be processed again.
 */
#ifndef HTML_BUILD_PRIVATE_H
#define HTML_BUILD_PRIVATE_H

#include "base/limits.h"
#include "html/token_private.h"

/* Active formatting elements.  The oldest is forgotten when one more comes; the standard has no such ceiling. */
#define FORMATTING_N 64

/* One token adds at most this many elements to the stack: colgroup, or tbody, tr and td, or reconstruction. */
#define DEPTH_SPARE  8

enum mode { MODE_INITIAL, MODE_BEFORE_HTML, MODE_BEFORE_HEAD, MODE_IN_HEAD, MODE_IN_HEAD_NOSCRIPT, MODE_AFTER_HEAD,
	MODE_IN_BODY, MODE_TEXT, MODE_IN_TABLE, MODE_IN_TABLE_TEXT, MODE_IN_CAPTION, MODE_IN_COLUMN_GROUP,
	MODE_IN_TABLE_BODY, MODE_IN_ROW, MODE_IN_CELL, MODE_IN_TEMPLATE, MODE_AFTER_BODY, MODE_IN_FRAMESET,
	MODE_AFTER_FRAMESET, MODE_AFTER_AFTER_BODY, MODE_AFTER_AFTER_FRAMESET, MODE__COUNT };

/* One active formatting element; node is NULL in a marker. */
struct formatting {
	struct html_node *node;
	uint64_t          sum;            /* of its attributes, in any order; 0: not made yet */
	uint32_t          kind;           /* its tag, and how many attributes */
};

struct run {
	struct str text;
	uint32_t   at;
};

/* The html or body element, whose attributes may come in many tags (13.2.6.4.7, "html", "body"). */
struct more_attrs {
	struct html_node *node;
	size_t            cap;
};

struct builder {
	struct arena      *arena;
	struct tokenizer   t;
	struct html_tree   tree;
	size_t             nodes_max, depth_max;
	size_t             used_max;      /* of the arena */
	struct html_node **stack;         /* of open elements; [0] is html */
	uint16_t          *depths;        /* how deep each stands in the tree, at most */
	size_t             open;
	uint16_t           open_n[TAG__COUNT];    /* HTML elements on the stack, by tag */
	struct formatting  formatting[FORMATTING_N];
	size_t             formatting_n;
	enum mode          mode, original_mode;
	enum mode         *template_modes;
	size_t             templates;
	struct html_node  *head, *form;
	struct html_node  *context;       /* of a fragment; else NULL */
	struct more_attrs  html, body;
	struct run        *pending;       /* pending table character tokens (13.2.6.4.10) */
	size_t             pending_n, pending_cap;
	bool               frameset_ok, fostering, skip_newline, has_selectedcontent, done;
};

/* Properties of elements (13.2.4.2 and others), as bits. */
enum {
	EL_SPECIAL = 1, EL_FORMATTING = 2, EL_SCOPE = 4, EL_LIST_SCOPE = 8, EL_BUTTON_SCOPE = 16, EL_TABLE_SCOPE = 32,
	EL_IMPLIED_END = 64, EL_IMPLIED_THOROUGH = 128, EL_HEADING = 256, EL_CLOSES_P = 512, EL_HEAD = 1024,
	EL_VOID = 2048
};
extern const uint16_t td_tag_is[TAG__COUNT];
unsigned td_foreign_is(const struct html_node *);

static inline unsigned
element_is(const struct html_node *n)
{
	return n->ns == NS_HTML ? td_tag_is[n->tag] : td_foreign_is(n);
}

/* Nothing more is read then. */
static inline bool
is_full(const struct builder *b)
{
	return b->tree.nodes >= b->nodes_max || b->arena->used >= b->used_max;
}

static inline bool
is_html(const struct html_node *n, enum html_tag tag)
{
	return n->tag == tag && n->ns == NS_HTML;
}

static inline struct html_node *
current(const struct builder *b)
{
	return b->stack[b->open - 1];
}

/* The adjusted current node (13.2.4.2). */
static inline const struct html_node *
adjusted_current(const struct builder *b)
{
	return b->open == 1 && b->context != NULL ? b->context : current(b);
}

static inline bool
is_in_foreign(const struct builder *b)
{
	return b->open > 0 && adjusted_current(b)->ns != NS_HTML;
}

/* build_tree.c: nodes and where they go. */
void              td_tree_append(struct html_node *parent, struct html_node *);
void              td_tree_remove(struct html_node *);
void              td_tree_move_children(struct html_node *from, struct html_node *to);
struct html_node *td_build_node(struct builder *, enum html_kind, uint32_t at);
struct html_node *td_build_element(struct builder *, const struct token *, enum html_ns);
struct html_node *td_build_clone(struct builder *, const struct html_node *);
struct html_node *td_insert_element(struct builder *, const struct token *);
struct html_node *td_insert_foreign(struct builder *, const struct token *, enum html_ns);
struct html_node *td_insert_tag(struct builder *, enum html_tag);        /* one that no token stands for */
void              td_insert_at(struct builder *, struct html_node *target, struct html_node *);
void              td_insert_text(struct builder *, const struct token *);
void              td_insert_comment(struct builder *, const struct token *, struct html_node *parent);
void              td_insert_void(struct builder *, const struct token *);

/* build_stack.c: open elements, scopes, formatting elements. */
void   td_push(struct builder *, struct html_node *);
void   td_pop(struct builder *);
void   td_pop_to(struct builder *, enum html_tag);             /* until one of these has been popped */
size_t td_stack_find(const struct builder *, const struct html_node *);     /* STR_NONE: not on it */
void   td_stack_remove(struct builder *, size_t);
void   td_stack_put(struct builder *, size_t, struct html_node *);
bool   td_in_scope(const struct builder *, enum html_tag, unsigned scope);
bool   td_node_in_scope(const struct builder *, const struct html_node *);
void   td_imply_end_tags(struct builder *, enum html_tag but);
void   td_imply_end_tags_thoroughly(struct builder *);
void   td_clear_stack_to(struct builder *, enum html_tag, enum html_tag, enum html_tag);
void   td_close_p(struct builder *);
void   td_reset_mode(struct builder *);
struct formatting td_formatting_of(struct html_node *);
void   td_formatting_push(struct builder *, struct html_node *);
void   td_formatting_marker(struct builder *);
void   td_formatting_clear(struct builder *);
void   td_formatting_remove(struct builder *, size_t);
size_t td_formatting_find(const struct builder *, const struct html_node *);
void   td_formatting_reconstruct(struct builder *);

/* The modes, in the order of enum mode, and what they share. */
bool td_mode_initial(struct builder *, struct token *);
bool td_mode_before_html(struct builder *, struct token *);
bool td_mode_before_head(struct builder *, struct token *);
bool td_mode_in_head(struct builder *, struct token *);
bool td_mode_in_head_noscript(struct builder *, struct token *);
bool td_mode_after_head(struct builder *, struct token *);
bool td_mode_in_body(struct builder *, struct token *);
bool td_mode_text(struct builder *, struct token *);
bool td_mode_in_table(struct builder *, struct token *);
bool td_mode_in_table_text(struct builder *, struct token *);
bool td_mode_in_caption(struct builder *, struct token *);
bool td_mode_in_column_group(struct builder *, struct token *);
bool td_mode_in_table_body(struct builder *, struct token *);
bool td_mode_in_row(struct builder *, struct token *);
bool td_mode_in_cell(struct builder *, struct token *);
bool td_mode_in_template(struct builder *, struct token *);
bool td_mode_after_body(struct builder *, struct token *);
bool td_mode_in_frameset(struct builder *, struct token *);
bool td_mode_after_frameset(struct builder *, struct token *);
bool td_mode_after_after_body(struct builder *, struct token *);
bool td_mode_after_after_frameset(struct builder *, struct token *);
bool td_process_html(struct builder *, struct token *);          /* by the current mode; build.c */
bool td_body_end_tag(struct builder *, struct token *);          /* build_body_end.c */
bool td_body_any_end_tag(struct builder *, const struct token *);
void td_adoption_agency(struct builder *, const struct token *); /* build_adopt.c */
bool td_foreign(struct builder *, struct token *);               /* build_foreign.c */
bool td_is_foreign_token(const struct builder *, const struct token *);    /* only when is_in_foreign() */
bool td_is_html_point(const struct html_node *);
void td_foreign_adjust(struct builder *, struct token *, enum html_ns);
void td_raw_text(struct builder *, const struct token *, enum token_state);
void td_fill_selectedcontent(struct builder *);                  /* build_select.c */
void td_end_template(struct builder *);
void td_merge_attrs(struct builder *, struct more_attrs *, const struct token *);
enum html_quirks td_quirks_of(const struct token *);             /* build_quirks.c */
struct str td_token_attr(const struct token *, struct str name);

#define NO_ATTRS(tag_) (struct token){ .kind = TOKEN_START, .tag = (tag_), .name = td_tag_names[tag_] }

static inline bool
is_start(const struct token *t, enum html_tag tag)
{
	return t->kind == TOKEN_START && t->tag == tag;
}

static inline bool
is_end(const struct token *t, enum html_tag tag)
{
	return t->kind == TOKEN_END && t->tag == tag;
}

/* Splits the white space off the front of a text token; true when nothing else is left. */
static inline bool
is_space_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!byte_is(s.p[i], BYTE_SPACE))
			return false;
	return true;
}

#endif
