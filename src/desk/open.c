#include "desk/process.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"

extern const struct embed_file desk_pages[];

#define PAGES_MAX 64

static void
no_room(void *arg)
{
	(void)arg;
	fprintf(stderr, "tidings: desk: more templates than fit into memory\n");
	exit(EXIT_FAILURE);
}

static enum err_code
listen_on(struct str host, int port, int *ret, int *ret_port, struct err *err)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	socklen_t          size = sizeof(at);
	char               name[64];
	int                fd, one = 1;

	if (host.n >= sizeof(name) || port < 0 || port > 65535)
		return err_set(err, ERR_FORMAT, "desk: %" STR_FMT ":%d is no address; not started", STR_ARG(host), port);
	memcpy(name, host.p, host.n);
	name[host.n] = '\0';
	if (inet_pton(AF_INET, name, &at.sin_addr) != 1)
		return err_set(err, ERR_FORMAT, "desk: %s is no IPv4 address such as 127.0.0.1; not started", name);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_set(err, ERR_IO, "desk: no socket: %s", strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &size) != 0) {
		int why = errno;

		close(fd);
		if (why == EADDRINUSE)
			return err_set(err, ERR_EXISTS, "desk: port %d of %s is taken by another program (perhaps a desk that is "
			    "still open); close it, or choose another port with --port", port, name);
		return err_set(err, ERR_IO, "desk: cannot listen on %s:%d: %s", name, port, strerror(why));
	}
	*ret = fd;
	*ret_port = ntohs(at.sin_port);
	return ERR_OK;
}

/* Read a folder of templates over the built-in ones, so that a desk can change its pages without a compiler. */
static enum err_code
add_folder(struct desk *d, struct str folder, struct page_file *files, size_t *n, struct err *err)
{
	struct os_names names;

	if (os_list_dir(&d->arena, folder, &names, err) != ERR_OK)
		return err_in(err, "--pages");
	for (size_t i = 0; i < names.n; i++) {
		struct buf text = BUF_INIT(MiB);

		if (!str_ends(names.v[i], STR(".html")) && !str_ends(names.v[i], STR(".css")) &&
		    !str_ends(names.v[i], STR(".svg")))
			continue;
		if (*n == PAGES_MAX)
			return err_set(err, ERR_LIMIT, "--pages: more than %d files", PAGES_MAX);
		if (os_read_file(os_join(&d->arena, folder, names.v[i]), &text, err) != ERR_OK) {
			buf_free(&text);
			return err->code;
		}
		files[(*n)++] = (struct page_file){ names.v[i], arena_copy(&d->arena, buf_str(&text)) };
		buf_free(&text);
	}
	return ERR_OK;
}

/* FNV-1a: a new address for a changed style sheet, so that browsers may keep the old one. */
static struct str
digest_url(struct arena *a, const char *path, struct str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.n; i++)
		hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
	return print(a, "%s?v=%016llx", path, (unsigned long long)hash);
}

static enum err_code
load_pages(struct desk *d, struct str folder, struct err *err)
{
	struct page_file all[PAGES_MAX], html[PAGES_MAX];
	size_t           n = 0, html_n = 0;
	struct page_set *set;

	for (const struct embed_file *f = desk_pages; f->name != NULL && n < PAGES_MAX; f++)
		all[n++] = (struct page_file){ str_of(f->name), embed_text(f) };
	if (folder.n > 0 && add_folder(d, folder, all, &n, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(all[i].name, STR("desk.css")))
			d->site.css = all[i].text;
		else if (str_eq(all[i].name, STR("icon.svg")))
			d->site.icon = all[i].text;
		else
			html[html_n++] = all[i];
	}
	d->site.css_url = digest_url(&d->arena, "/desk.css", d->site.css);
	if (td_page_load(&d->arena, html, html_n, &set, err) != ERR_OK)
		return err->code;
	d->site.pages = set;
	return ERR_OK;
}

/* Only the descriptor: the signals are blocked in desk_run(), because who opens a desk may be another process. */
static enum err_code
open_signals(struct desk *d, struct err *err)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	d->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return d->signal_fd >= 0 ? ERR_OK : err_set(err, ERR_IO, "desk: signalfd: %s", strerror(errno));
}

static enum err_code
take_all(struct desk *d, const struct desk_options *o, struct err *err)
{
	struct id key = os_random_id();

	tzset();
	id_show_whole(ID_PERSON, &key, d->site.token);
	d->site.roles = o->roles != 0 ? o->roles : ROLE_READER | ROLE_EDITOR;
	d->site.may_start = o->may_start;
	d->uid = getuid();
	if (load_pages(d, o->pages, err) != ERR_OK)
		return err->code;
	if (!o->any_user && (d->tcp_fd = open("/proc/net/tcp", O_RDONLY | O_CLOEXEC)) < 0)
		return err_set(err, ERR_IO, "desk: /proc/net/tcp: %s; without it nobody can say whose browser is asking",
		    strerror(errno));
	if (open_signals(d, err) != ERR_OK)
		return err->code;
	return listen_on(o->host.n > 0 ? o->host : STR("127.0.0.1"), o->port, &d->listen_fd, &d->port, err);
}

enum err_code
desk_open(const struct desk_options *o, struct desk **ret, struct err *err)
{
	struct desk *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return err_set(err, ERR_NOMEM, "desk: out of memory");
	d->listen_fd = d->signal_fd = d->tcp_fd = -1;
	arena_init(&d->arena, 16 * MiB, no_room, NULL);
	if (take_all(d, o, err) != ERR_OK) {
		desk_close(d);
		return err->code;
	}
	*ret = d;
	return ERR_OK;
}

int
desk_port(const struct desk *d)
{
	return d->port;
}

void
desk_close(struct desk *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < 3; i++) {
		int fd = (int[]){ d->listen_fd, d->signal_fd, d->tcp_fd }[i];

		if (fd >= 0)
			close(fd);
	}
	arena_free(&d->arena);
	free(d);
}
