#include "form/multipart.h"

#include "text/utf8.h"

#define BOUNDARY_MAX 70         /* RFC 2046, section 5.1.1 */
#define PART_HEAD_MAX 4096

/* The value of `; name=value` or `; name="value"` in a header field; browsers write %22 for a quote. */
static bool
parameter(struct str field, struct str name, struct str *ret)
{
	size_t i = str_find_char(field, ';');

	while (i != STR_NONE && i < field.n) {
		struct str key, value;
		size_t     from = ++i;

		while (i < field.n && field.p[i] != '=' && field.p[i] != ';')
			i++;
		key = str_trim(str_sub(field, from, i));
		if (i == field.n || field.p[i] == ';')
			continue;
		from = ++i;
		if (i < field.n && field.p[i] == '"') {
			from = ++i;
			while (i < field.n && field.p[i] != '"')
				i++;
			value = str_sub(field, from, i);
			while (i < field.n && field.p[i] != ';')
				i++;
		} else {
			while (i < field.n && field.p[i] != ';')
				i++;
			value = str_trim(str_sub(field, from, i));
		}
		if (str_eq_nocase(key, name)) {
			*ret = value;
			return true;
		}
	}
	return false;
}

/* A file's name as sent may be a path (old browsers) with either slash. */
static struct str
without_folders(struct str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
			return str_sub(name, i, name.n);
	return name;
}

static struct str
undo_quotes(struct arena *a, struct str s)
{
	static const struct { struct str from; char to; } marks[] = {
		{ { "%22", 3 }, '"' }, { { "%0D", 3 }, ' ' }, { { "%0A", 3 }, ' ' } };
	char  *out = arena_take(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		out[n] = s.p[i];
		for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++)
			if (str_eq(str_sub(s, i, i + 3), marks[m].from)) {
				out[n] = marks[m].to;
				i += 2;
				break;
			}
		n++;
	}
	return (struct str){ out, n };
}

/* "Content-Disposition: form-data; name=…" of one part's head. */
static bool
disposition(struct str head, struct str *ret)
{
	struct str line, name;

	while (str_cut(&head, '\n', &line)) {
		struct str value = str_trim(line);

		if (value.n > 0 && str_cut(&value, ':', &name) && value.p != NULL &&
		    str_eq_nocase(str_trim(name), STR("content-disposition"))) {
			*ret = str_trim(value);
			return true;
		}
	}
	return false;
}

static enum err_code
add_part(struct arena *a, struct bytes head, struct bytes body, struct form_field *ret, struct err *err)
{
	struct str field, name, file;

	if (!disposition(form_text(a, head), &field) || !str_starts_nocase(field, STR("form-data")) ||
	    !parameter(field, STR("name"), &name))
		return err_set(err, ERR_FORMAT, "form: a part has no name; refused");
	ret->name = undo_quotes(a, name);
	ret->is_file = parameter(field, STR("filename"), &file);
	ret->value = (struct str){ "", 0 };
	if (ret->is_file) {
		ret->file_name = without_folders(undo_quotes(a, file));
		ret->file = body;
	} else {
		ret->value = form_text(a, body);
	}
	return ERR_OK;
}

static size_t
find(struct bytes in, size_t from, struct str what)
{
	size_t at = from <= in.n ? str_find(bytes_as_str((struct bytes){ in.p + from, in.n - from }), what) : STR_NONE;

	return at == STR_NONE ? STR_NONE : from + at;
}

/* One part between *at and the next delimiter; *at moves behind that delimiter. */
static enum err_code
take_part(struct arena *a, struct bytes in, struct str delimiter, size_t *at, struct form_field *ret, struct err *err)
{
	size_t head_end = find(in, *at, STR("\r\n\r\n"));
	size_t end;

	if (head_end == STR_NONE || head_end - *at > PART_HEAD_MAX)
		return err_set(err, ERR_FORMAT, "form: a part's head does not end; refused");
	end = find(in, head_end + 2, delimiter);
	if (end == STR_NONE)
		return err_set(err, ERR_FORMAT, "form: ends in the middle of a part; refused");
	if (add_part(a, (struct bytes){ in.p + *at, head_end - *at },
	    end >= head_end + 4 ? (struct bytes){ in.p + head_end + 4, end - head_end - 4 } : (struct bytes){ in.p, 0 },
	    ret, err) != ERR_OK)
		return err->code;
	*at = end + delimiter.n;
	return ERR_OK;
}

static size_t
count_parts(struct bytes in, struct str delimiter)
{
	size_t n = 1;

	for (size_t at = 0; n <= FORM_FIELDS_N + 1 && (at = find(in, at, delimiter)) != STR_NONE; at += delimiter.n)
		n++;
	return n;
}

enum err_code
form_parse_multipart(struct arena *a, struct str type, struct bytes in, struct form *ret, struct err *err)
{
	struct form out = { 0 };
	struct str  boundary, delimiter, opening;
	char       *text;
	size_t      at;

	if (!parameter(type, STR("boundary"), &boundary) || boundary.n == 0 || boundary.n > BOUNDARY_MAX)
		return err_set(err, ERR_FORMAT, "form: no boundary between its parts; refused");
	text = arena_take(a, boundary.n + 5);
	memcpy(text, "\r\n--", 4);
	memcpy(text + 4, boundary.p, boundary.n);
	delimiter = (struct str){ text, boundary.n + 4 };
	opening = str_sub(delimiter, 2, delimiter.n);
	if (!str_starts(bytes_as_str(in), opening))
		return err_set(err, ERR_FORMAT, "form: does not begin with its boundary; refused");
	if (count_parts(in, delimiter) > FORM_FIELDS_N)
		return err_set(err, ERR_LIMIT, "form: more than %d fields; refused", FORM_FIELDS_N);
	out.v = arena_array(a, count_parts(in, delimiter), struct form_field);
	for (at = opening.n; !str_starts(bytes_as_str((struct bytes){ in.p + at, in.n - at }), STR("--")); out.n++) {
		if (!str_starts(bytes_as_str((struct bytes){ in.p + at, in.n - at }), STR("\r\n")))
			return err_set(err, ERR_FORMAT, "form: bytes stand behind a boundary; refused");
		at += 2;
		if (take_part(a, in, delimiter, &at, &out.v[out.n], err) != ERR_OK)
			return err->code;
	}
	*ret = out;
	return ERR_OK;
}
