#include <stdarg.h>
#include <stdio.h>

#include "article/parts.h"
#include "base/limits.h"
#include "text/utf8.h"
#include "url/url.h"

void
td_draft_why(struct draft *d, const char *field, int confidence, const char *fmt, ...)
{
	struct article *a = d->article;
	char            line[256];
	va_list         ap;
	size_t          i = 0;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	line[td_utf8_valid_prefix(bytes_of(str_of(line)))] = '\0';
	while (i < a->why.n && !str_eq(a->why.v[i].field, str_of(field)))
		i++;
	if (i == LIMIT_LIST_N)
		return;
	if (i == a->why.n)
		a->why.n++;
	a->why.v[i] = (struct reason){ str_of(field), arena_copy(d->arena, str_of(line)), confidence };
}

void
td_draft_warn(struct draft *d, const char *fmt, ...)
{
	char    line[256];
	va_list ap;

	if (d->article->warnings.n == LIMIT_LIST_N)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	line[td_utf8_valid_prefix(bytes_of(str_of(line)))] = '\0';
	d->article->warnings.v[d->article->warnings.n++] = arena_copy(d->arena, str_of(line));
}

struct part *
td_draft_add(struct draft *d, enum block_kind kind, int64_t level, struct str text)
{
	if (d->parts_n == LIMIT_BLOCKS_N)
		return &d->parts[LIMIT_BLOCKS_N - 1];
	if (d->parts_n == d->parts_room) {
		size_t       room = d->parts_room > 0 ? d->parts_room * 2 : 64;
		struct part *more = arena_array(d->arena, room, struct part);

		if (d->parts_n > 0)
			memcpy(more, d->parts, d->parts_n * sizeof(*more));
		d->parts = more;
		d->parts_room = room;
	}
	d->parts[d->parts_n] = (struct part){ .kind = kind, .level = level, .text = text, .href = STR("") };
	return &d->parts[d->parts_n++];
}

/* How many bytes of white space stand here, no-break, ideographic and zero-width ones included. */
static size_t
space_at(struct str s, size_t i)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xe2\x80\x89", "\xe2\x80\xaf",
		"\xe2\x80\x82", "\xe2\x80\x83", "\xc2\xad" };
	unsigned char c = (unsigned char)s.p[i];

	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	if (c != 0xc2 && c != 0xe2 && c != 0xe3 && c != 0xef)
		return 0;
	for (size_t w = 0; w < sizeof(wide) / sizeof(*wide); w++)
		if (str_starts(str_sub(s, i, s.n), str_of(wide[w])))
			return strlen(wide[w]);
	return 0;
}

struct str
td_draft_fold(struct arena *a, struct str s)
{
	char  *p = arena_take(a, s.n + 1);
	size_t n = 0, i = 0, k;
	bool   due = false;

	while (i < s.n) {
		if ((k = space_at(s, i)) > 0) {
			/* Soft hyphens and zero-width marks part no words. */
			due |= k != 2 || (unsigned char)s.p[i + 1] != 0xad;
			i += k;
			continue;
		}
		if (due && n > 0)
			p[n++] = ' ';
		due = false;
		p[n++] = s.p[i++];
	}
	return (struct str){ p, n };
}

struct str
td_draft_url(struct draft *d, struct str href)
{
	struct url u;
	struct err err;

	if (d->base_url.p != d->base_of) {
		d->base_of = d->base_url.p;
		d->has_base = d->base_url.n > 0 && td_url_parse(d->arena, d->base_url, NULL, &d->base, &err) == ERR_OK;
	}
	href = str_trim(href);
	if (href.n == 0 || href.p[0] == '#' || href.n > LIMIT_URL_B ||
	    td_url_parse(d->arena, href, d->has_base ? &d->base : NULL, &u, &err) != ERR_OK)
		return STR("");
	if (!td_url_is_web(&u) && !str_eq(u.scheme, STR("mailto")))
		return STR("");
	href = td_url_write(d->arena, &u);
	return href.n <= LIMIT_URL_B ? href : STR("");
}
