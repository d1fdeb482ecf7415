#include "fetch/fetch_private.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/limits.h"
#include "dns/dns.h"
#include "os/clock.h"
#include "os/file.h"

enum { DNS_PORT = 53, TRY_MS = 2500, TRIES_N = 2, MESSAGE_B = 65535 };

static bool
next_word(struct str *line, struct str *ret)
{
	size_t n = 0;

	*line = str_trim(*line);
	while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
		n++;
	*ret = str_sub(*line, 0, n);
	*line = str_sub(*line, n, line->n);
	return n > 0;
}

static struct str
without_comment(struct str line)
{
	return str_sub(line, 0, str_find_char(line, '#') == STR_NONE ? line.n : str_find_char(line, '#'));
}

static void
add_address(struct addresses *to, const struct address *a)
{
	if (to->n < ADDRESSES_N)
		to->v[to->n++] = *a;
}

/* The lines of the hosts file that name this host.  A file that is not there names nobody. */
static void
ask_hosts(const char *path, struct str host, struct addresses *ret)
{
	struct buf     text = BUF_INIT(MiB);
	struct err     err;
	struct str     rest, line, word;
	struct address a;

	if (os_read_file(str_of(path), &text, &err) == ERR_OK) {
		rest = buf_str(&text);
		while (str_cut(&rest, '\n', &line)) {
			line = without_comment(line);
			if (!next_word(&line, &word) || !address_parse(word, &a))
				continue;
			while (next_word(&line, &word))
				if (str_eq_nocase(word, host))
					add_address(ret, &a);
		}
	}
	buf_free(&text);
}

static size_t
name_servers(const char *path, struct address server[NAMESERVERS_N])
{
	struct buf text = BUF_INIT(MiB);
	struct err err;
	struct str rest, line, word;
	size_t     n = 0;

	if (os_read_file(str_of(path), &text, &err) == ERR_OK) {
		rest = buf_str(&text);
		while (n < NAMESERVERS_N && str_cut(&rest, '\n', &line)) {
			line = without_comment(line);
			if (next_word(&line, &word) && str_eq(word, STR("nameserver")) && next_word(&line, &word) &&
			    address_parse(word, &server[n]))
				n++;
		}
	}
	buf_free(&text);
	return n;
}

static int
open_socket(const struct address *server, int kind)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons(DNS_PORT) };
	struct sockaddr_in  to4 = { .sin_family = AF_INET, .sin_port = htons(DNS_PORT) };
	char                shown[INET6_ADDRSTRLEN];
	bool                is_v4 = strchr(address_show(server, shown), ':') == NULL;
	int                 fd = socket(is_v4 ? AF_INET : AF_INET6, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int                 bad;

	if (fd < 0)
		return -1;
	memcpy(&to.sin6_addr, server->b, 16);
	memcpy(&to4.sin_addr, server->b + 12, 4);
	bad = is_v4 ? connect(fd, (const struct sockaddr *)&to4, sizeof(to4)) :
	    connect(fd, (const struct sockaddr *)&to, sizeof(to));
	if (bad != 0 && errno != EINPROGRESS) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool
wait_for(int fd, short events, int64_t until_us)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t       left = (until_us - os_ticks_us()) / 1000;

	return left > 0 && poll(&p, 1, (int)left) == 1 && (p.revents & events) != 0;
}

/* A datagram that is no reply to us (forged, late) is passed over until the time is up. */
static bool
ask_udp(int fd, struct bytes question, int64_t until_us, struct dns_reply *ret)
{
	unsigned char in[4096];
	struct err    err;

	if (send(fd, question.p, question.n, MSG_NOSIGNAL) != (ssize_t)question.n)
		return false;
	while (wait_for(fd, POLLIN, until_us)) {
		ssize_t n = recv(fd, in, sizeof(in), 0);

		if (n < 0 && errno != EAGAIN)
			return false;
		if (n > 0 && td_dns_reply((struct bytes){ in, (size_t)n }, question, ret, &err) == ERR_OK)
			return true;
		if (n > 0 && err.code == ERR_NET)
			return false;
	}
	return false;
}

static bool
read_all(int fd, unsigned char *to, size_t n, int64_t until_us)
{
	while (n > 0) {
		ssize_t got = wait_for(fd, POLLIN, until_us) ? recv(fd, to, n, 0) : 0;

		if (got <= 0)
			return false;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

static bool
ask_tcp(int fd, struct bytes question, int64_t until_us, struct dns_reply *ret)
{
	unsigned char size[2] = { (unsigned char)(question.n >> 8), (unsigned char)question.n };
	struct buf    out = BUF_INIT(1024), in = BUF_INIT(MESSAGE_B);
	struct err    err;
	size_t        n;
	bool          ok;

	buf_add_bytes(&out, (struct bytes){ size, 2 });
	buf_add_bytes(&out, question);
	ok = !out.failed && wait_for(fd, POLLOUT, until_us) && send(fd, out.p, out.n, MSG_NOSIGNAL) == (ssize_t)out.n &&
	    read_all(fd, size, 2, until_us);
	n = (size_t)size[0] << 8 | size[1];
	if (ok && n > 0 && buf_room(&in, n) != NULL && read_all(fd, (unsigned char *)in.p, n, until_us)) {
		in.n = n;
		ok = td_dns_reply(buf_bytes(&in), question, ret, &err) == ERR_OK && !ret->is_cut;
	} else
		ok = false;
	buf_free(&out);
	buf_free(&in);
	return ok;
}

static bool
ask_server(const struct address *server, struct bytes question, struct dns_reply *ret)
{
	int64_t until = os_ticks_us() + TRY_MS * INT64_C(1000);
	int     fd = open_socket(server, SOCK_DGRAM);
	bool    ok = fd >= 0 && ask_udp(fd, question, until, ret);

	if (fd >= 0)
		close(fd);
	if (!ok || !ret->is_cut)
		return ok;
	fd = open_socket(server, SOCK_STREAM);
	ok = fd >= 0 && ask_tcp(fd, question, until + TRY_MS * INT64_C(1000), ret);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* false: nobody answered. */
static bool
ask_type(const struct address *server, size_t n, struct str host, int type, struct addresses *ret)
{
	struct buf       question = BUF_INIT(512);
	struct dns_reply reply = { .n = 0 };
	struct address   a;
	uint16_t         id;
	bool             ok = false;

	os_random(&id, sizeof(id));
	if (td_dns_question(&question, id, host, type))
		for (size_t i = 0; i < n * TRIES_N && !ok; i++)
			ok = ask_server(&server[i % n], buf_bytes(&question), &reply);
	for (size_t i = 0; ok && i < reply.n; i++) {
		memset(&a, 0, sizeof(a));
		memset(a.b + 10, 0xff, 2);
		memcpy(type == DNS_A ? a.b + 12 : a.b, reply.address[i], type == DNS_A ? 4 : 16);
		add_address(ret, &a);
	}
	buf_free(&question);
	return ok;
}

enum err_code
resolve(const struct fetch_options *o, struct str host, struct addresses *ret, struct err *err)
{
	struct addresses found = { .n = 0 };
	struct address   server[NAMESERVERS_N], a;
	size_t           n;
	bool             answered;

	if (address_parse(host, &a))
		add_address(&found, &a);
	else
		ask_hosts(o->hosts_file, host, &found);
	if (found.n == 0) {
		n = name_servers(o->resolv_file, server);
		answered = ask_type(server, n, host, DNS_A, &found);
		answered = ask_type(server, n, host, DNS_AAAA, &found) || answered;
		if (found.n == 0 && !answered)
			return err_set(err, ERR_NET, "no name server answered when asked for %" STR_FMT, STR_ARG(str_sub(host, 0, 200)));
	}
	if (found.n == 0)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": no such host", STR_ARG(str_sub(host, 0, 200)));
	*ret = found;
	return ERR_OK;
}
