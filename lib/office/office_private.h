/* What the files of lib/office share: the archive, the XML reader, the writer of parts. */
#ifndef OFFICE_OFFICE_PRIVATE_H
#define OFFICE_OFFICE_PRIVATE_H

#include "base/buf.h"
#include "office/office.h"

/* ---- the archive: names to bytes, with one ceiling on all that is unpacked */
struct office_zip;
/* NULL with a sentence in *ret_fault when it is none. */
struct office_zip *office_zip_open(struct bytes, const char **ret_fault);
void               office_zip_close(struct office_zip *);
/* False: no such part, or *ret_fault says what is wrong with it.  out is appended to. */
bool               office_zip_read(struct office_zip *, const char *name, struct buf *out, const char **ret_fault);

/* ---- XML by SAX; callbacks run below a foreign frame: no arena there, only bufs */
struct office_xml {
	const char *(*attribute)(const struct office_xml *, const char *local);         /* of the element that starts; NULL: none */
	const void   *expat_attributes;
	const char   *space;            /* its namespace, "" for none */
	int           depth;
};

struct office_handler {
	void (*start)(void *, const struct office_xml *, const char *local);
	void (*end)(void *, const struct office_xml *, const char *local);
	void (*text)(void *, struct str);
};
/* NULL, or a sentence's end: "is not well-formed XML", "declares a document type".  What came before was handed over. */
const char *office_xml_read(struct bytes, const struct office_handler *, void *arg);

/* ---- parts in the making */
enum { OFFICE_NESTED_N = 8, OFFICE_NOTES_N = 4096 };

struct office_part {
	enum block_kind kind;
	int64_t         level;
	size_t          from, to;       /* of the writer's text */
};

struct office_paragraph {
	struct buf      text;
	enum block_kind kind;
	int64_t         level;
};

struct office_writer {
	struct buf              text;                   /* of finished parts */
	struct buf              parts[2];               /* of struct office_part: the document's, its notes' */
	struct buf              links;                  /* address NUL words NUL ... */
	struct office_paragraph open[OFFICE_NESTED_N];  /* text boxes have paragraphs within paragraphs */
	int                     open_n, over_n;         /* over_n: deeper ones, whose text goes to the deepest that is open */
	struct buf              row;
	int                     tables_n, rows_n;       /* within each other */
	bool                    in_note;
	size_t                  notes_n;
	struct buf              note_label;             /* "[3] ", before the first paragraph of a note */
	size_t                  deleted_n, comments_n, hidden_n;
};

void office_writer_init(struct office_writer *);
void office_writer_free(struct office_writer *);
void office_begin(struct office_writer *, enum block_kind, int64_t level);
void office_kind(struct office_writer *, enum block_kind, int64_t level);       /* of the open paragraph */
void office_text(struct office_writer *, struct str);
void office_end(struct office_writer *);
void office_row_begin(struct office_writer *);
void office_row_end(struct office_writer *);
/* The mark in the text, "[3]"; office_note_begin() makes what follows the note's own. */
void office_note_mark(struct office_writer *, size_t number);
void office_note_begin(struct office_writer *, size_t number);
void office_note_end(struct office_writer *);
void office_link(struct office_writer *, struct str url);
void office_give(struct office_writer *, struct arena *, struct article_given *);

/* ---- the two formats; both return a fault as office_xml_read() does */
const char *office_docx(struct office_zip *, struct office_writer *);
const char *office_odt(struct office_zip *, struct office_writer *);

#endif
