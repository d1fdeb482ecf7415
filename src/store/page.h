/*
 * page - what the store can be asked about pages that are to be taken, and about what became of them afterwards.
 *
 * A part of store/verbs.h, which includes it.  Two kinds of pages are asked for
 * by the watch, in the turn of their host: those that items announced, once,
 * and those that were taken, to see what became of them.  A page is listed when
 * it is due, and leased when its turn has come; whoever dies with it leaves it
 * to be listed again.
 *
 *     store_page_due(link, &arena, &(struct store_page_ask){ .now_us = now, .limit = 50 }, &due, err);
 *     store_page_begin(link, &arena, &(struct store_page_name){ due.pages.v[0].kind, due.pages.v[0].id, false }, &page, err);
 *     ... an item: store_capture_commit() with .item, or store_job_end() with page.job and why not ...
 *     ... a look: store_life_commit() ...
 */
#ifndef STORE_PAGE_H
#define STORE_PAGE_H

#include "base/id.h"
#include "base/str.h"

#define STORE_PAGE_VERBS(X) \
	X(page_due,        page_ask,        page_list,      ROLE_WORKER | ROLE_OWNER) \
	X(page_begin,      page_name,       page,           ROLE_WORKER | ROLE_OWNER) \
	X(item_want,       name,            none,           ROLE_EDITOR | ROLE_OWNER) \
	X(life_commit,     life_new,        none,           ROLE_WORKER | ROLE_OWNER) \
	X(life_get,        name,            life,           ROLE_ALL)

enum page_kind { PAGE_ITEM, PAGE_LOOK, PAGE_KIND__COUNT };      /* an item's page; a page that was taken, looked at again */

/* What is to become, or became, of an item's page. */
enum item_page { ITEM_NO_PAGE, ITEM_LISTED, ITEM_WAITING, ITEM_TAKEN, ITEM_FAILED, ITEM_PAGE__COUNT };
extern const char *const item_page_name[ITEM_PAGE__COUNT];      /* "none", "listed", "waiting", "taken", "failed" */

enum page_state { PAGE_SAME, PAGE_CHANGED, PAGE_EDITED, PAGE_SUSPECTED, PAGE_GONE, PAGE_STATE__COUNT };
extern const char *const page_state_name[PAGE_STATE__COUNT];

enum page_what { WHAT_CHANGED, WHAT_EDITED, WHAT_SUSPECTED, WHAT_GONE, WHAT_BACK, PAGE_WHAT__COUNT };
extern const char *const page_what_name[PAGE_WHAT__COUNT];

/* Pages that are due and that nobody has begun, the longest due first. */
struct store_page_ask {
	int64_t now_us, offset, limit;          /* limit <= LIMIT_PAGE_N */
};

struct store_page_line {
	enum page_kind kind;
	struct id      id;                      /* of the item; of the article */
	struct str     url;
};

struct store_page_list {
	struct { struct store_page_line *v; size_t n; } pages;
	bool more;
};

struct store_page_name {
	enum page_kind kind;
	struct id      id;
	bool           is_only_read;            /* not begun: to see where it leads */
};

struct store_span {
	int64_t from, to;                       /* bytes of the article's text */
};

/* id none: it is not to be asked for any more, or by somebody else just now. */
struct store_page {
	enum page_kind kind;
	struct id      id, job, source;         /* job: of an item; source: none, for a page that a person added */
	struct str     url, source_title;
	struct str     robots_why, route, contact;      /* the source's */
	int64_t        attempts;                /* of an item, this one counted */
	/* Of a look: */
	struct id      capture;                 /* that holds the page as it was taken */
	struct str     final_url, extractor, text;      /* as taken; what is in place of `text` now is the news */
	struct { struct store_span *v; size_t n; } published;   /* quoted by notes that are published */
	int64_t        taken_us;
	struct str     etag, last_modified, life_route; /* of the last look; the way that it went */
	struct bytes   memory;                  /* life_memory_desc */
};

/* What a look found; all of it is kept, or nothing. */
struct store_life_new {
	struct id       article;
	int64_t         looked_us, next_us;
	enum page_state state;
	struct str      trouble, etag, last_modified, route;
	struct bytes    memory;
	int64_t         what;                   /* enum page_what; -1: nothing to list */
	struct str      how;                    /* "status", "front-page", "emptied", "replaced", "shortened" */
	int64_t         status;                 /* HTTP */
	struct id       capture;                /* of what came; none: not kept */
	int64_t         news;                   /* enum news_kind to tell; -1: none */
	struct str      facts;                  /* of the news */
};

struct store_life_event {
	int64_t        time_us, status;
	enum page_what what;
	struct str     how;
	struct id      capture, article;        /* of what was there then; none: not kept, no text */
};

/* The life of one page, newest event first; state PAGE_SAME and looked_us 0: it has not been looked at. */
struct store_life {
	struct id       article;
	int64_t         looked_us, next_us;     /* next_us 0: it is not looked at again */
	enum page_state state;
	struct str      trouble;
	struct { struct store_life_event *v; size_t n; } events;        /* at most LIMIT_PAGE_N */
};

#endif
