/* What the files of this room share. */
#ifndef WATCH_WATCH_PRIVATE_H
#define WATCH_WATCH_PRIVATE_H

#include "schedule/queue.h"
#include "schedule/schedule.h"
#include "watch/watch.h"

enum { SOURCES_N = 20000, PAGES_N = 4000, HOSTS_N = SOURCES_N + 1024, BUCKETS_N = 4096, ASKING_N = 1024, HOPS_N = 12, NONE = SOURCES_N };

/* ── robots.c ─────────────────────────────────────────────────────────── */

/* What the robots.txt of some origins said, for a day each; at most LIMIT_ROBOTS_KEPT_B in all. */
struct robots_book;

struct robots_book *robots_create(void);
void                robots_destroy(struct robots_book *);

enum robots_word { ROBOTS_MAY, ROBOTS_MAY_NOT, ROBOTS_CANNOT_TELL, ROBOTS_ASK_FIRST };

/* May `url` be asked for?  CANNOT_TELL: it could not be had of late.  ASK_FIRST: fetch robots_address() and tell robots_learn(). */
enum robots_word robots_may(struct robots_book *, struct str url, int64_t now_us, int64_t *ret_delay_s);
/* Why it could not be had, when nothing came at all; the sentence lasts until robots_learn().  .why "": something came. */
struct robots_silence {
	enum answer_kind kind;
	struct str       why;
};
struct robots_silence robots_silence(struct robots_book *, struct str url);
struct str       robots_address(struct arena *, struct str url);        /* "": not an address of the web */
/* What came of asking: status 0 when nothing came, and `silence` says why; body with its content coding on. */
enum err_code    robots_learn(struct robots_book *, struct jail *, struct str url, int status, struct robots_silence, struct str content_encoding,
	struct bytes body, int64_t now_us, struct err *) MUST_USE;

/* ── answer.c: what one reply means ───────────────────────────────────── */

/* One reply, understood as far as that goes without reading a feed. */
struct answer {
	struct schedule_answer schedule;        /* kind, times, what was stated; items not yet */
	struct str             trouble;         /* "": none; else one sentence */
	struct str             etag, last_modified;     /* of the reply's head */
	struct str             content_type, content_encoding;
	struct str             final_url;
	struct str             moved_to;        /* where the permanent redirects lead; "": nowhere */
	struct bytes           body;            /* of a reply that is worth reading; else empty */
	bool                   is_challenged;   /* a wall says that it stands before the page, whatever the status */
};

void answer_read(struct arena *, const struct fetch_done *, int64_t now_us, struct answer *ret);
/* The sentences' names and values for the desk. */
struct store_news_new answer_news(struct arena *, const struct schedule_told *);

/* ── items.c: what a feed announces ───────────────────────────────────── */

/* What is read: a feed, or a page whose links are its items. */
struct items_form {
	bool       is_list;
	struct str selector;
};

/* What `answer->body` announces, read in the jail; its trouble tells what is missing.  ERR_FORMAT: nothing, or it is no feed. */
enum err_code items_read(struct jail *, struct arena *, struct answer *, const struct items_form *, struct feed_doc *ret,
	struct err *) MUST_USE;
/* Oldest first, each with a key; and what the feed says of its own pace. */
size_t        items_of(struct arena *, const struct feed_doc *, struct store_item_new **ret);
void          items_pace(const struct feed_doc *, struct schedule_answer *);

/* ── the room itself ──────────────────────────────────────────────────── */

/* A source between its questions, or a page before its only one. */
struct watched {
	struct id      id;
	bool           is_page;
	enum page_kind kind;            /* of a page */
	size_t         slot;            /* in the queue */
	size_t         host;
	size_t         next;            /* in its bucket, or of those that are free */
	size_t         after;           /* the page that has its turn at this host after it; NONE: none waits */
};

/* The pages of one host: only the first is in the queue, the others wait for its end. */
struct page_host {
	int64_t began_us;               /* the last request for one */
	bool    has_page;
	size_t  first, last;            /* places in the list, while has_page */
};

enum errand { ERRAND_ROBOTS, ERRAND_POLL, ERRAND_PAGE };

/* A question under way, and all that is needed when its answer comes. */
struct asking {
	struct watch           *watch;
	struct asking          *next;   /* of those that are free */
	struct arena            arena;
	size_t                  watched;
	enum errand             errand;
	struct str              url, robots_why, route, contact, isolation;      /* of the source or page; the way that it goes */
	struct store_page       page;           /* of a page; the others are a source's */
	struct store_source     source;
	struct schedule_policy  policy;
	struct schedule_memory  memory;
	struct { size_t host; int64_t began_us; } hosts[HOPS_N];        /* that were begun, to be let rest */
	size_t                  hosts_n;
};

struct watch {
	struct watch_options options;
	struct fetch        *fetch;
	struct robots_book  *robots;
	struct arena         arena;     /* of the queue and what follows */
	struct queue        *queue;
	struct watched      *sources;
	size_t               buckets[BUCKETS_N], free_source;
	struct asking       *asking, *free;
	size_t               asking_n, asking_pages_n;  /* under way; of them, for pages */
	int64_t              looked_us; /* ticks */
	struct watch_turn    turn;
	struct page_host    *page_hosts;        /* by the queue's numbers of hosts */
	int64_t              pages_at;  /* how far into the store's list of pages that are due we have looked */
	size_t               pages_n;   /* in the queue or under way */
	struct arena         held;      /* of the page that was handed out, and whose question it was */
	struct asking       *held_by;
	struct watch_page    page;
};

/* ── page.c: pages in their turn ──────────────────────────────────────── */

/* Those that are due and not in the queue yet join it; *ret_none: there are none. */
enum err_code page_look(struct watch *, bool *ret_none, struct err *) MUST_USE;
/* Each ends the question and hands the page out: as it came, or with what kept it from being asked for. */
void          page_came(struct watch *, struct asking *, struct arena *, const struct fetch_done *);
void          page_unasked(struct watch *, struct asking *, enum answer_kind, struct str trouble);
/* The first page of a host has left the list: the next one joins the queue. */
void          page_left(struct watch *, size_t watched);
/* What was handed out has been dealt with. */
void          page_let_go(struct watch *);

/* ── keep.c: what an answer leaves in the store ───────────────────────── */

/* A question's end, without the question: the schedule's word, and one transaction. */
struct ending {
	struct store_link            *link;
	const struct schedule_policy *policy;
	struct schedule_memory       *memory;
	struct str                    route;    /* the way that it went */
	int64_t                       asked_us;
};
enum err_code keep_ending(const struct ending *, struct arena *, struct answer *, struct store_poll *, struct schedule_verdict *ret,
	int64_t *ret_fresh, struct err *) MUST_USE;
/* The items of a feed that are new, into the poll; and its pace, its title. */
enum err_code keep_items(const struct ending *, struct arena *, const struct feed_doc *, bool takes_pages, struct answer *, struct store_poll *,
	struct err *) MUST_USE;

/* Each ends the question: its host rests, its source waits again. */
enum err_code keep_poll(struct watch *, struct asking *, struct arena *, const struct fetch_done *, struct err *) MUST_USE;
enum err_code keep_robots(struct watch *, struct asking *, struct arena *, const struct fetch_done *, struct err *) MUST_USE;
enum err_code keep_refusal(struct watch *, struct asking *, enum robots_word, struct err *) MUST_USE;
/* Its address cannot be asked at all; `trouble` says why. */
enum err_code keep_fault(struct watch *, struct asking *, struct str trouble, struct err *) MUST_USE;

/* The way that its questions go; never "". */
struct str             watch_route(const struct watch *, struct str wanted);     /* of a source; "": the desk's */
struct schedule_policy watch_policy(const struct store_source *);
void watch_give_back(struct watch *, struct asking *);
void watch_forget(struct watch *, size_t watched);
/* The page as it is now, begun unless it is only read; false: it was had, given up or begun by somebody else since. */
bool watch_load_page(struct watch *, struct asking *, bool is_only_read, struct err *);
/* What is no source or page any more is forgotten; the code in err. */
enum err_code watch_give_up(struct watch *, struct asking *, const struct err *);
size_t watch_find_id(const struct watch *, const struct id *);          /* NONE: it is not known */
size_t watch_host_of(struct watch *, struct str address);
/* A place in the list, not in the queue yet; NONE: there is no more room. */
size_t watch_new_place(struct watch *, const struct id *, size_t host);
void watch_full(void *);         /* for arena_init() */

#endif
