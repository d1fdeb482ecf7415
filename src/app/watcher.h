/* watcher - the watch of one desk, opened from the command line: the link, the settings and the room. */
#ifndef APP_WATCHER_H
#define APP_WATCHER_H

#include "app/command.h"
#include "app/pages.h"
#include "watch/watch.h"

struct watcher {
	struct store_link *link;
	struct watch      *watch;
	struct pages       pages;
	struct arena       arena;
};

enum err_code watcher_open(struct app *, bool once, struct watcher *ret, struct err *) MUST_USE;
void          watcher_close(struct watcher *);

#endif
