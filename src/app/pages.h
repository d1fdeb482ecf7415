/*
 * pages - what becomes of a page that the watch asked for: an item's is taken down, one that was taken is compared.
 *
 * The watch hands out the finished reply (watch_turn), capture keeps it, the
 * store learns in the same transaction whose page it is.  An item's page is
 * read by the desk's worker, later; of a look the text is needed at once.
 *
 *     struct pages pages = { .link = link, .jail = jail };
 *     if (turn.page != NULL)
 *             pages_take(&pages, turn.page, err);
 */
#ifndef APP_PAGES_H
#define APP_PAGES_H

#include "capture/capture.h"
#include "watch/watch.h"

struct pages {
	struct store_link *link;
	struct jail       *jail;
};

/* Errors are the store's, or the machine's; what is wrong with a page stands at its item or its life. */
enum err_code pages_take(struct pages *, const struct watch_page *, struct err *) MUST_USE;

#endif
