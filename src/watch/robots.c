/* What robots.txt said, kept for a day (RFC 9309, section 2.4). */
#include "watch/watch_private.h"

#include <stdlib.h>

#include "base/limits.h"
#include "url/url.h"

#define DAY_US     (86400 * US_PER_S)
#define RETRY_US   (3600 * US_PER_S)     /* one that could not be had is asked for again after that */
#define READ_B     (64 * MiB)            /* while one is being read: each of its bytes may become a rule's */
enum { ORIGINS_N = 4096, PLACES_N = 8 };

struct page {
	struct str          origin;             /* "https://example.org" or with its port */
	int64_t             until_us;           /* its word counts so long */
	int64_t             unreachable_us;     /* since when nothing came; 0: something did */
	struct robots_silence silence;
	enum robots_verdict verdict;
	struct robots       robots;
	struct arena        arena;
};

struct robots_book {
	struct page pages[ORIGINS_N];           /* a page's places follow from its origin's hash; a newcomer takes over the oldest */
	size_t      kept_b;                     /* by all of them */
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

/* Where an origin's page is, or is to be: of the places that its hash gives it, its own, a free one, or the oldest. */
static struct page *
place_of(struct robots_book *b, struct str origin)
{
	struct page *best = NULL;
	uint64_t     h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < origin.n; i++)
		h = (h ^ (unsigned char)origin.p[i]) * 0x100000001b3u;
	for (size_t i = 0; i < PLACES_N; i++) {
		struct page *p = &b->pages[((h ^ h >> 32) + i) % ORIGINS_N];

		if (p->origin.n > 0 && str_eq(p->origin, origin))
			return p;
		if (best == NULL || p->until_us < best->until_us)
			best = p;
	}
	return best;
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

struct robots_silence
robots_silence(struct robots_book *b, struct str url)
{
	struct arena       a;
	const struct page *p;

	arena_init(&a, MiB, full, NULL);
	p = place_of(b, origin_of(&a, url));
	arena_free(&a);
	return p->silence;
}

static void
forget(struct robots_book *b, struct page *p)
{
	b->kept_b -= p->arena.used;
	arena_free(&p->arena);
	*p = (struct page){ 0 };
}

/* The longest go first, so that a few that say very much do not push out the many that say little. */
static void
make_room(struct robots_book *b, size_t for_b)
{
	while (b->kept_b > 0 && b->kept_b + for_b > LIMIT_ROBOTS_KEPT_B) {
		struct page *longest = &b->pages[0];

		for (size_t i = 1; i < ORIGINS_N; i++)
			if (b->pages[i].arena.used > longest->arena.used)
				longest = &b->pages[i];
		forget(b, longest);
	}
}

/* What is asked of it later, and no more than that. */
static void
copy_rules(struct arena *a, const struct robots *r, struct robots *ret)
{
	*ret = (struct robots){ .crawl_delay_ms = r->crawl_delay_ms, .named = r->named, .cut = r->cut };
	ret->rules.v = arena_array(a, r->rules.n + 1, struct robots_rule);
	ret->rules.n = r->rules.n;
	for (size_t i = 0; i < r->rules.n; i++)
		ret->rules.v[i] = (struct robots_rule){ arena_copy(a, r->rules.v[i].pattern), r->rules.v[i].allow };
}

/* ERR_IO: the jail's; a file that cannot be read says nothing. */
static enum err_code
read_rules(struct page *p, struct jail *jail, struct str content_encoding, struct bytes body, struct err *err)
{
	struct robots robots;
	struct arena  a;
	enum err_code code;

	arena_init(&a, READ_B, full, NULL);
	code = read_robots(jail, &a, body, content_encoding, STR("Tidings"), &robots, err);
	if (code == ERR_OK)
		copy_rules(&p->arena, &robots, &p->robots);
	arena_free(&a);
	if (code == ERR_FORMAT || code == ERR_LIMIT) {
		p->verdict = ROBOTS_ALLOW_ALL;
		code = ERR_OK;
	}
	return code;
}

enum err_code
robots_learn(struct robots_book *b, struct jail *jail, struct str url, int status, struct robots_silence silence,
	struct str content_encoding, struct bytes body,
	int64_t now_us, struct err *err)
{
	struct page  new = { 0 };
	struct page *p;
	struct str   origin;
	int64_t      since_us = 0;

	arena_init_small(&new.arena, READ_B, KiB, full, NULL);
	origin = origin_of(&new.arena, url);
	p = place_of(b, origin);
	if (str_eq(p->origin, origin))
		since_us = p->unreachable_us;
	new.origin = origin;
	new.silence = (struct robots_silence){ silence.kind, arena_copy(&new.arena, silence.why) };
	new.verdict = td_robots_verdict(status, since_us > 0 && now_us > since_us ? (now_us - since_us) / US_PER_S : 0);
	new.unreachable_us = status == 0 || status >= 500 || status == 429 ? (since_us > 0 ? since_us : now_us) : 0;
	new.until_us = now_us + (new.unreachable_us != 0 ? RETRY_US : DAY_US);
	if (new.verdict == ROBOTS_READ && read_rules(&new, jail, content_encoding, body, err) != ERR_OK) {
		arena_free(&new.arena);
		return err->code;
	}
	forget(b, p);
	make_room(b, new.arena.used);
	b->kept_b += new.arena.used;
	*p = new;
	return ERR_OK;
}
