/* read_private - what the parts of the feed reader share (lib/feed only). */
#ifndef FEED_READ_PRIVATE_H
#define FEED_READ_PRIVATE_H

#include "feed/read.h"
#include "feed/xml.h"

enum field {
	FIELD_TITLE, FIELD_SUMMARY, FIELD_CONTENT, FIELD_RIGHTS, FIELD_ID, FIELD_LINK, FIELD_AUTHOR, FIELD_LANGUAGE, FIELD_LICENCE,
	FIELD_IMAGE, FIELD_PUBLISHED, FIELD_UPDATED, FIELD_TAGS, FIELD__COUNT
};

/* Where we are: what an element means depends on whose child it is. */
enum scope {
	SCOPE_NONE = 0,
	SCOPE_FEED = 1, SCOPE_ITEM = 2,
	SCOPE_PERSON = 4,               /* author, contributor: name, email, uri */
	SCOPE_SOURCE = 8,               /* the feed that an item was taken from */
	SCOPE_IMAGE = 16,               /* its url */
	SCOPE_HOURS = 32,               /* skipHours, skipDays */
	SCOPE_NEWS = 64,                /* news:publication: the paper, not the item */
	SCOPE_ABOUT = SCOPE_FEED | SCOPE_ITEM
};

/* How much the present value of each field counts; 0: there is none. */
struct ranks {
	unsigned char of[FIELD__COUNT];
};

struct level {
	enum scope scope;
	struct str base;                /* absolute, or "" */
	size_t     item;                /* an item's own element: its number; 0: none */
	const struct rule *mixed;       /* of an element with both children and text that count */
};

/* The text of one element, while it is read. */
struct capture {
	bool               on;
	size_t             depth;       /* of its element */
	enum xml_element   id;
	const struct rule *rule;
	struct str         first;       /* the only piece so far ... */
	bool               first_is_cdata;
	struct buf         rest;        /* ... or all of them */
	struct buf         escaped;     /* the last piece of markup's text */
	size_t             pieces;
	struct str         blank;       /* white space that counts if something follows */
	bool               is_markup;   /* XHTML: characters of the text that would be markup are escaped again */
	bool               is_wrapped;  /* Atom 1.0: a div round all of it is not part of it (RFC 4287, 3.1.1.3) */
	bool               is_base64;
	bool               has_children;
	enum feed_type     type;
	struct str         base;
	size_t             from;
};

struct reader {
	struct arena    *arena;
	struct xml       xml;
	struct feed_doc *doc;
	struct level     levels[LIMIT_FEED_DEPTH_N + 1];        /* [depth]; [0] is outside of all */
	struct capture   capture;
	struct feed_item item;          /* being read */
	bool             in_item;
	size_t           items_seen;
	struct ranks     feed_ranks, item_ranks;
	struct feed_person person;
	struct str       mixed;         /* the text beside the children of an author or a source */
	int64_t          period_min, times_a_period;    /* sy:updatePeriod, sy:updateFrequency */
	size_t           taken_b;       /* of all texts so far */
	bool             has_root, is_atom_03;
	bool             is_page;       /* it began as HTML: an item in it is none of a feed's */
	bool             link_is_alternate, link_is_enclosure;          /* the link whose text is being read */
};

/* One element: where it counts, what is done with its text. */
struct rule {
	unsigned char  scopes;          /* of its parent */
	unsigned char  inside;          /* the scope of its children; 0: they are nobody's */
	unsigned char  field;           /* enum field */
	unsigned char  rank;            /* higher counts more; the first of equals */
	enum feed_type type;
	void         (*open)(struct reader *, const struct rule *);     /* its attributes; or NULL */
	void         (*take)(struct reader *, const struct rule *, struct str value);  /* its text; NULL: not captured */
};
extern const struct rule feed_rules[XML_ELEMENT__COUNT];

/* What the parent scope says who is spoken of. */
struct feed_about *td_feed_about_now(struct reader *);
struct ranks      *td_feed_ranks_now(struct reader *);
enum scope         td_feed_parent_scope(const struct reader *);
/* An address of the document made absolute, or as it is when that cannot be done. */
/* Where relative addresses of a page begin. */
struct html_tree;
struct str         td_feed_base_of(struct arena *, const struct html_tree *, struct str url);
struct str         td_feed_resolve(struct arena *, struct str base, struct str url);
/* Links in markup made absolute; the same string when there is nothing to do. */
struct str         td_feed_absolute_links(struct arena *, struct str base, struct str markup);
struct str         td_feed_base64(struct arena *, struct str);
/* "Name (a@b)", "a@b (Name)", "Name <a@b>", "a@b". */
struct feed_person td_feed_person(struct str);
void               td_feed_add_person(struct arena *, struct feed_about *, struct feed_person);
void               td_feed_add_tag(struct arena *, struct feed_about *, struct str);
void               td_feed_add_link(struct arena *, struct feed_about *, struct feed_link);
void               td_feed_add_enclosure(struct arena *, struct feed_item *, struct feed_enclosure);
/* The item that was read is whole; false when no more are taken. */
bool               td_feed_add_item(struct arena *, struct feed_doc *, const struct feed_item *);
void               td_feed_finish_about(struct feed_about *);

enum err_code      td_feed_read_xml(struct arena *, const struct feed_ask *, struct str text, struct feed_doc *, struct err *) MUST_USE;
enum err_code      td_feed_read_json(struct arena *, const struct feed_ask *, struct str text, struct feed_doc *, struct err *) MUST_USE;

#endif
