#include "article/month_names.h"

#include "article/marks.h"
#include "text/utf8.h"

enum { WORD_B = 48 };

/* Letters of a word that could be a month's name; marks of other scripts' punctuation part words. */
static bool
is_letter(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at], d = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	if (c == 0xc2 || (c == 0xd8 && d == 0x8c) || (c == 0xe2 && d == 0x80) || (c == 0xe3 && d == 0x80) || c == 0xef)
		return false;
	/* Digits of other scripts. */
	return !(c == 0xd9 && d >= 0xa0 && d <= 0xa9) && !(c == 0xdb && d >= 0xb0 && d <= 0xb9);
}

static size_t
char_b(struct str s, size_t at)
{
	size_t next = at;

	(void)td_utf8_next(s, &next);
	return next - at;
}

/* Short forms in Thai have full stops inside. */
static bool
is_inner_stop(struct str s, size_t at, size_t from)
{
	return s.p[at] == '.' && at > from && (unsigned char)s.p[at - 1] >= 0x80 && at + 1 < s.n && (unsigned char)s.p[at + 1] >= 0xe0 &&
	    is_letter(s, at + 1);
}

static size_t
word_end(struct str s, size_t from)
{
	size_t at = from;

	while (at < s.n && (is_letter(s, at) || is_inner_stop(s, at, from)))
		at += char_b(s, at);
	return at;
}

static const struct month_name *
find(struct str word, struct str language)
{
	char   low[WORD_B + 4];
	size_t n = 0, lo = 0, hi = month_names_n;

	for (size_t at = 0; at < word.n;) {
		if (n > WORD_B - 4)
			return NULL;
		n += td_utf8_put(td_lower(td_utf8_next(word, &at)), low + n);
	}
	low[n] = '\0';
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (strcmp(month_names[mid].name, low) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == month_names_n || strcmp(month_names[lo].name, low) != 0)
		return NULL;
	/* Of two languages that disagree, the page's own decides; else the one that is last, which more people read. */
	if (month_names[lo].language[0] != '\0' && !str_starts_nocase(language, str_of(month_names[lo].language)))
		lo++;
	return &month_names[lo];
}

const struct month_name *
td_month_at(struct str s, size_t at, struct str language, size_t *ret_end)
{
	static const char *const fronts[] = { "d'", "d\xe2\x80\x99", "\xd7\x91", "" };         /* Catalan, Hebrew "in" */
	static const char *const backs[] = { "ren", "ko", "'da", "'de", "" };                  /* Basque; Turkish "in" */
	const struct month_name *found = NULL;

	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts) && found == NULL; i++) {
		size_t from = at + strlen(fronts[i]), end, second;

		if (!str_starts_nocase(str_sub(s, at, s.n), str_of(fronts[i])) || from >= s.n || !is_letter(s, from))
			continue;
		end = word_end(s, from);
		*ret_end = end;
		if (end - from > WORD_B)
			return NULL;
		if ((found = find(str_sub(s, from, end), language)) != NULL)
			break;
		second = end < s.n && s.p[end] == ' ' && end + 1 < s.n && is_letter(s, end + 1) ? word_end(s, end + 1) : 0;
		if (second > 0 && (unsigned char)s.p[from] >= 0x80 && (found = find(str_sub(s, from, second), language)) != NULL)
			*ret_end = second;
		for (size_t k = 0; k < sizeof(backs) / sizeof(*backs) && found == NULL; k++)
			if (backs[k][0] != '\0' && str_ends(str_sub(s, from, end), str_of(backs[k])))
				found = find(str_sub(s, from, end - strlen(backs[k])), language);
	}
	return found;
}
