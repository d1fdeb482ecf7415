/*
 * wire - structs as bytes between two processes that do not trust each other.
 *
 * A struct is described once, by a table of its fields; the table writes it,
 * reads it back and prints it as JSON.  Reading checks everything that a table
 * can say: lengths, UTF-8, enum ranges, counts, no byte left over.  What it
 * returns points into the message, lists come from the arena.
 *
 *     struct reply { struct id id; struct str title; int64_t taken_us; };
 *     static const struct wire_field reply_fields[] = {
 *         WIRE(struct reply, ID, id, ID_CAPTURE),
 *         WIRE(struct reply, STR, title, LIMIT_FIELD_B),
 *         WIRE(struct reply, INSTANT, taken_us, 0),
 *     };
 *     const struct wire_desc reply_desc = WIRE_DESC(struct reply, reply_fields);
 *
 * A list is a struct of exactly { T *v; size_t n; } (WIRE_LIST_OF), its table
 * that of T.  Numbers are little-endian; there are no tags and no versions:
 * both ends are one build.  Nothing here is ever stored.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/id.h"

enum wire_type {
	WIRE_I64,       /* int64_t; max: none */
	WIRE_ORDINAL,   /* int64_t, counted from 1; JSON: absent when 0 */
	WIRE_INSTANT,   /* int64_t, µs; JSON: ISO 8601, absent when 0 */
	WIRE_BOOL,      /* bool */
	WIRE_ENUM,      /* enum (stored as int); max: first value that is not allowed; names: for JSON */
	WIRE_STR,       /* struct str: UTF-8 without NUL; max: bytes */
	WIRE_BYTES,     /* struct bytes; max: bytes; JSON: lower-case hex */
	WIRE_ID,        /* struct id; max: enum id_kind, for JSON */
	WIRE_HASH,      /* unsigned char[32]; JSON: "sha256:…", absent when all zero */
	WIRE_CIVIL,     /* struct civil; JSON: ISO 8601, absent when CIVIL_NONE */
	WIRE_STRUCT,    /* a struct of table `of`, in place */
	WIRE_LIST,      /* { T *v; size_t n; }, T of table `of`; max: elements */
	WIRE_MAP        /* the same; JSON: one object, T's first two fields (both STR) are key and value */
};

struct wire_desc;

struct wire_field {
	const char             *name;     /* also the JSON key; NULL: not in JSON */
	enum wire_type          type;
	size_t                  offset;
	size_t                  max;
	const struct wire_desc *of;       /* WIRE_STRUCT, WIRE_LIST, WIRE_MAP */
	const char *const      *names;    /* WIRE_ENUM: max names for JSON */
};

struct wire_desc {
	size_t                   size;    /* sizeof the struct */
	const struct wire_field *fields;
	size_t                   n;
};

#define WIRE(T, kind, field, limit) \
	{ .name = #field, .type = WIRE_##kind, .offset = offsetof(T, field), .max = (limit) }
#define WIRE_ENUM_OF(T, field, count, table) \
	{ .name = #field, .type = WIRE_ENUM, .offset = offsetof(T, field), .max = (count), .names = (table) }
#define WIRE_STRUCT_OF(T, field, desc) \
	{ .name = #field, .type = WIRE_STRUCT, .offset = offsetof(T, field), .of = (desc) }
#define WIRE_LIST_OF(T, field, limit, desc) \
	{ .name = #field, .type = WIRE_LIST, .offset = offsetof(T, field), .max = (limit), .of = (desc) }
#define WIRE_MAP_OF(T, field, limit, desc) \
	{ .name = #field, .type = WIRE_MAP, .offset = offsetof(T, field), .max = (limit), .of = (desc) }
#define WIRE_DESC(T, table) { .size = sizeof(T), .fields = (table), .n = sizeof(table) / sizeof(*(table)) }

/* A list of plain strings, the commonest list there is. */
struct str_list {
	struct str *v;
	size_t      n;
};
extern const struct wire_desc wire_str_desc;                    /* at most LIMIT_FIELD_B each */

/* Append *value; a value over its own table's limits sets out->failed. */
void td_wire_put(struct buf *out, const struct wire_desc *, const void *value);

/*
 * Read one value that fills `in` exactly.  ERR_FORMAT says which field is
 * wrong; *ret is zeroed then.  Strings point into `in`, which must live as long.
 */
enum err_code td_wire_get(struct arena *, const struct wire_desc *, struct bytes in, void *ret, struct err *) MUST_USE;

/* A deep copy: all that *from points to is anew in the arena, every string with a NUL behind it. */
void td_wire_copy(struct arena *, const struct wire_desc *, const void *from, void *ret);

/* One JSON object; empty strings, empty lists and absent dates are left out. */
void td_wire_json(struct buf *out, const struct wire_desc *, const void *value);

#endif
