#include "capture/capture_private.h"

#include <stdio.h>

/* A ZIP file with a folder "archive/" in its directory of files. */
static bool
is_wacz(struct bytes b)
{
	struct str s = bytes_as_str(b);

	return str_starts(s, STR("PK\3\4")) && str_find(s, STR("datapackage.json")) != STR_NONE && str_find(s, STR("archive/")) != STR_NONE;
}

bool
kind_is_warc(struct bytes b)
{
	/* A gzip file is asked in the jail what is in it: nothing is unpacked here. */
	return str_starts(bytes_as_str(b), STR("WARC/")) || str_starts(bytes_as_str(b), STR("\x1f\x8b")) || is_wacz(b);
}

enum document_kind
kind_of(struct arena *a, struct bytes b, struct str name, struct str *media_type, struct str coding, struct str *ret_said)
{
	struct document_type t;
	char                 said[256];

	*ret_said = STR("");
	if (coding.n > 0)
		return td_document_of_label(*media_type);
	t = td_document_type(b, *media_type, name);
	if (t.media_type != NULL)
		*media_type = str_of(t.media_type);
	if (t.kind == DOCUMENT_OTHER) {
		snprintf(said, sizeof(said), "%s (%s), kept as evidence; there is no text to read", t.what, t.media_type);
		*ret_said = arena_copy(a, str_of(said));
	}
	return t.kind;
}
