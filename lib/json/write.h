/*
 * json/write - JSON text, written as it goes; commas and escapes are its business.
 *
 *     struct json j = { .out = &buf };
 *     td_json_object(&j);
 *     td_json_key(&j, "title"); td_json_str(&j, title);
 *     td_json_end(&j);
 *
 * Strings must be valid UTF-8; control characters, U+2028, U+2029 and '<' are
 * escaped, so that the result may stand inside a script element.  RFC 8259.
 * Nesting deeper than JSON_DEPTH sets out->failed.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include "base/buf.h"

#define JSON_DEPTH 32

struct json {
	struct buf *out;
	int         depth;
	bool        in_array[JSON_DEPTH];
	bool        has_one[JSON_DEPTH];    /* a comma is due before the next */
};

void td_json_object(struct json *);
void td_json_array(struct json *);
void td_json_end(struct json *);        /* closes the innermost of the two */
void td_json_key(struct json *, const char *);
void td_json_str(struct json *, struct str);
void td_json_i64(struct json *, int64_t);
void td_json_bool(struct json *, bool);

/* A string in parts. */
void td_json_string_begin(struct json *);
void td_json_string_part(struct json *, struct str);
void td_json_string_end(struct json *);

#endif
