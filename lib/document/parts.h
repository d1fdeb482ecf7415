/* The readers of single formats, each an article out of that format's own module (lib/document only). */
#ifndef DOCUMENT_PARTS_H
#define DOCUMENT_PARTS_H

#include "article/read.h"

void document_mail(struct arena *, const struct article_ask *, struct article *ret);
void document_office(struct arena *, const struct article_ask *, struct article *ret);
void document_markdown(struct arena *, const struct article_ask *, struct article *ret);

#endif
