/* What the files of this room share. */
#ifndef CAPTURE_CAPTURE_PRIVATE_H
#define CAPTURE_CAPTURE_PRIVATE_H

#include "capture/capture.h"
#include "json/write.h"

/* By the bytes; name: of the file, or its address.  said: for the person when there is no reader for it, else "". */
enum document_kind kind_of(struct arena *, struct bytes, struct str name, struct str *media_type, struct str content_encoding,
	struct str *ret_said);
bool               kind_is_warc(struct bytes);

/* Media type, charset and coding of a reply's head. */
void               take_type(struct arena *, struct bytes head, struct capture_taken *);
/* Hand the records to the store; fills in id and ledger_seq. */
enum err_code      commit(const struct capture_room *, struct arena *, struct store_capture_new *, struct capture_taken *,
	struct err *) MUST_USE;

/* Who shares a circuit with it: its own host, unless the room says otherwise. */
struct str         page_isolation(const struct capture_room *, struct arena *, struct str url);

/* What goes into the metadata of each hop. */
struct way {
	struct str why;                 /* the trigger: "asked for by a person" */
	struct str not_followed;        /* of the last hop: why its redirect was not followed; "": it was no redirect */
	struct str robots;
};

enum { RECORDS_A_HOP = 3 };
/* Request, response (or the bytes that are none), metadata, appended at list[*n].  The index of the response, or -1. */
int64_t            add_hop(struct arena *, const struct way *, bool is_last, const struct fetch_hop *, size_t *n,
	struct store_record_new *list);

/* The newest whole reply of an address that the desk holds. */
struct earlier {
	struct str   url, etag, last_modified, digest;  /* digest: "sha256:…" of the payload */
	struct bytes head, body;                        /* body: if it was wanted */
	int64_t      date_us;
};

/* false: it has none that a server could be asked about, or the way goes through a proxy. */
bool               find_earlier(const struct capture_room *, struct arena *, struct str url, bool wants_body, struct earlier *ret);
/* The record of a 304 becomes a revisit of it: profile server-not-modified (WARC 1.1, section 6.7.3). */
void               as_not_modified(const struct earlier *, struct store_record_new *);

/* A field of a JSON object; none when the text is empty. */
void               put_str(struct json *, const char *name, struct str);
void               put_i64(struct json *, const char *name, int64_t);

/* ── the files that a page names (refs_child.c, in the jail) ──────────── */

enum refs_what { REFS_PAGE, REFS_STYLE, REFS_ROBOTS };

struct refs_ask {
	int64_t      what;              /* enum refs_what */
	struct str   url, charset, content_encoding;
	struct bytes body;
};

struct found_ref {
	int64_t    kind;                /* enum ref_kind; of a robots.txt: 1 allow, 0 not */
	struct str url;                 /* of a robots.txt: a pattern */
};

struct found_refs {
	struct { struct found_ref *v; size_t n; } list;
	bool       is_cut;
	int64_t    delay_ms;            /* of a robots.txt; -1: none */
};

enum err_code      refs_find(struct jail *, struct arena *, const struct refs_ask *, struct found_refs *ret, struct err *) MUST_USE;

enum err_code      import_warc(const struct capture_room *, struct arena *, struct str name, struct bytes,
	struct capture_list *ret, struct err *) MUST_USE;

#endif
