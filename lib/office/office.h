/*
 * office - what a word processor's file says: docx (ECMA-376, WordprocessingML) and odt (OASIS OpenDocument 1.3).
 *
 * Both are ZIP files of XML.  Only the parts that hold text and properties are
 * unpacked, by their names; names of the others, pictures, macros and embedded
 * objects are never looked at.  A document type declaration ends the reading: no office
 * program writes one, and it is where entities come from.
 *
 *     struct article_given g = { 0 };
 *     td_office_read(&arena, bytes, &g);
 *
 * Headings keep their levels, lists theirs, a table's row is one part, notes
 * stand at the end behind their number.  Text that was deleted under tracked changes,
 * hidden text and comments are left out, and the person is told.  Never fails: what
 * is wrong is a warning in g.  Ceilings: OFFICE_*; linear.
 */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include "article/given.h"

enum { OFFICE_ENTRIES_N = 20000, OFFICE_DEPTH_N = 256 };      /* files in a ZIP; elements within each other */

void td_office_read(struct arena *, struct bytes, struct article_given *);

/* What the ZIP library's clock reads at its first use, before a process is locked; TZ must be set by then. */
void td_office_warm_up(void);

#endif
