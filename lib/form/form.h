/*
 * form - what a browser sends when somebody presses a button.
 *
 * Reads application/x-www-form-urlencoded (WHATWG URL, section 5.1) and
 * multipart/form-data (RFC 7578, as browsers write it: WHATWG HTML, section
 * 4.10.21.8).  Names and values of text fields become valid UTF-8 without NUL
 * (a bad byte becomes U+FFFD); a file's bytes are a view into the body.
 *
 *     struct form f;
 *     td_form_parse(&arena, content_type, body, &f, err);
 *     struct str heading = td_form_get(&f, "heading");
 *
 * The arena holds the fields; the body must live as long as they do.
 */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include "base/arena.h"
#include "base/err.h"

#define FORM_FIELDS_N 4096      /* a note form with a checkbox for each sentence of a long page */

struct form_field {
	struct str   name;
	struct str   value;      /* of a text field; "" for a file */
	bool         is_file;
	struct str   file_name;  /* without its folders; "" when no file was chosen */
	struct bytes file;
};

struct form {
	struct form_field *v;
	size_t             n;
};

/* ERR_FORMAT: neither of the two types, or broken; ERR_LIMIT: more than FORM_FIELDS_N fields. */
enum err_code td_form_parse(struct arena *, struct str content_type, struct bytes body, struct form *ret,
	struct err *) MUST_USE;

/* "a=1&b=%EA%B9%80+x", also the query of an address. */
enum err_code td_form_parse_urlencoded(struct arena *, struct str, struct form *ret, struct err *) MUST_USE;

/* The first field of that name; an empty str when there is none. */
struct str td_form_get(const struct form *, const char *name);
/* The i-th of that name, from 0. */
struct str td_form_get_nth(const struct form *, const char *name, size_t i);
bool       td_form_has(const struct form *, const char *name);
/* The first file of that name that was chosen, or NULL. */
const struct form_field *td_form_file(const struct form *, const char *name);

#endif
