/*
 * seen - two desks tell each other which captures they have in common, and nothing else; part of store/verbs.h.
 *
 * The two share a secret (keys/partners).  A desk sends one line a capture: a tag, HMAC of the address, by which the
 * other finds it among its own, and a box that only who knows the address can open: time, ledger entry, hash of the
 * text.  What does not match is forgotten.  Who has the secret can still try addresses that it guesses
 * (doc/formats/seen.md).
 */
#ifndef STORE_SEEN_H
#define STORE_SEEN_H

#include "base/id.h"
#include "ledger/seen.h"

#define STORE_SEEN_VERBS(X) \
	X(pair_add,        pair,            pair,           ROLE_EDITOR | ROLE_OWNER) \
	X(pair_list,       none,            pair_page,      ROLE_ALL) \
	X(seen_ask,        pair_name,       seen_text,      ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(seen_take,       seen_message,    seen_taken,     ROLE_PARTNER | ROLE_WORKER | ROLE_EDITOR | ROLE_OWNER) \
	X(seen_of,         seen_capture,    seen_page,      ROLE_ALL)

enum { SEEN_LINES_N = 4000, PAIRS_N = 60 };

/* A partner with whom hashes are exchanged. */
struct store_pair {
	struct str name;                     /* as we call it: no spaces */
	struct str secret;                   /* base64 of 32 bytes; pair_add: "": a new one is made; never in pair_list */
	struct str url;                      /* where it answers; "": by file */
};

struct store_pair_page {
	struct { struct store_pair *v; size_t n; } pairs;
};

struct store_pair_name {
	struct str name;
};

struct store_seen_text {
	struct str text;                     /* to be sent; "": nothing */
};

struct store_seen_line {
	struct bytes tag, box;
};

/* A text of the other side, taken apart in the jail; the store looks at its mac. */
struct store_seen_message {
	bool         is_answer;
	struct str   from;                   /* the sender's name as a witness, so that nobody takes their own text for the other's */
	struct bytes pair, mac;
	struct { struct store_seen_line *v; size_t n; } lines;
};

struct store_seen_taken {
	int64_t    matches;                  /* captures of ours that the other has too */
	struct str name;                     /* of the partner, as we call it */
	struct str answer;                   /* of an ask: to be sent back */
};

struct store_seen_capture {
	struct id capture;
};

/* The other has it too, by its own word. */
struct store_seen {
	struct str name;
	int64_t    their_us, their_entry;    /* when it held it, and the entry of its ledger that says so */
	bool       is_same;                  /* the same text was read there */
};

struct store_seen_page {
	struct { struct store_seen *v; size_t n; } list;        /* the earliest first */
};

#endif
