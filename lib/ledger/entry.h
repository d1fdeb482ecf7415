/*
 * ledger/entry - what the desk's log says, in its final bytes.
 *
 * An entry tells a stranger that something was recorded, when, and a
 * commitment to what; it holds no address and no name, so it may be handed out:
 *
 *     tidings-ledger/1
 *     kind capture
 *     time 2018-06-27T09:30:00.000000Z
 *     commit sha256:<64 hex>
 *
 * The commitment is SHA-256 of a statement, which the desk keeps and gives out
 * with a proof.  A statement ends in 128 random bits, so that nobody can find
 * it by trying addresses, and destroying it destroys the meaning for good:
 *
 *     tidings-statement/1
 *     kind capture
 *     time 2018-06-27T09:30:00.000000Z
 *     subject c-<26 characters>
 *     url https://example.org/story
 *     final https://example.org/story      (and how, by, why, taken, status, type, fault, main:
 *                                           all that the desk's row of the capture says)
 *     record response urn:uuid:… sha256:<64 hex>
 *     salt <32 hex>
 *
 * Lines end in LF, values hold neither CR nor LF (they are written as %0D, %0A,
 * and % as %25).  Each line is `name SP value`.  `sha256sum` of the statement's
 * file is the commitment.  The leaf hash is SHA-256(0x00 || entry), RFC 6962
 * section 2.1.
 */
#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"

enum ledger_kind {
	LEDGER_CAPTURE, LEDGER_NOTE, LEDGER_SEAL,     /* what they say follows from the desk's other rows */
	LEDGER_EXPORT, LEDGER_RESTORE, LEDGER_KEY, LEDGER_TOMBSTONE, LEDGER_ERASURE, LEDGER_FIXITY,
	LEDGER_KIND__COUNT
};
extern const char *const ledger_kind_name[LEDGER_KIND__COUNT];

struct ledger_line {
	const char *name;        /* lower-case letters */
	struct str  value;
};

/* Append lines as a statement has them. */
void td_ledger_lines(struct buf *out, const struct ledger_line *, size_t n);

/* Append a statement; salt is 16 random bytes from the caller. */
void td_ledger_statement(struct buf *out, enum ledger_kind, int64_t time_us, const struct ledger_line *, size_t n,
	const unsigned char salt[16]);
/* Append the entry that commits to a statement. */
void td_ledger_entry(struct buf *out, enum ledger_kind, int64_t time_us, struct bytes statement);
void td_ledger_leaf(struct bytes entry, unsigned char ret[32]);
/* Does this entry commit to this statement, and do kind and time agree?  ERR_FORMAT says what differs. */
enum err_code td_ledger_check(struct bytes entry, struct bytes statement, struct err *) MUST_USE;

#endif
