/* What the files of lib/mail share. */
#ifndef MAIL_MAIL_PRIVATE_H
#define MAIL_MAIL_PRIVATE_H

#include "mail/mail.h"

/* The head of one part: its fields unfolded as one looks for them. */
struct mail_head {
	struct bytes all;               /* up to and without the empty line */
};

/* Cuts head and body apart; a body may be missing. */
void td_mail_split(struct bytes part, struct mail_head *ret_head, struct bytes *ret_body);
/* The n-th field of a name, folded lines joined; false: there are not so many. */
bool td_mail_field(struct arena *, const struct mail_head *, struct str name, size_t n, struct bytes *ret);
/* "text/html; charset=x": what stands before the first semicolon, lower case, no spaces. */
struct str td_mail_essence(struct arena *, struct bytes value);
/* A parameter of such a value, RFC 2231 forms too; "" when it is not there. */
struct str td_mail_param(struct arena *, struct bytes value, struct str name);
struct mail_person td_mail_person(struct arena *, struct bytes value);

#endif
