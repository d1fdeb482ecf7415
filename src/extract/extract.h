/*
 * extract - what does a page say?  A locked child reads it, the store keeps the answer.
 *
 *     extract_document(jail, &arena, &ask, &article, err);          // bytes in, article out
 *     extract_capture(link, jail, &arena, &capture, &id, &article, err);
 *     extract_print(&out, &article, EXTRACT_JSON);
 *
 * A page that kills its reader gives an article without text and a warning;
 * its bytes are kept in any case.
 */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H

#include "article/article.h"
#include "jail/jail.h"
#include "jail/program.h"
#include "store/link.h"

#define EXTRACT_VERSION "html 1"        /* in store: which reader said it; a new one reads all anew */

/* One document, as received. */
struct extract_ask {
	struct str   file, url;                 /* "": unknown */
	struct str   media_type, charset;       /* of Content-Type; "": none */
	struct str   content_encoding;          /* "gzip"; "": none */
	struct bytes body;                      /* at most LIMIT_BODY_B, content coding still on */
};

/* ERR_LIMIT, ERR_FORMAT: the child had to be stopped or died; *ret is untouched. */
enum err_code extract_document(struct jail *, struct arena *, const struct extract_ask *, struct article *ret, struct err *) MUST_USE;

/* Read what a capture holds and commit it.  A fault of the page is in ret->warnings, not an error. */
enum err_code extract_capture(struct store_link *, struct jail *, struct arena *, const struct id *capture, struct id *ret_id,
	struct article *ret, struct err *) MUST_USE;

enum extract_format { EXTRACT_JSON, EXTRACT_TEXT, EXTRACT_MARKDOWN };
/* JSON: one object and a line end; text: title, line, text; markdown: headings, items and quotes as such. */
void extract_print(struct buf *out, const struct article *, enum extract_format);

/* The row JAIL_EXTRACT. */
void extract_warm_up(void);
int  extract_work(struct bytes ask, struct buf *answer);
/* The row JAIL_PDF: the same question and answer, with pdftotext between. */
extern const struct jail_program extract_pdf_program;
int  extract_pdf_work(struct bytes ask, struct jail_run *, struct buf *answer);

#endif
