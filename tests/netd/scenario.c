/* The hostile set: one way to behave badly a name.  /x/NAME on any host. */
#include "netd.h"
#include "referee.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define RSS    "Content-Type: application/rss+xml\r\n"
#define HTML   "Content-Type: text/html\r\n"
#define CLOSE  "Connection: close\r\n\r\n"
#define MiB    ((size_t)1 << 20)

void
feed_text(struct text *t, const char *title, int items, const char *extra)
{
	text_say(t, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>%s</title>"
	    "<link>http://h00001.test/</link><description>of netd</description>%s\n", title, extra);
	for (int i = 0; i < items; i++)
		text_say(t, "<item><title>item %d</title><guid isPermaLink=\"false\">g%d</guid><link>http://h00001.test/story-%d</link></item>\n",
		    i, i, i);
	text_say(t, "</channel></rss>\n");
}

/* ---- compressed bodies ---- */

static void
deflate_into(struct text *out, int window_bits, const void *p, size_t n, int flush, z_stream *z)
{
	unsigned char buf[16384];

	if (z->state == NULL && deflateInit2(z, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	z->next_in = (Bytef *)(uintptr_t)p;
	z->avail_in = (uInt)n;
	do {
		z->next_out = buf;
		z->avail_out = sizeof(buf);
		deflate(z, flush);
		text_add(out, buf, sizeof(buf) - z->avail_out);
	} while (z->avail_out == 0);
}

static void
gzip_into(struct text *out, const struct text *in)
{
	z_stream z = { 0 };

	deflate_into(out, 31, in->p, in->n, Z_FINISH, &z);
	deflateEnd(&z);
}

/* A feed with a gigabyte of spaces in it: one block, compressed once and repeated, since each ends with a full flush. */
static void
bomb_into(struct text *out)
{
	static const char head[] = "<rss version=\"2.0\"><channel><title>bomb</title><!--", tail[] = "--></channel></rss>";
	struct text       spaces = { 0 }, block = { 0 };
	z_stream          z = { 0 };
	uLong             crc = crc32(0, (const Bytef *)head, sizeof(head) - 1), crc_block;
	unsigned char     trailer[8];

	text_add(&spaces, "", 0);
	for (size_t i = 0; i < MiB; i++)
		text_add(&spaces, " ", 1);
	crc_block = crc32(0, (const Bytef *)spaces.p, MiB);
	text_add(out, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
	deflate_into(out, -15, head, sizeof(head) - 1, Z_FULL_FLUSH, &z);
	deflate_into(&block, -15, spaces.p, MiB, Z_FULL_FLUSH, &z);
	for (int i = 0; i < 1024; i++) {
		text_add(out, block.p, block.n);
		crc = crc32_combine(crc, crc_block, (z_off_t)MiB);
	}
	deflate_into(out, -15, tail, sizeof(tail) - 1, Z_FINISH, &z);
	deflateEnd(&z);
	crc = crc32_combine(crc, crc32(0, (const Bytef *)tail, sizeof(tail) - 1), sizeof(tail) - 1);
	for (int i = 0; i < 4; i++) {
		trailer[i] = (unsigned char)(crc >> 8 * i);
		trailer[4 + i] = (unsigned char)((1024 * MiB + sizeof(head) + sizeof(tail) - 2) >> 8 * i);
	}
	text_add(out, trailer, 8);
	free(spaces.p);
	free(block.p);
}

/* ---- replies that are more than a line ---- */

static void
say_plain(const struct request *r, struct script *s)
{
	struct text t = { 0 };

	(void)r;
	feed_text(&t, "plain", 2, "");
	script_reply(s, "200 OK", RSS, &t);
}

/* 304 when the validator is the one given, byte for byte. */
static void
say_tagged(const struct request *r, struct script *s)
{
	static const char *const kinds[] = { "etag", "weak-etag", "lastmod", "lastmod-odd" };
	static const char *const values[] = { "\"v1\"", "W/\"v1\"", "Wed, 27 Jun 2018 10:00:00 GMT", "Wed, 27 Jun 2018 19:00:00 +0900" };
	size_t                   k = 0;
	char                     line[128];
	struct text              t = { 0 };

	while (k < 3 && strcmp(r->target + 3, kinds[k]) != 0)
		k++;
	snprintf(line, sizeof(line), RSS "%s: %s\r\n", k < 2 ? "ETag" : "Last-Modified", values[k]);
	referee_bind(r, &(struct binding){ .etag = k < 2 ? values[k] : NULL, .last_modified = k < 2 ? NULL : values[k] });
	if (strcmp(k < 2 ? r->if_none_match : r->if_modified_since, values[k]) != 0)
		feed_text(&t, kinds[k], 2, "");
	script_reply(s, t.n > 0 ? "200 OK" : "304 Not Modified", line, &t);
}

static void
say_gzip(const struct request *r, struct script *s)
{
	struct text plain = { 0 }, t = { 0 };
	bool        is_cut = strcmp(r->target, "/x/gzip-cut") == 0, is_twice = strcmp(r->target, "/x/bomb2") == 0;

	if (strncmp(r->target, "/x/bomb", 7) == 0)
		bomb_into(&t);
	else {
		feed_text(&plain, "gzip", is_cut ? 500 : 2, "");
		gzip_into(&t, &plain);
	}
	if (is_twice) {
		free(plain.p);
		plain = t;
		t = (struct text){ 0 };
		gzip_into(&t, &plain);
	}
	t.n -= is_cut ? 40 : 0;
	free(plain.p);
	script_reply(s, "200 OK", strcmp(r->target, "/x/gzip-unlabelled") == 0 ? RSS :
	    is_twice ? RSS "Content-Encoding: gzip, gzip\r\n" : RSS "Content-Encoding: gzip\r\n", &t);
}

/* "chain7" is seven redirects long. */
static void
say_chain(const struct request *r, struct script *s)
{
	int         n = (int)strtol(r->target + strlen("/x/chain"), NULL, 10);
	char        line[64];
	struct text t = { 0 };

	snprintf(line, sizeof(line), "Location: /x/chain%d\r\n", n - 1);
	if (n <= 0)
		feed_text(&t, "the end of the chain", 2, "");
	script_reply(s, n > 0 ? "302 Found" : "200 OK", n > 0 ? line : RSS, &t);
}

static void
say_lol(const struct request *r, struct script *s)
{
	struct text t = { 0 };

	(void)r;
	text_say(&t, "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">");
	for (char c = 'b'; c <= 'j'; c++) {
		text_say(&t, "<!ENTITY %c \"", c);
		for (int i = 0; i < 10; i++)
			text_say(&t, "&%c;", c - 1);
		text_say(&t, "\">");
	}
	text_say(&t, "]><rss version=\"2.0\"><channel><title>&j;</title><item><title>x</title></item></channel></rss>");
	script_reply(s, "200 OK", RSS, &t);
}

static void
say_deep(const struct request *r, struct script *s)
{
	struct text t = { 0 };

	(void)r;
	text_say(&t, "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>deep</title><item><title>x</title><description>");
	for (int i = 0; i < 200000; i++)
		text_add(&t, "<a>", 3);
	text_say(&t, "</description></item></channel></rss>");
	script_reply(s, "200 OK", RSS, &t);
}

/* A robots.txt of as many rules as its size allows. */
static void
say_many_rules(const struct request *r, struct script *s)
{
	struct text t = { 0 };

	(void)r;
	text_say(&t, "User-agent: *\n");
	while (t.n < 500 * 1024)
		text_add(&t, "Allow:/\n", 8);
	script_reply(s, "200 OK", "Content-Type: text/plain\r\n", &t);
}

/* The feed's title has syllables that are in windows-949 and not in KS X 1001. */
static void
say_korean(const struct request *r, struct script *s)
{
	static const char cp949[] = "\xba\xcf\xc7\xd1 \x8c\x63\xb9\xe6\xb0\xa2\xc7\xcf";   /* 북한 똠방각하 */
	struct text       t = { 0 };
	bool              lies = strcmp(r->target, "/x/euckr-lies") == 0, by_header = strcmp(r->target, "/x/euckr-header") == 0;

	text_say(&t, "<?xml version=\"1.0\"%s?><rss version=\"2.0\"><channel><title>%s</title><item><title>x</title></item></channel></rss>",
	    by_header ? "" : " encoding=\"euc-kr\"", lies ? "북한 똠방각하" : cp949);
	script_reply(s, "200 OK", by_header || lies ? "Content-Type: text/xml; charset=euc-kr\r\n" : "Content-Type: text/xml\r\n", &t);
}

/* The head and the front of a feed; what follows never ends well. */
static void
say_front(struct script *s)
{
	struct text t = { 0 };

	s->status = 200;
	feed_text(&t, "endless", 3, "");
	t.n -= strlen("</channel></rss>\n");
	script_say(s, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n" CLOSE);
	script_send(s, &t);
}

static void
say_endless(const struct request *r, struct script *s)
{
	static char       spaces[65536];
	static const char item[] = "<item><title>x</title><description>yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy</description></item>\n";

	memset(spaces, ' ', sizeof(spaces));
	say_front(s);
	if (strcmp(r->target, "/x/drip") == 0)
		script_drip(s, " ", 1000);
	else if (strcmp(r->target, "/x/trickle") == 0)
		script_drip(s, " ", 25);        /* forty bytes a second: just fast enough not to be a stall */
	else if (strcmp(r->target, "/x/hang-in-body") == 0)
		script_pause(s, 600000);
	else if (strcmp(r->target, "/x/endless-items") == 0)
		script_repeat(s, item, sizeof(item) - 1, 0);
	else
		script_repeat(s, spaces, sizeof(spaces), 0);
}

static void
say_bad_head(const struct request *r, struct script *s)
{
	s->status = 200;
	if (strcmp(r->target, "/x/hang") == 0) {
		script_pause(s, 600000);
		return;
	}
	script_say(s, "HTTP/1.1 200 OK\r\n");
	if (strcmp(r->target, "/x/drip-head") == 0)
		script_drip(s, "X-A: y\r\n", 1000);
	else
		script_repeat(s, "X-A: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", 55, 0);
}

static void
say_reset(const struct request *r, struct script *s)
{
	if (strcmp(r->target, "/x/reset-in-body") == 0)
		say_front(s);
	script_reset(s);
}

/* ---- the table ---- */

struct scenario {
	const char *name;               /* ending in '*': the front of a name */
	void      (*say)(const struct request *, struct script *);
	const char *status, *headers, *body;    /* of a whole reply, when say is NULL */
	const char *raw;                /* bytes as they are, when status is NULL too; then the connection is closed */
	int64_t     retry_s;            /* what the answer binds the client to */
};
#define MOVED(name, status, to)      { name, NULL, status, "Location: " to "\r\n", "", NULL, 0 }
#define SAYS(name, status, h, body)  { name, NULL, status, h, body, NULL, 0 }
#define WAITS(name, status, h, secs) { name, NULL, status, h "Content-Type: text/plain\r\n", "later\n", NULL, secs }
#define RAW(name, bytes)             { name, NULL, NULL, NULL, NULL, bytes, 0 }
#define MAKES(name, fn)              { name, fn, NULL, NULL, NULL, NULL, 0 }
#define SMALL "<rss version=\"2.0\"><channel><title>small</title><item><title>x</title><guid>g</guid></item></channel></rss>"

static const struct scenario scenarios[] = {
	MAKES("plain", say_plain), MAKES("etag", say_tagged), MAKES("weak-etag", say_tagged), MAKES("lastmod*", say_tagged),
	MAKES("gzip*", say_gzip), MAKES("bomb*", say_gzip), MAKES("chain*", say_chain), MAKES("lol", say_lol), MAKES("deep", say_deep),
	MAKES("many-rules", say_many_rules), MAKES("euckr-*", say_korean), MAKES("drip", say_endless), MAKES("trickle", say_endless), MAKES("hang-in-body", say_endless), MAKES("endless", say_endless),
	MAKES("endless-items", say_endless), MAKES("hang", say_bad_head), MAKES("drip-head", say_bad_head),
	MAKES("endless-head", say_bad_head), MAKES("reset*", say_reset),
	MOVED("301", "301 Moved Permanently", "/x/etag"), MOVED("302", "302 Found", "/x/etag"), MOVED("303", "303 See Other", "/x/etag"),
	MOVED("307", "307 Temporary Redirect", "/x/etag"), MOVED("308", "308 Permanent Redirect", "/x/etag"),
	MOVED("mixed", "301 Moved Permanently", "/x/302"), MOVED("loop", "302 Found", "/x/loop"),
	MOVED("to-file", "302 Found", "file:///etc/hostname"), MOVED("to-gopher", "302 Found", "gopher://h00001.test/_x"),
	MOVED("to-ftp", "302 Found", "ftp://h00001.test/x"), MOVED("to-private", "302 Found", "http://private.test/"),
	MOVED("to-metadata", "302 Found", "http://169.254.169.254/latest/meta-data/"), MOVED("to-loopback", "302 Found", "http://127.0.0.1/secret"),
	MOVED("to-octal", "302 Found", "http://0177.0.0.1/"), MOVED("to-hex", "302 Found", "http://0x7f.1/"),
	MOVED("to-mapped", "302 Found", "http://[::ffff:127.0.0.1]/"), MOVED("to-six", "302 Found", "http://[::1]/"),
	MOVED("to-unique-local", "302 Found", "http://[fd00::1]/"), MOVED("to-rebind", "302 Found", "http://rebind.test/x/plain"),
	MOVED("to-password", "302 Found", "http://user:secret@h00001.test/x/plain"), MOVED("to-two", "302 Found", "http://two.test/x/plain"),
	MOVED("to-front", "302 Found", "/"),
	SAYS("403", "403 Forbidden", HTML, "<h1>No</h1>"), SAYS("wall", "403 Forbidden", HTML "cf-mitigated: challenge\r\n", "<h1>Just a moment</h1>"),
	SAYS("404", "404 Not Found", HTML, "<h1>None</h1>"), SAYS("410", "410 Gone", HTML, "<h1>Gone</h1>"),
	SAYS("500", "500 Internal Server Error", HTML, "<h1>Oops</h1>"), SAYS("empty", "200 OK", RSS, ""),
	SAYS("html", "200 OK", HTML, "<!doctype html><title>page</title><link rel=alternate type=\"application/rss+xml\" href=\"/x/plain\"><p>A page"),
	SAYS("wrong-type", "200 OK", "Content-Type: image/png\r\n", SMALL), SAYS("no-type", "200 OK", "", SMALL),
	SAYS("ttl", "200 OK", RSS "Cache-Control: max-age=3600\r\nExpires: 0\r\n", "<rss version=\"2.0\"><channel><title>ttl</title><ttl>720</ttl>"
	    "<skipHours><hour>3</hour></skipHours><item><title>x</title></item></channel></rss>"),
	SAYS("cookie", "200 OK", RSS "Set-Cookie: a=1; Path=/; Max-Age=9999\r\n", SMALL),
	SAYS("xxe", "200 OK", RSS, "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss version=\"2.0\"><channel><title>T&x;T</title>"
	    "<item><title>x</title></item></channel></rss>"),
	SAYS("xxe-http", "200 OK", RSS, "<!DOCTYPE rss SYSTEM \"http://127.0.0.1/dtd\"><rss version=\"2.0\"><channel><title>T</title></channel></rss>"),
	WAITS("429", "429 Too Many Requests", "Retry-After: 120\r\n", 120), WAITS("503", "503 Service Unavailable", "Retry-After: 3600\r\n", 3600),
	WAITS("503-date", "503 Service Unavailable", "Retry-After: Fri, 31 Dec 2099 23:59:59 GMT\r\n", 7 * 86400),
	WAITS("503-absurd", "503 Service Unavailable", "Retry-After: 99999999999999999999\r\n", 7 * 86400),
	RAW("short", "HTTP/1.1 200 OK\r\n" RSS "Content-Length: 99999\r\n" CLOSE SMALL),
	RAW("two-lengths", "HTTP/1.1 200 OK\r\n" RSS "Content-Length: 4\r\nContent-Length: 5\r\n" CLOSE SMALL),
	RAW("length-and-chunks", "HTTP/1.1 200 OK\r\n" RSS "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n" CLOSE "3\r\nabc\r\n0\r\n\r\n"),
	RAW("bad-chunk", "HTTP/1.1 200 OK\r\n" RSS "Transfer-Encoding: chunked\r\n" CLOSE "ZZ\r\nhello"),
	RAW("cut-chunk", "HTTP/1.1 200 OK\r\n" RSS "Transfer-Encoding: chunked\r\n" CLOSE "ff\r\n" SMALL),
	RAW("http09", SMALL), RAW("nothing", ""), RAW("no-status", "HTTP/1.1\r\n" CLOSE), RAW("http10", "HTTP/1.0 200 OK\r\n" RSS "\r\n" SMALL),
	RAW("bad-header", "HTTP/1.1 200 OK\r\n" RSS "Content-Length : 5\r\n" CLOSE "hello"),
};

bool
scenario_reply(const struct request *r, const char *name, struct script *script)
{
	struct text body = { 0 };

	for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++) {
		const struct scenario *s = &scenarios[i];
		size_t                 n = strlen(s->name);

		if (s->name[n - 1] == '*' ? strncmp(name, s->name, n - 1) != 0 : strcmp(name, s->name) != 0)
			continue;
		if (s->retry_s > 0)
			referee_bind(r, &(struct binding){ .retry_s = s->retry_s });
		if (s->say != NULL)
			s->say(r, script);
		else if (s->status != NULL) {
			text_add(&body, s->body, strlen(s->body));
			script_reply(script, s->status, s->headers, &body);
		} else
			script_say(script, s->raw);
		return true;
	}
	return false;
}
