/* What the files of lib/pdf share: lines as they stand on pages. */
#ifndef PDF_PDF_PRIVATE_H
#define PDF_PDF_PRIVATE_H

#include "pdf/pdf.h"

/* Lengths are thousandths of a point; y grows downwards. */
struct pdf_line {
	int32_t    x0, y0, x1, y1;
	int32_t    height;              /* y1 - y0: the letters' size */
	int32_t    gap_min, gap_max;    /* between its words; 0: one word */
	int32_t    page;                /* from 1 */
	int32_t    block;               /* counted through the document */
	struct str text;                /* in the order in which it is read */
	bool       is_edge;             /* a running head or a page number: not of the text */
	bool       is_rtl;
};

struct pdf_page {
	int32_t width, height;
};

struct pdf_layout {
	struct arena    *arena;
	struct pdf_line *lines;
	struct pdf_page *pages;
	size_t           lines_n, lines_room, pages_n, pages_room;
	struct str       title, author, created, modified;
	bool             is_whole;
};

void td_pdf_scan(struct arena *, struct str, struct pdf_layout *ret);
/* A line as it is seen, from left to right, becomes one as it is read; *ret_is_rtl: it begins at the right. */
struct str td_pdf_read_order(struct arena *, struct str seen, bool *ret_is_rtl);
/* Marks lines that repeat at the edges of pages; returns how many. */
size_t td_pdf_mark_edges(struct pdf_layout *);
/* Each page's lines, edges already gone, in the order of its columns; what stands beside each other is one line. */
void td_pdf_sort_columns(struct pdf_layout *);
void td_pdf_paragraphs(struct pdf_layout *, struct article_given *);

#endif
