#include "feed/xml.h"

#include <stdio.h>
#include <string.h>

#include "html/charref.h"
#include "text/utf8.h"

static void
pass_over_none(struct xml *x)
{
	x->passed_over = 0;
	memset(x->passed_names, 0, sizeof(x->passed_names));
}

void
td_xml_begin(struct xml *x, struct arena *a, struct str text)
{
	x->arena = a;
	x->in = text;
	x->at = 0;
	x->event = XML_EOF;
	x->attrs_n = x->depth = 0;
	pass_over_none(x);
	x->bindings_n = 0;
	x->close_to = STR_NONE;
	x->is_cut = x->is_broken = false;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Where a name ends; any byte beyond ASCII may stand in one. */
static size_t
name_end(struct str s, size_t at)
{
	for (; at < s.n; at++) {
		unsigned char c = (unsigned char)s.p[at];

		if (is_space((char)c) || c == '/' || c == '>' || c == '=' || c == '<' || c == '"' || c == '\'')
			break;
	}
	return at;
}

/* No element of a feed begins otherwise, but "<김정은 시대>" is a title. */
static bool
begins_name(struct str s, size_t at)
{
	unsigned char c = at < s.n ? (unsigned char)s.p[at] : 0;

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

/* The offset after `end`, or the end of the text. */
static size_t
past(struct xml *x, size_t from, struct str end)
{
	size_t at = str_find(str_sub(x->in, from, x->in.n), end);

	if (at == STR_NONE) {
		x->is_cut = x->is_broken = true;
		return x->in.n;
	}
	return from + at + end.n;
}

/* <!DOCTYPE … [ … ]>: quotes and comments inside may hold anything. */
static size_t
past_doctype(struct xml *x, size_t at)
{
	bool in_subset = false;

	while (at < x->in.n) {
		char c = x->in.p[at];

		if (c == '"' || c == '\'') {
			const char *end = memchr(x->in.p + at + 1, c, x->in.n - at - 1);

			at = end != NULL ? (size_t)(end - x->in.p) + 1 : at + 1;
		} else if (str_starts(str_sub(x->in, at, x->in.n), STR("<!--"))) {
			at = past(x, at + 4, STR("-->"));
		} else if (c == '>' && !in_subset) {
			return at + 1;
		} else {
			in_subset = c == '[' ? true : c == ']' ? false : in_subset;
			at++;
		}
	}
	x->is_cut = x->is_broken = true;
	return at;
}

static enum xml_ns
ns_of(const struct xml *x, struct str prefix)
{
	enum xml_ns ns = XML_NS_OTHER;

	for (unsigned i = x->bindings_n; i-- > 0;) {
		if (str_eq(x->bindings[i].prefix, prefix)) {
			ns = x->bindings[i].ns;
			break;
		}
	}
	if (prefix.n == 0)
		return ns == XML_NS_OTHER ? XML_NS_FEED : ns;
	return ns != XML_NS_OTHER ? ns : td_xml_ns_of_prefix(prefix);
}

static void
split_name(struct str name, struct str *ret_prefix, struct str *ret_local)
{
	size_t colon = str_find_char(name, ':');

	*ret_prefix = str_sub(name, 0, colon == STR_NONE ? 0 : colon);
	*ret_local = str_sub(name, colon == STR_NONE ? 0 : colon + 1, name.n);
}

/* One attribute at x->at, which is no space, > or />. */
static void
read_attribute(struct xml *x)
{
	struct str           in = x->in;
	struct xml_attribute ignored, *a = x->attrs_n < LIMIT_FEED_ATTRS_N ? &x->attrs[x->attrs_n++] : &ignored;
	size_t               from = x->at, to = name_end(in, from), at;

	if (to == from) {                       /* a stray = or quote */
		x->at++;
		x->attrs_n -= a != &ignored;
		x->is_broken = true;
		return;
	}
	split_name(str_sub(in, from, to), &a->prefix, &a->local);
	a->value = STR("");
	for (at = to; at < in.n && is_space(in.p[at]); at++)
		;
	if (at == in.n || in.p[at] != '=') {
		x->at = to;
		return;
	}
	for (at++; at < in.n && is_space(in.p[at]); at++)
		;
	if (at < in.n && (in.p[at] == '"' || in.p[at] == '\'')) {
		const char *end = memchr(in.p + at + 1, in.p[at], in.n - at - 1);

		if (end == NULL)                /* happens twice at most: then no quote is left */
			end = memchr(in.p + at + 1, '>', in.n - at - 1);
		a->value = str_sub(in, at + 1, end != NULL ? (size_t)(end - in.p) : in.n);
		x->at = end != NULL ? (size_t)(end - in.p) + (*end != '>') : in.n;
	} else {
		for (from = at; at < in.n && !is_space(in.p[at]) && in.p[at] != '>'; at++)
			;
		a->value = str_sub(in, from, at);
		x->at = at;
		x->is_broken = true;
	}
}

static void
bind_prefixes(struct xml *x)
{
	for (size_t i = 0; i < x->attrs_n; i++) {
		const struct xml_attribute *a = &x->attrs[i];
		bool                        is_default = a->prefix.n == 0 && str_eq(a->local, STR("xmlns"));

		if ((is_default || str_eq(a->prefix, STR("xmlns"))) && x->bindings_n < LIMIT_FEED_BINDINGS_N)
			x->bindings[x->bindings_n++] = (struct xml_binding){ is_default ? STR("") : a->local, td_xml_ns_of_uri(a->value) };
	}
}

static void
push(struct xml *x, struct str name, unsigned outside)
{
	split_name(name, &x->name.prefix, &x->name.local);
	x->name.ns = ns_of(x, x->name.prefix);
	x->name.id = td_xml_element(x->name.ns, x->name.local);
	for (size_t i = 0; i < x->attrs_n; i++)
		x->attrs[i].ns = x->attrs[i].prefix.n == 0 ? XML_NS_NONE : ns_of(x, x->attrs[i].prefix);
	x->open[x->depth++] = (struct xml_open){ x->name, x->from, outside };
}

static uint32_t *
passed_of(struct xml *x, struct str prefix, struct str local)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < prefix.n; i++)
		h = (h ^ (unsigned char)prefix.p[i]) * 16777619u;
	for (size_t i = 0; i < local.n; i++)
		h = (h ^ ((unsigned char)local.p[i] | 0x20u)) * 16777619u;      /* names are compared without case */
	return &x->passed_names[(h ^ h >> 16) % XML_PASSED_N];
}

static void
pass_over(struct xml *x, struct str name)
{
	struct str prefix, local;

	split_name(name, &prefix, &local);
	++*passed_of(x, prefix, local);
	x->passed_over++;
}

/*
 * Of what is too deep only the names' number is known.  An end tag whose name is
 * none of theirs closes something that was told of, and all of them with it.
 */
static bool
closes_passed_over(struct xml *x, struct str prefix, struct str local)
{
	uint32_t *n = passed_of(x, prefix, local);

	if (x->passed_over == 0)
		return false;
	if (*n == 0) {
		pass_over_none(x);
		return false;
	}
	--*n;
	x->passed_over--;
	return true;
}

/* At '<' and a letter.  false: too deep to be told of. */
static bool
open_tag(struct xml *x)
{
	size_t     from = x->at, end = name_end(x->in, from + 1);
	struct str name = str_sub(x->in, from + 1, end);
	unsigned   outside = x->bindings_n;
	bool       is_empty = false;

	x->attrs_n = 0;
	x->from = from;
	x->at = end;
	while (x->at < x->in.n && x->in.p[x->at] != '>' && x->in.p[x->at] != '<') {
		if (is_space(x->in.p[x->at]))
			x->at++;
		else if (x->in.p[x->at] == '/')
			is_empty = ++x->at < x->in.n && x->in.p[x->at] == '>';
		else
			read_attribute(x);
	}
	if (x->at == x->in.n) {
		x->is_cut = x->is_broken = true;
		return false;
	}
	x->at += x->in.p[x->at] == '>';         /* "<a <b>": the first tag ends where the second begins */
	x->to = x->at;
	if (x->depth == LIMIT_FEED_DEPTH_N) {
		if (!is_empty)
			pass_over(x, name);
		return false;
	}
	bind_prefixes(x);
	push(x, name, outside);
	if (is_empty)
		x->close_to = x->depth - 1;
	x->event = XML_OPEN;
	return true;
}

static bool
same_name(const struct xml_name *name, struct str prefix, struct str local)
{
	return str_eq_nocase(name->local, local) && str_eq(name->prefix, prefix);
}

/* At "</".  Whether anything is to be closed. */
static bool
close_tag(struct xml *x)
{
	size_t     end = name_end(x->in, x->at + 2);
	struct str prefix, local;

	x->from = x->at;
	split_name(str_sub(x->in, x->at + 2, end), &prefix, &local);
	while (end < x->in.n && x->in.p[end] != '>' && x->in.p[end] != '<')
		end++;
	x->at = end + (end < x->in.n && x->in.p[end] == '>');
	x->to = x->at;
	if (closes_passed_over(x, prefix, local))
		return false;
	for (size_t i = x->depth; i-- > 0;) {
		if (same_name(&x->open[i].name, prefix, local)) {
			x->is_broken |= i + 1 != x->depth;
			x->close_to = i;
			return true;
		}
	}
	x->is_broken = true;
	return false;
}

static void
close_one(struct xml *x)
{
	x->depth--;
	x->name = x->open[x->depth].name;
	x->bindings_n = x->open[x->depth].bindings;
	if (x->depth == x->close_to)
		x->close_to = STR_NONE;
	x->event = XML_CLOSE;
}

/* Does a tag, a comment or the like begin at this '<'? */
static bool
begins_markup(struct str s, size_t at)
{
	char c = at + 1 < s.n ? s.p[at + 1] : '\0';

	return begins_name(s, at + 1) || (c == '/' && begins_name(s, at + 2)) || c == '!' || c == '?';
}

/* Text up to the next markup; a lone '<' belongs to it. */
static void
text_run(struct xml *x)
{
	size_t from = x->at, at = from;

	do {
		const char *lt = memchr(x->in.p + at, '<', x->in.n - at);

		at = lt != NULL ? (size_t)(lt - x->in.p) : x->in.n;
		if (at < x->in.n && !begins_markup(x->in, at)) {
			x->is_broken = true;
			at++;
			continue;
		}
		break;
	} while (at < x->in.n);
	x->from = from;
	x->to = x->at = at;
	x->text = str_sub(x->in, from, at);
	x->is_cdata = false;
	x->event = XML_TEXT;
}

static bool
cdata(struct xml *x)
{
	size_t from = x->at + 9, end = past(x, from, STR("]]>"));

	x->from = x->at;
	x->at = x->to = end;
	x->text = str_sub(x->in, from, str_ends(str_sub(x->in, from, end), STR("]]>")) ? end - 3 : end);
	x->is_cdata = true;
	x->event = XML_TEXT;
	return x->text.n > 0;
}

/* Markup at '<'; false when there is nothing to tell of it. */
static bool
markup(struct xml *x)
{
	struct str rest = str_sub(x->in, x->at, x->in.n);

	if (rest.p[1] == '/')
		return close_tag(x) && (close_one(x), true);
	if (rest.p[1] == '?')
		x->at = past(x, x->at + 2, STR(">"));
	else if (rest.p[1] != '!')
		return open_tag(x);
	else if (str_starts(rest, STR("<![CDATA[")))
		return cdata(x);
	else if (str_starts(rest, STR("<!--")))
		x->at = past(x, x->at + 4, STR("-->"));
	else if (str_starts_nocase(rest, STR("<!DOCTYPE")))
		x->at = past_doctype(x, x->at + 9);
	else
		x->at = past(x, x->at + 2, STR(">"));
	return false;
}

enum xml_event
td_xml_next(struct xml *x)
{
	if (x->close_to != STR_NONE) {
		close_one(x);
		return x->event;
	}
	while (x->at < x->in.n) {
		if (x->in.p[x->at] != '<' || !begins_markup(x->in, x->at)) {
			text_run(x);
			if (x->passed_over == 0)
				return x->event;
		} else if (markup(x) && (x->event != XML_TEXT || x->passed_over == 0)) {
			return x->event;
		}
	}
	x->from = x->to = x->in.n;
	return x->event = XML_EOF;
}

/* What is not itself: &, CR, what XML forbids (section 2.2), and the first byte of a C1 control. */
static size_t
plain_run(struct str s, size_t at, bool is_cdata)
{
	for (; at < s.n; at++) {
		unsigned char c = (unsigned char)s.p[at];

		if (c > '&' && c != 0xc2)
			continue;
		if ((c == '&' && !is_cdata) || (c < ' ' && c != '\n' && c != '\t') ||
		    (c == 0xc2 && at + 1 < s.n && (unsigned char)s.p[at + 1] < 0xa0))
			break;
	}
	return at;
}

/*
 * A reference in XML.  The names are those of the DTDs that feeds are written
 * by (RSS 0.91's, XHTML 1.0's); HTML's table has all of them, but two mean
 * other characters there.
 */
static size_t
reference(struct str raw, size_t at, struct str *ret, char small[8])
{
	struct str rest = str_sub(raw, at, at + 6);

	if (str_eq(rest, STR("&lang;")) || str_eq(rest, STR("&rang;"))) {
		*ret = rest.p[1] == 'l' ? STR("\u2329") : STR("\u232a");
		return 6;
	}
	return td_html_charref(raw, at, ret, small);
}

void
td_xml_add_text(struct buf *out, struct str raw, bool is_cdata)
{
	for (size_t at = 0, end; at < raw.n; at = end) {
		char       small[8], number[16];
		struct str ref;

		end = plain_run(raw, at, is_cdata);
		buf_add(out, str_sub(raw, at, end));
		if (end == raw.n)
			break;
		if (raw.p[end] == '&') {
			size_t n = reference(raw, end, &ref, small);

			buf_add(out, n > 0 ? ref : STR("&"));
			end += n > 0 ? n : 1;
		} else if (raw.p[end] == '\r') {
			buf_add_char(out, '\n');
			end += end + 1 < raw.n && raw.p[end + 1] == '\n' ? 2 : 1;
		} else if ((unsigned char)raw.p[end] < ' ') {
			end++;
		} else {                        /* "don\u0092t": windows-1252 that was called something else */
			int n = snprintf(number, sizeof(number), "&#%d;", (unsigned char)raw.p[end + 1]);

			(void)td_html_charref((struct str){ number, (size_t)n }, 0, &ref, small);
			buf_add(out, ref);
			end += 2;
		}
	}
}

struct str
td_xml_text(struct arena *a, struct str raw, bool is_cdata)
{
	struct buf out = BUF_INIT(2 * raw.n + 64);
	struct str s;

	if (plain_run(raw, 0, is_cdata) == raw.n)
		return raw;
	td_xml_add_text(&out, raw, is_cdata);
	s = arena_copy(a, buf_str(&out));
	buf_free(&out);
	return s;
}

static const struct xml_attribute *
find(const struct xml *x, enum xml_ns ns, const char *local)
{
	for (size_t i = 0; i < x->attrs_n; i++)
		if (x->attrs[i].ns == ns && str_eq_nocase(x->attrs[i].local, str_of(local)))
			return &x->attrs[i];
	return NULL;
}

struct str
td_xml_attr(const struct xml *x, enum xml_ns ns, const char *local)
{
	const struct xml_attribute *a = find(x, ns, local);

	return a != NULL ? td_xml_text(x->arena, str_trim(a->value), false) : STR("");
}

bool
td_xml_has_attr(const struct xml *x, enum xml_ns ns, const char *local)
{
	return find(x, ns, local) != NULL;
}
