/*
 * httpd [FOLDER [LOG]] - a small web server on the loopback for tests: scenarios by path, else files of FOLDER.
 *
 * A file whose name ends in .http is sent as it is: head, body and all that may be wrong with it.
 * Prints its port and serves until it is killed.  One request a connection, a child for each;
 * a reply that must never end is stopped when the other side goes away.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define OK  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#define END "Connection: close\r\n\r\n"

enum after { CLOSE, DRIP, ENDLESS };

struct scenario {
	const char *path;
	const char *reply;
	size_t      n;
	enum after  after;
};
#define SAYS(path, reply)         { path, reply, sizeof(reply) - 1, CLOSE }
#define SAYS_THEN(path, reply, a) { path, reply, sizeof(reply) - 1, a }
#define MOVED(path, to)           SAYS(path, "HTTP/1.1 302 Found\r\nLocation: " to "\r\nContent-Length: 0\r\n" END)

static const struct scenario scenarios[] = {
	SAYS("/plain", OK "Content-Length: 13\r\n" END "<p>Seoul</p>\n"),
	SAYS("/gzip", OK "Content-Encoding: gzip\r\nContent-Length: 28\r\n" END
	    "\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\5\0\xfa\xffSeoul" "\xea\x69\xae\xe0" "\5\0\0\0"),
	SAYS("/chunked", OK "Transfer-Encoding: chunked\r\n" END "3\r\n<p>\r\n5;x=y\r\nSeoul\r\n0\r\nX-Trailer: 1\r\n\r\n"),
	SAYS("/chunked-cut", OK "Transfer-Encoding: chunked\r\n" END "3\r\n<p>\r\nzz\r\n"),
	SAYS("/euc-kr", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=EUC-KR\r\n" END "<p>\xba\xcf\xc7\xd1</p>\n"),
	MOVED("/hop", "/hop2#there"), MOVED("/hop2", "plain"), MOVED("/loop", "/loop2"), MOVED("/loop2", "/loop"),
	MOVED("/to-private", "http://10.0.0.1/"), MOVED("/to-mapped", "http://[::ffff:10.0.0.1]/"),
	MOVED("/to-file", "file:///etc/passwd"), MOVED("/to-metadata", "http://169.254.169.254/latest/"),
	MOVED("/to-bytes", "file:///\xff\033[2J"), MOVED("/to-refused", "http://127.0.0.1:1/"), MOVED("/to-nobody", "http://nobody.invalid/"),
	SAYS("/404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n" END "none"),
	SAYS("/410", "HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n" END "gone"),
	SAYS("/500", "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n" END "oops"),
	SAYS("/two-lengths", OK "Content-Length: 4\r\nContent-Length: 5\r\n" END "Seoul"),
	SAYS("/nul", OK "X-Nul: a\0b\r\nContent-Length: 5\r\n" END "Seoul"),
	SAYS("/http09", "<p>Seoul"),
	SAYS("/short", OK "Content-Length: 100\r\n" END "Seoul"),
	SAYS("/nothing", ""),
	SAYS("/half-head", OK "X-Half: "),
	SAYS_THEN("/drip", OK "Content-Length: 1000\r\n" END "S", DRIP),
	SAYS_THEN("/endless", OK END, ENDLESS),
};

static int
say(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t put = send(fd, p, n, MSG_NOSIGNAL);

		if (put <= 0)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

static void
act(int fd, const struct scenario *s)
{
	static const char page[65536] = "<p>";
	const struct timespec second = { .tv_sec = 1 };

	if (say(fd, s->reply, s->n) != 0)
		return;
	while (s->after == ENDLESS && say(fd, page, sizeof(page)) == 0)
		;
	while (s->after == DRIP && nanosleep(&second, NULL) == 0 && say(fd, ".", 1) == 0)
		;
}

static void
serve_file(int fd, const char *folder, const char *path)
{
	char    name[16384], bytes[65536];
	int     file;
	ssize_t n;

	snprintf(name, sizeof(name), "%.4096s/%.4096s", folder, path);
	if (strlen(folder) > 4096 || strstr(path, "..") != NULL || (file = open(name, O_RDONLY | O_CLOEXEC)) < 0) {
		say(fd, "HTTP/1.1 404 Not Found\r\n" END, strlen("HTTP/1.1 404 Not Found\r\n" END));
		return;
	}
	if (strlen(path) < 5 || strcmp(path + strlen(path) - 5, ".http") != 0)
		say(fd, OK END, strlen(OK END));
	while ((n = read(file, bytes, sizeof(bytes))) > 0 && say(fd, bytes, (size_t)n) == 0)
		;
	close(file);
}

static void
serve(int fd, const char *folder, FILE *log)
{
	char    request[16384], path[4096];
	size_t  n = 0;
	ssize_t got;

	while (n + 1 < sizeof(request) && (got = recv(fd, request + n, sizeof(request) - 1 - n, 0)) > 0) {
		n += (size_t)got;
		request[n] = '\0';
		if (strstr(request, "\r\n\r\n") != NULL)
			break;
	}
	request[n] = '\0';
	if (log != NULL) {
		fprintf(log, "%s", request);
		fflush(log);
	}
	if (sscanf(request, "GET %4095s", path) != 1)
		return;
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++)
		if (strcmp(scenarios[i].path, path) == 0) {
			act(fd, &scenarios[i]);
			return;
		}
	serve_file(fd, folder, path);
}

int
main(int argc, char *argv[])
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t          size = sizeof(at);
	int                fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), peer;
	FILE              *log = argc > 2 ? fopen(argv[2], "ae") : NULL;

	signal(SIGCHLD, SIG_IGN);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &size) != 0) {
		perror("httpd");
		return EXIT_FAILURE;
	}
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	while ((peer = accept(fd, NULL, NULL)) >= 0) {
		if (fork() == 0) {
			serve(peer, argc > 1 ? argv[1] : "/nowhere", log);
			_exit(0);
		}
		close(peer);
	}
	return EXIT_SUCCESS;
}
