/* inbox_view - what the inbox and an item's own page share. */
#ifndef DESK_INBOX_VIEW_H
#define DESK_INBOX_VIEW_H

#include "desk/request.h"

/*
 * Sets item (its id), whole (the same, to be sent back), headline, item_lang,
 * source, source_name, author, published, came, is_open, and the state of a
 * decision (state, sign, state_class).
 */
void inbox_item(struct request *, struct page_values *, const struct store_announced *);

/* What the last decision did, as the address that led here says, with a way to take it back. */
void inbox_decided(struct request *);

/* The part of this page's query that says which items are shown, to be sent back as `back`. */
struct str inbox_query(struct request *);

#endif
