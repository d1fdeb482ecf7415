/*
 * document/kind - what a file is, by its own bytes; its name and its sender's label are only hints.
 *
 * Nothing is unpacked or parsed: the first bytes are looked at, a ZIP file is
 * searched for the name of the part that makes it an office document.  Linear.
 */
#ifndef DOCUMENT_KIND_H
#define DOCUMENT_KIND_H

#include "base/str.h"

enum document_kind {
	DOCUMENT_NONE,          /* there is no document */
	DOCUMENT_HTML, DOCUMENT_TEXT, DOCUMENT_MARKDOWN, DOCUMENT_MAIL, DOCUMENT_PDF, DOCUMENT_OFFICE,
	DOCUMENT_OTHER,         /* kept, not read: an image, a sound, a program */
	DOCUMENT_KIND__COUNT
};

struct document_type {
	enum document_kind kind;
	const char        *media_type;  /* what the bytes are; NULL: what was said, they do not contradict it */
	const char        *what;        /* DOCUMENT_OTHER, for the person: "an image"; else NULL */
};

/* media_type: as said, "" for none; name: of the file or the address, "" for none. */
struct document_type td_document_type(struct bytes, struct str media_type, struct str name);

/* By the label alone, for bytes that are still packed (Content-Encoding). */
enum document_kind   td_document_of_label(struct str media_type);

/* There is a reader for it. */
bool                 td_document_is_read(enum document_kind);

#endif
