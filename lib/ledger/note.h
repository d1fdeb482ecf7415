/*
 * note - C2SP signed-note: a text of lines, and who signed it.
 *
 *     desk-k3x9/log            the text: any lines, ends in LF
 *     12
 *     <base64 head>
 *                              an empty line
 *     — NAME BASE64            one line a signature: key id (4 bytes) and what the key's kind says
 *
 * Two kinds: 0x01, Ed25519 over the text (the log's own); 0x04, a timestamped
 * cosignature/v1 of a witness (C2SP tlog-cosignature), over "cosignature/v1\n
 * time T\n" and the text.  A key is written as NAME+HEX+BASE64 ("vkey"), a
 * secret one as PRIVATE+KEY+NAME+HEX+BASE64.  Signatures of keys that we were
 * not given are no fault and no proof.
 */
#ifndef LEDGER_NOTE_H
#define LEDGER_NOTE_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/sign.h"

enum { NOTE_NAME_B = 128, NOTE_TEXT_B = 64 * 1024, NOTE_LINES_N = 64 };

enum note_kind { NOTE_SIGNATURE = 1, NOTE_COSIGNATURE = 4 };

struct note_key {
	char           name[NOTE_NAME_B];        /* NUL-terminated; neither space nor '+' */
	enum note_kind kind;
	unsigned char  id[4];                    /* SHA-256(name || LF || kind || key), the first four bytes */
	unsigned char  key[SIGN_KEY_B];
};

struct note_signer {
	struct note_key key;
	unsigned char   seed[SIGN_SEED_B];
};

/* The name must be one; false: too long, empty, or with a space, a '+' or a control character. */
bool td_note_key_init(struct note_key *, struct str name, enum note_kind, const unsigned char key[SIGN_KEY_B]);
bool td_note_signer_init(struct note_signer *, struct str name, enum note_kind, const unsigned char seed[SIGN_SEED_B]);

void td_note_key_write(const struct note_key *, struct buf *out);
bool td_note_key_parse(struct str, struct note_key *ret);
void td_note_signer_write(const struct note_signer *, struct buf *out);
bool td_note_signer_parse(struct str, struct note_signer *ret);

/* The text and the lines of signatures behind it; both point into `note`.  ERR_FORMAT says what is not of that form. */
enum err_code td_note_split(struct str note, struct str *ret_text, struct str *ret_signatures, struct err *) MUST_USE;

enum { NOTE_SIGNATURE_B = 4 + 8 + SIGN_B };     /* key id, time of a cosignature, Ed25519 */

struct note_signature {
	struct str    name, line;                /* line: with its LF */
	unsigned char bytes[NOTE_SIGNATURE_B];
	size_t        n;                         /* 0: of a kind that we do not know */
};

/* The line of signature at the front; false: there is none. */
bool td_note_take(struct str *signatures, struct note_signature *ret);
/* Append it as its line. */
void td_note_line_write(struct buf *out, const struct note_signature *);
/* Is this one good for the text, and of that key? */
bool td_note_is_by(struct str text, const struct note_signature *, const struct note_key *, int64_t *ret_time_s);

/* Append one line of signature over `text`; time_s is used by a cosignature only. */
void td_note_sign(struct buf *out, struct str text, const struct note_signer *, int64_t time_s);
/* Is there a good signature of this key among the lines?  Of a cosignature also *ret_time_s (may be NULL), else 0. */
bool td_note_is_signed(struct str text, struct str signatures, const struct note_key *, int64_t *ret_time_s);
/* The line of this key that is good, with its LF; nothing when there is none. */
struct str td_note_line_of(struct str text, struct str signatures, const struct note_key *);

#endif
