/*
 * article - what a page says, and why we think so.
 *
 * The answer of every reader: a web page, text, mail, an office document, a PDF.
 * A field that is not known is absent (an empty string, CIVIL_NONE), never a
 * guess; `why` says in a few words where each value came from.  All strings
 * are UTF-8, all offsets count bytes of `text`.
 */
#ifndef ARTICLE_ARTICLE_H
#define ARTICLE_ARTICLE_H

#include "base/civil.h"
#include "wire/wire.h"

/* What kind of page this is; anything but ARTICLE_STORY has a warning that says so in words. */
enum article_kind {
	ARTICLE_STORY,
	ARTICLE_INDEX,          /* a front page, a list of links or goods, a forum overview */
	ARTICLE_NEEDS_BROWSER,  /* "please enable JavaScript", an empty shell */
	ARTICLE_WALL,           /* a cookie wall, a login, "checking your browser" */
	ARTICLE_EMPTY,          /* no text to speak of */
	ARTICLE_FORUM,          /* a discussion: the posts of many */
	ARTICLE_PRODUCT,        /* something for sale, and what is said of it */
	ARTICLE_KIND__COUNT
};
extern const char *const article_kind_name[ARTICLE_KIND__COUNT];   /* "story", "index", "needs-browser", "wall", "empty", "forum", "product" */

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_ROW, BLOCK_CAPTION, BLOCK_PRE,
	BLOCK_KIND__COUNT };
extern const char *const block_kind_name[BLOCK_KIND__COUNT];       /* "paragraph", "heading", … */

/* Blocks cover `text` in order, without overlap; between two blocks stand one or two '\n'. */
struct block {
	enum block_kind kind;
	int64_t         level;          /* of a heading 1..6, of an item its depth from 1; else 0 */
	int64_t         from, to;       /* [from, to) */
	int64_t         page;           /* of a PDF, from 1: where it begins; 0: there are none */
};

/* "06/27/2018 North Korea (Channel News Asia) –" */
struct dateline {
	struct civil date;
	struct str   place;             /* as written */
	struct str   country;           /* ISO 3166-1 alpha-2 of that place */
	struct str   source;            /* as written between the brackets */
	struct str   text;              /* the whole dateline as written; not part of article.text when it is the genre's */
};

struct contact_person {
	struct str name, role;
};

/* "For interviews with NAME, ROLE, please contact NAME, ROLE: ADDRESS" */
struct contact {
	struct str text;                                        /* the line as written */
	struct { struct contact_person *v; size_t n; } people;  /* in the order of the line */
	struct str email, phone;
};

/* What an address is to the story that names it. */
enum link_kind {
	LINK_OTHER,             /* menus, the front page, what the site always shows */
	LINK_CITED,             /* stands in the story's own words */
	LINK_SOURCE,            /* where the story says it is from: [Full Story], "출처:" */
	LINK_RELATED,           /* another story of the same site, beside this one */
	LINK_DOCUMENT,          /* a file: PDF, hwp, spreadsheet */
	LINK_MEDIA,             /* a picture, a recording */
	LINK_ARCHIVE,           /* somebody's kept copy of a page */
	LINK_SOCIAL,            /* an account, a button that shares; a post in the story's words is cited */
	LINK_MAIL,
	LINK_KIND__COUNT
};
extern const char *const link_kind_name[LINK_KIND__COUNT];         /* "other", "cited", "source" ... */

struct article_link {
	struct str     url, text;
	enum link_kind kind;
};

struct reason {
	struct str field, why;
	int64_t    confidence;          /* percent */
};

struct article {
	struct str        file, url, canonical_url;
	enum article_kind kind;
	struct str        title;
	struct str_list   byline;       /* people; not "Staff", not the site */
	struct civil      published, modified;
	struct str        published_text, modified_text;        /* as the page has them: "2018-06-27T00:30:00Z", "27. Juni 2018" */
	struct dateline   dateline;
	struct str        subject;      /* country the story is about, ISO 3166-1 alpha-2 */
	struct str        publisher;    /* whose page this is */
	struct str        carrier;      /* who ran the story */
	struct str        origin;       /* who wrote it: "told Reuters" */
	struct str        language;     /* BCP 47 */
	struct str        section;      /* where the paper files it: "Politik" */
	struct str_list   tags;
	struct str        image;        /* address of the picture that the page leads with */
	struct str        image_caption, image_credit;          /* "Photo: Ana Ruiz" is the credit "Ana Ruiz" */
	struct str        text;         /* main text, without note, genre dateline, link marks and contact */
	struct { struct block *v; size_t n; } blocks;
	struct str        note;         /* the publisher's own note ("ICC Note: …"), without its label */
	struct str        note_by;      /* from the label: "ICC" */
	struct contact    contact;
	struct str        full_story;   /* where [Full Story] leads; absent when the mark has no address */
	struct str        full_story_mark;      /* the mark as written: "[Full Story]" */
	struct { struct article_link *v; size_t n; } links;
	struct { struct reason *v; size_t n; } why;
	struct str_list   warnings;
};

extern const struct wire_desc block_desc, dateline_desc, article_desc;

#endif
