/*
 * css - what a style sheet loads: url(…) and @import, and nothing else of it.
 *
 * A scanner, not a parser: it knows comments, strings, escapes and url tokens
 * (CSS Syntax Level 3, sections 4.3.1 to 4.3.7), so that an address in a comment or in
 * the content of a string is not taken for one.  Any bytes, linear time.
 *
 *     struct css_refs refs;
 *     td_css_refs(&arena, text, &refs);
 *     for (size_t i = 0; i < refs.n; i++)
 *         ... refs.v[i].url, refs.v[i].is_import ...
 */
#ifndef CSS_CSS_H
#define CSS_CSS_H

#include "base/arena.h"

struct css_ref {
	struct str url;                 /* as written, escapes decoded; not resolved */
	bool       is_import;           /* another style sheet */
};

struct css_refs {
	struct css_ref *v;
	size_t          n;
	bool            is_cut;         /* more than LIMIT_REFS_N; the rest is not told */
};

void td_css_refs(struct arena *, struct str text, struct css_refs *ret);

#endif
