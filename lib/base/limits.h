/*
 * limits - how much we take from a stranger, all on one page.
 *
 * _B bytes, _N a count, _MS milliseconds, _S seconds.  A limit is a promise to
 * the person ("more than the 32 MB limit; skipped"), so each has a test at N
 * and at N + 1, and a change here is a change in doc/tidings.1.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include "base/arena.h"

/* The network (src/fetch). */
#define LIMIT_HEAD_B        (256 * KiB)   /* one response head */
#define LIMIT_BODY_B        (32 * MiB)    /* one response body or one file, as received */
#define LIMIT_HOPS_N        10            /* redirects */
#define LIMIT_CONNECT_MS    15000
#define LIMIT_FETCH_MS      60000         /* one hop, from connect to the last byte */
#define LIMIT_STALL_S       20            /* this long without a byte ends a fetch */
#define LIMIT_URL_B         4096
#define LIMIT_HEAD_MS       15000         /* from the connection to the end of the head */
#define LIMIT_SLOWEST_BS    30            /* bytes a second, over LIMIT_STALL_S: slower is a stall */
#define LIMIT_ACTIVE_N      64            /* pages under way at a time */
#define LIMIT_REFS_N        2000          /* files that one page or style sheet names */
#define LIMIT_RESOURCES_N   150           /* of them, how many are fetched */
#define LIMIT_RESOURCE_B    (8 * MiB)     /* one of them */
#define LIMIT_RESOURCES_B   (30 * MiB)    /* all of one page */
#define LIMIT_RESOURCES_MS  60000
#define LIMIT_GAP_MS        250           /* between two files of one page from one host */
#define LIMIT_DNS_N         4096          /* names whose addresses are remembered */
#define LIMIT_DNS_MIN_S     60            /* a name server's answer is good for this long at least */
#define LIMIT_DNS_MAX_S     3600          /* and at most */
#define LIMIT_SESSIONS_N    1024          /* TLS sessions remembered */

/* A document in the jail (src/jail). */
#define LIMIT_DECODED_B     (64 * MiB)    /* a body after gzip, br, zstd */
#define LIMIT_RATIO         200           /* decoded / received; the first 2 MiB are free */
#define LIMIT_JAIL_MEMORY_B (512 * MiB)   /* address space of a child (plain builds) */
#define LIMIT_JAIL_CPU_S    10
#define LIMIT_JAIL_WALL_MS  30000
#define LIMIT_ANSWER_B      (24 * MiB)    /* what a child may answer */
#define LIMIT_PDF_PAGES_N   2001          /* of a PDF; the last is only looked at, to say that there is more */
#define LIMIT_PDF_LAYOUT_B  (128 * MiB)   /* what pdftotext may write: words with their boxes, some 20 bytes a letter */
#define LIMIT_BATCH_B       (64 * MiB)    /* documents under way at a time, unless one alone is larger */
#define LIMIT_NODES_N       1000000       /* nodes of one HTML tree */
#define LIMIT_TREE_B        (48 * MiB)    /* memory of one HTML tree, and the page's length once more */
#define LIMIT_ATTRS_N       16384         /* attributes of one tag; more are dropped */
#define LIMIT_DEPTH_N       512           /* open elements; deeper ones become siblings */

/* What a page may say (lib/article). */
#define LIMIT_TEXT_B        (8 * MiB)
#define LIMIT_FIELD_B       4096          /* a title, a place, a name, a reason */
#define LIMIT_NOTE_B        (64 * KiB)    /* a note: theirs or ours */
#define LIMIT_LINKS_N       2000
#define LIMIT_BLOCKS_N      200000
#define LIMIT_LIST_N        256           /* bylines, contacts, warnings, excerpts */

/* Feeds, sitemaps and lists of feeds (lib/feed). */
#define LIMIT_FEED_DEPTH_N    256         /* open elements; deeper ones are passed over */
#define LIMIT_FEED_ATTRS_N    64          /* attributes of one element; more are ignored */
#define LIMIT_FEED_BINDINGS_N 64          /* namespace prefixes in force at a time; more are ignored */
#define LIMIT_FEED_ITEMS_N    50000       /* of one feed or sitemap; later ones are left out, and that is said */
#define LIMIT_FEED_LIST_N     256         /* tags, links, enclosures, authors of one item */
#define LIMIT_FEED_TEXT_B     (2 * MiB)   /* one text of a feed; a longer one is cut */
#define LIMIT_FEED_TOTAL_B    (20 * MiB)  /* of the answer about one feed; items past it are left out, and that is said */
#define LIMIT_OPML_N          10000       /* feeds of one list */

/* Two copies of one page (lib/diff). */
#define LIMIT_DIFF_WORDS_N    200000      /* of a text; the words past it count as one */

/* What a site tells its visitors (lib/robots). */
#define LIMIT_ROBOTS_B      (500 * KiB)   /* of one robots.txt; RFC 9309 asks for that much */
#define LIMIT_ROBOTS_KEPT_B (8 * MiB)     /* of what all of them said, kept for a day */
#define LIMIT_ROBOTS_LINE_B 16663         /* of one line of it, as Google's matcher */

/* The store and its messages (src/store). */
#define LIMIT_MESSAGE_B     (96 * MiB)    /* one message: a capture with all its hops */
#define LIMIT_SEGMENT_B     (64 * MiB)    /* a WARC file is sealed past this */
#define LIMIT_RECORDS_N     512           /* records of one capture */
#define LIMIT_PAGE_N        200           /* rows of one list page */
#define LIMIT_QUERY_B       512           /* a search */
#define LIMIT_FIELDS_N      2048          /* fields of one article, the lists' elements counted */
#define LIMIT_VERSIONS_N    1000          /* versions of one note that are shown */
#define LIMIT_FINDINGS_N    1000          /* findings of one step of verify */
#define LIMIT_FEED_BODY_B   (16 * MiB)    /* the same after gzip, br, zstd */
#define LIMIT_FEED_FETCH_B  (8 * MiB)     /* one answer of a source, as received */
#define LIMIT_INTERVAL_MIN_S 900          /* no source is asked more often on its own */
#define LIMIT_INTERVAL_MAX_S (30 * 86400)
#define LIMIT_PLAN_B        4096          /* what the scheduler remembers of one source */
#define LIMIT_POLL_N        5000          /* items of one answer of a source */
#define LIMIT_FILES_N       100000        /* files of one backup */
#define LIMIT_OPEN_ENTRIES_N 256          /* entries of the ledger that wait for a checkpoint, */
#define LIMIT_OPEN_ENTRIES_S 300          /* and for how long; */
#define LIMIT_OPEN_CROWD_US  2000000      /* but no two checkpoints lie closer than this, for each is a dozen syncs of the disk, */
#define LIMIT_OPEN_CROWD_N   8192         /* unless so many wait */
#define LIMIT_EXPORT_B      (512 * MiB)   /* captures that are exported together */
#define LIMIT_TILE_FILE_B   (17 * MiB)    /* a bundle of 256 entries */
#define LIMIT_RENEW_S       (30 * 86400)  /* a token is renewed so long before its certificate ends */
#define LIMIT_TOKEN_B       (64 * KiB)    /* a time authority's answer */
#define LIMIT_CLIENTS_N     64            /* links of one desk at a time */

/* The desk in the browser (src/desk). */
#define LIMIT_REQUEST_B     (LIMIT_BODY_B + MiB)   /* a dropped file and its form */
#define LIMIT_FORM_B        MiB                    /* any other form */
#define LIMIT_PAGE_B        (8 * MiB)              /* a page we write */

#endif
