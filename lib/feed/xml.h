/*
 * xml - the markup of feeds, pulled one event at a time from text that is often not XML.
 *
 * Nothing is refused.  An & or < that begins nothing is text; an end tag closes
 * what it names and everything inside that, or is ignored when nothing of that
 * name is open; attributes may lack their quotes; what is nested deeper than LIMIT_FEED_DEPTH_N is
 * passed over.  Declarations are skipped and never read, so there are no entities but XML's
 * five, HTML's names and numbers: a bomb or an outside file cannot be said.
 *
 *     struct xml x;
 *     td_xml_begin(&x, &arena, text);
 *     while (td_xml_next(&x) != XML_EOF)
 *         if (x.event == XML_OPEN && x.name.id == ...)
 *
 * Views point into `text`, which must be valid UTF-8; td_xml_text() and
 * td_xml_attr() make characters of them.  Linear in the text, no recursion.
 * After Namespaces in XML 1.0; a prefix that was never declared, or for an address that
 * nobody knows, means what it usually means ("dc" is Dublin Core).
 */
#ifndef FEED_XML_H
#define FEED_XML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "feed/names.h"

enum { XML_PASSED_N = 16 };

enum xml_event {
	XML_EOF,
	XML_OPEN,       /* name, attrs; an empty element is followed by its XML_CLOSE */
	XML_CLOSE,      /* name */
	XML_TEXT        /* text, is_cdata */
};

struct xml_name {
	enum xml_ns      ns;
	struct str       prefix, local;         /* as written */
	enum xml_element id;                    /* XML_OTHER: no element of any feed */
};

struct xml_attribute {
	enum xml_ns ns;
	struct str  prefix, local, value;       /* the value as written, references and all */
};

struct xml_open {
	struct xml_name name;
	size_t          from;                   /* where its tag began */
	unsigned        bindings;               /* how many prefixes were bound outside of it */
};

struct xml_binding {
	struct str  prefix;
	enum xml_ns ns;
};

struct xml {
	struct arena        *arena;
	struct str           in;
	size_t               at;                /* what comes next */
	enum xml_event       event;
	size_t               from, to;          /* the event's bytes in the text */
	struct xml_name      name;
	struct xml_attribute attrs[LIMIT_FEED_ATTRS_N];
	size_t               attrs_n;
	struct str           text;
	bool                 is_cdata;
	size_t               depth;             /* open elements; after XML_CLOSE without the one that was closed */
	struct xml_open      open[LIMIT_FEED_DEPTH_N];
	struct xml_binding   bindings[LIMIT_FEED_BINDINGS_N];
	unsigned             bindings_n;
	size_t               close_to;          /* closes are due down to this depth */
	size_t               passed_over;       /* elements too deep to be told of that are open */
	uint32_t             passed_names[XML_PASSED_N];        /* how many of them, by their names' hash */
	bool                 is_cut;            /* the text ends inside a tag, a comment or a CDATA section */
	bool                 is_broken;         /* something was not as XML wants it */
};

void           td_xml_begin(struct xml *, struct arena *, struct str text);
enum xml_event td_xml_next(struct xml *);

/* The characters of raw text: references replaced (not in CDATA), CR LF made LF, C1 controls read as windows-1252. */
struct str     td_xml_text(struct arena *, struct str raw, bool is_cdata);
void           td_xml_add_text(struct buf *, struct str raw, bool is_cdata);
/* An attribute of the element just opened, by its local name and namespace (XML_NS_NONE: without a prefix). */
struct str     td_xml_attr(const struct xml *, enum xml_ns, const char *local);
bool           td_xml_has_attr(const struct xml *, enum xml_ns, const char *local);

/* Text or an attribute's value as XML: escaped, and without the characters that XML forbids. */
void           td_xml_put_text(struct buf *, struct str);

#endif
