/*
 * document/read - any document's bytes in, an article out: the reader that its kind asks for.
 *
 * The one door for web pages, text, Markdown, mail and office documents.  A PDF
 * is read by another program (src/jail/program.h); what that program makes of
 * it comes in by td_document_pdf().
 *
 *     struct article_ask ask = { .file = STR("letter.eml"), .body = body };
 *     td_document_read(&arena, &ask, &article);
 *
 * Never fails; see article/read.h.
 */
#ifndef DOCUMENT_READ_H
#define DOCUMENT_READ_H

#include "article/read.h"

void td_document_read(struct arena *, const struct article_ask *, struct article *ret);

/* layout: what `pdftotext -bbox-layout` wrote; said: a sentence about its end, "" when all went well. */
void td_document_pdf(struct arena *, const struct article_ask *, struct bytes layout, struct str said, struct article *ret);

/* Open what would be opened later, before a process is locked. */
void td_document_warm_up(void);

#endif
