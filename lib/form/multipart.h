/* multipart - the half of lib/form that reads multipart/form-data. */
#ifndef FORM_MULTIPART_H
#define FORM_MULTIPART_H

#include "form/form.h"

enum err_code form_parse_multipart(struct arena *, struct str content_type, struct bytes body, struct form *ret,
	struct err *) MUST_USE;

/* Valid UTF-8 without NUL: a view if it is so already, else a copy with U+FFFD for each bad byte. */
struct str form_text(struct arena *, struct bytes);

#endif
