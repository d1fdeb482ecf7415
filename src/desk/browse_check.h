/* browse_check - what the tests of pages share: a real desk, a real web process, a real socket. */
#ifndef DESK_BROWSE_CHECK_H
#define DESK_BROWSE_CHECK_H

#include "desk/desk.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "desk/routes.h"
#include "os/clock.h"
#include "os/file.h"
#include "tests/check.h"

static char               dir[64];
static struct store_link *link_;
static struct arena       arena;
static int                port;
static pid_t              child;
static struct buf         answer = BUF_INIT(64 * MiB);

static inline __attribute__((unused)) void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* Start a desk and its web process; false (and a failed check) when that does not work. */
static inline __attribute__((unused)) bool
begin(void)
{
	struct desk_options o = { .host = STR("127.0.0.1"), .port = 0 };
	struct desk_wish    wish;
	struct desk        *desk;
	struct err          err = { 0 };
	int                 fd;

	snprintf(dir, sizeof(dir), "/tmp/tidings-desk-XXXXXX");
	arena_init(&arena, 512 * MiB, no_more, NULL);
	if (mkdtemp(dir) == NULL ||
	    desk_create(str_of(dir), STR("Desk <b>&\"' 데스크"), STR("hope"), STR("en ko"), false, &err) != ERR_OK ||
	    link_open(str_of(dir), LINK_SERVE, &link_, &err) != ERR_OK ||
	    link_spawn(link_, ROLE_READER | ROLE_EDITOR, &fd, &err) != ERR_OK || desk_open(&o, &desk, &err) != ERR_OK) {
		fprintf(stderr, "# %s\n", err.text);
		CHECK(!"a desk opens");
		return false;
	}
	port = desk_port(desk);
	child = fork();
	if (child == 0)
		_exit(desk_run(desk, link_from_fd(fd), &wish, &err) == DESK_STOPPED ? 0 : 1);
	close(fd);
	desk_close(desk);
	return true;
}

static inline __attribute__((unused)) void
end(void)
{
	struct err err;
	int        status = -1;

	kill(child, SIGTERM);
	waitpid(child, &status, 0);
	CHECK_INT(0, status);
	link_close(link_);
	arena_free(&arena);
	buf_free(&answer);
	CHECK_INT(ERR_OK, os_remove_tree(str_of(dir), &err));
}

/* Send bytes, read until the other side closes; the status, or 0. */
static inline __attribute__((unused)) int
ask(struct str bytes)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int                fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char              *room;
	ssize_t            got;
	int64_t            status = 0;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	buf_reset(&answer);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && send(fd, bytes.p, bytes.n, MSG_NOSIGNAL) > 0)
		while ((room = buf_room(&answer, 64 * KiB)) != NULL && (got = read(fd, room, 64 * KiB)) > 0)
			answer.n += (size_t)got;
	close(fd);
	if (answer.n > 12)
		(void)str_to_i64(str_sub(buf_str(&answer), 9, 12), 100, 599, &status);
	return (int)status;
}

static inline __attribute__((unused)) int
get(const char *path)
{
	return ask(print(&arena, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", path, port));
}

static inline __attribute__((unused)) int
post(const char *path, struct str body)
{
	struct buf b = BUF_INIT(2 * MiB);
	int        status;

	buf_addf(&b, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nContent-Length: %zu\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\n", path, port, body.n);
	buf_add(&b, body);
	status = ask(buf_str(&b));
	buf_free(&b);
	return status;
}

static inline __attribute__((unused)) bool
says(const char *words)
{
	return str_find(buf_str(&answer), str_of(words)) != STR_NONE;
}

/* The token that a page's form holds. */
static inline __attribute__((unused)) struct str
token(void)
{
	struct str page = buf_str(&answer);
	size_t     at = str_find(page, STR("name=\"token\" value=\""));

	page = str_sub(page, at == STR_NONE ? page.n : at + 20, page.n);
	return arena_copy(&arena, str_sub(page, 0, str_find_char(page, '"')));
}

static inline __attribute__((unused)) struct str
encoded(struct str s)
{
	char  *out = arena_take(&arena, 3 * s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		out[n++] = '%';
		out[n++] = "0123456789ABCDEF"[(unsigned char)s.p[i] >> 4];
		out[n++] = "0123456789ABCDEF"[(unsigned char)s.p[i] & 15];
	}
	return (struct str){ out, n };
}

static inline __attribute__((unused)) struct id
add(struct str title, struct str text)
{
	struct store_record_new   record = { .type = RECORD_RESOURCE, .uuid = os_random_uuid(), .target_url =
		STR("https://example.org/기사"), .content_type = STR("text/html"), .date_us = os_now_us(), .block = bytes_of(text) };
	struct store_capture_new  c = { .url = STR("https://example.org/기사"), .how = HOW_SUPPLIED, .by = STR("editor"),
		.why = title, .taken_us = os_now_us(), .media_type = STR("text/html") };
	struct block              block = { BLOCK_PARAGRAPH, 0, 0, (int64_t)text.n };
	struct store_article_new  a = { .extractor = STR("test 1") };
	struct store_capture_done taken = { 0 };
	struct store_article_done done = { 0 };
	struct err                err = { 0 };

	c.final_url = c.url;
	c.records.v = &record, c.records.n = 1;
	a.article.title = title, a.article.text = text, a.article.note = title, a.article.publisher = title;
	a.article.full_story = title;
	a.article.blocks.v = &block, a.article.blocks.n = 1;
	CHECK_INT(ERR_OK, store_capture_commit(link_, &arena, &c, &taken, &err));
	a.capture = taken.id;
	CHECK_INT(ERR_OK, store_article_commit(link_, &arena, &a, &done, &err));
	if (err.code != ERR_OK)
		fprintf(stderr, "# %s\n", err.text);
	return done.id;
}

static inline __attribute__((unused)) const char *
item(const struct id *id)
{
	char shown[ID_SHOWN];

	return print(&arena, "/item/%s", id_show(ID_ARTICLE, id, shown)).p;
}

#endif
