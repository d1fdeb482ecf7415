#include "http/message.h"

/* The next line without its end; false at the end of the bytes (a line must end to be one). */
static bool
next_line(struct str *rest, struct str *ret)
{
	size_t at = str_find_char(*rest, '\n');

	if (at == STR_NONE)
		return false;
	*ret = str_sub(*rest, 0, at > 0 && rest->p[at - 1] == '\r' ? at - 1 : at);
	*rest = str_sub(*rest, at + 1, rest->n);
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* HTTP/1.1 200 OK */
static bool
status_line(struct str line, struct http_head *h)
{
	size_t at;

	if (!str_starts_nocase(line, STR("HTTP/")) || (at = str_find_char(line, ' ')) == STR_NONE)
		return false;
	h->version = str_sub(line, 0, at);
	line = str_trim(str_sub(line, at, line.n));
	if (line.n < 3 || !is_digit(line.p[0]) || !is_digit(line.p[1]) || !is_digit(line.p[2]) || line.p[0] == '0')
		return false;
	h->status = (line.p[0] - '0') * 100 + (line.p[1] - '0') * 10 + (line.p[2] - '0');
	h->reason = str_trim(str_sub(line, 3, line.n));
	return line.n == 3 || !is_digit(line.p[3]);
}

static bool
add_field(struct http_head *h, struct str line)
{
	size_t colon = str_find_char(line, ':');

	if (colon == STR_NONE)
		return true;            /* browsers pass over it; so do we */
	if (h->fields.n == HTTP_FIELDS_N)
		return false;
	h->fields.v[h->fields.n++] = (struct http_field){ str_trim(str_sub(line, 0, colon)),
		str_trim(str_sub(line, colon + 1, line.n)) };
	return true;
}

enum err_code
td_http_head(struct arena *a, struct bytes b, struct http_head *ret, struct err *err)
{
	struct str       rest = bytes_as_str(b), line;
	struct http_head h = { 0 };

	h.fields.v = arena_array(a, HTTP_FIELDS_N, struct http_field);
	if (!next_line(&rest, &line) || !status_line(line, &h))
		return err_set(err, ERR_FORMAT, "not a reply of HTTP/1; not read");
	while (next_line(&rest, &line)) {
		if (line.n == 0) {
			h.length_b = b.n - rest.n;
			*ret = h;
			return ERR_OK;
		}
		if (!add_field(&h, line))
			return err_set(err, ERR_LIMIT, "a reply with more than %d header fields; not read", HTTP_FIELDS_N);
	}
	return err_set(err, ERR_FORMAT, "a reply whose head has no end; not read");
}

struct str
td_http_field(const struct http_head *h, struct str name)
{
	for (size_t i = 0; i < h->fields.n; i++)
		if (str_eq_nocase(h->fields.v[i].name, name))
			return h->fields.v[i].value;
	return (struct str){ NULL, 0 };
}

bool
td_http_agree(const struct http_head *h, struct str name)
{
	struct str first = td_http_field(h, name);

	for (size_t i = 0; i < h->fields.n; i++)
		if (str_eq_nocase(h->fields.v[i].name, name) && !str_eq(h->fields.v[i].value, first))
			return false;
	return true;
}

bool
td_http_has_token(const struct http_head *h, struct str name, struct str token)
{
	for (size_t i = 0; i < h->fields.n; i++) {
		struct str rest = h->fields.v[i].value, one;

		if (!str_eq_nocase(h->fields.v[i].name, name))
			continue;
		while (str_cut(&rest, ',', &one))
			if (str_eq_nocase(str_trim(one), token))
				return true;
	}
	return false;
}

static struct str
lower(struct arena *a, struct str s)
{
	char *p = arena_take(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	return (struct str){ p, s.n };
}

struct http_type
td_http_type(struct arena *a, struct str s)
{
	struct http_type t = { STR(""), STR("") };
	struct str       part = STR(""), key, value;

	if (!str_cut(&s, ';', &part) || str_find_char(part, '/') == STR_NONE)
		return t;
	t.essence = lower(a, str_trim(part));
	while (str_cut(&s, ';', &part)) {
		value = part;
		if (!str_cut(&value, '=', &key) || value.p == NULL || !str_eq_nocase(str_trim(key), STR("charset")))
			continue;
		value = str_trim(value);
		if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0])
			value = str_sub(value, 1, value.n - 1);
		if (t.charset.n == 0)
			t.charset = value;
	}
	return t;
}

/* States of the de-chunker, RFC 9112 section 7.1. */
enum { CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END, TRAILER_START, TRAILER_LINE };

static int
hex_digit(unsigned char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* A digit of the size, or what follows the size; false: this is no chunked body. */
static bool
size_byte(struct http_chunks *c, unsigned char b)
{
	int digit = hex_digit(b);

	if (digit >= 0) {
		c->left = c->left << 4 | (unsigned)digit;
		return ++c->digits <= 15;
	}
	c->state = CHUNK_EXTENSION;
	if (b == '\n')
		c->state = c->left > 0 ? CHUNK_DATA : TRAILER_START;
	return c->digits > 0;
}

/* One byte outside of chunk data; false: this is no chunked body. */
static bool
chunk_byte(struct http_chunks *c, unsigned char b)
{
	switch (c->state) {
	case CHUNK_SIZE:
		return size_byte(c, b);
	case CHUNK_EXTENSION:
		if (b == '\n')
			c->state = c->left > 0 ? CHUNK_DATA : TRAILER_START;
		return true;
	case CHUNK_END:
		if (b == '\n')
			c->state = CHUNK_SIZE, c->left = 0, c->digits = 0;
		return b == '\r' || b == '\n';
	case TRAILER_START:
		if (b == '\n')
			c->is_done = true;
		else if (b != '\r')
			c->state = TRAILER_LINE;
		return true;
	default:
		if (b == '\n')
			c->state = TRAILER_START;
		return true;
	}
}

enum err_code
td_http_unchunk(struct http_chunks *c, struct bytes in, struct buf *out, struct err *err)
{
	size_t i = 0;

	while (i < in.n && !c->is_done && !c->is_broken) {
		size_t n = in.n - i;

		if (c->state != CHUNK_DATA) {
			c->is_broken = !chunk_byte(c, in.p[i++]);
			continue;
		}
		n = n > c->left ? (size_t)c->left : n;
		buf_add_bytes(out, (struct bytes){ in.p + i, n });
		i += n;
		c->left -= n;
		if (c->left == 0)
			c->state = CHUNK_END;
	}
	if (c->is_broken)
		return err_set(err, ERR_FORMAT, "a body that says it comes in chunks and does not");
	return ERR_OK;
}

/* The next line with its end, as it came. */
static bool
next_raw_line(struct str *rest, struct str *ret)
{
	size_t at = str_find_char(*rest, '\n');

	if (at == STR_NONE)
		return false;
	*ret = str_sub(*rest, 0, at + 1);
	*rest = str_sub(*rest, at + 1, rest->n);
	return true;
}

void
td_http_unchunked_head(struct buf *out, struct bytes head, size_t body_b)
{
	struct str rest = bytes_as_str(head), line;

	while (next_raw_line(&rest, &line) && str_trim(line).n > 0) {
		struct str name = str_trim(str_sub(line, 0, str_find_char(line, ':')));

		if (str_eq_nocase(name, STR("Transfer-Encoding")) || str_eq_nocase(name, STR("Content-Length")))
			buf_add(out, STR("X-Archive-Orig-"));
		buf_add(out, line);
	}
	buf_addf(out, "Content-Length: %zu\r\n\r\n", body_b);
}
