#include "desk/exchange.h"

#include <stdio.h>

#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/log.h"

#define DRAIN_B (8 * LIMIT_REQUEST_B)   /* a file too large is read to its end up to here, so that the browser shows why */

static bool
is_same_user(const struct desk *d, int from_port)
{
	struct buf text = BUF_INIT(4 * MiB);
	ssize_t    got;
	char      *room;
	bool       same;

	if (d->tcp_fd < 0)
		return true;
	if (lseek(d->tcp_fd, 0, SEEK_SET) != 0)
		return false;
	while ((room = buf_room(&text, 16 * KiB)) != NULL && (got = read(d->tcp_fd, room, 16 * KiB)) > 0)
		text.n += (size_t)got;
	same = guard_owner_is(buf_str(&text), from_port, d->port, d->uid);
	buf_free(&text);
	return same;
}

void
exchange_on_connection(void *arg, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct server                  *s = arg;
	const union MHD_ConnectionInfo *at;
	struct sockaddr_in              from;

	if (what != MHD_CONNECTION_NOTIFY_STARTED)
		return;
	at = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (at == NULL || at->client_addr == NULL || at->client_addr->sa_family != AF_INET)
		return;
	memcpy(&from, at->client_addr, sizeof(from));
	*socket_context = is_same_user(s->desk, ntohs(from.sin_port)) ? s : NULL;
}

void *
exchange_on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct exchange *x = calloc(1, sizeof(*x));

	(void)arg;
	if (x == NULL)
		return NULL;
	x->connection = c;
	x->uri = strdup(uri);
	x->body.limit = LIMIT_REQUEST_B;
	x->reply.body.limit = LIMIT_PAGE_B;
	return x;
}

static enum MHD_Result
on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value, size_t value_n)
{
	struct guard_head *h = arg;

	(void)kind;
	if (h->headers_n == GUARD_HEADERS_N) {
		h->too_many = true;
		return MHD_NO;
	}
	h->headers[h->headers_n++] = (struct guard_header){ { name, name_n }, { value, value_n } };
	return MHD_YES;
}

static void
read_head(struct exchange *x, const char *method)
{
	const union MHD_ConnectionInfo *mine = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct str                      uri = str_of(x->uri);
	size_t                          mark = str_find_char(uri, '?');

	x->path = str_sub(uri, 0, mark);
	x->query = mark != STR_NONE ? str_sub(uri, mark + 1, uri.n) : STR("");
	x->head.method = str_of(method);
	x->head.path = x->path;
	x->head.same_user = mine != NULL && mine->socket_context != NULL;
	MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, on_header, &x->head);
}

/* A length that is known from the head need not be read to be refused. */
static struct guard_answer
check_size(const struct exchange *x)
{
	int64_t length = 0;

	if (x->route != NULL && guard_length(&x->head, &length) && length > (int64_t)DRAIN_B)
		return (struct guard_answer){ 413, "desk.guard.size", true };
	return (struct guard_answer){ 0 };
}

static void
first_look(struct server *s, struct exchange *x, const char *method)
{
	bool other;

	read_head(x, method);
	x->refused = guard_check(&x->head, s->desk->port);
	if (x->refused.status != 0)
		return;
	x->route = route_find(str_eq(x->head.method, STR("POST")) ? POST : GET, x->path, &x->arg, &other);
	if (x->route == NULL && other)
		x->refused = (struct guard_answer){ 405, "desk.guard.method", true };
	else if (x->route == NULL && str_eq(x->head.method, STR("POST")))
		x->refused = (struct guard_answer){ 404, "desk.problem.no_page", true };
	else
		x->refused = check_size(x);
	if (x->route != NULL && x->route->method == POST)
		x->body.limit = x->route->body_max;
}

static void
add_headers(struct MHD_Response *response, const struct exchange *x)
{
	static const char *const always[][2] = {
		{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		    "frame-ancestors 'none'; base-uri 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		MHD_add_response_header(response, always[i][0], always[i][1]);
	MHD_add_response_header(response, "Content-Type", x->reply.type != NULL ? x->reply.type : "text/plain; charset=utf-8");
	MHD_add_response_header(response, "Cache-Control",
	    x->reply.cacheable ? "private, max-age=31536000, immutable" : "no-store");
	if (x->location[0] != '\0')
		MHD_add_response_header(response, "Location", x->location);
	if (x->reply.file_name != NULL) {
		char value[128];

		snprintf(value, sizeof(value), "attachment; filename=\"%s\"", x->reply.file_name);
		MHD_add_response_header(response, "Content-Disposition", value);
	}
	if (x->set_cookie[0] != '\0')
		MHD_add_response_header(response, "Set-Cookie", x->set_cookie);
	if (x->reply.status == 405)
		MHD_add_response_header(response, "Allow", "GET, HEAD, POST");
	if (x->refused.close)
		MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result
send_answer(struct exchange *x)
{
	struct MHD_Response *response;
	enum MHD_Result      sent;

	response = MHD_create_response_from_buffer(x->reply.body.n, x->reply.body.p, MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	add_headers(response, x);
	sent = MHD_queue_response(x->connection, x->reply.status, response);
	MHD_destroy_response(response);
	return sent;
}

/* No template, no store: what was refused gets one sentence and no more of our time. */
static enum MHD_Result
send_refusal(struct exchange *x)
{
	struct str      accept = guard_header(&x->head, STR("Accept-Language"));
	enum words_lang lang = td_words_choose(accept, (1u << WORDS_LANG__COUNT) - 1);

	os_log(LOG_LEVEL_WARN, "desk", "refused=%u why=%s", x->refused.status, x->refused.words);
	x->reply.status = x->refused.status;
	buf_reset(&x->reply.body);
	buf_add(&x->reply.body, td_words(lang, str_of(x->refused.words)));
	buf_add_char(&x->reply.body, '\n');
	return send_answer(x);
}

static enum MHD_Result
take_body(struct exchange *x, const char *part, size_t *n)
{
	x->drained += *n;
	if (x->drained > DRAIN_B)
		return MHD_NO;
	buf_add(&x->body, (struct str){ part, *n });
	*n = 0;
	return MHD_YES;
}

enum MHD_Result
exchange_on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *part, size_t *part_n, void **context)
{
	struct server   *s = arg;
	struct exchange *x = *context;

	(void)url, (void)version;
	if (x == NULL || x->uri == NULL)
		return MHD_NO;
	if (x->state == ANSWERED)
		return send_answer(x);
	if (x->head.method.p == NULL) {
		first_look(s, x, method);
		return x->refused.status != 0 ? send_refusal(x) : MHD_YES;
	}
	if (*part_n > 0)
		return take_body(x, part, part_n);
	if (x->body.failed) {
		x->refused = (struct guard_answer){ 413, "desk.guard.size", true };
		return send_refusal(x);
	}
	x->state = READY;
	x->next = s->open;
	s->open = x;
	MHD_suspend_connection(c);
	return MHD_YES;
}

void
exchange_on_completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
	struct server   *s = arg;
	struct exchange *x = *context;

	(void)c, (void)how;
	if (x == NULL)
		return;
	for (struct exchange **at = &s->open; *at != NULL; at = &(*at)->next)
		if (*at == x) {
			*at = x->next;
			break;
		}
	buf_free(&x->body);
	buf_free(&x->reply.body);
	free(x->uri);
	free(x);
	*context = NULL;
}
