#include "text/charset.h"

#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "text/labels.h"
#include "text/utf8.h"

enum { PRESCAN_B = 8192, GUESS_B = 64 * 1024, CHUNK_UNITS = 4096 };

/* The standard's encodings by ICU's names.  Those not listed have the same name there. */
static const struct { const char *name, *icu; } converters[] = {
	{ "Big5", "Big5-HKSCS" }, { "EUC-JP", "EUC-JP" }, { "EUC-KR", "windows-949" }, { "GBK", "gb18030" },
	{ "Shift_JIS", "windows-31j" }, { "ISO-8859-8-I", "ISO-8859-8" }, { "x-mac-cyrillic", "x-mac-cyrillic" },
	{ "ISO-8859-16", "windows-1250" },      /* ICU 72 has no ISO 8859-16; its letters stand at the same places */
	{ "x-user-defined", "windows-1252" }, { "windows-874", "windows-874-2000" },
};

static const char *
icu_name(const char *name)
{
	for (size_t i = 0; i < sizeof(converters) / sizeof(*converters); i++)
		if (strcmp(converters[i].name, name) == 0)
			return converters[i].icu;
	return name;
}

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

void
td_charset_warm_up(void)
{
	for (size_t i = 0; i < charset_labels_n; i++) {
		UErrorCode  e = U_ZERO_ERROR;
		UConverter *c = ucnv_open(icu_name(charset_labels[i].name), &e);

		if (U_SUCCESS(e))
			ucnv_close(c);
	}
}

/* A UTF-16 string of one chunk as UTF-8. */
static void
put_utf16(struct buf *out, const UChar *p, size_t n, size_t *replaced)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = p[i];

		if (c >= 0xd800 && c < 0xdc00 && i + 1 < n && p[i + 1] >= 0xdc00 && p[i + 1] < 0xe000)
			c = 0x10000 + ((c - 0xd800) << 10) + (p[++i] - 0xdc00u);
		if (c == 0xfffd)
			++*replaced;
		td_utf8_add(out, c == 0 ? UTF8_REPLACEMENT : c);
	}
}

/* ICU writes to our buffers only; no arena below its frame (a full arena must not jump over it). */
static bool
convert(struct buf *out, struct bytes in, const char *name, size_t *replaced)
{
	UErrorCode  e = U_ZERO_ERROR;
	UConverter *c = ucnv_open(icu_name(name), &e);
	const char *from = (const char *)in.p, *end = from + in.n;
	UChar       chunk[CHUNK_UNITS];

	if (U_FAILURE(e))
		return false;
	do {
		UChar *to = chunk;

		e = U_ZERO_ERROR;
		ucnv_toUnicode(c, &to, chunk + CHUNK_UNITS - 1, &from, end, NULL, true, &e);
		/* A pair that was cut by the chunk's end stays whole: the last place is kept for its second half. */
		if (e == U_BUFFER_OVERFLOW_ERROR && to > chunk && (to[-1] & 0xfc00) == 0xd800) {
			UErrorCode again = U_ZERO_ERROR;
			UChar *more = to;

			ucnv_toUnicode(c, &more, chunk + CHUNK_UNITS, &from, end, NULL, true, &again);
			to = more;
		}
		put_utf16(out, chunk, (size_t)(to - chunk), replaced);
	} while (e == U_BUFFER_OVERFLOW_ERROR && !out->failed);
	ucnv_close(c);
	return true;
}

/* UTF-8 that is not quite: bad sequences and NUL become U+FFFD (maximal subparts, Unicode 3.9). */
static void
repair(struct buf *out, struct bytes in, size_t *replaced)
{
	while (in.n > 0) {
		size_t good = td_utf8_valid_prefix(in);
		const unsigned char *nul = good > 0 ? memchr(in.p, '\0', good) : NULL;
		size_t skip = 1;

		if (nul != NULL)
			good = (size_t)(nul - in.p);
		buf_add_bytes(out, (struct bytes){ in.p, good });
		if (good == in.n)
			break;
		td_utf8_add(out, UTF8_REPLACEMENT);
		*replaced += nul == NULL;
		while (good + skip < in.n && skip < 3 && nul == NULL && (in.p[good + skip] & 0xc0) == 0x80)
			skip++;
		in = (struct bytes){ in.p + good + skip, in.n - good - skip };
	}
}

static struct str
word_after(struct str s, struct str key)
{
	size_t at = str_find_nocase(s, key), end;

	if (at == STR_NONE)
		return STR("");
	s = str_trim(str_sub(s, at + key.n, s.n));
	if (s.n == 0 || s.p[0] != '=')
		return STR("");
	s = str_trim(str_sub(s, 1, s.n));
	if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\''))
		s = str_sub(s, 1, s.n);
	for (end = 0; end < s.n && strchr("\"' ;>/\t\r\n", s.p[end]) == NULL; end++)
		;
	return str_sub(s, 0, end);
}

/* <meta charset=…>, <meta … content="…; charset=…">, <?xml … encoding=…?> near the front. */
static const char *
prescan(struct bytes in)
{
	struct str  s = str_sub(bytes_as_str(in), 0, PRESCAN_B), tag;
	const char *name = NULL;
	size_t      at;

	if (str_starts(s, STR("<?xml")) && (at = str_find_char(s, '>')) != STR_NONE)
		name = td_charset_of_label(word_after(str_sub(s, 0, at), STR("encoding")));
	while (name == NULL && (at = str_find_nocase(s, STR("<meta"))) != STR_NONE) {
		s = str_sub(s, at + 5, s.n);
		at = str_find_char(s, '>');
		tag = str_sub(s, 0, at == STR_NONE ? s.n : at);
		name = td_charset_of_label(word_after(tag, STR("charset")));
	}
	/* A page that could be scanned so far is no UTF-16, whatever it says. */
	return name != NULL && strncmp(name, "UTF-16", 6) == 0 ? "UTF-8" : name;
}

static const char *
guess(struct bytes in)
{
	UErrorCode         e = U_ZERO_ERROR;
	UCharsetDetector  *d = ucsdet_open(&e);
	const UCharsetMatch *m;
	const char        *name = NULL;

	if (U_FAILURE(e))
		return "windows-1252";
	ucsdet_enableInputFilter(d, true);
	ucsdet_setText(d, (const char *)in.p, (int32_t)(in.n < GUESS_B ? in.n : GUESS_B), &e);
	m = ucsdet_detect(d, &e);
	if (U_SUCCESS(e) && m != NULL)
		name = td_charset_of_label(str_of(ucsdet_getName(m, &e)));
	ucsdet_close(d);
	return name != NULL ? name : "windows-1252";
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
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] >= 0x80 || b.p[i] == 0x1b)     /* ESC: ISO-2022 */
			return false;
	return true;
}

/* Which encoding, and why. */
static const char *
choose(struct bytes in, struct str label, const char **ret_why)
{
	const char *name;

	if (!is_ascii(in) && td_utf8_is_valid(in) && memchr(in.p, 0x1b, in.n) == NULL)
		return *ret_why = "valid UTF-8", "UTF-8";
	if ((name = td_charset_of_label(label)) != NULL && strcmp(name, "replacement") != 0)
		return *ret_why = "transport label", name;
	if ((name = prescan(in)) != NULL && strcmp(name, "replacement") != 0)
		return *ret_why = "meta", name;
	return *ret_why = "guess", is_ascii(in) ? "UTF-8" : guess(in);
}

struct str
td_charset_decode(struct arena *a, struct bytes in, struct str label, struct charset *ret)
{
	struct buf out = BUF_INIT(4 * in.n + 64);
	struct str s = bytes_as_str(in);
	size_t     skip = 0;

	*ret = (struct charset){ .why = "byte order mark" };
	if (!has_mark(in, &ret->name, &skip))
		ret->name = choose(in, label, &ret->why);
	in = (struct bytes){ in.p + skip, in.n - skip };
	/* Half of a page's bytes wrong under its label: then the label is wrong. */
	if (strcmp(ret->name, "UTF-8") == 0 && !td_utf8_is_valid(in) && td_utf8_valid_prefix(in) < in.n / 2 && skip == 0) {
		ret->name = guess(in);
		ret->why = "guess";
	}
	if (strcmp(ret->name, "UTF-8") == 0) {
		if (td_utf8_is_valid(in) && (in.n == 0 || memchr(in.p, '\0', in.n) == NULL))
			return str_sub(s, skip, s.n);
		repair(&out, in, &ret->replaced);
	} else if (!convert(&out, in, ret->name, &ret->replaced)) {
		repair(&out, in, &ret->replaced);
	}
	s = arena_copy(a, buf_str(&out));
	buf_free(&out);
	return s;
}
