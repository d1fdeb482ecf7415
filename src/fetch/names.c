#include "fetch/names.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"

enum { BUCKETS_N = 1024, DNS_PORT = 53, TRIES_N = 2, MESSAGE_B = 65535, DATAGRAM_B = 4096 };
#define TRY_US (2500 * INT64_C(1000))
#define SECOND_US INT64_C(1000000)

struct names {
	const char  *hosts_file, *resolv_file;
	int          port;
	struct name *bucket[BUCKETS_N];
	size_t       n;
	struct address server[NAMESERVERS_N];
	size_t       servers_n;
};

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

/* ── one question ─────────────────────────────────────────────────────── */

static int
open_socket(const struct address *server, int port, int kind)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
	struct sockaddr_in  to4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
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

static void
hang_up(struct question *q)
{
	if (q->fd >= 0)
		close(q->fd);
	q->fd = -1;
	buf_reset(&q->in);
	q->sent = 0;
}

static struct bytes
bare_question(const struct question *q)
{
	return (struct bytes){ (const unsigned char *)q->ask.p + 2, q->ask.n - 2 };
}

/* Put it to the next server in turn, or again; over when all were asked often enough. */
static void
ask_next(struct names *names, struct question *q, bool is_tcp)
{
	const int most = (int)names->servers_n * TRIES_N;

	do {
		const struct address *server;

		hang_up(q);
		if (!is_tcp && q->asked_n++ >= most) {
			q->is_over = true;
			return;
		}
		server = &names->server[(size_t)(q->asked_n - 1) % names->servers_n];
		q->is_tcp = is_tcp;
		q->fd = open_socket(server, names->port, is_tcp ? SOCK_STREAM : SOCK_DGRAM);
		q->until_us = os_ticks_us() + TRY_US;
		if (q->fd >= 0 && !is_tcp) {
			struct bytes ask = bare_question(q);

			if (send(q->fd, ask.p, ask.n, MSG_NOSIGNAL) != (ssize_t)ask.n)
				hang_up(q);
		}
		is_tcp = false;
	} while (q->fd < 0);
}

static void
start_question(struct names *names, struct question *q, struct str host, int type)
{
	uint16_t id;
	struct buf bare = BUF_INIT(512);

	*q = (struct question){ .fd = -1, .ask = BUF_INIT(514), .in = BUF_INIT(MESSAGE_B + 2) };
	os_random(&id, sizeof(id));
	if (names->servers_n == 0 || !td_dns_question(&bare, id, host, type)) {
		q->is_over = true;
		q->is_answered = names->servers_n > 0;          /* a name that cannot be asked for is nobody's */
	} else {
		buf_add_char(&q->ask, (char)(bare.n >> 8));
		buf_add_char(&q->ask, (char)bare.n);
		buf_add(&q->ask, buf_str(&bare));
		ask_next(names, q, false);
	}
	buf_free(&bare);
}

static void
take_reply(struct names *names, struct question *q, const struct dns_reply *reply)
{
	if (reply->is_cut && !q->is_tcp) {
		ask_next(names, q, true);
		return;
	}
	q->reply = *reply;
	q->is_over = true;
	q->is_answered = !reply->is_cut;
	hang_up(q);
}

/* A datagram that is no reply to us (forged, late) is passed over until the time is up. */
static void
hear_udp(struct names *names, struct question *q)
{
	unsigned char    in[DATAGRAM_B];
	struct dns_reply reply;
	struct err       err;
	ssize_t          n = recv(q->fd, in, sizeof(in), 0);

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		ask_next(names, q, false);
	else if (n > 0 && td_dns_reply((struct bytes){ in, (size_t)n }, bare_question(q), &reply, &err) == ERR_OK)
		take_reply(names, q, &reply);
	else if (n > 0 && err.code == ERR_NET)
		ask_next(names, q, false);
}

static void
hear_tcp(struct names *names, struct question *q)
{
	char            *room = buf_room(&q->in, DATAGRAM_B);
	ssize_t          n = room != NULL ? recv(q->fd, room, DATAGRAM_B, 0) : 0;
	size_t           want;
	struct dns_reply reply;
	struct err       err;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		ask_next(names, q, false);
		return;
	}
	q->in.n += (size_t)n;
	want = q->in.n >= 2 ? 2 + ((size_t)(unsigned char)q->in.p[0] << 8 | (unsigned char)q->in.p[1]) : MESSAGE_B + 2;
	if (q->in.n < want)
		return;
	if (td_dns_reply((struct bytes){ (const unsigned char *)q->in.p + 2, want - 2 }, bare_question(q), &reply, &err) == ERR_OK)
		take_reply(names, q, &reply);
	else
		ask_next(names, q, false);
}

static void
say_tcp(struct names *names, struct question *q)
{
	ssize_t n = send(q->fd, q->ask.p + q->sent, q->ask.n - q->sent, MSG_NOSIGNAL);

	if (n > 0)
		q->sent += (size_t)n;
	else if (errno != EAGAIN && errno != EINTR)
		ask_next(names, q, false);
}

static void
step_question(struct names *names, struct question *q)
{
	struct pollfd p = { .fd = q->fd, .events = q->is_tcp && q->sent < q->ask.n ? POLLOUT : POLLIN };

	if (q->is_over)
		return;
	if (poll(&p, 1, 0) == 1) {
		if (!q->is_tcp)
			hear_udp(names, q);
		else if ((p.events & POLLOUT) != 0)
			say_tcp(names, q);
		else
			hear_tcp(names, q);
	}
	if (!q->is_over && os_ticks_us() >= q->until_us)
		ask_next(names, q, false);
}

/* ── names ────────────────────────────────────────────────────────────── */

static size_t
bucket_of(struct str host)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < host.n; i++)
		h = (h ^ (unsigned char)host.p[i]) * 16777619u;
	return h % BUCKETS_N;
}

static void
forget(struct name *n)
{
	for (int i = 0; i < 2; i++) {
		hang_up(&n->question[i]);
		buf_free(&n->question[i].ask);
		buf_free(&n->question[i].in);
	}
	free((char *)(uintptr_t)n->host.p);
	free(n);
}

/* What is over, or all that nobody uses when there are too many. */
static void
make_room(struct names *names)
{
	const int64_t now = os_ticks_us();
	const bool    is_full = names->n >= LIMIT_DNS_N;

	for (size_t i = 0; i < BUCKETS_N; i++)
		for (struct name **at = &names->bucket[i]; *at != NULL;) {
			struct name *n = *at;

			if (n->used_n == 0 && (is_full || n->until_us <= now)) {
				*at = n->next;
				names->n--;
				forget(n);
			} else {
				at = &n->next;
			}
		}
}

static void
keep_for(struct name *n, enum name_state state, int64_t seconds)
{
	n->state = state;
	n->until_us = os_ticks_us() + seconds * SECOND_US;
}

static void
add_answers(struct name *n, const struct dns_reply *reply, int type)
{
	struct address a = { { [10] = 0xff, [11] = 0xff } };

	for (size_t i = 0; i < reply->n; i++) {
		memcpy(type == DNS_A ? a.b + 12 : a.b, reply->address[i], type == DNS_A ? 4 : 16);
		add_address(&n->found, &a);
	}
}

/* Both questions are over: what is known now, and for how long. */
static void
settle(struct name *n)
{
	int64_t ttl_s = LIMIT_DNS_MAX_S;
	bool    answered = n->question[0].is_answered || n->question[1].is_answered;

	for (int i = 0; i < 2; i++) {
		const struct question *q = &n->question[i];

		if (!q->is_answered || q->reply.n == 0)
			continue;
		add_answers(n, &q->reply, i == 0 ? DNS_A : DNS_AAAA);
		ttl_s = q->reply.ttl_s < ttl_s ? q->reply.ttl_s : ttl_s;
	}
	if (n->found.n > 0)
		keep_for(n, NAME_KNOWN, ttl_s > LIMIT_DNS_MIN_S ? ttl_s : LIMIT_DNS_MIN_S);
	else
		keep_for(n, answered ? NAME_NONE : NAME_SILENT, answered ? LIMIT_DNS_MIN_S : LIMIT_DNS_MIN_S / 4);
}

static void
begin(struct names *names, struct name *n)
{
	struct address a;

	n->found.n = 0;
	if (address_parse(n->host, &a))
		add_address(&n->found, &a);
	else
		ask_hosts(names->hosts_file, n->host, &n->found);
	if (n->found.n > 0) {
		keep_for(n, NAME_KNOWN, LIMIT_DNS_MIN_S);
		return;
	}
	names->servers_n = name_servers(names->resolv_file, names->server);
	n->state = NAME_ASKED;
	start_question(names, &n->question[0], n->host, DNS_A);
	start_question(names, &n->question[1], n->host, DNS_AAAA);
	if (n->question[0].is_over && n->question[1].is_over)
		settle(n);
}

static struct name *
new_name(struct names *names, struct str host, size_t at)
{
	struct name *n = calloc(1, sizeof(*n));
	char        *copy = malloc(host.n + 1);

	if (n == NULL || copy == NULL) {
		free(n);
		free(copy);
		return NULL;
	}
	memcpy(copy, host.p, host.n);
	n->host = (struct str){ copy, host.n };
	n->question[0].fd = n->question[1].fd = -1;
	n->next = names->bucket[at];
	names->bucket[at] = n;
	names->n++;
	return n;
}

struct name *
names_ask(struct names *names, struct str host)
{
	const size_t at = bucket_of(host);
	struct name *n = names->bucket[at];

	while (n != NULL && !str_eq(n->host, host))
		n = n->next;
	if (n == NULL) {
		if (names->n >= LIMIT_DNS_N)
			make_room(names);
		if ((n = new_name(names, host, at)) == NULL)
			return NULL;
	}
	if (n->state != NAME_ASKED && n->until_us > os_ticks_us()) {
		n->used_n++;
		return n;
	}
	/* Nobody is asking about it, or what was said is too old. */
	if (n->question[0].fd < 0 && n->question[1].fd < 0) {
		for (int i = 0; i < 2; i++) {
			buf_free(&n->question[i].ask);
			buf_free(&n->question[i].in);
		}
		begin(names, n);
	}
	n->used_n++;
	return n;
}

void
names_leave(struct name *n)
{
	if (n != NULL)
		n->used_n--;
}

size_t
names_fds(struct names *names, struct pollfd *p, size_t most, int64_t *ret_until_us)
{
	size_t n = 0;

	for (size_t i = 0; i < BUCKETS_N; i++)
		for (struct name *name = names->bucket[i]; name != NULL; name = name->next)
			for (int k = 0; k < 2 && name->state == NAME_ASKED; k++) {
				const struct question *q = &name->question[k];

				if (q->is_over || n == most)
					continue;
				p[n++] = (struct pollfd){ .fd = q->fd, .events = q->is_tcp && q->sent < q->ask.n ? POLLOUT : POLLIN };
				if (q->until_us < *ret_until_us)
					*ret_until_us = q->until_us;
			}
	return n;
}

void
names_step(struct names *names)
{
	for (size_t i = 0; i < BUCKETS_N; i++)
		for (struct name *n = names->bucket[i]; n != NULL; n = n->next) {
			if (n->state != NAME_ASKED)
				continue;
			step_question(names, &n->question[0]);
			step_question(names, &n->question[1]);
			if (n->question[0].is_over && n->question[1].is_over)
				settle(n);
		}
}

struct names *
names_create(const struct fetch_options *o)
{
	struct names *names = calloc(1, sizeof(*names));

	if (names != NULL) {
		names->hosts_file = o->hosts_file;
		names->resolv_file = o->resolv_file;
		names->port = o->dns_port > 0 ? o->dns_port : DNS_PORT;
	}
	return names;
}

void
names_destroy(struct names *names)
{
	if (names == NULL)
		return;
	for (size_t i = 0; i < BUCKETS_N; i++)
		while (names->bucket[i] != NULL) {
			struct name *n = names->bucket[i];

			names->bucket[i] = n->next;
			forget(n);
		}
	free(names);
}
