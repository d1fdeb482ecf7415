#include "text/prescan.h"

#include "text/charset.h"

enum { PRESCAN_B = 1024, LATE_B = 32 * 1024 };

struct scan {
	const unsigned char *p, *end;
};

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool
is_letter(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
at(const struct scan *s, struct str word)
{
	return (size_t)(s->end - s->p) >= word.n && str_eq_nocase((struct str){ (const char *)s->p, word.n }, word);
}

/* Moves behind the next `word`; to the end when there is none. */
static void
skip_past(struct scan *s, struct str word)
{
	size_t where = str_find((struct str){ (const char *)s->p, (size_t)(s->end - s->p) }, word);

	s->p = where == STR_NONE ? s->end : s->p + where + word.n;
}

static struct str
view(const unsigned char *from, const unsigned char *to)
{
	return (struct str){ (const char *)from, (size_t)(to - from) };
}

/* The value: quoted, or up to a space or '>'. */
static struct str
get_value(struct scan *s)
{
	const unsigned char *from;

	if (*s->p == '"' || *s->p == '\'') {
		const unsigned char *close = memchr(s->p + 1, *s->p, (size_t)(s->end - s->p - 1));

		from = s->p + 1;
		s->p = close != NULL ? close + 1 : s->end;
		return view(from, close != NULL ? close : s->end);
	}
	for (from = s->p; s->p < s->end && !is_space(*s->p) && *s->p != '>'; s->p++)
		;
	return view(from, s->p);
}

/* "Get an attribute"; false: the tag has no more. */
static bool
get_attribute(struct scan *s, struct str *ret_name, struct str *ret_value)
{
	const unsigned char *from;

	while (s->p < s->end && (is_space(*s->p) || *s->p == '/'))
		s->p++;
	if (s->p >= s->end || *s->p == '>')
		return false;
	from = s->p;
	*ret_value = STR("");
	while (s->p < s->end && !(*s->p == '=' && s->p > from) && !is_space(*s->p) && *s->p != '/' && *s->p != '>')
		s->p++;
	*ret_name = view(from, s->p);
	while (s->p < s->end && is_space(*s->p))
		s->p++;
	if (s->p >= s->end || *s->p != '=')
		return true;
	for (s->p++; s->p < s->end && is_space(*s->p); s->p++)
		;
	if (s->p < s->end)
		*ret_value = get_value(s);
	return true;
}

/* Section 2.5.3, "extracting a character encoding from a meta element". */
static const char *
charset_in_content(struct str s)
{
	for (;;) {
		size_t where = str_find_nocase(s, STR("charset")), n;

		if (where == STR_NONE)
			return NULL;
		s = str_sub(s, where + 7, s.n);
		while (s.n > 0 && is_space((unsigned char)s.p[0]))
			s = str_sub(s, 1, s.n);
		if (s.n == 0 || s.p[0] != '=')
			continue;
		s = str_trim(str_sub(s, 1, s.n));
		if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
			n = str_find_char(str_sub(s, 1, s.n), s.p[0]);
			return n == STR_NONE ? NULL : td_charset_of_label(str_sub(s, 1, 1 + n));
		}
		for (n = 0; n < s.n && s.p[n] != ';' && !is_space((unsigned char)s.p[n]); n++)
			;
		return td_charset_of_label(str_sub(s, 0, n));
	}
}

/* Behind "<meta".  The first attribute of a name counts. */
static const char *
meta(struct scan *s)
{
	struct str  name, value;
	const char *charset = NULL;
	bool        got_pragma = false, need_pragma = false, has_charset = false, has_content = false, has_equiv = false;

	while (get_attribute(s, &name, &value)) {
		if (str_eq_nocase(name, STR("http-equiv")) && !has_equiv) {
			has_equiv = true;
			got_pragma = str_eq_nocase(value, STR("content-type"));
		} else if (str_eq_nocase(name, STR("content")) && !has_content) {
			const char *found = has_charset ? NULL : charset_in_content(value);

			has_content = true;
			if (found != NULL)
				charset = found, need_pragma = true;
		} else if (str_eq_nocase(name, STR("charset")) && !has_charset) {
			has_charset = true;
			charset = td_charset_of_label(value), need_pragma = false;
		}
	}
	/* A tag that the end of the scan cuts says nothing. */
	return s->p >= s->end || (need_pragma && !got_pragma) ? NULL : charset;
}

/* What starts at '<', and behind it. */
static const char *
markup(struct scan *s)
{
	struct str name, value;
	const unsigned char *after = s->p + 5;

	if (at(s, STR("<!--"))) {
		s->p += 2;
		skip_past(s, STR("-->"));
	} else if (at(s, STR("<meta")) && after < s->end && (is_space(*after) || *after == '/')) {
		s->p = after;
		return meta(s);
	} else if (s->p + 2 < s->end && (is_letter(s->p[1]) || (s->p[1] == '/' && is_letter(s->p[2])))) {
		while (s->p < s->end && !is_space(*s->p) && *s->p != '>')
			s->p++;
		while (get_attribute(s, &name, &value))
			;
	} else if (s->p + 1 < s->end && (s->p[1] == '!' || s->p[1] == '/' || s->p[1] == '?')) {
		skip_past(s, STR(">"));
	} else {
		s->p++;
	}
	return NULL;
}

static const char *
scan_tags(struct bytes in)
{
	struct scan s = { in.p, in.p + in.n };
	const char *name;

	while (s.p < s.end && (s.p = memchr(s.p, '<', (size_t)(s.end - s.p))) != NULL) {
		if ((name = markup(&s)) != NULL)
			return name;
	}
	return NULL;
}

/* "Get an XML encoding". */
static const char *
xml_encoding(struct bytes in)
{
	struct str  s = bytes_as_str(in);
	size_t      where;
	char        quote;

	if (!str_starts(s, STR("<?xml")) || (where = str_find_char(s, '>')) == STR_NONE)
		return NULL;
	s = str_sub(s, 0, where);
	if ((where = str_find(s, STR("encoding"))) == STR_NONE)
		return NULL;
	for (s = str_sub(s, where + 8, s.n); s.n > 0 && (unsigned char)s.p[0] <= ' '; s = str_sub(s, 1, s.n))
		;
	if (s.n == 0 || s.p[0] != '=')
		return NULL;
	for (s = str_sub(s, 1, s.n); s.n > 0 && (unsigned char)s.p[0] <= ' '; s = str_sub(s, 1, s.n))
		;
	if (s.n == 0 || (s.p[0] != '"' && s.p[0] != '\''))
		return NULL;
	quote = s.p[0];
	s = str_sub(s, 1, s.n);
	if ((where = str_find_char(s, quote)) == STR_NONE)
		return NULL;
	for (size_t i = 0; i < where; i++)
		if ((unsigned char)s.p[i] <= ' ')
			return NULL;
	return td_charset_of_label(str_sub(s, 0, where));
}

static struct bytes
front(struct bytes in, size_t n)
{
	return (struct bytes){ in.p, in.n < n ? in.n : n };
}

const char *
td_prescan(struct bytes in)
{
	const char *name;

	if (in.n >= 6 && memcmp(in.p, "<\0?\0x\0", 6) == 0)
		return "UTF-16LE";
	if (in.n >= 6 && memcmp(in.p, "\0<\0?\0x", 6) == 0)
		return "UTF-16BE";
	if ((name = scan_tags(front(in, PRESCAN_B))) == NULL && (name = xml_encoding(front(in, PRESCAN_B))) == NULL)
		name = scan_tags(front(in, LATE_B));
	/* A page that could be scanned so far is no UTF-16, whatever it says. */
	if (name != NULL && strncmp(name, "UTF-16", 6) == 0)
		return "UTF-8";
	return name != NULL && strcmp(name, "x-user-defined") == 0 ? "windows-1252" : name;
}
