/*
 * export - captures for a court, a library or a journalist, to be checked without this program.
 *
 * A package is a list of files in memory, the same for a WACZ and for a bag:
 *
 *     archive/data.warc.gz          the records as they stand in captures/, byte for byte: of each page, of the capture of
 *                                   its files and text, and the replies that their revisits refer to
 *     archive/unchanged.warc.gz     revisits that were 304s, if there are any
 *     indexes/index.cdxj            CDXJ
 *     pages/pages.jsonl             a line a page
 *     evidence/c-….tlog-proof       that the capture is in the desk's log
 *     evidence/checkpoint, key      what was signed, and the log's public keys
 *     evidence/sheet.en.html, .ko   what it says, who can check it and how, what it does not prove
 *     evidence/MANIFEST, .minisig   SHA-256 of all of these, signed; minisign.pub
 *
 * export_lint() says what in it identifies the desk beyond its public name;
 * a package with findings is not written.  Equal captures under an equal
 * checkpoint make equal files, but for the two signatures of a WACZ.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/arena.h"
#include "base/err.h"
#include "store/verbs.h"
#include "words/words.h"

enum { EXPORT_FILES_N = 4096, EXPORT_CAPTURES_N = 1000 };

struct export_file {
	struct str   path;                   /* "archive/data.warc.gz" */
	struct bytes bytes;
};

enum export_voucher {
	VOUCHER_TOKEN,          /* of a time-stamping authority */
	VOUCHER_RENEWAL,        /* of another, over older tokens */
	VOUCHER_WITNESS         /* a cosignature */
};

/* Somebody outside this desk who saw the log in the state that the export has. */
struct export_time {
	struct str          who;
	int64_t             at_us;
	enum export_voucher kind;
};

/* A file that a page names, out of its inventory. */
struct export_part {
	struct str url, kind, outcome, why;  /* "image"; "stored", "failed", "skipped"; why: not stored, "" */
	struct str digest;                   /* "sha256:…" of its bytes; "": not stored */
};

struct export_capture {
	struct store_capture taken;
	struct store_proof   proof;
	bool                 is_part;        /* the files and the text of a page that stands before it */
	struct { struct export_part *v; size_t n; } parts;       /* of such a one */
};

struct export_package {
	struct export_file    *v;
	size_t                 n;
	struct export_capture *captures;     /* as they were asked for, each page's parts behind it */
	size_t                 captures_n;
	struct str            desk, main_url, title, checkpoint, key, minisign_key;
	struct str            token_file;    /* below evidence/: the first token; "": none */
	struct export_time   *times;
	size_t                times_n;
	struct store_standing standing;      /* who vouches for that checkpoint, of those whom the desk names */
	int64_t               main_us;       /* when the first capture was taken */
	int64_t               held_us;       /* the newest ledger entry of the captures */
	struct buf            ours;          /* what we wrote ourselves into the records, for the linter */
};

/*
 * Everything but what a form adds.  Makes a checkpoint that covers the captures.
 * A revisit whose original this desk does not hold (out of a foreign file) stays one.
 * ERR_LIMIT: more than LIMIT_EXPORT_B; ERR_FORMAT: a record cannot be read.
 */
enum err_code export_gather(struct store_link *, struct arena *, const struct id *captures, size_t n, struct export_package *ret,
	struct err *) MUST_USE;
void          export_free(struct export_package *);

/* WACZ 1.1.1 with the anonymous signature of wacz-auth; ret has the file. */
enum err_code export_wacz(struct store_link *, struct arena *, struct export_package *, struct buf *ret, struct err *) MUST_USE;
/* BagIt 1.0 (RFC 8493) into the new folder `dir`; ret_sha256 is of manifest-sha512.txt.  ERR_EXISTS: it is there. */
enum err_code export_bagit(struct arena *, const struct export_package *, struct str dir, unsigned char ret_sha256[32],
	struct err *) MUST_USE;
/* One sheet to print. */
enum err_code export_sheet(struct arena *, const struct export_package *, enum words_lang, struct buf *ret, struct err *) MUST_USE;

/* What must not be in an export. */
struct export_secrets {
	struct str  word[8];                 /* host name, user name, home, desk's folder; "": none */
	struct str *allowed;                 /* words that a person let pass */
	size_t      allowed_n;
};

/* ERR_DENIED names the file and the word. */
enum err_code export_lint(const struct export_package *, const struct export_secrets *, struct err *) MUST_USE;

/* For the files of this room: one more file; a view, or of an arena. */
void          export_add(struct export_package *, struct str path, struct bytes);

#endif
