/* What the files of this room share. */
#ifndef CAPTURE_CAPTURE_PRIVATE_H
#define CAPTURE_CAPTURE_PRIVATE_H

#include "capture/capture.h"

/* By the bytes; name: of the file, or its address.  said: for the person when there is no reader for it, else "". */
enum document_kind kind_of(struct arena *, struct bytes, struct str name, struct str *media_type, struct str content_encoding,
	struct str *ret_said);
bool               kind_is_warc(struct bytes);

/* Media type, charset and coding of a reply's head. */
void               take_type(struct arena *, struct bytes head, struct capture_taken *);
/* Hand the records to the store; fills in id and ledger_seq. */
enum err_code      commit(const struct capture_room *, struct arena *, struct store_capture_new *, struct capture_taken *,
	struct err *) MUST_USE;

enum err_code      import_warc(const struct capture_room *, struct arena *, struct str name, struct bytes,
	struct capture_list *ret, struct err *) MUST_USE;

#endif
