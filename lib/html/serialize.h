/*
 * serialize - a tree as markup again (section 13.3, "Serializing HTML fragments").
 *
 * Writes what is under a node, not the node itself, as innerHTML does.  What
 * comes out need not parse to the same tree: the standard lists why, and
 * hostile pages live on it.  So a browser is never shown this; for that there
 * is html/safe.h.  Never recurses.
 */
#ifndef HTML_SERIALIZE_H
#define HTML_SERIALIZE_H

#include "base/buf.h"
#include "html/tree.h"

/* out->failed when it did not fit. */
void td_html_serialize(const struct html_node *, struct buf *out);

#endif
