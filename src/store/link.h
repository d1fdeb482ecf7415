/*
 * link - how a room speaks to the store.
 *
 * The store is a process of its own, the one owner of a desk: database,
 * captures, ledger, keys.  Everybody else holds a link, a socket that carries
 * one request and one reply at a time.  Whoever needs a desk calls link_open():
 * it joins the owner that is already running, or becomes the start of one.
 *
 *     struct store_link *link;
 *     link_open(STR("/home/e/desk"), LINK_WRITE, &link, err);
 *     store_status(link, &arena, &(struct store_none){ 0 }, &status, err);
 *     link_close(link);
 *
 * Call jail_start() before link_open(): the forker must not inherit the desk.
 */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include "base/arena.h"
#include "base/err.h"

/* Who is speaking; each verb lists the roles that may call it. */
enum store_role { ROLE_READER = 1, ROLE_EDITOR = 2, ROLE_WORKER = 4, ROLE_OWNER = 8, ROLE_ALL = 15,
	ROLE_PARTNER = 16 };     /* another desk, by way of the process that listens to it: what its verbs allow and nothing else */

enum link_mode {
	LINK_READ,      /* a desk of a newer version opens too */
	LINK_WRITE,
	LINK_SERVE      /* be the owner, or ERR_BUSY: for `tidings serve` */
};

struct store_link;

/*
 * dir is the desk's folder.  ERR_MISSING: no desk there; ERR_BUSY: another
 * process owns it and answers no socket; ERR_DENIED: a synced folder, a
 * read-only folder for LINK_WRITE, somebody else's desk; ERR_FORMAT: made by a
 * newer version, or damaged.
 */
enum err_code link_open(struct str dir, enum link_mode, struct store_link **ret, struct err *) MUST_USE;
void          link_close(struct store_link *);      /* NULL is fine; an owner that we started ends too */

/* Another end for a child process (LINK_SERVE only), limited to these roles; the caller owns the descriptor. */
enum err_code link_spawn(struct store_link *, unsigned roles, int *ret_fd, struct err *) MUST_USE;
/* The child's side of it. */
struct store_link *link_from_fd(int fd);

/* A new, empty desk at dir (which may exist if it is empty).  All of it goes into tidings.conf; seals: each record of it will be sealed. */
enum err_code desk_create(struct str dir, struct str name, struct str tagline, struct str languages, bool seals, struct err *) MUST_USE;

#endif
