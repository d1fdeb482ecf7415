#include "wire/wire.h"

#include <stdio.h>

#include "base/limits.h"
#include "json/write.h"
#include "text/utf8.h"

static const struct wire_field str_fields[] = {
	{ .name = "", .type = WIRE_STR, .offset = 0, .max = LIMIT_FIELD_B },
};
const struct wire_desc wire_str_desc = WIRE_DESC(struct str, str_fields);

/* The shape that every WIRE_LIST_OF field has. */
struct any_list {
	char  *v;
	size_t n;
};

static void
put_u64(struct buf *out, uint64_t v)
{
	char b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (char)(v >> 8 * i);
	buf_add(out, (struct str){ b, sizeof(b) });
}

static void
put_sized(struct buf *out, struct str s, size_t max)
{
	if (s.n > max)
		out->failed = true;
	put_u64(out, s.n);
	buf_add(out, s);
}

static void
put_list(struct buf *out, const struct wire_field *f, const struct any_list *list)
{
	if (list->n > f->max)
		out->failed = true;
	put_u64(out, list->n);
	for (size_t i = 0; i < list->n && !out->failed; i++)
		td_wire_put(out, f->of, list->v + i * f->of->size);
}

static void
put_civil(struct buf *out, const struct civil *c)
{
	put_u64(out, (uint64_t)c->year << 48 | (uint64_t)(uint8_t)c->month << 40 | (uint64_t)(uint8_t)c->day << 32 |
	    (uint64_t)(uint8_t)c->hour << 24 | (uint64_t)(uint8_t)c->minute << 16 | (uint64_t)(uint8_t)c->second << 8 |
	    (uint64_t)(uint8_t)c->precision);
	put_u64(out, (uint64_t)c->zone_min);
}

void
td_wire_put(struct buf *out, const struct wire_desc *desc, const void *value)
{
	for (size_t i = 0; i < desc->n; i++) {
		const struct wire_field *f = &desc->fields[i];
		const void *at = (const char *)value + f->offset;

		switch (f->type) {
		case WIRE_I64:
		case WIRE_ORDINAL:
		case WIRE_INSTANT: put_u64(out, (uint64_t)*(const int64_t *)at); break;
		case WIRE_BOOL:    put_u64(out, *(const bool *)at); break;
		case WIRE_ENUM:    put_u64(out, (uint64_t)*(const int *)at); break;
		case WIRE_STR:     put_sized(out, *(const struct str *)at, f->max); break;
		case WIRE_BYTES:   put_sized(out, bytes_as_str(*(const struct bytes *)at), f->max); break;
		case WIRE_ID:      buf_add(out, (struct str){ at, sizeof(struct id) }); break;
		case WIRE_HASH:    buf_add(out, (struct str){ at, 32 }); break;
		case WIRE_CIVIL:   put_civil(out, at); break;
		case WIRE_STRUCT:  td_wire_put(out, f->of, at); break;
		case WIRE_LIST:
		case WIRE_MAP:     put_list(out, f, at); break;
		}
	}
}

struct reader {
	struct bytes  left;
	struct arena *arena;
};

static bool
get_u64(struct reader *r, uint64_t *ret)
{
	uint64_t v = 0;

	if (r->left.n < 8)
		return false;
	for (int i = 0; i < 8; i++)
		v |= (uint64_t)r->left.p[i] << 8 * i;
	r->left = (struct bytes){ r->left.p + 8, r->left.n - 8 };
	*ret = v;
	return true;
}

static bool
get_fixed(struct reader *r, void *to, size_t n)
{
	if (r->left.n < n)
		return false;
	memcpy(to, r->left.p, n);
	r->left = (struct bytes){ r->left.p + n, r->left.n - n };
	return true;
}

static bool
get_sized(struct reader *r, size_t max, struct bytes *ret)
{
	uint64_t n;

	if (!get_u64(r, &n) || n > max || n > r->left.n)
		return false;
	*ret = (struct bytes){ r->left.p, (size_t)n };
	r->left = (struct bytes){ r->left.p + n, r->left.n - (size_t)n };
	return true;
}

static bool
get_text(struct reader *r, size_t max, struct str *ret)
{
	struct bytes b;

	if (!get_sized(r, max, &b) || (b.n > 0 && memchr(b.p, '\0', b.n) != NULL) || !td_utf8_is_valid(b))
		return false;
	*ret = bytes_as_str(b);
	return true;
}

static bool
get_civil(struct reader *r, struct civil *ret)
{
	uint64_t d, zone;
	struct civil c;

	if (!get_u64(r, &d) || !get_u64(r, &zone))
		return false;
	c = (struct civil){ .year = (int16_t)(d >> 48), .month = (int8_t)(d >> 40), .day = (int8_t)(d >> 32),
		.hour = (int8_t)(d >> 24), .minute = (int8_t)(d >> 16), .second = (int8_t)(d >> 8), .precision = (int8_t)d,
		.zone_min = (int16_t)zone };
	if (c.precision != CIVIL_NONE && !civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}

static const char *get_struct(struct reader *, const struct wire_desc *, void *);

static bool
get_list(struct reader *r, const struct wire_field *f, struct any_list *ret)
{
	uint64_t n;

	/* Every element takes at least one byte, so a count can't outgrow its message. */
	if (!get_u64(r, &n) || n > f->max || n > r->left.n)
		return false;
	ret->v = n > 0 ? arena_take_n(r->arena, (size_t)n, f->of->size) : NULL;
	ret->n = (size_t)n;
	for (size_t i = 0; i < n; i++)
		if (get_struct(r, f->of, ret->v + i * f->of->size) != NULL)
			return false;
	return true;
}

static bool
get_number(struct reader *r, const struct wire_field *f, void *to)
{
	uint64_t v;

	if (!get_u64(r, &v))
		return false;
	switch (f->type) {
	case WIRE_BOOL:
		*(bool *)to = v == 1;
		return v <= 1;
	case WIRE_ENUM:
		*(int *)to = v < f->max ? (int)v : 0;
		return v < f->max;
	default:
		*(int64_t *)to = (int64_t)v;
		return true;
	}
}

static bool
get_field(struct reader *r, const struct wire_field *f, void *to)
{
	switch (f->type) {
	case WIRE_I64:
	case WIRE_ORDINAL:
	case WIRE_INSTANT:
	case WIRE_BOOL:
	case WIRE_ENUM:   return get_number(r, f, to);
	case WIRE_STR:    return get_text(r, f->max, to);
	case WIRE_BYTES:  return get_sized(r, f->max, to);
	case WIRE_ID:     return get_fixed(r, to, sizeof(struct id));
	case WIRE_HASH:   return get_fixed(r, to, 32);
	case WIRE_CIVIL:  return get_civil(r, to);
	case WIRE_STRUCT: return get_struct(r, f->of, to) == NULL;
	case WIRE_LIST:
	case WIRE_MAP:    return get_list(r, f, to);
	}
	return false;
}

/* NULL, or the name of the first wrong field. */
static const char *
get_struct(struct reader *r, const struct wire_desc *desc, void *to)
{
	for (size_t i = 0; i < desc->n; i++)
		if (!get_field(r, &desc->fields[i], (char *)to + desc->fields[i].offset))
			return desc->fields[i].name != NULL ? desc->fields[i].name : "(hidden)";
	return NULL;
}

enum err_code
td_wire_get(struct arena *a, const struct wire_desc *desc, struct bytes in, void *ret, struct err *err)
{
	struct reader r = { in, a };
	const char   *wrong;

	memset(ret, 0, desc->size);
	if ((wrong = get_struct(&r, desc, ret)) == NULL && r.left.n == 0)
		return ERR_OK;
	memset(ret, 0, desc->size);
	if (wrong == NULL)
		return err_set(err, ERR_FORMAT, "message of %zu bytes: %zu bytes too many; refused", in.n, r.left.n);
	return err_set(err, ERR_FORMAT, "message of %zu bytes: bad field \"%s\"; refused", in.n, wrong);
}

static void
copy_list(struct arena *a, const struct wire_field *f, const struct any_list *from, struct any_list *ret)
{
	ret->v = from->n > 0 ? arena_take_n(a, from->n, f->of->size) : NULL;
	ret->n = from->n;
	for (size_t i = 0; i < from->n; i++)
		td_wire_copy(a, f->of, from->v + i * f->of->size, ret->v + i * f->of->size);
}

void
td_wire_copy(struct arena *a, const struct wire_desc *desc, const void *from, void *ret)
{
	memcpy(ret, from, desc->size);
	for (size_t i = 0; i < desc->n; i++) {
		const struct wire_field *f = &desc->fields[i];
		const void *at = (const char *)from + f->offset;
		void       *to = (char *)ret + f->offset;

		switch (f->type) {
		case WIRE_STR:
		case WIRE_BYTES:  *(struct str *)to = arena_copy(a, *(const struct str *)at); break;
		case WIRE_STRUCT: td_wire_copy(a, f->of, at, to); break;
		case WIRE_LIST:
		case WIRE_MAP:    copy_list(a, f, at, to); break;
		default:          break;        /* a value in place */
		}
	}
}

static bool
is_zero(const unsigned char *p, size_t n)
{
	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

static bool
is_absent(const struct wire_field *f, const void *at)
{
	switch (f->type) {
	case WIRE_ORDINAL:
	case WIRE_INSTANT: return *(const int64_t *)at == 0;
	case WIRE_STR:     return ((const struct str *)at)->n == 0;
	case WIRE_BYTES:   return ((const struct bytes *)at)->n == 0;
	case WIRE_ID:      return id_is_none(at);
	case WIRE_HASH:    return is_zero(at, 32);
	case WIRE_CIVIL:   return ((const struct civil *)at)->precision == CIVIL_NONE;
	case WIRE_LIST:
	case WIRE_MAP:     return ((const struct any_list *)at)->n == 0;
	default:           return false;
	}
}

static void
json_hex(struct json *j, const char *prefix, const unsigned char *p, size_t n)
{
	td_json_string_begin(j);
	td_json_string_part(j, str_of(prefix));
	for (size_t i = 0; i < n; i++) {
		char two[2] = { "0123456789abcdef"[p[i] >> 4], "0123456789abcdef"[p[i] & 15] };

		td_json_string_part(j, (struct str){ two, 2 });
	}
	td_json_string_end(j);
}

static void json_struct(struct json *, const struct wire_desc *, const void *);

static void
json_list(struct json *j, const struct wire_field *f, const struct any_list *list)
{
	td_json_array(j);
	for (size_t i = 0; i < list->n; i++)
		json_struct(j, f->of, list->v + i * f->of->size);
	td_json_end(j);
}

static void
json_map(struct json *j, const struct wire_field *f, const struct any_list *list)
{
	char key[LIMIT_FIELD_B];

	td_json_object(j);
	for (size_t i = 0; i < list->n; i++) {
		const struct str *pair = (const struct str *)(const void *)(list->v + i * f->of->size);

		snprintf(key, sizeof(key), "%" STR_FMT, STR_ARG(pair[0]));
		td_json_key(j, key);
		td_json_str(j, pair[1]);
	}
	td_json_end(j);
}

static void
json_enum(struct json *j, const struct wire_field *f, int v)
{
	if (f->names != NULL)
		td_json_str(j, str_of(f->names[v]));
	else
		td_json_i64(j, v);
}

static void
json_value(struct json *j, const struct wire_field *f, const void *at)
{
	char shown[CIVIL_SHOWN], id[ID_WHOLE];

	switch (f->type) {
	case WIRE_I64:
	case WIRE_ORDINAL: td_json_i64(j, *(const int64_t *)at); break;
	case WIRE_INSTANT: td_json_str(j, str_of(instant_iso_us(*(const int64_t *)at, shown))); break;
	case WIRE_BOOL:    td_json_bool(j, *(const bool *)at); break;
	case WIRE_ENUM:    json_enum(j, f, *(const int *)at); break;
	case WIRE_STR:     td_json_str(j, *(const struct str *)at); break;
	case WIRE_BYTES:   json_hex(j, "", ((const struct bytes *)at)->p, ((const struct bytes *)at)->n); break;
	case WIRE_ID:      td_json_str(j, str_of(id_show_whole((enum id_kind)f->max, at, id))); break;
	case WIRE_HASH:    json_hex(j, "sha256:", at, 32); break;
	case WIRE_CIVIL:   td_json_str(j, str_of(civil_iso(at, shown))); break;
	case WIRE_STRUCT:  json_struct(j, f->of, at); break;
	case WIRE_LIST:    json_list(j, f, at); break;
	case WIRE_MAP:     json_map(j, f, at); break;
	}
}

static bool
is_empty_struct(const struct wire_field *f, const void *at)
{
	if (f->type != WIRE_STRUCT)
		return false;
	for (size_t i = 0; i < f->of->n; i++)
		if (!is_absent(&f->of->fields[i], (const char *)at + f->of->fields[i].offset))
			return false;
	return true;
}

static void
json_struct(struct json *j, const struct wire_desc *desc, const void *value)
{
	/* A struct of one nameless field is that field: a list of strings. */
	if (desc->n == 1 && desc->fields[0].name[0] == '\0') {
		json_value(j, &desc->fields[0], value);
		return;
	}
	td_json_object(j);
	for (size_t i = 0; i < desc->n; i++) {
		const struct wire_field *f = &desc->fields[i];
		const void *at = (const char *)value + f->offset;

		if (f->name == NULL || is_absent(f, at) || is_empty_struct(f, at))
			continue;
		td_json_key(j, f->name);
		json_value(j, f, at);
	}
	td_json_end(j);
}

void
td_wire_json(struct buf *out, const struct wire_desc *desc, const void *value)
{
	struct json j = { .out = out };

	json_struct(&j, desc, value);
}
