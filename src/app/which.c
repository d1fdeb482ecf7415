#include "app/which.h"

#include "app/command.h"
#include "base/limits.h"
#include "store/verbs.h"

static int
find(struct store_link *link, struct arena *a, const char *command, const char *id, struct which *ret)
{
	struct store_name         name = { .id = str_of(id), .kind = ID_ANY };
	struct store_found        found;
	struct store_article_view v;
	struct err                err;

	if (store_find(link, a, &name, &found, &err) != ERR_OK)
		return app_fail(&err);
	*ret = (struct which){ 0 };
	switch (found.kind) {
	case ID_CAPTURE:
		ret->capture = found.id;
		return 0;
	case ID_NOTE:
		ret->note = found.id;
		return 0;
	case ID_ARTICLE:
		if (store_article_get(link, a, &name, &v, &err) != ERR_OK)
			return app_fail(&err);
		ret->capture = v.capture;
		return 0;
	default:
		return app_usage(command, "%s is not a capture, an article or a note", id);
	}
}

int
which_find(struct store_link *link, const char *command, const char *id, struct which *ret)
{
	struct arena a;
	int          code;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	code = find(link, &a, command, id, ret);
	arena_free(&a);
	return code;
}
