/*
 * mail - a message as RFC 5322 and MIME (RFC 2045 to 2047, 2231, 3676, 2557) have it, or nearly.
 *
 * A recovering reader: missing boundaries, bare line ends, raw 8-bit letters
 * and wrong labels are the normal case.  Text is not decoded here but for
 * headers: a part keeps its bytes and the label of its charset, because HTML
 * has its own say in that.  Nothing is opened that is attached.
 *
 *     struct mail m;
 *     td_mail_read(&arena, bytes, &m);
 *     for (size_t i = 0; i < m.parts.n; i++) ... m.parts.v[i].type ...
 *
 * Never fails.  At most MAIL_DEPTH_N levels and MAIL_PARTS_N parts; linear in
 * size times depth.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"

enum { MAIL_DEPTH_N = 16, MAIL_PARTS_N = 500 };

enum mail_role {
	MAIL_BODY,              /* text to be read: of alternatives the one that says most */
	MAIL_LESSER,            /* the same text in a plainer form */
	MAIL_ATTACHED,          /* a file, a picture: named, not opened */
	MAIL_MESSAGE            /* a whole message that was forwarded; its parts follow, one deeper */
};

struct mail_part {
	enum mail_role role;
	struct str     type;            /* "text/html", lower case; "" is none that a body may have */
	struct str     charset;         /* label; "" none */
	struct str     name;            /* of the file; of a message its subject */
	struct bytes   body;            /* transfer encoding taken off; MAIL_MESSAGE: none */
	size_t         size_b;          /* of the body */
	int            depth;           /* of messages: 0 the outer one */
	bool           is_flowed, is_delsp;     /* format=flowed, delsp=yes */
};

struct mail_person {
	struct str name, address;       /* "": not said */
};

struct mail {
	struct str         subject;
	struct mail_person from;
	struct civil       date;        /* with its zone; CIVIL_NONE: no date that can be read */
	struct str         date_text;   /* as written */
	struct str         location;    /* of a page saved as mail: its address */
	bool               is_list;     /* sent to many: List-Id, List-Unsubscribe, Precedence: bulk */
	struct { struct mail_part *v; size_t n; } parts;        /* leaves and messages, in their order */
	bool               cut;         /* more parts or levels than we take */
};

void td_mail_read(struct arena *, struct bytes, struct mail *ret);

/* A header's value: encoded words (RFC 2047) and raw letters as UTF-8, on one line. */
struct str td_mail_words(struct arena *, struct bytes value);

/* Content-Transfer-Encoding taken off: base64, quoted-printable, else as it is.  What is no code is left out or kept as it stands. */
struct bytes td_mail_decode(struct arena *, struct bytes, struct str encoding);

/* The text of a text/plain part with format=flowed (RFC 3676): its lines joined again, quotes keep their '>'. */
struct str td_mail_unflow(struct arena *, struct str, bool delsp);

#endif
