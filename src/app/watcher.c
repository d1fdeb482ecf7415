#include "app/watcher.h"

#include "base/limits.h"

enum err_code
watcher_open(struct app *app, bool once, struct watcher *ret, struct err *err)
{
	struct store_desk_status status;

	*ret = (struct watcher){ 0 };
	if (app_link(app, LINK_WRITE, &ret->link, err) != ERR_OK)
		return err->code;
	arena_init(&ret->arena, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(ret->link, &ret->arena, &(struct store_none){ 0 }, &status, err) != ERR_OK ||
	    watch_open(&(struct watch_options){ .link = ret->link, .jail = app->jail, .fetch_allow = status.fetch_allow,
	    .fetch_route = status.fetch_route, .once = once, .with_pages = true },
	    &ret->watch, err) != ERR_OK) {
		watcher_close(ret);
		return err->code;
	}
	ret->pages = (struct pages){ .link = ret->link, .jail = app->jail };
	return ERR_OK;
}

void
watcher_close(struct watcher *w)
{
	watch_close(w->watch);
	link_close(w->link);
	arena_free(&w->arena);
	*w = (struct watcher){ 0 };
}
