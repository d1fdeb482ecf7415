/* Many asks at once: each goes from name to hop to hop; libcurl's multi carries them, one request a host. */
#include "fetch/fetch.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "fetch/fetch_private.h"
#include "fetch/names.h"
#include "fetch/tls.h"
#include "os/clock.h"
#include "os/log.h"

#define FAR_AWAY INT64_MAX
enum { ACTIVE_MOST_N = 1024, TASK_ARENA_B = 64 * 1024 * 1024, TASK_FIRST_B = 6 * 1024, POLL_MOST_MS = 250 };

const char *const fetch_cut_name[FETCH_CUT__COUNT] = { "", "length", "time", "disconnect" };

enum phase { PHASE_GATE, PHASE_NAME, PHASE_TURN, PHASE_RUN, PHASE_DONE };

struct task {
	struct task       *next;
	struct arena       arena;
	struct fetch_ask   ask;
	struct route       route;
	struct url         url;                 /* of the hop that is next or under way */
	enum phase         phase;
	int64_t            not_before_us;       /* ticks: the gate said to wait */
	struct name       *name;
	struct hop       **hops;                /* hops_n + 1 */
	struct fetch_hop  *replies;             /* of those that ended */
	size_t             hops_n, replies_n;
	struct err         err;
	enum fetch_failure failure;
};

struct fetch {
	struct fetch_options options;
	struct ranges        allow;
	struct route         route;
	struct names        *names;
	struct sessions     *sessions;
	CURLM               *multi;
	struct task         *tasks;             /* oldest first, so that nobody is overtaken */
	size_t               tasks_n;
};

static void
set_defaults(struct fetch_options *o)
{
	o->hosts_file = o->hosts_file ? o->hosts_file : "/etc/hosts";
	o->resolv_file = o->resolv_file ? o->resolv_file : "/etc/resolv.conf";
	o->connect_ms = o->connect_ms ? o->connect_ms : LIMIT_CONNECT_MS;
	o->head_ms = o->head_ms ? o->head_ms : LIMIT_HEAD_MS;
	o->total_ms = o->total_ms ? o->total_ms : LIMIT_FETCH_MS;
	o->stall_ms = o->stall_ms ? o->stall_ms : LIMIT_STALL_S * 1000;
	o->head_b = o->head_b ? o->head_b : LIMIT_HEAD_B;
	o->body_b = o->body_b ? o->body_b : LIMIT_BODY_B;
	o->hops_n = o->hops_n ? o->hops_n : LIMIT_HOPS_N;
	o->active_n = o->active_n ? o->active_n : LIMIT_ACTIVE_N;
	o->active_n = o->active_n < ACTIVE_MOST_N ? o->active_n : ACTIVE_MOST_N;
	o->allow = o->route = STR("");          /* read already; the caller's text may go away */
}

enum err_code
fetch_create(const struct fetch_options *o, struct fetch **ret, struct err *err)
{
	struct ranges allow;
	struct route  route;
	struct fetch *f;

	if (route_parse(o->route, &route, err) != ERR_OK || ranges_parse(o->allow, &allow, err) != ERR_OK)
		return err->code;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (f = calloc(1, sizeof(*f))) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory");
	f->options = *o;
	f->allow = allow;
	f->route = route;
	set_defaults(&f->options);
	f->names = names_create(&f->options);
	f->sessions = sessions_create();
	f->multi = curl_multi_init();
	if (f->names == NULL || f->sessions == NULL || f->multi == NULL) {
		fetch_destroy(f);
		return err_set(err, ERR_NOMEM, "out of memory");
	}
	curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)f->options.active_n);
	curl_multi_setopt(f->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	*ret = f;
	return ERR_OK;
}

struct str
fetch_route(const struct fetch *f)
{
	return f->route.is_proxied ? str_of(f->route.url) : STR("direct");
}

static void
free_task(struct fetch *f, struct task *t)
{
	for (size_t i = 0; i < t->hops_n; i++) {
		if (t->hops[i]->curl != NULL)
			curl_multi_remove_handle(f->multi, t->hops[i]->curl);
		hop_free(t->hops[i]);
	}
	names_leave(t->name);
	arena_free(&t->arena);
	free(t);
}

void
fetch_destroy(struct fetch *f)
{
	if (f == NULL)
		return;
	while (f->tasks != NULL) {
		struct task *t = f->tasks;

		f->tasks = t->next;
		free_task(f, t);
	}
	if (f->multi != NULL)
		curl_multi_cleanup(f->multi);
	sessions_destroy(f->sessions);
	names_destroy(f->names);
	free(f);
	curl_global_cleanup();
}

/* An address that we may ask for.  A password in it would be kept for ever, in a place made to be shown. */
static enum err_code
check_url(struct str shown, struct url *u, struct err *err)
{
	shown = str_sub(shown, 0, 200);
	if (!td_url_is_web(u))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not an address of the web (http or https)", STR_ARG(shown));
	if (u->username.n > 0 || u->password.n > 0)
		return err_set(err, ERR_FORMAT, "an address with a user's name or password in it is not fetched");
	u->has_fragment = false;
	u->fragment = STR("");
	return ERR_OK;
}

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "fetch", "out of memory");
	_exit(70);
}

/* What is sent back as it came must still be one line of a request. */
static bool
is_one_line(struct str s)
{
	return s.n < VALIDATOR_B && (s.n == 0 ||
	    (memchr(s.p, '\r', s.n) == NULL && memchr(s.p, '\n', s.n) == NULL && memchr(s.p, '\0', s.n) == NULL));
}

/* The ask, in the task's own memory. */
static void
copy_ask(struct fetch *f, struct task *t, const struct fetch_ask *ask)
{
	struct err no;

	t->ask = *ask;
	t->ask.url = arena_copy(&t->arena, ask->url);
	t->ask.isolation = arena_copy(&t->arena, str_sub(ask->isolation, 0, ISOLATION_B));
	t->ask.etag = is_one_line(ask->etag) ? arena_copy(&t->arena, ask->etag) : STR("");
	t->ask.last_modified = is_one_line(ask->last_modified) ? arena_copy(&t->arena, ask->last_modified) : STR("");
	t->ask.valid_url = arena_copy(&t->arena, ask->valid_url);
	t->ask.post_type = arena_copy(&t->arena, ask->post_type);
	t->ask.post = bytes_of(arena_copy(&t->arena, bytes_as_str(ask->post)));
	t->ask.contact = fetch_contact_check(ask->contact, &no) == ERR_OK ? arena_copy(&t->arena, ask->contact) : STR("");
	t->ask.route = STR("");         /* read already */
	t->ask.body_b = ask->body_b > 0 ? ask->body_b : f->options.body_b;
}

enum err_code
fetch_start(struct fetch *f, const struct fetch_ask *ask, struct err *err)
{
	struct task *t, **at = &f->tasks;
	struct route route = f->route;

	if (f->tasks_n == f->options.active_n)
		return err_set(err, ERR_BUSY, "%u pages are being fetched already", f->options.active_n);
	if (ask->route.n > 0 && route_parse(ask->route, &route, err) != ERR_OK)
		return err->code;
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory");
	arena_init_small(&t->arena, TASK_ARENA_B, TASK_FIRST_B, full, NULL);
	t->route = route;
	copy_ask(f, t, ask);
	if (td_url_parse(&t->arena, t->ask.url, NULL, &t->url, err) != ERR_OK || check_url(ask->url, &t->url, err) != ERR_OK) {
		free_task(f, t);
		return err->code;
	}
	t->hops = arena_array(&t->arena, f->options.hops_n + 1, struct hop *);
	t->replies = arena_array(&t->arena, f->options.hops_n + 1, struct fetch_hop);
	while (*at != NULL)
		at = &(*at)->next;
	*at = t;
	f->tasks_n++;
	return ERR_OK;
}

size_t
fetch_active(const struct fetch *f)
{
	return f->tasks_n;
}

/* ── one step of one ask ──────────────────────────────────────────────── */

static void
end(struct task *t, enum fetch_failure failure)
{
	names_leave(t->name);
	t->name = NULL;
	t->phase = PHASE_DONE;
	t->failure = failure;
}

static struct hop *
new_hop(struct fetch *f, struct task *t)
{
	struct hop *h = t->hops[t->hops_n++] = arena_new(&t->arena, struct hop);
	size_t      body_b = t->ask.body_b;

	for (size_t i = 0; i < t->replies_n; i++)
		body_b -= t->replies[i].body.n < body_b ? t->replies[i].body.n : body_b - 1;    /* the limit is for all hops together */
	/* Chunk framing may be larger than the body; twice is for chunks of a few bytes. */
	*h = (struct hop){ .o = &f->options, .allow = &f->allow, .route = &t->route, .sessions = f->sessions, .ask = &t->ask,
		.url = t->url, .target = td_url_write(&t->arena, &t->url), .body_b = body_b,
		.request = BUF_INIT(64 * KiB), .head = BUF_INIT(f->options.head_b), .framed = BUF_INIT(2 * body_b),
		.addresses = BUF_INIT(4 * KiB), .pem = BUF_INIT(MiB), .key = BUF_INIT(LIMIT_URL_B),
		.started_us = os_now_us(), .ticks_us = os_ticks_us() };
	h->is_valid_here = t->ask.valid_url.n == 0 ? t->hops_n == 1 : str_eq(t->ask.valid_url, h->target);
	return h;
}

/* Through a proxy no name is asked for here; an address in numbers is looked at all the same. */
static bool
begin_proxied(struct fetch *f, struct task *t)
{
	struct address a;

	if (!address_parse(t->url.host, &a) || address_is_allowed(&f->allow, &a)) {
		t->phase = PHASE_TURN;
		return true;
	}
	err_set(&t->err, ERR_NET, "%" STR_FMT " is a private address and was not asked", STR_ARG(t->url.host));
	end(t, FETCH_PRIVATE);
	return true;
}

static bool
step_gate(struct fetch *f, struct task *t)
{
	int64_t wait_ms = 0;

	if (os_ticks_us() < t->not_before_us)
		return false;
	if (t->ask.gate != NULL &&
	    t->ask.gate(t->ask.mine, td_url_write(&t->arena, &t->url), (unsigned)t->replies_n, &wait_ms, &t->err) != ERR_OK) {
		end(t, FETCH_GATED);
		return true;
	}
	t->not_before_us = os_ticks_us() + wait_ms * 1000;
	if (wait_ms > 0)
		return false;
	(void)new_hop(f, t);
	if (t->route.is_proxied)
		return begin_proxied(f, t);
	if ((t->name = names_ask(f->names, t->url.host)) == NULL) {
		err_set(&t->err, ERR_NOMEM, "out of memory");
		end(t, FETCH_FAILED);
	} else {
		t->phase = PHASE_NAME;
	}
	return true;
}

static bool
step_name(struct task *t)
{
	const struct name *n = t->name;
	const struct str   host = str_sub(t->url.host, 0, 200);

	if (n->state == NAME_ASKED)
		return false;
	if (n->state == NAME_SILENT) {
		err_set(&t->err, ERR_NET, "no name server answered when asked for %" STR_FMT, STR_ARG(host));
		end(t, FETCH_DNS_SILENT);
	} else if (n->state == NAME_NONE) {
		err_set(&t->err, ERR_MISSING, "%" STR_FMT ": no such host", STR_ARG(host));
		end(t, FETCH_NO_HOST);
	} else if (hop_resolved(t->hops[t->hops_n - 1], &n->found, &t->err) != ERR_OK) {
		end(t, t->err.code == ERR_NOMEM ? FETCH_FAILED : FETCH_PRIVATE);
	} else {
		names_leave(t->name);
		t->name = NULL;
		t->phase = PHASE_TURN;
	}
	return true;
}

static bool
host_is_busy(const struct fetch *f, struct str host)
{
	for (const struct task *t = f->tasks; t != NULL; t = t->next)
		if (t->phase == PHASE_RUN && str_eq(t->url.host, host))
			return true;
	return false;
}

static bool
step_turn(struct fetch *f, struct task *t)
{
	struct hop *h = t->hops[t->hops_n - 1];

	if (host_is_busy(f, t->url.host))
		return false;
	if (hop_start(h, &t->err) != ERR_OK || curl_multi_add_handle(f->multi, h->curl) != CURLM_OK) {
		err_set(&t->err, ERR_NOMEM, "out of memory");
		end(t, FETCH_FAILED);
	} else {
		t->phase = PHASE_RUN;
	}
	return true;
}

static bool
was_there(const struct task *t, struct str url)
{
	for (size_t i = 0; i < t->replies_n; i++)
		if (str_eq(t->replies[i].url, url))
			return true;
	return false;
}

/* Where the last hop sends us; or the end. */
static void
follow(struct fetch *f, struct task *t)
{
	struct str next = reply_location(&t->arena, &t->replies[t->replies_n - 1]);
	struct url to;

	if (next.p == NULL || t->ask.post_type.n > 0) {
		end(t, FETCH_OK);
	} else if (t->replies_n > f->options.hops_n) {
		err_set(&t->err, ERR_LIMIT, "more than %u redirects", f->options.hops_n);
		end(t, FETCH_TOO_FAR);
	} else if (td_url_parse(&t->arena, next, &t->url, &to, &t->err) != ERR_OK || check_url(next, &to, &t->err) != ERR_OK) {
		err_in(&t->err, "redirected to what is not fetched");
		end(t, FETCH_NO_ADDRESS);
	} else if (was_there(t, td_url_write(&t->arena, &to))) {
		err_set(&t->err, ERR_LIMIT, "the page redirects in a circle");
		end(t, FETCH_TOO_FAR);
	} else {
		t->url = to;
		t->phase = PHASE_GATE;
		t->not_before_us = 0;
	}
}

static void
on_ended(struct fetch *f, struct task *t, CURLcode code)
{
	struct hop        *h = t->hops[t->hops_n - 1];
	enum fetch_failure failure = FETCH_OK;

	hop_ended(h, code);
	if (hop_heard(h)) {
		reply_read(&t->arena, h, &t->replies[t->replies_n++]);
		follow(f, t);
	} else {
		hop_failure(h, &failure, &t->err);
		end(t, failure);
	}
	curl_multi_remove_handle(f->multi, h->curl);
	curl_easy_cleanup(h->curl);
	h->curl = NULL;
}

static bool
step(struct fetch *f, struct task *t)
{
	switch (t->phase) {
	case PHASE_GATE: return step_gate(f, t);
	case PHASE_NAME: return step_name(t);
	case PHASE_TURN: return step_turn(f, t);
	default:         return false;
	}
}

/* ── all of them ──────────────────────────────────────────────────────── */

static struct task *
task_of(struct fetch *f, CURL *curl)
{
	for (struct task *t = f->tasks; t != NULL; t = t->next)
		if (t->phase == PHASE_RUN && t->hops[t->hops_n - 1]->curl == curl)
			return t;
	return NULL;
}

/* Until nothing moves any more without waiting. */
static void
step_all(struct fetch *f)
{
	bool moved = true;
	int  running, left;

	names_step(f->names);
	while (moved) {
		CURLMsg *m;

		moved = false;
		for (struct task *t = f->tasks; t != NULL; t = t->next)
			moved = step(f, t) || moved;
		curl_multi_perform(f->multi, &running);
		while ((m = curl_multi_info_read(f->multi, &left)) != NULL) {
			struct task *t = m->msg == CURLMSG_DONE ? task_of(f, m->easy_handle) : NULL;

			if (t != NULL) {
				on_ended(f, t, m->data.result);
				moved = true;
			}
		}
	}
}

static struct task *
take_done(struct fetch *f)
{
	for (struct task **at = &f->tasks; *at != NULL; at = &(*at)->next)
		if ((*at)->phase == PHASE_DONE) {
			struct task *t = *at;

			*at = t->next;
			f->tasks_n--;
			return t;
		}
	return NULL;
}

/* Sleep until the network, a name server, wake_fd or the clock has something; true: wake_fd had. */
static bool
wait_some(struct fetch *f, int64_t until_us, int wake_fd)
{
	struct pollfd      p[2 * ACTIVE_MOST_N];
	struct curl_waitfd more[2 * ACTIVE_MOST_N + 1];
	size_t             n = names_fds(f->names, p, 2 * ACTIVE_MOST_N, &until_us);
	int64_t            left_ms;

	for (size_t i = 0; i < n; i++)
		more[i] = (struct curl_waitfd){ .fd = p[i].fd, .events = p[i].events == POLLOUT ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN };
	more[n] = (struct curl_waitfd){ .fd = wake_fd, .events = CURL_WAIT_POLLIN };
	for (const struct task *t = f->tasks; t != NULL; t = t->next)
		if (t->phase == PHASE_GATE && t->not_before_us < until_us)
			until_us = t->not_before_us;
	left_ms = (until_us - os_ticks_us() + 999) / 1000;
	left_ms = left_ms < 0 ? 0 : left_ms > POLL_MOST_MS ? POLL_MOST_MS : left_ms;
	curl_multi_poll(f->multi, more, (unsigned)n + (wake_fd >= 0), (int)left_ms, NULL);
	return wake_fd >= 0 && more[n].revents != 0;
}

static struct str
fault_of_chain(struct arena *a, size_t hops_n, const struct err *err)
{
	struct err said;

	err_set(&said, err->code, "%.400s; the redirect%s kept, the page was not taken", err->text, hops_n == 1 ? " is" : "s are");
	return fault_text(a, str_of(said.text));
}

/* Out of the task into the caller's arena. */
static void
hand_over(struct fetch *f, struct arena *a, struct task *t, struct fetch_done *ret)
{
	struct fetch_done d = { .mine = t->ask.mine, .url = arena_copy(a, t->ask.url) };

	d.reply.failure = t->failure;
	d.reply.hops.n = t->err.code == ERR_NOMEM ? 0 : t->replies_n;
	d.reply.hops.v = arena_array(a, t->replies_n + 1, struct fetch_hop);
	for (size_t i = 0; i < d.reply.hops.n; i++) {
		d.reply.hops.v[i] = t->replies[i];
		reply_move(a, t->hops[i], &d.reply.hops.v[i]);
	}
	if (t->failure != FETCH_OK && d.reply.hops.n == 0)
		err_set(&d.err, t->err.code, "%.480s; nothing was taken", t->err.text);
	else if (t->failure != FETCH_OK)
		d.reply.fault = fault_of_chain(a, d.reply.hops.n, &t->err);
	free_task(f, t);
	*ret = d;
}

bool
fetch_wait(struct fetch *f, struct arena *a, int64_t wait_ms, int wake_fd, struct fetch_done *ret)
{
	const int64_t until_us = wait_ms < FAR_AWAY / 2000 ? os_ticks_us() + wait_ms * 1000 : FAR_AWAY;
	bool          woken = false;

	for (;;) {
		struct task *t;

		step_all(f);
		if ((t = take_done(f)) != NULL) {
			hand_over(f, a, t, ret);
			return true;
		}
		if (woken || os_ticks_us() >= until_us || (f->tasks == NULL && wake_fd < 0))
			return false;
		woken = wait_some(f, until_us, wake_fd);
	}
}

enum err_code
fetch_get(struct fetch *f, struct arena *a, const struct fetch_ask *ask, struct fetch_reply *ret, struct err *err)
{
	struct fetch_done done;

	if (fetch_start(f, ask, err) != ERR_OK)
		return err->code;
	while (!fetch_wait(f, a, FAR_AWAY, -1, &done))
		;
	if (done.err.code != ERR_OK) {
		*err = done.err;
		return err->code;
	}
	*ret = done.reply;
	return ERR_OK;
}
