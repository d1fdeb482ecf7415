/*
 * context - where in the markup a template's reader stands.
 *
 * A strict reader of the tokenizer states of HTML (WHATWG 13.2.5) that a
 * template can be in.  What the standard would repair (a bare "<", an
 * attribute without a space before it) is refused: templates are ours.
 */
#ifndef PAGE_CONTEXT_H
#define PAGE_CONTEXT_H

#include "base/str.h"

enum context_at {
	AT_TEXT,
	AT_TITLE,               /* in title or textarea: text in which no tag begins */
	AT_RAW,                 /* in script, style and the like */
	AT_MARKUP,              /* in a comment or declaration */
	AT_TAG_NAME,
	AT_TAG,                 /* in a tag, an attribute may begin here */
	AT_GAP,                 /* in a tag, white space or its end must come first */
	AT_ATTR_NAME,
	AT_EQUALS,              /* after the = */
	AT_VALUE,               /* in a quoted value */
	AT_UNQUOTED
};

enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_REFUSED };
enum url_part { URL_START, URL_OPEN, URL_FIXED };      /* nothing yet; scheme not settled; scheme settled */

struct context {
	enum context_at at;
	char            quote;
	enum attr_kind  attr;
	enum url_part   url;
	struct str      tag;            /* name of the newest tag */
	size_t          name_from;      /* of the tag's or attribute's name */
	bool            is_end_tag;
	bool            has_equiv;      /* this tag: an http-equiv attribute */
	bool            has_slot;       /* this tag: a slot */
};

/* Read file[from, to); NULL, or what is wrong and *ret_at where.  What the context keeps points into file. */
const char *context_read(struct context *, struct str file, size_t from, size_t to, size_t *ret_at);
/* A section begins or ends at `at`: a name that ends there is complete, and a space must follow. */
void        context_pause(struct context *, struct str file, size_t at);

#endif
