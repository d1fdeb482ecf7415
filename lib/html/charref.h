/* charref - one character reference, for text that is no HTML page: feeds, attributes of theirs. */
#ifndef HTML_CHARREF_H
#define HTML_CHARREF_H

#include "base/str.h"

/*
 * The reference at s.p[at], which is '&': how many bytes it takes, 0 when it is
 * none.  Numbers are read as HTML reads them (0x80 to 0x9F: windows-1252); a
 * name needs its semicolon.  *ret points into `small` or a table.
 */
size_t td_html_charref(struct str s, size_t at, struct str *ret, char small[8]);

#endif
