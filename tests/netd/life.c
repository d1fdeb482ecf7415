/*
 * The life of pages: NAME.test/life/KIND, a story that is as it is taken until CHANGES_S and then becomes something else.
 *
 *   same ad        the same words; an advertisement between them that is another each hour
 *   edited         a sentence in the middle says the opposite
 *   gone gone410   404, 410         soft        200 and "not found"     front     a redirect to the front page
 *   emptied        the frame without the story
 *   back           404 for two days, then as it was
 *   wall wall200   a challenge, under 403 and under 200     busy      503     cut       the connection breaks in the midst
 *   gzip-cut       a compressed body without its end        teaser    for six hours only the first paragraph
 *   /life/list     a page without a feed that lists the load set's newest stories, one more each hour
 *   /life/feed.xml a feed that announces them all; /life/broken.xml one whose pages cannot be had, each in its own way
 */
#include "netd.h"

#include <stdlib.h>
#include <string.h>

#define SECOND    INT64_C(1000000)
#define CHANGES_S INT64_C(1530316800)   /* 2018-06-30 00:00 */
#define HTML      "Content-Type: text/html; charset=utf-8\r\n"

static const char *const kinds[] = { "same", "ad", "edited", "gone", "gone410", "soft", "front", "emptied", "back", "wall", "wall200", "busy",
	"cut", "gzip-cut", "teaser" };

static const char first[] = "<p>The ministry said on Monday that it would close the centre, where sixty people from the north learn a trade and "
	"a new accent in the course of one year.</p>";
static const char rest[] = "<p>The decision comes after two years of talks between the city and the island, which both want the building for "
	"something else and have said so more than once.</p><p>%s</p><p>A spokesman would not say how many people are to go, nor when, nor who "
	"would pay for the buses that bring their children to school until the summer.</p>";
static const char told[] = "Families of the workers were told by telephone, and nobody had been asked before the letter came.";
static const char consulted[] = "Families of the workers had been consulted at length, and most of them agreed before the letter came.";

static void
write_story(struct text *t, const char *words, bool has_rest, bool has_ad)
{
	text_say(t, "<!doctype html><html lang=en><title>The centre closes</title><header><a href=\"/\">The Island Paper</a></header><main><article>"
	    "<h1>The centre closes</h1>%s", first);
	if (has_ad)
		text_say(t, "<aside class=\"advertisement\">Buy %lld umbrellas, get one more, until tonight.</aside>", (long long)(clock_us() / SECOND / 3600 % 1000));
	if (has_rest)
		text_say(t, rest, words);
	text_say(t, "</article></main><footer>The Island Paper, every day but Sunday</footer></html>");
}

static void
say_story(struct script *s, const char *words, bool has_rest, bool has_ad)
{
	struct text t = { 0 };

	write_story(&t, words, has_rest, has_ad);
	script_reply(s, "200 OK", HTML, &t);
}

static void
say_page(struct script *s, const char *status, const char *headers, const char *body)
{
	struct text t = { 0 };

	text_say(&t, "%s", body);
	script_reply(s, status, headers, &t);
}

/* The head promises more than comes. */
static void
say_cut(struct script *s)
{
	struct text t = { 0 }, head = { 0 };

	write_story(&t, told, true, false);
	text_say(&head, "HTTP/1.1 200 OK\r\n" HTML "Content-Length: %zu\r\nConnection: close\r\n\r\n", t.n);
	text_add(&head, t.p, t.n / 2);
	free(t.p);
	s->status = 200;
	script_send(s, &head);
	script_reset(s);
}

/* One stored block that says it is longer than what follows, so no end and no checksum. */
static void
say_gzip_cut(struct script *s)
{
	struct text t = { 0 }, packed = { 0 };
	size_t      n;

	write_story(&t, told, true, false);
	n = t.n;
	text_add(&packed, "\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
	text_add(&packed, (char[]){ (char)n, (char)(n >> 8), (char)~n, (char)(~n >> 8) }, 4);
	text_add(&packed, t.p, n / 2);
	free(t.p);
	script_reply(s, "200 OK", HTML "Content-Encoding: gzip\r\n", &packed);
}

static void
say_changed(const char *kind, int64_t since_s, struct script *s)
{
	if (strcmp(kind, "edited") == 0)
		say_story(s, consulted, true, true);
	else if (strcmp(kind, "gone") == 0 || (strcmp(kind, "back") == 0 && since_s < 2 * 86400))
		say_page(s, "404 Not Found", HTML, "<h1>Not found</h1>");
	else if (strcmp(kind, "gone410") == 0)
		say_page(s, "410 Gone", HTML, "<h1>Gone</h1>");
	else if (strcmp(kind, "soft") == 0)
		say_page(s, "200 OK", HTML, "<!doctype html><title>Not found</title><main><h1>Sorry</h1><p>This story could not be found. Try our search, or "
		    "one of those that others read today: seven soups for a cold evening, what your cat would tell you, and a quiz about small islands.</p>");
	else if (strcmp(kind, "front") == 0)
		say_page(s, "302 Found", "Location: /\r\n", "");
	else if (strcmp(kind, "emptied") == 0)
		say_page(s, "200 OK", HTML, "<!doctype html><title>The centre closes</title><header><a href=\"/\">The Island Paper</a></header><main></main>");
	else if (strcmp(kind, "wall") == 0)
		say_page(s, "403 Forbidden", HTML "cf-mitigated: challenge\r\n", "<h1>Just a moment</h1>");
	else if (strcmp(kind, "wall200") == 0)
		say_page(s, "200 OK", HTML "cf-mitigated: challenge\r\n", "<h1>Just a moment</h1><p>Checking that you are a person.</p>");
	else if (strcmp(kind, "busy") == 0)
		say_page(s, "503 Service Unavailable", HTML, "<h1>Back soon</h1>");
	else if (strcmp(kind, "cut") == 0)
		say_cut(s);
	else if (strcmp(kind, "gzip-cut") == 0)
		say_gzip_cut(s);
	else
		say_story(s, told, strcmp(kind, "teaser") != 0 || since_s > 6 * 3600, strcmp(kind, "same") != 0);
}

static void
say_feed(const struct request *r, bool is_broken, struct script *s)
{
	static const char *const broken[][2] = { { "missing", "http://h00101.test/x/404" }, { "busy", "http://h00102.test/x/503" },
		{ "nobody", "http://nobody.test/1" }, { "private", "http://private.test/1" }, { "robots", "http://h00103.test/private/1" },
		{ "bare", "" } };
	struct text t = { 0 };

	text_say(&t, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>The Island Paper</title><link>http://%s/</link>", r->host);
	for (size_t i = 0; is_broken && i < sizeof(broken) / sizeof(*broken); i++)
		text_say(&t, "<item><title>%s</title><guid isPermaLink=\"false\">%s</guid><link>%s</link></item>", broken[i][0], broken[i][0], broken[i][1]);
	for (size_t i = 0; !is_broken && i < sizeof(kinds) / sizeof(*kinds); i++)
		text_say(&t, "<item><title>%s</title><guid isPermaLink=\"false\">%s</guid><link>http://%s.test/life/%s</link></item>", kinds[i], kinds[i],
		    kinds[i], kinds[i]);
	text_say(&t, "</channel></rss>");
	script_reply(s, "200 OK", "Content-Type: application/rss+xml\r\n", &t);
}

static void
say_list(const struct request *r, struct script *s)
{
	struct text t = { 0 };
	long long   newest = (long long)(clock_us() / SECOND / 3600 - 425000);

	text_say(&t, "<!doctype html><html lang=en><title>Press releases</title><nav><a href=\"/about\">All about this fine ministry</a></nav><ul id=press>");
	for (long long i = newest; i > newest - 10; i--)
		text_say(&t, "<li><a href=\"/story-%lld\">The ministry says, for the %lldth time</a></li>", i, i);
	text_say(&t, "</ul><p><a href=\"http://%s/imprint\">Who is responsible for all of this</a></p></html>", r->host);
	script_reply(s, "200 OK", HTML, &t);
}

bool
life_reply(const struct request *r, const char *kind, struct script *s)
{
	int64_t since_s = clock_us() / SECOND - CHANGES_S;

	if (strcmp(kind, "feed.xml") == 0 || strcmp(kind, "broken.xml") == 0) {
		say_feed(r, kind[0] == 'b', s);
		return true;
	}
	if (strcmp(kind, "list") == 0) {
		say_list(r, s);
		return true;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kind, kinds[i]) == 0) {
			if (since_s < 0)
				say_story(s, told, true, strcmp(kind, "same") != 0);
			else
				say_changed(kind, since_s, s);
			return true;
		}
	return false;
}
