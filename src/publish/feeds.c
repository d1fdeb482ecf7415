#include "publish/site.h"

#include <stdio.h>

#include "crypto/sha256.h"
#include "feed/write.h"

static struct str
uuid(struct arena *a, const unsigned char b[16])
{
	char hex[33], shown[64];
	int  n;

	td_hex(b, 16, hex);
	n = snprintf(shown, sizeof(shown), "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
	return arena_copy(a, (struct str){ shown, (size_t)n });
}

/* RFC 9562 version 8, out of the desk's name: it stays when the site moves. */
static struct str
feed_id(struct arena *a, struct str name)
{
	unsigned char hash[SHA256_B];

	td_sha256(bytes_of(name), hash);
	hash[6] = (unsigned char)((hash[6] & 0x0f) | 0x80);
	hash[8] = (unsigned char)((hash[8] & 0x3f) | 0x80);
	return uuid(a, hash);
}

static struct feed_entry
entry_of(struct arena *a, const struct site *site, const struct site_line *line)
{
	const struct store_note *note = line->note;
	struct feed_entry        e = { .id = uuid(a, note->id.b), .url = site_url(a, site, "notes/", note->slug, ".html"),
		.title = note->heading, .language = note->language, .summary = line->summary, .content = line->text,
		.published_us = note->published_us, .updated_us = note->saved_us };

	if (note->status == NOTE_WITHDRAWN) {
		e.title = td_words(site->lang, STR("public.withdrawn.heading"));
		e.language = td_words_tag(site->lang);
		e.summary = note->why;
		e.content.s = (struct str){ NULL, 0 };
	} else if (note->country.n == 2)
		e.topic = site_country_name(site->lang, note->country);
	return e;
}

static struct feed
feed_of(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, struct str file)
{
	struct feed_entry *entries;

	n = n < SITE_FEED_N ? n : SITE_FEED_N;
	entries = arena_array(a, n, struct feed_entry);
	for (size_t i = 0; i < n; i++)
		entries[i] = entry_of(a, site, &lines[i]);
	return (struct feed){ .id = feed_id(a, site->name), .title = site->name, .subtitle = site->tagline,
		.language = td_words_tag(site->lang), .author = site->name, .url = site->base_url,
		.self = site_url(a, site, "", file, ""), .entries = entries, .n = n };
}

void
site_rss(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, struct buf *out)
{
	struct feed f = feed_of(a, site, lines, n, STR("feed.xml"));

	td_feed_write_rss(&f, out);
}

void
site_atom(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, struct buf *out)
{
	struct feed f = feed_of(a, site, lines, n, STR("atom.xml"));

	td_feed_write_atom(&f, out);
}
