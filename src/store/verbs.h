/*
 * verbs - what the store can be asked, and by whom.
 *
 * Each verb is one message, one transaction and one reply; what a reply says
 * happened is on disk.  The table STORE_VERBS makes the enum, the wire tables'
 * pairing and one function a verb:
 *
 *     enum err_code store_VERB(struct store_link *, struct arena *, const struct store_ASK *,
 *         struct store_REPLY *ret, struct err *);
 *
 * What *ret points to lives in the arena.  A failure is the store's own
 * sentence.  Text is UTF-8; µs are instants (base/civil.h).
 */
#ifndef STORE_VERBS_H
#define STORE_VERBS_H

#include "article/article.h"
#include "article/health.h"
#include "store/link.h"
#include "store/erasure.h"
#include "store/fixity.h"
#include "store/inbox.h"
#include "store/ledger.h"
#include "store/seen.h"
#include "store/watch.h"

/*  X(verb,            ask type,        reply type,     roles) */
#define STORE_VERBS(X) \
	X(status,          none,            desk_status,    ROLE_ALL) \
	X(find,            name,            found,          ROLE_ALL) \
	X(capture_commit,  capture_new,     capture_done,   ROLE_EDITOR | ROLE_WORKER | ROLE_OWNER) \
	X(capture_get,     name,            capture,        ROLE_ALL) \
	X(record_read,     record_name,     record_bytes,   ROLE_ALL) \
	X(article_commit,  article_new,     article_done,   ROLE_EDITOR | ROLE_WORKER | ROLE_OWNER) \
	X(article_get,     name,            article_view,   ROLE_ALL) \
	X(health,          none,           health,         ROLE_ALL) \
	X(list,            list_ask,        item_list,      ROLE_ALL) \
	X(search,          search_ask,      item_list,      ROLE_ALL) \
	X(note_save,       note_new,        note_done,      ROLE_EDITOR | ROLE_OWNER) \
	X(note_get,        name,            note,           ROLE_ALL) \
	X(note_list,       list_ask,        note_list,      ROLE_ALL) \
	X(release_commit,  release_new,     none,           ROLE_EDITOR | ROLE_OWNER) \
	X(job_add,         job_new,         job,            ROLE_EDITOR | ROLE_WORKER | ROLE_OWNER) \
	X(job_get,         name,            job,            ROLE_ALL) \
	X(job_lease,       job_lease_ask,   job,            ROLE_WORKER | ROLE_OWNER) \
	X(job_end,         job_end_ask,     none,           ROLE_WORKER | ROLE_OWNER) \
	X(verify_step,     verify_ask,      verify_found,   ROLE_ALL) \
	X(backup_commit,   backup_new,      none,           ROLE_OWNER) \
	X(backup_files,    backup_ask,      file_list,      ROLE_OWNER) \
	STORE_ERASURE_VERBS(X) \
	STORE_LEDGER_VERBS(X) \
	STORE_FIXITY_VERBS(X) \
	STORE_WATCH_VERBS(X) \
	STORE_SEEN_VERBS(X) \
	STORE_PAGE_VERBS(X) \
	STORE_INBOX_VERBS(X)

struct store_none {
	int64_t unused;
};

/* An id as a person typed it; kind: the only kind that will do, or ID_ANY. */
struct store_name {
	struct str   id;
	enum id_kind kind;
};

/* ERR_MISSING: no such row; ERR_EXISTS: the prefix fits more than one. */
struct store_found {
	enum id_kind kind;
	struct id    id;
};

/* The foot of every page. */
struct store_desk_status {
	struct str name, tagline, languages;    /* "en ko" */
	struct str fetch_allow;                 /* private ranges that the desk may fetch from: "127.0.0.0/8", mostly "" */
	struct str fetch_route;                 /* "" or "direct", or a proxy, for all that names no way of its own */
	struct str witness_listen;              /* "127.0.0.1:8190", "": partners are not answered */
	struct str time_authorities, time_roots;     /* addresses, spaces between; a file, "": the system's */
	struct str site_url;                    /* where the public site will be read, "": not said */
	struct str dir;
	bool       is_sample;
	bool       is_read_only;                /* made by a newer version, or a read-only folder */
	int64_t    captures, articles, notes_draft, notes_ready, notes_published, jobs_open, pages_open;
	int64_t    items_open, news_unread;     /* that nobody decided about, that nobody read; counted to 1,000 and to 100 */
	int64_t    last_capture_us;             /* 0: none yet */
	int64_t    last_backup_us;              /* made and read back; 0: one copy only */
	struct str last_backup_to;
	int64_t    last_fixity_us, fixity_wrong;     /* everything was read again, and so much was wrong; 0: not yet */
	int64_t    ledger_size;                 /* entries */
	int64_t    bytes_captured, bytes_free;
};

/* ── captures ─────────────────────────────────────────────────────────── */

enum capture_how {
	HOW_FETCHED,            /* by our fetcher */
	HOW_SUPPLIED,           /* a file, supplied by an editor, not fetched by us */
	HOW_IMPORTED,           /* out of somebody's WARC file */
	HOW__COUNT
};
extern const char *const capture_how_name[HOW__COUNT];

/* One WARC record to be; the store adds version line, length and digests. */
struct store_record_new {
	enum record_type type;
	struct id        uuid;               /* of WARC-Record-ID; version 4 */
	struct id        concurrent_to;      /* none: id_is_none() */
	struct id        refers_to;          /* of a conversion: the record it was made from */
	struct str       target_url;
	struct str       content_type;       /* of the block: "application/http;msgtype=response" */
	struct str       ip;                 /* "": unknown or proxied */
	struct str       protocol;           /* "http/1.1", "": not over HTTP */
	struct str       tls;                /* cipher suite, "": no TLS */
	struct str       truncated;          /* "length", "time", "disconnect", "": whole */
	int64_t          date_us;
	struct bytes     block;
	int64_t          payload_at;         /* where the payload begins in the block; -1: no payload */
	/* Of a revisit out of a foreign file, in its own words; else "" and 0. */
	struct str       profile, refers_to_url, payload_digest;
	int64_t          refers_to_date_us;
};

struct store_capture_new {
	struct str       url;                /* as asked */
	struct str       final_url;          /* after redirects */
	enum capture_how how;
	struct str       by;                 /* "editor", later "watch s-…" */
	struct str       why;                /* a file's name, a trigger */
	int64_t          taken_us;
	int64_t          status;             /* HTTP status of the last hop; 0 for a file */
	struct str       media_type;         /* "text/html" */
	struct str       fault;              /* "": none; one sentence: truncated, refused, bad TLS */
	int64_t          main;               /* index of the record that holds the document; -1: none */
	bool             seals;              /* under keys of their own, whatever tidings.conf says */
	bool             has_story;          /* something to extract: a job for it is part of the same transaction */
	bool             reads_later;        /* who captured does not read it: the job may be begun at once */
	struct id        item;               /* that announced this page and has it from now on; none: nobody's */
	struct id        part_of;            /* the capture of the page whose files and text these are; none: a capture of its own */
	struct { struct store_record_new *v; size_t n; } records;
};

struct store_capture_done {
	struct id  id;
	int64_t    ledger_seq;
};

struct store_capture {
	struct id        id, article;        /* article: none until extracted */
	struct id        part_of;            /* none: a capture of its own */
	struct id        parts;              /* the newest capture of this page's files and text; none: there is none */
	struct str       url, final_url, by, why, media_type, fault;
	enum capture_how how;
	int64_t          taken_us;           /* by whoever took it: a foreign WARC's own word */
	int64_t          held_us;            /* the ledger entry's time: these bytes existed at this desk no later */
	int64_t          status, main, ledger_seq;
	int64_t          erased_us;          /* 0: it is here; else when, and why */
	struct str       erased_why;
	bool             is_sealed;          /* under keys of their own: its records can be erased for good */
	struct { struct store_record *v; size_t n; } records;
};

/* ── articles ─────────────────────────────────────────────────────────── */

struct store_article_new {
	struct id      capture;
	struct str     extractor;            /* name and version: "html 1" */
	struct article article;
};

struct store_article_done {
	struct id id;
};

struct id_ref {
	struct id id;
};

/* One field as it stands; a person's value wins over a newer extractor's. */
struct store_field {
	struct str name, value, why;
	bool       by_person;
};

struct store_article_view {
	struct id      id, capture;
	struct article article;              /* with persons' values in place */
	struct { struct store_field *v; size_t n; } fields;
	struct { struct id_ref *v; size_t n; } notes;
	struct str     extractor;
	struct store_capture taken;
};

/* What a redesign seems to have broken: "since 3 June 14 of 15 pages have no date; before, 2 of 90" (article/health.h). */
struct store_host_fault {
	struct str           host;                   /* with its port, if it has one */
	enum health_question question;
	int64_t              since_us, lack, of, lacked, of_before;
};

struct store_health {
	struct { struct store_host_fault *v; size_t n; } hosts;      /* by host, at most LIMIT_PAGE_N */
};

/* One line of a list; newest first. */
struct store_item {
	struct id    article, capture, note;         /* note: the newest about it, or none */
	struct str   title, url, publisher, carrier, language, country, snippet;   /* snippet: of a search, with \1 … \2 round a hit */
	int64_t      taken_us, status, words;
	struct civil published;
	int64_t      note_status;                    /* enum note_status, -1: no note */
	enum article_kind kind;
	enum capture_how how;
	struct str   fault;
};

struct store_item_list {
	struct { struct store_item *v; size_t n; } items;
	int64_t total;                               /* -1: not counted */
	bool    more;
};

struct store_list_ask {
	int64_t    offset, limit;                    /* limit <= LIMIT_PAGE_N */
	int64_t    status;                           /* enum note_status, -1: any (notes only) */
	struct str country;                          /* "": any */
};

struct store_search_ask {
	struct str query;                            /* words: all must occur; "a phrase"; -without; */
	int64_t    offset, limit;
};

/* ── notes ────────────────────────────────────────────────────────────── */

enum note_status { NOTE_DRAFT, NOTE_READY, NOTE_PUBLISHED, NOTE_WITHDRAWN, NOTE_STATUS__COUNT };
enum note_act { ACT_CREATE, ACT_EDIT, ACT_CORRECT, ACT_UPDATE, ACT_WITHDRAW, NOTE_ACT__COUNT };
enum sensitivity { SENSITIVITY_UNREVIEWED, SENSITIVITY_PUBLIC, SENSITIVITY_PROTECTED, SENSITIVITY__COUNT };
extern const char *const note_status_name[NOTE_STATUS__COUNT];
extern const char *const note_act_name[NOTE_ACT__COUNT];
extern const char *const sensitivity_name[SENSITIVITY__COUNT];

/* A span of the article's text; cut marks stand between spans that are not neighbours. */
struct excerpt {
	int64_t    from, to;                         /* bytes of article.text */
	struct str text;                             /* filled in by the store */
};

struct store_contact {
	struct id  person;                           /* none: make one */
	struct str name, role, email, phone;
	struct str about;                            /* who may be interviewed: "interviews with Gina Goh" */
};

/* A note is a chain of versions that never change; a save adds one. */
struct store_note {
	struct id        id, article;
	int64_t          version;                    /* from 1 */
	enum note_act    act;
	enum note_status status;
	enum sensitivity sensitivity;
	struct str       slug;                       /* of its address on the site; fixed when first published */
	struct str       heading, text, language;    /* text: Markdown */
	struct str       country;                    /* what it is about, ISO 3166-1 alpha-2 */
	struct str       carrier, origin, publisher; /* of the story */
	struct dateline  dateline;
	struct str       full_story;                 /* the story's address; "" prints no link */
	struct { struct excerpt *v; size_t n; } excerpts;
	struct { struct store_contact *v; size_t n; } contacts;
	struct str       why;                        /* of a correction or withdrawal: printed */
	int64_t          created_us, saved_us, published_us;
	struct str       who;
	/* Filled in by the store when read: */
	struct str       article_title, article_url, their_note, their_note_by;
	struct id        capture;
	int64_t          capture_us;                 /* its ledger entry's time: held no later than this */
	int64_t          ledger_seq;
	struct str       capture_hash;               /* "sha256:…" of the document as received */
	enum capture_how capture_how;
	struct { struct store_note_line *v; size_t n; } history;
};

struct store_note_line {
	int64_t          version, saved_us;
	enum note_act    act;
	enum note_status status;
	struct str       who, why;
};

/* id none: a new note about article (which may be none: an own story). */
struct store_note_new {
	struct store_note note;
};

struct store_note_done {
	struct id  id;
	int64_t    version, ledger_seq;              /* ledger_seq: -1 unless published or withdrawn */
	struct str slug;
};

struct store_note_list {
	struct { struct store_note *v; size_t n; } notes;   /* newest first, without history */
	bool more;
};

struct store_release_new {
	struct str    to;                            /* the folder */
	int64_t       files;
	unsigned char manifest_sha256[32];
};

/* ── jobs ─────────────────────────────────────────────────────────────── */

/*
 * JOB_ITEM_PAGE: the page of an announced item; the watch's work, which asks hosts in their turn.
 * JOB_FIND_SOURCE: which feeds does an address have?  JOB_READ_LIST: which does a file (OPML) name?  Both end with offers.
 */
enum job_kind { JOB_ADD_URL, JOB_ADD_FILE, JOB_EXTRACT, JOB_ITEM_PAGE, JOB_FIND_SOURCE, JOB_READ_LIST, JOB_KIND__COUNT };
enum job_state { JOB_OPEN, JOB_LEASED, JOB_DONE, JOB_FAILED, JOB_STATE__COUNT };
extern const char *const job_kind_name[JOB_KIND__COUNT];
extern const char *const job_state_name[JOB_STATE__COUNT];

struct store_job_new {
	enum job_kind kind;
	struct str    subject;                       /* an address, a file's name, a capture's id */
	struct bytes  blob;                          /* a dropped file's bytes, spooled until the job ends */
};

struct store_job {
	struct id      id;                           /* none in a reply to job_lease: nothing to do */
	enum job_kind  kind;
	enum job_state state;
	struct str     subject, last_err;
	struct bytes   blob;
	int64_t        attempts;
	struct id      result;                       /* the article or capture that came of it */
};

struct store_job_lease_ask {
	int64_t lease_s;
	int64_t kinds;                               /* 1 << enum job_kind, or'ed: what the asker can do */
};

struct store_job_end_ask {
	struct id  id, result;
	struct str fault;                            /* "": done */
	int64_t    retry_s;                          /* > 0: open again after this long; 0: failed for good */
};

/* ── verify, backup ───────────────────────────────────────────────────── */

/* Verify goes in steps, so that it can show progress: start with step 0, hand back what came. */
struct store_verify_ask {
	int64_t   step, position;
	struct id only;                              /* one capture, or none: everything */
	bool      is_gentle;                         /* small steps, and without SQLite's own check: others wait meanwhile */
};

struct store_finding {
	struct str where, what;                      /* "captures/….warc.gz at 1234, record <urn:uuid:…> (c-…)", "payload changed: …" */
};

struct store_verify_found {
	int64_t    step, position;                   /* for the next ask */
	bool       done;
	struct str doing;                            /* "captures/20261124-000001.warc.gz" */
	int64_t    done_b, total_b;                  /* for a progress bar */
	int64_t    records, entries;                 /* looked at so far in this step */
	struct { struct store_finding *v; size_t n; } findings;
	struct { struct store_finding *v; size_t n; } remarks;       /* nothing wrong: what was erased, when and why */
};

struct store_backup_ask {
	struct str to;                               /* "": only list; else copy the database there consistently */
};

struct store_file {
	struct str path;                             /* below the desk */
	int64_t    size_b;                           /* how much of it belongs to the backup */
};

struct store_file_list {
	struct { struct store_file *v; size_t n; } files;
};

struct store_backup_new {
	struct str to;
	int64_t    made_us, files, bytes;
};

enum store_verb {
#define X(verb, ask, reply, roles) VERB_##verb,
	STORE_VERBS(X)
#undef X
	VERB__COUNT
};

#define X(verb, ask, reply, roles) \
	enum err_code store_##verb(struct store_link *, struct arena *, const struct store_##ask *, \
	    struct store_##reply *ret, struct err *) MUST_USE;
STORE_VERBS(X)
#undef X

#endif
