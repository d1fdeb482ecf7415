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

#define EXTRACT_VERSION "documents 1"        /* in store: which reader said it; a new one reads all anew */

/* One document, as received. */
struct extract_ask {
	struct str   file, url;                 /* "": unknown */
	struct str   media_type, charset;       /* of Content-Type; "": none */
	struct str   content_encoding;          /* "gzip"; "": none */
	bool         is_whole_only;             /* a body whose content coding is broken is not read: ERR_FORMAT */
	bool         is_chunked;                /* transfer coding still on; a crawler may have taken it off all the same */
	struct bytes body;                      /* at most LIMIT_BODY_B, content coding still on */
};

/* ERR_LIMIT, ERR_FORMAT: the child had to be stopped or died; *ret is untouched. */
enum err_code extract_document(struct jail *, struct arena *, const struct extract_ask *, struct article *ret, struct err *) MUST_USE;

/* Is there a reader for such bytes?  name: of the file; packed ones (gzip) may hold anything. */
bool extract_is_document(struct bytes, struct str name);

/* Read what a capture holds and commit it.  A fault of the page is in ret->warnings, not an error. */
enum err_code extract_capture(struct store_link *, struct jail *, struct arena *, const struct id *capture, struct id *ret_id,
	struct article *ret, struct err *) MUST_USE;

/* Where in a WARC file a document stood. */
struct extract_record {
	struct str id;                          /* WARC-Record-ID without its brackets: "urn:uuid:…" */
	int64_t    offset;                      /* of the record, or of its gzip member */
	int64_t    taken_us;                    /* WARC-Date */
	int64_t    status;                      /* HTTP; 0: no reply of a server */
};
extern const struct wire_desc extract_record_desc;

enum extract_format { EXTRACT_JSON, EXTRACT_TEXT, EXTRACT_MARKDOWN };
/* JSON: one object and a line end; text: title, line, text; markdown: headings, items and quotes as such. */
void extract_print(struct buf *out, const struct article *, enum extract_format);
/* As EXTRACT_JSON, with the record as its key "warc". */
void extract_print_record(struct buf *out, const struct article *, const struct extract_record *);

/* The row JAIL_EXTRACT. */
void extract_warm_up(void);
int  extract_work(struct bytes ask, struct buf *answer);
/* The row JAIL_PDF: the same question and answer, with pdftotext between. */
extern const struct jail_program extract_pdf_program;
int  extract_pdf_work(struct bytes ask, struct jail_run *, struct buf *answer);

#endif
