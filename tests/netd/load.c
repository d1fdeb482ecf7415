/*
 * The load set: hNNNNN.test/feed-K.xml, a feed that follows from its name and the clock.
 *
 * A feed gets a new item every `period` (an hour to two days, by its name),
 * keeps the last twenty, and behaves all its life in one way: 60 % give an
 * ETag, 25 % a Last-Modified only, 10 % nothing, 5 % lie about it.  Two in a
 * hundred are now and then too busy (503 with Retry-After), one in fifty is
 * gone, one in a hundred is a scenario of the hostile set.  One feed in four
 * states how long it stays fresh, and one host in ten has a Crawl-delay.
 *   /robots.txt   /            a front page that names its feeds
 *   /story-N      a small article; N % 50 == 7: 404 three days after it came
 */
#include "netd.h"
#include "referee.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND    INT64_C(1000000)
#define EPOCH_S   INT64_C(1514764800)   /* the first items came on 2018-01-01 */
#define KEPT_N    20
#define GONE_MOD  50

static uint64_t
mix(const char *a, const char *b)
{
	uint64_t h = 0x9e3779b97f4a7c15u;

	for (; *a != '\0'; a++)
		h = (h ^ (unsigned char)*a) * 0x100000001b3u;
	for (h ^= 0xff; *b != '\0'; b++)
		h = (h ^ (unsigned char)*b) * 0x100000001b3u;
	h ^= h >> 31;
	return h * 0xbf58476d1ce4e5b9u ^ h >> 27;
}

static void
http_date(int64_t seconds, char out[32])
{
	time_t    t = (time_t)seconds;
	struct tm tm;

	strftime(out, 32, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&t, &tm));
}

struct feed {
	uint64_t kind;          /* 0..99 */
	int64_t  period_s, newest;      /* the newest item has this number */
	int64_t  newest_s;              /* when it came */
	int64_t  fresh_s;
};

static struct feed
feed_of(const struct request *r)
{
	uint64_t    h = mix(r->host, r->target);
	struct feed f = { .kind = h % 100, .period_s = 3600 * (1 + (int64_t)(h >> 8) % 48) };
	int64_t     phase = (int64_t)((h >> 16) % (uint64_t)f.period_s), now = clock_us() / SECOND;

	f.newest = (now - EPOCH_S - phase) / f.period_s;
	f.newest_s = EPOCH_S + phase + f.newest * f.period_s;
	f.fresh_s = (h >> 40) % 4 == 0 ? 1800 * (1 + (int64_t)(h >> 44) % 8) : 0;
	return f;
}

static void
write_feed(const struct request *r, const struct feed *f, struct text *t)
{
	char when[32];

	text_say(t, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>%s%s</title><link>http://%s/</link>"
	    "<description>of netd</description>\n", r->host, r->target, r->host);
	if (f->fresh_s > 0)
		text_say(t, "<ttl>%" PRId64 "</ttl>\n", f->fresh_s / 60);
	for (int64_t i = f->newest; i > f->newest - KEPT_N && i >= 0; i--) {
		http_date(f->newest_s - (f->newest - i) * f->period_s, when);
		text_say(t, "<item><title>%s story %" PRId64 "</title><guid isPermaLink=\"false\">%s-%" PRId64 "</guid><link>http://%s/story-%" PRId64
		    "</link><pubDate>%s</pubDate><description>What happened in the %" PRId64 "th place, told in one sentence.</description></item>\n",
		    r->target + 1, i, r->target + 1, i, r->host, i, when, i);
	}
	text_say(t, "</channel></rss>\n");
}

/* What the feed's validators are now; the liars' never fit. */
static void
validators(const struct feed *f, char etag[64], char modified[32])
{
	static unsigned turn;

	etag[0] = modified[0] = '\0';
	if (f->kind < 60)
		snprintf(etag, 64, "%s\"f%" PRId64 "\"", f->kind % 10 == 0 ? "W/" : "", f->newest);
	else if (f->kind < 85)
		http_date(f->newest_s, modified);
	else if (f->kind >= 95 && f->kind < 98)
		snprintf(etag, 64, "\"new-%u\"", turn++);          /* another one each time for the same bytes */
	else if (f->kind >= 98)
		snprintf(etag, 64, "\"for ever\"");
}

static void
feed_reply(const struct request *r, struct script *s)
{
	struct feed    f = feed_of(r);
	char           etag[64], modified[32];
	struct text    head = { 0 }, body = { 0 };
	struct binding bind = { .etag = etag, .last_modified = modified, .fresh_s = f.fresh_s };
	bool           same;

	validators(&f, etag, modified);
	referee_bind(r, &bind);
	same = (etag[0] != '\0' && strcmp(etag, r->if_none_match) == 0) || (modified[0] != '\0' && strcmp(modified, r->if_modified_since) == 0);
	text_say(&head, "Content-Type: application/rss+xml; charset=utf-8\r\n");
	if (etag[0] != '\0')
		text_say(&head, "ETag: %s\r\n", etag);
	if (modified[0] != '\0')
		text_say(&head, "Last-Modified: %s\r\n", modified);
	if (f.fresh_s > 0)
		text_say(&head, "Cache-Control: max-age=%" PRId64 "\r\n", f.fresh_s);
	if (!same)
		write_feed(r, &f, &body);
	script_reply(s, same ? "304 Not Modified" : "200 OK", head.p, &body);
	free(head.p);
}

/* Some are not what they were: busy, gone, or worse. */
static bool
misbehaves(const struct request *r, struct script *s)
{
	static const char *const bad[] = { "bomb", "endless", "deep", "html", "loop", "reset", "cut-chunk", "lol" };
	uint64_t                 h = mix(r->target, r->host) % 1000;
	struct text              body = { 0 };

	if (h < 10)
		return scenario_reply(r, bad[h % 8], s);
	if (h < 30 && (clock_us() / (6 * 3600 * SECOND)) % 4 == (int64_t)h % 4) {
		referee_bind(r, &(struct binding){ .retry_s = 5400 });
		text_say(&body, "busy\n");
		script_reply(s, h % 2 ? "503 Service Unavailable" : "429 Too Many Requests", "Retry-After: 5400\r\nContent-Type: text/plain\r\n", &body);
		return true;
	}
	if (h >= 30 && h < 50) {
		text_say(&body, "gone\n");
		script_reply(s, h % 2 ? "404 Not Found" : "410 Gone", "Content-Type: text/plain\r\n", &body);
		return true;
	}
	return false;
}

static void
robots_reply(const struct request *r, struct script *s)
{
	int64_t        delay = mix(r->host, "robots") % 10 == 0 ? 5 : 0;
	struct text    t = { 0 };
	struct binding bind = { .crawl_delay_s = delay };

	/* robots-NAME.test: its robots.txt behaves as the scenario of that name. */
	if (strncmp(r->host, "robots-", 7) == 0) {
		char name[sizeof(r->host)];

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(r->host + 7, "."), r->host + 7);
		if (scenario_reply(r, name, s))
			return;
	}
	text_say(&t, "User-agent: *\nDisallow: /private/\n");
	if (delay > 0)
		text_say(&t, "Crawl-delay: %" PRId64 "\n", delay);
	referee_bind(r, &bind);
	script_reply(s, "200 OK", "Content-Type: text/plain\r\n", &t);
}

static void
page_reply(const struct request *r, struct script *s)
{
	int64_t     n = strtoll(r->target + strlen("/story-"), NULL, 10);
	struct text t = { 0 };
	bool        gone = n % GONE_MOD == 7 && clock_us() / SECOND > EPOCH_S + n * 3600 + 3 * 86400;

	text_say(&t, "<!doctype html><title>%s</title><article><h1>Story %" PRId64 "</h1><p>The first paragraph of this story says what happened, "
	    "where, and to whom; it is long enough to be read as prose.</p><p>The second one, number %" PRId64
	    ", adds what the ministry said about it, and when.</p></article><footer>Visitors today: %" PRId64 "</footer>",
	    gone ? "Not found" : r->host, n, n, clock_us() / SECOND % 1000);
	script_reply(s, gone ? "404 Not Found" : "200 OK", "Content-Type: text/html; charset=utf-8\r\n", &t);
}

static void
front_reply(const struct request *r, struct script *s)
{
	struct text t = { 0 };

	text_say(&t, "<!doctype html><title>%s</title><link rel=alternate type=\"application/rss+xml\" title=\"All stories\" href=\"/feed-0.xml\">"
	    "<h1>%s</h1><ul><li><a href=\"/story-1\">Story 1</a></ul>", r->host, r->host);
	script_reply(s, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", &t);
}

void
load_reply(const struct request *r, struct script *s)
{
	struct text none = { 0 };

	if (strcmp(r->target, "/robots.txt") == 0)
		robots_reply(r, s);
	else if (strncmp(r->target, "/feed-", 6) == 0) {
		if (!misbehaves(r, s))
			feed_reply(r, s);
	} else if (strncmp(r->target, "/story-", 7) == 0)
		page_reply(r, s);
	else if (strcmp(r->target, "/") == 0)
		front_reply(r, s);
	else if (strncmp(r->target, "/life/", 6) != 0 || !life_reply(r, r->target + 6, s))
		script_reply(s, "404 Not Found", "Content-Type: text/plain\r\n", &none);
}
