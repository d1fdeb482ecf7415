/*
 * page - templates: text with typed slots, escaped by where they stand.
 *
 * A template is HTML (or XML) with
 *     {{name}}            a value, escaped: in text for & < >, in an attribute also for quotes
 *     {{#name}}…{{/name}} once for each element of a list, or once if a value is there (an empty string is not)
 *     {{^name}}…{{/name}} if it is not there
 *     {{>file}}           another template, in place
 *     {{t:some.id}}       a sentence in the reader's language (i18n)
 * The loader knows for each slot whether it stands in text, in a quoted
 * attribute, or in href, src, action or the like.  There a value that begins
 * the address must be set with td_page_url() and is printed if it is http,
 * https, mailto or relative; anything else prints "#".  After a fixed
 * beginning (href="/search?q={{words}}") any value is one component,
 * percent-encoded.  The loader refuses a slot in script or style, in a tag's
 * name, in an unquoted attribute, in an on… or style attribute.  {{name}}
 * prints a value that was set with td_page_html() as it is, but only in text;
 * elsewhere printing it is ERR_FORMAT.
 *
 * A section may hold whole attributes (<option{{#on}} selected{{/on}}>), and
 * must end in the same place of the markup in which it began.  A line that
 * holds nothing but one of {{#…}} {{^…}} {{/…}} {{>…}} leaves no empty line.
 *
 *     struct page_values *v = td_page_values(&arena);
 *     td_page_str(v, "title", note.heading);
 *     struct page_values *row = td_page_add(v, "items");     // one more element of a list
 *     td_page_str(row, "title", item.title);
 *     td_page_print(set, STR("item.html"), v, words, &out, err);
 *
 * Names are looked up in the innermost element first, then outwards; {{.}} is
 * not known.  A value that was never set prints nothing.  Setting a name again
 * replaces its value.  Nothing is copied: names and text must live as long as
 * the values.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "html/escape.h"

#define PAGE_DEPTH_N 16          /* templates within templates, and sections within sections of one file */
#define PAGE_PARTS_N 100000      /* parts of one template with all that it includes */
#define PAGE_STEPS_N 10000000    /* parts printed for one page */

struct page_file {
	struct str name;         /* "item.html" */
	struct str text;
};

struct page_set;             /* templates, checked; lives in its arena, keeps views of the files' text */
struct page_values;          /* names and values; lives in its arena */

/* ERR_FORMAT names file, line and fault.  Files later in the list replace earlier ones of the same name. */
enum err_code td_page_load(struct arena *, const struct page_file *, size_t n, struct page_set **ret, struct err *) MUST_USE;
bool          td_page_has(const struct page_set *, struct str name);

struct page_values *td_page_values(struct arena *);
void                td_page_str(struct page_values *, const char *name, struct str);
void                td_page_i64(struct page_values *, const char *name, int64_t);
void                td_page_flag(struct page_values *, const char *name, bool);     /* for {{#name}} only */
void                td_page_url(struct page_values *, const char *name, struct str);
void                td_page_html(struct page_values *, const char *name, struct html);
struct page_values *td_page_add(struct page_values *, const char *list);

/* The sentence for `id`, or an empty str when there is none (then ERR_MISSING names it). */
struct page_words {
	struct str (*look_up)(const void *self, struct str id);
	const void  *self;
};

/* Append the page, or on failure nothing.  words may be NULL if no template has {{t:…}}.  out->failed is for the caller to look at. */
enum err_code td_page_print(const struct page_set *, struct str name, const struct page_values *,
	const struct page_words *, struct buf *out, struct err *) MUST_USE;

#endif
