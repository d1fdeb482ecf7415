/*
 * watch - what the store can be asked about sources, what they announced, and what there is to tell of them.
 *
 * A part of store/verbs.h, which includes it: the structs of the verbs that
 * begin with source_, poll_, item_ and news_.  All text is UTF-8; µs are
 * instants; 0 is "never" or "not said".
 */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include "base/id.h"
#include "base/str.h"
#include "store/page.h"

#define STORE_WATCH_VERBS(X) \
	X(source_save,     source,          source,         ROLE_EDITOR | ROLE_OWNER) \
	X(source_get,      name,            source,         ROLE_ALL) \
	X(source_list,     source_ask,      source_list,    ROLE_ALL) \
	X(source_due,      due_ask,         due,            ROLE_WORKER | ROLE_OWNER) \
	X(item_unknown,    item_keys,       item_places,    ROLE_WORKER | ROLE_OWNER) \
	X(poll_commit,     poll,            poll_done,      ROLE_WORKER | ROLE_OWNER) \
	X(item_get,        name,            announced,      ROLE_ALL) \
	X(item_list,       announced_ask,   announced_list, ROLE_ALL) \
	X(news_list,       news_ask,        news_list,      ROLE_ALL) \
	X(news_read,       news_seen,       none,           ROLE_EDITOR | ROLE_OWNER)

enum source_kind { SOURCE_FEED, SOURCE_SITEMAP, SOURCE_PAGE, SOURCE_MAIL, SOURCE_KIND__COUNT };
enum source_state { SOURCE_ACTIVE, SOURCE_PAUSED, SOURCE_REMOVED, SOURCE_STATE__COUNT };
extern const char *const source_kind_name[SOURCE_KIND__COUNT];          /* "feed", "sitemap", "page", "mail" */
extern const char *const source_state_name[SOURCE_STATE__COUNT];        /* "active", "paused", "removed" */

/* What the last answers of a source taught; each poll puts a new one in its place. */
struct store_source_health {
	int64_t       next_us;                  /* ask it then */
	int64_t       asked_us;                 /* the last question */
	int64_t       answered_us;              /* the last answer that could be read */
	int64_t       newest_us;                /* when its newest item came */
	struct str    etag, last_modified;      /* to be sent back byte for byte */
	struct str    valid_url;                /* the address that gave them, at the end of redirects; "": the source's own */
	struct str    route;                    /* the way that these validators came; over another they are not sent */
	unsigned char body_sha256[32];          /* of the last body; zeros: none */
	struct str    trouble;                  /* "": none; else one sentence */
	bool          is_silent;                /* it answers, and has had nothing new for much longer than is usual */
	struct bytes  plan;                     /* the scheduler's memory, at most LIMIT_PLAN_B; not in JSON */
};

struct store_source {
	struct id                  id;          /* none in source_save: a new one */
	enum source_kind           kind;
	enum source_state          state;
	struct str                 url;         /* where it is asked */
	struct str                 given_url;   /* as a person gave it */
	struct str                 home_url;    /* the site that it is of */
	struct str                 title, folder, language, country, reliability;
	int64_t                    sensitivity; /* enum sensitivity */
	int64_t                    interval_s;  /* 0: as often as it has news */
	struct str                 route;       /* "": the desk's; "direct"; "socks5h://…" */
	struct str                 selector;    /* of a page: where its links stand */
	struct str                 robots_why;  /* "": robots.txt is obeyed; else why it is not */
	struct str                 contact;     /* "": nobody is named in our requests */
	bool                       takes_pages; /* each new item's page is captured */
	int64_t                    added_us;
	/* Filled in by the store when read: */
	struct store_source_health health;
	int64_t                    items;       /* announced so far */
};

struct store_source_list {
	struct { struct store_source *v; size_t n; } sources;
	bool more;
};

struct store_source_ask {
	int64_t offset, limit;                  /* limit <= LIMIT_PAGE_N; by folder and title */
	bool    with_removed;
};

/* Sources that are active and due at `now_us`, the longest due first; at most LIMIT_PAGE_N. */
struct store_due_ask {
	int64_t now_us, limit;
};

struct store_due {
	struct { struct store_source *v; size_t n; } sources;
	int64_t next_us;                        /* when the next one is due after these; 0: there is none */
};

struct store_item_new {
	struct str key;                         /* its guid, or its address: what makes it that item at its source */
	struct str url, page, title, author, summary;   /* page: the address in its plainest form, "": none */
	int64_t    published_us;
	bool       is_wanted;                   /* its page is to be captured */
};

/* Which of these a source has not announced yet. */
struct store_item_key {
	struct str key;
};

struct store_item_keys {
	struct id source;
	struct { struct store_item_key *v; size_t n; } keys;    /* at most LIMIT_POLL_N */
};

struct store_item_place {
	int64_t at;                             /* place in the question */
};

struct store_item_places {
	struct { struct store_item_place *v; size_t n; } places;        /* ascending; of the same key twice, the first */
};

enum news_kind { NEWS_SILENT, NEWS_FAILING, NEWS_GONE, NEWS_BACK, NEWS_MOVED, NEWS_GAP, NEWS_WALL, NEWS_CERTIFICATE, NEWS_EDITED,
	NEWS_TAKEDOWN_SUSPECTED, NEWS_TAKEDOWN, NEWS_RESTORED, NEWS_KIND__COUNT };
extern const char *const news_kind_name[NEWS_KIND__COUNT];

struct store_news_new {
	enum news_kind kind;
	struct id      article;                 /* none: about the source */
	struct str     facts;                   /* name=value lines */
};

/* One answer of a source, in one transaction: all of it is kept, or nothing. */
struct store_poll {
	struct id                  source;
	struct store_source_health health;
	struct str                 learned_url; /* "": as before */
	struct str                 learned_title;       /* "": as before; never over a person's */
	struct { struct store_item_new *v; size_t n; } items;   /* oldest first; those that are known already are passed over */
	struct { struct store_news_new *v; size_t n; } news;
};

struct store_poll_done {
	int64_t fresh;                          /* items that were new */
};

/* What people at the desk did with an item. */
enum item_state { ITEM_OPEN, ITEM_SEEN, ITEM_KEPT, ITEM_DISMISSED, ITEM_STATE__COUNT };
extern const char *const item_state_name[ITEM_STATE__COUNT];            /* "open", "seen", "kept", "dismissed" */

struct store_announced {
	struct id       id, source, capture, article;   /* capture, article: none until there is one */
	struct str      url, title, author, summary, source_title, language;    /* language: the source's */
	int64_t         published_us, seen_us;
	int64_t         place;                          /* in the order in which items came */
	enum item_state state;
	enum item_page page;                    /* what is to become, or became, of its page */
	struct str     trouble;                 /* why it was not had at the last try; "": it was, or was not tried yet */
	int64_t        status;                  /* HTTP, of the capture; 404: its absence was kept */
};

struct store_announced_list {
	struct { struct store_announced *v; size_t n; } items;  /* newest first */
	bool more;
};

struct store_announced_ask {
	struct id  source;                      /* none: of all */
	bool       in_folder;                   /* of the sources of `folder`, when source is none */
	struct str folder;
	int64_t    state;                       /* enum item_state, -1: any */
	int64_t    before, limit;               /* those that came before this place; 0: the newest */
};

struct store_news {
	struct id      id, source, article;
	int64_t        time_us, read_us;        /* read_us 0: nobody has read it */
	enum news_kind kind;
	struct str     facts, source_title, article_title;
};

struct store_news_list {
	struct { struct store_news *v; size_t n; } news;        /* newest first */
	bool more;
};

struct store_news_ask {
	bool    only_unread;
	int64_t offset, limit;
};

/* What somebody has read; none: all. */
struct store_news_seen {
	struct id id;
};

#endif
