/*
 * erasure - what the store can be asked about taking a capture away for good; part of store/verbs.h.
 *
 * A page's capture goes with its files, its text, its search terms, what feeds
 * announced of it and the notes about it that are not public.  Its entries stay
 * in the ledger: each commits to a salted statement that is no longer there.
 * erase_look says what erase would do and which copies are out of its reach.
 */
#ifndef STORE_ERASURE_H
#define STORE_ERASURE_H

#include "base/id.h"

#define STORE_ERASURE_VERBS(X) \
	X(erase_look,      name,            erasure,        ROLE_ALL) \
	X(erase,           erase_ask,       erasure,        ROLE_EDITOR | ROLE_OWNER)

struct store_erase_ask {
	struct id  capture;
	struct str reason;                   /* one line; it stays in the ledger's statement and is shown */
	struct str who;                      /* "": the asker's role */
};

/* Where else the bytes or words are, as far as the desk knows. */
enum copy_kind {
	COPY_EXPORT,                         /* an export was written: entry seq of the ledger, where: its form */
	COPY_BACKUP,                         /* where: its folder */
	COPY_NOTE,                           /* a published note about it stays; where: its heading */
	COPY_SITE,                           /* the public site was built then; where: its folder */
	COPY_CAPTURE,                        /* another capture of the same address, not erased with this one */
	COPY_REVISIT,                        /* no copy: another capture says of a file that goes that it was as before, and holds no bytes of it */
	COPY_PARTNER,                        /* a partner desk says that it has the page too; where: which one */
	COPY_TRASH,                          /* seq files in trash/, cut off after crashes: nobody knows of what */
	COPY_KIND__COUNT
};
extern const char *const copy_kind_name[COPY_KIND__COUNT];

struct store_copy {
	enum copy_kind kind;
	int64_t        time_us, seq;
	struct id      id;                   /* COPY_NOTE, COPY_CAPTURE, COPY_REVISIT */
	struct str     where;
};

struct store_erased_note {
	struct id id;
};

struct store_erasure {
	struct id  capture;                  /* the page's own, whichever of its parts was named */
	bool       is_sealed;                /* by destroying keys; else by overwriting bytes in a file shared with others */
	int64_t    captures, records;        /* that go */
	int64_t    entries;                  /* whose statements go; 0: everything is gone already */
	struct { struct store_erased_note *v; size_t n; } notes;      /* drafts and withdrawn ones that go */
	struct { struct store_copy *v; size_t n; } copies;            /* that stay */
	int64_t    erased_us, ledger_seq;    /* of the newest erasure, 0 and -1: none yet */
	struct str reason;                   /* of it */
	bool       is_due;                   /* it is committed, and the disk still holds traces: the next start goes on */
};

#endif
