#include "json/write.h"

static void
comma(struct json *j)
{
	if (j->depth == 0 || !j->in_array[j->depth - 1])
		return;         /* after a key, or the outermost value */
	if (j->has_one[j->depth - 1])
		buf_add_char(j->out, ',');
	j->has_one[j->depth - 1] = true;
}

static void
open_level(struct json *j, bool is_array)
{
	comma(j);
	if (j->depth == JSON_DEPTH) {
		j->out->failed = true;
		return;
	}
	j->in_array[j->depth] = is_array;
	j->has_one[j->depth++] = false;
	buf_add_char(j->out, is_array ? '[' : '{');
}

void
td_json_object(struct json *j)
{
	open_level(j, false);
}

void
td_json_array(struct json *j)
{
	open_level(j, true);
}

void
td_json_end(struct json *j)
{
	if (j->depth == 0)
		return;
	j->depth--;
	buf_add_char(j->out, j->in_array[j->depth] ? ']' : '}');
}

void
td_json_key(struct json *j, const char *key)
{
	if (j->depth > 0 && j->has_one[j->depth - 1])
		buf_add_char(j->out, ',');
	if (j->depth > 0)
		j->has_one[j->depth - 1] = true;
	buf_add_char(j->out, '"');
	td_json_string_part(j, str_of(key));
	buf_add(j->out, STR("\":"));
}

void
td_json_string_begin(struct json *j)
{
	comma(j);
	buf_add_char(j->out, '"');
}

/* Most bytes of most texts: letters, and bytes of letters, that need no look at what follows. */
static bool
is_plain(char c)
{
	const unsigned char u = (unsigned char)c;

	return u >= 0x20 && u != '"' && u != '\\' && u != '<' && u != 0x7f && u != 0xe2;
}

/* How many bytes at `s` must be escaped as one \uXXXX: 0, 1, or 3 for U+2028 and U+2029. */
static size_t
escaped_here(struct str s, unsigned *ret)
{
	unsigned char c = (unsigned char)s.p[0];

	*ret = c;
	if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7f)
		return 1;
	if (c == 0xe2 && s.n >= 3 && (str_starts(s, STR("\xe2\x80\xa8")) || str_starts(s, STR("\xe2\x80\xa9")))) {
		*ret = 0x2000 + ((unsigned char)s.p[2] & 0x3f);
		return 3;
	}
	return 0;
}

static void
put_escaped(struct json *j, unsigned c)
{
	switch (c) {
	case '"':  buf_add(j->out, STR("\\\"")); break;
	case '\\': buf_add(j->out, STR("\\\\")); break;
	case '\n': buf_add(j->out, STR("\\n")); break;
	case '\t': buf_add(j->out, STR("\\t")); break;
	case '\r': buf_add(j->out, STR("\\r")); break;
	default:   buf_addf(j->out, "\\u%04x", c); break;
	}
}

void
td_json_string_part(struct json *j, struct str s)
{
	size_t   start = 0, n;
	unsigned c;

	for (size_t i = 0; i < s.n; i += n > 0 ? n : 1) {
		n = 0;
		if (is_plain(s.p[i]) || (n = escaped_here(str_sub(s, i, s.n), &c)) == 0)
			continue;
		buf_add(j->out, str_sub(s, start, i));
		put_escaped(j, c);
		start = i + n;
	}
	buf_add(j->out, str_sub(s, start, s.n));
}

void
td_json_string_end(struct json *j)
{
	buf_add_char(j->out, '"');
}

void
td_json_str(struct json *j, struct str s)
{
	td_json_string_begin(j);
	td_json_string_part(j, s);
	td_json_string_end(j);
}

void
td_json_i64(struct json *j, int64_t v)
{
	comma(j);
	buf_addf(j->out, "%lld", (long long)v);
}

void
td_json_bool(struct json *j, bool v)
{
	comma(j);
	buf_add(j->out, v ? STR("true") : STR("false"));
}
