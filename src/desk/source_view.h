/* source_view - what pages say of a source: a word, a sign, and the line that explains them. */
#ifndef DESK_SOURCE_VIEW_H
#define DESK_SOURCE_VIEW_H

#include "desk/request.h"

/*
 * Sets id, name, source_lang, address, state, sign, state_class, line (why it
 * is so, "" when all is well), detail (the watch's own sentence, in English)
 * and the times asked, next, newest where there are any.
 */
void       source_view(struct request *, struct page_values *, const struct store_source *, int64_t now_us);
/* Its title; a source that said none is called by its address. */
struct str source_name(const struct store_source *);

/* The line of progress while sources wait for their turn: "73 of 120 sources checked". */
void       source_round(struct request *, const struct store_group_list *);

/* A row of "news" for one of the watch's tidings: sentence, time, and what it is about. */
void       news_view(struct request *, struct page_values *list, const struct store_news *);

#endif
