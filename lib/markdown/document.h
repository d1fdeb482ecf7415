/*
 * markdown/document - a Markdown file that somebody wrote, as parts: headings, paragraphs, lists, quotes, code, rows.
 *
 * CommonMark by cmark, and pipe tables, which it does not know.  Written HTML is
 * dropped, the words between two tags stay; a picture is its description; links
 * are collected.  Not for the desk's notes: markdown.h.
 *
 *     if (!td_markdown_document(&arena, &g, text))
 *         td_given_plain(&arena, &g, text);
 *
 * False: longer than MARKDOWN_FILE_B, nested deeper than MARKDOWN_DEPTH_N, or
 * references that would multiply; nothing was added then.
 */
#ifndef MARKDOWN_DOCUMENT_H
#define MARKDOWN_DOCUMENT_H

#include "article/given.h"

#define MARKDOWN_FILE_B (4 * MiB)

bool td_markdown_document(struct arena *, struct article_given *, struct str);

#endif
