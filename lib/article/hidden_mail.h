/*
 * hidden_mail - addresses that a web host hid from programs, shown as they are to readers (lib/article only).
 *
 * Cloudflare writes "[email protected]" in place of an address and keeps it in data-cfemail, or behind
 * /cdn-cgi/l/email-protection#: two hexadecimal digits a byte, the first the key that the others are XORed with.
 * A desk's contact line is not whole without it.
 */
#ifndef ARTICLE_HIDDEN_MAIL_H
#define ARTICLE_HIDDEN_MAIL_H

#include "base/arena.h"
#include "html/tree.h"

/* The address behind the digits; "" when it is none. */
struct str td_hidden_mail(struct arena *, struct str digits);

/* Puts every hidden address of the tree back: as text, and as a mailto link. */
void td_hidden_mail_show(struct arena *, struct html_tree *);

#endif
