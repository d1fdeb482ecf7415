/*
 * safe - the part of a stranger's page that a browser may be shown.
 *
 * Nothing is filtered: a tree of our own is printed from scratch, element by
 * element from a short list, with no attribute but the href of a link.  So no
 * script, no style, no event handler, no form and no address but http, https
 * and mailto can come out, whatever went in.  However a browser nests it when
 * it parses it again, no element off the list can appear: nothing printed here
 * switches the tokenizer or opens foreign content.  Elements off the list are unwrapped; those whose text is no prose
 * (script, style, svg, math, template, iframe, form controls) are dropped whole.
 *
 *     struct buf out = BUF_INIT(LIMIT_PAGE_B);
 *     struct html h = td_html_safe(tree.document, &out);
 *     if (!out.failed) ...
 *
 * Allowed: p h1-h6 ul ol li blockquote pre code em strong b i a br sup sub,
 * table caption thead tbody tfoot tr th td, figure figcaption.
 */
#ifndef HTML_SAFE_H
#define HTML_SAFE_H

#include "html/escape.h"
#include "html/tree.h"

/* What is under the node.  The result lies in *out; it is empty when out->failed. */
struct html td_html_safe(const struct html_node *, struct buf *out);

#endif
