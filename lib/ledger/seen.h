/*
 * seen - the lines by which two desks find what both captured (doc/formats/seen.md): taken apart, not believed.
 *
 *     if (td_seen_head(&text, &head))
 *             while (td_seen_line(&text, &line))
 *                     ...
 *     good = td_seen_mac(&text, mac) && text.n == 0;
 *
 * There is one spelling of each text: what is taken apart and written again is the same.
 */
#ifndef LEDGER_SEEN_H
#define LEDGER_SEEN_H

#include "base/buf.h"

enum { SEEN_TAG_B = 32, SEEN_BOX_B = 24 + 48 + 16, SEEN_PAIR_B = 8, SEEN_MAC_B = 32, SEEN_NAME_B = 128 };

struct seen_head {
	bool          is_answer;
	struct str    from;                  /* the sender's name; points into the text */
	unsigned char pair[SEEN_PAIR_B];
};

struct seen_line {
	unsigned char tag[SEEN_TAG_B], box[SEEN_BOX_B];
};

/* Each takes its lines off the front; false: they are not of that form, and *rest is not to be used. */
bool td_seen_head(struct str *rest, struct seen_head *ret);
bool td_seen_mac(struct str *rest, unsigned char ret[SEEN_MAC_B]);
/* false at the line of the mac, and at what is no line, of which td_seen_mac() then says so. */
bool td_seen_line(struct str *rest, struct seen_line *ret);

void td_seen_head_write(struct buf *out, const struct seen_head *);
void td_seen_line_write(struct buf *out, const struct seen_line *);
void td_seen_mac_write(struct buf *out, const unsigned char mac[SEEN_MAC_B]);

#endif
