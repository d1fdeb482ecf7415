#include "form/form.h"

#include "form/multipart.h"
#include "text/utf8.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decoding with '+' for a space; a '%' without two digits stays as it is. */
static struct bytes
decode(struct arena *a, struct str s)
{
	unsigned char *out = arena_take(a, s.n + 1);
	size_t         n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
			out[n++] = (unsigned char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
			i += 2;
		} else {
			out[n++] = s.p[i] == '+' ? ' ' : (unsigned char)s.p[i];
		}
	}
	return (struct bytes){ out, n };
}

struct str
form_text(struct arena *a, struct bytes b)
{
	char  *out;
	size_t n = 0;

	if (td_utf8_is_valid(b) && (b.n == 0 || memchr(b.p, '\0', b.n) == NULL))
		return bytes_as_str(b);
	out = arena_take(a, 3 * b.n + 1);
	while (b.n > 0) {
		size_t good = td_utf8_valid_prefix(b);
		size_t nul = good > 0 ? str_find_char(bytes_as_str((struct bytes){ b.p, good }), '\0') : STR_NONE;

		good = nul != STR_NONE ? nul : good;
		if (good > 0)
			memcpy(out + n, b.p, good);
		n += good;
		if (good < b.n) {
			n += td_utf8_put(UTF8_REPLACEMENT, out + n);
			good++;
		}
		b.p += good;
		b.n -= good;
	}
	return (struct str){ out, n };
}

enum err_code
td_form_parse_urlencoded(struct arena *a, struct str s, struct form *ret, struct err *err)
{
	struct form out = { 0 };
	size_t      most = 1;
	struct str  pair, name;

	for (size_t i = 0; i < s.n; i++)
		most += s.p[i] == '&';
	if (most > FORM_FIELDS_N)
		return err_set(err, ERR_LIMIT, "form: more than %d fields; refused", FORM_FIELDS_N);
	out.v = arena_array(a, most, struct form_field);
	while (str_cut(&s, '&', &pair)) {
		struct str value = pair;

		if (pair.n == 0)
			continue;
		if (!str_cut(&value, '=', &name))
			continue;
		out.v[out.n].name = form_text(a, decode(a, name));
		out.v[out.n].value = form_text(a, decode(a, value));
		out.n++;
	}
	*ret = out;
	return ERR_OK;
}

enum err_code
td_form_parse(struct arena *a, struct str type, struct bytes body, struct form *ret, struct err *err)
{
	struct str essence = str_sub(type, 0, str_find_char(type, ';'));

	essence = str_trim(essence);
	if (str_eq_nocase(essence, STR("application/x-www-form-urlencoded")))
		return td_form_parse_urlencoded(a, bytes_as_str(body), ret, err);
	if (str_eq_nocase(essence, STR("multipart/form-data")))
		return form_parse_multipart(a, type, body, ret, err);
	return err_set(err, ERR_FORMAT, "form: sent as neither of the two types that a browser's form has; refused");
}

struct str
td_form_get_nth(const struct form *f, const char *name, size_t nth)
{
	for (size_t i = 0; i < f->n; i++)
		if (!f->v[i].is_file && str_eq(f->v[i].name, str_of(name)) && nth-- == 0)
			return f->v[i].value;
	return (struct str){ "", 0 };
}

struct str
td_form_get(const struct form *f, const char *name)
{
	return td_form_get_nth(f, name, 0);
}

bool
td_form_has(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, str_of(name)))
			return true;
	return false;
}

const struct form_field *
td_form_file(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].is_file && f->v[i].file_name.n > 0 && str_eq(f->v[i].name, str_of(name)))
			return &f->v[i];
	return NULL;
}
