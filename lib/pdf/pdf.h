/*
 * pdf - paragraphs out of what pdftotext says stands where on the pages.
 *
 * The input is the output of `pdftotext -bbox-layout` (poppler): words with
 * their boxes, in lines, blocks and flows.  Here lines become paragraphs again:
 * words divided by a hyphen are joined, lines of scripts without spaces get
 * none, lines that run from right to left are put into the order in which they
 * are read, what repeats at the edge of pages (running heads, page numbers) is
 * left out.  Every part knows its page.
 *
 *     struct article_given g = { 0 };
 *     struct pdf_facts     facts;
 *     td_pdf_read(&arena, layout, &g, &facts);
 *
 * Never fails: a layout that ends in its middle gives what stood before.
 * Linear but for a sort of what stands at the edges; texts live in the arena.
 */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "article/given.h"

struct pdf_facts {
	size_t pages_n;         /* that the layout has */
	size_t empty_n;         /* without a word */
	size_t edges_n;         /* lines left out as running heads or page numbers */
	bool   is_whole;        /* false: the layout ended before its end */
};

/* Adds title, byline, dates and parts. */
void td_pdf_read(struct arena *, struct bytes layout, struct article_given *, struct pdf_facts *ret);

#endif
