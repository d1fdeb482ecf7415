/*
 * opml - a list of sources as other readers write it and read it (OPML 1.0 and 2.0).
 *
 *     struct opml list;
 *     td_opml_read(&arena, bytes, &list, err);
 *     td_opml_write(&list, &out);
 *
 * Groups are the outlines round a feed; those of one feed are joined by " / ",
 * and one whose own name has that in it reads as two.  Broken files are read
 * as feeds are (feed/xml.h).  A list written and read again is the same list,
 * but for the order of its groups.
 */
#ifndef FEED_OPML_H
#define FEED_OPML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "wire/wire.h"

struct opml_feed {
	struct str url;                 /* never "" */
	struct str title, site;         /* "" when not said; site: of its pages */
	struct str group;               /* "Korea / Courts"; "" none */
	struct str language, note;      /* outline's language and description */
};
extern const struct wire_desc opml_feed_desc;

struct opml {
	struct str title;
	struct { struct opml_feed *v; size_t n; } feeds;        /* at most LIMIT_OPML_N */
	bool       is_over_limit;       /* there were more */
};
extern const struct wire_desc opml_desc;

/* ERR_FORMAT: it is no OPML.  An address that comes twice is taken once, where it comes first. */
enum err_code td_opml_read(struct arena *, struct bytes, struct opml *ret, struct err *) MUST_USE;

void          td_opml_write(const struct opml *, struct buf *out);

#endif
