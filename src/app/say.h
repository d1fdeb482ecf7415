/* say - how the command line prints the things of a desk: one line, or a page of plain text. */
#ifndef APP_SAY_H
#define APP_SAY_H

#include "store/verbs.h"

/* Who has seen it too, by their own word; a line each. */
void say_seen(const struct store_seen_page *, int64_t held_us);
void say_item(const struct store_item *);
void say_note_line(const struct store_note *);
void say_capture(const struct store_capture *);
void say_article(const struct store_article_view *);
void say_note(const struct store_note *);

/* One JSON object and a newline; false: too large, said on stderr. */
bool say_json(const struct wire_desc *, const void *value);

/* A bar on a terminal's standard error, nothing elsewhere; done == total ends it. */
void say_progress(struct str doing, int64_t done, int64_t total);

#endif
