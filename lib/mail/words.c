/* Codes that letters travel in: encoded words of headers, base64, quoted-printable, flowed lines. */
#include "mail/mail.h"

#include "base/limits.h"
#include "text/charset.h"
#include "text/utf8.h"

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int
base64_value(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* RFC 2045 section 6.8: what is not of the alphabet is skipped; padding ends one run, another may follow. */
static size_t
base64(struct bytes in, unsigned char *out)
{
	uint32_t bits = 0;
	int      have = 0;
	size_t   n = 0;

	for (size_t i = 0; i < in.n; i++) {
		int v = base64_value(in.p[i]);

		if (in.p[i] == '=')
			have = 0;
		if (v < 0)
			continue;
		bits = bits << 6 | (uint32_t)v;
		if ((have += 6) >= 8) {
			have -= 8;
			out[n++] = (unsigned char)(bits >> have);
		}
	}
	return n;
}

/* RFC 2045 section 6.7: a soft line break is nothing; white space at a line's end is a transport's. */
static size_t
quoted_printable(struct bytes in, unsigned char *out)
{
	size_t n = 0, solid = 0;        /* solid: what a line's end may not take back */

	for (size_t i = 0; i < in.n; i++) {
		unsigned char c = in.p[i];
		size_t        end = i + 1;

		if (c == '=') {
			while (end < in.n && (in.p[end] == ' ' || in.p[end] == '\t'))
				end++;
			if (end < in.n && in.p[end] == '\r')
				end++;
			if (end < in.n && in.p[end] == '\n') {
				i = end;
				solid = n;
				continue;
			}
			if (i + 2 < in.n && hex((char)in.p[i + 1]) >= 0 && hex((char)in.p[i + 2]) >= 0) {
				out[n++] = (unsigned char)(hex((char)in.p[i + 1]) * 16 + hex((char)in.p[i + 2]));
				solid = n;
				i += 2;
				continue;
			}
		}
		if (c == '\n') {
			bool has_cr = n > solid && out[n - 1] == '\r';

			n -= has_cr;
			while (n > solid && (out[n - 1] == ' ' || out[n - 1] == '\t'))
				n--;
			if (has_cr)
				out[n++] = '\r';
			solid = n + 1;
		}
		out[n++] = c;
	}
	return n;
}

struct bytes
td_mail_decode(struct arena *a, struct bytes in, struct str encoding)
{
	bool           is_base64 = str_eq_nocase(encoding, STR("base64"));
	unsigned char *out;

	if (!is_base64 && !str_eq_nocase(encoding, STR("quoted-printable")))
		return in;
	out = arena_take(a, in.n + 1);
	return (struct bytes){ out, is_base64 ? base64(in, out) : quoted_printable(in, out) };
}

/* "=?charset*language?B?text?=" at the front of s. */
struct encoded {
	struct str charset, text;
	bool       is_base64;
	size_t     length;
};

static bool
encoded_at(struct str s, struct encoded *ret)
{
	struct encoded e;
	size_t         q1, q2, end;

	if (!str_starts(s, STR("=?")) || (q1 = str_find_char(str_sub(s, 2, s.n), '?')) == STR_NONE || q1 == 0 || q1 > 64)
		return false;
	e.charset = str_sub(s, 2, 2 + q1);
	q2 = 2 + q1 + 1;
	if (q2 + 1 >= s.n || s.p[q2 + 1] != '?' || strchr("bBqQ", s.p[q2]) == NULL)
		return false;
	e.is_base64 = s.p[q2] == 'b' || s.p[q2] == 'B';
	end = str_find(str_sub(s, q2 + 2, s.n), STR("?="));
	if (end == STR_NONE)
		return false;
	e.text = str_sub(s, q2 + 2, q2 + 2 + end);
	e.length = q2 + 2 + end + 2;
	if (str_find_char(e.charset, '*') != STR_NONE)
		e.charset.n = str_find_char(e.charset, '*');
	*ret = e;
	return true;
}

/* Section 4.2: '_' is a space, =XX a byte. */
static void
add_q(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '=' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
			buf_add_char(out, (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])));
			i += 2;
		} else {
			buf_add_char(out, s.p[i] == '_' ? ' ' : s.p[i]);
		}
	}
}

static void
add_b(struct arena *a, struct buf *out, struct str s)
{
	unsigned char *p = arena_take(a, s.n + 1);

	buf_add_bytes(out, (struct bytes){ p, base64(bytes_of(s), p) });
}

/* Bytes so far in one charset become letters. */
static void
flush(struct arena *a, struct buf *bytes, struct str charset, struct buf *out)
{
	struct charset said;
	struct str     text;

	if (bytes->n == 0)
		return;
	text = arena_copy(a, buf_str(bytes));
	buf_add(out, td_charset_decode(a, bytes_of(text), charset, &said));
	buf_reset(bytes);
}

static size_t
spaces_at(struct str s)
{
	size_t n = 0;

	while (n < s.n && strchr(" \t\r\n", s.p[n]) != NULL)
		n++;
	return n;
}

/* White space is one space, other controls are nothing. */
static struct str
one_line(struct arena *a, struct str s)
{
	char  *p = arena_take(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool space = strchr(" \t\r\n\f\v", s.p[i]) != NULL && s.p[i] != '\0';

		if (space && (n == 0 || p[n - 1] == ' '))
			continue;
		if (space || (unsigned char)s.p[i] >= ' ')
			p[n++] = space ? ' ' : s.p[i];
	}
	return str_trim((struct str){ p, n });
}

/*
 * Words next to each other are one text: senders cut letters of several bytes
 * between them, against the rule.  Only white space between two is nothing.
 */
struct str
td_mail_words(struct arena *a, struct bytes value)
{
	struct buf     out = BUF_INIT(4 * value.n + 64), bytes = BUF_INIT(value.n + 64);
	struct str     s = bytes_as_str(value), charset = STR("");
	struct encoded e;
	bool           after_word = false;

	while (s.n > 0) {
		size_t gap = after_word ? spaces_at(s) : 0, next;

		if (encoded_at(str_sub(s, gap, s.n), &e)) {
			if (!after_word || !str_eq_nocase(charset, e.charset))
				flush(a, &bytes, charset, &out);
			charset = e.charset;
			if (e.is_base64)
				add_b(a, &bytes, e.text);
			else
				add_q(&bytes, e.text);
			s = str_sub(s, gap + e.length, s.n);
			after_word = true;
			continue;
		}
		if (after_word)
			flush(a, &bytes, charset, &out);
		charset = STR("");
		after_word = false;
		next = str_find(str_sub(s, 1, s.n), STR("=?"));
		next = next == STR_NONE ? s.n : next + 1;
		buf_add(&bytes, str_sub(s, 0, next));
		flush(a, &bytes, charset, &out);
		s = str_sub(s, next, s.n);
	}
	flush(a, &bytes, charset, &out);
	s = one_line(a, buf_str(&out));
	buf_free(&out);
	buf_free(&bytes);
	return s;
}

static size_t
quote_depth(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '>')
		n++;
	return n;
}

struct str
td_mail_unflow(struct arena *a, struct str s, bool delsp)
{
	char      *p = arena_take(a, s.n + 1);
	size_t     n = 0, depth = 0;
	struct str line;
	bool       flows = false;

	while (str_cut(&s, '\n', &line)) {
		size_t here = quote_depth(line);
		bool   soft;

		if (str_ends(line, STR("\r")))
			line.n--;
		soft = str_ends(line, STR(" ")) && !str_eq(line, STR("-- "));
		if (flows && here == depth) {
			line = str_sub(line, here, line.n);
			n -= delsp && n > 0 && p[n - 1] == ' ';
		} else if (n > 0 || flows) {
			p[n++] = '\n';
		}
		if (flows && here == depth && str_starts(line, STR(" ")))       /* space-stuffed, section 4.4 */
			line = str_sub(line, 1, line.n);
		memcpy(p + n, line.p, line.n);
		n += line.n;
		flows = soft;
		depth = here;
	}
	return (struct str){ p, n };
}
