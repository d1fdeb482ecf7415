/*
 * refs - the files that a page needs to look as it did: images, style sheets, icons, frames.
 *
 * What a reader without script would load is listed with its address, and what
 * is not worth loading for the record (scripts, sound, film) is listed too, so
 * that nothing is left out in silence.  Addresses are resolved against <base>
 * and only those of the web count; each is listed once, at its first place.
 *
 *     struct refs refs;
 *     td_refs_of_page(&arena, tree.document, STR("https://example.org/story"), &refs);
 *     td_refs_of_style(&arena, css, STR("https://example.org/a.css"), &refs);
 *
 * HTML standard: 4.8.4.2 (srcset), 4.2.3 (base), 4.2.4 (link).
 */
#ifndef REFS_REFS_H
#define REFS_REFS_H

#include "base/arena.h"
#include "base/err.h"
#include "html/tree.h"

enum ref_kind { REF_IMAGE, REF_STYLE, REF_ICON, REF_FRAME, REF_OTHER_SIZE, REF_SCRIPT, REF_MEDIA, REF_KIND__COUNT };
extern const char *const ref_kind_name[REF_KIND__COUNT];        /* "image", "style", ..., "other size", "script", "media" */

struct ref {
	enum ref_kind kind;     /* REF_IMAGE also for what a style sheet loads: pictures and fonts; REF_OTHER_SIZE: the largest of the srcset and a plain one are there */
	struct str    url;
};

struct refs {
	struct { struct ref *v; size_t n; } list;
	bool is_cut;            /* more than LIMIT_REFS_N */
};

/* Both set *ret anew.  ERR_FORMAT: base is no address. */
enum err_code td_refs_of_page(struct arena *, const struct html_node *document, struct str base, struct refs *ret, struct err *) MUST_USE;
enum err_code td_refs_of_style(struct arena *, struct str css, struct str base, struct refs *ret, struct err *) MUST_USE;

#endif
