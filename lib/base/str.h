/*
 * str - a view of characters owned by somebody else.
 *
 * A str never owns memory and need not end in NUL.  It lives exactly as long
 * as the arena or buffer it points into.  Pass it by value; print it with
 *
 *     printf("%" STR_FMT "\n", STR_ARG(title));
 *
 * Two types, one shape: struct str holds valid UTF-8, struct bytes holds
 * whatever a stranger sent.  td_text_utf8() and the charset decoders are the
 * doors from bytes to str; bytes_as_str() is for code that scans bytes and
 * makes no promise about them.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t      n;
};

struct bytes {
	const unsigned char *p;
	size_t               n;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT      ".*s"
#define STR_ARG(s)   (int)((s).n > 65536 ? 65536 : (s).n), (s).n ? (s).p : ""

static inline struct str
str_of(const char *cstr)
{
	return (struct str){ cstr, cstr ? strlen(cstr) : 0 };
}

static inline struct bytes
bytes_of(struct str s)
{
	return (struct bytes){ (const unsigned char *)s.p, s.n };
}

static inline struct str
bytes_as_str(struct bytes b)
{
	return (struct str){ (const char *)b.p, b.n };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* [from, to) of s; both are clamped to s. */
static inline struct str
str_sub(struct str s, size_t from, size_t to)
{
	to = to > s.n ? s.n : to;
	from = from > to ? to : from;
	return (struct str){ s.p ? s.p + from : NULL, to - from };
}

#define STR_NONE ((size_t)-1)

bool       str_eq_nocase(struct str a, struct str b);       /* ASCII letters only */
int        str_cmp(struct str a, struct str b);             /* bytewise, as memcmp */
bool       str_starts(struct str s, struct str prefix);
bool       str_starts_nocase(struct str s, struct str prefix);
bool       str_ends(struct str s, struct str suffix);
size_t     str_find(struct str s, struct str what);         /* offset, or STR_NONE */
size_t     str_find_nocase(struct str s, struct str what);  /* ASCII letters only */
size_t     str_find_char(struct str s, char c);
struct str str_trim(struct str s);                          /* ASCII white space, both ends */

/*
 * Take what stands before the first `sep` off the front of *rest.  Without a
 * `sep` the whole rest is taken; false only when *rest was already used up
 * (its p is NULL then).
 */
bool       str_cut(struct str *rest, char sep, struct str *ret_head);
bool       str_take_line(struct str *rest, struct str *ret_line);   /* without its LF; false: no whole line is left */

/* Decimal, optional '-', nothing else, within [min, max]; false leaves *ret alone. */
bool       str_to_i64(struct str s, int64_t min, int64_t max, int64_t *ret);

#endif
