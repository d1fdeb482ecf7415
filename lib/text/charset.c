#include "text/charset.h"

#include <stdlib.h>

#include "text/decode.h"
#include "text/guess.h"
#include "text/labels.h"
#include "text/prescan.h"
#include "text/utf8.h"

static int
compare_label(const void *key, const void *row)
{
	return strcmp(key, ((const struct charset_label *)row)->label);
}

const char *
td_charset_of_label(struct str s)
{
	const struct charset_label *found;
	char low[32];

	s = str_trim(s);
	if (s.n == 0 || s.n >= sizeof(low))
		return NULL;
	for (size_t i = 0; i < s.n; i++)
		low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	low[s.n] = '\0';
	found = bsearch(low, charset_labels, charset_labels_n, sizeof(*charset_labels), compare_label);
	return found != NULL ? found->name : NULL;
}

static bool
has_mark(struct bytes in, const char **ret_name, size_t *ret_skip)
{
	static const struct { const char *mark; size_t n; const char *name; } marks[] = {
		{ "\xef\xbb\xbf", 3, "UTF-8" }, { "\xfe\xff", 2, "UTF-16BE" }, { "\xff\xfe", 2, "UTF-16LE" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (in.n >= marks[i].n && memcmp(in.p, marks[i].mark, marks[i].n) == 0) {
			*ret_name = marks[i].name;
			*ret_skip = marks[i].n;
			return true;
		}
	}
	return false;
}

static bool
is_ascii(struct bytes b)
{
	size_t at = 0;

	for (uint64_t eight; at + 8 <= b.n; at += 8) {
		memcpy(&eight, b.p + at, 8);
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			return false;
	}
	while (at < b.n && b.p[at] < 0x80)
		at++;
	return at == b.n;
}

/* ISO-2022-JP is ASCII with escapes, so only they tell. */
static bool
has_japanese_escapes(struct bytes in)
{
	struct str s = bytes_as_str(in);

	return in.n > 0 && memchr(in.p, 0x1b, in.n) != NULL && (str_find(s, STR("\x1b$B")) != STR_NONE || str_find(s, STR("\x1b$@")) != STR_NONE);
}

/* What the label or the page says, if it says anything. */
static const char *
named(struct bytes in, struct str label, const char **ret_why)
{
	const char *name;

	if ((name = td_charset_of_label(label)) != NULL)
		return *ret_why = "transport label", name;
	if ((name = td_prescan(in)) != NULL)
		return *ret_why = "meta", name;
	return NULL;
}

/* A name that the bytes do not bear out: theirs then. */
static const char *
believed(struct bytes in, const char *name, const char **ret_why)
{
	const char *better = name;

	if (strcmp(name, "UTF-8") == 0) {
		if (!td_guess_mostly_utf8(in, 1))
			better = td_guess(in);
	} else if (td_guess_mostly_utf8(in, 4)) {
		better = "UTF-8";
	} else if (strncmp(name, "UTF-16", 6) != 0 && strcmp(name, "replacement") != 0 && strcmp(name, "ISO-2022-JP") != 0) {
		better = td_guess_labelled(in, name);
	}
	if (better != name)
		*ret_why = "guess against the label";
	return better;
}

/* Which encoding, and why.  *ret_good: it is UTF-8 without a fault. */
static const char *
choose(struct bytes in, struct str label, const char **ret_why, bool *ret_good)
{
	const char *name, *wide = td_guess_utf16(in);
	bool        ascii = wide == NULL && is_ascii(in);

	*ret_good = wide == NULL && (ascii || td_utf8_is_valid(in));
	if (wide != NULL)
		return *ret_why = "NULs", wide;
	if (*ret_good && !ascii)
		return *ret_why = "valid UTF-8", "UTF-8";
	if ((name = named(in, label, ret_why)) != NULL)
		return ascii ? name : believed(in, name, ret_why);
	*ret_why = "guess";
	if (ascii)
		return has_japanese_escapes(in) ? "ISO-2022-JP" : "UTF-8";
	return td_guess_mostly_utf8(in, 1) ? "UTF-8" : td_guess(in);
}

struct str
td_charset_without_nul(struct arena *a, struct str s)
{
	struct buf out = BUF_INIT(3 * s.n + 1);
	struct str piece;

	if (s.n == 0 || memchr(s.p, '\0', s.n) == NULL)
		return s;
	while (str_cut(&s, '\0', &piece)) {
		buf_add(&out, piece);
		if (s.p != NULL)
			td_utf8_add(&out, UTF8_REPLACEMENT);
	}
	return buf_keep(&out, a);
}

struct str
td_charset_decode_markup(struct arena *a, struct bytes in, struct str label, struct charset *ret)
{
	size_t skip = 0;
	bool   good = false;

	*ret = (struct charset){ .why = "byte order mark" };
	if (!has_mark(in, &ret->name, &skip))
		ret->name = choose(in, label, &ret->why, &good);
	in = (struct bytes){ in.p + skip, in.n - skip };
	if (good && strcmp(ret->name, "UTF-8") == 0)
		return bytes_as_str(in);
	return td_decode(a, in, ret->name, &ret->replaced);
}

struct str
td_charset_decode(struct arena *a, struct bytes in, struct str label, struct charset *ret)
{
	return td_charset_without_nul(a, td_charset_decode_markup(a, in, label, ret));
}
