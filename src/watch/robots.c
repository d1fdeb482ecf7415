/* What robots.txt said, kept for a day (RFC 9309, section 2.4). */
#include "watch/watch_private.h"

#include <stdlib.h>

#include "base/limits.h"
#include "url/url.h"

#define DAY_US     (86400 * US_PER_S)
#define RETRY_US   (3600 * US_PER_S)     /* one that could not be had is asked for again after that */
enum { ORIGINS_N = 4096 };

struct page {
	struct str          origin;             /* "https://example.org" or with its port */
	int64_t             until_us;           /* its word counts so long */
	int64_t             unreachable_us;     /* since when nothing came; 0: something did */
	enum robots_verdict verdict;
	struct robots       robots;
	struct arena        arena;
};

struct robots_book {
	struct page pages[ORIGINS_N];           /* a page's place follows from its origin's hash; a newcomer takes it over */
};

struct robots_book *
robots_create(void)
{
	return calloc(1, sizeof(struct robots_book));
}

void
robots_destroy(struct robots_book *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < ORIGINS_N; i++)
		arena_free(&b->pages[i].arena);
	free(b);
}

/* "https://example.org:8443" of an address; what is no address of the web has "". */
static struct str
origin_of(struct arena *a, struct str url)
{
	struct url u;
	struct err err;

	if (td_url_parse(a, url, NULL, &u, &err) != ERR_OK || !td_url_is_web(&u))
		return STR("");
	u.path = STR("");
	u.username = u.password = STR("");
	u.query = u.fragment = STR("");
	u.has_query = u.has_fragment = false;
	return td_url_write(a, &u);
}

static struct page *
place_of(struct robots_book *b, struct str origin)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < origin.n; i++)
		h = (h ^ (unsigned char)origin.p[i]) * 0x100000001b3u;
	return &b->pages[(h ^ h >> 32) % ORIGINS_N];
}

static void
full(void *arg)
{
	(void)arg;
	abort();        /* answers of the jail are smaller than the arenas here */
}

struct str
robots_address(struct arena *a, struct str url)
{
	struct str origin = origin_of(a, url);
	char      *p = arena_take(a, origin.n + 16);

	if (origin.n == 0)
		return STR("");
	memcpy(p, origin.p, origin.n);
	memcpy(p + origin.n, "/robots.txt", 11);
	return (struct str){ p, origin.n + 11 };
}

enum robots_word
robots_may(struct robots_book *b, struct str url, int64_t now_us, int64_t *ret_delay_s)
{
	struct arena       a;
	struct str         origin;
	const struct page *p;
	enum robots_word   word = ROBOTS_MAY;

	arena_init(&a, MiB, full, NULL);
	origin = origin_of(&a, url);
	p = place_of(b, origin);
	*ret_delay_s = 0;
	if (!str_eq(p->origin, origin) || now_us >= p->until_us || now_us < p->until_us - 2 * DAY_US)
		word = ROBOTS_ASK_FIRST;
	else if (p->verdict == ROBOTS_DENY_ALL)
		word = ROBOTS_CANNOT_TELL;
	else if (p->verdict == ROBOTS_READ && !td_robots_allow(&p->robots, url))
		word = ROBOTS_MAY_NOT;
	if (word != ROBOTS_ASK_FIRST && p->verdict == ROBOTS_READ && p->robots.crawl_delay_ms > 0)
		*ret_delay_s = (p->robots.crawl_delay_ms + 999) / 1000;
	arena_free(&a);
	return word;
}

enum err_code
robots_learn(struct robots_book *b, struct jail *jail, struct str url, int status, struct str content_encoding, struct bytes body,
	int64_t now_us, struct err *err)
{
	struct page  new = { 0 };
	struct page *p;
	struct str   origin;
	int64_t      since_us = 0;

	arena_init(&new.arena, 4 * LIMIT_ROBOTS_B + MiB, full, NULL);
	origin = origin_of(&new.arena, url);
	p = place_of(b, origin);
	if (str_eq(p->origin, origin))
		since_us = p->unreachable_us;
	new.origin = origin;
	new.verdict = td_robots_verdict(status, since_us > 0 && now_us > since_us ? (now_us - since_us) / US_PER_S : 0);
	new.unreachable_us = status == 0 || status >= 500 || status == 429 ? (since_us > 0 ? since_us : now_us) : 0;
	new.until_us = now_us + (new.unreachable_us != 0 ? RETRY_US : DAY_US);
	/* One that cannot be read says nothing. */
	if (new.verdict == ROBOTS_READ && read_robots(jail, &new.arena, body, content_encoding, STR("Tidings"), &new.robots, err) != ERR_OK) {
		if (err->code != ERR_FORMAT && err->code != ERR_LIMIT) {
			arena_free(&new.arena);
			return err->code;
		}
		new.verdict = ROBOTS_ALLOW_ALL;
	}
	arena_free(&p->arena);
	*p = new;
	return ERR_OK;
}
