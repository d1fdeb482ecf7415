#include "wacz/cdxj.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/civil.h"
#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/write.h"
#include "url/url.h"

enum { WORDS_N = 1024 };

/* "www." and "www3." of a host say nothing. */
static struct str
without_www(struct str host)
{
	size_t n = 3;

	if (!str_starts(host, STR("www")))
		return host;
	while (n < host.n && host.p[n] >= '0' && host.p[n] <= '9')
		n++;
	return n + 1 < host.n && host.p[n] == '.' ? str_sub(host, n + 1, host.n) : host;
}

/* example.org is org,example, and 127.0.0.1 is 1,0,0,127. */
static void
put_host(struct buf *out, struct str host)
{
	size_t end;

	host = without_www(host);
	if (str_starts(host, STR("["))) {
		buf_add(out, host);
		return;
	}
	for (end = host.n; end > 0;) {
		size_t from = end;

		while (from > 0 && host.p[from - 1] != '.')
			from--;
		if (end < host.n)
			buf_add_char(out, ',');
		buf_add(out, str_sub(host, from, end));
		end = from > 0 ? from - 1 : 0;
	}
}

static int
compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void
put_query(struct buf *out, struct str query)
{
	struct str word[WORDS_N];
	size_t     n = 0;

	while (n < WORDS_N && str_cut(&query, '&', &word[n]))
		n++;
	qsort(word, n, sizeof(*word), compare);
	for (size_t i = 0; i < n; i++) {
		buf_add_char(out, i == 0 ? '?' : '&');
		buf_add(out, word[i]);
	}
}

static struct str
lower(struct arena *a, struct str s)
{
	char *p = arena_take(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
	return (struct str){ p, s.n };
}

struct str
td_surt(struct arena *a, struct str url)
{
	struct url u;
	struct err err;
	struct buf b = BUF_INIT(8 * LIMIT_URL_B);
	struct str path, s;

	if (td_url_parse(a, url, NULL, &u, &err) != ERR_OK || !u.is_special || !u.has_host)
		return lower(a, url);
	put_host(&b, u.host);
	if (u.port != URL_NO_PORT)
		buf_addf(&b, ":%d", u.port);
	path = u.path.n > 1 && str_ends(u.path, STR("/")) ? str_sub(u.path, 0, u.path.n - 1) : u.path;
	buf_add(&b, STR(")"));
	buf_add(&b, path);
	if (u.has_query && u.query.n > 0)
		put_query(&b, lower(a, u.query));
	s = lower(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static void
put_str(struct json *j, const char *key, struct str value)
{
	td_json_key(j, key);
	td_json_str(j, value);
}

static void
put_hash(struct json *j, const char *key, const unsigned char hash[32])
{
	char hex[SHA256_HEX_B], text[SHA256_HEX_B + 8];

	snprintf(text, sizeof(text), "sha256:%s", td_hex(hash, 32, hex));
	put_str(j, key, str_of(text));
}

static void
put_number(struct json *j, const char *key, int64_t v)
{
	char shown[32];

	/* In quotation marks, as the other writers have it. */
	snprintf(shown, sizeof(shown), "%lld", (long long)v);
	put_str(j, key, str_of(shown));
}

void
td_cdxj_write(struct arena *a, struct buf *out, const struct cdxj_entry *e)
{
	struct json  j = { .out = out };
	struct civil t = civil_from_instant(e->date_us);

	buf_add(out, td_surt(a, e->url));
	buf_addf(out, " %04d%02d%02d%02d%02d%02d ", t.year, t.month, t.day, t.hour, t.minute, t.second);
	td_json_object(&j);
	put_str(&j, "url", e->url);
	put_str(&j, "mime", e->mime);
	if (e->status != 0)
		put_number(&j, "status", e->status);
	if (e->digest.n > 0)
		put_str(&j, "digest", e->digest);
	put_number(&j, "length", e->length);
	put_number(&j, "offset", e->offset);
	put_str(&j, "filename", e->filename);
	put_hash(&j, "recordDigest", e->member_sha256);
	td_json_end(&j);
}
