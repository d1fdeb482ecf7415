#include "referee.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const foul_name[FOUL__COUNT] = { "overlap", "gap", "retry", "ttl", "unconditional", "changed", "identity", "forbidden" };

#define SECOND   INT64_C(1000000)
#define WINDOW_S 10
#define WHOLE_AFTER_S (6 * 86400)

/* One table holds hosts (key: the name) and pages (key: name, space, target). */
struct entry {
	char   *key;
	int64_t running;                /* hosts: requests under way */
	int64_t began_us, ended_us;     /* hosts: of the last request */
	int64_t delay_us;               /* hosts: Crawl-delay */
	int64_t not_before_us;          /* hosts: Retry-After; pages: freshness */
	int64_t whole_us;               /* pages: when the last whole answer came */
	char   *etag, *last_modified;   /* pages */
};

static struct entry *table;
static size_t        table_n, table_room, hosts_n;
static FILE         *log_file;
static uint64_t      requests_n, fouls[FOUL__COUNT];
static char          first[FOUL__COUNT][400];
static int64_t       window_at, window_n, window_most, first_us, last_us;

static uint64_t
hash_of(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h ^ h >> 29;
}

static struct entry *
slot_of(const char *key)
{
	size_t i = (size_t)hash_of(key) & (table_room - 1);

	while (table[i].key != NULL && strcmp(table[i].key, key) != 0)
		i = (i + 1) & (table_room - 1);
	return &table[i];
}

static void
grow(void)
{
	struct entry *old = table;
	size_t        old_room = table_room;

	table_room = old_room == 0 ? 1024 : 2 * old_room;
	table = calloc(table_room, sizeof(*table));
	if (table == NULL)
		abort();
	for (size_t i = 0; i < old_room; i++)
		if (old[i].key != NULL)
			*slot_of(old[i].key) = old[i];
	free(old);
}

static struct entry *
entry_of(const char *key)
{
	struct entry *e;

	if (2 * (table_n + 1) > table_room)
		grow();
	e = slot_of(key);
	if (e->key == NULL) {
		e->key = strdup(key);
		hosts_n += strchr(key, ' ') == NULL;
		table_n++;
	}
	return e;
}

static struct entry *
page_of(const struct request *r)
{
	char key[sizeof(r->host) + sizeof(r->target) + 1];

	snprintf(key, sizeof(key), "%s %s", r->host, r->target);
	return entry_of(key);
}

static void
foul(enum foul which, const struct request *r, const char *what)
{
	if (fouls[which]++ == 0)
		snprintf(first[which], sizeof(first[which]), "%.60s%.120s: %.180s", r->host, r->target, what);
}

/* Only feeds and pages are polled; robots' file is asked for when it is needed. */
static bool
is_polled(const struct request *r)
{
	return strcmp(r->target, "/robots.txt") != 0;
}

static void
count_window(int64_t now)
{
	int64_t at = now / (WINDOW_S * SECOND);

	if (at != window_at) {
		window_at = at;
		window_n = 0;
	}
	if (++window_n > window_most)
		window_most = window_n;
	if (first_us == 0)
		first_us = now;
	last_us = now;
	requests_n++;
}

static void
judge_host(const struct request *r, struct entry *host, int64_t now)
{
	int64_t fetch = host->ended_us - host->began_us, wait = 5 * fetch > SECOND ? 5 * fetch : SECOND;
	char    what[160];

	if (host->delay_us > wait)
		wait = host->delay_us;
	if (host->running > 0)
		foul(FOUL_OVERLAP, r, "another request to this host is running");
	else if (host->ended_us != 0 && now - host->ended_us < wait) {
		snprintf(what, sizeof(what), "%.3f s after the last one, %.3f wanted", (double)(now - host->ended_us) / 1e6, (double)wait / 1e6);
		foul(FOUL_GAP, r, what);
	}
	if (now < host->not_before_us) {
		snprintf(what, sizeof(what), "%.0f s before its Retry-After is over", (double)(host->not_before_us - now) / 1e6);
		foul(FOUL_RETRY, r, what);
	}
}

/* A conditional request needs one of the validators given, but for once a week; what it sends must be what was given. */
static void
judge_validators(const struct request *r, const struct entry *page, int64_t now)
{
	bool asks_tag = r->if_none_match[0] != '\0', asks_time = r->if_modified_since[0] != '\0';

	if ((page->etag != NULL || page->last_modified != NULL) && !asks_tag && !asks_time && now - page->whole_us < WHOLE_AFTER_S * SECOND)
		foul(FOUL_UNCONDITIONAL, r, page->etag != NULL ? page->etag : page->last_modified);
	if (asks_tag && (page->etag == NULL || strcmp(page->etag, r->if_none_match) != 0))
		foul(FOUL_CHANGED, r, r->if_none_match);
	if (asks_time && (page->last_modified == NULL || strcmp(page->last_modified, r->if_modified_since) != 0))
		foul(FOUL_CHANGED, r, r->if_modified_since);
}

static void
judge_page(const struct request *r, const struct entry *page, int64_t now)
{
	char what[80];

	if (now < page->not_before_us) {
		snprintf(what, sizeof(what), "%.0f s too early", (double)(page->not_before_us - now) / 1e6);
		foul(FOUL_TTL, r, what);
	}
	judge_validators(r, page, now);
}

void
referee_begin(const struct request *r)
{
	int64_t       now = clock_us();
	struct entry *host = entry_of(r->host);

	count_window(now);
	judge_host(r, host, now);
	if (r->has_cookie || r->has_referer || r->has_authorization || r->user_agent[0] == '\0')
		foul(FOUL_IDENTITY, r, r->user_agent[0] == '\0' ? "no user agent" : "a cookie, a referer or a password");
	host->running++;
	host->began_us = now;
	if (is_polled(r))
		judge_page(r, page_of(r), now);
}

static void
keep(char **to, const char *text)
{
	free(*to);
	*to = text != NULL && text[0] != '\0' ? strdup(text) : NULL;
}

void
referee_bind(const struct request *r, const struct binding *b)
{
	int64_t       now = clock_us();
	struct entry *page = page_of(r), *host;

	keep(&page->etag, b->etag);
	keep(&page->last_modified, b->last_modified);
	page->not_before_us = b->fresh_s > 0 ? now + b->fresh_s * SECOND : 0;
	host = entry_of(r->host);
	if (b->retry_s > 0)
		host->not_before_us = now + b->retry_s * SECOND;
	if (b->crawl_delay_s > 0)
		host->delay_us = b->crawl_delay_s * SECOND;
}

void
referee_end(const struct request *r, int status, uint64_t sent, int64_t ended_us, const char *how)
{
	struct entry *host;

	if (status == 200 && is_polled(r))
		page_of(r)->whole_us = ended_us;
	host = entry_of(r->host);
	host->running--;
	host->ended_us = ended_us;
	if (log_file != NULL)
		fprintf(log_file, "%" PRId64 "\t%s\t%s\t%s\t%d\t%" PRIu64 "\t%s\t%s\t%s\t%s\n", host->began_us, r->method, r->host, r->target,
		    status, sent, how[0] != '\0' ? how : "-", r->if_none_match[0] != '\0' ? r->if_none_match : "-",
		    r->if_modified_since[0] != '\0' ? r->if_modified_since : "-", r->user_agent);
}

void
referee_forbidden(const struct in6_addr *to)
{
	struct request r = { .target = "" };
	char           shown[INET6_ADDRSTRLEN] = "";

	inet_ntop(AF_INET6, to, shown, sizeof(shown));
	snprintf(r.host, sizeof(r.host), "%s", shown);
	foul(FOUL_FORBIDDEN, &r, "a connection to a private address");
}

static void
say_string(struct text *t, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '"' || *s == '\\' || (unsigned char)*s < ' ')
			text_say(t, "\\u%04x", (unsigned)(unsigned char)*s);
		else
			text_add(t, s, 1);
}

void
referee_score(struct text *t)
{
	double seconds = (double)(last_us - first_us) / 1e6;

	if (log_file != NULL)
		fflush(log_file);
	text_say(t, "{\"requests\":%" PRIu64 ",\"hosts\":%zu,\"seconds\":%.3f,\"busiest_10_s\":%" PRId64 ",\"mean_10_s\":%.3f,\"fouls\":{",
	    requests_n, hosts_n, seconds, window_most, seconds > 0 ? (double)requests_n * WINDOW_S / seconds : 0.0);
	for (int i = 0; i < FOUL__COUNT; i++) {
		text_say(t, "%s\"%s\":{\"n\":%" PRIu64 ",\"first\":\"", i > 0 ? "," : "", foul_name[i], fouls[i]);
		say_string(t, first[i]);
		text_say(t, "\"}");
	}
	text_say(t, "}}\n");
}

bool
referee_open(const char *log_path)
{
	if (log_path == NULL)
		return true;
	log_file = fopen(log_path, "we");
	return log_file != NULL;
}
