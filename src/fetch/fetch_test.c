/* The real fetcher against the real server of tests/httpd.c, whose path comes as the first argument. */
#include "fetch/fetch.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

static int                port;
static struct arena       arena;
static struct fetch      *fetch;
static struct fetch_reply reply;
static struct err         err;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static enum err_code
get(const char *path)
{
	char url[256];

	memset(&reply, 0, sizeof(reply));
	snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", port, path);
	return fetch_get(fetch, &arena, &(struct fetch_ask){ .url = str_of(url) }, &reply, &err);
}

static const struct fetch_hop *
last(void)
{
	static const struct fetch_hop none;

	return reply.hops.n > 0 ? &reply.hops.v[reply.hops.n - 1] : &none;
}

static void
the_body_is_what_the_server_sent(void)
{
	CHECK_INT(ERR_OK, get("/plain"));
	CHECK_STR(STR("<p>Seoul</p>\n"), bytes_as_str(last()->body));
	CHECK(str_ends(bytes_as_str(last()->head), STR("\r\n\r\n")) && str_starts(bytes_as_str(last()->request), STR("GET /plain ")));
	CHECK(str_find_nocase(bytes_as_str(last()->request), STR("cookie")) == STR_NONE);
	CHECK_INT(ERR_OK, get("/euc-kr"));
	CHECK_STR(STR("<p>\xba\xcf\xc7\xd1</p>\n"), bytes_as_str(last()->body));
	CHECK_INT(ERR_OK, get("/gzip"));
	CHECK_INT(28, last()->body.n);
}

static void
chunks_are_taken_off_and_counted(void)
{
	CHECK_INT(ERR_OK, get("/chunked"));
	CHECK_STR(STR("<p>Seoul"), bytes_as_str(last()->body));
	CHECK(last()->is_chunked && last()->framed_b > 20 && last()->cut == FETCH_WHOLE);
	CHECK_INT(ERR_OK, get("/chunked-cut"));
	CHECK_INT(FETCH_CUT_DISCONNECT, last()->cut);
}

static void
every_hop_of_a_redirect_is_kept(void)
{
	CHECK_INT(ERR_OK, get("/hop"));
	CHECK_INT(3, reply.hops.n);
	CHECK(str_ends(reply.hops.v[1].url, STR("/hop2")));
}

/* The hops that were taken, and no more, with words why. */
static void
leads_nowhere(const char *path, size_t hops, struct str why)
{
	CHECK_INT(ERR_OK, get(path));
	CHECK_INT(hops, reply.hops.n);
	CHECK_INT(302, last()->status);
	CHECK_INT(0, last()->fault.n);
	if (str_find(reply.fault, why) == STR_NONE)
		CHECK_STR(why, reply.fault);
}

static void
a_redirect_that_cannot_be_followed_is_kept_and_says_why(void)
{
	leads_nowhere("/to-private", 1, STR("10.0.0.1 is a private address"));
	leads_nowhere("/to-mapped", 1, STR("is a private address"));
	leads_nowhere("/to-metadata", 1, STR("169.254.169.254 is a private address"));
	leads_nowhere("/to-file", 1, STR("not an address of the web"));
	leads_nowhere("/to-bytes", 1, STR("file:///??[2J: not an address of the web"));
	leads_nowhere("/to-refused", 1, STR("refused the connection; the redirect is kept"));
	leads_nowhere("/to-nobody", 1, STR("nobody.invalid"));
	leads_nowhere("/loop", 2, STR("in a circle; the redirects are kept"));
	CHECK_INT(ERR_OK, get("/hop"));
	CHECK_INT(0, reply.fault.n);
}

static void
absence_is_a_reply(void)
{
	CHECK(get("/404") == ERR_OK && last()->status == 404);
	CHECK(get("/410") == ERR_OK && last()->status == 410);
	CHECK(get("/500") == ERR_OK && last()->status == 500);
}

static void
what_is_not_http_is_refused_with_its_bytes(void)
{
	CHECK(get("/http09") == ERR_OK && last()->is_refused && str_eq(bytes_as_str(last()->body), STR("<p>Seoul")));
	CHECK(get("/two-lengths") == ERR_OK && last()->is_refused && last()->head.n == 0);
	CHECK(get("/nul") == ERR_OK && last()->is_refused && last()->fault.n > 0);
	CHECK(get("/half-head") == ERR_OK && last()->is_refused);
	CHECK_INT(ERR_NET, get("/nothing"));
}

static void
a_body_that_was_cut_says_so(void)
{
	CHECK(get("/short") == ERR_OK && last()->cut == FETCH_CUT_DISCONNECT && last()->fault.n > 0);
	CHECK(get("/endless") == ERR_OK && last()->cut == FETCH_CUT_LENGTH);
	CHECK_INT(100000, last()->body.n);
	CHECK(get("/drip") == ERR_OK && last()->cut == FETCH_CUT_TIME);
}

static int
start(const char *httpd, pid_t *ret_pid)
{
	int  ends[2];
	char text[16] = "";

	if (pipe(ends) != 0 || (*ret_pid = fork()) < 0)
		return 0;
	if (*ret_pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl(httpd, httpd, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	if (read(ends[0], text, sizeof(text) - 1) < 0)
		return 0;
	return (int)strtol(text, NULL, 10);
}

int
main(int argc, char *argv[])
{
	static const struct check_test all[] = {
		TEST(the_body_is_what_the_server_sent), TEST(chunks_are_taken_off_and_counted), TEST(every_hop_of_a_redirect_is_kept),
		TEST(a_redirect_that_cannot_be_followed_is_kept_and_says_why), TEST(absence_is_a_reply),
		TEST(what_is_not_http_is_refused_with_its_bytes), TEST(a_body_that_was_cut_says_so),
	};
	const struct fetch_options options = { .allow = STR("127.0.0.0/8"), .total_ms = 2500, .body_b = 100000 };
	pid_t pid = -1;
	int   code;

	arena_init(&arena, 64 * MiB, no_more, NULL);
	if (argc < 2 || (port = start(argv[1], &pid)) == 0 || fetch_create(&options, &fetch, &err) != ERR_OK)
		return EXIT_FAILURE;
	code = check_run(all, sizeof(all) / sizeof(*all));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	fetch_destroy(fetch);
	arena_free(&arena);
	return code;
}
