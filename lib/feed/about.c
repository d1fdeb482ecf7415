/* The small parts that every dialect's reader needs: addresses, persons, lists. */
#include <string.h>

#include "base/limits.h"
#include "feed/read_private.h"
#include "text/utf8.h"
#include "url/url.h"

static bool
has_scheme(struct str s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (i > 0 && (s.p[i] == '+' ||
	    s.p[i] == '-' || s.p[i] == '.' || (s.p[i] >= '0' && s.p[i] <= '9')))))
		i++;
	return i > 0 && i < s.n && s.p[i] == ':';
}

struct str
td_feed_resolve(struct arena *a, struct str base, struct str url)
{
	struct url from, to;
	struct err err;

	if (base.n == 0 || has_scheme(url))
		return url;
	if (td_url_parse(a, base, NULL, &from, &err) != ERR_OK || td_url_parse(a, url, &from, &to, &err) != ERR_OK)
		return url;
	return td_url_write(a, &to);
}

/* The attributes of HTML that hold one address. */
static bool
holds_address(struct str name)
{
	static const char *const names[] = { "href", "src", "cite", "longdesc", "action", "background", "usemap", "poster", "data" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static void
add_address(struct arena *a, struct buf *out, struct str base, struct str raw)
{
	struct str url = td_feed_resolve(a, base, td_xml_text(a, str_trim(raw), false));

	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == '&' || url.p[i] == '"' || url.p[i] == '<')
			buf_add(out, url.p[i] == '&' ? STR("&amp;") : url.p[i] == '"' ? STR("&quot;") : STR("&lt;"));
		else
			buf_add_char(out, url.p[i]);
	}
}

/* The end of the value that begins at `at`, after the equals sign and its quote if it has one. */
static size_t
value_end(struct str s, size_t at, char quote)
{
	for (; at < s.n && (quote != 0 ? s.p[at] != quote : strchr(" \t\r\n>", s.p[at]) == NULL); at++)
		;
	return at;
}

static size_t
skip_space(struct str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\n' || s.p[at] == '\r'))
		at++;
	return at;
}

/* Copies one tag, from its '<' on; returns where it ended. */
static size_t
copy_tag(struct arena *a, struct buf *out, struct str base, struct str s, size_t at)
{
	size_t copied = at;

	while (at < s.n && s.p[at] != '>') {
		size_t     from = at, to, equals;
		struct str value;
		char       quote;

		while (at < s.n && strchr(" \t\r\n=>/", s.p[at]) == NULL)
			at++;
		to = at;
		equals = skip_space(s, at);
		if (to == from || equals == s.n || s.p[equals] != '=') {
			at += to == from;
			continue;
		}
		at = skip_space(s, equals + 1);
		quote = at < s.n && (s.p[at] == '"' || s.p[at] == '\'') ? s.p[at] : '\0';
		at += quote != 0;
		value = str_sub(s, at, value_end(s, at, quote));
		if (holds_address(str_sub(s, from, to)) && value.n > 0 && !has_scheme(value) && value.p[0] != '#') {
			buf_add(out, str_sub(s, copied, at));
			add_address(a, out, base, value);
			copied = at + value.n;
		}
		at += value.n + (quote != 0 && at + value.n < s.n);
	}
	at += at < s.n;
	buf_add(out, str_sub(s, copied, at));
	return at;
}

struct str
td_feed_absolute_links(struct arena *a, struct str base, struct str markup)
{
	struct buf out = BUF_INIT(LIMIT_FEED_TEXT_B + 2 * markup.n);
	struct str s = markup;
	size_t     at = 0;

	if (base.n == 0 || str_find_char(markup, '<') == STR_NONE || str_find_char(markup, '=') == STR_NONE)
		return markup;
	while (at < markup.n) {
		size_t lt = str_find_char(str_sub(markup, at, markup.n), '<');

		lt = lt == STR_NONE ? markup.n : at + lt;
		buf_add(&out, str_sub(markup, at, lt));
		at = lt < markup.n ? copy_tag(a, &out, base, markup, lt) : lt;
	}
	if (!out.failed && !str_eq(buf_str(&out), markup))
		s = arena_copy(a, buf_str(&out));
	buf_free(&out);
	return s;
}

static int
base64_digit(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 :
	    c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* What is no base64, or not of text, stays as it is. */
struct str
td_feed_base64(struct arena *a, struct str s)
{
	char    *out = arena_take(a, s.n / 4 * 3 + 4);
	size_t   n = 0;
	uint32_t bits = 0, have = 0;

	for (size_t i = 0; i < s.n; i++) {
		int v = base64_digit(s.p[i]);

		if (s.p[i] == '=' || strchr(" \t\r\n", s.p[i]) != NULL)
			continue;
		if (v < 0)
			return s;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8)
			out[n++] = (char)(bits >> (have -= 8) & 0xff);
	}
	if (n == 0 || !td_utf8_is_valid((struct bytes){ (unsigned char *)out, n }) || memchr(out, '\0', n) != NULL)
		return s;
	return (struct str){ out, n };
}

static struct str
without(struct str s, char open, char close)
{
	s = str_trim(s);
	if (s.n >= 2 && s.p[0] == open && s.p[s.n - 1] == close)
		s = str_trim(str_sub(s, 1, s.n - 1));
	return s;
}

static bool
is_address(struct str s)
{
	size_t at = str_find_char(s, '@');

	return at != STR_NONE && at > 0 && at + 1 < s.n && str_find_char(s, ' ') == STR_NONE;
}

struct feed_person
td_feed_person(struct str s)
{
	size_t     open = str_find_char(s, '('), close = str_find_char(s, ')');
	struct str inside, outside;

	s = str_trim(s);
	if (open == STR_NONE || close == STR_NONE || close < open) {
		open = str_find_char(s, '<');
		close = str_find_char(s, '>');
	}
	if (open == STR_NONE || close == STR_NONE || close < open)
		return is_address(s) ? (struct feed_person){ .name = STR(""), .email = s } : (struct feed_person){ .name = s };
	inside = str_trim(str_sub(s, open + 1, close));
	outside = open > 0 ? without(str_sub(s, 0, open), '"', '"') : without(str_sub(s, close + 1, s.n), '"', '"');
	if (is_address(inside))
		return (struct feed_person){ .name = outside, .email = inside };
	if (is_address(outside))
		return (struct feed_person){ .name = inside, .email = outside };
	return (struct feed_person){ .name = s };
}

/* Lists grow by doubling; cap is found again from n, as they never shrink. */
static void *
grown(struct arena *a, void *v, size_t n, size_t size)
{
	void *more;

	if (n != 0 && (n & (n - 1)) != 0)
		return v;
	more = arena_take_n(a, n == 0 ? 1 : 2 * n, size);
	if (n > 0)
		memcpy(more, v, n * size);
	return more;
}

void
td_feed_add_person(struct arena *a, struct feed_about *about, struct feed_person p)
{
	for (size_t i = 0; i < about->authors.n; i++)
		if (str_eq(about->authors.v[i].name, p.name) && str_eq(about->authors.v[i].email, p.email))
			return;
	if (about->authors.n == LIMIT_FEED_LIST_N || (p.name.n == 0 && p.email.n == 0))
		return;
	about->authors.v = grown(a, about->authors.v, about->authors.n, sizeof(p));
	about->authors.v[about->authors.n++] = p;
}

void
td_feed_add_tag(struct arena *a, struct feed_about *about, struct str tag)
{
	if (tag.n == 0 || about->tags.n == LIMIT_FEED_LIST_N)
		return;
	for (size_t i = 0; i < about->tags.n; i++)
		if (str_eq(about->tags.v[i], tag))
			return;
	about->tags.v = grown(a, about->tags.v, about->tags.n, sizeof(tag));
	about->tags.v[about->tags.n++] = tag;
}

void
td_feed_add_link(struct arena *a, struct feed_about *about, struct feed_link link)
{
	if (about->links.n == LIMIT_FEED_LIST_N)
		return;
	about->links.v = grown(a, about->links.v, about->links.n, sizeof(link));
	about->links.v[about->links.n++] = link;
}

void
td_feed_add_enclosure(struct arena *a, struct feed_item *item, struct feed_enclosure e)
{
	if (item->enclosures.n == LIMIT_FEED_LIST_N)
		return;
	item->enclosures.v = grown(a, item->enclosures.v, item->enclosures.n, sizeof(e));
	item->enclosures.v[item->enclosures.n++] = e;
}

bool
td_feed_add_item(struct arena *a, struct feed_doc *doc, const struct feed_item *item)
{
	if (doc->items.n == LIMIT_FEED_ITEMS_N)
		return false;
	doc->items.v = grown(a, doc->items.v, doc->items.n, sizeof(*item));
	doc->items.v[doc->items.n++] = *item;
	return true;
}

static void
cap(struct str *s, size_t max)
{
	if (s->n > max)
		s->n = td_utf8_floor(*s, max);
}

/* Every short string within its limit, whoever wrote it. */
void
td_feed_finish_about(struct feed_about *about)
{
	struct str *fields[] = { &about->id, &about->link, &about->author, &about->language, &about->licence, &about->image,
		&about->published.text, &about->updated.text };

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		cap(fields[i], LIMIT_FIELD_B);
	for (size_t i = 0; i < about->tags.n; i++)
		cap(&about->tags.v[i], LIMIT_FIELD_B);
	for (size_t i = 0; i < about->authors.n; i++) {
		cap(&about->authors.v[i].name, LIMIT_FIELD_B);
		cap(&about->authors.v[i].email, LIMIT_FIELD_B);
		cap(&about->authors.v[i].url, LIMIT_FIELD_B);
	}
	for (size_t i = 0; i < about->links.n; i++) {
		struct feed_link *l = &about->links.v[i];

		cap(&l->url, LIMIT_FIELD_B);
		cap(&l->rel, LIMIT_FIELD_B);
		cap(&l->type, LIMIT_FIELD_B);
		cap(&l->title, LIMIT_FIELD_B);
		cap(&l->language, LIMIT_FIELD_B);
	}
}
