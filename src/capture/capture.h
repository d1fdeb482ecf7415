/*
 * capture - take a page or a file down as evidence.
 *
 * One capture is: each request and reply as WARC records with a metadata
 * record of how they were had (times, DNS answer, TLS, cuts), written, hashed
 * and entered in the ledger by the store.  404, 410 and 500 are captures too:
 * absence is evidence.  What is no text (an image, a PDF) is kept as it is and
 * said so.
 *
 *     struct capture_room room = { .link = link, .fetch = fetch, .jail = jail, .by = STR("editor") };
 *     struct capture_taken taken;
 *     capture_url(&room, &arena, STR("https://example.org/story"), &taken, err);
 *
 * All that is returned lives in the arena, which should hold 5 * LIMIT_BODY_B.
 */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include "document/kind.h"
#include "fetch/fetch.h"
#include "jail/jail.h"
#include "store/verbs.h"

struct capture_room {
	struct store_link *link;
	struct fetch      *fetch;       /* may be NULL for files */
	struct jail       *jail;        /* for WARC files */
	struct str         by;          /* "editor" */
	struct str         route, contact, isolation;   /* as in fetch_ask; isolation "": by the page's host */
	bool               seals;       /* each record under a key of its own, so that it can be erased for good */
};

struct capture_taken {
	struct id          id;
	int64_t            ledger_seq;
	int64_t            taken_us;
	int64_t            status;              /* 0: a file */
	struct str         url, final_url;      /* "": a file without an address */
	struct str         media_type;          /* "text/html" */
	struct str         charset;             /* label of Content-Type; "": none given */
	struct str         content_encoding;    /* "gzip", "br", "": none */
	struct id          document_record;     /* that holds it; none: there is no document */
	struct bytes       document;            /* as received, still content-encoded; see content_encoding */
	enum document_kind kind;                /* what its own bytes say; td_document_is_read(): there is a reader for it */
	struct str         fault;               /* "": none; "cut at 32 MB", "the page redirects in a circle; …" */
	bool               is_fetched;          /* by us, just now */
	struct str         said;                /* for the person when there is no text: "an image (image/png), kept as evidence; there is no text to read" */
};

struct capture_list {
	struct capture_taken *v;
	size_t                n;
	struct str            said;             /* "12 of 14 replies taken; 2 are …"; "": nothing to add */
};

/* Errors are those of fetch_get() and of the store; one sentence that names the address. */
enum err_code capture_url(const struct capture_room *, struct arena *, struct str url, struct capture_taken *ret,
	struct err *) MUST_USE;

/* Why a page was asked for that somebody else fetched, politely, and on what terms. */
struct capture_trigger {
	struct str why;                         /* "announced by Daily NK (s-…)" */
	struct str robots;                      /* what robots.txt said, or why it was not heeded */
	struct id  item;                        /* whose page it is; none: nobody's */
	bool       reads_later;                 /* the desk's worker reads it, not the caller */
};
/* A finished reply with at least one hop.  Errors are the store's. */
enum err_code capture_reply(const struct capture_room *, struct arena *, const struct capture_trigger *, const struct fetch_reply *,
	struct capture_taken *ret, struct err *) MUST_USE;

/* What reading the page told, for its parts. */
struct capture_reading {
	struct str text;                        /* of the article; "": none */
	bool       needs_browser;
};

struct capture_parts {
	struct id  id;                          /* of the capture that holds them */
	int64_t    named, stored, failed, skipped;
};

/*
 * The files of a page that was just taken (images, style sheets and what they
 * load, icons, frames and theirs), politely and within LIMIT_RESOURCES_*, with
 * an inventory of every file it names and what became of it, and the text that
 * was read: all as one capture that is a part of the page's.
 */
enum err_code capture_parts(const struct capture_room *, struct arena *, const struct capture_taken *page,
	const struct capture_reading *, struct capture_parts *ret, struct err *) MUST_USE;

/*
 * A file's bytes.  url: where the editor says it is from, or "".  A WARC file
 * (plain or gzip) gives one capture for each reply in it; anything else gives
 * one.  ERR_FORMAT: empty, or a WARC that is none; ERR_LIMIT: over LIMIT_BODY_B.
 */
enum err_code capture_file(const struct capture_room *, struct arena *, struct str name, struct bytes, struct str url,
	struct capture_list *ret, struct err *) MUST_USE;

/* The same from disk: only the last part of the path is recorded.  Also ERR_MISSING, ERR_FORMAT (a folder). */
enum err_code capture_path(const struct capture_room *, struct arena *, struct str path, struct str url,
	struct capture_list *ret, struct err *) MUST_USE;

/* The work of JAIL_WARC, for jail_start(); the warm-up lets libcrypto read its files before the child may not. */
void          capture_warc_warm_up(void);
int           capture_warc_work(struct bytes ask, struct buf *answer);
/* The work of JAIL_REFS. */
int           capture_refs_work(struct bytes ask, struct buf *answer);

#endif
