/*
 * ledger - what the store can be asked about its log; part of store/verbs.h.
 *
 * A proof is a C2SP tlog-proof whose `extra` is the entry's statement; one file,
 * checked offline by `tidings ledger check FILE` or by standard tools
 * (doc/formats/ledger.md).
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "store/record.h"

enum { RENEWAL_LINES_N = 1000, RENEWAL_TEXT_B = 72 * (RENEWAL_LINES_N + 1) };     /* a list of tokens that one stamp renews */

#define STORE_LEDGER_VERBS(X) \
	X(ledger_checkpoint, none,       checkpoint,     ROLE_EDITOR | ROLE_WORKER | ROLE_OWNER) \
	X(ledger_newest,   none,         checkpoint,     ROLE_ALL | ROLE_PARTNER) \
	X(ledger_standing, size_ask,     standing,       ROLE_ALL) \
	X(ledger_file,     file_ask,     file_bytes,     ROLE_ALL | ROLE_PARTNER) \
	X(ledger_prove,    prove_ask,    proof,          ROLE_ALL) \
	X(ledger_list,     ledger_ask,   ledger_page,    ROLE_ALL) \
	X(key_rotate,      key_ask,      key_changed,    ROLE_OWNER) \
	X(record_member,   record_name,  record_member,  ROLE_ALL) \
	X(record_find,     record_ask,   record_found,   ROLE_ALL) \
	X(token_commit,    token_new,    none,           ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(token_list,      token_ask,    token_page,     ROLE_ALL) \
	X(renewal_due,     renewal_ask,  renewal_list,   ROLE_ALL) \
	X(renewal_commit,  renewal_new,  none,           ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(partner_add,     partner_new,  none,           ROLE_EDITOR | ROLE_OWNER) \
	X(partner_list,    none,         partner_page,   ROLE_ALL) \
	X(cosign,          cosign_ask,   cosign_done,    ROLE_PARTNER | ROLE_EDITOR | ROLE_OWNER) \
	X(cosign_request,  cosign_old,   cosign_request, ROLE_ALL) \
	X(cosignature_add, cosignatures, cosignatures_added, ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(export_sign,     sign_ask,     signatures,     ROLE_EDITOR | ROLE_OWNER) \
	X(export_commit,   export_new,   export_done,    ROLE_EDITOR | ROLE_OWNER)

struct store_checkpoint {
	int64_t    size;                     /* entries that it covers; 0: there is none yet */
	int64_t    entries;                  /* in the ledger */
	int64_t    made_us;
	struct str note;                     /* with the signatures that came */
	struct str signed_note;              /* as the desk signed it: what time authorities are asked about */
	struct str keys;                     /* the log's public keys, a line each, the newest last */
};

struct store_size_ask {
	int64_t size;                        /* of a checkpoint; 0: the newest */
};

/* Who vouches for a checkpoint besides the desk, and what the settings ask for. */
struct store_standing {
	int64_t size;                        /* its entries; 0: there is none */
	int64_t witnesses, quorum, cosigned; /* named in the settings (else: known); how many must sign; how many of them have */
	int64_t witnessed_size;              /* the newest checkpoint that has its quorum, or one cosignature where none is asked for; 0: none */
	int64_t authorities, stamped;        /* named in the settings; how many gave a token for it */
	int64_t stamped_size, stamped_us;    /* the newest checkpoint with a token, and when the last one came */
	int64_t stamped_n;                   /* how many gave one for that */
	int64_t entries;                     /* in the ledger */
	int64_t every_h;                     /* hours between two questions to time authorities; 0: only when asked */
};

/* A file below ledger/: "checkpoint", "key" or a tile.  ERR_MISSING: not one of those, or not there. */
struct store_file_ask {
	struct str path;
};

struct store_file_bytes {
	struct bytes bytes;
};

struct store_prove_ask {
	struct id capture, note;             /* one of them; of a note its newest published version */
	int64_t   seq;                       /* or this entry, when both are none */
	int64_t   size;                      /* under the checkpoint of this many entries; 0: the newest */
};

struct store_proof {
	int64_t    seq, time_us;
	struct str kind, entry, statement;
	struct str proof;                    /* the tlog-proof; "": no checkpoint covers the entry yet */
};

struct store_ledger_ask {
	int64_t before, limit;               /* the newest below `before` (0: all); limit <= LIMIT_PAGE_N */
};

struct store_ledger_entry {
	int64_t    seq, time_us;
	struct str kind, statement;
};

struct store_ledger_page {
	struct { struct store_ledger_entry *v; size_t n; } entries;      /* newest first */
};

/* ── witnesses: what came from others was read in the jail and comes here in parts ── */

struct store_partner_new {
	struct str vkey;
	bool       is_log;                   /* a log that we cosign (key of kind 1); else a witness of ours (kind 4) */
};

struct store_partner {
	struct str url;                      /* where it is asked, by the settings; "": by file */
	int64_t    signed_size;              /* of a witness: the newest checkpoint of ours that it signed */
	struct str vkey;
	bool       is_log;
};

struct store_partner_page {
	struct str own;                      /* this desk's own witness key, to be given to partners */
	struct { struct store_partner *v; size_t n; } partners;
};

struct store_signature {
	struct str   name;
	struct bytes bytes;                  /* key id, time of a cosignature, Ed25519 */
};

struct store_cosign_ask {
	struct str    origin;
	int64_t       size, old;
	unsigned char head[32];
	struct bytes  path;                  /* the consistency proof, 32 bytes each */
	struct { struct store_signature *v; size_t n; } signatures;
};

struct store_cosign_done {
	int64_t    status;                   /* of tlog-witness: 200, 403, 404, 409, 422 */
	int64_t    size;                     /* 409: the size that was cosigned last */
	struct str line;                     /* 200: our line of signature */
};

struct store_cosign_old {
	struct str name;                     /* of a witness, as in its key */
	int64_t    old;                      /* what it says that it signed last; -1: what we know of */
};

struct store_cosign_request {
	struct str text;                     /* add-checkpoint from what this witness signed last to the newest */
};

struct store_cosignatures {
	struct { struct store_signature *v; size_t n; } signatures;
};

struct store_cosignatures_added {
	int64_t n;                           /* those of known witnesses over checkpoints of ours */
};

/* What a time authority answered; checked in the jail before it comes here. */
struct store_token_new {
	int64_t      size;                   /* of the checkpoint */
	struct str   authority, who;
	int64_t      time_us, ends_us;
	struct bytes token;
};

struct store_token_ask {
	int64_t size;                        /* > 0: those of the first checkpoint that covers so many entries and has any */
	int64_t after;                       /* else: the next ones behind this seq */
	bool    are_renewals;                /* those over lists of older tokens */
};

struct store_token {
	int64_t      seq, size, time_us, ends_us;
	struct str   authority, who;
	struct str   note;                   /* what was stamped: the checkpoint as it was signed; of a renewal the list */
	struct bytes token;
	int64_t      renewed_us;             /* when another authority first stamped this token's hash; 0: never */
};

/*
 * Tokens age: their certificates end, and another token over the old one carries it on (RFC 4998, section 5).  One
 * stamp renews many: it is over a list of their hashes.
 */
struct store_renewal_ask {
	int64_t now_us, before_us;           /* those whose certificates end between the two, and that nothing younger carries beyond */
};

struct store_renewal_list {
	struct str text;                     /* what is to be stamped; "": nothing is due */
	int64_t    n;
};

struct store_renewal_new {
	struct str   list;
	struct str   authority, who;
	int64_t      time_us, ends_us;
	struct bytes token;
};

struct store_token_page {
	struct { struct store_token *v; size_t n; } tokens;
};

struct store_sign_ask {
	struct bytes manifest;               /* signed for minisign */
	struct str   comment;                /* its trusted comment, one line */
	struct str   package_hash;           /* "sha256:…" of datapackage.json, signed for WACZ; "": not asked for */
};

struct store_signatures {
	struct str minisign, minisign_key;   /* the file of the signature; the key as `minisign -P` takes it */
	struct str wacz, wacz_key;           /* base64: r || s, SubjectPublicKeyInfo */
};

struct store_key_ask {
	struct str reason;
};

struct store_key_changed {
	struct str before, after;            /* public keys, NAME+HEX+BASE64 */
	int64_t    ledger_seq;
	int64_t    size;                     /* of the checkpoint that covers it, the last that the old key signed */
};

struct store_export_new {
	struct str    form;                  /* "wacz", "bagit", "evidence" */
	struct str    subjects;              /* ids of captures, whole, a space between two */
	unsigned char sha256[32];            /* of the file, or of the manifest of a folder */
};

struct store_export_done {
	int64_t ledger_seq;
};

#endif
