/* Fields of a head: where they end, what they are called, what stands in them. */
#include "mail/mail_private.h"

#include "base/limits.h"
#include "text/charset.h"
#include "text/utf8.h"

enum { SECTIONS_N = 32 };

/* "Name:" at the front of a line; its length without the colon, 0: none (RFC 5322 section 2.2; white space before the colon is obsolete). */
static size_t
name_length(struct str line)
{
	size_t n = 0, end;

	while (n < line.n && (unsigned char)line.p[n] > ' ' && (unsigned char)line.p[n] < 0x7f && line.p[n] != ':')
		n++;
	for (end = n; end < line.n && (line.p[end] == ' ' || line.p[end] == '\t'); end++)
		;
	return n > 0 && end < line.n && line.p[end] == ':' ? n : 0;
}

static bool
is_folded(struct str line)
{
	return line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
}

void
td_mail_split(struct bytes part, struct mail_head *head, struct bytes *ret_body)
{
	struct str rest = bytes_as_str(part), line;
	size_t     at = 0;
	bool       first = true;

	while (at < part.n && at < LIMIT_HEAD_B) {
		size_t end;

		rest = str_sub(bytes_as_str(part), at, part.n);
		end = str_find_char(rest, '\n');
		line = str_sub(rest, 0, end == STR_NONE ? rest.n : end);
		end = end == STR_NONE ? rest.n : end + 1;
		if (line.n == 0 || (line.n == 1 && line.p[0] == '\r')) {
			head->all = (struct bytes){ part.p, at };
			*ret_body = (struct bytes){ part.p + at + end, part.n - at - end };
			return;
		}
		/* A line that is no field ends the head: somebody forgot the empty line.  "From " begins a mailbox. */
		if (name_length(line) == 0 && !is_folded(line) && !(first && str_starts(line, STR("From "))) && !str_starts(line, STR(">From ")))
			break;
		first = false;
		at += end;
	}
	head->all = (struct bytes){ part.p, at };
	*ret_body = (struct bytes){ part.p + at, part.n - at };
}

/* One line of it: CR and LF go, the white space that follows stays. */
static struct bytes
unfold(struct arena *a, struct str s)
{
	char  *p = arena_take(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r' && s.p[i] != '\n')
			p[n++] = s.p[i];
	return bytes_of(str_trim((struct str){ p, n }));
}

bool
td_mail_field(struct arena *a, const struct mail_head *head, struct str name, size_t n, struct bytes *ret)
{
	struct str rest = bytes_as_str(head->all), line;

	while (str_cut(&rest, '\n', &line)) {
		const char *from = line.p;
		size_t      length = name_length(line);

		if (length == 0 || !str_eq_nocase(str_sub(line, 0, length), name) || n-- > 0)
			continue;
		while (rest.p != NULL && is_folded(rest))
			(void)str_cut(&rest, '\n', &line);
		from += length;
		while (*from != ':')
			from++;
		*ret = unfold(a, (struct str){ from + 1, (size_t)(line.p + line.n - from - 1) });
		return true;
	}
	return false;
}

struct str
td_mail_essence(struct arena *a, struct bytes value)
{
	struct str s = bytes_as_str(value);
	char      *p;
	size_t     n = 0;

	s = str_sub(s, 0, str_find_char(s, ';') == STR_NONE ? s.n : str_find_char(s, ';'));
	p = arena_take(a, s.n + 1);
	for (size_t i = 0; i < s.n && n < 128; i++)
		if ((unsigned char)s.p[i] > ' ' && (unsigned char)s.p[i] < 0x7f)
			p[n++] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 0x20 : s.p[i]);
	return (struct str){ p, n };
}

/* One "name=value" off the front; a quoted value may hold semicolons and backslashes. */
static bool
next_param(struct arena *a, struct str *rest, struct str *name, struct str *value)
{
	size_t at = str_find_char(*rest, ';'), eq, n = 0;
	char  *p;

	if (at == STR_NONE)
		return false;
	*rest = str_trim(str_sub(*rest, at + 1, rest->n));
	eq = str_find_char(*rest, '=');
	at = str_find_char(*rest, ';');
	if (eq == STR_NONE || (at != STR_NONE && at < eq)) {
		*name = *value = STR("");
		return true;
	}
	*name = str_trim(str_sub(*rest, 0, eq));
	*rest = str_trim(str_sub(*rest, eq + 1, rest->n));
	if (rest->n == 0 || rest->p[0] != '"') {
		at = str_find_char(*rest, ';');
		*value = str_trim(str_sub(*rest, 0, at == STR_NONE ? rest->n : at));
		*rest = str_sub(*rest, at == STR_NONE ? rest->n : at, rest->n);
		return true;
	}
	p = arena_take(a, rest->n);
	for (at = 1; at < rest->n && rest->p[at] != '"'; at++) {
		if (rest->p[at] == '\\' && at + 1 < rest->n)
			at++;
		p[n++] = rest->p[at];
	}
	*value = (struct str){ p, n };
	*rest = str_sub(*rest, at + 1, rest->n);
	return true;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void
add_unescaped(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
			buf_add_char(out, (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])));
			i += 2;
		} else {
			buf_add_char(out, s.p[i]);
		}
	}
}

/* RFC 2231: name*0, name*1* ... in their order, the first with "charset'language'" in front when it is extended. */
struct sections {
	struct str value[SECTIONS_N];
	bool       is_extended[SECTIONS_N];
	size_t     n;
};

/* "name", "name*", "name*3", "name*3*": which section, -1: another parameter. */
static int
section_of(struct str given, struct str name, bool *ret_extended)
{
	int64_t n = 0;

	if (given.n < name.n || !str_eq_nocase(str_sub(given, 0, name.n), name))
		return -1;
	given = str_sub(given, name.n, given.n);
	*ret_extended = str_ends(given, STR("*"));
	given.n -= *ret_extended;
	if (given.n == 0)
		return 0;
	return given.p[0] == '*' && str_to_i64(str_sub(given, 1, given.n), 0, SECTIONS_N - 1, &n) ? (int)n : -1;
}

static struct str
join_sections(struct arena *a, const struct sections *s)
{
	struct buf     out = BUF_INIT(LIMIT_HEAD_B);
	struct str     charset = STR(""), first = s->value[0], joined;
	struct charset said;

	if (s->is_extended[0] && str_find_char(first, '\'') != STR_NONE) {
		(void)str_cut(&first, '\'', &charset);
		first = str_sub(first, str_find_char(first, '\'') == STR_NONE ? 0 : str_find_char(first, '\'') + 1, first.n);
	}
	for (size_t i = 0; i < s->n; i++) {
		struct str part = i == 0 ? first : s->value[i];

		if (s->is_extended[i])
			add_unescaped(&out, part);
		else
			buf_add(&out, part);
	}
	joined = arena_copy(a, buf_str(&out));
	buf_free(&out);
	return charset.n > 0 ? td_charset_decode(a, bytes_of(joined), charset, &said) : td_mail_words(a, bytes_of(joined));
}

struct str
td_mail_param(struct arena *a, struct bytes value, struct str name)
{
	struct sections s = { 0 };
	struct str      rest = bytes_as_str(value), given, v;

	while (next_param(a, &rest, &given, &v)) {
		bool extended = false;
		int  i = section_of(given, name, &extended);

		if (i < 0 || s.value[i].p != NULL)
			continue;
		s.value[i] = v;
		s.is_extended[i] = extended;
		s.n = (size_t)i + 1 > s.n ? (size_t)i + 1 : s.n;
	}
	return s.n > 0 ? join_sections(a, &s) : STR("");
}

/* The first address of a list: "Name" <a@b>, a@b (Name), a@b. */
struct mail_person
td_mail_person(struct arena *a, struct bytes value)
{
	struct mail_person p = { STR(""), STR("") };
	struct str         s = bytes_as_str(value), name;
	size_t             open = STR_NONE, close;
	bool               quoted = false;

	for (size_t i = 0; i < s.n && open == STR_NONE; i++) {
		quoted ^= s.p[i] == '"' && (i == 0 || s.p[i - 1] != '\\');
		open = !quoted && s.p[i] == '<' ? i : STR_NONE;
	}
	if (open != STR_NONE) {
		close = str_find_char(str_sub(s, open, s.n), '>');
		p.address = td_mail_words(a, bytes_of(str_sub(s, open + 1, close == STR_NONE ? s.n : open + close)));
		name = str_trim(str_sub(s, 0, open));
	} else {
		open = str_find_char(s, '(');
		close = str_find_char(s, ')');
		name = open != STR_NONE && close != STR_NONE && close > open ? str_sub(s, open + 1, close) : STR("");
		s = str_trim(str_sub(s, 0, open == STR_NONE ? s.n : open));
		close = str_find_char(s, ',');
		p.address = td_mail_words(a, bytes_of(str_sub(s, 0, close == STR_NONE ? s.n : close)));
	}
	if (name.n >= 2 && name.p[0] == '"' && name.p[name.n - 1] == '"')
		name = str_sub(name, 1, name.n - 1);
	p.name = str_trim(td_mail_words(a, bytes_of(name)));
	if (str_find_char(p.address, '@') == STR_NONE && p.name.n == 0)
		p = (struct mail_person){ p.address, STR("") };
	return p;
}
