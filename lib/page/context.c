#include "page/context.h"

static const struct str url_attrs[] = {
	{ "href", 4 }, { "src", 3 }, { "action", 6 }, { "formaction", 10 }, { "cite", 4 }, { "poster", 6 }, { "data", 4 },
	{ "background", 10 }, { "longdesc", 8 }, { "manifest", 8 }, { "ping", 4 }, { "xlink:href", 10 }, { "icon", 4 },
	{ "codebase", 8 }, { "classid", 7 }, { "profile", 7 }, { "usemap", 6 }, { "dynsrc", 6 }, { "lowsrc", 6 },
};

/* Code, several addresses in one value, or (SVG) the new value of another attribute. */
static const struct str refused_attrs[] = {
	{ "style", 5 }, { "srcdoc", 6 }, { "srcset", 6 }, { "imagesrcset", 11 }, { "http-equiv", 10 },
	{ "attributename", 13 }, { "values", 6 }, { "to", 2 }, { "from", 4 }, { "by", 2 },
};

static const struct str raw_tags[] = {
	{ "script", 6 }, { "style", 5 }, { "xmp", 3 }, { "iframe", 6 }, { "noembed", 7 }, { "noframes", 8 }, { "plaintext", 9 },
	{ "noscript", 8 },
};

static bool
is_in(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, list[i]))
			return true;
	return false;
}

#define IS_IN(s, list) is_in((s), (list), sizeof(list) / sizeof(*(list)))

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.';
}

static enum attr_kind
attr_kind_of(struct str name)
{
	if (str_starts_nocase(name, STR("on")) || IS_IN(name, refused_attrs))
		return ATTR_REFUSED;
	return IS_IN(name, url_attrs) ? ATTR_URL : ATTR_PLAIN;
}

/* "<" in text: returns what is wrong, and moves *i to the last byte that belongs to the opening. */
static const char *
open_markup(struct context *c, struct str file, size_t *i)
{
	struct str rest = str_sub(file, *i, file.n);
	size_t     end;

	if (str_starts(rest, STR("<!--"))) {
		end = str_find(str_sub(rest, 2, rest.n), STR("-->"));
		if (end == STR_NONE || str_find(str_sub(rest, 0, end + 2), STR("--!>")) != STR_NONE)
			return "a comment without its -->";
		*i += end + 4;
		c->at = AT_TEXT;
		return NULL;
	}
	if (str_starts(rest, STR("<![")))
		return "a CDATA section";
	if (rest.n > 1 && (rest.p[1] == '!' || rest.p[1] == '?')) {
		end = str_find_char(rest, '>');
		if (end == STR_NONE)
			return "a declaration without its >";
		*i += end;
		c->at = AT_TEXT;
		return NULL;
	}
	c->is_end_tag = rest.n > 1 && rest.p[1] == '/';
	*i += c->is_end_tag;
	if (*i + 1 >= file.n || !is_letter(file.p[*i + 1]))
		return "a bare <, write &lt;";
	c->at = AT_TAG_NAME;
	c->name_from = *i + 1;
	c->has_equiv = c->has_slot = false;
	return NULL;
}

static const char *
close_tag(struct context *c)
{
	c->at = AT_TEXT;
	if (c->has_equiv && c->has_slot)
		return "a slot in a tag with http-equiv";
	if (c->is_end_tag)
		return NULL;
	if (IS_IN(c->tag, raw_tags))
		c->at = AT_RAW;
	else if (str_eq_nocase(c->tag, STR("title")) || str_eq_nocase(c->tag, STR("textarea")))
		c->at = AT_TITLE;
	return NULL;
}

static bool
is_end_of(struct str tag, struct str rest)
{
	return str_starts(rest, STR("</")) && str_starts_nocase(str_sub(rest, 2, rest.n), tag) &&
	    rest.n > tag.n + 2 && (is_space(rest.p[tag.n + 2]) || rest.p[tag.n + 2] == '>');
}

static void
end_attr_name(struct context *c, struct str file, size_t i)
{
	struct str name = str_sub(file, c->name_from, i);

	c->attr = attr_kind_of(name);
	c->has_equiv = c->has_equiv || str_eq_nocase(name, STR("http-equiv"));
}

/* Between attributes: a space, the tag's end, or (if `may_begin`) a name. */
static const char *
between(struct context *c, char ch, size_t i, bool may_begin)
{
	if (is_space(ch) || ch == '/')
		c->at = AT_TAG;
	else if (ch == '>')
		return close_tag(c);
	else if (may_begin && is_name(ch)) {
		c->at = AT_ATTR_NAME;
		c->name_from = i;
	} else
		return "something other than an attribute in a tag";
	return NULL;
}

static const char *
in_names(struct context *c, struct str file, size_t i)
{
	char ch = file.p[i];

	if (is_name(ch))
		return NULL;
	if (c->at == AT_TAG_NAME) {
		c->tag = str_sub(file, c->name_from, i);
		return between(c, ch, i, false);
	}
	end_attr_name(c, file, i);
	if (ch == '=') {
		c->at = AT_EQUALS;
		return NULL;
	}
	return between(c, ch, i, false);
}

/* HTML would skip white space after the =; whoever writes it there means something else. */
static const char *
begin_value(struct context *c, char ch)
{
	if (ch != '"' && ch != '\'' && !is_name(ch) && ch != '/' && ch != '#')
		return "no value after the =";
	c->url = URL_START;
	c->quote = ch;
	c->at = ch == '"' || ch == '\'' ? AT_VALUE : AT_UNQUOTED;
	return NULL;
}

static const char *
in_unquoted(struct context *c, char ch, size_t i)
{
	if (is_space(ch) || ch == '>')
		return between(c, ch, i, false);
	return strchr("\"'`=<", ch) != NULL ? "an unquoted value with a quote in it" : NULL;
}

static void
in_value(struct context *c, char ch)
{
	if (ch == c->quote)
		c->at = AT_GAP;
	else if (ch == '/' || ch == '?' || ch == '#')
		c->url = URL_FIXED;
	else if (c->url == URL_START)
		c->url = URL_OPEN;
}

static const char *
step(struct context *c, struct str file, size_t *i)
{
	char ch = file.p[*i];

	switch (c->at) {
	case AT_TEXT:
		return ch == '<' ? open_markup(c, file, i) : NULL;
	case AT_TITLE:
	case AT_RAW:
		return ch == '<' && is_end_of(c->tag, str_sub(file, *i, file.n)) ? open_markup(c, file, i) : NULL;
	case AT_MARKUP:
		return NULL;
	case AT_TAG_NAME:
	case AT_ATTR_NAME:
		return in_names(c, file, *i);
	case AT_TAG:
	case AT_GAP:
		return between(c, ch, *i, c->at == AT_TAG);
	case AT_EQUALS:
		return begin_value(c, ch);
	case AT_VALUE:
		in_value(c, ch);
		return NULL;
	case AT_UNQUOTED:
		return in_unquoted(c, ch, *i);
	}
	return NULL;
}

const char *
context_read(struct context *c, struct str file, size_t from, size_t to, size_t *ret_at)
{
	for (size_t i = from; i < to; i++) {
		const char *fault;

		*ret_at = i;
		if ((fault = step(c, file, &i)) != NULL)
			return fault;
		if (i >= to)            /* a slot stands in the comment or declaration that opened here */
			c->at = AT_MARKUP;
	}
	return NULL;
}

void
context_pause(struct context *c, struct str file, size_t at)
{
	if (c->at == AT_TAG_NAME)
		c->tag = str_sub(file, c->name_from, at);
	else if (c->at == AT_ATTR_NAME)
		end_attr_name(c, file, at);
	else
		return;
	c->at = AT_GAP;
}
