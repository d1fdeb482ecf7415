/*
 * markdown - the desk's notes: CommonMark in, safe markup or plain text out.
 *
 * Written HTML is dropped (the words between two tags stay).  A link that is
 * not http, https, mailto or relative becomes its text; a picture becomes its
 * description, since a page of ours loads nothing from elsewhere.  Headings
 * move two levels down (# is h3) so that they fit below a note's own.
 * Quotation marks stay as they were typed.
 *
 *     struct html body;
 *     td_markdown_html(&arena, note.text, &body, err);
 *     td_page_html(values, "note", body);
 *
 * ERR_LIMIT: more than LIMIT_NOTE_B, deeper than MARKDOWN_DEPTH_N, or so many
 * references to so long addresses that the result could be huge.
 */
#ifndef MARKDOWN_MARKDOWN_H
#define MARKDOWN_MARKDOWN_H

#include "base/arena.h"
#include "base/err.h"
#include "html/escape.h"

#define MARKDOWN_DEPTH_N 64      /* quotations and lists within each other */

enum err_code td_markdown_html(struct arena *, struct str, struct html *ret, struct err *) MUST_USE;

/* The words alone, one line a paragraph: for feeds and descriptions. */
enum err_code td_markdown_text(struct arena *, struct str, struct str *ret, struct err *) MUST_USE;

#endif
