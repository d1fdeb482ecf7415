/*
 * robots - what a site's robots.txt says to one visitor (RFC 9309).
 *
 * A file is read once for one product token ("Tidings", never the whole
 * user-agent line) and then asked about many addresses.  The groups that name
 * the visitor count, all together; when none does, those for "*".  Of the rules that match,
 * the longest decides, allow before disallow; no rule: allowed.
 *
 *     struct robots r;
 *     td_robots_parse(&arena, body, STR("Tidings"), &r);
 *     if (!td_robots_allow(&r, STR("https://example.org/news/1"))) ...
 *
 * Read as Google's public matcher reads: names of lines in any case and the
 * common misspellings of them, white space for the colon, a (cut) byte order
 * mark, "index.html" allowed for its folder.  Patterns are octets; an address
 * is compared as it is sent, percent-encoded.  Everything is linear: parsing in
 * the file, a question in rules x (pattern + address).
 *
 * Whether there was a robots.txt is asked first, of the answer's status:
 * td_robots_verdict().  The result points into `in` and the arena.
 */
#ifndef ROBOTS_ROBOTS_H
#define ROBOTS_ROBOTS_H

#include "base/arena.h"

struct robots_rule {
	struct str pattern;             /* %XX in upper case, octets from 0x80 encoded; * and a last $ are special */
	bool       allow;
};

#define ROBOTS_NO_DELAY (-1)

struct robots {
	struct { struct robots_rule *v; size_t n; } rules;      /* those that bind the visitor */
	struct { struct str *v; size_t n; } sitemaps;           /* as written, bytes; at most LIMIT_LIST_N */
	int64_t crawl_delay_ms;         /* ROBOTS_NO_DELAY, or 0 to a day */
	bool    named;                  /* a group names the visitor, not just everybody */
	bool    cut;                    /* longer than LIMIT_ROBOTS_B; the rest was not read */
};

/* Any bytes; never fails.  UTF-16 with its mark is read too. */
void td_robots_parse(struct arena *, struct bytes in, struct str agent, struct robots *ret);

/* url: a whole address ("https://h/p?q") or what is sent of it ("/p?q"); a fragment does not count. */
bool td_robots_allow(const struct robots *, struct str url);

enum robots_verdict { ROBOTS_READ, ROBOTS_ALLOW_ALL, ROBOTS_DENY_ALL };

/*
 * Section 2.3.1.  status: of the last answer to GET /robots.txt, redirects
 * followed; 0: none came (no address, no connection, no end).  unreachable_s: since when it
 * has been so, 0 if it is new.  2xx: read it; 4xx and a redirect without an end: as if there were none;
 * 429, 5xx and no answer: nothing may be fetched, for 30 days, then as if there were none.
 */
enum robots_verdict td_robots_verdict(int status, int64_t unreachable_s);

#endif
