#include <stdio.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "os/file.h"
#include "read/read.h"

/* "allowed" or "forbidden", and what else the site asks; exit code 1 when forbidden. */
static int
answer(const struct robots *r, struct str url)
{
	bool allowed = td_robots_allow(r, url);

	printf("%s\n", allowed ? "allowed" : "forbidden");
	if (r->crawl_delay_ms != ROBOTS_NO_DELAY)
		printf("crawl-delay %lld.%03d s\n", (long long)r->crawl_delay_ms / 1000, (int)(r->crawl_delay_ms % 1000));
	if (r->cut)
		fprintf(stderr, "tidings: only the first %zu KB of the file were read\n", LIMIT_ROBOTS_B / KiB);
	return allowed ? 0 : EXIT_FOUND;
}

int
cmd_robots(struct app *app, int argc, char *argv[])
{
	struct buf    bytes = BUF_INIT(LIMIT_BODY_B);
	struct robots robots;
	struct arena  a;
	struct err    err;
	int           code;

	if (argc != 4)
		return app_usage("robots", "say a file, a robot's name and an address");
	arena_init(&a, LIMIT_JAIL_MEMORY_B, app_full, NULL);
	if (app_read_input(argv[1], &bytes, &err) != ERR_OK)
		code = app_fail(&err);
	else if (read_robots(app->jail, &a, buf_bytes(&bytes), STR(""), str_of(argv[2]), &robots, &err) != ERR_OK)
		(void)err_in(&err, "%s", argv[1]), code = app_fail(&err);
	else
		code = answer(&robots, str_of(argv[3]));
	buf_free(&bytes);
	arena_free(&a);
	return code;
}
