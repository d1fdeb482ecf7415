/* What one reply means to the schedule and to the person. */
#include "watch/watch_private.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "feed/date.h"
#include "http/message.h"
#include "text/utf8.h"

static struct str say(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static struct str
say(struct arena *a, const char *fmt, ...)
{
	char    line[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	return arena_copy(a, str_of(line));
}

static const struct { enum fetch_failure failure; enum answer_kind kind; } failures[] = {
	{ FETCH_NO_HOST, ANSWER_NO_HOST }, { FETCH_BAD_TLS, ANSWER_BAD_TLS }, { FETCH_BAD_CERTIFICATE, ANSWER_BAD_TLS },
	{ FETCH_DNS_SILENT, ANSWER_UNREACHED }, { FETCH_UNREACHED, ANSWER_UNREACHED }, { FETCH_SILENT, ANSWER_UNREACHED },
	{ FETCH_CLOSED, ANSWER_UNREACHED }, { FETCH_GATED, ANSWER_WALL },
};

static enum answer_kind
kind_of_failure(enum fetch_failure failure)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
		if (failures[i].failure == failure)
			return failures[i].kind;
	return ANSWER_ERROR;
}

/* A field of the head as UTF-8; a validator that is none cannot be stored and is not used. */
static struct str
field(const struct http_head *head, struct str name, size_t most_b)
{
	struct str s = td_http_field(head, name);

	return s.n > 0 && s.n <= most_b && td_utf8_is_valid(bytes_of(s)) ? s : STR("");
}

/* Seconds, or a date (RFC 9110, sections 10.2.3 and 5.6.7). */
static int64_t
seconds_from(struct str s, int64_t now_us)
{
	int64_t value;

	if (s.n == 0)
		return 0;
	if (str_to_i64(s, 0, INT64_C(1) << 40, &value))
		return value;
	if (s.p[0] >= '0' && s.p[0] <= '9')
		return INT64_C(1) << 40;        /* a number that nobody means; the schedule has its own ceiling */
	return td_feed_date(s, &value) && value > now_us ? (value - now_us) / US_PER_S : 0;
}

/* max-age wins over Expires (RFC 9111, section 4.2.1). */
static int64_t
freshness(const struct http_head *head, int64_t now_us)
{
	struct str rest = field(head, STR("Cache-Control"), LIMIT_FIELD_B), part;
	int64_t    age;

	while (str_cut(&rest, ',', &part)) {
		part = str_trim(part);
		if (str_starts_nocase(part, STR("max-age=")) && str_to_i64(str_sub(part, 8, part.n), 0, INT64_C(1) << 40, &age))
			return age;
		if (str_starts_nocase(part, STR("no-cache")) || str_starts_nocase(part, STR("no-store")))
			return 0;
	}
	return seconds_from(field(head, STR("Expires"), 64), now_us);
}

static uint64_t
hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h | 1;
}

/* Where the redirects lead that are permanent from the first one on: after 301, 302 only the 301 counts. */
static struct str
permanent_target(const struct fetch_reply *r)
{
	size_t i = 0;

	while (i + 1 < r->hops.n && (r->hops.v[i].status == 301 || r->hops.v[i].status == 308))
		i++;
	return i > 0 ? r->hops.v[i].url : STR("");
}

static enum answer_kind
kind_of_status(int64_t status)
{
	switch (status) {
	case 304: return ANSWER_SAME;
	case 404: return ANSWER_MISSING;
	case 410: return ANSWER_GONE;
	case 429: case 503: return ANSWER_BUSY;
	case 401: case 402: case 403: case 407: case 451: return ANSWER_WALL;
	default:  return status >= 200 && status < 300 ? ANSWER_NEWS : ANSWER_ERROR;
	}
}

/* The fields of the last head. */
static void
read_head(struct arena *a, const struct fetch_hop *last, int64_t now_us, struct answer *ret)
{
	struct http_head head;
	struct err       err;

	if (td_http_head(a, last->head, &head, &err) != ERR_OK)
		return;
	ret->etag = field(&head, STR("ETag"), LIMIT_FIELD_B);
	ret->last_modified = field(&head, STR("Last-Modified"), LIMIT_FIELD_B);
	ret->content_type = field(&head, STR("Content-Type"), LIMIT_FIELD_B);
	ret->content_encoding = field(&head, STR("Content-Encoding"), LIMIT_FIELD_B);
	ret->schedule.retry_s = seconds_from(field(&head, STR("Retry-After"), 64), now_us);
	ret->schedule.head_fresh_s = freshness(&head, now_us);
	ret->is_challenged = td_http_field(&head, STR("cf-mitigated")).n > 0;
	if (ret->schedule.kind == ANSWER_WALL && ret->is_challenged)
		ret->trouble = STR("the site's protection asks visitors to prove that they are people; it was not passed");
}

static void
read_status(struct arena *a, const struct fetch_hop *last, int64_t now_us, struct answer *ret)
{
	ret->schedule.kind = kind_of_status(last->status);
	read_head(a, last, now_us, ret);
	if (ret->schedule.kind == ANSWER_NEWS) {
		ret->body = last->body;
		if (last->cut != FETCH_WHOLE)
			ret->schedule.kind = ANSWER_PARTIAL;
		ret->trouble = last->fault;
	} else if (ret->schedule.kind != ANSWER_SAME && ret->trouble.n == 0) {
		ret->trouble = say(a, "the server answered %d", (int)last->status);
	}
}

void
answer_read(struct arena *a, const struct fetch_done *done, int64_t now_us, struct answer *ret)
{
	const struct fetch_reply *r = &done->reply;
	const struct fetch_hop   *last = r->hops.n > 0 ? &r->hops.v[r->hops.n - 1] : NULL;

	*ret = (struct answer){ .schedule = { .at_us = now_us } };
	if (done->err.code != ERR_OK || last == NULL || r->fault.n > 0) {
		ret->schedule.kind = kind_of_failure(r->failure);
		ret->trouble = done->err.code != ERR_OK ? arena_copy(a, str_of(done->err.text)) : r->fault;
	} else if (last->is_refused) {
		ret->schedule.kind = ANSWER_ERROR;
		ret->trouble = last->fault;
	} else {
		ret->final_url = last->url;
		ret->moved_to = permanent_target(r);
		ret->schedule.moved_to = ret->moved_to.n > 0 ? hash_of(ret->moved_to) : 0;
		read_status(a, last, now_us, ret);
	}
}

struct store_news_new
answer_news(struct arena *a, const struct schedule_told *t)
{
	static const enum news_kind kinds[SCHEDULE_NEWS__COUNT] = {
		[SCHEDULE_SILENT] = NEWS_SILENT, [SCHEDULE_FAILING] = NEWS_FAILING, [SCHEDULE_GONE] = NEWS_GONE, [SCHEDULE_BACK] = NEWS_BACK,
		[SCHEDULE_WALL] = NEWS_WALL, [SCHEDULE_CERTIFICATE] = NEWS_CERTIFICATE, [SCHEDULE_GAP] = NEWS_GAP,
	};
	struct str facts = say(a, "lasted_s=%" PRId64 "\nusual_s=%" PRId64 "\nfrom_us=%" PRId64 "\nto_us=%" PRId64 "\ntrouble=%s",
	    t->lasted_s, t->usual_s, t->from_us, t->to_us, answer_kind_name[t->trouble]);

	return (struct store_news_new){ .kind = kinds[t->kind], .facts = facts };
}
